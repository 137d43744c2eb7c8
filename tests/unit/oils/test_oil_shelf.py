"""Finding and describing oils."""

from __future__ import annotations

import pytest

from khazri import oils


def test_an_unknown_oil_suggests_its_neighbours() -> None:
    with pytest.raises(oils.UnknownOilError, match="azeri-light") as caught:
        oils.find("azeri_ligth")
    assert str(caught.value).startswith("oil is 'azeri_ligth'")


def test_every_oil_says_its_source() -> None:
    assert all(oil.source for oil in oils.catalogue())


def test_proxies_declare_themselves() -> None:
    for ident in ("tengiz", "kashagan", "cpc-blend", "absheron"):
        oil = oils.find(ident)
        assert oil.proxy_for
        assert oil.notes[0].startswith("PROXY")
        assert oils.describe(oil)[0].name == "stands in for"


def test_a_description_tells_measured_from_estimated() -> None:
    rows = {row.name: row for row in oils.describe(oils.find("azeri-light"))}
    assert rows["pour point"].known == "measured"
    assert "Baker" in rows["oil-water tension"].known
    assert rows["boils below 250 C"].value == "32"  # 31.6 % in the record


def test_a_listing_of_one_kind_holds_that_kind() -> None:
    rows = oils.listing("condensate")
    assert {row[2] for row in rows} == {"condensate"}
    assert len(oils.listing()) == len(oils.catalogue_idents())
