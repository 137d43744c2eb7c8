"""The first pages: do nothing against as played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from khazri.evaluation.outcome import BudgetRow, Comparison, Evaluation, PlaceOutcome
from khazri.report.after_action.document import (
    Block,
    Column,
    Curve,
    Curves,
    MapPair,
    Paragraph,
    Pictures,
    Section,
    Seqs,
    Table,
)  # fmt: skip
from khazri.report.after_action.words import SEPARATORS, Calendar, Words

CLOSES: Final = 1e-6  # of the release; the engine's own law is far stricter, stored figures are rounded
SHOWN: Final = ("remaining", "ashore", "recovered", "afloat", "boomed", "evaporated")  # in this order of interest
CHARTS: Final = 4  # the first so many of which there is anything to see; the account has all
TABLE_ROWS: Final = 9


def versus(evaluation: Evaluation, words: Words, pictures: Sequence[MapPair]) -> Section:
    """The section that the report opens with."""
    say = words.say
    blocks: list[Block] = [Paragraph(sentence, "lead") for sentence in leads(evaluation, words)]
    blocks.append(_comparison(evaluation, words))
    blocks.append(Paragraph(say("score.what"), "small"))
    blocks += [Paragraph(say(f"absent.{code}"), "small") for code in ("best_found", "uncertainty")
               if code in evaluation.absent]  # fmt: skip
    blocks.append(Paragraph(say("versus.what", winds=evaluation.winds_ordered), "small"))
    for pair in pictures:
        blocks.append(_pictures(pair, evaluation, words))
    sources = dict.fromkeys(source for pair in pictures for source in pair.sources)
    if pictures:
        blocks.append(Paragraph(say("maps.what", sources="; ".join(sources)), "small"))
    else:
        blocks.append(Paragraph(say("maps.none"), "small"))
    return Section("versus", say("versus"), tuple(blocks))


def leads(evaluation: Evaluation, words: Words) -> list[str]:
    """What happened, in sentences."""
    by_name = {each.name: each for each in evaluation.comparisons}
    say, found = words.say, []

    def both(name: str) -> dict[str, str]:
        one = by_name[name]
        return {"nothing": words.measured(one.nothing, one.unit), "played": words.measured(one.played, one.unit)}

    def harmless(name: str) -> bool:
        return by_name[name].nothing <= 0.0 and by_name[name].played <= 0.0

    found.append(say("lead.remaining", **both("remaining")))
    found.append(say("lead.no_shore") if harmless("ashore") else say("lead.ashore", **both("ashore")))
    if "exposure" in by_name:
        found.append(say("lead.no_place") if harmless("exposure") else say("lead.places", **both("exposure")))
    oil = by_name["recovered"].played
    if oil > 0.0:
        share = words.share(oil, evaluation.budget.released_played)
        mixture = words.quantity(evaluation.mixture, "m3")
        found.append(say("lead.recovered", oil=words.mass(oil), share=share, mixture=mixture))
    else:
        found.append(say("lead.none_recovered"))
    return found


def _comparison(evaluation: Evaluation, words: Words) -> Table:
    say = words.say
    rows = []
    for one in evaluation.comparisons:
        name = say(f"measure.{one.name}")
        rows.append(
            (name, words.measured(one.nothing, one.unit), words.measured(one.played, one.unit), _score(one, words))
        )
        if one.name == "recovered":
            mixture = words.quantity(evaluation.mixture, "m3")
            none = words.quantity(0.0, "m3")
            rows.append((say("measure.mixture"), none, mixture, say("score.not_scored")))
    columns = (
        Column(say("measure"), wide=True),
        Column(say("nothing"), figures=True),
        Column(say("played"), figures=True),
        Column(say("score"), figures=True),
    )
    return Table("", columns, tuple(rows))


def _score(one: Comparison, words: Words) -> str:
    return words.say(f"score.{one.absent}") if one.score is None else words.number(one.score, 2)


def _pictures(pair: MapPair, evaluation: Evaluation, words: Words) -> Pictures:
    say = words.say
    rows = {row.owner: row for row in evaluation.budget.rows}

    def described(run: str) -> str:
        afloat, ashore = (getattr(rows[owner], run) for owner in ("afloat", "ashore"))
        return say("map.alt", run=say(run), afloat=words.mass(afloat), ashore=words.mass(ashore))

    captions = tuple(f"{say('maps')}, {pair.title}: {say(run)}" for run in ("nothing", "played"))
    return Pictures(
        (captions[0], captions[1]), (described("nothing"), described("played")), (pair.nothing, pair.played)
    )


def over_time(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """Curves of both runs, and the same as a table."""
    say = words.say
    series = {each.name: each for each in evaluation.series}
    seen = [series[name] for name in SHOWN if any(series[name].nothing) or any(series[name].played)]
    chosen = seen[:CHARTS] or [series["remaining"]]
    tonnes = [
        Curve(
            say(f"measure.{each.name}"),
            each.seconds,
            tuple(value / 1000.0 for value in each.nothing),
            tuple(value / 1000.0 for value in each.played),
        )
        for each in chosen
    ]
    charts = Curves(tuple(tonnes), say("nothing"), say("played"), say("unit.t"), SEPARATORS[words.language])
    count = len(chosen[0].seconds)
    some = sorted({round(index * (count - 1) / (TABLE_ROWS - 1)) for index in range(TABLE_ROWS)})
    heads = [Column(f"{curve.title}: {say(run)}", figures=True) for curve in tonnes for run in ("nothing", "played")]
    rows = tuple(
        (
            calendar.short(round(chosen[0].seconds[index] / calendar.dt)),
            *(words.number(values[index], 1) for curve in tonnes for values in (curve.nothing, curve.played)),
        )
        for index in some
    )
    table = Table(f"{say('curves.table')} ({say('unit.t')})", (Column(say("time")), *heads), rows, folded=True)
    return Section("curves", say("curves"), (Paragraph(say("curves.what"), "small"), charts, table))


def budget(evaluation: Evaluation, words: Words) -> Section:
    """Both accounts, and how they close."""
    say, account = words.say, evaluation.budget

    def line(name: str, row: BudgetRow) -> tuple[str, ...]:
        return (name, words.tonnes(row.nothing), words.tonnes(row.played), words.tonnes(row.played - row.nothing))

    rows = [
        line(words.name("owner", row.owner), row)
        for row in account.rows
        if abs(row.nothing) >= 0.005 or abs(row.played) >= 0.005
    ]
    sums = (sum(row.nothing for row in account.rows), sum(row.played for row in account.rows))
    rows.append(line(say("sum"), BudgetRow(owner="sum", nothing=sums[0], played=sums[1])))
    released = BudgetRow(owner="released", nothing=account.released_nothing, played=account.released_played)
    rows.append(line(say("measure.released"), released))
    unit = say("unit.t")
    columns = (
        Column(say("part"), wide=True),
        Column(f"{say('nothing')}, {unit}", figures=True),
        Column(f"{say('played')}, {unit}", figures=True),
        Column(f"{say('difference')}, {unit}", figures=True),
    )
    closure = {"nothing": words.small(account.closure_nothing), "played": words.small(account.closure_played)}
    closes = max(account.closure_nothing, account.closure_played) <= CLOSES
    text = Paragraph(say("budget.closes", **closure)) if closes else Paragraph(say("budget.open", **closure), "warning")
    table = Table("", columns, tuple(rows), marked=frozenset({len(rows) - 1, len(rows) - 2}))
    return Section("budget", say("budget"), (table, text))


def places(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """What came to each place of value."""
    say = words.say
    if not evaluation.places:
        return Section("places", say("places"), (Paragraph(say("absent.places")),))

    def first(step: int | None) -> str:
        return say("never") if step is None else calendar.short(step)

    def line(place: PlaceOutcome) -> tuple[str | Seqs, ...]:
        return (
            words.pick(place.name, place.ident),
            words.number(place.weight),
            words.exposure(place.nothing.exposure),
            words.exposure(place.played.exposure),
            first(place.nothing.first),
            first(place.played.first),
            Seqs(place.evidence, say("none")),
        )

    columns = (
        Column(say("place"), wide=True),
        Column(say("weight"), figures=True),
        Column(say("exposure.nothing"), figures=True),
        Column(say("exposure.played"), figures=True),
        Column(say("first.nothing"), figures=True),
        Column(say("first.played"), figures=True),
        Column(say("evidence")),
    )
    table = Table("", columns, tuple(line(place) for place in evaluation.places))
    return Section("places", say("places"), (Paragraph(say("places.what"), "small"), table))
