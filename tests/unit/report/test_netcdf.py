from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from khazri.engine.owners import Owner, Status
from khazri.report import netcdf


@pytest.fixture(scope="module")
def files(outcome, measures, tmp_path_factory):
    folder = tmp_path_factory.mktemp("netcdf")
    netcdf.write_trajectories(folder / "trajectories.nc", outcome, outcome.sites[0])
    netcdf.write_grids(folder / "grid.nc", outcome, outcome.sites[0], measures)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("name", ["trajectories.nc", "grid.nc"])
def test_the_compliance_checker_finds_nothing(files, name):
    from compliance_checker.runner import CheckSuite

    suite = CheckSuite()
    suite.load_all_available_checkers()
    groups, errors = suite.run_all(suite.load_dataset(str(files / name)), ["cf:1.11"], [])["cf:1.11"]
    assert not errors
    faults = [message for result in groups if result.value[0] < result.value[1] for message in result.msgs]
    assert not faults


def test_trajectories_open_in_xarray_with_all_particles(files, outcome):
    with xr.open_dataset(files / "trajectories.nc") as ds:
        last = outcome.sites[0].frames[12]
        assert ds.sizes == {"trajectory": 600, "obs": 13}
        assert float(ds.oil_mass.isel(obs=-1).sum()) == pytest.approx(float(last.mass.sum()), rel=1e-4)
        lon, lat = outcome.sites[0].terrain.plane.to_geographic(last.x, last.y)
        assert np.abs(ds.lon.isel(obs=-1) - lon).max() < 1e-5
        assert np.abs(ds.lat.isel(obs=-1) - lat).max() < 1e-5
        assert ds.attrs["title"].startswith("EXERCISE")
        assert np.datetime64(ds.time.isel(trajectory=0, obs=0).values, "s") == np.datetime64("2026-09-14T04:00:00")


def test_a_particle_not_yet_released_has_no_position(files):
    with xr.open_dataset(files / "trajectories.nc") as ds:
        start = ds.isel(obs=0)
        absent = start.status == Status.NOT_YET_RELEASED
        assert absent.any()
        assert np.isnan(start.lon[absent.values]).all()
        assert np.isfinite(start.lon[~absent.values]).all()


def test_the_flags_of_status_are_the_engine_s(files):
    with xr.open_dataset(files / "trajectories.nc") as ds:
        assert ds.status.attrs["flag_meanings"].split() == [status.name.lower() for status in Status]
        assert ds.status.attrs["flag_values"].tolist() == [int(status) for status in Status]


def test_every_nth_particle_is_written_and_said_when_there_are_too_many(outcome, tmp_path, monkeypatch):
    monkeypatch.setattr(netcdf, "TRAJECTORY_LIMIT", 600 * 13 // 3)
    assert netcdf.write_trajectories(tmp_path / "t.nc", outcome, outcome.sites[0]) == 3
    with xr.open_dataset(tmp_path / "t.nc") as ds:
        assert ds.sizes["trajectory"] == 200
        assert "One particle in 3" in ds.attrs["comment"]


def test_grids_hold_mass_and_a_projection(files, measures):
    with xr.open_dataset(files / "grid.nc") as ds:
        cell = measures.grids.grid.spacing**2
        total = float(ds.oil_surface_mass.isel(time=-1).sum()) * cell
        assert total == pytest.approx(measures.budget[-1, Owner.AFLOAT], rel=1e-4)
        assert ds.film_thickness.attrs["grid_mapping"] in ds.variables
        assert float(ds.location_probability.isel(time=3).sum()) == pytest.approx(1.0, rel=1e-3)


def test_shortened_values_stay_within_their_stated_error(rng):
    values = (10.0 ** rng.uniform(-20, 20, 10_000)).astype(np.float32)
    assert (np.abs(netcdf.shorten(values) / values - 1.0) < 3.1e-5).all()  # 14 bits of mantissa
    assert np.isnan(netcdf.shorten(np.array([np.nan], np.float32))).all()
