"""One Khazri case, run in a process of its own: prints a JSON line with its speed and peak memory.

Usage: python khazri_case.py oil|drift FORCING.nc PARTICLES THREADS
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

STEPS = 192  # 48 h of 15 minutes

PACK = """
schema: 1
name: speed
title: {{ en: "Speed benchmark" }}
start: 2026-09-14T00:00:00Z
end: 2026-09-16T00:00:00Z
sites:
  - ident: sea
    name: {{ en: "Middle Caspian" }}
    area: {{ west: 48.5, east: 51.5, south: 41.0, north: 43.0 }}
    water_level: {{ value: -29.3, date: 2026-09-01 }}
    resolution: 1000
    environment:
      files: [{{ path: forcing.nc }}]
      scripted: {{ water_temperature: 10 degC, salinity: 12, sediment: 5 mg/l }}
    releases:
      - {{ ident: spill, at: {{ lon: 50.0, lat: 42.0 }}, radius: 2 km, from: "T+00:00", until: "{until}", oil: ural, mass: 4000 t }}
numerics: {{ dt: 15 min, seed: 1, particles: {particles}, advection: {advection}, vertical_substeps: 15, processes: {processes} }}
"""
OFF_FOR_DRIFT = (
    "stokes_drift", "entrainment", "vertical_mixing", "spreading", "evaporation", "emulsification", "dissolution",
    "biodegradation", "sedimentation", "overwashing", "ice",
)  # fmt: skip


def main() -> None:
    case, forcing, particles, threads = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    from khazri.runs.preparation import prepare
    from khazri.runs.progress import peak_memory_bytes
    from khazri.simulation import Orders, advance, open_world

    off = "{ " + ", ".join(f"{name}: false" for name in OFF_FOR_DRIFT) + " }" if case == "drift" else "{}"
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(forcing, Path(folder) / "forcing.nc")
        text = PACK.format(
            particles=particles, advection="rk4" if case == "drift" else "rk2", processes=off, until="T+00:00"
        )
        (Path(folder) / "scenario.yaml").write_text(text)
        prepared = prepare(Path(folder), threads=threads)
        world = open_world(tuple(site.inputs for site in prepared.sites))
    world, _ = advance(world, Orders())  # compiled, and everything released
    steps = STEPS - 1 if particles <= 1_000_000 else 12
    began = time.perf_counter()
    for _ in range(steps):
        world, _ = advance(world, Orders())
    wall = time.perf_counter() - began
    print(
        json.dumps(
            {
                "program": "Khazri",
                "case": case,
                "particles": particles,
                "threads": threads,
                "steps": steps,
                "wall_seconds": wall,
                "particle_steps_per_second": particles * steps / wall,
                "peak_rss_bytes": peak_memory_bytes(),
            }
        )
    )


if __name__ == "__main__":
    main()
