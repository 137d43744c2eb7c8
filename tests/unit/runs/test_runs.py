from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr
from small_pack import small_pack

import khazri
from khazri import runs
from khazri.engine.owners import Owner, Status

pytestmark = pytest.mark.slow
PARTICLES = 300


@pytest.fixture(scope="module")
def pack():
    return small_pack()


@pytest.fixture(scope="module")
def run(pack):
    return khazri.simulate(pack, particles=PARTICLES)


@pytest.fixture(scope="module")
def written(pack, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "out"
    return khazri.simulate(pack, particles=PARTICLES, out=out)


class Heard:
    def __init__(self):
        self.said = []

    def phase(self, name, done=0.0, figures=""):
        self.said.append((name, done, figures))


def test_the_budget_holds_what_was_released_at_every_time(run):
    assert run.budget.dims == ("time", "owner")
    assert np.abs(run.budget.sum("owner") - run.budget.released).max() <= 1e-12 * 400_000
    assert run.record["closure"] <= 1e-12


def test_frames_open_as_a_dataset_by_time(run):
    frames = run.frames
    assert frames.sizes == {"trajectory": run.stored()[len(run.stored()) - 1].ident.size, "time": 4}
    assert frames.time.values[0] == np.datetime64("2026-09-14T04:00:00")
    afloat = frames.oil_mass.isel(time=-1).where(frames.status.isel(time=-1) == Status.AFLOAT).sum()
    assert float(afloat) == pytest.approx(float(run.budget.isel(time=-1, owner=Owner.AFLOAT)), rel=1e-4)


def test_a_session_by_hand_is_the_run(pack, run):
    session = runs.open_session(pack, particles=PARTICLES)
    while not session.done:
        session.advance(steps=1)
    by_hand, last = session.frame(), run.stored()[len(run.stored()) - 1]
    assert np.array_equal(by_hand.mass, last.mass)
    assert np.abs(by_hand.x - last.x).max() < 0.02  # stored in float32
    assert session.budget()["afloat"] == last.budget[Owner.AFLOAT]


def test_a_snapshot_and_the_rest_are_the_whole_run(pack, run, tmp_path):
    path = run.snapshot(3600.0).save(tmp_path / "hour.npz")
    session = runs.open_session(pack, particles=PARTICLES).restore(runs.Snapshot.load(path))
    assert session.time == 3600.0
    session.advance(steps=run.record["steps"] - session.step)
    whole = runs.open_session(pack, particles=PARTICLES).advance(steps=run.record["steps"])
    for name in ("x", "y", "mass", "thickness", "status"):
        assert np.array_equal(getattr(session.frame(), name), getattr(whole.frame(), name)), name


def test_going_on_is_having_run_longer(run):
    longer = khazri.simulate(small_pack(hours=5.0), particles=PARTICLES)
    gone_on = run.continue_(until=5 * 3600.0)
    assert gone_on.record["steps"] == longer.record["steps"] == 20
    assert np.array_equal(gone_on.stored()[5].mass, longer.stored()[5].mass)
    assert gone_on.budget.equals(longer.budget)


def test_threads_change_no_result(pack, run):
    two = khazri.simulate(pack, particles=PARTICLES, threads=2)
    assert two.budget.equals(run.budget)


def test_the_seed_changes_the_result(pack, run):
    other = khazri.simulate(pack, particles=PARTICLES, seed=7)
    assert other.record["seed"] == 7
    assert not np.array_equal(other.stored()[3].x, run.stored()[3].x)


def test_a_run_tells_every_phase_in_order(pack, tmp_path):
    heard = Heard()
    khazri.simulate(pack, particles=50, out=tmp_path / "o", progress=heard, products=("tables",))
    order = list(dict.fromkeys(name for name, _, _ in heard.said))
    assert order == ["reading", "terrain", "forcing", "compiling", "stepping", "writing"]
    assert all(0.0 <= done <= 1.0 for _, done, _ in heard.said)
    figures = [figure for name, _, figure in heard.said if name == "stepping"]
    assert "T+03:00" in figures[-1]
    assert "M/s" in figures[-1]


def test_every_product_is_there_and_opens(written):
    folder = written.folder
    expected = {
        "budget.csv", "budget.json", "shoreline.csv", "places.csv", "trajectories.nc", "grid.nc", "contours.geojson",
        "spill.kml",        "maps/oil.png", "maps/arrival.png", "maps/shore.png", "animation.gif", "report.html",
        "final.snapshot.npz", "frames/",
    }  # fmt: skip
    assert expected == set(json.loads((folder / "run.json").read_text(encoding="utf-8"))["files"])
    for name in expected:
        assert (folder / name).exists()
    with xr.open_dataset(folder / "trajectories.nc") as ds:
        assert ds.attrs["featureType"] == "trajectory"


def test_a_stored_run_is_opened_again_and_continued(written, pack):
    again = runs.open_run(written.folder)
    assert again.budget.equals(written.budget)
    with pytest.raises(runs.RunRefused, match="open it with its pack"):
        again.continue_(until=4 * 3600.0)
    whole = runs.open_run(written.folder, pack=pack).continue_(until=4 * 3600.0)
    assert len(whole.stored()) == 5


def test_an_existing_folder_is_refused_before_anything_is_computed(written, pack):
    heard = Heard()
    with pytest.raises(runs.RunRefused, match="exists already"):
        khazri.simulate(pack, out=written.folder, progress=heard)
    assert heard.said == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [({"particles": 0}, "particles is 0; expected 1"), ({"threads": 0}, "threads is 0"), ({"every": 0}, "every is 0")],
)
def test_settings_out_of_range_are_said(pack, settings, words):
    with pytest.raises(runs.RunRefused, match=words):
        khazri.simulate(pack, **settings)


def test_a_time_outside_the_run_is_refused(run):
    with pytest.raises(runs.RunRefused, match="expected 0 to 10800 s"):
        run.snapshot(99_999.0)
    with pytest.raises(runs.RunRefused, match="where the run ended"):
        run.continue_(until=3600.0)


def test_a_disk_that_fills_leaves_nothing(pack, tmp_path, monkeypatch):
    import errno

    from khazri.store import FrameWriter

    def full(self, frame, out):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FrameWriter, "_columns", full)
    with pytest.raises(runs.RunRefused, match="the disk is full"):
        khazri.simulate(pack, particles=50, out=tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
