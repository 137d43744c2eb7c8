"""All fields of a site for the length of a run, from files and from the pack, in the order the pack gives them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from khazri.engine.fields import FIELDS, Field
from khazri.geo.grid import Grid
from khazri.geo.plane import SitePlane
from khazri.geo.raster import project_geometry
from khazri.inputs import InputError
from khazri.inputs.addresses import fetched
from khazri.inputs.answering import SEA_GIVES, Used, from_climate, ice_from_files, let_the_ice_drift, let_the_sea_answer
from khazri.inputs.blending import Layer, edge_words, lay_over, layer_of, shares_of
from khazri.inputs.scripted import Bounds, scripted_field
from khazri.scenario.environment import GriddedFiles
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site

if TYPE_CHECKING:
    from khazri.geo.terrain import Terrain
    from khazri.inputs.forcing import ForcingSet, Gridded, Placed, Request, Resampled
    from khazri.inputs.forcing.lattice import Lattice
    from khazri.sea.fields import SeaPicture

Report = Callable[[float, str], None]
# What stands in for a field of which nothing is said, and the words for it. No entry: the field is left out, and the
# engine estimates it or leaves the process out (`SILENT`); without one of `NEEDED` there is no run.
NEEDED: Final = ("wind", "water_temperature")
CLIMATE_CURE: Final = {"water_temperature": ", or `water_temperature: climatology`"}
DEFAULTS: Final[dict[str, tuple[tuple[float, ...], str]]] = {
    "current": ((0.0, 0.0), "no current is given: calm water is assumed"),
    "salinity": ((12.0,), "no salinity is given: 12 per mille is assumed, that of the middle Caspian"),
}
SILENT: Final[dict[str, str]] = {
    "sediment": "no suspended sediment is given: oil does not settle with it",
    "ice_concentration": "no ice is given: open water is assumed",
    "wave_height": "no waves are given: height and period follow from wind, fetch and depth (Young and Verhagen 1996)",
}


@dataclass(frozen=True)
class EnvironmentFields:
    """Fields by name, what was assumed, and what was used where."""

    fields: dict[str, Field]
    notes: tuple[str, ...]
    used: tuple[Used, ...]
    sea: Callable[[Field], dict[str, Field]] | None = None  # current and level under another wind, where it is computed
    picture: SeaPicture | None = None  # of the computed sea


def fields_for(
    pack: Pack,
    site: Site,
    *,
    plane: SitePlane,
    bounds: Bounds,
    duration: float | None = None,
    roots: Sequence[Path] = (),
    progress: Report | None = None,
    terrain: Terrain | None = None,
) -> EnvironmentFields:
    """Every field that the site's environment gives, from the pack's start on; raises InputError with all faults.

    bounds     of the site on the plane [m]: x min, y min, x max, y max
    duration   of the run [s]; the pack's where not said
    roots      further folders in which gridded files may lie
    progress   called with the share done (0 to 1) and words
    terrain    of the site, for ice that is fast in shallow water; without it none is fast by depth
    """
    seconds = pack.duration if duration is None else duration
    with ExitStack() as stack:
        gatherer = _Gatherer(pack, site, plane, bounds, seconds, _open_sets(pack, site, roots, stack, seconds))
        plans = [plan for name in FIELDS if (plan := gatherer.plan(name)) is not None]
        known = {plan.name for plan in plans} | gatherer.failed
        climatic, ice = from_climate(gatherer, known, terrain)
        known |= {field.name for field, _ in climatic}
        gatherer.faults += [
            f"site {site.ident}: environment has no {name.replace('_', ' ')}; expected it in a file or in the script "
            f"(environment.scripted.{name}){CLIMATE_CURE.get(name, '')}"
            for name in NEEDED
            if name not in known
        ]
        if gatherer.faults:
            raise InputError("\n".join(gatherer.faults))
        made = []
        for index, plan in enumerate(plans):

            def tell(done: float, words: str, before: int = index) -> None:
                if progress is not None:
                    progress((before + done) / len(plans), words)

            made.append(gatherer.make(plan, tell))
            tell(1.0, plan.name)
    made += climatic
    fields = {field.name: field for field, _ in made}
    used = [each for _, each in made]
    for name, (values, words) in DEFAULTS.items():
        if name not in fields:
            shaped = np.asarray(values, np.float32).reshape(1, 1, 1, FIELDS[name][0])
            fields[name] = Field(name, Grid(0.0, 0.0, 1e7, 1, 1), np.zeros(1), shaped, words)
            used.append(Used(name, "default", words))
            gatherer.notes.append(words)
    sea, picture = None, None
    if site.environment.sea is not None:
        sea, picture = let_the_sea_answer(gatherer, pack, fields=fields, used=used, notes=gatherer.notes, roots=roots)
    if ice is None and site.environment.ice is not None and "ice_concentration" in fields:
        ice = ice_from_files(fields["ice_concentration"], bounds)
    if ice is not None and "ice_concentration" in fields and "ice_drift" not in fields:
        sea = let_the_ice_drift(ice, site, plane, seconds, fields=fields, used=used, sea=sea)
    notes = gatherer.notes + [words for name, words in SILENT.items() if name not in fields]
    return EnvironmentFields(fields, tuple(dict.fromkeys(notes)), tuple(used), sea, picture)


def file_faults(pack: Pack, site: Site, *, plane: SitePlane, bounds: Bounds, roots: Sequence[Path] = ()) -> list[str]:
    """What is wrong with the gridded files of a site, all together; what is read is kept for the run."""
    with ExitStack() as stack:
        try:
            sets = _open_sets(pack, site, roots, stack, pack.duration)
            gatherer = _Gatherer(pack, site, plane, bounds, pack.duration, sets)
        except InputError as error:
            return str(error).split("\n")
        for plan in [plan for name in FIELDS if (plan := gatherer.plan(name)) is not None and plan.gridded is not None]:
            try:
                gatherer.make(plan, lambda done, words: None)
            except InputError as error:
                gatherer.faults.append(f"site {site.ident}: {error}")
        return gatherer.faults


def _open_sets(pack: Pack, site: Site, roots: Sequence[Path], stack: ExitStack, duration: float) -> list[ForcingSet]:
    if not site.environment.files:
        return []
    from khazri.inputs.forcing import Choices, open_set
    from khazri.inputs.packs import attached
    from khazri.scenario import Attachment

    number = pack.sites.index(site)
    during = (pack.start.timestamp(), pack.start.timestamp() + duration)
    opened, faults = [], []
    for index, files in enumerate(site.environment.files):
        where = ("sites", number, "environment", "files", index, "path")
        try:
            paths = attached(pack, Attachment(where, files.local, patterns=True), roots=roots)
            paths += fetched(pack, site, files, duration, stack)
            choices = Choices(files.cycle, files.member, files.epoch)
            found = open_set(paths, files.variables, choices=choices, during=during)
            opened.append(stack.enter_context(found))
        except InputError as error:
            faults.append(f"site {site.ident}: {error}")
    if faults:
        raise InputError("\n".join(faults))
    return opened


@dataclass(frozen=True)
class _Plan:
    """Where one field will come from."""

    name: str
    scripted: Field | None = None
    gridded: Gridded | None = None
    placed: Placed | None = None
    setting: GriddedFiles | None = None
    lacking: str = ""
    beneath: _Plan | None = None  # another set, where this one does not reach


class _Gatherer:
    def __init__(
        self, pack: Pack, site: Site, plane: SitePlane, bounds: Bounds, duration: float, sets: list[ForcingSet]
    ) -> None:
        self.site, self.plane, self.bounds, self.sets = site, plane, bounds, sets
        self.start, self.duration, self.seed = pack.start.timestamp(), duration, pack.numerics.seed
        self.faults: list[str] = []
        self.failed: set[str] = set()
        self.layers: dict[
            str, list[Layer]
        ] = {}  # fields of files that end where the embedded sea goes on, the uppermost first
        self._stacks: dict[str, list[Layer]] = {}  # of every field, the uppermost first
        self._rest: dict[str, str] = {}  # the kind of what lies beneath all of them
        self._places: list[tuple[Lattice, Placed | None]] = []
        self._hashes: dict[Path, str] = {}
        self.notes: list[str] = [note for found in sets for note in found.notes]

    @cached_property
    def request(self) -> Request:
        """What the run needs of a file."""
        from khazri.inputs.forcing import Request
        from khazri.inputs.places import polygon_of

        area = project_geometry(polygon_of(self.site.area.ring).segmentize(0.1), self.plane)
        return Request(self.plane, self.bounds, shapely.make_valid(area), self.start, self.duration)

    def plan(self, name: str) -> _Plan | None:
        """The first source of the precedence that has the field; notes faults where it does not cover the run."""
        for kind in self.site.environment.precedence:
            if kind == "scripted":
                found = self._scripted(name)
                if found is not None:
                    if any(name in each.fields for each in self.sets):
                        self.notes.append(
                            f"{name}: scripted, as the order of precedence says; the files' own is not used"
                        )
                    return _Plan(name, scripted=found)
            elif any(name in each.fields for each in self.sets):
                return self._from_files(name)
            elif any(name in each.broken for each in self.sets):
                self.failed.add(name)
                self.faults += [
                    f"site {self.site.ident}: {each.broken[name]}" for each in self.sets if name in each.broken
                ]
                return None
        return None

    def _scripted(self, name: str) -> Field | None:
        scripted = self.site.environment.scripted
        if scripted is None:
            return None
        return scripted_field(
            scripted, name, self.plane, self.bounds, seed=self.seed, site=self.site.ident, duration=self.duration
        )

    def _from_files(self, name: str) -> _Plan | None:
        """The first set that covers all of the run, beneath those before it that have a fallback."""
        from khazri.inputs.forcing import overlaps, shortfall

        request = self.request
        missed: list[tuple[_Plan, bool]] = []
        chain: list[_Plan] = []  # of sets with a fallback, each over the next
        for found, setting in zip(self.sets, self.site.environment.files, strict=True):
            if name not in found.fields:
                continue
            gridded = found.fields[name]
            placed = self._place(gridded.lattice)
            lacking = shortfall(gridded, placed, request)
            plan = _Plan(name, None, gridded, placed, setting, lacking)
            some = overlaps(gridded, placed, request)
            if not lacking or (some and setting.fallback == "constant"):
                return _chained([*chain, plan])
            missed.append((plan, some))
            if some and setting.fallback != "none":
                chain.append(plan)
        if chain and self._answers(name):
            return _chained(chain)
        if chain and (scripted := self._scripted(name)) is not None:
            return _chained([*chain[:-1], replace(chain[-1], scripted=scripted)])
        self.failed.add(name)
        self.faults += [
            f"site {self.site.ident}: {plan.lacking}; expected {_cure(plan, some)}" for plan, some in missed
        ]
        return None

    def _answers(self, name: str) -> bool:
        """Whether the embedded sea gives the field, which stands over the script."""
        return self.site.environment.sea is not None and name in SEA_GIVES

    def _place(self, lattice: Lattice) -> Placed | None:
        """Where a grid lies; fields of one grid share it."""
        from khazri.inputs.forcing import place

        for known, placed in self._places:
            if known.same_as(lattice):
                return placed
        self._places.append((lattice, place(lattice, self.request)))
        return self._places[-1][1]

    def make(self, plan: _Plan, report: Report) -> tuple[Field, Used]:
        """The field, and what it was made of."""
        if plan.gridded is None:
            assert plan.scripted is not None
            self.notes.append(f"{plan.name}: {plan.scripted.source}")
            return plan.scripted, Used(plan.name, "scripted", plan.scripted.source)
        from khazri.inputs.forcing import origin_of, resample_once

        assert plan.placed is not None
        whole = next(each.paths for each in self.sets if each.fields.get(plan.name) is plan.gridded)
        hashed = [(path.name, self._hash_of(path)) for path in whole]  # a fetched file's name is that of its address
        made = resample_once(plan.gridded, plan.placed, self.request, files=hashed, report=report)
        self.notes += [f"{plan.name}: {made.field.source}", *plan.gridded.notes, *made.notes]
        files = tuple((origin_of(path), self._hash_of(path)) for path in plan.gridded.paths)
        used = Used(plan.name, "files", made.field.source, files)
        return self._complete(plan, made, used, report) if plan.lacking else (made.field, used)

    def _complete(self, plan: _Plan, made: Resampled, used: Used, report: Report) -> tuple[Field, Used]:
        """The files' values where and when there are some, elsewhere what the pack declares."""
        assert plan.gridded is not None
        assert plan.setting is not None
        name, fallback, steady = plan.name, plan.setting.fallback, plan.gridded.steady
        settings = {"distance": 0.0, "time": 0.0} if fallback == "constant" else plan.setting.blend.model_dump()
        layer = layer_of(made.field, made.covered, steady=steady, duration=self.duration, **settings)
        field, files, further, stack, rest = made.field, used.files, "", [layer], "sea"
        if plan.beneath is not None:
            below, under = self.make(plan.beneath, report)
            words, rest = f"{under.source}, {edge_words(layer)}", self._rest.get(name, "files")
            files, further = tuple(dict.fromkeys((*files, *under.files))), under.fallback
            stack += self._stacks.get(name, [])
            field = made.field if name in self.layers else lay_over(layer, below)
        elif fallback == "constant":
            rest, words = "held", "the nearest value is held"
        elif plan.scripted is not None:
            rest, words = "scripted", f"scripted weather, {edge_words(layer)}"
            field = lay_over(layer, plan.scripted)
        else:
            words = f"the embedded sea, {edge_words(layer)}"
        if rest == "sea":
            self.layers[name] = stack
        self._stacks[name], self._rest[name] = stack, rest
        each = shares_of(stack, self.request.area)
        own = f"of the area and the time {each[0]:.0%} are from these files"
        self.notes.append(f"{plan.lacking}; elsewhere {words}, as the scenario declares (fallback: {fallback}); {own}")
        share = 1.0 if rest == "files" else sum(each)
        shares = (("files", share), (rest, 1.0 - share)) if share < 1.0 else ()
        told = "; ".join(part for part in (f"elsewhere {words}", further) if part)
        if len(stack) > 1 or rest == "files":
            told = f"{each[0]:.0%} of area and time; {told}"
        return field, replace(used, files=files, fallback=told, shares=shares)

    def _hash_of(self, path: Path) -> str:
        """SHA-256 of a file, reckoned once however many fields it gives."""
        if path not in self._hashes:
            with path.open("rb") as stream:
                self._hashes[path] = hashlib.file_digest(stream, "sha256").hexdigest()
        return self._hashes[path]


def _chained(plans: Sequence[_Plan]) -> _Plan:
    """Each over the next."""
    whole = plans[-1]
    for plan in reversed(plans[:-1]):
        whole = replace(plan, beneath=whole)
    return whole


def _fallback(plan: _Plan) -> str:
    return "none" if plan.setting is None else plan.setting.fallback


def _cure(plan: _Plan, some: bool) -> str:
    if some and _fallback(plan) != "none":
        return f"{plan.name} in `scripted`, which the fallback names"
    if some:
        return "files that cover all of it, or `fallback: scripted`, `sea` or `constant` beside them"
    return "files that cover the run"
