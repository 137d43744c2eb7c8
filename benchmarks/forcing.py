"""The field that every speed figure is measured on: 200 x 200 points, hourly for 50 h, around 50E 42N."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr


def write_forcing(path: Path) -> Path:
    """Write eddies and a turning wind as CF NetCDF; speeds to 0.5 m/s and 6-10 m/s."""
    longitude = np.linspace(48.0, 52.0, 200)
    latitude = np.linspace(40.6, 43.4, 200)
    hours = np.arange(51)
    lon, lat = np.meshgrid(longitude, latitude)
    phase = hours[:, None, None] * 2 * np.pi / 48
    u = 0.35 * np.sin(3 * (lat - 42) + phase) * np.cos(2 * (lon - 50))
    v = 0.35 * np.sin(3 * (lon - 50) - phase) * np.cos(2 * (lat - 42))
    wind_u = 8 * np.cos(phase) + 0 * lon
    wind_v = 8 * np.sin(phase) + 2 * np.sin(lon + lat)
    axes = ("time", "lat", "lon")

    def variable(values: np.ndarray, name: str, unit: str) -> tuple[tuple[str, ...], np.ndarray, dict[str, str]]:
        return axes, np.broadcast_to(values, (51, 200, 200)).astype(np.float32), {"standard_name": name, "units": unit}

    xr.Dataset(
        {
            "uo": variable(u, "eastward_sea_water_velocity", "m s-1"),
            "vo": variable(v, "northward_sea_water_velocity", "m s-1"),
            "wu": variable(wind_u, "eastward_wind", "m s-1"),
            "wv": variable(wind_v, "northward_wind", "m s-1"),
        },
        coords={
            "time": ("time", hours, {"units": "hours since 2026-09-14 00:00:00", "standard_name": "time"}),
            "lat": ("lat", latitude, {"units": "degrees_north", "standard_name": "latitude"}),
            "lon": ("lon", longitude, {"units": "degrees_east", "standard_name": "longitude"}),
        },
        attrs={"Conventions": "CF-1.11", "title": "EXERCISE. Speed benchmark field"},
    ).to_netcdf(path)
    return path
