"""Staggered and triangular reference files against arithmetic on their own numbers, read with netCDF4 alone."""

from __future__ import annotations

import netCDF4
import numpy as np
import pytest

from khazri.inputs import InputError
from khazri.inputs.forcing import describe, open_set

pytestmark = pytest.mark.shared


def raw(path, name, *index):
    with netCDF4.Dataset(path) as file:
        values = file[name][index] if index else file[name][:]
        return np.ma.filled(np.ma.asarray(values, np.float64), np.nan)


def component(found, field, number):
    part = found.fields[field].parts[number][0]
    return np.squeeze(np.asarray(part.file[part.variable].values, np.float64))


def test_roms_is_the_mean_of_its_two_faces_at_the_uppermost_level(shared):
    path = shared / "forcing" / "roms_nordic_subset_day1_packed_scoord.nc"
    u, v = (raw(path, name, 0, 34) for name in ("u", "v"))  # s_rho[34] is nearest the surface
    lon = raw(path, "lon_rho")
    with open_set([path]) as found:
        mine_u, mine_v = component(found, "current", 0), component(found, "current", 1)
        np.testing.assert_allclose(found.fields["current"].lattice.x, lon[1:, 1:])
    there = 0
    for row, column in ((0, 0), (3, 5), (10, 20), (19, 29), (7, 11)):
        for mine, pair in (
            (mine_u, (u[row + 1, column], u[row + 1, column + 1])),
            (mine_v, (v[row, column + 1], v[row + 1, column + 1])),
        ):
            known = [each for each in pair if np.isfinite(each)]
            if known:
                there += 1
                assert mine[row, column] == pytest.approx(sum(known) / len(known), abs=1e-6)
            else:
                assert np.isnan(mine[row, column])
    assert there >= 6


def test_roms_scalars_stand_where_they_stood(shared):
    path = shared / "forcing" / "roms_nordic_subset_day1_packed_scoord.nc"
    temperature = raw(path, "temp", 0, 34)
    with open_set([path]) as found:
        mine = component(found, "water_temperature", 0)
    np.testing.assert_allclose(mine, temperature[1:, 1:], atol=1e-6)


def test_two_days_of_roms_make_one_series(shared):
    days = [shared / "forcing" / f"roms_nordic_subset_day{day}_packed_scoord.nc" for day in (1, 2)]
    row = next(row for row in describe(days) if row.field == "current")
    seconds = [raw(path, "ocean_time")[0] for path in days]
    assert row.times == 2
    assert row.step == pytest.approx(seconds[1] - seconds[0])
    assert row.axes == "the grid's own axes"
    assert any("staggered" in note for note in row.notes)


def test_fvcom_is_on_each_point_what_the_face_around_it_has(shared):
    path = shared / "forcing" / "fvcom_small_trigrid.nc"
    nodes = raw(path, "nv").astype(int) - 1
    lon, lat, u = raw(path, "lon"), raw(path, "lat"), raw(path, "u", 0)
    lon = np.where(lon > 180.0, lon - 360.0, lon)
    with open_set([path]) as found:
        lattice, mine = found.fields["current"].lattice, component(found, "current", 0)
    checked = 0
    for row in range(2, mine.shape[0], 5):
        for column in range(2, mine.shape[1], 5):
            x, y = lattice.x[column], lattice.y[row]
            holding = [k for k in range(nodes.shape[1]) if within(x, y, lon[nodes[:, k]], lat[nodes[:, k]])]
            if holding:
                checked += 1
                assert any(mine[row, column] == pytest.approx(u[k], abs=1e-6) for k in holding)
            else:
                assert np.isnan(mine[row, column])
    assert checked >= 10


def within(x, y, xs, ys) -> bool:
    """Whether a triangle holds a point: the same turn about all three corners."""
    turns = [(xs[(k + 1) % 3] - xs[k]) * (y - ys[k]) - (ys[(k + 1) % 3] - ys[k]) * (x - xs[k]) for k in range(3)]
    return all(turn >= -1e-9 for turn in turns) or all(turn <= 1e-9 for turn in turns)


def test_nemo_in_two_files_meets_between_its_faces_and_across_the_dateline(shared):
    paths = [shared / "forcing" / f"nemo_cross180_{which}.nc" for which in "uv"]
    u, v = np.squeeze(raw(paths[0], "U")), np.squeeze(raw(paths[1], "V"))
    with open_set(paths) as found:
        mine = [component(found, "current", k) for k in (0, 1)]
        x = found.fields["current"].lattice.x
    assert (np.abs(x) > 179.0).any()
    east = raw(paths[0], "nav_lon_u")
    apart = np.abs((x - east[1:, 1:] + 180.0) % 360.0 - 180.0)
    assert apart.max() < 1.0  # a mean of 179.9 and -179.9 is 180, not 0
    for row, column in ((0, 0), (4, 9), (9, 19)):
        assert mine[0][row, column] == pytest.approx(np.nanmean([u[row + 1, column], u[row + 1, column + 1]]), abs=1e-6)
        assert mine[1][row, column] == pytest.approx(np.nanmean([v[row, column + 1], v[row + 1, column + 1]]), abs=1e-6)


def test_a_file_without_its_uppermost_levels_is_no_surface(shared):
    """Three of 32 levels are there, the lowest ones: what moves at the bed of the Benguela is no surface current."""
    folder = shared / "forcing"
    with pytest.raises(InputError, match="where 0 is the surface and -1 the bed: the levels above were cut away"):
        describe([folder / "croco_his_staggered_no_cf.nc", folder / "croco_grd.nc"])
