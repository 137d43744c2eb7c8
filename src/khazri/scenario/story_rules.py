"""What cells, units, injects, objectives and observers must mean together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from khazri.response.kinds import KINDS
from khazri.scenario.crew import CONTROL, OF_KIND, HomePort, Unit
from khazri.scenario.faults import Finding, Where
from khazri.scenario.naming import known
from khazri.scenario.pack import Pack
from khazri.scenario.rules import repeated, within
from khazri.scenario.story import Condition, Inject
from khazri.units import write_moment


def broken_story_rules(pack: Pack) -> Iterator[Finding]:
    """Every such rule that the pack breaks."""
    parties = [party.ident for party in pack.parties]
    for name in ("cells", "bases", "inventory", "injects", "objectives"):
        yield from repeated([item.ident for item in getattr(pack, name)], (name,))
    for index, cell in enumerate(pack.cells):
        yield from known("a party", cell.party, parties, ("cells", index, "party"))
        if cell.ident == CONTROL:
            yield Finding(("cells", index, "ident"), f"another ident: {CONTROL} is exercise control")
    for index, base in enumerate(pack.bases):
        yield from _base(base, ("bases", index), pack)
    for index, unit in enumerate(pack.inventory):
        yield from _unit(unit, ("inventory", index), pack)
    for index, inject in enumerate(pack.injects):
        yield from _inject(inject, ("injects", index), pack)
    for index, group in enumerate(pack.observers):
        yield from known("a party", group.party, parties, ("observers", index, "party"))
        for number, party in enumerate(group.may_see):
            yield from known("a party", party, parties, ("observers", index, "may_see", number))


def _base(base: HomePort, where: Where, pack: Pack) -> Iterator[Finding]:
    yield from known("a party", base.party, [party.ident for party in pack.parties], (*where, "party"))
    yield from known("a site", base.site, [site.ident for site in pack.sites], (*where, "site"))
    yield from _inside(base.site, (base.position.lon, base.position.lat), (*where, "position"), pack)


def _inside(site: str, position: tuple[float, float], where: Where, pack: Pack) -> Iterator[Finding]:
    for each in pack.sites:
        if each.ident == site and len(each.area.ring) >= 3 and not within(each.area.ring, position):
            yield Finding(where, f"a point inside the area of site {each.ident}")


def _unit(unit: Unit, where: Where, pack: Pack) -> Iterator[Finding]:
    yield from known("a party", unit.party, [party.ident for party in pack.parties], (*where, "party"))
    yield from known("a site", unit.site, [site.ident for site in pack.sites], (*where, "site"))
    taken: dict[str, str] = {}
    for index, site in enumerate(pack.sites):
        taken |= {place.ident: f"sites[{index}].places[{number}]" for number, place in enumerate(site.places)}
        taken |= {release.ident: f"sites[{index}].releases[{number}]" for number, release in enumerate(site.releases)}
    if unit.ident in taken:  # what happens to one must never be taken for what happens to the other
        yield Finding((*where, "ident"), f"an ident of its own; {taken[unit.ident]} has this one")
    yield from _inside(unit.site, (unit.position.lon, unit.position.lat), (*where, "position"), pack)
    for name in sorted(unit.figures.keys() - set(OF_KIND[unit.kind])):
        yield Finding((*where, name), f"no {name}: kind is {unit.kind}")
    yield from _impossible(unit, where)
    if unit.base is None:
        return
    yield from known("a base", unit.base, [base.ident for base in pack.bases], (*where, "base"))
    for base in pack.bases:
        if base.ident == unit.base and (base.party, base.site) != (unit.party, unit.site):
            yield Finding(
                (*where, "base"),
                f"a base of {unit.party} at {unit.site}; {base.ident} is {base.party}'s at {base.site}",
            )


NOT_ABOVE: Final = (  # figures of which the first is never more than the second
    ("viscosity_low", "viscosity_high"), ("chop_efficiency", "efficiency"), ("working_speed", "speed"), ("skirt", "boom_length"),
)  # fmt: skip


def _impossible(unit: Unit, where: Where) -> Iterator[Finding]:
    """Figures that contradict each other, the kind's own where the pack gives none."""
    figures = {name: figure.value for name, figure in KINDS[unit.kind].figures.items()}
    if "efficiency" in unit.figures and "chop_efficiency" not in unit.figures:
        figures.pop("chop_efficiency", None)  # it follows
    figures |= unit.figures
    for low, high in NOT_ABOVE:
        if low in figures and high in figures and figures[low] > figures[high]:
            name = low if low in unit.figures else high
            other = high if name == low else low
            most = "at most" if name == low else "at least"
            yield Finding((*where, name), f"{most} its {other}, {figures[other]:g} in SI")


def _inject(inject: Inject, where: Where, pack: Pack) -> Iterator[Finding]:
    cells = (*(cell.ident for cell in pack.cells), CONTROL)
    yield from known("a cell or control", inject.from_, cells, (*where, "from"))
    yield from known("a cell or control", inject.to, cells, (*where, "to"))
    if inject.from_ == inject.to:
        yield Finding((*where, "to"), "another cell than the one that it comes from")
    if inject.at is not None and inject.when is not None:
        yield Finding((*where, "when"), "either at or when, not both (a condition may hold `after` a moment)")
    if inject.at is not None:
        yield from _moment(inject.at, (*where, "at"), pack)
    if inject.when is not None:
        yield from _condition(inject.when, (*where, "when"), pack)


def _moment(moment: float, where: Where, pack: Pack) -> Iterator[Finding]:
    if pack.duration > 0.0 and not 0.0 <= moment <= pack.duration:
        yield Finding(where, f"a moment within the run, T+00:00 to {write_moment(pack.duration)}")


def _condition(condition: Condition, where: Where, pack: Pack) -> Iterator[Finding]:
    if not condition.model_fields_set or condition.all == ():
        yield Finding(where, "at least one of after, oil_within, order_given, message_sent, all, not")
    if condition.after is not None:
        yield from _moment(condition.after, (*where, "after"), pack)
    if condition.oil_within is not None:
        places = [place.ident for site in pack.sites for place in site.places]
        yield from known("a place", condition.oil_within.place, places, (*where, "oil_within", "place"))
    if condition.order_given is not None and condition.order_given.party is not None:
        parties = [party.ident for party in pack.parties]
        yield from known("a party", condition.order_given.party, parties, (*where, "order_given", "party"))
    if condition.message_sent is not None:
        cells = (*(cell.ident for cell in pack.cells), CONTROL)
        for key, cell in (("from", condition.message_sent.from_), ("to", condition.message_sent.to)):
            if cell is not None:
                yield from known("a cell or control", cell, cells, (*where, "message_sent", key))
    for index, part in enumerate(condition.all or ()):
        yield from _condition(part, (*where, "all", index), pack)
    if condition.not_ is not None:
        yield from _condition(condition.not_, (*where, "not"), pack)
