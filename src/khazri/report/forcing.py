"""A look at a forcing file: one field at one time, on the file's own grid."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

ARROWS: Final = 30  # along the longer side


def draw_gridded(
    x: npt.NDArray[Any],
    y: npt.NDArray[Any],
    values: Sequence[npt.NDArray[Any]],
    *,
    title: str,
    unit: str,
    degrees: bool,
) -> bytes:
    """A scalar by colour; a vector by its speed and by arrows along the grid's axes. PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size = np.hypot(values[0], values[1]) if len(values) == 2 else np.asarray(values[0])
    size = np.ma.masked_invalid(np.where(np.abs(size) > 1e30, np.nan, size))
    figure = Figure(figsize=(9.0, 7.5), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    figure.suptitle(f"EXERCISE   {title}", fontweight="bold", color="#9e1b26")
    colours = axes.pcolormesh(x, y, size, shading="nearest", cmap="viridis")
    figure.colorbar(colours, ax=axes, label=unit)
    if len(values) == 2:
        every = max(1, max(size.shape) // ARROWS)
        grid = np.meshgrid(x, y) if x.ndim == 1 else (x, y)
        cut = (slice(None, None, every), slice(None, None, every))
        axes.quiver(grid[0][cut], grid[1][cut], values[0][cut], values[1][cut], color="white", width=0.002)
    axes.set(xlabel="longitude [deg]" if degrees else "x", ylabel="latitude [deg]" if degrees else "y")
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()
