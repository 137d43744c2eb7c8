"""GRIB files, written here message by message, come through the readers with the figures that were written."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.forcing import Choices, Request, describe, open_set, place, resample_once

eccodes = pytest.importorskip("eccodes", reason="GRIB is read with the extra `grib`", exc_type=ImportError)
pytest.importorskip("cfgrib", reason="GRIB is read with the extra `grib`", exc_type=ImportError)

NX, NY = 9, 7
LONLAT = {
    "Ni": NX, "Nj": NY, "latitudeOfFirstGridPointInDegrees": 46.5, "longitudeOfFirstGridPointInDegrees": 48.0,
    "latitudeOfLastGridPointInDegrees": 45.0, "longitudeOfLastGridPointInDegrees": 50.0, "iDirectionIncrementInDegrees": 0.25,
    "jDirectionIncrementInDegrees": 0.25,
}  # fmt: skip
POLAR = {
    "Nx": NX, "Ny": NY, "latitudeOfFirstGridPointInDegrees": 70.0, "longitudeOfFirstGridPointInDegrees": 40.0, "LaDInDegrees": 60.0,
    "orientationOfTheGridInDegrees": 0.0, "DxInMetres": 20_000, "DyInMetres": 20_000, "resolutionAndComponentFlags": 56,
}  # fmt: skip


def message(
    stream, grid: dict[str, float], values: np.ndarray, *, sample: str = "regular_ll_sfc_grib2", **keys: object
) -> None:
    found = eccodes.codes_grib_new_from_samples(sample)
    for key, value in {**grid, "dataDate": 20260914, "dataTime": 0, **keys}.items():
        eccodes.codes_set(found, key, value)
    eccodes.codes_set(found, "bitsPerValue", 24)
    eccodes.codes_set_values(found, values.astype(float).ravel())
    eccodes.codes_write(found, stream)
    eccodes.codes_release(found)


def values_of(short: str, step: int) -> np.ndarray:
    """From north to south and from west to east, as the messages run."""
    rows, columns = np.mgrid[0:NY, 0:NX]
    least = {"10u": 5.0, "10v": -2.0, "2t": 290.0, "swh": 1.0}[short]
    return least + 0.5 * step + 0.1 * rows + 0.01 * columns


@pytest.fixture
def forecast(tmp_path: Path) -> Path:
    path = tmp_path / "forecast.grib2"
    with path.open("wb") as stream:
        for step in (0, 3, 6):
            for short in ("10u", "10v", "2t", "swh"):
                message(stream, LONLAT, values_of(short, step), shortName=short, step=step)
    return path


def test_every_field_of_a_forecast_is_known_with_its_times_and_height(forecast: Path) -> None:
    rows = {row.field: row for row in describe(forecast)}
    assert set(rows) == {"wind", "air_temperature", "wave_height"}
    assert rows["wind"].variables == ("u10", "v10")
    assert (rows["wind"].times, rows["wind"].first, rows["wind"].step) == (3, "2026-09-14 00:00 UTC", 10_800.0)
    assert any("10 m" in note for note in rows["wind"].notes)


def test_figures_at_points_are_those_that_were_written(forecast: Path) -> None:
    """At the middle of the plane north is up and no distance is stretched: the values of the message as they stand."""
    plane = SitePlane(49.0, 45.75)
    box = (-20e3, -20e3, 20e3, 20e3)
    request = Request(plane, box, shapely.box(*box), 1_789_344_000.0, 6 * 3600.0)  # 2026-09-14T00:00Z
    with open_set([forecast]) as found:
        wind = found.fields["wind"]
        placed = place(wind.lattice, request)
        assert placed is not None
        field = resample_once(wind, placed, request, files=[(forecast.name, "0" * 64)]).field
    j, i = (int(np.argmin(np.abs(axis))) for axis in (field.grid.y, field.grid.x))
    x, y = float(field.grid.x[i]), float(field.grid.y[j])
    longitude, latitude = (float(each) for each in plane.to_geographic(x, y))
    row, column = (46.5 - latitude) / 0.25, (longitude - 48.0) / 0.25
    for k, step in enumerate((0, 3, 6)):
        east = 5.0 + 0.5 * step + 0.1 * row + 0.01 * column
        north = -2.0 + 0.5 * step + 0.1 * row + 0.01 * column
        u, v = field.values[k, j, i]
        assert math.hypot(u - east, v - north) < 0.02  # the meridian is turned by a tenth of a degree there


def test_vectors_along_a_polar_grid_are_known_as_such(tmp_path: Path) -> None:
    path = tmp_path / "polar.grib2"
    sample = "polar_stereographic_sfc_grib2"
    with path.open("wb") as stream:
        for short in ("10u", "10v"):
            message(stream, POLAR, values_of(short, 0), sample=sample, shortName=short, step=0)
    with open_set([path]) as found:
        assert found.fields["wind"].sense == "grid"
        assert found.fields["wind"].lattice.kind == "curvilinear"
        assert found.fields["wind"].lattice.y[0, 0] == pytest.approx(70.0, abs=1e-4)


def test_what_is_cut_off_is_said(forecast: Path) -> None:
    forecast.write_bytes(forecast.read_bytes()[:-50])
    with pytest.raises(InputError, match=r"cannot be read as GRIB.*expected whole messages"):
        describe(forecast)


def test_without_the_extra_it_is_named(forecast: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cfgrib", None)
    with pytest.raises(InputError, match=r"pip install 'khazri\[grib\]'"):
        describe(forecast)


def test_a_member_of_an_ensemble_is_told_from_the_others(tmp_path: Path) -> None:
    path = tmp_path / "ensemble.grib2"
    with path.open("wb") as stream:
        for number in (1, 2, 3):
            for short in ("10u", "10v"):
                keys = {
                    "productDefinitionTemplateNumber": 1,
                    "numberOfForecastsInEnsemble": 3,
                    "perturbationNumber": number,
                }
                message(stream, LONLAT, values_of(short, 0) + number, **keys, shortName=short, step=0)
    with pytest.raises(InputError, match=r"3 members of an ensemble along number: 1, 2, 3; .*`member: 1`"):
        describe(path)
    for number in (1, 2, 3):
        with open_set([path], choices=Choices(member=str(number))) as found:
            part = found.fields["wind"].parts[0][0]
            layout = part.layout
            values = part.file[part.variable].isel(dict(layout.fixed)).transpose(..., layout.y, layout.x).values
        np.testing.assert_allclose(np.squeeze(values), values_of("10u", 0) + number, atol=1e-4)


@pytest.mark.shared
def test_a_file_of_pressure_levels_says_what_it_holds(shared: Path) -> None:
    with pytest.raises(InputError, match=r"holds gh \(isobaricInhPa\); expected wind"):
        describe(shared / "forcing" / "cmc_caps_polarstereo.grib2")
