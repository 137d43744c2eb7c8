"""Orders of a plan that cannot be carried out, found before the run: each is previewed in the sea as it is at the start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from khazri.response import Cannot
from khazri.response.vessel import TaskKind
from khazri.runs.checks import origin_of
from khazri.scenario.faults import Fault, PackFaults, Verbatim, write_path
from khazri.scenario.pack import Pack
from khazri.simulation.units import preview_task
from khazri.simulation.world import World

# What does not change while a run goes on: the place and the unit. What may (ice, a tank, a boom in the water) is met then.
LASTING: Final[dict[str, tuple[str, str]]] = {
    "on_land": ("on land at {position}", "a place on water"),
    "outside_site": ("at {position}, outside the site's area", "a place within it"),
    "too_shallow": (
        "over {depth:.1f} m of water, give or take {uncertainty:.1f} m, at {position}", "water for a draft of {draft:g} m"
    ),
    "unreachable": ("at {position}, where no water deep enough leads", "a place that can be reached"),
    "boom_too_long": ("{length:.0f} m long", "at most {available:.0f} m, the boom on board"),
    "beyond_endurance": ("{needed:.0f} s away with the way home", "at most {endurance:.0f} s, the unit's endurance"),
    "area_crosses_itself": ("an area that crosses itself", "one that does not"),
    "too_fresh": ("in water of {salinity:.1f} g/kg", "at least {least:g} g/kg, or dispersant does not act"),
    "too_shallow_to_spray": ("over {depth:.1f} m of water", "at least {least:g} m, where dispersant is allowed"),
    "too_near_shore": ("{distance:.0f} m from the shore", "at least {least:.0f} m, where dispersant is allowed"),
    "no_source": ("at {position}, with no flowing source within 2 km", "a point at a release"),
    "no_shore": ("an area without shore", "one with shore"),
    "unit_cannot": ("what a {unit_kind} cannot do", "a task that it can do"),
}  # fmt: skip


def refuse_impossible(pack: Pack, world: World) -> None:
    """Raise PackFaults with every order that can never be carried out."""
    origin, faults = origin_of(pack), []
    for index, order in enumerate(pack.response):
        kind = cast("TaskKind", order.task)
        found = preview_task(world, order.unit, kind, order.geometry, target=order.target or "")
        if not isinstance(found, Cannot) or found.code not in LASTING:
            continue
        said, expected = (text.format(**_told(found.params)) for text in LASTING[found.code])
        where = (
            "response",
            index,
            "area" if order.area else "line" if order.line else "point" if order.point else "task",
        )
        faults.append(Fault(origin.file, origin.line_of(where), write_path(where), Verbatim(said), expected))
    if faults:
        raise PackFaults(tuple(faults))


def _told(params: Mapping[str, str | int | float]) -> dict[str, object]:
    """The parameters, and the position that they give, in degrees."""
    told: dict[str, object] = dict(params)
    if "longitude" in params:
        told["position"] = f"{params['longitude']}E {params['latitude']}N"
    return told
