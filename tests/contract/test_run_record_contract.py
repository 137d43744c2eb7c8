"""`run.json` holds what CONTRACTS.md promises, by these names and in these units."""

from __future__ import annotations

import json

import numpy as np
import pytest

from khazri.engine.owners import Owner

FIELDS = {
    "pack_hash": str,
    "input_hashes": dict,
    "build": dict,
    "seed": int,
    "threads": int,
    "sites": list,
    "dt": float,
    "steps": int,
    "particles": int,
    "particle_steps": int,
    "wall_seconds": float,
    "particle_steps_per_second": float,
    "peak_rss_bytes": int,
    "budget": dict,
    "released_kg": float,
    "closure": float,
    "notes": list,
    "files": list,
}
OWNERS = (
    "afloat",
    "boomed",
    "overwashed",
    "submerged",
    "on_bed",
    "ashore",
    "in_ice",
    "left_domain",
    "evaporated",
    "dissolved",
    "biodegraded",
    "sedimented",
    "recovered",
    "burned",
    "burn_residue",
    "shore_cleaned",
)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    from small_pack import small_pack

    from khazri.engine.numerics import Numerics
    from khazri.runs.preparation import Prepared, PreparedSite
    from khazri.runs.record import run_record, write_record

    pack = small_pack()
    site = PreparedSite(pack.sites[0], inputs=None, places=(), releases=(), wind=None, notes=())
    prepared = Prepared(pack, "0" * 64, {"coast.geojson": "1" * 64}, Numerics(), (site,), ())
    budget = np.zeros(16)
    budget[Owner.AFLOAT], budget[Owner.EVAPORATED] = 300.0, 100.0
    made = run_record(
        prepared,
        budgets=[budget],
        released=[400.0],
        particle_steps=1000,
        seconds=0.5,
        steps=12,
        notes=[{"site": "s", "topic": "oil", "text": "estimated"}],
    )
    folder = tmp_path_factory.mktemp("record")
    (folder / "frames").mkdir()
    (folder / "frames" / "index.jsonl").write_text("{}")
    (folder / "budget.csv").write_text("x")
    return json.loads(write_record(folder, made).read_text(encoding="utf-8"))


def test_every_promised_field_is_there_with_its_type(record):
    for name, kind in FIELDS.items():
        assert isinstance(record[name], kind), name


def test_the_owners_are_those_of_the_contract(record):
    assert tuple(record["budget"]) == OWNERS
    assert sum(record["budget"].values()) == record["released_kg"] == 400.0
    assert record["closure"] == 0.0


def test_a_build_is_version_lock_and_target(record):
    assert set(record["build"]) == {"version", "lock", "target"}
    assert record["build"]["lock"].startswith("sha256:")


def test_speed_is_particle_steps_over_seconds(record):
    assert record["particle_steps_per_second"] == record["particle_steps"] / record["wall_seconds"] == 2000.0


def test_files_are_listed_and_frames_as_a_folder(record):
    assert record["files"] == ["budget.csv", "frames/"]
    assert record["exercise"] == "EXERCISE"
