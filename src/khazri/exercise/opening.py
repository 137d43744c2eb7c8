"""From a scenario pack to what the exercise needs of it."""

from __future__ import annotations

from khazri.exercise import triggers as t
from khazri.exercise.design import Cell, Design, Inject, Objective, Translations, Unit
from khazri.exercise.picture import Chart
from khazri.exercise.view import ViewBase, ViewParty, ViewPlace, ViewSite
from khazri.scenario.kinds import LANGUAGES, Text
from khazri.scenario.pack import Pack
from khazri.scenario.story import Condition
from khazri.scenario.story import Inject as PackInject


def design_of(pack: Pack) -> Design:
    """Who takes part, with what, and what control has prepared."""
    return Design(
        exercise=pack.name,
        title=words_of(pack.title),
        parties=tuple(party.ident for party in pack.parties),
        sites=tuple(site.ident for site in pack.sites),
        cells=tuple(Cell(cell.ident, cell.party, words_of(cell.name)) for cell in pack.cells),
        units=tuple(
            Unit(
                ident=unit.ident,
                party=unit.party,
                kind=unit.kind,
                name=words_of(unit.name),
                site=unit.site,
                position=(unit.position.lon, unit.position.lat),
                figures=unit.figures,
            )
            for unit in pack.inventory
        ),
        injects=tuple(_inject(inject, pack.numerics.dt) for inject in pack.injects),
        objectives=tuple(
            Objective(each.ident, words_of(each.text), each.source, tuple(each.evidence)) for each in pack.objectives
        ),
        last_step=pack.steps,
        shown_to={group.party: frozenset(group.may_see) for group in pack.observers},
    )


def chart_of(pack: Pack) -> Chart:
    """What stands on everybody's map from the beginning."""
    return Chart(
        parties=tuple(
            ViewParty(ident=party.ident, name=words_of(party.name), time_zone=party.time_zone) for party in pack.parties
        ),
        sites=tuple(
            ViewSite(ident=site.ident, name=words_of(site.name), bounds=site.area.bounds) for site in pack.sites
        ),
        places=tuple(
            ViewPlace(
                ident=place.ident,
                site=site.ident,
                name=words_of(place.name),
                ring=place.ring,
                point=None if place.point is None else (place.point.lon, place.point.lat),
                radius=0.0 if place.point is None else place.radius,
                weight=place.weight,
            )
            for site in pack.sites
            for place in site.places
        ),
        bases=tuple(
            ViewBase(
                ident=base.ident,
                party=base.party,
                name=words_of(base.name),
                site=base.site,
                position=(base.position.lon, base.position.lat),
            )
            for base in pack.bases
        ),
    )


def words_of(text: Text) -> Translations:
    """The words by language, where there are any."""
    said = {language: getattr(text, language) for language in LANGUAGES}
    return {language: words for language, words in said.items() if words}


def step_at(moment: float, dt: float) -> int:
    """The first step that begins at a moment [s] or after it."""
    return max(0, -int(-moment // dt))


def _inject(inject: PackInject, dt: float) -> Inject:
    return Inject(
        ident=inject.ident,
        sender=inject.from_,
        to=inject.to,
        precedence=inject.precedence,
        subject=words_of(inject.subject),
        text=words_of(inject.text),
        at_step=None if inject.at is None else step_at(inject.at, dt),
        when=None if inject.when is None else predicate_of(inject.when, dt),
    )


def predicate_of(condition: Condition, dt: float) -> t.Predicate:
    """The condition of a pack as the trigger language has it."""
    parts: list[t.Predicate] = []
    if condition.after is not None:
        parts.append(t.AtStep(step=step_at(condition.after, dt)))
    if condition.oil_within is not None:
        parts.append(t.OilWithin(place=condition.oil_within.place, distance=condition.oil_within.distance))
    if condition.order_given is not None:
        order = condition.order_given
        parts.append(
            t.OrderGiven(order="skimmer_tasked" if order.order == "skim" else "boom_ordered", party=order.party)
        )
    if condition.message_sent is not None:
        sent = condition.message_sent
        parts.append(t.MessageWasSent(sender=sent.from_, to=sent.to, polwarn=sent.polwarn))
    if condition.all is not None:
        parts.append(t.AllOf(parts=tuple(predicate_of(part, dt) for part in condition.all)))
    if condition.not_ is not None:
        parts.append(t.Not(part=predicate_of(condition.not_, dt)))
    return parts[0] if len(parts) == 1 else t.AllOf(parts=tuple(parts))
