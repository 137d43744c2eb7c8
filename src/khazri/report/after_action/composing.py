"""From an evaluation to the report in one language."""

from __future__ import annotations

from collections.abc import Sequence

from khazri.evaluation.outcome import Evaluation
from khazri.report.after_action import deeds, learning, opening
from khazri.report.after_action.document import Document, MapPair
from khazri.report.after_action.words import Calendar, Words
from khazri.report.values import FieldOrigin


def compose(
    evaluation: Evaluation,
    language: str,
    pictures: Sequence[MapPair] = (),
    origins: Sequence[tuple[str, Sequence[FieldOrigin]]] = (),
) -> Document:
    """All sections in their order; the first is do nothing against as played.

    origins  name of each site, and what its wind, water and ice were made of
    """
    words, calendar = Words(language), Calendar(evaluation.start, evaluation.dt)
    say = words.say
    end = calendar.at(evaluation.last_step)
    span = words.duration(evaluation.last_step * evaluation.dt)
    about = (
        say("meta.run", run=evaluation.run, span=span, steps=words.number(evaluation.last_step),
            dt=words.number(evaluation.dt)),
        say("meta.ended" if evaluation.ended else "meta.not_ended", time=end),
    )  # fmt: skip
    title = words.pick(evaluation.title, evaluation.exercise)
    return Document(
        language=language,
        banner=say("banner"),
        title=say("title"),
        subtitle=say("subtitle", title=title, date=words.day(calendar.start)),
        about=about,
        contents=say("contents"),
        sections=(
            opening.versus(evaluation, words, pictures),
            opening.over_time(evaluation, words, calendar),
            opening.budget(evaluation, words),
            opening.places(evaluation, words, calendar),
            deeds.chain(evaluation, words, calendar),
            deeds.injects(evaluation, words, calendar),
            deeds.orders(evaluation, words, calendar),
            deeds.units(evaluation, words, calendar),
            learning.objectives(evaluation, words),
            learning.notes(evaluation, words, calendar),
            learning.lessons(evaluation, words),
            learning.absent(evaluation, words),
            *((learning.origins(origins, words),) if origins else ()),
            learning.record(evaluation, words, calendar),
        ),
        footer=say("footer"),
        page=say("page"),
    )
