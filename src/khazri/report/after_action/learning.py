"""How it was judged, what was noted and learnt, what is not measured, and how all of it can be checked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from khazri.evaluation.outcome import Evaluation, ObjectiveOutcome
from khazri.report.after_action.deeds import names_of
from khazri.report.after_action.document import Block, Column, Paragraph, Section, Seqs, Table
from khazri.report.after_action.words import Calendar, Words
from khazri.report.values import FieldOrigin
from khazri.report.words import catalogue


def objectives(evaluation: Evaluation, words: Words) -> Section:
    """The evaluators' ratings."""
    say = words.say
    if not evaluation.objectives:
        return Section("objectives", say("objectives"), (Paragraph(say("objectives.none")),))

    def rating(each: ObjectiveOutcome) -> str:
        return say("rating.absent") if each.rating is None else f"{each.rating}: {say(f'rating.{each.rating}')}"

    def grounds(each: ObjectiveOutcome) -> str:
        said = f"{each.reason} ({each.by})" if each.reason else ""
        kinds = ", ".join(words.name("shows", kind) for kind in each.missing)
        return " ".join(part for part in (said, say("missing", kinds=kinds) if kinds else "") if part)

    rows = tuple(
        (
            f"{words.pick(each.text, each.ident)} ({say('source')}: {each.source})",
            rating(each),
            grounds(each),
            Seqs(each.evidence),
        )
        for each in evaluation.objectives
    )
    columns = (
        Column(say("objective"), wide=True),
        Column(say("rating")),
        Column(say("grounds"), wide=True),
        Column(say("evidence")),
    )
    return Section("objectives", say("objectives"), (Table("", columns, rows),))


def notes(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """Shared notes."""
    say = words.say
    if not evaluation.notes:
        return Section("notes", say("notes"), (Paragraph(say("notes.none")),))
    rows = tuple((calendar.short(each.step), each.by, each.text, Seqs((each.seq,))) for each in evaluation.notes)
    columns = (
        Column(say("time"), figures=True),
        Column(say("who")),
        Column(say("note"), wide=True),
        Column(say("evidence")),
    )
    return Section("notes", say("notes"), (Table("", columns, rows),))


def lessons(evaluation: Evaluation, words: Words) -> Section:
    """Findings."""
    say = words.say
    if not evaluation.lessons:
        return Section("lessons", say("lessons"), (Paragraph(say("lessons.none")),))
    texts = {each.ident: words.pick(each.text, each.ident) for each in evaluation.objectives}
    rows = tuple(
        (each.text, texts.get(each.objective, ""), each.by, Seqs(each.evidence or (), say("none")))
        for each in evaluation.lessons
    )
    columns = (
        Column(say("finding"), wide=True),
        Column(say("objective"), wide=True),
        Column(say("who")),
        Column(say("evidence")),
    )
    return Section("lessons", say("lessons"), (Table("", columns, rows),))


def absent(evaluation: Evaluation, words: Words) -> Section:
    """What is not measured, in words."""
    blocks = tuple(Paragraph(words.say(f"absent.{code}")) for code in evaluation.absent)
    return Section("absent", words.say("absent"), blocks)


def record(evaluation: Evaluation, words: Words, calendar: Calendar) -> Section:
    """Run, hashes, build, the check of the replay, and the entries that were cited."""
    say, replay = words.say, evaluation.replay
    same = replay.found == replay.logged and replay.more == 0
    checked = (
        Paragraph(say("record.same", logged=replay.logged))
        if same
        else Paragraph(say("record.differs", logged=replay.logged, found=replay.found, more=replay.more), "warning")
    )
    rows = (
        (say("record.run"), evaluation.run),
        (say("record.head"), say("record.head_value", seq=evaluation.head_seq, hash=evaluation.head_hash)),
        (say("record.scenario"), evaluation.scenario_hash),
        (say("record.seed"), str(evaluation.seed)),
        (say("record.build"), build_words(evaluation.build)),
    )
    columns = (Column(say("record.name")), Column(say("record.value"), wide=True))
    blocks: list[Block] = [checked, Table("", columns, rows)]
    if evaluation.cited:
        names = names_of(evaluation, words)
        entries = tuple(
            (
                str(each.seq),
                calendar.short(each.step),
                words.name("kind", each.kind),
                names.get(each.subject, each.subject),
                each.hash,
            )
            for each in evaluation.cited
        )
        heads = (
            Column(say("entry"), figures=True),
            Column(say("time"), figures=True),
            Column(say("kind"), wide=True),
            Column(say("about"), wide=True),
            Column(say("hash")),
        )
        blocks += [Table(say("cited"), heads, entries, anchors=True), Paragraph(say("cited.what"), "small")]
    return Section("record", say("record"), tuple(blocks))


def origins(given: Sequence[tuple[str, Sequence[FieldOrigin]]], words: Words) -> Section:
    """Which field of wind, water and ice came from where, site by site (its name, its fields)."""
    told = catalogue(words.language)
    columns = (Column(told["field"]), Column(told["field_kind"]), Column(told["field_source"], wide=True))
    blocks: list[Block] = [Paragraph(told["origin_note"], "small")]
    for name, fields in given:
        rows = tuple(
            (
                told[f"field_{each.field}"],
                each.kind_words(told),
                "; ".join(part for part in (each.source, each.fallback) if part),
            )
            for each in fields
        )
        blocks.append(Table(name if len(given) > 1 else "", columns, rows))
    return Section("origins", told["origin_heading"], tuple(blocks))


def build_words(build: str) -> str:
    """The build as a line, where the log has it as an object."""
    try:
        parts = json.loads(build)
    except ValueError:
        return build
    if not isinstance(parts, dict):
        return build
    return "; ".join(f"{name}: {value}" for name, value in parts.items() if isinstance(value, str | int))
