"""Where files end and the next source goes on."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
import yaml

from khazri.engine.fields import Field
from khazri.geo.grid import Grid
from khazri.inputs.blending import lay_over, layer_of, shares_of, space_weights, time_weights
from khazri.inputs.packs import read_pack
from khazri.scenario import PackFaults

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

HOUR, DAY = 3600.0, 86_400.0
GRID = Grid(0.0, 0.0, 1000.0, 40, 30)
WEST = np.broadcast_to(np.arange(40) < 20, GRID.shape).copy()  # the files end at x = 19.5 km
EVERYWHERE = np.ones(GRID.shape, bool)


def current(value, *, grid=GRID, times=(0.0,), slope=0.0):
    """Uniform in space, `slope` in x [1/s]; the same at all times."""
    values = np.full((len(times), *grid.shape, 2), value, np.float32)
    values[..., 0] += np.float32(slope) * grid.x.astype(np.float32)
    return Field("current", grid, np.array(times), values, "made")


def layer(covered=WEST, *, value=1.0, times=(0.0, DAY), steady=False, **widths):
    return layer_of(current(value, times=times), covered, steady=steady, duration=DAY, **widths)


def test_the_weights_of_both_sources_sum_to_one():
    """Two sources that are both 7 everywhere give 7 everywhere, whatever the weights are."""
    for further in ({}, {"distance": 0.0, "time": 0.0}, {"distance": 9e3, "time": 5 * HOUR}):
        made = lay_over(layer(value=7.0, times=(0.0, 9 * HOUR), **further), current(7.0))
        np.testing.assert_allclose(made.values, 7.0, rtol=1e-6)


@pytest.mark.parametrize("width", [4e3, 8e3, 15e3])
def test_values_are_continuous_at_the_edge(width):
    """The steepest part of 3 s^2 - 2 s^3 is 1.5: no two cells differ by more than that share of the width."""
    made = lay_over(layer(distance=width), current(0.0)).values[0, 10, :, 0]
    assert np.abs(np.diff(made)).max() <= 1.5 * GRID.spacing / width + 1e-6
    assert made[19] < 0.06  # the last cell that is covered is 500 m within the edge
    np.testing.assert_allclose(made[20:], 0.0)
    np.testing.assert_allclose(made[: int(19.5 - width / 1000.0)], 1.0)
    assert (np.diff(made) <= 1e-6).all()


def test_the_middle_of_the_blend_is_the_mean():
    """Half the width within the edge at 19.5 km both weigh the same; cells lie at whole kilometres."""
    weights = space_weights(layer(distance=9e3))
    assert weights[5, 15] == pytest.approx(0.5)  # 4.5 km within
    assert weights[5, 18] == pytest.approx(3 * (1.5 / 9) ** 2 - 2 * (1.5 / 9) ** 3)


def test_a_hard_edge_remains_possible():
    made = lay_over(layer(times=(0.0, 12 * HOUR), distance=0.0, time=0.0), current(0.0))
    assert made.times.tolist() == [0.0, 12 * HOUR, 12 * HOUR + 1.0, DAY]
    np.testing.assert_array_equal(made.values[0, 3, :, 0], [1.0] * 20 + [0.0] * 20)
    assert not made.values[2:].any()


def test_time_ends_go_over_smoothly_and_never_beyond_the_files():
    found = layer(EVERYWHERE, times=(6 * HOUR, 18 * HOUR), time=2 * HOUR)
    hours = np.array([0.0, 6.0, 7.0, 8.0, 12.0, 16.0, 17.0, 18.0, 24.0])
    np.testing.assert_allclose(time_weights(found, hours * HOUR), [0, 0, 0.5, 1, 1, 1, 0.5, 0, 0], atol=1e-12)
    made = lay_over(found, current(0.0))
    told = np.interp(hours * HOUR, made.times, made.values[:, 0, 0, 0])
    np.testing.assert_allclose(told, [0, 0, 0.5, 1, 1, 1, 0.5, 0, 0], atol=1e-6)
    steps = np.abs(np.diff(np.interp(np.arange(0.0, DAY, 60.0), made.times, made.values[:, 0, 0, 0])))
    assert steps.max() <= 1.5 * 60.0 / (2 * HOUR)


def test_a_blend_in_time_takes_no_more_than_half_of_what_is_covered():
    assert layer(times=(0.0, 2 * HOUR)).time == HOUR


def test_steady_files_hold_for_all_times():
    found = layer(EVERYWHERE, times=(0.0,), steady=True)
    assert not found.ends_in_time
    np.testing.assert_array_equal(time_weights(found, np.array([0.0, DAY])), 1.0)


def test_finer_cells_beneath_are_kept():
    fine = Grid(0.0, 0.0, 250.0, 157, 117)
    made = lay_over(layer(value=0.0, distance=4e3), current(0.0, grid=fine, slope=1e-4))
    assert made.grid.spacing == 250.0
    beyond = made.grid.x > 20_000.0
    np.testing.assert_allclose(made.values[0, 7, beyond, 0], 1e-4 * made.grid.x[beyond], rtol=1e-5)


def test_shares_are_of_the_area_and_the_time():
    found = layer(times=(0.0, 12 * HOUR), distance=0.0, time=0.0)
    west, east = shapely.box(-500, -500, 19_500, 29_500), shapely.box(19_500, -500, 39_500, 29_500)
    assert shares_of([found], west) == pytest.approx([0.5], abs=3e-3)
    assert shares_of([found], east) == [0.0]
    assert shares_of([found], west.union(east)) == pytest.approx([0.25], abs=3e-3)


def test_files_that_cover_the_run_are_not_touched():
    found = layer(EVERYWHERE, times=(-HOUR, 25 * HOUR))
    assert not found.ends_in_space
    assert not found.ends_in_time
    np.testing.assert_array_equal(lay_over(found, current(0.0)).values, 1.0)


def test_the_shares_of_several_are_of_what_is_left():
    upper = layer(distance=0.0, time=0.0)
    lower = layer(EVERYWHERE, times=(0.0, 12 * HOUR), distance=0.0, time=0.0)
    area = shapely.box(-500, -500, 39_500, 29_500)
    assert shares_of([upper, lower], area) == pytest.approx([0.5, 0.25], abs=3e-3)
    assert shares_of([lower, upper], area) == pytest.approx([0.5, 0.25], abs=3e-3)


# ---- in a pack -----------------------------------------------------------------------------------------------------

LON, LAT = np.arange(50.0, 51.51, 0.05), np.arange(44.9, 46.31, 0.05)
SCRIPTED = {
    "wind": {"speed": 10.0, "from": "270 deg"},
    "current": {"speed": 0.5, "towards": "0 deg"},
    "water_temperature": "15 degC",
}


def pack_of(folder, environment):
    site = {
        "ident": "here", "name": {"en": "Here"}, "area": {"west": 50.5, "east": 51.2, "south": 45.2, "north": 45.8},
        "water_level": -28, "bathymetry": "8 m", "environment": environment,
    }  # fmt: skip
    content = {
        "schema": 1, "name": "test", "title": {"en": "Test"}, "start": "2026-09-14T00:00:00Z", "end": "2026-09-14T06:00:00Z",
        "sites": [site],
    }  # fmt: skip
    (folder / "scenario.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
    return folder


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"fallback": "sea"}, "no sea is embedded here"),
        ({"fallback": "constant", "blend": "5 km"}, "nothing stands beyond the files"),
        ({"fallback": "scripted", "blend": "-5 km"}, "blend"),
        ({"fallback": "scripted", "blend": {"distance": "3 h"}}, "distance"),
    ],
)
def test_settings_that_do_not_fit_are_faults(tmp_path, setting, words):
    files.regular(tmp_path / "a.nc", LON, LAT)
    with pytest.raises(PackFaults) as caught:
        read_pack(pack_of(tmp_path, {"files": {"path": "a.nc", **setting}, "scripted": SCRIPTED}))
    assert len(caught.value.faults) == 1
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("blend", "distance", "time"),
    [("20 km", 20_000.0, None), (0, 0.0, 0.0), ("none", 0.0, 0.0), ({"time": "1 h"}, None, 3600.0)],
)
def test_a_blend_is_a_distance_or_both_or_nothing(tmp_path, blend, distance, time):
    files.regular(tmp_path / "a.nc", LON, LAT)
    setting = {"path": "a.nc", "fallback": "scripted", "blend": blend}
    read = read_pack(pack_of(tmp_path, {"files": setting, "scripted": SCRIPTED})).sites[0].environment.files[0].blend
    assert (read.distance, read.time) == (distance, time)
