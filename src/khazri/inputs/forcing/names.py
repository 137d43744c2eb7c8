"""By which names the fields are known: standard names of CF first, then long names that repeat them, then common names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Sense = Literal["geographic", "grid"]  # eastward and northward, or along the axes of the grid


@dataclass(frozen=True)
class Naming:
    """Names that a field's components go by, and what vector components run along."""

    field: str
    names: tuple[str, ...]
    sense: Sense = "geographic"


def _pair(field: str, east: str, north: str) -> Naming:
    return Naming(field, (east, north))


def _axes(field: str, x: str, y: str) -> Naming:
    return Naming(field, (x, y), "grid")


STANDARD: Final[tuple[Naming, ...]] = (
    _pair("current", "surface_eastward_sea_water_velocity", "surface_northward_sea_water_velocity"),
    _pair("current", "eastward_sea_water_velocity", "northward_sea_water_velocity"),
    _axes("current", "surface_sea_water_x_velocity", "surface_sea_water_y_velocity"),
    _axes("current", "sea_water_x_velocity", "sea_water_y_velocity"),
    _axes("current", "x_sea_water_velocity", "y_sea_water_velocity"),
    _pair("wind", "eastward_wind", "northward_wind"),
    _axes("wind", "x_wind", "y_wind"),
    _axes("wind", "grid_eastward_wind", "grid_northward_wind"),
    _pair(
        "stokes",
        "sea_surface_wave_stokes_drift_eastward_velocity",
        "sea_surface_wave_stokes_drift_northward_velocity",
    ),
    _axes("stokes", "sea_surface_wave_stokes_drift_x_velocity", "sea_surface_wave_stokes_drift_y_velocity"),
    _pair("ice_drift", "eastward_sea_ice_velocity", "northward_sea_ice_velocity"),
    _axes("ice_drift", "sea_ice_x_velocity", "sea_ice_y_velocity"),
    _axes("ice_drift", "x_sea_ice_velocity", "y_sea_ice_velocity"),
    Naming("wave_height", ("sea_surface_wave_significant_height",)),
    Naming("wave_height", ("significant_height_of_wind_and_swell_waves",)),
    Naming("wave_period", ("sea_surface_wave_period_at_variance_spectral_density_maximum",)),
    Naming("ice_concentration", ("sea_ice_area_fraction",)),
    Naming("ice_thickness", ("sea_ice_thickness",)),
    Naming("water_temperature", ("sea_surface_temperature",)),
    Naming("water_temperature", ("sea_water_temperature",)),
    Naming("water_temperature", ("sea_water_potential_temperature",)),
    Naming("water_temperature", ("sea_water_conservative_temperature",)),
    Naming("air_temperature", ("air_temperature",)),
    Naming("air_pressure", ("air_pressure_at_mean_sea_level",)),
    Naming("air_pressure", ("air_pressure_at_sea_level",)),
    Naming("salinity", ("sea_surface_salinity",)),
    Naming("salinity", ("sea_water_practical_salinity",)),
    Naming("salinity", ("sea_water_salinity",)),
    Naming("salinity", ("sea_water_absolute_salinity",)),
    Naming("sediment", ("mass_concentration_of_suspended_matter_in_sea_water",)),
    Naming("sediment", ("concentration_of_suspended_matter_in_sea_water",)),
    Naming("visibility", ("visibility_in_air",)),
)
COMMON: Final[tuple[Naming, ...]] = (
    _pair("current", "uo", "vo"),
    _pair("current", "water_u", "water_v"),
    _pair("current", "ssu", "ssv"),
    _pair("current", "surf_u", "surf_v"),
    _axes("current", "vozocrtx", "vomecrty"),
    _axes("current", "u_current", "v_current"),
    _axes("current", "u_velocity", "v_velocity"),
    _axes("current", "x_current", "y_current"),
    _pair("current", "horizontalvelx", "horizontalvely"),  # SCHISM
    _pair("wind", "u10", "v10"),
    _pair("wind", "windspeedx", "windspeedy"),  # SCHISM
    _pair("wind", "10u", "10v"),
    _pair("wind", "u10m", "v10m"),
    _pair("wind", "air_u", "air_v"),
    _pair("wind", "uwnd", "vwnd"),
    _pair("wind", "wind_u", "wind_v"),
    _pair("wind", "u_wind", "v_wind"),
    _pair("wind", "uwind", "vwind"),
    _pair("wind", "ugrd10m", "vgrd10m"),
    _pair("wind", "ugrd_10maboveground", "vgrd_10maboveground"),
    _axes("wind", "x_wind_10m", "y_wind_10m"),
    _pair("stokes", "vsdx", "vsdy"),
    _pair("stokes", "ust", "vst"),
    _pair("stokes", "uuss", "vuss"),
    _pair("stokes", "stokes_u", "stokes_v"),
    _axes("ice_drift", "usi", "vsi"),
    _axes("ice_drift", "uice", "vice"),
    _axes("ice_drift", "sivelu", "sivelv"),
    *(
        Naming("wave_height", (name,))
        for name in ("vhm0", "swh", "hs", "hsig", "wave_height", "significant_wave_height")
    ),
    *(Naming("wave_period", (name,)) for name in ("vtpk", "pp1d", "tp", "tpeak", "peak_period")),
    *(Naming("ice_concentration", (name,)) for name in ("siconc", "ice_conc", "aice", "ileadfra", "ice_concentration")),
    *(Naming("ice_thickness", (name,)) for name in ("sithick", "hice", "iicethic", "ice_thickness")),
    *(
        Naming("water_temperature", (name,))
        for name in ("sst", "thetao", "analysed_sst", "water_temp", "water_temperature", "votemper", "sea_temperature")
    ),
    *(Naming("air_temperature", (name,)) for name in ("t2m", "2t", "air_temperature_2m", "tair", "air_temperature")),
    *(Naming("salinity", (name,)) for name in ("so", "sss", "salinity", "salt", "vosaline")),
    *(Naming("sediment", (name,)) for name in ("spm", "tsm", "suspended_matter")),
    *(Naming("visibility", (name,)) for name in ("vis", "visibility")),
    *(Naming("air_pressure", (name,)) for name in ("msl", "mslp", "prmsl", "psl", "air_pressure")),
)


@dataclass(frozen=True)
class Known:
    """What a name stands for; the lower the rank the better it is known."""

    field: str
    component: int
    rank: int
    sense: Sense
    how: str


EXPLICIT: Final = 0
_RANKED: Final = {
    how: {
        name: Known(naming.field, component, 1 + first + order, naming.sense, how)
        for order, naming in enumerate(namings)
        for component, name in enumerate(naming.names)
    }
    for how, first, namings in (
        ("standard_name", 0, STANDARD),
        ("long_name", 100, STANDARD),
        ("common name", 200, COMMON),
    )
}


def recognise(name: str, standard_name: str, long_name: str) -> Known | None:
    """What a variable holds, by its standard_name, a long_name that repeats one, or its common name."""
    by_standard = _RANKED["standard_name"].get(standard_name.strip().lower())
    if by_standard is not None:
        return by_standard
    spelled = re.sub(r"\(.*?\)", "", long_name).strip().lower().replace(" ", "_")
    return _RANKED["long_name"].get(spelled) or (None if standard_name.strip() else _common(name))


def _common(name: str) -> Known | None:
    return _RANKED["common name"].get(name.strip().lower())
