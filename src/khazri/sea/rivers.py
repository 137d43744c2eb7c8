"""Rivers of the Caspian: discharge by month, in round training figures.

Volga: mean 7,500-8,000 m3/s, flood of May and June 20,000-27,000, low water 5,000-6,000; Ural, Terek, Kura: rounded
from commonly published means and the season of their floods. Not re-checked against gauges: good to about a fifth, far
below what matters to a surge of days (8,000 m3/s for two days raise the northern basin by 1.5 cm).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class River:
    """Where a river enters and what it brings."""

    name: str
    mouths: tuple[tuple[float, float, float], ...]  # longitude, latitude [degrees], share [1]
    discharge: tuple[float, ...]  # January to December [m3 s-1]

    def __post_init__(self) -> None:
        if len(self.discharge) != 12 or abs(sum(share for _, _, share in self.mouths) - 1.0) > 1e-9:
            raise ValueError(f"river {self.name}: expected 12 months, and mouths whose shares sum to 1")

    def at(self, month: float) -> float:
        """Discharge [m3 s-1] at a month of the year, 0 the first of January, 12 the next; linear between mid-months."""
        position = (month - 0.5) % 12.0
        before = int(position)
        share = position - before
        return (1.0 - share) * self.discharge[before % 12] + share * self.discharge[(before + 1) % 12]


CASPIAN_RIVERS: Final = (
    River(
        "Volga",
        ((47.70, 45.62, 0.35), (48.35, 45.75, 0.25), (48.95, 46.05, 0.25), (49.35, 46.30, 0.15)),
        (5500, 5500, 5500, 7500, 20000, 18500, 8000, 6000, 5500, 5500, 5500, 5000),
    ),
    River("Ural", ((51.75, 46.85, 1.0),), (100, 100, 130, 800, 1000, 400, 250, 180, 150, 140, 130, 110)),
    River("Terek", ((47.60, 43.60, 1.0),), (150, 150, 180, 230, 400, 550, 600, 450, 280, 210, 180, 160)),
    River("Kura", ((49.45, 39.30, 1.0),), (350, 380, 480, 800, 900, 600, 300, 220, 250, 320, 350, 350)),
)
