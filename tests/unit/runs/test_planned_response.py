"""A plan of response carried out by a run: with it and without it, compared."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from khazri.inputs.examples import example
from khazri.report.comparison import NotARun, compare, read_finished, warnings_of, write_comparison
from khazri.report.values import LANGUAGES
from khazri.runs import execute, open_session
from khazri.scenario import PackFaults

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds


def small(folder: Path, *cuts: tuple[str, str]) -> Path:
    target = folder / "pack"
    shutil.copytree(example("north-caspian-response"), target)
    path = target / "scenario.yaml"
    text = path.read_text("utf-8")
    for old, new in (("resolution: 500 m", "resolution: 2000 m"), ("particles: 20000", "particles: 600"), *cuts):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def runs(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    pack = small(folder, ("2026-06-15T02:00:00Z", "2026-06-14T12:00:00Z"), ('"T+10:00"', '"T+09:30"'))
    products = ("tables", "vector", "page")
    execute(pack, folder / "without", response=False, products=products)
    execute(pack, folder / "with", products=products)
    return folder / "without", folder / "with"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(line for line in source if not line.startswith("#")))


def test_the_response_takes_oil_and_the_budget_closes_with_and_without(runs) -> None:
    nothing, played = (json.loads((run / "run.json").read_text("utf-8")) for run in runs)
    assert "response" not in nothing
    assert played["budget"]["recovered"] > 1_000.0
    assert nothing["budget"]["recovered"] == 0.0
    for record in (nothing, played):
        assert record["closure"] < 1e-12
    of_units = sum(unit["recovered_kg"] for unit in played["response"]["units"])
    assert of_units == pytest.approx(played["budget"]["recovered"], rel=1e-6)
    assert played["response"]["mixture_m3"] > of_units / 1_000.0  # water comes with it
    assert played["response"]["cost"] > 0.0


def test_units_stand_in_tables_with_their_ways_and_no_tank_runs_over(runs) -> None:
    tracks = rows(runs[1] / "unit_tracks.csv")
    assert {row["unit"] for row in tracks} >= {"alfa-skimmer", "alfa-boom", "alfa-helicopter"}
    assert max(float(row["fluid_m3"]) for row in tracks if row["unit"] == "alfa-skimmer") <= 15.0
    assert {"transit", "on_task"} <= {row["state"] for row in tracks}
    assert all(row["reason"] for row in rows(runs[1] / "unit_happenings.csv") if row["what"] == "unit stopped")
    told = {row["what"] for row in rows(runs[1] / "unit_happenings.csv")}
    assert {"unit started", "unit arrived", "boom set", "oil sighted"} <= told
    assert not (runs[0] / "units.csv").exists()
    features = json.loads((runs[1] / "contours.geojson").read_text("utf-8"))["features"]
    assert any(each["properties"]["kind"] == "unit track" for each in features)
    assert "alfa-skimmer" in (runs[1] / "units.csv").read_text("utf-8")
    assert '"response":{"units":[' in (runs[1] / "report.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_has_every_figure_of_both_in_each_language(runs, tmp_path, language) -> None:
    a, b = (read_finished(run) for run in runs)
    found = compare(a, b, language)
    budget = [row for row in found if row.group == "budget"]
    assert sum(row.difference or 0.0 for row in budget) == pytest.approx(0.0, abs=1e-6)  # what one lost another gained
    assert {row.group for row in found} == {"budget", "shore", "places", "units"}
    table, picture, page = write_comparison(tmp_path, a, b, language=language)
    assert len(rows(table)) == len(found)
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "EXERCISE" in page.read_text("utf-8")
    assert warnings_of(a, b, language) == []


def test_a_comparison_of_unlike_runs_says_in_what_they_differ(runs, tmp_path) -> None:
    other = tmp_path / "other"
    shutil.copytree(runs[1], other)
    record = json.loads((other / "run.json").read_text("utf-8"))
    (other / "run.json").write_text(json.dumps({**record, "seed": 1}), encoding="utf-8")
    assert any("seed" in text for text in warnings_of(read_finished(runs[0]), read_finished(other)))
    with pytest.raises(NotARun, match=r"run\.json"):
        read_finished(tmp_path)


def test_an_order_that_never_could_be_carried_out_is_a_fault_before_the_run(tmp_path) -> None:
    pack = small(tmp_path, ("boom_length: 2000 m", "boom_length: 500 m"))
    with pytest.raises(PackFaults, match=r"response\[1\]\.line is .* long; expected at most 500 m"):
        open_session(pack)


def test_a_session_with_units_goes_on_from_a_snapshot_to_the_bit(tmp_path) -> None:
    pack = small(tmp_path)
    straight = open_session(pack, threads=1).advance(steps=90)
    broken = open_session(pack, threads=2).advance(steps=70)
    path = broken.snapshot().save(tmp_path / "half.npz")
    again = open_session(pack).restore(type(broken.snapshot()).load(path)).advance(steps=20)
    assert again.snapshot().world == straight.snapshot().world
