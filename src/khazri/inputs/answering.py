"""What stands beside files and the script: climatology by month, ice, and the embedded sea that answers the wind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from khazri.engine.fields import Field
from khazri.geo.plane import SitePlane
from khazri.inputs import InputError
from khazri.inputs.blending import Layer, lay_all
from khazri.inputs.scripted import Bounds
from khazri.scenario.environment import CLIMATIC
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site

if TYPE_CHECKING:
    from khazri.geo.terrain import Terrain
    from khazri.inputs.climate import Ice
    from khazri.sea.fields import SeaPicture

SEA_GIVES: Final = ("current", "level")


@dataclass(frozen=True)
class Used:
    """What one field was made of."""

    field: str
    kind: str  # files, sea, scripted, climatology, ice or default
    source: str
    files: tuple[tuple[str, str], ...] = ()  # name, SHA-256
    fallback: str = ""  # in words, where the files did not reach
    shares: tuple[tuple[str, float], ...] = ()  # of the area and the time, by kind, or `held`; empty: all of `kind`


class Gathering(Protocol):
    """What is known of a site while its fields are gathered."""

    site: Site
    plane: SitePlane
    bounds: Bounds
    start: float  # [s, Unix time]
    duration: float  # [s]
    faults: list[str]
    notes: list[str]
    layers: dict[str, list[Layer]]  # fields of files that end where the embedded sea goes on, the uppermost first


def from_climate(
    gatherer: Gathering, known: set[str], terrain: Terrain | None
) -> tuple[list[tuple[Field, Used]], Ice | None]:
    """What the environment takes from climatology where nothing else says it, and its ice; faults go to the gatherer."""
    from khazri.inputs.climate import climatic_field, ice_of_site

    site, environment = gatherer.site, gatherer.site.environment
    made: list[tuple[Field, Used]] = []
    for name in CLIMATIC:
        if getattr(environment, name) is None or name in known:
            continue
        try:
            field = climatic_field(name, gatherer.plane, gatherer.bounds, start=gatherer.start, site=site.ident)
        except InputError as error:
            gatherer.faults.append(str(error))
            known.add(name)
            continue
        gatherer.notes.append(f"{name}: {field.source}")
        made.append((field, Used(name, "climatology", field.source)))
    if environment.ice is None:
        return made, None
    if "ice_concentration" in known:
        gatherer.notes.append("ice: from files, which stand over what the environment says of it")
        return made, None
    try:
        ice = ice_of_site(
            environment.ice, gatherer.plane, gatherer.bounds, start=gatherer.start, duration=gatherer.duration,
            site=site.ident, terrain=terrain,
        )  # fmt: skip
    except InputError as error:
        gatherer.faults.append(str(error))
        return made, None
    gatherer.notes += ice.notes
    made = _chill(made, ice)
    made += [(field, Used(name, "ice", ice.source)) for name, field in ice.fields.items() if name not in known]
    return made, ice


def ice_from_files(concentration: Field, bounds: Bounds) -> Ice:
    from khazri.inputs.climate import ice_of_files

    return ice_of_files(concentration, bounds)


def _chill(made: list[tuple[Field, Used]], ice: Ice) -> list[tuple[Field, Used]]:
    """Water by climatology, at its freezing point where there is ice."""
    from khazri.inputs.climate import chilled

    salinity = next((field for field, _ in made if field.name == "salinity"), None)
    return [
        (chilled(field, salinity, ice.concentration) if field.name == "water_temperature" else field, used)
        for field, used in made
    ]


def let_the_ice_drift(
    ice: Ice,
    site: Site,
    plane: SitePlane,
    duration: float,
    *,
    fields: dict[str, Field],
    used: list[Used],
    sea: Callable[[Field], dict[str, Field]] | None,
) -> Callable[[Field], dict[str, Field]]:
    """The drift of the ice, and what the sea and the ice do under another wind."""
    from khazri.inputs.climate import drifting

    free = site.environment.ice is not None and site.environment.ice.drift == "free"

    def drift(wind: Field, current: Field | None) -> Field:
        return drifting(ice, wind, current, free=free, north=plane.latitude >= 0.0, duration=duration)

    def under(wind: Field) -> dict[str, Field]:
        found = {} if sea is None else sea(wind)
        return {**found, "ice_drift": drift(wind, found.get("current", fields.get("current")))}

    fields["ice_drift"] = drift(fields["wind"], fields.get("current"))
    used.append(Used("ice_drift", "ice", fields["ice_drift"].source))
    return under


def let_the_sea_answer(
    gatherer: Gathering,
    pack: Pack,
    *,
    fields: dict[str, Field],
    used: list[Used],
    notes: list[str],
    roots: Sequence[Path] = (),
) -> tuple[Callable[[Field], dict[str, Field]] | None, SeaPicture | None]:
    """The embedded sea's current and level beyond files' or in the place of scripted or assumed ones."""
    from khazri.inputs.embedded_sea import run_embedded_sea

    before = {each.field: each for each in used}
    layers = gatherer.layers
    wanted = tuple(n for n in SEA_GIVES if n in layers or n not in before or before[n].kind != "files")
    notes += [f"{name}: from files, which stand over the embedded sea" for name in SEA_GIVES if name not in wanted]
    if not wanted:
        notes.append("sea: it is not computed, as files give all that it would")
        return None, None
    answer = partial(
        run_embedded_sea,
        gatherer.site,
        plane=gatherer.plane,
        bounds=gatherer.bounds,
        start=pack.start.timestamp(),
        duration=gatherer.duration,
        ice=fields.get("ice_concentration"),
        pressure=fields.get("air_pressure"),
        folders=(Path(pack.folder or "."), *roots),
    )

    def beneath_files(found: dict[str, Field]) -> dict[str, Field]:
        return {name: lay_all(layers.get(name, ()), found[name]) for name in wanted}

    run = answer(wind=fields["wind"])
    for name, given in beneath_files(run.fields).items():
        fields[name] = given
        if name in layers:
            continue
        now, was = Used(name, "sea", given.source), before.get(name)
        if was is None:
            used.append(now)
            continue
        used[used.index(was)] = now
        if was.kind == "scripted":
            notes.append(f"{name}: the embedded sea stands over the script; what is scripted is not used")
        elif was.source in notes:
            notes.remove(was.source)
    notes.extend(run.notes)
    return (lambda wind: beneath_files(answer(wind=wind).fields)), run.picture
