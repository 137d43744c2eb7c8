"""Observed tracks: read as they come, cleaned, and every loss said."""

from __future__ import annotations

import numpy as np
import pytest

from khazri.inputs import InputError
from khazri.inputs.tracks import distance, read_tracks

GOOD = """time,lon,lat,id
2026-06-14T00:00:00Z,49.0,45.0,a
2026-06-14T01:00:00Z,49.01,45.0,a
2026-06-14T01:00:00Z,49.01,45.0,a
2026-06-14T03:00:00Z,49.03,45.0,a
2026-06-14T02:00:00Z,49.02,45.0,a
2026-06-14T04:00:00Z,55.0,45.0,a
2026-06-14T05:00:00Z,49.05,45.0,a
2026-06-14T06:00:00Z,nan,45.0,a
2026-06-14T00:00:00Z,50.0,45.0,b
"""


def test_a_track_is_put_in_order_and_what_cannot_be_is_dropped_and_said(tmp_path) -> None:
    path = tmp_path / "d.csv"
    path.write_text(GOOD)
    found = read_tracks(path)
    assert [track.ident for track in found.tracks] == ["a"]
    assert found.tracks[0].longitude.tolist() == pytest.approx([49.0, 49.01, 49.02, 49.03, 49.05])
    assert (np.diff(found.tracks[0].times) > 0.0).all()
    said = "; ".join(found.notes)
    for words in (
        "1 fixes without",
        "not in the order",
        "1 fixes at a moment",
        "1 fixes that ask for more than 3 m/s",
        "b: 1 fixes are left",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("when,x,y\n1,2,3\n", "expected one for the time"),
        ("time,lon,lat\nyesterday,49,45\n", r"d\.csv:2 time is 'yesterday'; expected a UTC time"),
        ("time,lon,lat\n2026-06-14T00:00:00Z,east,45\n", "expected degrees"),
        ("time,lon,lat\n2026-06-14T00:00:00Z,49,45\n", "holds no track of 3 fixes"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(tmp_path, text, told) -> None:
    path = tmp_path / "d.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        read_tracks(path)
    with pytest.raises(InputError, match="no such file"):
        read_tracks(tmp_path / "none.csv")


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance(10.0, 45.0, 10.0, 46.0) == pytest.approx(111_195.0, rel=1e-4)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("baltic2023_geomar_10min.csv", 6), ("barents_two_drifters_2022.nc", 2), ("norse2015_code_sldmb.csv", 1),
        ("omb_bug05_pos_irregular.csv", 1),
    ],
)  # fmt: skip
def test_the_public_drifters_are_read_and_no_fix_is_impossible(shared, name, count) -> None:
    found = read_tracks(shared / "drift" / name)
    assert len(found.tracks) == count
    for track in found.tracks:
        speeds = [
            distance(*a) / gap
            for a, gap in zip(
                zip(track.longitude, track.latitude, track.longitude[1:], track.latitude[1:], strict=False),
                np.diff(track.times),
                strict=True,
            )
        ]
        assert max(speeds) <= 3.0 + 1e-9


def test_a_row_of_tracks_one_after_another_is_parted_and_named(tmp_path) -> None:
    import xarray as xr

    hours = np.datetime64("2026-06-14T00:00:00") + np.arange(7) * np.timedelta64(3600, "s")
    xr.Dataset(
        {
            "time": ("obs", hours), "lon": ("obs", [179.98, 179.99, -179.99, 10.0, 10.01, 10.02, 10.03]), "lat": ("obs", np.full(7, 60.0)),
            "rows": ("traj", [3, 4], {"sample_dimension": "obs"}), "name": ("traj", ["east", "west"], {"cf_role": "trajectory_id"}),
        }
    ).to_netcdf(tmp_path / "ragged.nc")  # fmt: skip
    tracks = read_tracks(tmp_path / "ragged.nc").tracks
    assert [(track.ident, track.times.size) for track in tracks] == [("east", 3), ("west", 4)]
    lon, _ = tracks[0].at(tracks[0].times[1:2] + 1800.0)
    assert lon[0] == pytest.approx(180.0)  # half way over the date line


def test_netcdf_without_a_calendar_is_refused(tmp_path) -> None:
    import xarray as xr

    path = tmp_path / "raw.nc"
    xr.Dataset({name: ("obs", np.arange(4.0)) for name in ("time", "lon", "lat")}).to_netcdf(path)
    with pytest.raises(InputError, match="has no calendar"):
        read_tracks(path)


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore:Unable to decode time axis")
def test_no_public_forcing_meets_a_public_drifter_in_place_and_time(shared) -> None:
    """docs/drifters.md says so, and why its pack has an invented wind; a file that meets one would call for another page."""
    import xarray as xr

    tracks = [track for path in sorted((shared / "drift").iterdir()) for track in read_tracks(path).tracks]
    seen = 0
    for path in sorted((shared / "forcing").glob("*.nc")):
        try:
            times = xr.open_dataset(path).variables["time"].values
        except (KeyError, ValueError, OSError):
            continue  # climatologies and files without a calendar have no date to meet anything at
        if not np.issubdtype(times.dtype, np.datetime64):
            continue
        seen += 1
        first, last = (times.min(), times.max())
        for track in tracks:
            begins, ends = (np.datetime64(int(track.times[at]), "s") for at in (0, -1))
            assert last < begins or first > ends, (path.name, track.ident)
    assert seen >= 5
