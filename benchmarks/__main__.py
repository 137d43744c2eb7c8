"""`python -m benchmarks` (`make bench`): speed as ratios in one run, written to docs/speed.md and the README.

python -m benchmarks                 everything (about ten minutes)
python -m benchmarks --no-opendrift  without the throw-away OpenDrift environment

What else a machine does only ever slows a run down, and does so for minutes at a time. So each case is run several times,
ours and theirs by turns, and of each the fastest counts: neither has the quiet minutes for itself.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent
OPENDRIFT = HERE / ".opendrift"
OUT = HERE / "out"
REPEATS = 5
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]


def opendrift_python() -> Path:
    """The interpreter of the throw-away environment, made on first use from PyPI (OpenDrift is GPL: a separate program)."""
    python = OPENDRIFT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    marker = OPENDRIFT / ".ready"
    if not marker.exists():
        print("making the OpenDrift environment (once)...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(OPENDRIFT)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "opendrift==1.14.12"], check=True)
        marker.touch()
    return python


def opendrift(case: str, forcing: Path, particles: int, steps: int) -> dict[str, float]:
    """Run one OpenDrift case as a separate program."""
    command = [str(opendrift_python()), str(HERE / "opendrift_case.py"), case, str(forcing), str(particles), str(steps)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(out.strip().splitlines()[-1]))


def khazri(case: str, forcing: Path, particles: int, threads: int) -> dict[str, float]:
    """Run one Khazri case in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, str(HERE / "khazri_case.py"), case, str(forcing), str(particles), str(threads)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(json.loads(out.strip().splitlines()[-1]))


def fastest_by_turns(cases: dict[str, Callable[[], dict[str, float]]], rounds: int) -> dict[str, dict[str, float]]:
    """The fastest run of each case; every round runs each once, and the next round goes the other way about."""
    best: dict[str, dict[str, float]] = {}
    for turn in range(rounds):
        for name in list(cases)[:: 1 if turn % 2 == 0 else -1]:
            found = cases[name]()
            print(f"{turn + 1}/{rounds} {name}: {found['particle_steps_per_second'] / 1e6:.3g} M/s", flush=True)
            best[name] = max(best.get(name, found), found, key=lambda one: one["particle_steps_per_second"])
    return best


def start_times() -> dict[str, float]:
    """Best of several wall times of the starts that people wait for [s]."""

    def best(code: list[str], times: int = 5, **environment: str) -> float:
        walls = []
        for _ in range(times):
            began = time.perf_counter()
            subprocess.run([sys.executable, *code], check=True, capture_output=True, env={**os.environ, **environment})
            walls.append(time.perf_counter() - began)
        return min(walls)

    def cold() -> float:
        with tempfile.TemporaryDirectory() as folder:
            return best(["-m", "khazri", "warm"], times=1, NUMBA_CACHE_DIR=folder)

    subprocess.run([sys.executable, "-m", "khazri", "warm"], check=True, capture_output=True)
    bare = best(["-c", "pass"])
    with tempfile.TemporaryDirectory() as folder:
        first_step = best([str(HERE / "first_step_case.py"), folder])
    return {
        "`import khazri`": best(["-c", "import khazri"]) - bare,
        "`khazri --help`": best(["-m", "khazri", "--help"]),
        "`khazri run` to its first step": first_step,
        "`khazri warm` on a new machine (all is compiled)": min(cold() for _ in range(2)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-opendrift", action="store_true")
    parser.add_argument("--rounds", type=int, default=REPEATS, help="runs of each case (5)")
    options = parser.parse_args()
    from forcing import write_forcing
    from tables import write_tables

    OUT.mkdir(exist_ok=True)
    forcing = write_forcing(OUT / "forcing.nc")
    results: dict[str, object] = {
        "machine": f"{platform.machine()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GiB, "
        f"{platform.system()}, Python {platform.python_version()}",
        "starts": start_times(),
    }
    cases: dict[str, Callable[[], dict[str, float]]] = {}
    for case, theirs in (("oil", (20_000, 24)), ("drift", (100_000, 48))):
        for threads in (1, 2):
            cases[f"{case}-100k-{threads}"] = partial(khazri, case, forcing, 100_000, threads)
        if not options.no_opendrift:
            cases[f"opendrift-{case}"] = partial(opendrift, case, forcing, *theirs)
    results.update(fastest_by_turns(cases, options.rounds))
    results.update(
        fastest_by_turns({"oil-5M-2": partial(khazri, "oil", forcing, 5_000_000, 2)}, min(options.rounds, 2))
    )
    (OUT / "speed.json").write_text(json.dumps(results, indent=2))
    write_tables(results, HERE.parent)


if __name__ == "__main__":
    main()
