"""The report's words: one catalogue a language, the same keys in each."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from khazri.report.values import LANGUAGES


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of one language."""
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}")
    words: dict[str, str] = json.loads(
        (files("khazri.report") / "languages" / f"{language}.json").read_text(encoding="utf-8")
    )
    return words


def translator(language: str) -> Callable[[str], str]:
    """A function from key to sentence; an unknown key is a defect and raises."""
    words = catalogue(language)
    return lambda key: words[key]
