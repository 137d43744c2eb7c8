"""Evaporation: pseudo-components behind one exposure clock, and two one-line laws to check against.

Jones (1997) lets each pseudo-component k of an oil evaporate as

    dm_k/dt = -(1 - Y) A K_k P_k(T) m_k / (R T n),        n = sum_j m_j / M_j

so every component follows its own vapour pressure and all share the mole number n, which falls as the oil weathers.
Write K_k = K s_k, with K the transfer velocity of the wind and s_k the share of the component's Schmidt number, and
define two clocks for one kilogram of fresh oil (f_k are its mass fractions, a = A / m0 its area):

    d(theta) = (1 - Y) a K dt / (R T n)    ->  m_k = f_k exp(-c_k theta)                   c_k = s_k P_k(T)
    dE       = n d(theta)                  ->  E = sum_k (f_k / M_k) (1 - exp(-c_k theta)) / c_k

`theta` turns the coupled system into k independent exponentials, but its pace depends on n. The exposure E absorbs n:
its pace (1 - Y) a K / (R T) holds only what the weather and the film decide, so a step of any length is exact while
those are constant, and the evaporated fraction F is a function of E alone at a given temperature. Tables are made by
choosing theta on a logarithmic scale and evaluating F(theta) and E(theta). When the temperature changes, keep F and
look E up anew (ruling 4 of the physics reference): keeping E would give vapour back to the oil.

A single component is an exponential in theta and a straight line in E, hence in time: the film evaporates from its
whole surface until it is gone.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from khazri.physics.formula import FORMULA
from khazri.physics.maths import exp, log, sqrt
from khazri.physics.roots import cube_root

GAS_CONSTANT: Final = np.float32(8.31446261815324)  # [J mol-1 K-1]
_ATMOSPHERE = np.float32(101325.0)  # [Pa]
_ZERO = np.float32(0.0)
_HALF = np.float32(0.5)
_ONE = np.float32(1.0)
_NINTH = np.float32(1.0 / 9.0)
_SIXTH = np.float32(1.0 / 6.0)
_HUNDREDTH = np.float32(0.01)


@njit(**FORMULA)
def vapour_pressure(boiling_point, temperature):
    """Vapour pressure of a hydrocarbon from its normal boiling point [Pa].

    ln(P / 1 atm) = dS (Tb - C)^2 / (0.97 R Tb) (1/(Tb - C) - 1/(T - C)), with dS = 8.75 + R ln Tb, C = 0.19 Tb - 18
    and R = 1.987 cal mol-1 K-1 (Antoine's form with Kistiakowsky's entropy of boiling).

    boiling_point  Tb at one atmosphere [K]
    temperature    T of the oil [K]

    Source: lyman1982 (method 14.2), used by jones1997.
    Valid: hydrocarbons, 1 Pa to 1 atm; below that within a factor of about two. 0 where T <= C (residues).
    Checked by: test_published_vapour_pressures, test_pressure_at_the_boiling_point_is_one_atmosphere.
    """
    gas = np.float32(1.987)
    shift = np.float32(0.19) * boiling_point - np.float32(18.0)
    above = temperature - shift
    if above <= _ONE:
        return _ZERO * temperature
    entropy = np.float32(8.75) + gas * log(boiling_point)
    span = boiling_point - shift
    slope = entropy * span * span / (np.float32(0.97) * gas * boiling_point)
    exponent = slope * (_ONE / span - _ONE / above)
    if exponent < np.float32(-80.0):  # 1e-30 Pa; float32 would soon underflow
        return _ZERO * temperature
    return _ATMOSPHERE * exp(exponent)


@njit(**FORMULA)
def schmidt_factor(molar_mass):
    """Sc^(-2/3) of a vapour in air, from water vapour by molar mass [1].

    Sc^(-2/3) = 1.380277 (0.018 / M)^(1/3): diffusivity falls with the root of the molar mass.

    molar_mass  M [kg mol-1]

    Source: mackay1973, constants as in jones1997.
    Valid: 0.03 to 0.5 kg mol-1.
    Checked by: test_heavier_vapour_leaves_more_slowly.
    """
    return np.float32(1.380277) * cube_root(np.float32(0.018) / molar_mass)


@njit(**FORMULA)
def wind_transfer(wind_speed, diameter):
    """Mass-transfer velocity over a slick without the Schmidt factor [m s-1].

    K = 0.0048 U^0.78 X^(-1/9), with U >= 1 m/s (free convection keeps a calm slick evaporating) and X >= 1 m.

    wind_speed  U at 10 m [m s-1]
    diameter    X of the slick along the wind [m]

    Source: mackay1973 (form), jones1997 (constant).
    Valid: 1 to 20 m/s, slicks of 1 m to 10 km.
    Checked by: test_transfer_velocity_by_hand.
    """
    wind = max(wind_speed, _ONE)
    length = max(diameter, _ONE)
    return np.float32(0.0048) * exp(np.float32(0.78) * log(wind) - _NINTH * log(length))


@njit(**FORMULA)
def transfer_velocity(wind_speed, diameter, molar_mass):
    """Mass-transfer velocity of one component, K = 0.0048 U^0.78 X^(-1/9) Sc^(-2/3) [m s-1].

    See `wind_transfer` and `schmidt_factor`; the exposure clock uses the two apart.
    """
    return wind_transfer(wind_speed, diameter) * schmidt_factor(molar_mass)


@njit(**FORMULA)
def exposure_through(transfer, area_per_mass, water, temperature):
    """`exposure_rate` from the transfer that `wind_transfer` gives, apart because a SIMD loop is better short.

    Source: jones1997.
    Valid: as `exposure_rate`.
    Checked by: as `exposure_rate`.
    """
    return (_ONE - water) * area_per_mass * transfer / (GAS_CONSTANT * temperature)


@njit(**FORMULA)
def exposure_rate(wind_speed, diameter, area_per_mass, water, temperature):
    """Pace dE/dt of the exposure clock of one kilogram of fresh oil [mol kg-1 Pa-1 s-1].

    dE/dt = (1 - Y) a K(U, X) / (R T); constant over a step, so E + dE/dt * dt is exact.

    wind_speed     U at 10 m [m s-1]
    diameter       X of the slick [m]
    area_per_mass  a, thick area over the mass the oil had when it was released [m2 kg-1]
    water          Y, fraction of water in the emulsion: it covers that share of the surface [1]
    temperature    T of the film, taken as that of the water [K]

    Source: jones1997; the clock is our own rearrangement (module docstring).
    Valid: films thin enough to be well mixed (no skin); a waxy skin slows evaporation and is not modelled.
    Checked by: test_clock_equals_the_coupled_system, test_two_half_steps_of_exposure_equal_one.
    """
    return exposure_through(wind_transfer(wind_speed, diameter), area_per_mass, water, temperature)


@njit(**FORMULA)
def decay_coefficient(boiling_point, molar_mass, temperature):
    """c_k = Sc_k^(-2/3) P_k(T), the pace of one component against theta [Pa]."""
    return schmidt_factor(molar_mass) * vapour_pressure(boiling_point, temperature)


@njit(**FORMULA)
def component_decay(mass, coefficient, theta):
    """Mass of a component after `theta`: m exp(-c theta), exact [kg].

    mass         before [kg]
    coefficient  c_k, see `decay_coefficient` [Pa]
    theta        [Pa-1]

    Source: jones1997.
    Checked by: test_single_component_is_an_exact_exponential.
    """
    return mass * exp(-coefficient * theta)


@njit(**FORMULA)
def component_exposure(moles, coefficient, theta):
    """Part of the exposure E that one component adds: (f/M) (1 - exp(-c theta)) / c [mol kg-1 Pa-1].

    moles        f_k / M_k of the fresh oil [mol kg-1]
    coefficient  c_k [Pa]; 0 (a residue) gives the limit moles * theta
    theta        [Pa-1]

    Source: own integral of n over theta (module docstring).
    Checked by: test_clock_equals_the_coupled_system, test_exposure_of_a_residue_is_linear.
    """
    x = coefficient * theta
    if x < np.float32(1e-3):  # series: the difference would lose its digits
        return moles * theta * (_ONE - x * (_HALF - x * _SIXTH))
    return moles * (_ONE - exp(-x)) / coefficient


@njit(**FORMULA)
def stiver_mackay(fraction, exposure, initial_boiling, gradient, temperature):
    """Evaporated fraction after a further dimensionless exposure, from a straight distillation curve [1].

    dF/d(theta) = exp(6.3 - 10.3 (T0 + TG F) / T), solved exactly:
    F = ln(exp(k F0) + k theta exp(6.3 - 10.3 T0 / T)) / k, k = 10.3 TG / T.

    fraction         F0 now [1]
    exposure         theta = K A dt / V0 [1]
    initial_boiling  T0 [K];  gradient  TG [K];  temperature  T [K]

    Source: stiver1984.
    Valid: crude oils below 40 % evaporated. A cross-check of the pseudo-components, not used by the engine.
    Checked by: test_stiver_mackay_two_half_steps_equal_one.
    """
    k = np.float32(10.3) * gradient / temperature
    pace = exp(np.float32(6.3) - np.float32(10.3) * initial_boiling / temperature)
    return min(log(exp(k * fraction) + k * exposure * pace) / k, _ONE)


@njit(**FORMULA)
def fingas_logarithmic(time, temperature, distilled):
    """Evaporated fraction of a crude in the laboratory pan after `time`, from the share distilled at 180 C [1].

    %Ev = (0.165 D + 0.045 (T - 15)) ln t, t in minutes, T in Celsius, D in per cent of mass.

    time         since the spill [s];  temperature  [K];  distilled  mass fraction at 180 C [1]

    Source: fingas2004.
    Valid: crudes and most products, days; no wind and no thickness in it. A cross-check.
    Checked by: test_fingas_by_hand.
    """
    slope = np.float32(16.5) * distilled + np.float32(0.045) * (temperature - np.float32(288.15))
    return max(_ZERO, _HUNDREDTH * slope * log(max(time / np.float32(60.0), _ONE)))


@njit(**FORMULA)
def fingas_root(time, temperature, distilled):
    """Evaporated fraction of a diesel-like product: %Ev = (0.0254 D + 0.01 (T - 15)) sqrt(t), t in minutes [1].

    Arguments and source as for `fingas_logarithmic`. Valid: narrow cuts (diesel, kerosene), up to about five days.
    Checked by: test_fingas_by_hand.
    """
    slope = np.float32(2.54) * distilled + _HUNDREDTH * (temperature - np.float32(288.15))
    return max(_ZERO, _HUNDREDTH * slope * sqrt(time / np.float32(60.0)))


@njit(**FORMULA)
def fingas_measured(time, temperature, a, b):
    """Evaporated fraction from a laboratory's own equation %Ev = (a + b T) ln t, t in minutes, T in Celsius [1].

    Source: fingas2004; a and b as filed in public oil records (beware of coefficients filed under the wrong form).
    Checked by: test_fingas_by_hand.
    """
    slope = a + b * (temperature - np.float32(273.15))
    return max(_ZERO, _HUNDREDTH * slope * log(max(time / np.float32(60.0), _ONE)))
