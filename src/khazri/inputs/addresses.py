"""What a pack names by address: fetched for a run, or pinned in the folder of an exercise, which must stay as it was opened."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from khazri.scenario.environment import GriddedFiles
from khazri.scenario.pack import Pack
from khazri.scenario.site import Site

if TYPE_CHECKING:
    from khazri.inputs.forcing import Part

PINNED: Final = ".fetched"  # in the folder of a pack


def pin_addresses(pack: Pack) -> None:
    """Fetch what is not there yet into the pack's folder, so that it is never read again; raises InputError."""
    for site in pack.sites:
        for files in site.environment.files:
            for address in files.addresses:
                from khazri.inputs.forcing import fetch, pinned

                folder, part = Path(pack.folder or ".") / PINNED, _part_of(pack, site, files, pack.duration)
                if pinned(address, folder, part) is None:
                    fetch(address, folder, part)


def fetched(pack: Pack, site: Site, files: GriddedFiles, duration: float, stack: ExitStack) -> list[Path]:
    """The files of a set's addresses: pinned ones where there are some; raises InputError."""
    if not files.addresses:
        return []
    from khazri.inputs.forcing import cache_folder, fetch, pinned

    part, folder = _part_of(pack, site, files, duration), stack.enter_context(cache_folder())
    beside = Path(pack.folder or ".") / PINNED
    return [pinned(address, beside, part) or fetch(address, folder, part) for address in files.addresses]


def _part_of(pack: Pack, site: Site, files: GriddedFiles, duration: float) -> Part:
    from khazri.inputs.forcing import Part
    from khazri.inputs.places import polygon_of

    start = pack.start.timestamp()
    named = tuple(name for each in files.variables.values() for name in each)
    return Part((start, start + duration), polygon_of(site.area.ring).bounds, named)
