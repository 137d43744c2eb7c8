from __future__ import annotations

import pytest
from synthetic_run import terrain

from khazri.runs.checks import terrain_faults
from khazri.scenario.pack import Pack


def pack_of(release=None, place=None):
    site = {
        "ident": "s",
        "name": {"en": "S"},
        "area": {"west": 48.6, "east": 49.4, "south": 44.8, "north": 45.2},
        "water_level": {"value": -29.3},
        "releases": [
            {"ident": "r", "oil": "azeri-light", "mass": "1 t", "at": {"lon": 49.0, "lat": 45.0}, **(release or {})}
        ],
        "places": [{"ident": "p", "name": {"en": "P"}, "point": [49.0, 45.0], "radius": "2 km", **(place or {})}],
    }
    return Pack.model_validate(
        {
            "schema": 1,
            "name": "n",
            "title": {"en": "N"},
            "start": "2026-09-14T04:00:00Z",
            "end": "2026-09-15T04:00:00Z",
            "sites": [site],
        }
    )


def said(**settings):
    return [str(fault) for fault in terrain_faults(pack_of(**settings), (terrain(),))]


def test_a_pack_on_water_has_no_fault():
    assert said() == []


def test_a_release_on_land_says_how_far_the_water_is():
    (fault,) = said(release={"at": {"lon": 48.9, "lat": 45.18}})
    assert "sites[0].releases[0].at is 48.9E 45.18N, on land (" in fault
    assert "expected a position on water" in fault


def test_a_release_deeper_than_the_water_says_the_depth():
    (fault,) = said(release={"depth": "90 m"})
    assert "depth is 90 m; expected at most" in fault


def test_a_release_outside_the_area_is_a_fault():
    (fault,) = said(release={"at": {"lon": 52.0, "lat": 45.0}})
    assert "outside the site's area" in fault


def test_a_place_that_oil_cannot_reach_is_a_fault():
    (fault,) = said(place={"point": [48.9, 45.19], "radius": "500 m"})
    assert "sites[0].places[0].point is on land" in fault


def test_all_faults_come_together():
    assert len(said(release={"at": {"lon": 52.0, "lat": 45.0}}, place={"point": [55.0, 45.0]})) == 2


@pytest.mark.parametrize("shape", ["line", "polygon"])
def test_lines_and_polygons_are_checked_too(shape):
    points = [[48.8, 45.18], [48.9, 45.18], [48.9, 45.19]]
    (fault,) = said(release={"at": None, shape: points})
    assert f"releases[0].{shape} is" in fault


def test_a_run_says_that_no_unit_of_the_pack_acts() -> None:
    from types import SimpleNamespace

    from khazri.runs.preparation import _not_played

    played = SimpleNamespace(response=(), cells=("a",), inventory=("b",), injects=(), objectives=())
    assert _not_played(played) == (
        "cells, inventory: for an exercise with players; this run has none, and no unit acts in it",
    )
    assert _not_played(SimpleNamespace(response=(), cells=(), inventory=(), injects=(), objectives=())) == ()
