"""What a report is made of. `runs` fills these in; nothing here knows where the values came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from khazri.engine.frame import Frame
from khazri.geo.terrain import Terrain
from khazri.simulation.meteorology import WeatherNow

if TYPE_CHECKING:
    from khazri.sea.fields import SeaPicture

Names = Mapping[str, str]  # language -> text
LANGUAGES: Final[tuple[str, ...]] = ("en", "ru", "az")

# Lower limits of the Bonn Agreement oil appearance codes 1-5 [m] (Aerial Operations Handbook, 2009, part 3).
BAOAC_LIMITS: Final[tuple[float, ...]] = (0.04e-6, 0.3e-6, 5e-6, 50e-6, 200e-6)
BAOAC_NAMES: Final[tuple[str, ...]] = (
    "sheen",
    "rainbow",
    "metallic",
    "discontinuous_true_colour",
    "continuous_true_colour",
)


class FrameSeries(Protocol):
    """Frames of one site in order of time, read when asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int, /) -> Frame: ...

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """Seconds from the start of the run."""
        ...


@dataclass(frozen=True)
class ValuedPlace:
    """Something worth protecting: a polygon's ring (n, 2), or a point (1, 2) with a radius, on the plane [m]."""

    ident: str
    names: Names
    vertices: npt.NDArray[np.float64]
    radius: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True)
class ReportedRelease:
    """One source of oil as the report shows it."""

    ident: str
    oil: str  # name of the oil
    mass: float  # [kg]
    start: float  # [s] from the start of the run
    end: float
    vertices: npt.NDArray[np.float64]  # (n, 2) on the plane [m]
    depth: float = 0.0


@dataclass(frozen=True)
class WindSeries:
    """Wind at the releases: towards, on the plane's axes [m s-1], at times [s]."""

    times: npt.NDArray[np.float64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]

    def at(self, time: float) -> tuple[float, float]:
        """Linear in time, held at both ends."""
        return float(np.interp(time, self.times, self.x)), float(np.interp(time, self.times, self.y))


@dataclass(frozen=True)
class Note:
    """One thing that was assumed, estimated or could not run."""

    topic: str  # pack, terrain, environment, oil, run
    text: str


@dataclass(frozen=True)
class FieldOrigin:
    """What one field of the sea or the air was made of."""

    field: str  # engine.fields.FIELDS
    kind: str  # files, sea (computed), scripted or default
    source: str  # in words
    files: tuple[tuple[str, str], ...] = ()  # name, SHA-256
    fallback: str = ""  # in words, where the files did not reach
    shares: tuple[tuple[str, float], ...] = ()  # of the area and the time, by kind, or `held`; empty: all of `kind`

    def kind_words(self, words: Mapping[str, str]) -> str:
        """Of what kind it is, with the share of each where it is of several."""
        if not self.shares:
            return words[f"field_kind_{self.kind}"]
        return ", ".join(f"{words[f'field_kind_{kind}']} {share_words(share)}" for kind, share in self.shares)


def share_words(share: float) -> str:
    """A share in per cent; one that is not quite nothing or not quite all does not look so."""
    if 0.0 < share < 0.005:
        return "<1\u00a0%"
    if 0.995 <= share < 1.0:
        return ">99\u00a0%"
    return f"{100.0 * share:.0f}\u00a0%"


@dataclass(frozen=True)
class UnitSeen:
    """A unit at a stored time: place on the plane [m], state, fluid on board [m3], oil taken in all [kg]."""

    time: float  # [s]
    x: float
    y: float
    state: str
    reason: str
    fluid: float
    recovered: float


@dataclass(frozen=True)
class BoomSeen:
    """A boom in the water at a stored time."""

    time: float  # [s]
    unit: str
    site: str
    line: tuple[tuple[float, float], ...]  # on the plane [m]
    state: str
    held: float  # [kg]


@dataclass(frozen=True)
class Happened:
    """Something that befell a unit."""

    time: float  # [s]
    site: str
    unit: str
    kind: str
    values: Mapping[str, float]
    reason: str = ""  # the unit's at the end of that step: why it stopped, or goes home


@dataclass(frozen=True)
class UnitOutcome:
    """What a unit's work came to. Mixture is all fluid taken on board; oil is counted apart."""

    ident: str
    names: Names
    party: str
    kind: str
    site: str
    hours: Mapping[str, float]  # by state [h]
    busy_hours: float  # from the order until it is released [h]
    cost: float  # units of money; training values
    recovered: float  # oil [kg]
    mixture: float  # [m3]
    treated: float  # oil dispersed, burned or cleaned [kg]
    waste: float  # [m3]
    seen: tuple[UnitSeen, ...]


@dataclass(frozen=True)
class SiteOutcome:
    """All that came out of one site."""

    ident: str
    names: Names
    terrain: Terrain
    frames: FrameSeries
    releases: tuple[ReportedRelease, ...]
    places: tuple[ValuedPlace, ...] = ()
    wind: WindSeries | None = None
    notes: tuple[Note, ...] = ()
    attributions: tuple[str, ...] = ()
    members: int = 1
    not_for_navigation: bool = True
    sea: SeaPicture | None = None  # as it was computed; None: it was not
    fields: tuple[FieldOrigin, ...] = ()
    units: tuple[UnitOutcome, ...] = ()
    booms: tuple[BoomSeen, ...] = ()
    happened: tuple[Happened, ...] = ()
    weather: Callable[[float], WeatherNow] | None = None  # at the first release, or mid-site, at a moment [s]

    def name(self, language: str = "en") -> str:
        """The site's name in a language, or the nearest there is."""
        return pick(self.names, language, self.ident)


@dataclass(frozen=True)
class RunOutcome:
    """All that came out of one run."""

    name: str
    titles: Names
    purposes: Names
    start: datetime  # UTC
    sites: tuple[SiteOutcome, ...]
    summary: Mapping[str, Any] = field(default_factory=dict)  # run.json, without `files`
    parties: tuple[tuple[Names, str], ...] = ()  # name, time zone

    def moment(self, seconds: float) -> datetime:
        """The UTC time of a number of seconds from the start."""
        return self.start + timedelta(seconds=float(seconds))


def pick(names: Names, language: str, otherwise: str = "") -> str:
    """The text in `language`, else in English, else in any language, else `otherwise`."""
    return names.get(language) or names.get("en") or next(iter(names.values()), otherwise)


def exercise_time(seconds: float) -> str:
    """T+hh:mm, as logs and slides write it."""
    minutes = round(seconds / 60.0)
    sign = "-" if minutes < 0 else "+"
    return f"T{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def iso(moment: datetime) -> str:
    """UTC in ISO 8601 with a Z."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def mariner(longitude: float, latitude: float) -> str:
    """A position as mariners write it: 45-30.5N 049-12.0E."""

    def one(value: float, width: int, letters: str) -> str:
        minutes = round(abs(value) * 600.0)
        return f"{minutes // 600:0{width}d}-{minutes % 600 / 10:04.1f}{letters[int(value < 0)]}"

    return f"{one(latitude, 2, 'NS')} {one(longitude, 3, 'EW')}"


def appearance(thickness: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.uint8]:
    """BAOAC code 0-5 of films of a thickness [m]; 0 is too thin to be seen."""
    return np.searchsorted(np.asarray(BAOAC_LIMITS), thickness, side="right").astype(np.uint8)
