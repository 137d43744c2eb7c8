from __future__ import annotations

import numpy as np
from PIL import Image

from khazri.report import maps
from khazri.report.chart import BANNER, RELEASE, SHEET, Chart, view_extent
from khazri.report.values import LANGUAGES
from khazri.report.words import catalogue


def test_every_language_has_the_same_words():
    english = catalogue("en")
    for language in LANGUAGES:
        assert catalogue(language).keys() == english.keys()
        assert all(text.strip() for text in catalogue(language).values())


def test_maps_say_exercise_and_show_the_release(outcome, measures, tmp_path):
    for path in maps.write_maps(tmp_path, outcome, outcome.sites[0], measures):
        picture = np.asarray(Image.open(path))
        assert picture.shape == (SHEET.height, SHEET.width, 3)
        assert (picture[3, 3] == BANNER).all()
        assert (np.abs(picture[SHEET.top :].astype(int) - RELEASE).sum(axis=2) < 30).any()


def test_the_view_holds_oil_releases_and_near_places(outcome, measures):
    west, south, east, north = view_extent(outcome.sites[0], measures.extent, aspect=1.5)
    assert (east - west) / (north - south) - 1.5 < 1e-9
    assert west < measures.extent[0]
    assert north > measures.extent[3]


def test_a_point_lands_on_its_pixel(outcome, measures):
    chart = Chart(outcome, outcome.sites[0], (-1000.0, -500.0, 1000.0, 500.0), scale=1)
    picture = np.zeros((chart.panel[1], chart.panel[0], 3), np.uint8)
    chart.stamp(picture, [0.0], [0.0], (255, 0, 0), 1.0)
    rows, columns = np.nonzero(picture[..., 0])
    assert abs(columns.mean() - chart.panel[0] / 2) < 1.0
    assert abs(rows.mean() - 500.0 / chart.metres) < 1.0


def test_the_animation_has_a_picture_a_frame_and_keeps_the_key_s_colours(outcome, measures, tmp_path):
    assert maps.write_animation(tmp_path / "spill.gif", outcome, outcome.sites[0], measures) == 13
    with Image.open(tmp_path / "spill.gif") as picture:
        assert picture.n_frames == 13
        colours = {tuple(c) for c in np.asarray(picture.convert("RGB")).reshape(-1, 3)}
        assert maps.rgb(maps.BAOAC_COLOURS[0]) in colours
