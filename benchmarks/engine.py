"""`python benchmarks/engine.py [particles] [threads]`: the engine alone, against a plain NumPy drift and against its floor.

Times are of the processor (the sum over threads) and of the wall; a busy machine inflates both. One JSON object is printed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "support")]

from small_sea import at_once, gridded, sea, shore_east, site  # noqa: E402

from khazri import engine  # noqa: E402

FLOOR = 12.0  # [ns] per particle-step and core, ARCHITECTURE section 2
DRIFT = frozenset(("wind_drift", "diffusion", "stranding"))
STEPS = 8


def case(particles: int, threads: int, **numerics: object) -> engine.SiteInputs:
    """200 by 200 cells, hourly, of a current that turns and a wind that varies; shore 20 km to the east."""
    hours = np.arange(13) * 3600.0
    current = gridded(
        "current",
        lambda x, y, t: (0.1 + 0.1 * np.sin(y / 8e3 + t / 7e3), 0.1 * np.cos(x / 8e3 - t / 7e3)),
        times=hours,
        spacing=300.0,
        cells=200,
    )
    wind = gridded(
        "wind",
        lambda x, y, t: (5.0 + np.sin(x / 9e3), 6.0 + np.cos(y / 9e3 + t / 9e3)),
        times=hours,
        spacing=300.0,
        cells=200,
    )
    return site(
        current,
        wind,
        terrain=sea(shore_east(40)),
        release=at_once(radius=2000.0),
        particles=particles,
        threads=threads,
        **numerics,
    )


def measure(inputs: engine.SiteInputs) -> dict[str, float]:
    """Nanoseconds per particle-step, best of three rounds, after the kernels are compiled and an hour has passed."""
    state = engine.start(inputs)
    for _ in range(4):
        engine.step(state, inputs)
    cpu, wall = [], []
    for _ in range(3):
        began, clock = time.process_time(), time.perf_counter()
        for _ in range(STEPS):
            engine.step(state, inputs)
        cpu.append(time.process_time() - began)
        wall.append(time.perf_counter() - clock)
    scale = 1e9 / (STEPS * state.living)
    return {"cpu_ns": min(cpu) * scale, "wall_ns": min(wall) * scale, "million_per_second": 1e3 / (min(wall) * scale)}


def numpy_drift(particles: int) -> float:
    """The same drift (RK4, wind, walk; no land) as one would write it in NumPy [ns per particle-step]."""
    rng, n = np.random.default_rng(1), particles
    field = rng.normal(0.1, 0.05, (200, 200, 2)).astype(np.float32)
    x, y = rng.uniform(-2e3, 2e3, n), rng.uniform(-2e3, 2e3, n)

    def current(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        fx, fy = np.clip((x + 3e4) / 300.0, 0, 198.999), np.clip((y + 3e4) / 300.0, 0, 198.999)
        i, j = fx.astype(int), fy.astype(int)
        a, b = (fx - i)[:, None], (fy - j)[:, None]
        return (1 - b) * ((1 - a) * field[j, i] + a * field[j, i + 1]) + b * (
            (1 - a) * field[j + 1, i] + a * field[j + 1, i + 1]
        )

    began = time.process_time()
    for _ in range(3):
        k1 = current(x, y)
        k2 = current(x + 450 * k1[:, 0], y + 450 * k1[:, 1])
        k3 = current(x + 450 * k2[:, 0], y + 450 * k2[:, 1])
        k4 = current(x + 900 * k3[:, 0], y + 900 * k3[:, 1])
        move = 150.0 * (k1 + 2 * (k2 + k3) + k4) + 900.0 * 0.03 * current(y, x) + 60.0 * rng.standard_normal((n, 2))
        x, y = x + move[:, 0], y + move[:, 1]
    return (time.process_time() - began) / 3 / n * 1e9


def main() -> None:
    """Print the figures."""
    particles = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    threads = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    figures: dict[str, object] = {"particles": particles, "threads": threads}
    figures["full"] = full = measure(case(particles, threads))
    figures["drift"] = drift = measure(case(particles, threads, advection="rk4", processes=DRIFT))
    if particles <= 1_000_000:
        figures["numpy_drift_ns"] = plain = numpy_drift(particles)
        figures["numpy_over_khazri"] = plain / drift["cpu_ns"]
    figures["full_over_floor"] = full["cpu_ns"] / FLOOR
    figures["drift_over_floor"] = drift["cpu_ns"] / FLOOR
    memory = psutil.Process().memory_info()
    figures["memory_mb"] = memory.rss / 2**20
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
