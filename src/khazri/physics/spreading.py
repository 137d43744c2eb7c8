"""Spreading of a slick by gravity against the drag of the water (Fay), and where its oil is thick.

The area belongs to the patch that was released together, not to the particle: a particle knows the volume of its
patch, so neither the number of particles nor a grid enters the thickness. Turbulence tears patches apart (that is the
random walk's work) but never thins them; the eddy-growth law is offered for comparison only.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import power, sqrt
from khazri.physics.roots import cube_root

GRAVITY: Final = np.float32(9.80665)
THICK_FRACTION_LEAST: Final = np.float32(
    0.1
)  # nine tenths of the oil in a tenth of the area (Hollinger & Mennella 1973)
_K_INERTIAL = np.float32(1.53)
_K_CROSSING = np.float32(1.21)
_K_VISCOUS = np.float32(1.45)
_K_TENSION = np.float32(2.30)
_PI = np.float32(np.pi)
_EDDY = np.float32(8.0 * np.pi * 0.033)
_ZERO = np.float32(0.0)
_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
_TWO = np.float32(2.0)
_SIXTH = np.float32(1.0 / 6.0)


@njit(**FORMULA)
def relative_difference(density_oil, density_water):
    """D = (rho_w - rho_o) / rho_w, what drives spreading; 0 where the oil is not lighter [1]."""
    return max((density_water - density_oil) / density_water, _ZERO)


@njit(**FORMULA)
def patch_volume(volume, duration, window):
    """Volume that spreads as one patch [m3]: all of a sudden release, the yield of `window` of a lasting one.

    volume    of the whole release [m3];  duration  of the release [s];  window  [s], an hour unless told otherwise

    Source: own choice, so that a patch depends neither on the time step nor on the number of particles. Not validated.
    Checked by: test_patch_of_a_lasting_release_is_what_one_window_yields.
    """
    if duration <= window:
        return volume * _ONE
    return volume * window / duration


@njit(**FORMULA)
def fay_initial_time(volume, difference, viscosity_water):
    """When gravity-inertial spreading hands over to gravity-viscous, t0 = (k2/k1)^4 (V / (nu g D))^(1/3) [s].

    volume           V of the patch [m3];  difference  D, see `relative_difference` [1]
    viscosity_water  kinematic [m2 s-1]

    Source: fay1971, with k1 = 1.53 and k2 = 1.21. 0 where D is 0.
    Checked by: test_the_two_first_stages_meet.
    """
    if difference <= _ZERO:
        return _ZERO * volume
    ratio = _K_CROSSING / _K_INERTIAL
    squared = ratio * ratio
    return squared * squared * cube_root(volume / (viscosity_water * GRAVITY * difference))


@njit(**FORMULA)
def fay_initial_area(volume, difference, viscosity_water):
    """Area at the end of gravity-inertial spreading, pi k2^4 / k1^2 (V^5 g D / nu^2)^(1/6) [m2].

    A patch starts here: the stage takes minutes, less than a step. Arguments as for `fay_initial_time`.

    Source: fay1971. Where D is 0 the patch keeps the area of a disc as thick as it is wide, V^(2/3).
    Checked by: test_the_two_first_stages_meet.
    """
    if difference <= _ZERO:
        return power(volume, np.float32(2.0 / 3.0))
    k2 = _K_CROSSING * _K_CROSSING
    # V^(5/6) apart: V^5 of a large spill leaves float32
    shape = power(GRAVITY * difference / (viscosity_water * viscosity_water), _SIXTH)
    return _PI * k2 * k2 / (_K_INERTIAL * _K_INERTIAL) * power(volume, np.float32(5.0 / 6.0)) * shape


@njit(**FORMULA)
def fay_gravity_inertial(volume, difference, time):
    """Area of the first stage, pi k1^2 sqrt(g D V) t [m2].

    Source: fay1971. Checked by: test_the_two_first_stages_meet.
    """
    return _PI * _K_INERTIAL * _K_INERTIAL * sqrt(GRAVITY * difference * volume) * time


@njit(**FORMULA)
def viscous_pace(volume, difference, viscosity_water):
    """C of the gravity-viscous law A = C sqrt(t): C = pi k^2 (V^2 g D / sqrt(nu))^(1/3), k = 1.45 [m2 s-1/2]."""
    drive = volume * volume * GRAVITY * difference / sqrt(viscosity_water)
    pace = _PI * _K_VISCOUS * _K_VISCOUS * cube_root(drive)
    return pace if drive > _ZERO else _ZERO * pace


@njit(**FORMULA)
def fay_gravity_viscous(volume, difference, time, viscosity_water):
    """Area of the second stage alone, C sqrt(t), without initial area [m2].

    volume  V [m3];  difference  D [1];  time  [s];  viscosity_water  kinematic [m2 s-1]

    Source: fay1971, k = 1.45.
    Valid: calm water, from minutes to a day or so; oils that are liquid.
    Checked by: test_gravity_viscous_area_of_a_thousand_cubic_metres.
    """
    return viscous_pace(volume, difference, viscosity_water) * sqrt(time)


@njit(**FORMULA)
def fay_surface_tension(time, spreading_tension, density_water, viscosity_water):
    """Area of the third stage, pi k^2 (s^2 t^3 / (rho^2 nu))^(1/2), k = 2.30 [m2].

    spreading_tension  s, tension of water less those of oil and of the boundary [N m-1]

    Source: fay1971. Not used by the engine: weathered oil reaches its least thickness before. Not validated.
    Checked by: test_surface_tension_area_grows_with_the_three_halves_power.
    """
    k = _K_TENSION * _K_TENSION
    return _PI * k * spreading_tension / density_water * sqrt(time * time * time / viscosity_water)


@njit(**FORMULA)
def fay_terminal_area(volume):
    """Area at which spreading has been seen to end, 1e5 V^(3/4) [m2]. Source: fay1971."""
    return np.float32(1.0e5) * power(volume, np.float32(0.75))


@njit(**FORMULA)
def minimum_thickness(viscosity):
    """Mean thickness at which a patch stops spreading [m]: 1e-5 for thin oils to 1e-4 for viscous ones.

    1e-5 + 0.9091 (nu - 1e-6) between nu of 1e-6 and 1e-4 m2/s.

    viscosity  kinematic, of the oil as it floats [m2 s-1]

    Source: as used in NOAA's public-domain GNOME. Order of magnitude only; not validated.
    Checked by: test_least_thickness_spans_ten_to_a_hundred_microns.
    """
    nu = min(max(viscosity, np.float32(1e-6)), np.float32(1e-4))
    return np.float32(1e-5) + np.float32(0.09 / 0.099) * (nu - np.float32(1e-6))


@njit(**FORMULA)
def fay_area_after(area, dt, volume, difference, viscosity_water, thickness_least):
    """Area of a patch after `dt` of gravity-viscous spreading, exact: A' = sqrt(A^2 + C^2 dt) [m2].

    dA/dt = C^2 / (2 A), the differential form of A = C sqrt(t), goes on from any area, so that a patch whose
    conditions changed carries no clock. It stops at volume / thickness_least; a larger area is kept as it is.

    area             A now [m2]
    dt               [s]; under ice pass dt times the share of open water
    volume           V of the patch as it was released [m3]
    difference       D now [1]
    viscosity_water  kinematic [m2 s-1]
    thickness_least  see `minimum_thickness` [m]

    Source: fay1971.
    Valid: as `fay_gravity_viscous`.
    Checked by: test_two_half_steps_equal_one, test_spreading_stops_at_the_least_thickness.
    """
    most = volume / thickness_least
    pace = viscous_pace(volume, difference, viscosity_water)
    # scaled by `most` so that squares of large areas stay inside float32
    now = area / most
    step = pace / most
    after = most * min(sqrt(now * now + step * step * dt), _ONE)
    return area * _ONE if area >= most else after  # not an early return: loops over it become SIMD


@njit(**FORMULA)
def fay_mean_area(before, after):
    """Mean area over a step of gravity-viscous spreading, (2/3) (A1^2 + A1 A0 + A0^2) / (A1 + A0) [m2].

    What evaporates or dissolves in proportion to the area sees this one: the area at either end of the step would make
    the first hour of a spill depend on dt. Exact where the patch did not reach its least thickness within the step.

    before, after  A0, A1 of `fay_area_after` [m2]

    Source: own integral of sqrt(A0^2 + C^2 t).
    Checked by: test_mean_area_is_the_integral_over_the_step.
    """
    return np.float32(2.0 / 3.0) * (after * (after + before) + before * before) / (after + before)


@njit(**FORMULA)
def fay_area_with_eddies_after(area, dt, volume, difference, viscosity_water, thickness_least):
    """As `fay_area_after`, with growth by eddies: dA/dt = C^2/(2A) + (7/6) K (A/K)^(1/7), K = 8 pi 0.033 [m2].

    Solved in w = A^2 by one classical fourth-order step (w is nearly straight in time); not exact in dt.

    Source: the law of NOAA's public-domain GNOME. For comparison: with a random walk it counts turbulence twice.
    Checked by: test_eddy_law_from_the_initial_area.
    """
    most = volume / thickness_least
    if area >= most:
        return area * _ONE
    pace = viscous_pace(volume, difference, viscosity_water)
    c = pace * pace
    b = np.float32(7.0 / 3.0) * power(_EDDY, np.float32(6.0 / 7.0))
    p = np.float32(4.0 / 7.0)
    w = area * area
    k1 = c + b * power(w, p)
    k2 = c + b * power(w + _HALF * dt * k1, p)
    k3 = c + b * power(w + _HALF * dt * k2, p)
    k4 = c + b * power(w + dt * k3, p)
    return min(sqrt(w + dt * _SIXTH * (k1 + _TWO * (k2 + k3) + k4)), most)


@njit(**FORMULA)
def thick_fraction(thickness, wind_speed, difference):
    """Share of a patch's area that holds its oil, the rest being sheen [1], 0.1 to 1.

    Langmuir cells of the wind gather the oil in rows: f = (4 g D h / (pi 0.005 U)^2)^(1/3).

    thickness   h, mean over the whole area of the patch [m]
    wind_speed  U at 10 m [m s-1]
    difference  D [1]

    Source: lehr2000langmuir (balance of row spreading and cell speed); the least, 0.1, after hollinger1973.
    Valid: developed sea. Order of magnitude; not validated.
    Checked by: test_wind_gathers_oil_in_rows.
    """
    cell = _PI * np.float32(0.005) * wind_speed
    squared = cell * cell
    rise = np.float32(4.0) * GRAVITY * difference * thickness
    share = cube_root(rise / max(squared, np.float32(1e-12)))
    return min(max(share, THICK_FRACTION_LEAST), _ONE)


@njit(**FORMULA)
def film_thickness(volume, remaining, area, fraction):
    """Thickness of the thick film, h = V r / (f A) [m].

    volume     V of the patch as released [m3]
    remaining  r, volume left of the particle (water included) over its volume when released [1]
    area       A of the patch [m2];  fraction  f, see `thick_fraction` [1]

    Only ratios of the particle enter, so h is the same for ten particles or ten million.

    Source: definition (ruling 3 of the physics reference).
    Checked by: test_thickness_does_not_depend_on_the_number_of_particles.
    """
    return volume * remaining / (fraction * area)


@njit(**FORMULA)
def wind_ellipse_ratio(volume, difference, wind_speed, time):
    """Long over short axis of a slick drawn out by the wind [1].

    Q = 53.76 D^(1/3) V^(1/3) t^(1/4), R = Q + 0.95 U^(4/3) t^(3/4) (V in barrels, t in minutes, U in knots).

    volume  [m3];  difference  D [1];  wind_speed  [m s-1];  time  since the release [s]

    Source: lehr1984.
    Valid: the first days; light crude. The engine draws slicks with it; it does not change their area.
    Checked by: test_wind_ellipse_by_hand.
    """
    barrels = volume * np.float32(6.28981077)
    minutes = time / np.float32(60.0)
    knots = wind_speed * np.float32(3600.0 / 1852.0)
    short = np.float32(53.76) * cube_root(max(difference, np.float32(1e-4)) * barrels)
    # t^(3/4) / t^(1/4)
    return _ONE + np.float32(0.95) * power(max(knots, _ZERO), np.float32(4.0 / 3.0)) * sqrt(minutes) / short
