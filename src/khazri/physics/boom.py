"""What a boom holds and lets through: entrainment under the skirt, splash-over by waves, drainage by what it holds; its pull."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.physics.maths import KERNEL, exp, log, power, sqrt

_ZERO = np.float32(0.0)
_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
_ONSET = np.float32(0.36)
_FULL = np.float32(0.62)
_ONSET_VISCOUS = np.float32(0.28)
ONSET_LEAST = _ONSET_VISCOUS  # [m s-1] below it no current makes a boom lose oil
_VISCOUS = np.float32(3.0e-3)
_SHORTEST = np.float32(0.05)  # a share lost within a minute is never quite 1, so that the rate stays finite
_MINUTE = np.float32(60.0)
_GRAVITY = np.float32(9.81)
_KNOT = np.float32(1852.0 / 3600.0)
_PULL = np.float32(26.0 * 9.80665)  # [N] on a square metre, at a knot of current or 40 kn of wind
_FORTY = np.float32(40.0)
_NOUGHT = np.float32(0.0)
_KGF = np.float32(9.80665)  # N
_SMALL, _MIDDLE, _LARGE = np.float32(15.0), np.float32(25.0), np.float32(35.0)  # kg
_SMALL_HELD, _MIDDLE_HELD, _LARGE_HELD = np.float32(200.0), np.float32(350.0), np.float32(600.0)  # kgf
_FRICTION = np.float32(0.008)  # of the interface
_TWO_THIRDS = np.float32(2.0 / 3.0)
_THIRD = np.float32(1.0 / 3.0)
_THREE_HALVES = np.float32(1.5)
_U_MOUTH = np.float32(0.3)
_U_SAG = np.float32(0.4125 / 3.0)
_TINY = np.float32(1e-12)
_MANY = np.float32(1e6)


@njit(**KERNEL)
def loss_share(normal_speed, viscosity):
    """Share of the contained oil that passes under the skirt in a minute [1].

    0 up to the onset, linear to 1 at 0.62 m/s (1.2 kn). Onset 0.36 m/s (0.7 kn); 0.28 m/s for oil above 3,000 mm2/s, which
    fails earlier by critical accumulation.

    normal_speed  of the water relative to the boom, across it, without wind drift (ruling 8) [m s-1]
    viscosity     kinematic, of the oil or emulsion [m2 s-1]

    Source: onset, US Navy Salvage Manual vol. 6 (1991); full loss, ROC's warning limit (Genwest 2011). Straight line between: ours.
    Valid: calm to moderate sea; not validated against tank tests.
    Checked by: test_nothing_leaks_below_the_onset, test_viscous_oil_fails_earlier.
    """
    onset = _ONSET_VISCOUS if viscosity > _VISCOUS else _ONSET
    return min(max((normal_speed - onset) / (_FULL - onset), _ZERO), _ONE)


@njit(**KERNEL)
def splash_share(wave_height, limit):
    """Share of the contained oil that passes over the boom in a minute [1]: 0 up to half the limit, 1 at the limit.

    wave_height  significant [m]
    limit        the boom's own, of the maker or the catalogue [m]

    Source: our straight line through the two states of the catalogue; not validated.
    Checked by: test_waves_beyond_the_limit_empty_the_boom.
    """
    return min(max((wave_height - _HALF * limit) / (_HALF * limit), _ZERO), _ONE)


@njit(**KERNEL)
def leaked_fraction(share, dt):
    """Fraction that has leaked after `dt` at a constant share a minute: 1 - exp(-lambda dt), whatever the step (ruling 8).

    share  lost in a minute [1]
    dt     time [s]

    Source: first-order rate; lambda = -ln(1 - share) / 60 s, the share held below 0.95.
    Checked by: test_two_half_steps_leak_as_one, test_a_minute_leaks_its_share.
    """
    kept = max(_ONE - share, _SHORTEST)
    decay = log(kept)
    return _ONE - exp(decay * (dt / _MINUTE))


@njit(**KERNEL)
def widest_angle(speed):
    """Sine of the widest angle to the current at which a boom still holds [1]: 0.36 / c, 1 at most; 1 / sine: boom a width.

    speed  c of the water relative to the boom [m s-1]

    Source: US Navy Salvage Manual vol. 6 (1991): normal current up to 0.7 kn; DESMI's tables.
    Valid: light and medium oil, calm.
    Checked by: test_angles_of_deflection_booms.
    """
    return min(_ONSET / max(speed, _TINY), _ONE)


@njit(**KERNEL)
def current_pull(area, speed):
    """Force of the current on the skirt [N]: 26 kgf times A times V^2, V in knots.

    area   of the skirt [m2];  speed  of the water across it [m s-1]

    Source: US Navy Salvage Manual vol. 6 (1991).
    Valid: boom across the current.
    Checked by: test_pull_on_a_boom.
    """
    knots = speed / _KNOT
    return _PULL * area * knots * knots


@njit(**KERNEL)
def wind_pull(area, speed):
    """Force of the wind on the freeboard [N]: 26 kgf times A times (V / 40)^2, V in knots.

    area  of the freeboard [m2];  speed  of the wind across it [m s-1]

    Source: US Navy Salvage Manual vol. 6 (1991).
    Valid: boom across the wind.
    Checked by: test_pull_on_a_boom.
    """
    share = speed / (_KNOT * _FORTY)
    return _PULL * area * share * share


@njit(**KERNEL)
def anchor_holding(mass):
    """Force that an anchor of Danforth's type holds in mud [N].

    mass  [kg]; 15, 25 and 35 kg hold 200, 350 and 600 kgf, straight between, in proportion beyond

    Source: ITOPF Technical Information Paper 3 (2011), recalled.
    Valid: 5 to 50 kg; sand holds somewhat more, clay half as much again.
    Checked by: test_anchors_hold_what_the_table_says.
    """
    if mass <= _SMALL:
        held = mass * (_SMALL_HELD / _SMALL)
    elif mass <= _MIDDLE:
        held = _SMALL_HELD + (mass - _SMALL) * ((_MIDDLE_HELD - _SMALL_HELD) / (_MIDDLE - _SMALL))
    elif mass <= _LARGE:
        held = _MIDDLE_HELD + (mass - _MIDDLE) * ((_LARGE_HELD - _MIDDLE_HELD) / (_LARGE - _MIDDLE))
    else:
        held = mass * (_LARGE_HELD / _LARGE)
    return held * _KGF


@njit(**KERNEL)
def dragging_speed(current, pull, wind, holding):
    """Speed at which a boom goes while its anchors drag: what is left of the water's pull, and the wind's, is what they hold [m s-1].

    current  of the water along the boom's way [m s-1];  pull  of water that runs past at 1 m s-1, as its square [N]
    wind     pull of the wind along the way [N];  holding  of all anchors [N]

    Source: ours; the balance of the pulls of the US Navy Salvage Manual vol. 6 (1991) and of anchors that hold as much while they drag.
    Valid: a boom that moves as one, at once (its own mass is left out).
    Checked by: test_a_boom_drags_its_anchors_until_the_pulls_are_even.
    """
    if pull * current * abs(current) + wind <= holding:
        return current * _NOUGHT
    rest = holding - wind
    past = sqrt(abs(rest) / max(pull, _TINY))
    return max(current - past if rest >= _NOUGHT else current + past, _NOUGHT)


@njit(**KERNEL)
def towed_swath(length):
    """Mouth of a U towed by a pair [m]: three tenths of its boom.

    length  of the boom [m]

    Source: ROC (Genwest 2011). Valid: conventional boom.
    Checked by: test_a_towed_u_by_hand.
    """
    return _U_MOUTH * length


@njit(**KERNEL)
def towed_sag(length):
    """Depth of a towed U from its mouth to its apex [m]: 0.4125 of a third of its boom.

    length  of the boom [m]

    Source: ROC (Genwest 2011). Valid: conventional boom.
    Checked by: test_a_towed_u_by_hand.
    """
    return _U_SAG * length


@njit(**KERNEL)
def towed_capacity(length, draft):
    """Emulsion that a towed U holds [m3]: two thirds of mouth and sag, filled to a third of the draft on the average.

    length  of the boom [m];  draft  of its skirt [m]

    Source: ROC (Genwest 2011). Valid: towed below 0.7 kn.
    Checked by: test_a_towed_u_by_hand.
    """
    return _TWO_THIRDS * towed_swath(length) * towed_sag(length) * draft * _THIRD


@njit(**KERNEL)
def pool_slope(normal_speed, difference):
    """How a pool thickens towards the boom: h = a x^0.5 from its leading edge; a [m^0.5].

    The water's drag on the underside of the oil holds up its weight: g D h dh/dx = C_f U^2 / 2.

    normal_speed  U of the water across the boom, relative to it [m s-1]
    difference    D, (rho_w - rho_o) / rho_w, > 0 [1]

    Source: Cross and Hoult (1971), Wilkinson (1973); C_f 0.008, of the order that they measured.
    Valid: below the onset of loss; the head wave at the leading edge is left out. Not validated.
    Checked by: test_a_pool_balances_drag_and_weight.
    """
    return normal_speed * sqrt(_FRICTION / (_GRAVITY * max(difference, np.float32(0.01))))


@njit(**KERNEL)
def pool_thickness(volume, normal_speed, difference):
    """Mean thickness of the pool before a boom [m]: v / x, with v = 2/3 a x^1.5. It is half as deep again at the boom.

    volume        v, of emulsion a metre of boom [m2]
    normal_speed, difference   as `pool_slope`

    Source: as `pool_slope`. Valid: as there; in still water the pool spreads out and this goes to 0.
    Checked by: test_a_pool_balances_drag_and_weight.
    """
    slope = max(pool_slope(normal_speed, difference), _TINY)
    reach = power(max(_THREE_HALVES * volume / slope, _TINY), _TWO_THIRDS)
    return volume / reach


@njit(**KERNEL)
def pool_most(draft, normal_speed, difference):
    """Emulsion that a metre of boom holds before its pool drains under the skirt [m2]: deeper than two thirds of the draft.

    draft         of the skirt [m]
    normal_speed, difference   as `pool_slope`

    Source: drainage failure at two thirds of the draft (US Navy Salvage Manual vol. 6, 1991); the pool as `pool_slope`.
    Valid: as `pool_slope`; what no boom fills, 1e6 m2, in still water.
    Checked by: test_a_pool_drains_at_two_thirds_of_the_draft.
    """
    deep, slope = _TWO_THIRDS * draft, pool_slope(normal_speed, difference)
    return min(_TWO_THIRDS * deep * deep * deep / max(slope * slope, _TINY), _MANY)


@njit(**KERNEL)
def worn_share(age, life):
    """Share of the contained oil that passes the gaps of an old boom in a minute [1]: nothing when new, a tenth at its life's end.

    age   time in the water [s];  life  for which it is made [s]

    Source: our straight line; not validated.
    Checked by: test_an_old_boom_leaks_a_little.
    """
    return np.float32(0.1) * min(max(age / max(life, _TINY), _ZERO), _ONE)
