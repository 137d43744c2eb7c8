"""The engine is compiled ahead, by several processes, for the very types that it is called with."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import numba
import numpy as np
import pytest
from small_sea import at_once, constant, sea, shore_east, site

from khazri import engine
from khazri.engine import Controls
from khazri.engine.compiling import blank_scene, parts
from khazri.engine.controls import Boom, Swath
from khazri.engine.driver import workshop_of
from khazri.runs import compiling


def test_the_scene_that_is_compiled_for_is_the_one_that_is_stepped() -> None:
    inputs = site(terrain=sea(), release=at_once())
    scene = workshop_of(engine.start(inputs), inputs).scene
    assert numba.typeof(scene) == numba.typeof(blank_scene())


def test_a_step_calls_nothing_that_was_not_compiled_ahead() -> None:
    compiling.compile_engine()
    assert compiling.is_compiled()
    inputs = site(constant("current", 0.2, 0.0), terrain=sea(shore_east(5)), release=at_once(), particles=500)
    state = engine.start(inputs)
    boom = Boom(0, np.array([[2e2, -5e3], [2e2, 5e3]]), 0.5)
    swath = Swath(0, np.array([[[-1e3, -1e3], [1e3, -1e3], [1e3, 1e3], [-1e3, 1e3]]]), 0.5, 10.0)
    before = {part.name: set(part.kernel.signatures) for part in parts()}  # what other tests called them with
    for controls in (Controls(), Controls(booms=(boom,)), Controls(swaths=(swath,)), *[Controls()] * 8):
        engine.step(state, inputs, controls)
    engine.frame_of(state, inputs)
    for part in parts():
        assert set(part.kernel.signatures) - before[part.name] <= {part.types}, part.name


def test_a_kernel_that_another_process_made_is_copied_and_none_is_replaced(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder, word in ((ours, "old"), (theirs, "new")):
        for name in ("pass_a", "pass_b") if folder == theirs else ("pass_a",):
            (folder / "kernels").mkdir(parents=True, exist_ok=True)
            (folder / "kernels" / f"{name}.nbi").write_text(word)
            (folder / "kernels" / f"{name}.1.nbc").write_text(word)
    compiling._collect(theirs, ours)
    found = {path.name: path.read_text() for path in (ours / "kernels").iterdir()}
    assert found == {"pass_a.nbi": "old", "pass_a.1.nbc": "old", "pass_b.nbi": "new", "pass_b.1.nbc": "new"}


def test_a_compiler_that_fails_leaves_no_claim_that_all_is_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(shared: Path, number: int, processes: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(1)"])

    monkeypatch.setattr(compiling, "_start", fail)
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path)
    compiling.compile_engine()
    assert not list(tmp_path.iterdir())


def test_a_cache_that_cannot_be_written_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path / "not there")
    compiling.compile_engine()
    assert not list(tmp_path.iterdir())


def test_the_claim_of_a_dead_process_is_passed_over_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text(str(os.getpid()))
    assert compiling.claim(lock) is None
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    lock.write_text(str(gone.pid))
    assert compiling.claim(lock) == lock
    assert lock.read_text() == str(os.getpid())


def test_several_processes_only_where_there_is_memory_for_them() -> None:
    assert compiling.processes_for(0.0) == 1
    assert compiling.processes_for(1e12) == min(os.cpu_count() or 1, compiling.MOST)


def test_who_comes_while_another_compiles_waits_and_compiles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiling, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(compiling, "compile_into", lambda *_: pytest.fail("compiled twice"))
    (tmp_path / f"{compiling.MARKER}.lock").write_text(str(os.getpid()))

    def finish(seconds: float) -> None:
        compiling.marker_in(tmp_path).touch()

    monkeypatch.setattr(time, "sleep", finish)
    compiling.compile_engine()
