"""`run.json`: what was run, with what, how fast, and where every kilogram is (CONTRACTS, run summary)."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri import __version__
from khazri.engine.owners import Owner
from khazri.report.values import FieldOrigin
from khazri.runs.preparation import Prepared
from khazri.runs.progress import peak_memory_bytes

FORMAT: Final = 1
NUMERIC_PACKAGES: Final = ("llvmlite", "numba", "numpy", "pyproj", "scipy", "shapely", "xarray")  # that results rest on


def build_record() -> dict[str, str]:
    """Version, lock and target: within one build results are equal bit for bit (ARCHITECTURE, section 3)."""
    from khazri.physics.target import TARGET

    lock = "\n".join(f"{name}=={_installed(name)}" for name in NUMERIC_PACKAGES)
    target = TARGET if TARGET != "host" else f"host {platform.machine()} {platform.processor()}".strip()
    return {"version": __version__, "lock": f"sha256:{hashlib.sha256(lock.encode()).hexdigest()}", "target": target}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def run_record(
    prepared: Prepared,
    *,
    budgets: Sequence[npt.NDArray[np.float64]],
    released: Sequence[float],
    particle_steps: int,
    seconds: float,
    steps: int,
    notes: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """Everything but the list of files."""
    total = np.sum(budgets, axis=0)
    out = float(np.sum(released))
    return {
        "exercise": "EXERCISE",
        "format": FORMAT,
        "name": prepared.pack.name,
        "start": prepared.pack.start.isoformat().replace("+00:00", "Z"),
        "end": prepared.pack.end.isoformat().replace("+00:00", "Z"),
        "pack_hash": prepared.pack_hash,
        "input_hashes": dict(prepared.input_hashes),
        "build": build_record(),
        "seed": prepared.numerics.seed,
        "threads": prepared.numerics.threads,
        "sites": [site.site.ident for site in prepared.sites],
        "dt": prepared.numerics.dt,
        "steps": steps,
        "particles": prepared.numerics.particles,
        "particle_steps": particle_steps,
        "wall_seconds": round(seconds, 4),
        "particle_steps_per_second": round(particle_steps / seconds, 1) if seconds > 0 else 0.0,
        "peak_rss_bytes": peak_memory_bytes(),
        "budget": {owner.name.lower(): float(total[owner]) for owner in Owner},
        "site_budgets": {
            site.site.ident: {owner.name.lower(): float(budget[owner]) for owner in Owner}
            for site, budget in zip(prepared.sites, budgets, strict=True)
        },
        "released_kg": out,
        "closure": abs(float(total.sum()) - out) / out if out > 0 else 0.0,
        "fields": {site.site.ident: [_origin(each) for each in site.fields] for site in prepared.sites},
        "notes": [dict(note) for note in notes],
        "files": [],
    }


def _origin(field: FieldOrigin) -> dict[str, Any]:
    """What a field was made of, for the record."""
    found: dict[str, Any] = {"field": field.field, "from": field.kind, "source": field.source}
    shares = field.shares or ((field.kind, 1.0),)
    found["shares"] = {kind: round(share, 4) for kind, share in shares}  # of the site's area and the run's time
    if field.files:
        found["files"] = dict(field.files)
    if field.fallback:
        found["fallback"] = field.fallback
    return found


def write_record(folder: Path, record: Mapping[str, Any]) -> Path:
    """Write `run.json`, with the list of all files of `folder` beside it."""
    path = folder / "run.json"
    files = sorted(
        str(each.relative_to(folder).as_posix()) for each in folder.rglob("*") if each.is_file() and each != path
    )
    stored = [name for name in files if "/frames/" not in f"/{name}"]
    stored += sorted({name.rsplit("/", 1)[0] + "/" for name in files if "/frames/" in f"/{name}"})
    path.write_text(json.dumps({**record, "files": stored}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
