"""Every reference file opens and gives what plain arithmetic on its own numbers gives, or is refused with what to do instead.

What is read here is read with netCDF4 alone, its packing, missing values, times, staggering and turning reckoned by hand; of
Khazri only the plane's positions are taken, not its directions.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import netCDF4
import numpy as np
import pytest

from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.forcing import Choices, describe, open_set

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import forcing_files as files

pytestmark = pytest.mark.shared


# ---- reading by hand -----------------------------------------------------------------------------------------------


def raw(path, name):
    """Unpacked and with NaN for missing: value = packed * scale_factor + add_offset, fills compared before unpacking."""
    with netCDF4.Dataset(path) as file:
        item = file[name]
        item.set_auto_maskandscale(False)
        packed = item[:]
        values = np.asarray(packed, np.float64)
        for key in ("_FillValue", "missing_value"):
            if key in item.ncattrs():
                fill = np.atleast_1d(item.getncattr(key))[0]
                values[packed == fill] = np.nan
        said = {key: float(item.getncattr(key)) for key in ("scale_factor", "add_offset") if key in item.ncattrs()}
    values = values * said.get("scale_factor", 1.0) + said.get("add_offset", 0.0)
    values[np.abs(values) > 1e19] = np.nan
    return values


def moments(path, name="time", days_of_noleap=False):
    """Seconds since 1970 by hand."""
    with netCDF4.Dataset(path) as file:
        words, numbers = file[name].units.split(), np.asarray(file[name][:], np.float64)
    size = {"s": 1, "h": 3600, "d": 86_400}[words[0][0].lower()]
    day, *rest = " ".join(words[2:]).replace("T", " ").replace("Z", "").split()
    hours = [float(each) for each in rest[0].split(":")] if rest else [0.0]
    year, month, date = (int(each) for each in day.split("-"))
    origin = datetime(year, month, date, tzinfo=UTC) + timedelta(
        seconds=sum(each * 60.0 ** (2 - k) for k, each in enumerate(hours))
    )
    if not days_of_noleap:
        return np.array([(origin + timedelta(seconds=float(each) * size)).timestamp() for each in numbers])
    made = []
    for each in numbers:  # every year has 365 days; then the same date of the real calendar
        within = datetime(2001, 1, 1, tzinfo=UTC) + timedelta(days=float(each) % 365.0)
        made.append(within.replace(year=year + int(each // 365.0)).timestamp())
    return np.array(made)


@dataclass
class Read:
    """Positions (ny, nx), values (nt, components, ny, nx) in SI, seconds since 1970 (None: it never changes)."""

    lon: np.ndarray
    lat: np.ndarray
    values: np.ndarray
    times: np.ndarray | None
    along_grid: bool = False
    axes: bool = False  # rows and columns of longitude and latitude


def on_axes(path, lon, lat, names, *, offset=0.0):
    """A grid of longitudes and latitudes, whichever way they run."""
    x, y = raw(path, lon), raw(path, lat)
    values = np.stack([raw(path, name) for name in names], axis=1) + offset
    xx, yy = np.meshgrid(x, y)
    return Read(xx, yy, values, moments(path), axes=True)


def era5(folder, _):
    return on_axes(folder / "era5_wind_june2019_packed_int16_1900.nc", "longitude", "latitude", ("u10", "v10"))


def gfs(folder, _):
    return on_axes(folder / "gnome_gfs_0p25_hour_units.nc", "lon", "lat", ("air_u", "air_v"))


def gridded_current(folder, _):
    return on_axes(folder / "gnome_gridded_current.nc", "lon", "lat", ("water_u", "water_v"))


def rtofs(folder, _):
    return on_axes(folder / "gnome_rtofs_wa_days_since_2000-12-31.nc", "lon", "lat", ("water_u", "water_v"))


def access(folder, _):
    """The first of four levels, in two files, longitudes near -247, a calendar without leap years."""
    paths = [folder / f"access_om2_{each}_noleap.nc" for each in "uv"]
    values = np.stack([raw(path, each)[:, 0] for path, each in zip(paths, "uv", strict=True)], axis=1)
    xx, yy = np.meshgrid(raw(paths[0], "xu_ocean") + 360.0, raw(paths[0], "yu_ocean"))
    return Read(xx, yy, values, moments(paths[0], days_of_noleap=True), axes=True)


def arome(folder, _):
    """Its own longitudes and latitudes of every point, not its projection."""
    path = folder / "arome_wind_lambert.nc"
    values = np.stack([np.squeeze(raw(path, each)) for each in ("x_wind_10m", "y_wind_10m")], axis=1)
    return Read(raw(path, "longitude"), raw(path, "latitude"), values, moments(path), along_grid=True)


TOPAZ = {"ice_concentration": ("aice", 0.0), "ice_thickness": ("hice", 0.0), "water_temperature": ("temperature", 273.15),
         "salinity": ("salinity", 0.0)}  # fmt: skip


def topaz(folder, field):
    path = folder / "topaz_arctic20_polarstereo_packed_ice.nc"
    names, offset = (("u", "v"), 0.0) if field == "current" else ((TOPAZ[field][0],), TOPAZ[field][1])
    read = [raw(path, name) for name in names]
    values = np.stack([each if each.ndim == 3 else each[:, 0] for each in read], axis=1) + offset
    return Read(raw(path, "longitude"), raw(path, "latitude"), values, moments(path), along_grid=True)


ROMS = {"water_temperature": ("temp", 273.15), "salinity": ("salt", 0.0), "ice_concentration": ("aice", 0.0),
        "ice_thickness": ("hice", 0.0)}  # fmt: skip


def faces(one, other):
    """The mean of both, or the one that is there."""
    return np.where(np.isnan(one), other, np.where(np.isnan(other), one, 0.5 * (one + other)))


def roms(folder, field):
    """Two days joined; the uppermost of the s-levels; u and v at the rho points between their faces."""
    days = [folder / f"roms_nordic_subset_day{day}_packed_scoord.nc" for day in (1, 2)]

    def top(path, name):
        values = raw(path, name)
        return values[:, int(np.argmax(raw(path, "s_rho")))] if values.ndim == 4 else values

    def of_day(path):
        if field in ROMS:
            return top(path, ROMS[field][0])[:, None, 1:, 1:] + ROMS[field][1]
        u, v = (top(path, each) for each in (("u", "v") if field == "current" else ("uice", "vice")))
        return np.stack([faces(u[:, 1:, :-1], u[:, 1:, 1:]), faces(v[:, :-1, 1:], v[:, 1:, 1:])], axis=1)

    parts = [of_day(path) for path in days]
    rows, columns = (min(part.shape[axis] for part in parts) for axis in (2, 3))
    values = np.concatenate([part[:, :, :rows, :columns] for part in parts])
    lon, lat = (raw(days[0], each)[1:, 1:][:rows, :columns] for each in ("lon_rho", "lat_rho"))
    return Read(lon, lat, values, np.concatenate([moments(path, "ocean_time") for path in days]), along_grid=True)


def sine_channel(folder, _):
    """Its rows run along what it calls xi; u lies between two points of a row, v between two of a column."""
    path = folder / "roms_staggered_sine_channel.nc"
    u, v = raw(path, "u"), raw(path, "v")
    values = np.stack([faces(u[1:4, :-1], u[1:4, 1:]), faces(v[:-1, 1:24], v[1:, 1:24])])[None]
    lon, lat = (raw(path, each)[1:4, 1:24] for each in ("lon_rho", "lat_rho"))
    return Read(lon, lat, values, None, along_grid=True)


def nemo(folder, _):
    """U and V in two files, across the dateline: a longitude between 179.9 and -179.9 is 180."""
    u, v = (np.squeeze(raw(folder / f"nemo_cross180_{each.lower()}.nc", each)) for each in "UV")
    lon = np.mod(raw(folder / "nemo_cross180_u.nc", "nav_lon_u"), 360.0)
    lat = raw(folder / "nemo_cross180_u.nc", "nav_lat_u")
    values = np.stack([faces(u[1:, :-1], u[1:, 1:]), faces(v[:-1, 1:], v[1:, 1:])])[None]
    middle = [0.5 * (each[1:, :-1] + each[1:, 1:]) for each in (lon, lat)]
    return Read(*middle, values, None, along_grid=True)


def fvcom(folder, _):
    """What the face around each point of a regular grid has; the grid is Khazri's, the search for faces is not."""
    path = folder / "fvcom_small_trigrid.nc"
    lon, lat, nodes = raw(path, "lon"), raw(path, "lat"), raw(path, "nv").astype(int).T - 1
    lon = np.where(lon > 180.0, lon - 360.0, lon)
    u, v = (np.squeeze(raw(path, each)) for each in "uv")
    with open_set([path]) as found:
        xx, yy = np.meshgrid(found.fields["current"].lattice.x, found.fields["current"].lattice.y)
    values = np.full((1, 2, *xx.shape), np.nan)
    a, b, c = (np.stack([lon[nodes[:, k]], lat[nodes[:, k]]]) for k in range(3))
    for at in np.ndindex(xx.shape):
        p = np.array([[xx[at]], [yy[at]]])
        turns = [
            (q - o)[0] * (p - o)[1] - (q - o)[1] * (p - o)[0] for o, q in ((a, b), (b, c), (c, a))
        ]  # the same sign about all corners
        inside = np.all(np.stack(turns) >= 0, axis=0) | np.all(np.stack(turns) <= 0, axis=0)
        if inside.any():
            face = int(np.flatnonzero(inside)[0])
            values[(0, slice(None), *at)] = u[face], v[face]
    return Read(xx, yy, values, None, axes=True)


# ---- the same onto the plane, by hand ------------------------------------------------------------------------------


def turned(read: Read, plane: SitePlane) -> np.ndarray:
    """Vectors along the plane's axes: the file's own axes by the way from point to point, east and north by a small step."""
    if read.values.shape[1] == 1:
        return read.values
    x, y = plane.to_plane(read.lon, read.lat)
    if read.along_grid:
        pairs = [(np.gradient(x, axis=axis), np.gradient(y, axis=axis)) for axis in (1, 0)]
    else:
        step = 1e-4
        east, north = plane.to_plane(read.lon + step, read.lat), plane.to_plane(read.lon, read.lat + step)
        pairs = [(east[0] - x, east[1] - y), (north[0] - x, north[1] - y)]
    (ax, ay), (bx, by) = [(dx / np.hypot(dx, dy), dy / np.hypot(dx, dy)) for dx, dy in pairs]
    u, v = read.values[:, 0], read.values[:, 1]
    return np.stack([u * ax + v * bx, u * ay + v * by], axis=1)


def filled(values: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Missing points take the nearest one's value, counted in rows and columns of their usual size."""
    down = float(np.nanmedian(np.hypot(np.diff(x, axis=0), np.diff(y, axis=0))))
    along = float(np.nanmedian(np.hypot(np.diff(x, axis=1), np.diff(y, axis=1))))
    rows, columns = np.indices(x.shape)
    out = values.copy()
    for time in range(values.shape[0]):
        missing = np.isnan(values[time]).any(axis=0)
        there = np.argwhere(~missing)
        for j, i in np.argwhere(missing):
            way = ((there[:, 0] - rows[j, i]) * down) ** 2 + ((there[:, 1] - columns[j, i]) * along) ** 2
            order = np.argsort(way)[:2]
            if order.size == 2 and way[order[1]] - way[order[0]] < 1.0:
                continue  # two are as near: either will do
            out[time, :, j, i] = values[time, :, there[order[0], 0], there[order[0], 1]]
    return out


def inverse(x, y, px, py):
    """Row and column of a point in a grid of quadrangles: the nearest point's four cells, Newton's method in each."""
    j0, i0 = np.unravel_index(np.nanargmin((x - px) ** 2 + (y - py) ** 2), x.shape)
    for j in (j0 - 1, j0):
        for i in (i0 - 1, i0):
            if not (0 <= j < x.shape[0] - 1 and 0 <= i < x.shape[1] - 1):
                continue
            corner = np.array([[x[j + b, i + a], y[j + b, i + a]] for b in (0, 1) for a in (0, 1)])
            p = q = 0.5
            for _ in range(20):
                weight = np.array([(1 - q) * (1 - p), (1 - q) * p, q * (1 - p), q * p])
                off = weight @ corner - (px, py)
                by_p = (1 - q) * (corner[1] - corner[0]) + q * (corner[3] - corner[2])
                by_q = (1 - p) * (corner[2] - corner[0]) + p * (corner[3] - corner[1])
                dp, dq = np.linalg.solve(np.column_stack([by_p, by_q]), off)
                p, q = p - dp, q - dq
            if -1e-6 <= p <= 1 + 1e-6 and -1e-6 <= q <= 1 + 1e-6:
                return j, i, p, q
    return None


def by_hand(read: Read, plane: SitePlane, field, seconds: float):
    """Nodes of the field's grid, and what they should hold at its times."""
    x, y = plane.to_plane(read.lon, read.lat)
    values = filled(turned(read, plane), x, y)
    where = (read.lon, read.lat) if read.axes else (x, y)
    picks = np.random.default_rng(5).permutation(field.grid.nx * field.grid.ny)[:60]
    for pick in picks:
        row, column = divmod(int(pick), field.grid.nx)
        px, py = float(field.grid.x[column]), float(field.grid.y[row])
        if read.axes:
            lon, lat = (float(each) for each in plane.to_geographic(px, py))
            px, py = lon + 360.0 * round((read.lon.mean() - lon) / 360.0), lat
        found = inverse(*where, px, py)
        if found is None:
            continue
        j, i, p, q = found
        four = values[:, :, j : j + 2, i : i + 2]
        made = (1 - q) * ((1 - p) * four[..., 0, 0] + p * four[..., 0, 1]) + q * (
            (1 - p) * four[..., 1, 0] + p * four[..., 1, 1]
        )
        if read.times is None:
            yield row, column, made, field.values[:, row, column].astype(np.float64)
            continue
        at = read.times - seconds
        mine = [np.interp(at, field.times, field.values[:, row, column, k]) for k in range(made.shape[1])]
        within = (at >= field.times[0]) & (at <= field.times[-1])
        yield row, column, made[within], np.stack(mine, axis=1)[within]


@dataclass(frozen=True)
class Case:
    """A set of files, one field of it, and a site over it."""

    names: tuple[str, ...]
    field: str
    read: object
    place: tuple[float, float]
    half: float
    start: str
    hours: float = 3.0
    tolerance: float = 2e-3
    points: int = 40
    times: int = 1


ACCESS = ("access_om2_u_noleap.nc", "access_om2_v_noleap.nc")
AROME = "arome_wind_lambert.nc"
TOPAZ_FILE = "topaz_arctic20_polarstereo_packed_ice.nc"
ROMS_FILES = ("roms_nordic_subset_day1_packed_scoord.nc", "roms_nordic_subset_day2_packed_scoord.nc")
CASES = [
    Case(("era5_wind_june2019_packed_int16_1900.nc",), "wind", era5, (2.0, 60.0), 60e3, "2019-06-02T06:00", 6.0, times=7),
    Case(("gnome_gfs_0p25_hour_units.nc",), "wind", gfs, (-124.75, 48.0), 30e3, "2023-03-02T12:00", 9.0, points=20, times=4),
    Case(("gnome_gridded_current.nc",), "current", gridded_current, (-125.4, 47.9), 35e3, "2023-03-02T18:00", 6.0, times=3),
    Case(("gnome_rtofs_wa_days_since_2000-12-31.nc",), "current", rtofs, (-125.0, 48.2), 60e3, "2024-10-29T03:00", 6.0, times=3),
    Case(ACCESS, "current", access, (113.1, -64.11), 8e3, "1950-01-02T12:00", 24.0, points=12, times=2),
    Case((AROME,), "wind", arome, (4.6, 62.2), 50e3, "2016-01-14T00:00", 2.0, tolerance=5e-3, times=3),
    *(
        Case((TOPAZ_FILE,), field, topaz, (38.0, 76.5), 200e3, "2016-02-02T12:00", 48.0, tolerance=tolerance, times=3)
        for field, tolerance in (("current", 2e-3), ("ice_concentration", 2e-3), ("ice_thickness", 2e-3),
                                 ("water_temperature", 5e-3), ("salinity", 5e-3))
    ),
    *(
        Case(ROMS_FILES, field, roms, (13.9, 67.4), 25e3, "2016-02-02T12:00", 24.0, tolerance=tolerance, times=2)
        for field, tolerance in (("current", 2e-3), ("ice_drift", 2e-3), ("ice_concentration", 2e-3), ("ice_thickness", 2e-4),
                                 ("water_temperature", 5e-3), ("salinity", 5e-3))
    ),
    Case(("roms_staggered_sine_channel.nc",), "current", sine_channel, (9.4, 0.0), 60e3, "2026-01-01T00:00", points=4),
    Case(("nemo_cross180_u.nc", "nemo_cross180_v.nc"), "current", nemo, (180.0, 81.0), 30e3, "2026-01-01T00:00", points=10),
    Case(("fvcom_small_trigrid.nc",), "current", fvcom, (-88.26, 30.36), 2.5e3, "2015-01-15T03:00", 0.0, points=40),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.names[0].split('.')[0]}-{case.field}")
def test_a_file_gives_what_plain_arithmetic_gives(shared, case):
    """Up to 60 nodes of the plane's grid, drawn by chance, at every time of the run that the file has."""
    folder = shared / "forcing"
    start = datetime.fromisoformat(case.start).replace(tzinfo=UTC)
    site = files.request(*case.place, half=case.half, start=start, hours=case.hours)
    field = files.read([folder / name for name in case.names], site, case.field).field
    compared, largest = 0, 0.0
    for row, column, expected, mine in by_hand(case.read(folder, case.field), site.plane, field, site.start):
        known = np.isfinite(expected).all(axis=1)
        if not known.any():
            continue
        assert int(known.sum()) >= case.times
        np.testing.assert_allclose(mine[known], expected[known], atol=case.tolerance, err_msg=f"node {row}, {column}")
        largest = max(largest, float(np.abs(expected[known]).max()))
        compared += 1
    assert compared >= case.points
    assert largest > 10.0 * case.tolerance  # there is something to be wrong about


# ---- which opens, and what is said of those that do not ------------------------------------------------------------

GRIB_WORDS = ("GRIB", "NetCDF") if find_spec("cfgrib") is None else ("holds gh (isobaricInhPa)", "wind, current, waves")
# file -> what it is, and what to do instead
REFUSED = {
    "forcing/access_om2_u_noleap.nc": ("one component only", "FILE_OF_THE_OTHER]`"),
    "forcing/access_om2_v_noleap.nc": ("one component only", "FILE_OF_THE_OTHER]`"),
    "forcing/cmc_caps_polarstereo.grib2": GRIB_WORDS,
    "forcing/croco_grd.nc": ("points of a ROMS/CROCO grid and nothing that moves", "`path: [OUTPUT, croco_grd.nc]`"),
    "forcing/croco_his_staggered_no_cf.nc": ("uppermost level of u is s_rho -0.922", "the file with its uppermost level"),
    "forcing/ferret_clim_axes_gregorian.nc": ("axes only, and no values", "the file whose values they belong to"),
    "forcing/ferret_clim_axes_julian.nc": ("axes only, and no values", "the file whose values they belong to"),
    "forcing/ferret_clim_axes_noleap.nc": ("axes only, and no values", "the file whose values they belong to"),
    "forcing/ferret_etopo20_lon20to380.nc": ("a map of heights or depths (ROSE)", "under `bathymetry:` of a site"),
    "forcing/gnome_particles_output.nc": ("the output of a particle model", "the wind and the currents that it was driven with"),
    "forcing/nemo_cross180_u.nc": ("staggered C grid", "`path: [nemo_cross180_u.nc, FILE_OF_THE_OTHER]`"),
    "forcing/nemo_cross180_v.nc": ("staggered C grid", "`path: [nemo_cross180_v.nc, FILE_OF_THE_OTHER]`"),
    "forcing/radarsat2_oil_20151116.gml": ("GML, outlines of oil that a radar saw", "as `polygon` of a release"),
    "forcing/telemac_selafin_3d.slf": ("SELAFIN (TELEMAC), whose positions are metres", "NetCDF with longitudes and latitudes"),
    "bathymetry/etopo1_10min_caspian.nc": ("a map of heights or depths (elevation)", "under `bathymetry:` of a site"),
    "bathymetry/etopo1_10min_barents_white_sea.nc": ("a map of heights or depths (elevation)", "under `bathymetry:` of a site"),
    "coast/ne10m_caspian_land.geojson": ("GeoJSON, outlines", "under `coast:` of a site"),
    "drift/baltic2023_geomar_10min.csv": ("a table of tracks", "`khazri validate FILE PACK`"),
    "drift/norse2015_code_sldmb.csv": ("a table of tracks", "`khazri validate FILE PACK`"),
    "drift/omb_bug05_pos_irregular.csv": ("a table of tracks", "`khazri validate FILE PACK`"),
    "drift/barents_two_drifters_2022.nc": ("holds tracks (3314 fixes)", "`khazri validate FILE PACK`"),
    "oils/oils_subset.json": ("JSON", "NetCDF"),
    "places/caspian_depth_points.csv": ("a table of soundings", "under `bathymetry:` of a site"),
    "README.md": ("text", "NetCDF"),
}  # fmt: skip
NORDIC = {"current", "ice_concentration", "ice_thickness", "ice_drift", "water_temperature", "salinity"}
ARCTIC = {"current", "ice_concentration", "ice_thickness", "water_temperature", "salinity"}
OPENED = {
    "fvcom_small_trigrid.nc": {"current"},
    ROMS_FILES[0]: NORDIC,
    ROMS_FILES[1]: NORDIC,
    AROME: {"wind"},
    "era5_wind_june2019_packed_int16_1900.nc": {"wind"},
    "gnome_gfs_0p25_hour_units.nc": {"wind"},
    "gnome_gridded_current.nc": {"current"},
    "gnome_rtofs_wa_days_since_2000-12-31.nc": {"current"},
    "roms_staggered_sine_channel.nc": {"current"},
    TOPAZ_FILE: ARCTIC,
}
TOGETHER = (ACCESS, ("nemo_cross180_u.nc", "nemo_cross180_v.nc"))


def test_every_forcing_file_is_in_one_of_the_tables(shared):
    there = {path.name for path in (shared / "forcing").iterdir()}
    refused = {Path(name).name for name in REFUSED if name.startswith("forcing/")}
    assert there == refused | set(OPENED)
    assert not refused & set(OPENED)


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refusal_says_why_and_what_to_do_instead(shared, name):
    path = shared / name
    with pytest.raises(InputError) as caught:
        describe(path)
    message, (why, cure) = str(caught.value), REFUSED[name]
    assert message.startswith(str(path))
    assert why in message
    assert cure in message.split("expected", 1)[1]
    assert "\n" not in message


@pytest.mark.parametrize("name", sorted(OPENED))
def test_a_file_that_opens_has_these_fields_and_each_was_compared(shared, name):
    assert {row.field for row in describe(shared / "forcing" / name)} == OPENED[name]
    assert {case.field for case in CASES if name in case.names} == OPENED[name]


@pytest.mark.parametrize("names", TOGETHER)
def test_what_is_refused_alone_opens_together_as_the_refusal_says(shared, names):
    assert {row.field for row in describe([shared / "forcing" / name for name in names])} == {"current"}
    assert any(case.names == names for case in CASES)


def croco_with_its_surface(shared, tmp_path):
    """The reference file holds the three lowest of 32 levels only; here they are called the three uppermost."""
    path = tmp_path / "croco_his.nc"
    path.write_bytes((shared / "forcing" / "croco_his_staggered_no_cf.nc").read_bytes())
    with netCDF4.Dataset(path, "a") as file:
        file["s_rho"][:] = [-0.078, -0.047, -0.016]
    return path


def test_croco_counts_from_the_epoch_that_the_scenario_gives(shared, tmp_path):
    """Seconds since the beginning of the run: the second picture stands three days after the epoch."""
    path = croco_with_its_surface(shared, tmp_path)
    with pytest.raises(InputError, match='units "second", so that no date is known'):
        describe(path)
    epoch = datetime(2016, 1, 1, tzinfo=UTC)
    with open_set([path, shared / "forcing" / "croco_grd.nc"], choices=Choices(epoch=epoch)) as found:
        gridded = found.fields["current"]
        assert gridded.times.tolist() == [epoch.timestamp() + float(each) for each in raw(path, "time")]
        assert any(
            "counts from the epoch of the scenario: second since 2016-01-01 00:00:00" in note for note in gridded.notes
        )
        site = files.request(11.5, -36.5, half=60e3, start=epoch, hours=72.0)
        field = files.resample(gridded, files.place(gridded.lattice, site), site).field
    u, v = raw(path, "u")[:, 2], raw(path, "v")[:, 2]
    n, m = v.shape[1], u.shape[2]  # rho points with a face on either side
    parts = [faces(u[:, 1:n, :-1], u[:, 1:n, 1:]), faces(v[:, :-1, 1:m], v[:, 1:, 1:m])]
    lon, lat = (raw(path, each)[1:n, 1:m] for each in ("lon_rho", "lat_rho"))
    read = Read(lon, lat, np.stack(parts, axis=1), gridded.times, along_grid=True)
    compared = 0
    for _, _, expected, mine in by_hand(read, site.plane, field, site.start):
        np.testing.assert_allclose(mine, expected, atol=2e-3)
        compared += 1
    assert compared >= 20


def test_depths_are_read_where_the_refusal_sends_them(shared):
    """Longitudes 20 to 380, rising; the Caspian's surface stands 28 m below the ocean's."""
    from khazri.inputs.bathymetry import read_depths

    path = shared / "forcing" / "ferret_etopo20_lon20to380.nc"
    made, notes = read_depths(path, (49.0, 38.0, 52.0, 41.0), plane=SitePlane(50.5, 39.5), land=None)
    lon, lat, height = raw(path, "ETOPO20X1_1081"), raw(path, "ETOPO20Y"), raw(path, "ROSE")
    j, i = int(np.argmin(np.abs(lat - 40.0))), int(np.argmin(np.abs(lon - 51.0)))
    row, column = int(np.argmin(np.abs(made.latitude - lat[j]))), int(np.argmin(np.abs(made.longitude - lon[i])))
    assert made.elevation[row, column] == height[j, i]
    assert "ROSE" in notes[0]


@pytest.mark.parametrize("name", [name for name in sorted(REFUSED) if name.startswith("drift/")])
def test_tracks_are_read_where_the_refusal_sends_them(shared, name):
    from khazri.inputs.tracks import read_tracks

    assert len(read_tracks(shared / name).tracks) >= 1
