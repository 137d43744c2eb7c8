"""Packs name oils by these idents: one that is here may never go."""

from __future__ import annotations

import re
from pathlib import Path

from khazri import oils

PROMISED = """
azeri-light azeri-light-2020 azeri-btc kumkol tengiz kashagan cpc-blend absheron ural siberian-light komineft
barents-sea-russia sakhalin-ii sakhalin sokol norne-2010 norne goliat wisting heidrun skrugard northstar arabian-light
alaska-north-slope-2011 alaska-north-slope endicott gail-e019 west-texas-intermediate snohvit-condensate
ormen-lange-condensate oso-condensate algerian-condensate mgo marine-diesel diesel heavy-distillate-marine jet-fuel
gasoline gasoline-alkylate ifo-180 ifo-300 ifo-380 hfo vlsfo
"""


def test_the_catalogue_keeps_every_ident_it_ever_had() -> None:
    assert set(PROMISED.split()) <= set(oils.catalogue_idents())
    assert len(oils.catalogue_idents()) >= 40


def test_idents_are_kebab_case() -> None:
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ident) for ident in oils.catalogue_idents())


def test_the_documentation_lists_the_whole_catalogue() -> None:
    words = (Path(__file__).parents[2] / "docs" / "oils.md").read_text(encoding="utf-8")
    assert [ident for ident in oils.catalogue_idents() if f"`{ident}`" not in words] == []
