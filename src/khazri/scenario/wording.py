"""Pydantic's errors in the author's terms: the path as it is written, and what would be right there."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from khazri.scenario.faults import MISSING, Finding, Where
from khazri.scenario.kinds import Area, Position, Text
from khazri.scenario.pack import LATER, Pack
from khazri.scenario.site import Site

_SHAPES: dict[type[BaseModel], str] = {
    Text: 'words, as in "Caspian" or { en: "Caspian", ru: "Каспий" }',
    Position: 'a position, as in { lon: "049-05.0E", lat: "45-30.5N" } or [49.083, 45.508]',
    Area: "a box { west: 46.5, east: 51.5, south: 43.8, north: 47.0 } or a polygon [[lon, lat], ...]",
}


def word_error(item: Any, tree: object) -> Finding:
    """One of pydantic's errors on `tree` as a finding."""
    loc: Where = item["loc"]
    if item["type"] == "missing":
        return Finding((*resolve(loc[:-1], tree), loc[-1]), _expected_of_missing(loc), MISSING)
    if item["type"] == "extra_forbidden":
        return Finding(resolve(loc, tree), _expected_of_unknown(loc))
    return Finding(resolve(loc, tree), _expected(item, loc))


def resolve(loc: Where, tree: object) -> Where:
    """`loc` without the parts that exist only in the models (tags, the list around a single value)."""
    node = tree
    where: Where = ()
    for part in loc:
        found, inner = step_into(node, part)
        if found:
            node, where = inner, (*where, part)
    return where


def step_into(node: object, part: str | int) -> tuple[bool, object]:
    """Whether `part` is a key or an index of `node`, and what is there."""
    if isinstance(node, Mapping):
        return part in node, node.get(part)
    if isinstance(node, list) and isinstance(part, int) and 0 <= part < len(node):
        return True, node[part]
    return False, None


def section_at(loc: Where) -> type[BaseModel] | None:
    """The model that stands at a path; None where there is none."""
    section: type[BaseModel] | None = Pack
    for part in loc:
        if isinstance(part, int) or section is None:
            continue
        annotations = {info.alias or name: info.annotation for name, info in section.model_fields.items()}
        section = _section_in(annotations.get(part))
    return section


def keys_of(section: type[BaseModel] | None) -> tuple[str, ...]:
    """The keys that a section knows, as they are written."""
    return () if section is None else tuple(info.alias or name for name, info in section.model_fields.items())


def _section_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _section_in(arg)) is not None), None)


def _expected(item: Any, loc: Where) -> str:
    context: dict[str, Any] = item.get("ctx") or {}
    match item["type"]:
        case "value_error":
            return str(context["error"])
        case "literal_error":
            return str(context["expected"]).replace("'", "")
        case "model_type" | "model_attributes_type":
            section = section_at(loc)
            return _SHAPES.get(section, f"a mapping of {', '.join(keys_of(section))}") if section else "a mapping"
        case "dict_type":
            return "a mapping"
        case "tuple_type" | "list_type":
            return "a list"
        case "too_short":
            return f"at least {context['min_length']} in the list"
        case "greater_than_equal":
            return f"a number >= {context['ge']:g}"
        case "less_than_equal":
            return f"a number <= {context['le']:g}"
        case "string_type":
            return "a text"
        case _:
            return str(item["msg"])


def _expected_of_missing(loc: Where) -> str:
    """What the key's own reader says to a value that cannot be right."""
    section = section_at(loc[:-1])
    for item in errors_of(section, {str(loc[-1]): object()}) if section is not None else ():
        if item["loc"][:1] == loc[-1:]:
            return _expected(item, loc)
    return "a value"


def errors_of(section: type[BaseModel], values: dict[str, object]) -> list[Any]:
    """Pydantic's errors of some values as a section."""
    try:
        section.model_validate(values)
    except ValidationError as error:
        return list(error.errors(include_url=False))
    return []


def _expected_of_unknown(loc: Where) -> str:
    key = str(loc[-1])
    if len(loc) == 1 and key in LATER:
        return "no such section: it is not part of a pack yet"
    known = keys_of(section_at(loc[:-1]))
    if len(loc) == 1 and key in keys_of(Site):
        return f"it inside a site, as sites[0].{key}"
    near = difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"a known key; the nearest is {near[0]}"
    return f"a known key: {', '.join(known)}"
