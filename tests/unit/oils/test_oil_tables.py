"""What a weathering table holds."""

from __future__ import annotations

import numpy as np
import pytest

from khazri import oils
from khazri.physics.evaporation import decay_coefficient
from khazri.physics.lookup import along_both, along_fraction, evaporated_after

OILS = oils.catalogue()


@pytest.mark.parametrize("oil", OILS, ids=lambda oil: oil.ident)
def test_every_table_is_sound(oil: oils.Oil) -> None:
    t = oils.weathering_table(oil)
    arrays = (t.exposure, t.viscosity, t.density, t.aromatic, t.molar_mass)
    assert all(a.dtype == np.float32 and a.flags.c_contiguous and np.isfinite(a).all() for a in arrays)
    assert (t.exposure[:, 0] == 0).all()
    assert (np.diff(t.exposure, axis=1) > 0).all()
    assert (np.diff(t.viscosity, axis=1) >= 0).all()  # stiffer as it evaporates
    assert (np.diff(t.viscosity, axis=0) <= 0).all()  # thinner as it warms
    assert (np.diff(t.density) > -1e-3).all()  # denser as the light ends leave
    assert (np.diff(t.aromatic) <= 1e-7).all()
    assert t.density[0] == pytest.approx(oil.density, rel=1e-6)


def test_one_component_follows_its_own_straight_line() -> None:
    oil = oils.find("mgo")
    from dataclasses import replace

    single = replace(
        oil,
        component_fraction=np.array([1.0]),
        component_boiling=np.array([420.0]),
        component_molar_mass=np.array([0.12]),
        component_density=np.array([800.0]),
        component_aromatic=np.array([0.0]),
    )
    t = oils.weathering_table(single)
    axes = (np.float32(t.temperature_first), np.float32(t.temperature_step), np.float32(t.fraction_step))
    rate = float(decay_coefficient(420.0, 0.12, t.temperature_first + 8 * t.temperature_step)) * 0.12
    temperature = np.float32(t.temperature_first + 8 * t.temperature_step)
    gone = evaporated_after(np.float32(0), temperature, np.float32(0.5 / rate), t.exposure, *axes)
    assert gone == pytest.approx(0.5, rel=2e-3)  # dF = c M dE; the table's columns are 0.4 % apart


def test_look_ups_return_the_tables_own_values_at_the_nodes() -> None:
    t = oils.weathering_table(oils.find("azeri-light"))
    f = np.float32(10 * t.fraction_step)
    temperature = np.float32(t.temperature_first + 3 * t.temperature_step)
    axes = (np.float32(t.temperature_first), np.float32(t.temperature_step), np.float32(t.fraction_step))
    assert along_fraction(f, t.density, axes[2]) == pytest.approx(t.density[10], rel=1e-6)
    assert along_both(f, temperature, t.viscosity, *axes) == pytest.approx(t.viscosity[3, 10], rel=1e-4)


def test_temperatures_that_do_not_rise_evenly_are_refused() -> None:
    with pytest.raises(ValueError, match="rising evenly"):
        oils.weathering_table(oils.find("mgo"), np.array([280.0, 281.0, 290.0]))
