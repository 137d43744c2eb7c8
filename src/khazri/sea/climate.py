"""Surface water and air of the Caspian, the White Sea and the Barents Sea by month: round training figures.

The table is the project's own. For the Caspian the annual ranges are published ones (surface 0-10.7 degrees in winter, 22-28 in
summer; the Middle 6-8 and 24, the South 9-11 and 26-28; freezing at -0.2 to -0.6; salinity 0.2-13.5 per mille, mean 12.8, below 2
before the Volga's delta, 4-8 in the middle of the north, 10-11 at its southern line; air in January -5 to -10 in the north, in July
24 to 26 over all: the Caspian environment programme's description of the climate); months between are drawn through them. For
the White and Barents Seas months are recalled and rounded from the general literature (Filatov and others 2005, White Sea;
Loeng 1991, Barents Sea; the World Ocean Atlas). Nothing was re-checked against stations: take water as good to 2 degrees,
salinity to 2 per mille (5 near rivers), air to 4 degrees.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from khazri.sea.regions import Doubles, Region, at_month, covers, weigh_regions

ZERO_CELSIUS: Final = 273.15
ACCURACY: Final[dict[str, str]] = {
    "water_temperature": "2 degC", "salinity": "2 per mille, 5 near rivers", "air_temperature": "4 degC",
}  # fmt: skip


@dataclass(frozen=True)
class Climate:
    """A part of a sea, January to December."""

    region: Region
    water: tuple[float, ...]  # [degC] at the surface
    salinity: tuple[float, ...]  # [1e-3]; one figure where it hardly changes
    air: tuple[float, ...]  # [degC] at 2 m


def _of(region: Region, water: str, salinity: str, air: str) -> Climate:
    figures = [tuple(float(each) for each in text.split()) for text in (water, salinity, air)]
    full = [each * 12 if len(each) == 1 else each for each in figures]
    if any(len(each) != 12 for each in full):
        raise ValueError(f"climate of {region.name}: expected one figure or twelve")
    return Climate(region, full[0], full[1], full[2])


FORE_DELTA: Final = Region(
    "Volga fore-delta", ((46.7, 45.2), (47.9, 45.35), (49.3, 45.75), (50.2, 46.6), (49.0, 47.2), (46.5, 46.5)), 25.0
)
URAL_FORE_DELTA: Final = Region("Ural fore-delta", ((50.9, 46.6), (52.6, 46.5), (52.6, 47.3), (50.9, 47.3)), 20.0)
NORTH_WEST: Final = Region(
    "northern Caspian, west", ((46.5, 44.0), (47.7, 43.97), (50.3, 44.63), (50.2, 46.4), (49.3, 45.75), (47.9, 45.35), (46.7, 45.2)), 30.0
)  # fmt: skip
NORTH_EAST: Final = Region(
    "northern Caspian, east", ((50.3, 44.63), (51.3, 44.4), (53.5, 44.7), (54.8, 45.5), (53.6, 47.2), (50.2, 47.2)), 40.0
)  # fmt: skip
MIDDLE_CASPIAN: Final = Region(
    "middle Caspian", ((47.2, 43.97), (47.7, 43.97), (50.3, 44.63), (51.5, 44.4), (54.8, 42.5), (52.73, 40.23), (50.58, 40.32),
                       (49.2, 40.4), (47.2, 42.5)), 60.0
)  # fmt: skip
SOUTH_CASPIAN: Final = Region(
    "southern Caspian", ((49.2, 40.4), (50.58, 40.32), (52.73, 40.23), (54.8, 39.8), (54.8, 36.4), (48.5, 36.9), (48.6, 39.5)), 60.0
)  # fmt: skip
DVINA: Final = Region(
    "Dvina and Onega Bays", ((36.5, 63.7), (41.5, 64.2), (41.0, 65.1), (39.5, 65.3), (36.5, 64.5)), 40.0
)
WHITE: Final = Region(
    "White Sea, basin", ((31.8, 67.2), (34.5, 64.0), (36.5, 64.5), (40.0, 65.3), (38.5, 66.6), (34.0, 67.3)), 40.0
)
GORLO: Final = Region(
    "White Sea, Gorlo and Voronka", ((39.0, 66.2), (42.5, 65.6), (45.0, 66.2), (44.0, 68.6), (41.0, 67.7)), 40.0
)
PECHORA: Final = Region("Pechora Sea", ((48.0, 67.8), (61.0, 68.3), (60.0, 70.6), (53.0, 70.8), (47.0, 69.0)), 60.0)
SOUTH_WEST_BARENTS: Final = Region(
    "Barents Sea, south-west", ((15.0, 69.5), (30.0, 69.6), (41.0, 67.5), (45.0, 68.7), (45.0, 72.5), (35.0, 74.0), (15.0, 74.0)), 100.0
)  # fmt: skip
EAST_BARENTS: Final = Region(
    "Barents Sea, east", ((45.0, 69.5), (53.0, 70.8), (60.0, 70.6), (61.0, 76.5), (45.0, 76.5)), 100.0
)
NORTH_BARENTS: Final = Region("Barents Sea, north", ((15.0, 76.0), (61.0, 76.5), (66.0, 81.0), (15.0, 81.0)), 100.0)

#         January to December
CLIMATES: Final = (
    _of(FORE_DELTA,
        "0 0 2 9 18 23 26 25 19 11 4 0.5", "2 2 2 1.5 0.5 0.5 1 1.5 2 2 2 2", "-6 -5 1 10 18 23 25 24 18 10 3 -3"),
    _of(URAL_FORE_DELTA,
        "0 0 1 8 18 24 26 25 19 11 3 0", "4 4 4 3 2 2.5 3.5 4 4 4 4 4", "-9 -8 -1 9 18 24 26 24 17 8 0 -6"),
    _of(NORTH_WEST,
        "0 0 1.5 8 17 22.5 25 25 20 13 6 1.5", "8 8 8 7.5 6 5.5 6 7 7.5 8 8 8", "-5 -4 1 10 17 23 25 24 19 11 4 -2"),
    _of(NORTH_EAST,
        "-0.2 -0.2 0.5 8 17 23 25.5 25 20 12 5 0.5", "7", "-8 -7 -1 9 18 24 26 25 18 9 1 -5"),
    _of(MIDDLE_CASPIAN,
        "7 6 6.5 9 14 20 24 24.5 21.5 17 12.5 9", "12.8", "0 0.5 4 10 17 22 25 25 21 14.5 8 3"),
    _of(SOUTH_CASPIAN,
        "10.5 9.5 10 12.5 18 23.5 26.5 27.5 25 20.5 16 12.5", "12.9", "6 6.5 9 13 19 24 26 26.5 23 18 12.5 8.5"),
    _of(DVINA,
        "-1 -1 -1 -0.5 4 11 16 15 11 5.5 1 -0.8", "24 24 24 22 12 18 21 22 23 23 24 24", "-13 -12 -6 0 6 12 16 14 8 2 -5 -10"),
    _of(WHITE,
        "-1 -1.3 -1.3 -0.5 3 8.5 14 13.5 9.5 5 2 0", "27 27 27 26.5 25.5 25 25 25.5 26 26.5 27 27", "-10 -11 -6 -1 5 11 15 13 8 2 -3 -7"),
    _of(GORLO,
        "-1.2 -1.4 -1.4 -1 1 5 8.5 9.5 8 4.5 2 0", "29 29 29 29 28 28 28.5 28.5 29 29 29 29", "-9 -10 -7 -2 3 8 11 11 7.5 2 -3 -6"),
    _of(PECHORA,
        "-1.6 -1.7 -1.7 -1.6 -1.3 0.5 6 8 6.5 3 0 -1.3", "33 33 33 33 32 28 27 29 31 32 33 33", "-16 -17 -14 -9 -3 3 8 9 5 -2 -8 -13"),
    _of(SOUTH_WEST_BARENTS,
        "4 3.5 3.3 3.4 4.3 6 8 9 8.2 6.7 5.5 4.7", "34.8", "-3 -4 -3 -1 3 6 9 9 7 3 0 -2"),
    _of(EAST_BARENTS,
        "-0.5 -1 -1.2 -1 0 2 4.5 6 5 3.2 1.5 0.3", "34.4 34.5 34.6 34.6 34.6 34.4 34 34 34.2 34.3 34.4 34.4",
        "-9 -10 -9 -7 -2 1 4 5 3 -1 -5 -7"),
    _of(NORTH_BARENTS,
        "-1.7 -1.8 -1.8 -1.8 -1.6 -0.8 0.5 1.3 0.3 -1 -1.4 -1.6", "34.2 34.3 34.4 34.4 34.3 34 33 32.5 33 33.5 34 34.1",
        "-15 -16 -16 -13 -6 -1 1 1 -1 -6 -10 -13"),
)  # fmt: skip
REGIONS: Final = tuple(each.region for each in CLIMATES)


def climatic(name: str, longitude: Doubles, latitude: Doubles, when: datetime) -> Doubles:
    """`water_temperature` or `air_temperature` [K], or `salinity` [1e-3], at points in degrees, of a day of the year.

    Errors: ValueError where a point is far from every sea of the table.
    """
    if not covers(REGIONS, longitude, latitude):
        raise ValueError(
            "no climatology is kept there; expected a place in the Caspian, the White Sea or the Barents Sea"
        )
    key = {"water_temperature": "water", "air_temperature": "air", "salinity": "salinity"}[name]
    monthly = np.array([getattr(each, key) for each in CLIMATES])
    figures = at_month(monthly, when)
    weights = weigh_regions(REGIONS, longitude, latitude)
    found = np.tensordot(figures, weights, axes=(0, 0))
    return np.asarray(found if name == "salinity" else found + ZERO_CELSIUS, np.float64)
