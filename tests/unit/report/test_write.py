from __future__ import annotations

import pytest
import synthetic_outcome

from khazri.report.write import write_products


def test_several_sites_have_a_folder_each_and_one_page(tmp_path):
    run = synthetic_outcome.outcome(2)
    write_products(tmp_path, run, synthetic_outcome.RECORD, products=("tables", "vector", "page"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "site-0", "site-1"]
    for site in ("site-0", "site-1"):
        names = sorted(path.name for path in (tmp_path / site).iterdir())
        assert names == ["budget.csv", "budget.json", "contours.geojson", "places.csv", "shoreline.csv", "spill.kml"]


def test_one_site_writes_into_the_folder_itself(outcome, tmp_path):
    write_products(tmp_path, outcome, synthetic_outcome.RECORD, products=("tables",))
    assert (tmp_path / "budget.csv").is_file()


def test_what_was_not_asked_for_is_not_written(outcome, tmp_path):
    assert write_products(tmp_path, outcome, synthetic_outcome.RECORD, products=()) == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("settings", [{"products": ("hologram",)}, {"language": "xx"}])
def test_unknown_products_and_languages_are_said(outcome, tmp_path, settings):
    with pytest.raises(ValueError, match="expected"):
        write_products(tmp_path, outcome, synthetic_outcome.RECORD, **settings)
