"""What the orders of a plan must mean together with the units and places of the pack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from khazri.response.catalogue import tasks_of
from khazri.response.vessel import TaskKind
from khazri.response.wanted import POINTS_OF, TARGET_OF, wanting
from khazri.scenario.crew import Unit
from khazri.scenario.faults import Finding, Where
from khazri.scenario.naming import known
from khazri.scenario.pack import Pack
from khazri.scenario.response import PlannedOrder
from khazri.scenario.rules import within
from khazri.units import write_moment

LINES = frozenset({"boom", "patrol"})  # along which a unit works
POINTS = frozenset({"tow", "shut_source"})


def broken_response_rules(pack: Pack) -> Iterator[Finding]:
    """Every such rule that the plan breaks."""
    units = {unit.ident: unit for unit in pack.inventory}
    given: dict[tuple[str, float], int] = {}
    for index, order in enumerate(pack.response):
        where: Where = ("response", index)
        if pack.duration > 0.0 and not 0.0 <= order.at < pack.duration:
            yield Finding((*where, "at"), f"a moment within the run, T+00:00 to {write_moment(pack.duration)}")
        earlier = given.setdefault((order.unit, order.at), index)
        if earlier != index:
            yield Finding(
                (*where, "at"), f"another moment: response[{earlier}] gives {order.unit} an order at this one"
            )
        yield from known("a unit of the inventory", order.unit, units, (*where, "unit"))
        if order.unit in units:
            yield from _of_unit(order, units[order.unit], pack, where)
        yield from _of_geometry(order, where)


def _of_unit(order: PlannedOrder, unit: Unit, pack: Pack, where: Where) -> Iterator[Finding]:
    able = (*tasks_of(unit.kind), "stand_by")
    if order.task not in able:
        yield Finding((*where, "task"), f"what a {unit.kind} can be told: {', '.join(able)}")
    ring = next((site.area.ring for site in pack.sites if site.ident == unit.site), ())
    key = "area" if order.area else "line" if order.line else "point"
    for number, point in enumerate(order.geometry):
        if len(ring) >= 3 and not within(ring, point):
            yield Finding(
                (*where, key, number) if key != "point" else (*where, key),
                f"a point inside the area of site {unit.site}",
            )
    if order.target is None:
        return
    if order.task == "protect":
        places = [place.ident for site in pack.sites if site.ident == unit.site for place in site.places]
        yield from known("a place of the unit's site", order.target, places, (*where, "target"))
    elif order.task in (*TARGET_OF, "offload"):
        others = [each.ident for each in pack.inventory if each.ident != unit.ident and each.party == unit.party]
        yield from known("another unit of its party", order.target, others, (*where, "target"))
    else:
        yield Finding((*where, "target"), f"no target: {order.task} has none")


def _of_geometry(order: PlannedOrder, where: Where) -> Iterator[Finding]:
    given = [key for key in ("area", "line", "point") if getattr(order, key) is not None]
    task = cast("TaskKind", order.task)
    if len(given) > 1:
        yield Finding((*where, given[1]), f"one of area, line and point; {given[0]} is given already")
        return
    key = "point" if task in POINTS else "line" if task in LINES else "area"
    if given and task not in POINTS_OF:
        yield Finding((*where, given[0]), f"no {given[0]}: {task} has none")
    elif given and given[0] != key and not (task == "survey" and given[0] == "line"):
        yield Finding((*where, given[0]), f"{key}: {task} needs one")
    elif lacks := wanting(task, len(order.geometry), order.target or "", order.parameters):
        said = {"target": "target", "parameter": "speed"}.get(lacks.split()[0], key)
        right = lacks.split("; ")[1]
        yield Finding((*where, said), f"no speed: {right}" if right.endswith("has none") else right)
    elif task in POINTS_OF and not _is_simple(order, task):
        yield Finding((*where, key), f"{'a line' if key == 'line' else 'an area'} that does not cross itself")


def _is_simple(order: PlannedOrder, task: TaskKind) -> bool:
    import shapely  # only where there is a plan: it takes a while to load

    if task == "boom":
        return bool(shapely.LineString(order.geometry).is_simple)
    return order.area is None or bool(shapely.Polygon(order.geometry).is_valid)
