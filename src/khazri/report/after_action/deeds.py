"""What people did and when: the chain of times, decisions after injects, orders, units and booms."""

from __future__ import annotations

from collections.abc import Mapping

from khazri.evaluation.outcome import BoomUse, Evaluation, InjectOutcome, Moment, OtherUse, SkimmerUse
from khazri.report.after_action.document import Block, Column, Paragraph, Section, Seqs, Table
from khazri.report.after_action.words import Calendar, Words


def names_of(evaluation: Evaluation, words: Words) -> Mapping[str, str]:
    """What parties, cells and units are called; control too."""
    every = (*evaluation.parties, *evaluation.cells, *evaluation.units, *evaluation.sites)
    named = {each.ident: words.pick(each.name, each.ident) for each in every}
    return {**named, "control": words.say("control")}


def chain(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """One table of what concerns all, and one of each party."""
    say, names = words.say, names_of(evaluation, words)
    columns = (
        Column(say("point"), wide=True),
        Column(say("time"), figures=True),
        Column(say("gap")),
        Column(say("evidence")),
    )
    blocks: list[Block] = [Paragraph(say("chain.what"), "small")]
    for party in dict.fromkeys(each.party for each in evaluation.chain):
        rows = tuple(
            (
                _point(each, names, words),
                _when(each, words, calendar),
                _gap(each, words),
                Seqs(each.evidence, say("replayed") if each.replayed else ""),
            )
            for each in evaluation.chain
            if each.party == party
        )
        blocks.append(Table(names.get(party, party) if party else say("chain.all"), columns, rows))
    return Section("chain", say("chain"), tuple(blocks))


def _point(each: Moment, names: Mapping[str, str], words: Words) -> str:
    subject = names.get(each.subject, "") if each.party else ""
    name = words.say(f"moment.{each.name}")
    return f"{name}: {subject}" if subject else name


def _when(each: Moment, words: Words, calendar: Calendar) -> str:
    return words.say(f"why.{each.absent}") if each.step is None else calendar.at(each.step)


def _gap(each: Moment, words: Words) -> str:
    if each.gap is None:
        return ""
    after = words.say(f"moment.{each.after}")
    return words.say("gap.after" if each.gap >= 0.0 else "gap.before", gap=words.duration(each.gap), after=after)


def injects(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """Decision latency."""
    say, names = words.say, names_of(evaluation, words)
    if not evaluation.injects:
        return Section("injects", say("injects"), (Paragraph(say("injects.none")),))

    def after(seconds: float | None) -> str:
        return say("none") if seconds is None else words.duration(seconds)

    def line(each: InjectOutcome) -> tuple[str | Seqs, ...]:
        return (
            words.pick(each.subject, each.ident),
            names.get(each.to, each.to),
            calendar.short(each.delivered),
            after(each.read),
            after(each.acknowledged),
            after(each.answered),
            after(each.ordered),
            Seqs(each.evidence),
        )

    heads = ("delivered", "read_after", "acknowledged_after", "answered_after", "ordered_after")
    columns = (
        Column(say("inject"), wide=True),
        Column(say("to")),
        *(Column(say(head), figures=True) for head in heads),
        Column(say("evidence")),
    )
    table = Table("", columns, tuple(line(each) for each in evaluation.injects))
    return Section("injects", say("injects"), (Paragraph(say("injects.what"), "small"), table))


def orders(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """How many were given, and which were refused."""
    say = words.say
    given = Paragraph(say("orders.given", n=evaluation.orders))
    if not evaluation.refused:
        return Section("orders", say("orders"), (given, Paragraph(say("orders.none_refused"))))
    rows = tuple(
        (
            words.name("refused", each.code),
            words.number(each.count),
            ", ".join(words.name("command", command) for command in each.commands),
            ", ".join(dict.fromkeys(calendar.short(step) for step in each.steps[:6]))
            + ("…" if len(each.steps) > 6 else ""),
        )
        for each in evaluation.refused
    )
    columns = (
        Column(say("reason"), wide=True),
        Column(say("count"), figures=True),
        Column(say("commands")),
        Column(say("when")),
    )
    return Section("orders", say("orders"), (given, Paragraph(say("orders.refused")), Table("", columns, rows)))


def units(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """What units and booms did with their time."""
    say = words.say
    if not evaluation.skimmers and not evaluation.booms and not evaluation.others:
        return Section("units", say("units"), (Paragraph(say("units.none")),))
    blocks: list[Block] = []
    if evaluation.skimmers:
        blocks += [_skimmers(evaluation, words, calendar), Paragraph(say("units.what"), "small")]
    if evaluation.others:
        blocks += [_others(evaluation, words, calendar), Paragraph(say("others.what"), "small")]
    if evaluation.booms:
        blocks += [_booms(evaluation, words, calendar), Paragraph(say("booms.what"), "small")]
    return Section("units", say("units"), tuple(blocks))


def _ordered(step: int | None, words: Words, calendar: Calendar) -> str:
    return words.say("never_ordered") if step is None else calendar.short(step)


def _skimmers(evaluation: Evaluation, words: Words, calendar: Calendar) -> Table:
    say, names = words.say, names_of(evaluation, words)

    def line(each: SkimmerUse) -> tuple[str | Seqs, ...]:
        return (
            f"{words.pick(each.name, each.unit)} ({names.get(each.party, each.party)})",
            _ordered(each.ordered, words, calendar),
            words.duration(each.available),
            words.duration(each.working),
            words.duration(each.meeting),
            words.share(each.meeting, each.available),
            words.duration(each.full),
            words.mass(each.recovered),
            words.quantity(each.mixture, "m3"),
            Seqs(each.evidence),
        )

    heads = ("first_order", "available", "on_task", "on_oil", "use", "tank_full", "oil", "mixture")
    columns = (
        Column(say("unit"), wide=True),
        *(Column(say(head), figures=True) for head in heads),
        Column(say("evidence")),
    )
    return Table(say("skimmers"), columns, tuple(line(each) for each in evaluation.skimmers))


def _others(evaluation: Evaluation, words: Words, calendar: Calendar) -> Table:
    say, names = words.say, names_of(evaluation, words)

    def line(each: OtherUse) -> tuple[str | Seqs, ...]:
        return (
            f"{words.pick(each.name, each.unit)} ({names.get(each.party, each.party)})",
            _ordered(each.ordered, words, calendar),
            words.duration(each.working),
            words.mass(each.treated),
            words.quantity(each.waste, "m3"),
            str(each.sighted),
            Seqs(each.evidence),
        )

    heads = ("first_order", "on_task", "treated", "waste", "sighted")
    columns = (
        Column(say("unit"), wide=True),
        *(Column(say(head), figures=True) for head in heads),
        Column(say("evidence")),
    )
    return Table(say("others"), columns, tuple(line(each) for each in evaluation.others))


def _booms(evaluation: Evaluation, words: Words, calendar: Calendar) -> Table:
    say, names = words.say, names_of(evaluation, words)

    def came(each: BoomUse) -> str:
        return say("not_set") if each.in_water <= 0.0 else say("yes") if each.touched > 0.0 else say("no")

    def line(each: BoomUse) -> tuple[str | Seqs, ...]:
        return (
            f"{words.pick(each.name, each.unit)} ({names.get(each.party, each.party)})",
            _ordered(each.ordered, words, calendar),
            words.duration(each.in_water),
            came(each),
            words.duration(each.touched),
            words.mass(each.held),
            words.mass(each.leaked),
            Seqs(each.evidence),
        )

    heads = ("first_order", "in_water", "where_oil_came", "touched", "held", "leaked")
    columns = (
        Column(say("unit"), wide=True),
        *(Column(say(head), figures=True) for head in heads),
        Column(say("evidence")),
    )
    return Table(say("booms"), columns, tuple(line(each) for each in evaluation.booms))
