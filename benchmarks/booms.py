"""`python benchmarks/booms.py [particles] [threads]`: what booms cost a step, in one run with and without them by turns.

Twenty booms of ten segments lie in the middle of a slick of 10 km, as they do in a response; among particles that all float
within a few hundred metres of one, a third of which they hold, which is the worst case; and far from all. A ratio says
more than a time here: both sides of it feel the same neighbours on the machine.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "support")]

from small_sea import at_once, gridded, sea, shore_east, site  # noqa: E402

from khazri import engine  # noqa: E402
from khazri.engine.controls import Boom, Controls  # noqa: E402

HOURS = np.arange(13) * 3600.0
ROUNDS = 12


def case(particles: int, threads: int, radius: float) -> engine.SiteInputs:
    """A slick in a slow current that turns, wind, every process."""
    current = gridded(
        "current", lambda x, y, t: (0.2 + 0.05 * np.sin(y / 8e3 + t / 7e3), 0.1 * np.cos(x / 8e3 - t / 7e3)), times=HOURS,
        spacing=300.0, cells=200,
    )  # fmt: skip
    wind = gridded("wind", lambda x, y, t: (3.0 + np.sin(x / 9e3), 2.0 + np.cos(t / 9e3) + 0 * x), times=HOURS)
    return site(
        current, wind, terrain=sea(shore_east(40)), release=at_once(radius=radius), particles=particles, threads=threads,
        dt=60.0,
    )  # fmt: skip


def booms(x: float, y: float) -> tuple[Boom, ...]:
    """Twenty arcs of 300 m, ten segments each, in rows about a point."""
    arc = np.linspace(-1.2, 1.2, 11)
    return tuple(
        Boom(
            k,
            np.stack([x + 400.0 * (k % 5 - 2) + 125.0 * np.cos(arc), y + 400.0 * (k // 5 - 1.5) + 125.0 * np.sin(arc)], axis=1),
            0.5, wave_limit=2.0, wave_height=0.3,
        )
        for k in range(20)
    )  # fmt: skip


def moved(lying: tuple[Boom, ...], by: float) -> tuple[Boom, ...]:
    """The same, towed to the west."""
    return tuple(
        Boom(b.ident, b.line - [by, 0.0], b.skirt, wave_limit=2.0, wave_height=0.3, before=b.line) for b in lying
    )


def main() -> None:
    """Steps of three states, one after the other, many times; the medians of the ratios are printed."""
    particles, threads = (int(a) for a in (*sys.argv[1:], *("100000", "1")[len(sys.argv) - 1 :]))
    near, far = booms(0.0, 0.0), booms(-20_000.0, -20_000.0)
    narrow, wide = case(particles, threads, 1_000.0), case(particles, threads, 5_000.0)
    worst = compare(narrow, {"none": (), "near": near, "far": far, "towed": moved(near, 20.0)})
    usual = compare(wide, {"none": (), "slick": near, "slick_towed": moved(near, 20.0)})
    print(json.dumps({"particles": particles, "threads": threads, **worst, **usual}, indent=2))


def compare(inputs: engine.SiteInputs, sets: dict[str, tuple[Boom, ...]]) -> dict[str, object]:
    """Steps of the same inputs with each set of booms by turns; what all hold at the end [kg]."""
    states = {name: engine.start(inputs) for name in sets}
    times: dict[str, list[float]] = {name: [] for name in sets}
    for round_ in range(ROUNDS + 3):
        for name, state in states.items():
            began = time.perf_counter()
            engine.step(state, inputs, Controls(booms=sets[name]))
            if round_ >= 3:
                times[name].append(time.perf_counter() - began)
    found: dict[str, object] = {}
    for name in sets:
        if name != "none":
            found[f"{name}_over_none"] = round(float(np.median(np.array(times[name]) / np.array(times["none"]))), 3)
            found[f"{name}_held_kg"] = round(sum(tally.held for tally in states[name].boom_tally.values()))
    return found


if __name__ == "__main__":
    main()
