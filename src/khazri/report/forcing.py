"""A look at a forcing file: one field at one time, with the coast, on a plane or in degrees."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from khazri.geo.plane import SitePlane

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Doubles = npt.NDArray[np.float64]
Lines = Sequence[Doubles]  # each (n, 2) degrees

ARROWS: Final = 26  # along the longer side
WIDEST: Final = 35.0  # degrees of latitude, beyond which a plane is of no use
COLOURS: Final = "cividis"  # told apart with any colour vision, and in grey
ARROW, NOTHING, COAST, RED = "#ffffff", "#d9d9d9", "#111111", "#9e1b26"
NAMES: Final[Mapping[str, str]] = {
    "current": "current at the surface", "wind": "wind at 10 m", "stokes": "Stokes drift at the surface", "ice_drift": "drift of the ice",
    "wave_height": "significant wave height", "wave_period": "wave period of the peak", "ice_concentration": "ice concentration",
    "ice_thickness": "ice thickness", "water_temperature": "water temperature", "air_temperature": "air temperature",
    "salinity": "salinity", "sediment": "suspended sediment", "visibility": "visibility", "air_pressure": "air pressure at sea level",
    "level": "level of the sea",
}  # fmt: skip
UNITS: Final[Mapping[str, tuple[str, float]]] = {
    "m s-1": ("m/s", 0.0), "K": ("°C", -273.15), "1": ("share", 0.0), "1e-3": ("per mille", 0.0), "kg m-3": ("kg/m³", 0.0),
}  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A field as it is drawn: values (components, ny, nx), vectors east and north; NaN where there is none."""

    field: str
    unit: str
    longitude: Doubles  # (ny, nx), running on
    latitude: Doubles
    values: Doubles


def needed_box(longitude: Doubles, latitude: Doubles) -> tuple[float, float, float, float]:
    """West, south, east, north of what the picture shows [degrees]: the coast is needed so far."""
    west, east = float(np.nanmin(longitude)), float(np.nanmax(longitude))
    south, north = float(np.nanmin(latitude)), float(np.nanmax(latitude))
    margin = 0.05 * max(north - south, 0.1)
    wide = margin / max(np.cos(np.radians(min(max(abs(south), abs(north)), 89.0))), 0.05)
    low, high = west - wide, east + wide
    if high - low > 360.0:
        low, high = 0.5 * (low + high) - 180.0, 0.5 * (low + high) + 180.0
    return low, max(south - margin, -90.0), high, min(north + margin, 90.0)


def draw_gridded(seen: Seen, *, title: str, moment: str, coast: Lines, coast_words: str) -> bytes:
    """A scalar by colour; a vector by its speed in colour and by arrows. PNG."""
    from matplotlib import colormaps
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    unit, offset = UNITS.get(seen.unit, (seen.unit, 0.0))
    size = np.hypot(*seen.values) if len(seen.values) == 2 else seen.values[0] + offset
    shown = np.ma.masked_invalid(size)
    figure = Figure(figsize=(9.0, 8.0), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    plane = _plane_for(seen)
    x, y = (seen.longitude, seen.latitude) if plane is None else _kilometres(plane, seen.longitude, seen.latitude)
    colours = colormaps[COLOURS].with_extremes(bad=NOTHING)
    low, high = _limits(shown, vector=len(seen.values) == 2)
    known = np.isfinite(x) & np.isfinite(y)
    painted: Any
    if known.all():
        painted = axes.pcolormesh(x, y, shown, shading="nearest", cmap=colours, vmin=low, vmax=high)
    else:  # a grid with holes among its positions
        painted = axes.scatter(x[known], y[known], c=shown[known], s=4.0, cmap=colours, vmin=low, vmax=high)
    figure.colorbar(painted, ax=axes, label=f"{NAMES.get(seen.field, seen.field)} [{unit}]", shrink=0.85)
    for limit, values in ((axes.set_xlim, x), (axes.set_ylim, y)):
        first, last = float(np.nanmin(values)), float(np.nanmax(values))
        limit(first - 0.02 * (last - first), last + 0.02 * (last - first))
    if len(seen.values) == 2:
        _arrows(axes, seen, plane, x, y, high, unit)
    for line in coast:
        across = (line[:, 0], line[:, 1]) if plane is None else _kilometres(plane, line[:, 0], line[:, 1])
        axes.plot(*across, color=COAST, linewidth=0.9)
    _frame(axes, seen, plane)
    figure.suptitle(f"EXERCISE   {title}", fontweight="bold", color=RED)
    axes.set_title(moment, fontsize="medium")
    missing = float(np.ma.getmaskarray(shown).mean())
    words = f"grey: no value ({missing:.0%} of the points)" if missing else "every point has a value"
    figure.supxlabel(f"{words}; {coast_words}", fontsize="x-small", color="#444444")
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _plane_for(seen: Seen) -> SitePlane | None:
    """About the middle; None where the field is as wide as an ocean."""
    south, north = float(np.nanmin(seen.latitude)), float(np.nanmax(seen.latitude))
    west, east = float(np.nanmin(seen.longitude)), float(np.nanmax(seen.longitude))
    if north - south > WIDEST or (east - west) * np.cos(np.radians(0.5 * (south + north))) > 2.0 * WIDEST:
        return None
    middle = 0.5 * (west + east)
    return SitePlane((middle + 180.0) % 360.0 - 180.0, 0.5 * (south + north))


def _kilometres(plane: SitePlane, longitude: Doubles, latitude: Doubles) -> tuple[Doubles, Doubles]:
    x, y = plane.to_plane(longitude, latitude)
    there = np.isfinite(longitude) & np.isfinite(latitude)
    return np.where(there, x / 1000.0, np.nan), np.where(there, y / 1000.0, np.nan)


def _limits(shown: np.ma.MaskedArray[Any, Any], *, vector: bool) -> tuple[float, float]:
    if not shown.count():
        return 0.0, 1.0
    low, high = (0.0 if vector else float(shown.min())), float(shown.max())
    return (low, high) if high - low > 1e-6 * max(abs(high), 1.0) else (low - 0.5, high + 0.5)


def _arrows(axes: Axes, seen: Seen, plane: SitePlane | None, x: Doubles, y: Doubles, most: float, unit: str) -> None:
    every = int(np.ceil(max(x.shape) / ARROWS))
    cut = (slice(every // 2, None, every), slice(every // 2, None, every))
    east, north = seen.values[0][cut], seen.values[1][cut]
    if plane is not None:
        bearing = plane.north_bearing(seen.longitude[cut], seen.latitude[cut])
        east, north = (
            east * np.cos(bearing) - north * np.sin(bearing),
            east * np.sin(bearing) + north * np.cos(bearing),
        )
    there = np.isfinite(east) & np.isfinite(north) & np.isfinite(x[cut])
    if not there.any():
        return
    from matplotlib import patheffects as effects

    usual = float(np.percentile(np.hypot(east[there], north[there]), 95.0)) or most
    drawn = axes.quiver(
        x[cut][there], y[cut][there], east[there], north[there], color=ARROW, pivot="mid", width=0.0028,
        scale=usual * ARROWS * 0.8, scale_units="width",
        path_effects=[effects.withStroke(linewidth=1.8, foreground="#222222")],
    )  # fmt: skip
    rounded = float(f"{usual:.1g}")
    axes.quiverkey(drawn, 0.80, -0.09, rounded, f"{rounded:g} {unit}", labelpos="E", color="#222222")


def _frame(axes: Axes, seen: Seen, plane: SitePlane | None) -> None:
    """Meridians and parallels with their degrees; on a plane also a scale in kilometres."""
    if plane is None:
        axes.set(xlabel="longitude [degrees east]", ylabel="latitude [degrees north]")
        middle = 0.5 * (float(np.nanmin(seen.latitude)) + float(np.nanmax(seen.latitude)))
        axes.set_aspect(1.0 / max(np.cos(np.radians(middle)), 0.3))
        axes.grid(color="#777777", linewidth=0.4)
        return
    from matplotlib import patheffects as effects

    axes.set_aspect("equal")
    axes.set(xlabel="km east of the middle", ylabel="km north of the middle")
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    xx, yy = np.meshgrid(np.linspace(x0, x1, 120), np.linspace(y0, y1, 120))
    lon, lat = plane.to_geographic(1000.0 * xx, 1000.0 * yy)
    lon = plane.longitude + (lon - plane.longitude + 180.0) % 360.0 - 180.0
    for values, name in ((lon, "E"), (lat, "N")):
        step = _step(float(values.max() - values.min()))
        levels = np.arange(np.ceil(values.min() / step), np.floor(values.max() / step) + 1.0) * step
        if levels.size and float(values.max() - values.min()) < 300.0:
            lines = axes.contour(xx, yy, values, levels=levels, colors="#777777", linewidths=0.5, linestyles="dotted")
            for told in axes.clabel(
                lines, fmt=lambda value, name=name: _degrees(value, name), fontsize=7, colors="#111111"
            ):
                told.set_path_effects([effects.withStroke(linewidth=2.0, foreground="#ffffff")])


def _degrees(value: float, name: str) -> str:
    if name == "E":
        value = (value + 180.0) % 360.0 - 180.0
        return f"{abs(value):g}°{'E' if value >= 0.0 else 'W'}"
    return f"{abs(value):g}°{'N' if value >= 0.0 else 'S'}"


def _step(span: float) -> float:
    """About five lines."""
    for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0):
        if span / step <= 7.0:
            return step
    return 45.0
