"""The fields of a site for the length of a run."""

from __future__ import annotations

from pathlib import Path

from khazri.engine.fields import Field
from khazri.geo.terrain import Terrain
from khazri.inputs.environment import fields_for
from khazri.runs.progress import Progress
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site


def site_fields(
    pack: Pack, site: Site, terrain: Terrain, *, roots: tuple[Path, ...], progress: Progress
) -> tuple[dict[str, Field], tuple[str, ...]]:
    """Fields by name, and what was used and assumed."""
    found = fields_for(
        pack,
        site,
        plane=terrain.plane,
        bounds=terrain.grid.bounds,
        roots=roots,
        progress=lambda done, what: progress.phase("forcing", done, what),
    )
    return found.fields, found.notes
