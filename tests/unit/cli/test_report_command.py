"""`khazri report`: two files from a database, and clear words where something is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from khazri.cli.app import app
from khazri.exercise import facts as f
from khazri.exercise.codec import chained
from khazri.exercise.entry import Entry
from khazri.inputs.examples import example
from khazri.inputs.packs import pack_hash, read_pack
from khazri.store.database import open_database, sqlite_url
from khazri.store.log import ExerciseLog, RunRecord

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

RUN = "north-wind-1"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A service's folder with one short run in it."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(example("north-wind"), folder / "packs" / "nw")
    pack = read_pack(folder / "packs" / "nw")
    log = ExerciseLog(open_database(sqlite_url(folder / "khazri.sqlite")))
    log.open_run(RunRecord(RUN, pack.name, "packs/nw", pack_hash(pack), "2026-11-23T05:00:00Z"))
    opened = f.Opened(
        exercise=pack.name, scenario_hash=pack_hash(pack), input_hashes={}, build="test", seed=pack.numerics.seed,
        dt=pack.numerics.dt, start="2026-09-14T04:00:00Z", last_step=pack.steps,
    )  # fmt: skip
    entries: list[Entry] = []
    for step, fact in ((0, opened), (0, f.Started()), (40, f.Ended())):
        previous = entries[-1] if entries else None
        entries.append(chained(previous, run=RUN, step=step, fact=fact, actor="dora", cause="", wall="w"))
    log.append(entries)
    return folder


def test_it_writes_a_page_and_a_pdf(data: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["report", RUN, "--data", str(data), "-o", str(tmp_path / "out"), "--language", "az"]
    )
    assert done.exit_code == 0, done.output
    page, paper = tmp_path / "out" / "after-action.html", tmp_path / "out" / "after-action.pdf"
    assert "Heç nə etməmək | Oynandığı kimi" in page.read_text(encoding="utf-8")
    assert paper.read_bytes().startswith(b"%PDF-")
    assert str(page) in done.output.replace("\n", "")


def test_an_unknown_run_is_refused_with_the_runs_there_are(data: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", "nw-2", "--data", str(data), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert f"expected one of: {RUN}" in done.output
    assert not (tmp_path / "out").exists()


def test_an_unknown_language_is_refused_before_anything_is_computed(data: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["report", RUN, "--data", str(data), "-o", str(tmp_path / "out"), "--language", "xx"]
    )
    assert done.exit_code == 2
    assert "expected one of en, ru, az" in done.output


def test_a_folder_without_a_database_is_left_as_it_is(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["report", RUN, "--data", str(tmp_path), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert "there is no database" in done.output
    assert list(tmp_path.iterdir()) == []


def test_an_output_folder_that_cannot_be_made_is_said_in_words(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = CliRunner().invoke(app, ["report", RUN, "--data", str(data), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2, done.output
    assert "expected a folder" in done.output


def test_a_changed_pack_is_refused(data: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(data, other)
    scenario = other / "packs" / "nw" / "scenario.yaml"
    scenario.write_text(scenario.read_text(encoding="utf-8").replace("mass: 300 t", "mass: 301 t"), encoding="utf-8")
    done = CliRunner().invoke(app, ["report", RUN, "--data", str(other), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2, done.output
    assert "pack's hash" in done.output
