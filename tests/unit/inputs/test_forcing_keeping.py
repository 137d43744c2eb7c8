"""A kept field is the decoded one, bit for bit; it is never taken for another, and never trusted when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
import xarray as xr

from khazri.geo.plane import SitePlane
from khazri.inputs.forcing import Request, keeping, open_set, place, resample_once

START = 1_789_344_000.0  # 2026-09-14T00:00Z
BOX = (-20e3, -20e3, 20e3, 20e3)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "cache"))
    return tmp_path


def write(path: Path, speed: float = 5.0) -> Path:
    axes = ("time", "lat", "lon")
    lat, lon = np.arange(44.0, 46.01, 0.1), np.arange(49.0, 51.01, 0.1)
    wind = np.broadcast_to(speed + np.arange(lon.size) * 0.1, (5, lat.size, lon.size)).astype(np.float32)
    said = {"units": "m s-1"}
    xr.Dataset(
        {
            "wu": (axes, wind, {**said, "standard_name": "eastward_wind"}),
            "wv": (axes, -wind, {**said, "standard_name": "northward_wind"}),
        },
        coords={
            "time": ("time", np.arange(5), {"units": "hours since 2026-09-14"}),
            "lat": ("lat", lat, {"units": "degrees_north"}),
            "lon": ("lon", lon, {"units": "degrees_east"}),
        },
    ).to_netcdf(path)
    return path


def read(path: Path, duration: float = 7200.0, content: str = "a"):
    request = Request(SitePlane(50.0, 45.0), BOX, shapely.box(*BOX), START, duration)
    with open_set([path]) as found:
        wind = found.fields["wind"]
        return resample_once(wind, place(wind.lattice, request), request, files=[(path.name, content)])


def kept(folder: Path, suffix: str = "") -> list[Path]:
    return sorted((folder / "cache" / "forcing").glob(f"*{suffix}"))


def never(*_: object, **__: object) -> None:
    raise AssertionError("decoded again")


def test_the_kept_field_is_the_decoded_one(folder, monkeypatch):
    path = write(folder / "wind.nc")
    monkeypatch.setenv("KHAZRI_CACHE", "")
    decoded = read(path)
    monkeypatch.setenv("KHAZRI_CACHE", str(folder / "cache"))
    read(path)
    monkeypatch.setattr(keeping, "resample", never)
    again = read(path)
    np.testing.assert_array_equal(again.field.values, decoded.field.values)
    np.testing.assert_array_equal(again.field.times, decoded.field.times)
    np.testing.assert_array_equal(again.covered, decoded.covered)
    assert (again.field.grid, again.field.source, again.notes) == (
        decoded.field.grid,
        decoded.field.source,
        decoded.notes,
    )
    assert again.field.values.dtype == np.float32
    assert type(again.field.values) is np.ndarray


def test_what_is_returned_is_a_map_that_can_be_written_without_changing_the_file(folder):
    path = write(folder / "wind.nc")
    first = read(path).field.values
    owner = first
    while isinstance(owner.base, np.ndarray):
        owner = owner.base
    assert isinstance(owner, np.memmap)
    before = first[0, 0, 0, 0].item()
    first[0, 0, 0, 0] = 99.0
    assert read(path).field.values[0, 0, 0, 0] == np.float32(before)


@pytest.mark.parametrize("change", [{"content": "b"}, {"duration": 14400.0}])
def test_another_content_or_another_span_is_another_field(folder, change):
    path = write(folder / "wind.nc")
    read(path)
    read(path, **change)
    assert len(kept(folder, ".npy")) == 2


@pytest.mark.parametrize("suffix", [".npy", ".npz"])
@pytest.mark.parametrize("harm", ["cut", "turned", "gone"])
def test_a_damaged_one_is_decoded_again(folder, suffix, harm):
    path = write(folder / "wind.nc")
    right = read(path).field.values.copy()
    (file,) = kept(folder, suffix)
    content = file.read_bytes()
    half = len(content) // 2
    file.unlink()
    if harm != "gone":
        file.write_bytes(
            content[:half] if harm == "cut" else content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]
        )
    np.testing.assert_array_equal(read(path).field.values, right)


def test_what_was_used_longest_ago_goes_first(folder, monkeypatch):
    path = write(folder / "wind.nc")
    read(path)
    (first,) = kept(folder, ".npy")
    monkeypatch.setattr(keeping, "MOST_KEPT", int(1.5 * first.stat().st_size))
    read(path, content="b")
    assert len(kept(folder, ".npy")) == 1
    assert kept(folder, ".npy") != [first]


def test_nothing_is_kept_where_the_user_wants_nothing_kept(folder, monkeypatch):
    monkeypatch.setenv("KHAZRI_CACHE", "")
    read(write(folder / "wind.nc"))
    assert kept(folder) == []


def test_nothing_is_left_half_written(folder):
    read(write(folder / "wind.nc"))
    assert [file.suffix for file in kept(folder)] == [".npy", ".npz"]
