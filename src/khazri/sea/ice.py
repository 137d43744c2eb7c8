"""Sea ice from frost: how thick, how closed, what of it is fast, and how the rest drifts.

A winter is told by its degree-days of frost at one cold shore (the sum of daily mean air temperatures below zero, less what thaws
have undone), each part of the sea taking a share of them. Ice appears at the first 20, has closed at 150 and is as thick as
the law of its sea says. What a part takes is ours: it is set so that mean winters come out as they are described.

- Northern Caspian: 600 at Peshnoi gave 45 cm along the northern shore and 30-35 cm in the Saddle (season of 2022-23, moderate:
  29 November to 19 March); more than 1000 gave ice over the whole north until mid-April (2011-12, very severe); mean season 119 days
  (season reviews of the Caspian ice service). The Middle has ice only along its northern coasts, the South none.
- White Sea: November to mid-May, nine tenths of it drifting, 35-45 cm in the basin and more in the bays and fast ice, which is narrow
  (Filatov and others 2005). Barents Sea: the Pechora Sea freezes in November and clears in June to July, level ice 0.8-1.2 m in April,
  fast ice about to the 10 m line (ISO 19906, Romanov 2004); the south-west is free. Recalled and rounded, not re-checked.

Thickness: h = a FDD^b. Caspian: 1.84 FDD^0.5 cm, from the pair above; elsewhere Lebedev (1938): 1.33 FDD^0.58 cm, for ice under
snow. Zubov's (1945) h^2 + 50 h = 8 FDD stands beside them for comparison. Good to a third at best.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from khazri.sea.regions import Doubles, Region, covers, weigh_regions

Law = Literal["caspian", "lebedev", "zubov"]
APPEARS: Final = 20.0  # degree-days at which ice forms
CLOSES: Final = 150.0  # at which it covers nearly all
CLOSED: Final = 0.95  # what it covers then
FAST_FROM: Final = 0.9  # concentration at which shallow ice is fast
WIND_FACTOR: Final = 0.02  # of free drift: Nansen (1902); 0.028 in the Bothnian Bay, Leppaeranta (1980)
TURN: Final = math.radians(
    16.0
)  # to the right of the wind, over shallow seas: Leppaeranta (1980); 30 over deep ones, Nansen
JAMS: Final = 0.8  # concentration from which floes hold each other back; at 1 they stand. Ours, not validated


@dataclass(frozen=True)
class Part:
    """A part of a sea, the share of the frost that its ice has, and the depth within which closed ice is fast [m]."""

    region: Region
    share: float
    fast_depth: float = 3.0


@dataclass(frozen=True)
class Winter:
    """The mean winter of a sea: degree-days of frost by date (month, day), falling as thaws undo them."""

    name: str
    station: str
    law: Law
    parts: tuple[Part, ...]
    course: tuple[tuple[int, int, float], ...]  # month, day, degree-days; in the order of the season

    def left(self, when: datetime) -> float:
        """What thaws have left of the closed cover [1]: 1 until the height of the winter, then as the root of its frost. Ours."""
        peak = max(self.course, key=lambda each: each[2])
        now = _day_of_season(when.month, when.day)
        return 1.0 if now <= _day_of_season(peak[0], peak[1]) else math.sqrt(self.frost(when) / peak[2])

    def frost(self, when: datetime) -> float:
        """Degree-days of a mean winter on a date; 0 out of the season."""
        days = np.array([_day_of_season(month, day) for month, day, _ in self.course])
        figures = np.array([figure for _, _, figure in self.course])
        now = _day_of_season(when.month, when.day) + (when.hour + when.minute / 60.0) / 24.0
        return float(np.interp(now, days, figures, left=0.0, right=0.0))


def _day_of_season(month: int, day: int) -> float:
    """Days since the first of September of a year without a leap day."""
    first = datetime(2001, 9, 1, tzinfo=UTC)
    moment = datetime(2001 if month >= 9 else 2002, month, min(day, 28) if month == 2 else day, tzinfo=UTC)
    return float((moment - first).days)


def _box(name: str, west: float, east: float, south: float, north: float, edge: float) -> Region:
    return Region(name, ((west, south), (east, south), (east, north), (west, north)), edge)


_NE = Region("northern Caspian, north-east", ((50.6, 45.9), (54.9, 45.0), (54.0, 47.3), (50.4, 47.3)), 60.0)
_DELTA = Region("Volga fore-delta", ((46.5, 45.3), (48.2, 45.6), (50.4, 46.2), (50.4, 47.2), (46.5, 46.8)), 40.0)
_MIDNORTH = Region(
    "northern Caspian, middle",
    ((46.5, 44.9), (50.3, 45.2), (54.8, 44.6), (50.6, 45.9), (48.2, 45.6), (46.5, 45.3)),
    50.0,
)
_SADDLE = Region(
    "northern Caspian, Saddle and southern rim",
    ((46.6, 44.1), (50.3, 44.63), (51.5, 44.5), (50.3, 45.2), (46.5, 44.9)),
    40.0,
)
_MIDDLE = Region(
    "middle Caspian",
    ((47.2, 43.9), (50.3, 44.4), (51.5, 44.2), (54.8, 42.5), (52.73, 40.2), (49.2, 40.4), (47.2, 42.5)),
    40.0,
)
_SOUTH = _box("southern Caspian", 48.5, 54.9, 36.4, 40.0, 60.0)
_BAYS = Region("Dvina and Onega Bays", ((36.5, 63.7), (41.5, 64.2), (41.0, 65.1), (39.5, 65.3), (36.5, 64.5)), 40.0)
_WHITE = Region(
    "White Sea, basin", ((31.8, 67.2), (34.5, 64.0), (36.5, 64.5), (40.0, 65.3), (38.5, 66.6), (34.0, 67.3)), 40.0
)
_GORLO = Region(
    "White Sea, Gorlo and Voronka", ((39.0, 66.2), (42.5, 65.6), (45.0, 66.2), (44.0, 68.3), (41.0, 67.7)), 40.0
)
_PECHORA = Region("Pechora Sea", ((50.0, 67.8), (61.0, 68.3), (60.0, 70.3), (53.0, 70.3), (50.0, 69.3)), 60.0)
_KANIN = Region("Barents Sea, Kanin to Kolguev", ((44.0, 67.8), (50.0, 67.8), (50.0, 69.3), (44.0, 68.9)), 60.0)
_EAST = Region("Barents Sea, east", ((50.0, 70.3), (60.0, 70.3), (61.0, 76.0), (50.0, 76.0)), 120.0)
_OPEN = Region(
    "Barents Sea, south-west",
    ((15.0, 69.5), (30.0, 69.6), (41.0, 68.3), (44.0, 68.9), (50.0, 69.3), (50.0, 73.0), (15.0, 74.0)),
    120.0,
)
_NORTH = Region("Barents Sea, north", ((15.0, 76.8), (61.0, 76.8), (66.0, 81.0), (15.0, 81.0)), 120.0)

CASPIAN: Final = Winter(
    "northern Caspian", "Peshnoi", "caspian",
    (Part(_NE, 1.0, 4.0), Part(_DELTA, 0.75, 3.0), Part(_MIDNORTH, 0.6, 3.0), Part(_SADDLE, 0.5, 2.0),
     Part(_MIDDLE, 0.0), Part(_SOUTH, 0.0)),
    ((11, 16, 0.0), (12, 15, 120.0), (1, 15, 320.0), (2, 15, 560.0), (3, 1, 430.0), (3, 24, 0.0)),
)  # fmt: skip
WHITE_SEA: Final = Winter(
    "White Sea", "Arkhangelsk", "lebedev",
    (Part(_BAYS, 0.45, 4.0), Part(_WHITE, 0.28), Part(_GORLO, 0.28)),
    ((10, 25, 0.0), (11, 30, 180.0), (12, 31, 460.0), (1, 31, 860.0), (3, 31, 1300.0), (4, 25, 900.0), (5, 20, 0.0)),
)  # fmt: skip
BARENTS: Final = Winter(
    "Barents Sea", "Varandey", "lebedev",
    (Part(_PECHORA, 0.75, 10.0), Part(_KANIN, 0.4, 5.0), Part(_EAST, 0.25, 5.0), Part(_OPEN, 0.0), Part(_NORTH, 0.6, 5.0)),
    ((10, 20, 0.0), (11, 15, 90.0), (12, 31, 620.0), (2, 28, 1600.0), (4, 30, 2300.0), (5, 31, 1700.0), (6, 30, 300.0), (7, 12, 0.0)),
)  # fmt: skip
WINTERS: Final = (CASPIAN, WHITE_SEA, BARENTS)


def thickness(frost: npt.ArrayLike, law: Law) -> Doubles:
    """Of level ice [m] after degree-days of frost [K d]. Laws and their sources: above. Valid: 20 to 3000.

    Checked by: test_six_hundred_degree_days_are_45_cm_in_the_caspian.
    """
    days = np.maximum(np.asarray(frost, np.float64), 0.0)
    if law == "caspian":
        centimetres = 1.84 * np.sqrt(days)
    elif law == "lebedev":
        centimetres = 1.33 * days**0.58
    else:
        centimetres = -25.0 + np.sqrt(625.0 + 8.0 * days)
    return np.asarray(0.01 * centimetres, np.float64)


def concentration(frost: npt.ArrayLike) -> Doubles:
    """Share of the water covered [1]: from the first ice to the closed one, linear in the degree-days. Ours."""
    days = np.asarray(frost, np.float64)
    return np.asarray(CLOSED * np.clip((days - APPEARS) / (CLOSES - APPEARS), 0.0, 1.0), np.float64)


def winter_over(longitude: Doubles, latitude: Doubles) -> Winter | None:
    """The sea of the table that points in degrees lie in; None where they lie in none, or not all in one."""
    for winter in WINTERS:
        if covers([part.region for part in winter.parts], longitude, latitude):
            return winter
    return None


@dataclass(frozen=True)
class IceNow:
    """Ice over points: what it covers [1], how thick it is [m], to what depth it is fast [m]."""

    concentration: Doubles
    thickness: Doubles
    fast_depth: Doubles


def ice_of(winter: Winter, frost: float, longitude: Doubles, latitude: Doubles, *, left: float = 1.0) -> IceNow:
    """Ice after so many degree-days of frost at the winter's station; `left`: what thaws have left of its cover."""
    weights = weigh_regions([part.region for part in winter.parts], longitude, latitude)
    shares = np.tensordot([part.share for part in winter.parts], weights, axes=(0, 0))
    depths = np.tensordot([part.fast_depth for part in winter.parts], weights, axes=(0, 0))
    cover = concentration(frost * shares)
    thick = np.where(cover > 0.0, thickness(frost * shares, winter.law), 0.0)
    return IceNow(left * cover, thick, np.asarray(depths, np.float64))


def free_drift(
    wind: npt.NDArray[np.floating],
    current: npt.NDArray[np.floating],
    cover: npt.NDArray[np.floating],
    *,
    north: bool = True,
) -> npt.NDArray[np.float64]:
    """Velocity of drifting ice (..., 2) [m s-1]: the current, and 2 % of the wind 16 degrees to its right.

    wind, current   (..., 2) [m s-1]
    cover           (..., 1) concentration: above 0.8 floes hold each other back, at 1 they stand
    north           of the equator; to the left of the wind south of it

    Source: Nansen (1902), Leppaeranta (1980); the hindrance is ours. Valid: drift ice away from shores, winds from 3 m/s. Not validated.
    Checked by: test_ice_drifts_to_the_right_of_the_wind.
    """
    turn = -TURN if north else TURN
    cos, sin = math.cos(turn), math.sin(turn)
    u, v = np.asarray(wind[..., 0], np.float64), np.asarray(wind[..., 1], np.float64)
    pushed = WIND_FACTOR * np.stack([u * cos - v * sin, u * sin + v * cos], axis=-1)
    free = np.clip((1.0 - np.asarray(cover, np.float64)) / (1.0 - JAMS), 0.0, 1.0)
    return np.asarray((current + pushed) * free, np.float64)
