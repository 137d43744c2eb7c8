"""Viscosity against temperature and evaporation."""

from __future__ import annotations

import numpy as np
import pytest

from khazri import oils
from khazri.oils.flow import MEAN_SLOPE, fresh_viscosity, viscosity_curve, walther_slope, weathered_viscosity


def test_the_curve_runs_through_every_measurement() -> None:
    points = [(273.15, 9e-5), (288.15, 3e-5), (313.15, 1e-5)]
    curve = viscosity_curve(points, np.array([t for t, _ in points]))
    assert curve == pytest.approx([nu for _, nu in points], rel=1e-9)


def test_one_measurement_goes_on_with_the_mean_slope() -> None:
    cold, warm = viscosity_curve([(288.15, 1e-5)], np.array([278.15, 298.15]))
    assert walther_slope((278.15, cold), (298.15, warm)) == pytest.approx(MEAN_SLOPE)


def test_a_slope_that_no_liquid_has_is_not_carried_on() -> None:
    points = [(274.15, 1.4e-3), (278.15, 1.1e-4)]  # Wisting near its wax appearance
    warm = viscosity_curve(points, np.array([298.15]))[0]
    assert 2e-5 < warm < 6e-5  # the steep line would end at 3e-7


def test_an_oil_without_points_follows_its_slope() -> None:
    from dataclasses import replace

    oil = replace(oils.find("mgo"), viscosity_points=(), viscosity=1e-5, viscosity_slope=4000.0)
    ratio = fresh_viscosity(oil, np.array([278.15]))[0] / 1e-5
    assert ratio == pytest.approx(np.exp(4000 * (1 / 278.15 - 1 / oil.viscosity_temperature)))


def test_the_fresh_column_is_the_fresh_oil() -> None:
    oil = oils.find("azeri-light")
    temperatures = np.array([275.0, 288.0, 300.0])
    column = weathered_viscosity(oil, temperatures, np.array([0.0]))[:, 0]
    assert column == pytest.approx(fresh_viscosity(oil, temperatures), rel=1e-9)
