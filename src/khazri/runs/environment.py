"""The fields of a site for the length of a run."""

from __future__ import annotations

from pathlib import Path

from khazri.geo.terrain import Terrain
from khazri.inputs.environment import EnvironmentFields, fields_for
from khazri.runs.progress import Progress
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site


def site_fields(
    pack: Pack, site: Site, terrain: Terrain, *, roots: tuple[Path, ...], progress: Progress
) -> EnvironmentFields:
    """Fields by name, what was used and assumed, and how the sea answers another wind."""
    return fields_for(
        pack,
        site,
        plane=terrain.plane,
        bounds=terrain.grid.bounds,
        roots=roots,
        progress=lambda done, what: progress.phase("forcing", done, what),
        terrain=terrain,
    )
