from __future__ import annotations

import base64
import json
import re
import zlib

import numpy as np
import pytest
import synthetic_outcome

from khazri.report.page import POINTS, particle_payload, write_page


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


def test_the_budget_in_the_page_closes(page):
    site = payload(page)["sites"][0]
    for row, released in zip(site["budget"], site["released"], strict=True):
        assert sum(row) == pytest.approx(released, abs=0.1)  # rounded to 10 g each
