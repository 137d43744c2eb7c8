"""The pack's schema changes only knowingly; the examples, the template and the documents keep to it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from pydantic import BaseModel

from khazri.inputs import packs
from khazri.inputs.yaml_lines import read_yaml
from khazri.scenario import Pack
from khazri.scenario.schema import pack_schema
from khazri.scenario.template import write_template

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*/scenario.yaml"))
SNAPSHOT = Path(__file__).parent / "expected" / "pack.schema.json"
OILS = frozenset({"azeri-light", "mgo", "ifo-180"})


def test_the_schema_is_the_one_that_was_published() -> None:
    """After a change that is meant, run this file with KHAZRI_WRITE_EXPECTED=1 and say it in CHANGELOG."""
    text = json.dumps(pack_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("KHAZRI_WRITE_EXPECTED"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_the_schema_is_json_schema_2020_12() -> None:
    jsonschema.Draft202012Validator.check_schema(pack_schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_examples_hold_under_the_schema_and_the_rules(path: Path) -> None:
    values, _ = read_yaml(path.read_bytes(), path.name)
    errors = [
        f"{error.json_path}: {error.message}"
        for error in jsonschema.Draft202012Validator(pack_schema()).iter_errors(values)
    ]
    assert errors == []
    assert [str(fault) for fault in packs.check(path, known_oils=OILS)] == []
    assert packs.read_pack(path, known_oils=OILS).notes == ()


def test_the_template_holds_under_the_schema() -> None:
    values, _ = read_yaml(write_template("my-spill").encode(), "scenario.yaml")
    assert list(jsonschema.Draft202012Validator(pack_schema()).iter_errors(values)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("wind.0.speed", "14 knts"),
        ("wind.0.speed", -1),
        ("salinity", "8 kn"),
        ("wind.0.form", "1 deg"),
        ("wind.0.from", 130),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(path: str, value: object) -> None:
    values: Any = read_yaml(write_template("my-spill").encode(), "scenario.yaml")[0]
    node: Any = values["sites"][0]["environment"]["scripted"]
    *parents, last = path.split(".")
    for part in parents:
        node = node[int(part) if part.isdigit() else part]
    node[last] = value
    assert list(jsonschema.Draft202012Validator(pack_schema()).iter_errors(values))


def settings_of(section: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[str]:
    if section in seen:
        return
    seen.add(section)
    for name, about in section.model_fields.items():
        yield about.alias or name
        for inner in sections_in(about.annotation):
            yield from settings_of(inner, seen)


def sections_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from sections_in(argument)


@pytest.mark.parametrize("setting", sorted(set(settings_of(Pack, set()))))
def test_the_documents_explain_every_setting(setting: str) -> None:
    assert f"`{setting}`" in (ROOT / "docs" / "scenario-packs.md").read_text(encoding="utf-8")
