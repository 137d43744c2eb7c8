"""What a skimming system takes from the film that it meets: encounter, throughput, pump, water, decanting, storage."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.maths import KERNEL

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_TINY = np.float32(1e-12)
_LEAST = np.float32(0.3)
_DAY = np.float32(86_400.0)
_DERATED = np.float32(0.2)


@njit(**KERNEL)
def encounter_rate(swath, speed, thickness):
    """Emulsion met [m3 s-1]: E = w v h.

    swath      w [m]
    speed      v through the water [m s-1]
    thickness  h of the film met, of the thick oil times its cover of the swath [m]

    Source: ROC (Genwest 2011); 63.13 x ft x in x kn gives US gallons a minute.
    Valid: any film; whether the boom holds at v is the boom's question.
    Checked by: test_the_american_form_agrees.
    """
    return swath * speed * thickness


@njit(**KERNEL)
def recovery(encounter, throughput, efficiency, pump):
    """(emulsion, total fluid) taken [m3 s-1].

    Q_e = TE E; Q_t = Q_e / RE; where the pump is the limit, Q_t = Q_n and Q_e = Q_n RE.

    encounter   E, emulsion met [m3 s-1]
    throughput  TE, share of what is met that reaches the skimmer [1]
    efficiency  RE, share of emulsion in what is taken, > 0 [1]
    pump        Q_n, nameplate [m3 s-1]

    Source: ERSP calculator (BSEE 2012), ROC (Genwest 2011).
    Valid: steady collecting.
    Checked by: test_a_pump_limits_recovery, test_recovery_by_hand.
    """
    fluid = min(throughput * encounter / max(efficiency, _TINY), pump)
    return fluid * efficiency, fluid


@njit(**KERNEL)
def retained(emulsion, fluid, decant_share, decant_pump):
    """Fluid that goes into storage [m3 s-1], after free water has been let out.

    emulsion      Q_e [m3 s-1]
    fluid         Q_t [m3 s-1]
    decant_share  share of the free water that settles out [1]
    decant_pump   the most that may be let out [m3 s-1]

    Source: ROC (Genwest 2011).
    Valid: where decanting is allowed; 0 share where it is not.
    Checked by: test_decanting_by_hand.
    """
    water = max(fluid - emulsion, _ZERO)
    return fluid - min(decant_share * water, decant_pump)


@njit(**KERNEL)
def efficiency_in_waves(calm, wave_height, limit):
    """Efficiency that falls in a straight line from calm to nothing at the limit [1].

    calm         in calm water [1]
    wave_height  significant [m]
    limit        of the system [m]

    Source: our straight line through the catalogue's two figures; not validated.
    Checked by: test_no_recovery_beyond_the_wave_limit.
    """
    return calm * min(max(_ONE - wave_height / max(limit, _TINY), _ZERO), _ONE)


@njit(**KERNEL)
def widest_swath(pump, efficiency, speed, thickness, throughput):
    """Swath beyond which more is met than the pump takes [m]: Q_n RE / (v h TE).

    pump  Q_n [m3 s-1];  efficiency  RE [1];  speed  v [m s-1];  thickness  h [m];  throughput  TE [1]

    Source: ROC (Genwest 2011). Valid: steady collecting.
    Checked by: test_the_widest_swath_fills_the_pump.
    """
    return pump * efficiency / max(speed * thickness * throughput, _TINY)


@njit(**KERNEL)
def fill_time(storage, kept):
    """Time until the tank is full [s].

    storage  room in it [m3];  kept  fluid that stays on board, `retained` [m3 s-1]

    Source: ROC (Genwest 2011). Valid: steady collecting.
    Checked by: test_a_cycle_of_collecting_by_hand.
    """
    return storage / max(kept, _TINY)


@njit(**KERNEL)
def derated_capacity(nameplate):
    """Effective daily recovery capacity [m3 a day]: a fifth of the nameplate over 24 hours. For planning, not for what is taken.

    nameplate  of the pump [m3 s-1]

    Source: 33 CFR 155 App. B, 154 App. C. Valid: plans of the United States; no encounter enters.
    Checked by: test_derated_capacity_of_the_worked_example.
    """
    return nameplate * _DAY * _DERATED


@njit(**KERNEL)
def efficiency_in_thin_oil(viscosity, least):
    """Share of its efficiency that a skimmer keeps in oil thinner than it is made for [1]: linear, to 0.3 in water-thin oil.

    viscosity  kinematic, of what it takes [m2 s-1];  least  that it is made for [m2 s-1]

    Source: our line; ranges by family from ITOPF TIP 5 (2012) and ASTM F631. Not validated.
    Checked by: test_a_skimmer_outside_its_range.
    """
    return _LEAST + (_ONE - _LEAST) * min(viscosity / max(least, _TINY), _ONE)


@njit(**KERNEL)
def pump_in_thick_oil(viscosity, most):
    """Share of its nameplate that a skimmer takes in oil thicker than it is made for [1]: nu_max / nu.

    viscosity  kinematic, of what it takes [m2 s-1];  most  that it is made for [m2 s-1]

    Source: our rule (laminar flow to the pump); ranges by family from ITOPF TIP 5 (2012) and ASTM F631. Not validated.
    Checked by: test_a_skimmer_outside_its_range.
    """
    return min(most / max(viscosity, _TINY), _ONE)
