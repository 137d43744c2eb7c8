from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import synthetic_outcome

import khazri
from khazri.engine.fields import FIELDS, Field
from khazri.geo.grid import Grid
from khazri.report.page import POINTS, particle_payload, write_page
from khazri.report.sea_page import CELLS, DRY, LAND, MOMENTS, sea_payload
from khazri.report.values import FieldOrigin
from khazri.sea.fields import SeaPicture

INPUTS = Path(khazri.__file__).parent / "inputs" / "environment.py"
KINDS_OF_ORIGIN = {kind for _, kind in re.findall(r'Used\(([\w."]+), "(\w+)"', INPUTS.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def page(outcome, measures, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_page(path, outcome, [measures], summary=synthetic_outcome.RECORD)
    return path.read_text(encoding="utf-8")


def payload(page):
    return json.loads(re.search(r'<script type="application/json" id="payload">(.*?)</script>', page, re.S)[1])


def test_the_page_asks_for_nothing_from_outside(page):
    shell = page.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]+\.|url\((?!data:)|import\(|fetch\(|XMLHttpRequest|WebSocket", shell)
    assert "default-src 'none'" in page


def test_names_of_a_pack_cannot_end_the_script(page):
    assert payload(page)["sites"][0]["places"][0]["names"]["en"] == "Reeds </script><b>"
    assert "Reeds </script>" not in page


def test_the_page_says_exercise_and_holds_three_languages(page):
    assert "EXERCISE" in page[:2_500]
    assert set(payload(page)["languages"]) == {"en", "ru", "az"}


def test_every_word_the_page_asks_for_is_in_the_catalogue(page):
    words = payload(page)["languages"]["en"]
    asked = set(re.findall(r'data-(?:say|title)="(\w+)"', page)) | set(re.findall(r'words\.say\("(\w+)"\)', page))
    assert asked <= words.keys()


def test_particles_keep_their_place_within_the_box_s_resolution(outcome, measures):
    site = outcome.sites[0]
    packed = particle_payload(site, np.array([12]), measures.extent)
    x = np.frombuffer(zlib.decompress(base64.b64decode(packed["x"])), "<u2")
    west, _, east, _ = measures.extent
    assert np.abs(west + x * (east - west) / 65535 - site.frames[12].x).max() <= (east - west) / 65535
    assert packed["count"] <= POINTS


def lake(moments: int = 3):
    """A computed sea of 60 x 50 cells: level rising, a flat that is dry at first, land in a corner."""
    grid = Grid(-30_000.0, -25_000.0, 1_000.0, 60, 50)
    level = np.broadcast_to(np.linspace(-0.2, 0.4, moments)[:, None, None], (moments, 50, 60)).astype(np.float32).copy()
    depth = np.full((50, 60), 4.0, np.float32)
    depth[:5, :5], depth[45:, 55:] = 0.0, -0.1
    level[:, :5, :5] = np.nan
    level[0, 45:, 55:] = np.nan
    flow = np.full((moments, 50, 60, 2), (0.25, -0.5), np.float32)
    return SeaPicture(
        Field("current", grid, 3600.0 * np.arange(moments), flow, "embedded sea: depth-mean current"), level, depth
    )


def unpacked(text: str, kind: str):
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), kind)


def test_a_computed_sea_is_in_the_page_with_its_gauges(outcome):
    site = replace(outcome.sites[0], sea=lake())
    told = sea_payload(site)
    assert told is not None
    level = unpacked(told["level"], "<i2").reshape(3, told["ny"], told["nx"])
    assert (level[:, 0, 0] == LAND).all()
    assert level[0, -1, -1] == DRY
    assert level[2, 20, 20] == 400
    assert (unpacked(told["u"], "i1") == 25).all()
    assert (unpacked(told["v"], "i1") == -50).all()
    assert [len(gauge["levels"]) for gauge in told["gauges"]] == [3] * len(told["gauges"])
    assert {gauge["names"]["en"] for gauge in told["gauges"]} <= {place.names["en"] for place in site.places}


def test_a_large_sea_is_thinned_for_the_page(outcome):
    told = sea_payload(replace(outcome.sites[0], sea=lake(200)))
    assert told is not None
    assert len(told["times"]) == MOMENTS
    assert told["nx"] * told["ny"] <= CELLS


def test_where_no_sea_was_computed_the_page_has_none(page):
    assert payload(page)["sites"][0]["sea"] is None


def test_every_field_says_where_it_came_from(outcome, measures, tmp_path):
    origins = (
        FieldOrigin("wind", "files", "wind.nc (u10, v10)", (("wind.nc", "ab"),), "scripted weather stands there"),
        FieldOrigin("level", "sea", "embedded sea: level"),
    )
    run = replace(outcome, sites=(replace(outcome.sites[0], fields=origins),))
    write_page(tmp_path / "report.html", run, [measures], summary=synthetic_outcome.RECORD)
    told = payload((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert [row["kind"] for row in told["sites"][0]["fields"]] == ["files", "sea"]
    assert told["sites"][0]["fields"][0]["files"] == ["wind.nc"]
    for language in told["languages"].values():
        assert {f"field_{name}" for name in FIELDS} <= language.keys()
        assert {f"field_kind_{kind}" for kind in KINDS_OF_ORIGIN} <= language.keys()


def test_the_budget_in_the_page_closes(page):
    site = payload(page)["sites"][0]
    for row, released in zip(site["budget"], site["released"], strict=True):
        assert sum(row) == pytest.approx(released, abs=0.1)  # rounded to 10 g each
