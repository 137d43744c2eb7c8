"""Parsed values in, a pack or all of its faults out.

What is wrong in form is taken out or stood in for, so that the rules can judge the rest of the pack in the same pass.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Final

from pydantic import ValidationError

from khazri import units
from khazri.scenario.faults import MISSING, Fault, Finding, PackFaults, Verbatim, Where, write_path
from khazri.scenario.pack import Pack
from khazri.scenario.response_rules import broken_response_rules
from khazri.scenario.rules import broken_rules, observations
from khazri.scenario.story_rules import broken_story_rules
from khazri.scenario.wording import errors_of, resolve, section_at, step_into, word_error

ROUNDS = 60  # of putting faulty parts aside; each round goes one level up at worst
_DROP: Final = object()
_FIRST, _LAST = "0001-01-02T00:00:00Z", "9999-12-30T00:00:00Z"  # a run so long that nothing lies outside it
_ANYWHERE = {"west": -180.0, "east": 360.0, "south": -90.0, "north": 90.0}
_STAND_INS: Final[dict[str, object]] = {
    "start": _FIRST,
    "end": _LAST,
    "area": _ANYWHERE,
    "sites": [{"ident": "stand-in", "name": "stand-in", "area": _ANYWHERE, "water_level": 0.0}],
}
_CANDIDATES: Final[tuple[object, ...]] = (
    "stand-in",
    0.0,
    1,
    280.0,
    "0 deg",
    1.0,
    "sand",
    ["stand-in"],
    [],
    {},
    [0.0, 0.0],
)


@dataclass(frozen=True)
class Origin:
    """Where parsed values come from: the file's name, and the line of every path in it."""

    file: str = "scenario.yaml"
    lines: Mapping[Where, int] = field(default_factory=dict)

    def line_of(self, where: Where) -> int:
        """The line of a path, or of the nearest part of it that has one; 0 where none is known."""
        for length in range(len(where), -1, -1):
            if where[:length] in self.lines:
                return self.lines[where[:length]]
        return 0


def build(values: object, *, origin: Origin | None = None, known_oils: Collection[str] | None = None) -> Pack:
    """The pack of parsed values; raises PackFaults with every fault there is."""
    pack, faults = examine(values, origin=origin, known_oils=known_oils)
    if pack is None or faults:
        raise PackFaults(faults)
    return pack


def examine(
    values: object,
    *,
    origin: Origin | None = None,
    known_oils: Collection[str] | None = None,
    further: Callable[[Pack], Iterable[Finding]] | None = None,
) -> tuple[Pack | None, tuple[Fault, ...]]:
    """The pack (None where there are faults) and all its faults, in the order of their lines.

    known_oils   idents of the catalogue; None leaves the oils of releases unjudged
    further      rules that need what this package may not touch, such as whether a file is there
    """
    origin = origin or Origin()
    if not isinstance(values, Mapping):
        kind = "empty" if values is None else "a list" if isinstance(values, list) else "a single value"
        return None, (Fault(origin.file, 1, "", Verbatim(kind), "a mapping of settings, as in `name: my-pack`"),)
    form = _Form(values)
    pack = form.settle()
    findings = form.findings
    if pack is not None:
        rules = (broken_rules(pack, known_oils), broken_story_rules(pack), broken_response_rules(pack))
        for finding in chain(*rules, further(pack) if further is not None else ()):
            where = form.original(finding.where)
            shorter = resolve(where, values)  # rules know the full form; the author may have used a shorter one
            if finding.value is None or (finding.value is not MISSING and shorter[-1:] == where[-1:]):
                where = shorter
            if not form.stands_in(where):
                findings.setdefault(where, Finding(where, finding.expected, finding.value))
    faults = tuple(_fault(finding, values, origin) for finding in findings.values())
    if pack is None or faults:
        return None, tuple(sorted(faults, key=lambda fault: (fault.line, fault.path)))
    return pack.with_origin(notes=tuple(observations(pack))), ()


class _Form:
    """Values on their way to a pack: what is wrong in form, and what was done about it to judge the rest."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.findings: dict[Where, Finding] = {}
        self._values = values
        self._changes: dict[Where, object] = {}  # by original path: _DROP, or what stands in
        self._numbers: dict[Where, list[int]] = {}  # of the items that lists still have

    def settle(self) -> Pack | None:
        """The pack without what is wrong in form; None where nothing useful is left."""
        context = {"start": self._start()}
        for _ in range(ROUNDS):
            self._numbers = {}
            tree = self._changed(self._values, (), ())
            try:
                return Pack.model_validate(tree, context=context)
            except ValidationError as error:
                for item in _causes(error):
                    found = word_error(item, tree)
                    where = self.original(found.where)
                    if not self.stands_in(where):
                        self.findings.setdefault(where, Finding(where, found.expected, found.value))
                    self._change(where, unknown=item["type"] == "extra_forbidden")
            if () in self._changes:
                return None
        return None

    def stands_in(self, where: Where) -> bool:
        """Whether a path lies in, or around, something that is not the author's."""
        return any(where[: len(other)] == other or other[: len(where)] == where for other in self._changes)

    def original(self, where: Where) -> Where:
        """A path of the changed values in the author's numbering."""
        found: Where = ()
        for length, part in enumerate(where):
            numbers = self._numbers.get(where[:length])
            if isinstance(part, int) and numbers is not None and part < len(numbers):
                found = (*found, numbers[part])
            else:
                found = (*found, part)
        return found

    def _start(self) -> datetime:
        try:
            return units.parse_utc(self._values.get("start"))
        except ValueError:
            return units.parse_utc(_FIRST)

    def _change(self, where: Where, *, unknown: bool) -> None:
        """Drop what need not be there, stand in for what must; where that was tried before, go one level up."""
        while where in self._changes and where:
            where, unknown = where[:-1], False
        self._changes[where] = _DROP if unknown or not where else _stand_in(where)

    def _changed(self, node: object, here: Where, there: Where) -> Any:
        """A copy of `node` with the changes (`here`: original path, `there`: path in the copy)."""
        if isinstance(node, Mapping):
            kept = {
                key: self._changed(self._changes.get((*here, key), item), (*here, key), (*there, key))
                for key, item in node.items()
                if self._changes.get((*here, key)) is not _DROP
            }
            added = {
                where[-1]: value
                for where, value in self._changes.items()
                if where[:-1] == here and where and where[-1] not in kept and value is not _DROP
            }
            return {**kept, **added}
        if isinstance(node, list):
            numbers = [index for index in range(len(node)) if self._changes.get((*here, index)) is not _DROP]
            self._numbers[there] = numbers
            return [self._changed(node[index], (*here, index), (*there, new)) for new, index in enumerate(numbers)]
        return node


def _causes(error: ValidationError) -> list[Any]:
    """Pydantic's errors without those that follow from others: a list is "too short" when its one item is wrong."""
    items = error.errors(include_url=False)
    places = [item["loc"] for item in items]

    def follows(loc: Where) -> bool:
        return any(len(other) > len(loc) and other[: len(loc)] == loc for other in places)

    return [item for item in items if not (item["type"] == "too_short" and follows(item["loc"]))]


def _stand_in(where: Where) -> object:
    """Something harmless for a key that must be there; _DROP for what need not."""
    key, section = where[-1], section_at(where[:-1])
    if section is None or isinstance(key, int):
        return _DROP
    needed = next((f.is_required() for name, f in section.model_fields.items() if (f.alias or name) == key), False)
    if not needed:
        return _DROP
    if key in _STAND_INS:
        return _STAND_INS[key]
    for candidate in _CANDIDATES:
        if not any(item["loc"][:1] == (key,) for item in errors_of(section, {key: candidate})):
            return candidate
    return _DROP


def _fault(finding: Finding, values: object, origin: Origin) -> Fault:
    value = finding.value
    if value is None:
        value = values
        for part in finding.where:
            found, value = step_into(value, part)
            if not found:
                value = MISSING
                break
    return Fault(origin.file, origin.line_of(finding.where), write_path(finding.where), value, finding.expected)
