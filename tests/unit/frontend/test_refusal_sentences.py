"""frontend/src/languages: every refusal of the service has a sentence in every language that the pages speak."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from khazri.exercise.refusal import CODES as OF_EXERCISES
from khazri.exercise.roles import MAY_COMMAND, Role
from khazri.programme.refusal import PLAN_CODES

CODES = {**OF_EXERCISES, **PLAN_CODES}

LANGUAGES = Path(__file__).resolve().parents[3] / "frontend" / "src" / "languages"
CATALOGUES = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(LANGUAGES.glob("*.json"))}
POSITION = {"longitude", "latitude"}  # the pages make "position" of these two


def test_three_languages_are_there() -> None:
    assert set(CATALOGUES) >= {"en", "ru", "az"}


@pytest.mark.parametrize("language", CATALOGUES)
@pytest.mark.parametrize("code", CODES)
def test_a_refusal_has_a_sentence_that_uses_only_its_parameters(language: str, code: str) -> None:
    sentence = CATALOGUES[language][f"refusal.{code}"]
    given = set(CODES[code]) | ({"position"} if set(CODES[code]) >= POSITION else set())
    assert set(re.findall(r"\{(\w+)\}", sentence)) <= given


@pytest.mark.parametrize("language", CATALOGUES)
def test_roles_and_commands_have_names(language: str) -> None:
    commands = {kind for kinds in MAY_COMMAND.values() for kind in kinds}
    wanted = {f"role.{role}" for role in Role} | {f"command.{kind}" for kind in commands}
    assert wanted - set(CATALOGUES[language]) == set()
