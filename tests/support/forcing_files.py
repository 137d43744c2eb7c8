"""Small NetCDF files in every awkward form, with values of one analytic field, and the same field on a site's plane."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import netCDF4
import numpy as np
import shapely

from khazri.geo.plane import SitePlane
from khazri.inputs.forcing import Request, open_set, place, resample

START = datetime(2026, 9, 14, tzinfo=UTC)
HOURS = np.arange(0.0, 25.0, 6.0)


def east(lon, lat, hours=0.0):
    """Eastward component [m s-1] of the analytic field, smooth over some degrees."""
    return 0.4 + 0.2 * np.sin(np.radians(20.0 * lon)) * np.cos(np.radians(25.0 * lat)) + 0.01 * hours


def north(lon, lat, hours=0.0):
    return -0.1 + 0.2 * np.cos(np.radians(20.0 * lon)) * np.sin(np.radians(25.0 * lat)) - 0.005 * hours


def over(function, lon, lat, hours=HOURS):
    return np.stack([function(lon, lat, hour) for hour in hours])


def write_time(file, hours=HOURS, units="hours since 2026-09-14 00:00:00", calendar="standard", name="time"):
    file.createDimension(name, None if file.data_model == "NETCDF4" else len(hours))
    axis = file.createVariable(name, "f8", (name,))
    axis.units, axis.calendar, axis.standard_name = units, calendar, "time"
    axis[:] = hours


def write_axis(file, name, values, standard_name, units):
    file.createDimension(name, len(values))
    axis = file.createVariable(name, "f8", (name,))
    axis.standard_name, axis.units = standard_name, units
    axis[:] = values


def write_values(file, name, dims, values, kind="f4", fill=None, **attributes):
    variable = file.createVariable(name, kind, dims, fill_value=fill)
    variable.set_auto_maskandscale(True)
    for key, value in attributes.items():
        setattr(variable, key, value)
    variable[:] = values
    return variable


CURRENT = (("uo", "eastward_sea_water_velocity", east), ("vo", "northward_sea_water_velocity", north))


def regular(path, lon, lat, *, hours=HOURS, turn=0.0, units="hours since 2026-09-14 00:00:00", calendar="standard",
            only=None, packed=False, transposed=False, form="NETCDF4", missing=None, fields=CURRENT):  # fmt: skip
    """A longitude-latitude grid; `turn` is added to the longitudes that are written."""
    with netCDF4.Dataset(path, "w", format=form) as file:
        write_time(file, hours, units, calendar)
        write_axis(file, "lat", lat, "latitude", "degrees_north")
        write_axis(file, "lon", lon + turn, "longitude", "degrees_east")
        xx, yy = np.meshgrid(lon, lat)
        for name, standard, function in fields:
            if only is not None and name not in only:
                continue
            values = over(function, xx, yy, hours)
            if missing is not None:
                values = np.ma.masked_array(values, np.broadcast_to(missing, values.shape))
            dims = ("time", "lat", "lon")
            if transposed:
                values, dims = np.swapaxes(values, 1, 2), ("lon", "lat", "time")
                values = np.moveaxis(values, 0, 2)
            said = {"standard_name": standard, "units": "m s-1"}
            if packed:
                said |= {"scale_factor": 1e-4, "add_offset": 0.25}
            write_values(
                file,
                name,
                dims,
                values,
                "i2" if packed else "f4",
                -32767 if packed or missing is not None else None,
                **said,
            )
    return path


def curvilinear(path, lon, lat, *, hours=HOURS):
    """Positions (ny, nx) of every point; vectors are eastward and northward."""
    with netCDF4.Dataset(path, "w") as file:
        write_time(file, hours)
        file.createDimension("j", lon.shape[0])
        file.createDimension("i", lon.shape[1])
        write_values(file, "longitude", ("j", "i"), lon, "f8", standard_name="longitude", units="degrees_east")
        write_values(file, "latitude", ("j", "i"), lat, "f8", standard_name="latitude", units="degrees_north")
        for name, standard, function in CURRENT:
            said = {"standard_name": standard, "units": "m s-1", "coordinates": "longitude latitude"}
            write_values(file, name, ("time", "j", "i"), over(function, lon, lat, hours), **said)
    return path


RADIUS = 6_371_000.0
MERIDIAN = 40.0


def polar(lon, lat):
    """North polar stereographic on the sphere, scale 1 at the pole (Snyder 1987, eq. 21-5 and 21-6)."""
    rho = 2.0 * RADIUS * np.tan(np.pi / 4.0 - np.radians(lat) / 2.0)
    angle = np.radians(lon - MERIDIAN)
    return rho * np.sin(angle), -rho * np.cos(angle)


def polar_back(x, y):
    lat = 90.0 - 2.0 * np.degrees(np.arctan(np.hypot(x, y) / (2.0 * RADIUS)))
    return MERIDIAN + np.degrees(np.arctan2(x, -y)), lat


def polar_file(path, x, y, *, positions=False, along_grid=True, mapping=True, hours=HOURS):
    """Projected axes in km; vectors along the axes of the grid: there east is turned by the longitude from the meridian."""
    lon, lat = polar_back(*np.meshgrid(x, y))
    with netCDF4.Dataset(path, "w") as file:
        write_time(file, hours)
        write_axis(file, "y", y / 1000.0, "projection_y_coordinate", "km")
        write_axis(file, "x", x / 1000.0, "projection_x_coordinate", "km")
        if mapping:
            crs = file.createVariable("crs", "i4", ())
            crs.grid_mapping_name = "polar_stereographic"
            crs.straight_vertical_longitude_from_pole = MERIDIAN
            crs.latitude_of_projection_origin, crs.scale_factor_at_projection_origin = 90.0, 1.0
            crs.earth_radius, crs.false_easting, crs.false_northing = RADIUS, 0.0, 0.0
        if positions:
            write_values(file, "lon", ("y", "x"), lon, "f8", standard_name="longitude", units="degrees_east")
            write_values(file, "lat", ("y", "x"), lat, "f8", standard_name="latitude", units="degrees_north")
        e, n, angle = over(east, lon, lat, hours), over(north, lon, lat, hours), np.radians(lon - MERIDIAN)
        names = ("eastward_sea_water_velocity", "northward_sea_water_velocity")
        if along_grid:
            e, n = e * np.cos(angle) - n * np.sin(angle), e * np.sin(angle) + n * np.cos(angle)
            names = ("sea_water_x_velocity", "sea_water_y_velocity")
        said = {"units": "m s-1", **({"grid_mapping": "crs"} if mapping else {})}
        for name, standard, values in zip(("u", "v"), names, (e, n), strict=True):
            write_values(file, name, ("time", "y", "x"), values, standard_name=standard, **said)
    return path


def request(lon, lat, *, half=60_000.0, start=START, hours=24.0):
    """A square site about a place, all of it needed."""
    plane, bounds = SitePlane(lon, lat), (-half, -half, half, half)
    return Request(plane, bounds, shapely.box(*bounds), start.timestamp(), hours * 3600.0)


def read(paths, wanted, name="current", variables=None):
    """The field of files over a site, as `resample` gives it."""
    paths = [paths] if isinstance(paths, Path) else paths
    with open_set(paths, variables) as found:
        gridded = found.fields[name]
        return resample(gridded, place(gridded.lattice, wanted), wanted)


def exact(plane, field):
    """The analytic current on the field's grid and times, along the plane's axes."""
    xx, yy = np.meshgrid(field.grid.x, field.grid.y)
    lon, lat = plane.to_geographic(xx, yy)
    hours = field.times / 3600.0
    made = [
        np.stack(
            plane.rotate_from_geographic(east(lon, lat, hour), north(lon, lat, hour), longitude=lon, latitude=lat),
            axis=-1,
        )
        for hour in hours
    ]
    return np.stack(made)
