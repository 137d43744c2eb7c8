"""`python benchmarks/response.py [particles] [threads]`: sixty units at work on a slick against the same run without units.

Both worlds step by turns in one process, so that their ratio holds on a busy machine too; the pace is of this machine as it is.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "support")]

from small_fleet import PLANE, box, degrees, fleet  # noqa: E402
from small_sea import at_once, gridded, sea, shore_east, site  # noqa: E402

from khazri.response import Unit, unit_of  # noqa: E402
from khazri.runs.collector import spare_what_stands  # noqa: E402
from khazri.simulation import Orders, World, advance, open_world  # noqa: E402
from khazri.simulation.orders import UnitTask  # noqa: E402

HOURS = np.arange(13) * 3600.0
WARM, ROUNDS = 30, 60
ALLOWED = {"least_shore": 0.0, "least_depth": 5.0}


def world(particles: int, threads: int, *units: Unit) -> World:
    """A slick of 2 km, current and wind that vary, every process, steps of a minute."""
    current = gridded(
        "current", lambda x, y, t: (0.2 + 0.05 * np.sin(y / 8e3 + t / 7e3), 0.1 * np.cos(x / 8e3 - t / 7e3)), times=HOURS,
        spacing=300.0, cells=200,
    )  # fmt: skip
    wind = gridded("wind", lambda x, y, t: (3.0 + np.sin(x / 9e3), 2.0 + np.cos(t / 9e3) + 0 * x), times=HOURS)
    inputs = site(
        current, wind, terrain=sea(shore_east(40)), release=at_once(mass=5e6, radius=1000.0), particles=particles, threads=threads,
        dt=60.0,
    )  # fmt: skip
    return open_world((inputs,), fleet=fleet(*units))


def at_work() -> tuple[tuple[Unit, ...], Orders]:
    """Twenty skimmers, twenty boom vessels, eight that spray, four that burn, eight that look."""
    units, tasks = [], {}
    for k in range(60):
        x, y = -900.0 + 100.0 * (k % 20), -1_000.0 + 500.0 * (k // 20)
        place = degrees((x - 1_500.0, y))[0]
        near = box(x - 300.0, y - 300.0, x + 300.0, y + 300.0)
        if k < 20:
            kind, task = "skimming_vessel", UnitTask("skim", near, 0, 1)
        elif k < 40:
            line = degrees((x + 100.0, y - 100.0), (x + 150.0, y), (x + 100.0, y + 100.0))
            kind, task = "boom_vessel", UnitTask("boom", line, 0, 1)
        elif k < 48:
            kind, task = "dispersant_vessel", UnitTask("spray", near, 0, 1)
        elif k < 52:
            kind, task = "burn_team", UnitTask("burn", near, 0, 1)
        else:
            kind, task = "surveillance_vessel", UnitTask("survey", near, 0, 1)
        figures = {"mobilisation": 60.0, **(ALLOWED if "dispersant" in kind else {})}
        units.append(unit_of(f"alfa-{k:02d}", kind, "test", place, figures))
        tasks[f"alfa-{k:02d}"] = task
    return tuple(units), Orders(tasks=tasks)


def main() -> None:
    """Means over the rounds, after half an hour in which the units have come to work: every tenth step all crews look around."""
    particles, threads = (int(a) for a in (*sys.argv[1:], *("100000", "2")[len(sys.argv) - 1 :]))
    units, orders = at_work()
    alone, crowd = world(particles, threads), world(particles, threads, *units)
    times: dict[str, list[float]] = {"alone": [], "crowd": []}
    for round_ in range(WARM + ROUNDS):
        for name, each, given in (("alone", alone, Orders()), ("crowd", crowd, orders)):
            began = time.perf_counter()
            advance(each, given)
            spare_what_stands()  # as the service does after its first step
            if round_ >= WARM:
                times[name].append(time.perf_counter() - began)
    seconds = {name: float(np.mean(found)) for name, found in times.items()}
    ratio = seconds["crowd"] / seconds["alone"]
    print(
        json.dumps(
            {
                "plane": [round(PLANE.longitude, 2), round(PLANE.latitude, 2)], "particles": particles, "threads": threads,
                "units": len(units), "at_work": sum(v.phase in ("working", "holding", "to_oil", "searching") for v in crowd.vessels),
                "million_particle_steps_per_second": {n: round(1e-6 * particles / s, 2) for n, s in seconds.items()},
                "with_over_without": round(ratio, 2), "recovered_kg": round(sum(v.recovered for v in crowd.vessels)),
                "treated_kg": round(sum(v.treated for v in crowd.vessels)),
            },
            indent=2,
        )
    )  # fmt: skip


if __name__ == "__main__":
    main()
