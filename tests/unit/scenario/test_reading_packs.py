"""Parsed values in, a pack or its faults out."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest

from khazri.scenario import Origin, PackFaults, build, examine

KNOWN = frozenset({"azeri-light"})


def small() -> dict[str, Any]:
    """The least that is a pack with a release."""
    return {
        "schema": 1,
        "name": "small",
        "title": "Small",
        "start": "2026-09-14T04:00:00Z",
        "end": "2026-09-15T04:00:00Z",
        "sites": [
            {
                "ident": "sea",
                "name": "Sea",
                "area": {"west": 48.0, "east": 51.0, "south": 41.0, "north": 43.0},
                "water_level": -29.3,
                "environment": {"scripted": {"wind": {"speed": "14 kn", "from": "130 deg"}}},
                "releases": [
                    {"ident": "ship", "at": [50.0, 42.0], "oil": "azeri-light", "mass": "400 t", "until": "T+04:00"}
                ],
                "places": [{"ident": "isle", "name": "Isle", "point": [50.2, 42.2], "weight": 3}],
            }
        ],
    }


def faults_of(values: object) -> list[str]:
    return [str(fault) for fault in examine(values, known_oils=KNOWN)[1]]


def changed(path: str, value: object, tree: dict[str, Any] | None = None) -> dict[str, Any]:
    """`small()` with one value put in, e.g. at sites.0.releases.0.mass; `...` takes it out."""
    values = copy.deepcopy(tree or small())
    node: Any = values
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in parents:
        node = node.setdefault(part, {}) if isinstance(node, dict) else node[part]
    if value is ...:
        del node[last]
    elif isinstance(last, int) and last == len(node):
        node.append(value)
    else:
        node[last] = value
    return values


def test_a_small_pack_is_read_into_si() -> None:
    pack = build(small(), known_oils=KNOWN)
    release = pack.sites[0].releases[0]
    assert (pack.duration, pack.steps, pack.start) == (86_400.0, 96, datetime(2026, 9, 14, 4, tzinfo=UTC))
    assert (release.start_seconds, release.end_seconds, release.mass, release.vertices) == (
        0.0,
        14_400.0,
        400_000.0,
        ((50.0, 42.0),),
    )
    assert pack.numerics.to_engine().dt == 900.0
    assert pack.title.best("ru") == "Small"


def test_utc_times_within_the_run_are_seconds_from_its_start() -> None:
    pack = build(changed("sites.0.releases.0.until", "2026-09-14T08:00:00Z"), known_oils=KNOWN)
    assert pack.sites[0].releases[0].end_seconds == 14_400.0


SITE, RELEASE = "sites.0", "sites.0.releases.0"
BROKEN = [
    ("end", "2026-09-14T04:00:00Z", 'end is "2026-09-14T04:00:00Z"; expected a time after the start'),
    ("end", "2026-09-15T04:00:00", "the zone is missing"),
    ("start", ..., "start is missing; expected a UTC time"),
    ("schema", 2, "schema is 2; expected 1"),
    ("name", "Small Pack", "expected lower-case words joined by hyphens"),
    ("title", {}, "title is {}; expected words"),
    ("sites", [], "sites is []; expected at least 1 in the list"),
    ("sites", "none", 'sites is "none"; expected a list'),
    ("roles", [], "roles is []; expected no such section: it is not part of a pack yet"),
    ("places", [], "places is []; expected it inside a site, as sites[0].places"),
    ("numeric", {}, "numeric is {}; expected a known key; the nearest is numerics"),
    ("numerics.dt", "2 d", "numerics.dt"),
    ("numerics.dt", "6 h", None),
    ("numerics.dt", 0, "numerics.dt is 0; expected 1 to 21600 s"),
    ("numerics.seed", -1, "numerics.seed is -1; expected a whole number, 0 to 4294967295"),
    ("numerics.particles", "20000", 'numerics.particles is "20000"; expected a whole number'),
    ("numerics.processes.evaporating", True, "the nearest is evaporation"),
    ("numerics.processes.evaporation", "no", 'is "no"; expected true or false'),
    ("numerics.advection", "rk3", 'numerics.advection is "rk3"; expected euler, rk2 or rk4'),
    (f"{SITE}.area", {"west": 51, "east": 48, "south": 41, "north": 43}, "area.east is 48; expected more than west, 51"),
    (f"{SITE}.area", {"west": 48, "east": 51, "south": 43, "north": 41}, "area.north is 41; expected more than south, 43"),
    (f"{SITE}.area", {"west": 48, "east": 51, "south": 41}, "area.north is missing"),
    (f"{SITE}.area", [[48, 41], [51, 43], [51, 41], [48, 43]], "area is [[48, 41], [51, 43], [51, 41], [48, 43]]; expected a polygon whose"),  # noqa: E501
    (f"{SITE}.area", [[48, 41], [51, 43], [48, 41]], "at least three different corners"),
    (f"{SITE}.area.north", "93N", "expected a latitude"),
    (f"{SITE}.water_level", ..., "sites[0].water_level is missing"),
    (f"{SITE}.area", {"west": 49, "east": 51, "south": 41.999, "north": 42.001}, "expected at least 0.01 degrees above"),
    (f"{SITE}.resolution", 10, "expected at least 37 m for an area of this size"),
    (f"{SITE}.coast", {"kind": "fine", "file": "a.geojson"}, "coast.file is \"a.geojson\"; expected no file: kind is fine"),
    (f"{SITE}.bathymetry", {"kind": "training", "depth": 5}, "bathymetry.depth is 5; expected no depth: kind is training"),
    (f"{SITE}.environment.scripted.wind.from", "east", 'is "east"; expected an angle as in "130 deg" (units: rad, deg, °)'),
    (f"{SITE}.coast", "best", "expected training, fine, or the name of a GeoJSON file"),
    (f"{SITE}.bathymetry", "0 m", "expected a depth of m > 0"),
    (f"{SITE}.resolutoin", 500, "sites[0].resolutoin is 500; expected a known key; the nearest is resolution"),
    (f"{SITE}.shoreline", {"default": "beach"}, "expected rock, man_made"),
    (f"{SITE}.environment.precedence", ["scripted", "scripted"], "expected each source once"),
    (f"{SITE}.environment.precedence", ["files"], "scripted among them"),
    (f"{SITE}.environment.scripted.wind.speed", "140 m/s", "expected 0 to 60 m/s, else the unit is wrong"),
    (f"{SITE}.environment.scripted.wind.from", 130, 'is 130; expected a unit as in "130 deg"'),
    (f"{SITE}.environment.scripted.wind.towards", "130 deg", "wind.towards"),
    (f"{SITE}.environment.scripted.water_temperature", 21, "water_temperature is 21; expected -3 to 45 degC, a plain number is kelvin"),
    (f"{SITE}.environment.scripted.salinity", 46, "expected 0 to 45 psu"),
    (f"{SITE}.environment.scripted.ice", {"concentration": 60}, "expected 0 to 1"),
    (f"{SITE}.environment.scripted.salinity", [], "salinity is []; expected at least one value"),
    (
        f"{SITE}.environment.scripted.salinity",
        [{"at": 3600, "value": 8}, {"at": 3600, "value": 9}],
        "salinity[1].at is 3600; expected a moment after the one before it, T+01:00",
    ),
    (f"{SITE}.environment.scripted.stations", [{"position": [50, 42], "wind": {"speed": 1, "from": "1 deg"}}], "either for the whole site or"),  # noqa: E501
    (f"{SITE}.environment.files", {"path": "a.nc", "variables": {"winds": "u"}}, "expected a field; the nearest is wind"),
    (f"{SITE}.environment.files", {"path": "a.nc", "variables": {"wind": "u"}}, "expected two variables"),
    (f"{RELEASE}.polygon", [[50, 42], [50.1, 42], [50.1, 42.1]], "polygon"),
    (f"{RELEASE}.mass", -40, "sites[0].releases[0].mass is -40; expected kg > 0"),
    (f"{RELEASE}.mass", ..., "sites[0].releases[0].mass is missing; expected mass or volume"),
    (f"{RELEASE}.volume", "1 m3", "volume is \"1 m3\"; expected either mass or volume, not both"),
    (f"{RELEASE}.from", "T+25:00", "from is \"T+25:00\"; expected a moment within the run, T+00:00 to T+24:00"),
    (f"{RELEASE}.until", "T+25:00", "until is \"T+25:00\"; expected a moment within the run"),
    (f"{RELEASE}.from", "T+05:00", "until is \"T+04:00\"; expected a moment at or after from, T+05:00"),
    (f"{RELEASE}.at", [52.0, 42.0], 'at is [52.0, 42.0]; expected a point inside the site\'s area (41-00.0N 048-00.0E to'),
    (f"{RELEASE}.at", [50.0], "expected two numbers, [longitude, latitude]"),
    (f"{RELEASE}.at", ..., "at is missing; expected a place"),
    (f"{RELEASE}.line", [[50, 42], [50.1, 42]], "line"),
    (f"{RELEASE}.oil", "azery-light", "the nearest is azeri-light"),
    (f"{RELEASE}.rate", [{"at": 0, "share": 0.5}, {"at": 3600, "share": 0.4}], "expected shares that add to 1; these add to 0.9"),
    (f"{RELEASE}.rate", [{"at": 0, "mass_rate": "1 t/h"}], "expected shares: mass rates say the mass themselves"),
    (f"{RELEASE}.rate", [{"at": 3600, "share": 1}], "rate[0].at is 3600; expected the start of the release, T+00:00"),
    ("sites.0.releases.1", {"ident": "ship", "at": [50, 42], "oil": "azeri-light", "mass": 1}, "releases[1].ident is \"ship\"; expected an ident"),  # noqa: E501
    ("sites.0.places.0.weight", -1, "places[0].weight is -1; expected a number >= 0"),
    ("sites.0.places.0.point", ..., "expected a polygon, or a point with its radius"),
    ("oils", [{"ident": "own", "api": 30}], "oils[0].viscosity is missing"),
    ("oils", [{"ident": "own", "api": 30, "density": 870, "viscosity": "30 cSt"}], "exactly one of api and density"),
    ("oils", [{"ident": "own", "api": 30, "viscosity": "30 cP"}], "dynamic viscosity"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "value", "said"), BROKEN, ids=[f"{path}-{index}" for index, (path, _, _) in enumerate(BROKEN)]
)
def test_a_broken_setting_is_told_with_its_path_its_value_and_what_would_be_right(
    path: str, value: object, said: str | None
) -> None:
    faults = faults_of(changed(path, value))
    if said is None:
        assert faults == []
    else:
        assert any(said in fault for fault in faults), faults
        assert len(faults) == 1, faults


@pytest.mark.parametrize("values", [None, [], "text", 5])
def test_what_is_no_mapping_is_told_in_one_fault(values: object) -> None:
    assert len(faults_of(values)) == 1


def test_all_faults_are_reported_together_in_the_authors_numbering() -> None:
    values = changed("sites.0.releases.0", "nonsense")
    values["sites"][0]["releases"].append({"ident": "b", "at": [50, 42], "oil": "unknown", "mass": -1})
    values["sites"][0]["places"].append({"ident": "c", "name": "C", "polygon": [[1, 2]]})
    values["foo"], values["end"] = 1, "2026-01-01T00:00:00Z"
    paths = [fault.path for fault in examine(values, known_oils=KNOWN)[1]]
    assert sorted(paths) == [
        "end", "foo", "sites[0].places[1].polygon", "sites[0].releases[0]", "sites[0].releases[1].mass", "sites[0].releases[1].oil",
    ]  # fmt: skip


def test_a_fault_in_a_needed_key_does_not_hide_the_rest_of_its_section() -> None:
    values = changed("sites.0.name", ..., changed("sites.0.releases.0.oil", "unknown"))
    assert [fault.path for fault in examine(values, known_oils=KNOWN)[1]] == [
        "sites[0].name",
        "sites[0].releases[0].oil",
    ]


def test_a_fault_is_one_line_that_names_the_file_and_the_line() -> None:
    origin = Origin("scenario.yaml", {("sites", 0, "releases", 0, "mass"): 41})
    fault = examine(changed("sites.0.releases.0.mass", -40), origin=origin)[1][0]
    assert str(fault) == "scenario.yaml:41 sites[0].releases[0].mass is -40; expected kg > 0"


def test_building_raises_all_faults() -> None:
    with pytest.raises(PackFaults, match="kg > 0") as caught:
        build(changed("sites.0.releases.0.mass", -40))
    assert len(caught.value.faults) == 1


def test_a_step_that_does_not_divide_the_run_is_a_note() -> None:
    pack = build(changed("numerics.dt", "7 min"), known_oils=KNOWN)
    assert pack.notes == ("numerics.dt (420 s) does not divide the run's duration (86400 s)",)


def test_a_place_outside_the_area_is_a_note() -> None:
    pack = build(changed("sites.0.places.0.point", [47.0, 42.0]), known_oils=KNOWN)
    assert pack.notes == ("sites[0].places[0] (isle) lies outside the site's area: no oil can reach it there",)
