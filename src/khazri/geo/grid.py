"""A regular grid of square cells on a site plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """`nx` by `ny` square cells; (x0, y0) is the centre of cell [row 0, column 0], rows run towards +y."""

    x0: float
    y0: float
    spacing: float
    nx: int
    ny: int

    def __post_init__(self) -> None:
        if self.nx < 1 or self.ny < 1 or not self.spacing > 0.0:
            raise ValueError(f"grid: {self.nx} x {self.ny} cells of {self.spacing} m; expected at least 1 x 1 of > 0 m")

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns), as arrays on this grid are shaped."""
        return self.ny, self.nx

    @property
    def x(self) -> Doubles:
        """Centres of the columns [m]."""
        return self.x0 + self.spacing * np.arange(self.nx, dtype=np.float64)

    @property
    def y(self) -> Doubles:
        """Centres of the rows [m]."""
        return self.y0 + self.spacing * np.arange(self.ny, dtype=np.float64)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Outer edges: x min, y min, x max, y max [m]."""
        half = 0.5 * self.spacing
        return (
            self.x0 - half,
            self.y0 - half,
            self.x0 + (self.nx - 0.5) * self.spacing,
            self.y0 + (self.ny - 0.5) * self.spacing,
        )
