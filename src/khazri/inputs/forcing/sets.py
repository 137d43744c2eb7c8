"""Files that belong together: what they hold, on which grid, at which times. Only headers and axes are read here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import xarray

from khazri.engine.fields import FIELDS
from khazri.inputs import InputError
from khazri.inputs.forcing.centring import centre, is_first_of_pair, is_second_of_pair, only_a_grid
from khazri.inputs.forcing.clock import Clock, read_clock, write_time
from khazri.inputs.forcing.elsewhere import half_words, other_words
from khazri.inputs.forcing.fetching import origin_words
from khazri.inputs.forcing.kinds import refuse_unsupported
from khazri.inputs.forcing.lattice import Lattice, read_lattice
from khazri.inputs.forcing.layout import Layout, axis_attributes, lay_out
from khazri.inputs.forcing.names import EXPLICIT, Known, Sense, recognise
from khazri.inputs.forcing.opening import LATER, open_file
from khazri.inputs.forcing.units import Conversion, conversion, known_units
from khazri.inputs.forcing.yearly import check_cycle, dates_of, laid_out, of_whole_years

HALF: Final = "is one component of"
GAP: Final = 1.5  # times the usual step between two times


@dataclass(frozen=True)
class Choices:
    """What a scenario says of its files beside their names."""

    cycle: str | None = None  # yearly, none; where not said, as the file's marks have it
    member: str | None = None  # of an ensemble
    epoch: datetime | None = None  # what times without a date count from


NO_CHOICES: Final = Choices()


@dataclass(frozen=True)
class Part:
    """One component of a field in one file."""

    path: Path
    file: xarray.Dataset
    variable: str
    layout: Layout
    conversion: Conversion
    clock: Clock | None  # None: the variable has no time


@dataclass(frozen=True)
class Moment:
    """One time of a field: for each component the part and the index in its file."""

    seconds: float
    picks: tuple[tuple[int, int], ...]  # per component: (part, index)


@dataclass(frozen=True)
class Gridded:
    """A field as a set holds it."""

    name: str
    parts: tuple[tuple[Part, ...], ...]  # per component
    moments: tuple[Moment, ...]
    lattice: Lattice
    sense: Sense
    how: str
    units: str
    notes: tuple[str, ...]
    yearly: bool = False  # a climatology, laid out over the years of the run; over `yearly.NOMINAL` where none is known
    choices: Choices = NO_CHOICES

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables, one per component."""
        return tuple(dict.fromkeys(component[0].variable for component in self.parts))

    @property
    def paths(self) -> tuple[Path, ...]:
        """Files that hold some of it."""
        return tuple(dict.fromkeys(part.path for component in self.parts for part in component))

    @property
    def steady(self) -> bool:
        """Without a time axis."""
        return self.parts[0][0].clock is None

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """Seconds since 1970."""
        return np.array([moment.seconds for moment in self.moments], np.float64)


@dataclass
class ForcingSet:
    """Open files of one set. Close it, or use it in a `with`."""

    paths: tuple[Path, ...]
    fields: dict[str, Gridded]
    notes: tuple[str, ...]
    broken: dict[str, str] = field(default_factory=dict)  # field -> why what is there of it cannot be used
    _stack: ExitStack = field(repr=False, default_factory=ExitStack)

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    def __enter__(self) -> ForcingSet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_set(
    paths: Sequence[Path],
    variables: Mapping[str, Sequence[str]] | None = None,
    *,
    choices: Choices = NO_CHOICES,
    during: tuple[float, float] | None = None,
) -> ForcingSet:
    """What the files hold together; raises InputError.

    during      first and last second since 1970 of the run, over which climatologies are laid out
    variables   field -> its variable, or (x, y) of a vector, where they are not recognised by themselves; it stands over
                what is recognised
    choices     what the scenario says of the files: the cycle of a year, a member, an epoch
    """
    with ExitStack() as stack:
        files = [(path, stack.enter_context(open_file(path))) for path in dict.fromkeys(map(Path, paths))]
        if not files:
            raise InputError("no files are given; expected at least one")
        files, told = _on_centres(files, {name for each in (variables or {}).values() for name in each})
        for path, file in files:
            refuse_unsupported(path, file)
        found, notes, broken = _recognise(files, dict(variables or {}))
        notes = [*origin_words(path for path, _ in files), *told, *notes]
        fields = {name: _gather(name, files, chosen, choices, during) for name, chosen in found.items()}
        return ForcingSet(tuple(path for path, _ in files), fields, tuple(notes), broken, stack.pop_all())


def _on_centres(files: Files, named: Collection[str]) -> tuple[Files, list[str]]:
    """Staggered and triangular grids on centred ones; and which they were."""
    made, notes = [], []
    for path, file in files:
        beside = [other for name, other in files if name != path]
        if beside and (only_a_grid(file) or (is_second_of_pair(file) and any(map(is_first_of_pair, beside)))):
            continue  # it is read with the file that it stands beside
        found = centre(path, file, beside, named=named)
        if found is not None:
            notes.append(f"{path.name}: on a staggered grid or a mesh; its surface was laid on a centred grid")
        made.append((path, file if found is None else found))
    return made, notes


Files = list[tuple[Path, xarray.Dataset]]
Chosen = tuple[Known, tuple[str, ...]]  # what is known of the first component, and a variable per component


def _recognise(
    files: Files, variables: dict[str, Sequence[str]]
) -> tuple[dict[str, Chosen], list[str], dict[str, str]]:
    """The best-known variables of each field, words on half vectors and units that cannot be, and fields broken by them."""
    ranked: dict[tuple[str, int, int], tuple[Known, str]] = {}
    notes: list[str] = []
    broken: dict[str, str] = {}
    for path, file in files:
        for known, variable in _known(file):
            if known.field in variables:
                continue
            units = file[variable].attrs.get("units")
            if conversion(known.field, None if units is None else str(units)) is None:
                said = "no units" if units is None else f'units "{units}"'
                notes.append(
                    f"{path.name}: {variable} would be {known.field}, but has {said}; expected {known_units(known.field)}"
                )
                if _is_meant(known):
                    broken.setdefault(known.field, notes[-1])
                continue
            ranked.setdefault((known.field, known.rank, known.component), (known, variable))
    found: dict[str, Chosen] = {}
    for name, (components, _) in FIELDS.items():
        if name in variables:
            found[name] = _explicit(files, name, tuple(variables[name]))
            continue
        ranks = sorted({rank for each, rank, _ in ranked if each == name})
        whole = [rank for rank in ranks if all((name, rank, component) in ranked for component in range(components))]
        if whole:
            picks = [ranked[name, whole[0], component] for component in range(components)]
            found[name] = picks[0][0], tuple(variable for _, variable in picks)
        elif ranks:
            halves = ", ".join(ranked[key][1] for key in ranked if key[0] == name)
            notes.append(f"{files[0][0].name}: {halves} {HALF} {name}; the other is in none of the files")
            if any(_is_meant(ranked[key][0]) for key in ranked if key[0] == name):
                broken.setdefault(name, f"{notes[-1]}; expected both components")
    if not found:
        raise InputError(_nothing(files, notes))
    left = {name: words for name, words in broken.items() if name not in found}
    return found, list(dict.fromkeys(notes)), left


def _is_meant(known: Known) -> bool:
    """Whether a variable is surely that field: a name such as `ust` or `tp` is another one's too."""
    return known.how != "common name" or known.field in {"wind", "current"}


def _known(file: xarray.Dataset) -> Iterator[tuple[Known, str]]:
    for name, item in file.data_vars.items():
        if item.ndim < 1 or item.dtype.kind not in "fiu":
            continue
        known = recognise(str(name), str(item.attrs.get("standard_name", "")), str(item.attrs.get("long_name", "")))
        if known is not None:
            yield known, str(name)


def _explicit(files: Files, name: str, variables: tuple[str, ...]) -> Chosen:
    components = FIELDS[name][0]
    if len(variables) != components:
        raise InputError(f"{files[0][0]}: variables for {name} are {list(variables)}; expected {components}")
    for variable in variables:
        if not any(variable in file.variables for _, file in files):
            listed = ", ".join(sorted({str(each) for _, file in files for each in file.data_vars})[:20])
            raise InputError(f"{files[0][0]}: has no variable {variable} (named for {name}); expected one of {listed}")
    first = next(file[variables[0]] for _, file in files if variables[0] in file.variables)
    said = recognise(variables[0], str(first.attrs.get("standard_name", "")), str(first.attrs.get("long_name", "")))
    return Known(name, 0, EXPLICIT, said.sense if said else "grid", "named by the scenario"), variables


def _nothing(files: Files, notes: list[str]) -> str:
    halves = [note for note in notes if HALF in note]
    if halves:
        return f"{files[0][0]}: {half_words(files[0][0], halves[0].split(': ', 1)[-1])}"
    for path, file in files:
        known = other_words(file)
        if known is not None:
            return f"{path}: {known}"
    listed = sorted({str(name) for _, file in files for name in file.data_vars})
    shown = ", ".join(listed[:12]) + (" ..." if len(listed) > 12 else "")
    reasons = "".join(f" ({note})" for note in dict.fromkeys(notes))
    return (
        f"{files[0][0]}: no variable is recognised, it holds {shown or 'no variables'}{reasons}; expected CF standard names "
        "such as eastward_wind, or `variables: {wind: [u, v]}` in the scenario"
    )


def _gather(name: str, files: Files, chosen: Chosen, choices: Choices, during: tuple[float, float] | None) -> Gridded:
    """Parts of a field from all files, their times joined."""
    known, variables = chosen
    parts: list[tuple[Part, ...]] = []
    lattice: Lattice | None = None
    notes: list[str] = []
    for variable in variables:
        own: list[Part] = []
        for path, file in files:
            if variable not in file.variables:
                continue
            part, place = _part(name, path, file, variable, choices)
            if lattice is None:
                lattice = place
                notes += [*part.layout.notes, *place.notes]
            elif not lattice.same_as(place):
                raise InputError(_elsewhere(name, own, parts, path, variable))
            notes += part.clock.notes if part.clock else ()
            own.append(part)
        parts.append(tuple(own))
    assert lattice is not None
    if any((part.clock is None) != (parts[0][0].clock is None) for component in parts for part in component):
        raise InputError(
            f"{parts[0][0].path}: {name} has a time axis in one file and none in another; expected it in all"
        )
    moments, joined = _join(name, parts)
    yearly = _is_yearly(name, parts)
    if yearly:
        check_cycle(parts[0][0].path, name, [moment.seconds for moment in moments])
        moments = _over_years(moments, during)
    units = str(parts[0][0].file[variables[0]].attrs.get("units", ""))
    if not units:
        notes.append(f"{parts[0][0].path.name}: {variables[0]} gives no units; {FIELDS[name][1]} is taken")
    if known.sense == "grid" and len(variables) == 2 and known.how != "standard_name" and lattice.kind != "rectilinear":
        notes.append(
            f"{parts[0][0].path.name}: {' and '.join(variables)} are taken as running along the axes of the grid"
        )
    words = tuple(dict.fromkeys([*notes, *joined]))
    return Gridded(name, tuple(parts), moments, lattice, known.sense, known.how, units, words, yearly, choices)


def _is_yearly(name: str, parts: list[tuple[Part, ...]]) -> bool:
    clocks = [(part.path, part.clock) for component in parts for part in component if part.clock is not None]
    yearly = [clock.yearly for _, clock in clocks]
    if any(yearly) and not all(yearly):
        raise InputError(
            f"{clocks[yearly.index(True)][0]}: {name} is a climatology here and has dates in {clocks[yearly.index(False)][0].name}; "
            "expected sets of their own, or `cycle: yearly` or `none` for both"
        )
    return any(yearly)


def _over_years(moments: tuple[Moment, ...], during: tuple[float, float] | None) -> tuple[Moment, ...]:
    """A cycle's moments in every year of the run and one either side, so that December goes over into January."""
    if during is None:
        return moments
    known = {moment.seconds: moment.picks for moment in moments}
    return tuple(Moment(seconds, known[nominal]) for seconds, nominal in laid_out(list(known), during))


def _part(name: str, path: Path, file: xarray.Dataset, variable: str, choices: Choices) -> tuple[Part, Lattice]:
    layout = lay_out(path, file, variable, name, member=choices.member)
    units = file[variable].attrs.get("units")
    factor = conversion(name, None if units is None else str(units))
    if factor is None:
        said = "no units" if units is None else f'units "{units}"'
        raise InputError(f"{path}: variable {variable} ({name}) has {said}; expected one of {known_units(name)}")
    clock = None
    if layout.time is not None:
        if layout.time not in file.variables:
            raise InputError(
                f"{path}: dimension {layout.time} of {variable} has no values; expected a time axis with units and dates"
            )
        numbers = np.atleast_1d(np.asarray(file[layout.time].values, np.float64))
        attributes = axis_attributes(file, layout.time)
        if not (choices.cycle is None and numbers.size == 1 and _is_of_all_the_year(file, attributes)):
            clock = read_clock(path, layout.time, numbers, attributes, choices.epoch, cycle=choices.cycle)
    return Part(path, file, variable, layout, factor, clock), read_lattice(path, file, variable, layout)


def _is_of_all_the_year(file: xarray.Dataset, attributes: dict[str, Any]) -> bool:
    """Whether the one moment of a climatology is the mean of whole years, by its bounds: it never changes then."""
    bounds = str(attributes.get("climatology", ""))
    if bounds not in file.variables or file[bounds].size != 2:
        return False
    try:
        calendar = str(attributes.get("calendar", "standard")).strip().lower() or "standard"
        first, last = dates_of(
            np.ravel(file[bounds].values).astype(np.float64), str(attributes.get("units", "")), calendar
        )
    except (ValueError, OverflowError, TypeError):
        return False
    return of_whole_years(first, last)


def _elsewhere(name: str, own: list[Part], parts: list[tuple[Part, ...]], path: Path, variable: str) -> str:
    if not own and parts:
        return (
            f"{path}: not supported yet: staggered grid: {variable} lies on other points than {parts[0][0].variable} "
            f"({parts[0][0].path.name}); {LATER}"
        )
    first = (own or list(parts[0]))[0].path
    return f"{path}: {name} lies on another grid than in {first.name}; expected files of one grid in a set, others in a set of their own"


def _join(name: str, parts: list[tuple[Part, ...]]) -> tuple[tuple[Moment, ...], list[str]]:
    """Times of all files in order; where two files have the same time, the one that begins later gives it."""
    if parts[0][0].clock is None:
        return (Moment(0.0, tuple((0, 0) for _ in parts)),), [
            f"{parts[0][0].path.name}: {name} has no time and never changes"
        ]
    notes: list[str] = []
    picks: list[dict[float, tuple[int, int]]] = []
    for component in parts:
        taken: dict[float, tuple[int, int]] = {}
        order = sorted(range(len(component)), key=lambda each: _start(component[each]))
        repeats = 0
        for number in order:
            clock = component[number].clock
            assert clock is not None
            for index, seconds in enumerate(clock.seconds.tolist()):
                if np.isfinite(seconds):  # a date that the run's calendar has
                    repeats += seconds in taken
                    taken[seconds] = (number, index)
        if repeats:
            notes.append(
                f"{component[0].path.name}: {repeats} times of {name} come twice; of each the one in the file that begins later is used"
            )
        picks.append(taken)
    common = sorted(set(picks[0]).intersection(*picks[1:]))
    lone = len(set().union(*picks)) - len(common)
    if lone:
        notes.append(f"{parts[0][0].path.name}: {lone} times of {name} have one component only and are left out")
    if not common:
        raise InputError(
            f"{parts[0][0].path}: {name} has no time at which all its components are given; expected the same times in both"
        )
    return tuple(Moment(each, tuple(taken[each] for taken in picks)) for each in common), list(dict.fromkeys(notes))


def _start(part: Part) -> float:
    assert part.clock is not None
    return float(np.nanmin(part.clock.seconds)) if np.isfinite(part.clock.seconds).any() else np.inf


def find_gaps(times: npt.NDArray[np.float64]) -> list[tuple[float, float]]:
    """Intervals between times that are clearly longer than the usual one."""
    if times.size < 3:
        return []
    steps = np.diff(times)
    wide = np.flatnonzero(steps > GAP * float(np.median(steps)))
    return [(float(times[each]), float(times[each + 1])) for each in wide]


def gap_words(gaps: list[tuple[float, float]]) -> str:
    """As "gap from ... to ...", at most three."""
    shown = "; ".join(f"{write_time(first)} to {write_time(last)}" for first, last in gaps[:3])
    return shown + (f" and {len(gaps) - 3} more" if len(gaps) > 3 else "")
