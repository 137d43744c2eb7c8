"""Units on maps and on the page: what is said of them."""

from __future__ import annotations

from typing import get_args

import pytest

from khazri.report.values import LANGUAGES
from khazri.report.words import catalogue
from khazri.response.vessel import State


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_unit_has_words_for_maps(language) -> None:
    words = catalogue(language)
    assert all(words.get(f"state_{state}", "").strip() for state in get_args(State))
