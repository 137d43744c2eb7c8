"""What one person sees of an exercise at one moment: the JSON that a browser starts from.

Everything is SI, bearings in radians, positions longitude and latitude in degrees. What the reader may not see is
absent (`plain`), not empty: no findings and hidden findings are different things.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from khazri.exercise.commands import Model, Polwarn, Position, Seq, Step, UnitTaskName
from khazri.exercise.design import Translations
from khazri.exercise.triggers import Predicate


class ViewActor(Model):
    """Whose view it is."""

    person: str
    role: str
    party: str
    cell: str


class ViewParty(Model):
    """A delegation."""

    ident: str
    name: Translations
    time_zone: str = "UTC"  # IANA name


class ViewCell(Model):
    """A group of players."""

    ident: str
    party: str
    name: Translations


class ViewSite(Model):
    """Where the exercise takes place."""

    ident: str
    name: Translations
    bounds: tuple[float, float, float, float]  # west, south, east, north


class ViewTask(Model):
    """What a unit was last told."""

    kind: UnitTaskName | Literal["stand_by"]
    geometry: tuple[Position, ...]
    step: Step
    version: int
    target: str = ""


class ViewUnit(Model):
    """A vessel that the reader may see. Figures are absent until the world has shown them."""

    ident: str
    party: str
    kind: str  # of `response.catalogue`
    name: Translations
    site: str
    state: str  # off, mobilising, transit, on_task, offloading, stopped (`simulation`)
    reason: str = ""  # why stopped
    position: Position | None = None
    storage: float | None = None  # on board [m3]
    capacity: float | None = None  # [m3]
    supply: float | None = (
        None  # left of what it works with: dispersant [m3], or burns of its boom; absent: nothing runs out
    )
    supply_most: float | None = None
    landed: float = 0.0  # oil and water brought ashore in all [m3]
    waste: float = 0.0  # made on the shore in all [m3]
    recovered: float | None = None  # oil in what it took in all [kg]; for those who see the truth
    treated: float | None = (
        None  # oil dispersed, burned or cleaned off the shore in all [kg]; for those who see the truth
    )
    tasks: tuple[UnitTaskName, ...] = ()  # that its kind can do
    task: ViewTask | None = None


class ViewBase(Model):
    """A base that the reader may see: where units of its party land what they took."""

    ident: str
    party: str
    name: Translations
    site: str
    position: Position
    stored: float | None = None  # landed there [m3]
    capacity: float | None = None  # [m3]; absent: without limit


class ViewBoom(Model):
    """A boom in the water."""

    unit: str
    party: str
    line: tuple[Position, ...]
    state: str


class ViewMessage(Model):
    """A message, with who has read and acknowledged it. A person's own words stand under the language "und"."""

    seq: Seq
    step: Step
    sender: str
    to: str
    precedence: Literal["routine", "priority", "urgent"]
    subject: Translations
    text: Translations
    reply_to: Seq | None = None
    form: Polwarn | None = None
    read_by: tuple[str, ...] = ()
    acknowledged_by: tuple[str, ...] = ()


class ViewInject(Model):
    """What control has prepared, and how far it is."""

    ident: str
    sender: str
    to: str
    precedence: Literal["routine", "priority", "urgent"]
    subject: Translations
    text: Translations
    at_step: Step | None = None
    when: Predicate | None = None
    state: Literal["armed", "held", "fired"]
    fired: Seq | None = None  # the fact of its firing


class ViewObjective(Model):
    """What the exercise is to show."""

    ident: str
    text: Translations
    source: str


class ViewRating(Model):
    """An evaluator's word on an objective."""

    objective: str
    rating: Literal["P", "S", "M", "U"]
    reason: str
    evidence: tuple[Seq, ...]
    actor: str
    seq: Seq


class ViewNote(Model):
    """A note: one's own, or one that was shared."""

    seq: Seq
    step: Step
    actor: str
    text: str
    shared: bool


class ViewFinding(Model):
    """What the exercise showed."""

    seq: Seq
    step: Step
    actor: str
    text: str
    objective: str | None
    evidence: tuple[Seq, ...]


class ViewSighting(Model):
    """Oil as a unit saw it: an outline and its code of appearance (Bonn Agreement, 1 to 5)."""

    party: str
    unit: str
    step: Step
    polygon: tuple[Position, ...]
    code: Literal[1, 2, 3, 4, 5]
    sensor: Literal["eye", "infrared", "radar"] = "eye"  # a radar's code says nothing of the thickness


class ViewTreated(Model):
    """Where a unit sprayed oil with dispersant or burned it, from the beginning of step `first` to that of step `last`."""

    party: str
    unit: str
    treatment: Literal["spray", "burn"]
    lines: tuple[tuple[Position, ...], ...]  # of a fire that did not move, one point
    first: Step
    last: Step
    oil: float | None = None  # dispersed or burned there [kg]; for those who see the truth


class ViewPlace(Model):
    """What oil must not reach: a ring, or a point with a radius [m]."""

    ident: str
    site: str
    name: Translations
    ring: tuple[Position, ...] | None = None
    point: Position | None = None
    radius: float = 0.0
    weight: float = 1.0


class ViewWind(Model):
    """The wind at 10 m over a site now."""

    speed: float  # [m s-1]
    from_bearing: float  # [rad], clockwise from true north


class ViewWeather(Model):
    """What a station at a site and gauges at its places tell now; absent: nothing is known of it."""

    wind: ViewWind | None = None
    gust: float | None = None  # of three seconds [m s-1]
    wave_height: float | None = None  # significant [m]
    air_temperature: float | None = None  # [K]
    wind_chill: float | None = None  # [K]
    water_temperature: float | None = None  # [K]
    visibility: float | None = None  # [m]
    ice: float | None = None  # share of the water covered [1]
    light: Literal["day", "civil", "nautical", "astronomical", "night"] | None = None  # which twilight, if any
    levels: dict[str, float] = Field(
        default_factory=dict
    )  # place -> sea above the ordinary level [m]; absent: dry, or not known


class ViewAhead(Model):
    """What a forecast says for one moment; absent: it says nothing of it."""

    valid: float  # [s from the start]
    wind: ViewWind
    air_temperature: float | None = None  # [K]
    visibility: float | None = None  # [m]


class ViewForecast(Model):
    """The newest forecast that is at hand: as it was issued, whatever has come since. It is not what will happen."""

    issued: float  # [s from the start]
    longitude: float  # of the place that it is for
    latitude: float
    ahead: tuple[ViewAhead, ...]


class View(Model):
    """An exercise as one person may see it, after the fact `seq` and before `step`."""

    run: str
    exercise: str
    title: Translations
    phase: Literal["ready", "running", "paused", "ended"]
    pace: float
    jump_to: Step | None = None
    step: Step
    seq: int
    dt: float  # [s]
    start: str  # UTC, ISO 8601
    last_step: Step
    lag: float  # of the world behind its clock [s]
    actor: ViewActor
    sees_truth: bool
    sees_parties: tuple[str, ...]  # whose own picture is in here
    may: tuple[str, ...]  # kinds of command
    may_ask: tuple[str, ...]  # kinds of question (`roles.MAY_ASK`)
    parties: tuple[ViewParty, ...]
    cells: tuple[ViewCell, ...]
    sites: tuple[ViewSite, ...]
    units: tuple[ViewUnit, ...]
    bases: tuple[ViewBase, ...] = ()
    booms: tuple[ViewBoom, ...]
    messages: tuple[ViewMessage, ...]
    notes: tuple[ViewNote, ...]
    sightings: tuple[ViewSighting, ...]
    treated: tuple[ViewTreated, ...] = ()
    places: tuple[ViewPlace, ...]
    wind: dict[str, ViewWind]  # by site
    weather: dict[str, ViewWeather]  # by site
    forecast: dict[str, ViewForecast] = Field(default_factory=dict)  # by site; absent: none is at hand
    injects: tuple[ViewInject, ...] | None = None
    objectives: tuple[ViewObjective, ...] | None = None
    ratings: tuple[ViewRating, ...] | None = None
    findings: tuple[ViewFinding, ...] | None = None
    budget: dict[str, dict[str, float]] | None = None  # site -> owner -> [kg]; the truth
    released: dict[str, float] | None = None  # site -> [kg]; the truth

    def plain(self) -> dict[str, object]:
        """Plain values for JSON, without what is absent."""
        return self.model_dump(mode="json", exclude_none=True)


class Shown(Model):
    """A fact of the log as one person may see it: no hash, and who acted only where the reader may know."""

    seq: Seq
    step: Step
    kind: str
    version: int
    payload: dict[str, object]
    actor: str = ""
    cause: str = ""
