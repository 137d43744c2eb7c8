"""What stands on the screens in one of the languages: sentences of the pages by their keys, texts of packs by their English."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from khazri.inputs.examples import example, example_plan

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "frontend/src/languages"
REPORT = ROOT / "src/khazri/report/after_action/languages"
PLACEHOLDER = re.compile(r"\\\{\w+\\\}")


@dataclass(frozen=True)
class Spoken:
    """The words of one language."""

    language: str

    def __call__(self, key: str, **params: str) -> str:
        """A sentence of the pages."""
        return self._pages[key].format(**params) if params else self._pages[key]

    def like(self, *keys: str) -> re.Pattern[str]:
        """Any of these sentences, with anything in the place of a {parameter}."""
        return re.compile("|".join(PLACEHOLDER.sub(".+?", re.escape(self._pages[key])) for key in keys))

    def report(self, key: str) -> str:
        """A sentence of the after-action report."""
        return str(_read(REPORT / f"{self.language}.json")[key])

    def pack(self, english: str) -> str:
        """A text of North Wind or its plan."""
        return self._packs[english]

    @cached_property
    def _pages(self) -> dict[str, str]:
        return _read(PAGES / f"{self.language}.json")

    @cached_property
    def _packs(self) -> dict[str, str]:
        found = {}
        for path in (example("north-wind") / "scenario.yaml", example_plan("joint-plan") / "plan.yaml"):
            for texts in _translations(yaml.safe_load(path.read_text("utf-8"))):
                found[texts["en"]] = texts[self.language]
        return found


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def _translations(found: Any) -> list[dict[str, str]]:
    if isinstance(found, dict):
        if isinstance(found.get("en"), str):
            return [found]
        return [each for value in found.values() for each in _translations(value)]
    if isinstance(found, list):
        return [each for value in found for each in _translations(value)]
    return []
