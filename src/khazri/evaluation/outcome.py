"""The evaluation of one exercise: values and codes, no sentence; `report` says them in the reader's language.

Everything is SI. `evidence` holds the sequence numbers of log entries; where a value comes out of the replay of the log
instead, it says so by `replayed`. What could not be measured is None, with a code for the reason in `absent`.
"""

from __future__ import annotations

from typing import Literal

from khazri.exercise.commands import Model, Seq, Step
from khazri.exercise.design import Translations

Rating = Literal["P", "S", "M", "U"]


class Comparison(Model):
    """One quantity, had nobody done anything and as played."""

    name: str
    unit: Literal["kg", "m", "kg s"]
    nothing: float
    played: float
    lower_is_better: bool
    score: float | None = None  # (nothing - played) / nothing, where lower is better and something would have been
    absent: str = ""  # why there is no score


class BudgetRow(Model):
    """Oil of one owner at the end, over all sites [kg]."""

    owner: str
    nothing: float
    played: float


class Budget(Model):
    """Where the oil was at the end of each run, and how well each account closes."""

    rows: tuple[BudgetRow, ...]
    released_nothing: float  # [kg]
    released_played: float
    closure_nothing: float  # largest difference between owners and release at any time, as a share of the release [1]
    closure_played: float


class Series(Model):
    """One quantity over time in both runs, thinned for a chart."""

    name: str
    seconds: tuple[float, ...]
    nothing: tuple[float, ...]
    played: tuple[float, ...]


class PlaceRun(Model):
    """What one run brought to a place."""

    exposure: float  # weight times oil times time [kg s]
    most: float  # oil at one time [kg]
    first: Step | None = None  # when the first oil was there


class PlaceOutcome(Model):
    """A place of value in both runs."""

    ident: str
    name: Translations
    site: str
    weight: float
    nothing: PlaceRun
    played: PlaceRun
    evidence: tuple[Seq, ...] = ()


class Moment(Model):
    """A point of the chain from the event to its effect."""

    name: str
    party: str = ""  # whose; "" where it is nobody's
    step: Step | None = None
    subject: str = ""  # the inject, unit or release
    gap: float | None = None  # since the point before it in the chain [s]; below 0: it came first
    after: str = ""  # that point's name
    evidence: tuple[Seq, ...] = ()
    replayed: bool = False
    absent: str = ""


class InjectOutcome(Model):
    """What followed an inject; latencies are from its delivery [s]."""

    ident: str
    subject: Translations
    to: str
    party: str
    delivered: Step
    read: float | None = None
    acknowledged: float | None = None
    answered: float | None = None  # first message of the cell that replies to it
    ordered: float | None = None  # first order of the cell's party: the decision latency
    evidence: tuple[Seq, ...] = ()


class RefusedOrders(Model):
    """Commands that were refused for one reason."""

    code: str
    count: int
    commands: tuple[str, ...]
    steps: tuple[Step, ...]


class SkimmerUse(Model):
    """What a skimming vessel did with its time; hours are from when its party first had word of the spill."""

    unit: str
    name: Translations
    party: str
    available: float  # [s]
    ordered: Step | None
    working: float  # on task [s]
    meeting: float  # with oil coming into its gear [s]
    full: float  # with its tank full [s]
    recovered: float  # oil [kg]
    mixture: float  # oil and water [m3]
    evidence: tuple[Seq, ...] = ()


class OtherUse(Model):
    """What a unit did that treats oil, looks, tows or carries."""

    unit: str
    name: Translations
    party: str
    kind: str
    ordered: Step | None
    working: float  # on task [s]
    treated: float  # oil dispersed, burned or cleaned off the shore [kg]
    waste: float  # [m3]
    sighted: int  # times that it came to see oil
    evidence: tuple[Seq, ...] = ()


class BoomUse(Model):
    """What the boom of a vessel did."""

    unit: str
    name: Translations
    party: str
    ordered: Step | None
    in_water: float  # [s]
    touched: float  # time with oil against it [s]
    held: float  # most oil that it stopped in one step [kg]
    leaked: float  # [kg]
    evidence: tuple[Seq, ...] = ()


class ObjectiveOutcome(Model):
    """An objective and the evaluators' word on it."""

    ident: str
    text: Translations
    source: str
    rating: Rating | None = None
    reason: str = ""
    by: str = ""
    evidence: tuple[Seq, ...] = ()
    wanted: tuple[str, ...] = ()  # kinds of evidence that the design asks for
    missing: tuple[str, ...] = ()  # those of which the log has nothing


class SharedNote(Model):
    """A note that its writer shared."""

    seq: Seq
    step: Step
    by: str
    text: str


class Lesson(Model):
    """A finding, offered to the programme as a lesson."""

    seq: Seq
    step: Step
    by: str
    text: str
    objective: str = ""
    evidence: tuple[Seq, ...] = ()


class Cited(Model):
    """An entry of the log that this evaluation leans on."""

    seq: Seq
    step: Step
    kind: str
    subject: str
    hash: str  # its first twelve figures


class Replay(Model):
    """Whether the replay saw the world do what the log says it did."""

    logged: int  # facts of the world in the log
    found: int  # of them found again at the same step
    more: int  # found in the replay and not in the log


class Named(Model):
    """Something with names."""

    ident: str
    name: Translations


class Evaluation(Model):
    """All that an after-action report says."""

    run: str
    exercise: str
    title: Translations
    start: str  # UTC, ISO 8601
    dt: float
    last_step: Step
    ended: bool
    seed: int
    build: str
    scenario_hash: str
    head_seq: int
    head_hash: str
    winds_ordered: int
    parties: tuple[Named, ...]
    cells: tuple[Named, ...]
    units: tuple[Named, ...]
    sites: tuple[Named, ...]
    comparisons: tuple[Comparison, ...]
    mixture: float  # oil and water taken from the sea [m3]
    budget: Budget
    series: tuple[Series, ...]
    places: tuple[PlaceOutcome, ...]
    chain: tuple[Moment, ...]
    injects: tuple[InjectOutcome, ...]
    refused: tuple[RefusedOrders, ...]
    orders: int  # given and accepted
    skimmers: tuple[SkimmerUse, ...]
    others: tuple[OtherUse, ...] = ()
    booms: tuple[BoomUse, ...]
    objectives: tuple[ObjectiveOutcome, ...]
    notes: tuple[SharedNote, ...]
    lessons: tuple[Lesson, ...]
    cited: tuple[Cited, ...]
    replay: Replay
    absent: tuple[str, ...]  # codes of measures for which there is no evidence at all
