"""Grids that are not read (what `centring` could not centre): found by their marks, so that they are refused by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import xarray

from khazri.inputs import InputError
from khazri.inputs.forcing.centring import only_a_grid
from khazri.inputs.forcing.opening import LATER

ROMS_DIMENSIONS: Final = re.compile(r"^(xi|eta)_(u|v|psi|rho)$")
UNSTRUCTURED_DIMENSIONS: Final = frozenset(
    {"nele", "node", "ncells", "nmesh2d_face", "nmesh2_face", "nmesh2_node", "element"}
)
STAGGERED_COORDINATE: Final = re.compile(r"^(?:nav_)?(?:lon|lat|longitude|latitude|glam|gphi)_?[uvf]$")
STAGGERED_STANDARD: Final = re.compile(r"_at_[uv]_location$")


def refuse_unsupported(path: Path, file: xarray.Dataset) -> None:
    """Raise InputError where the file's grid is staggered or unstructured."""
    dimensions = {str(dimension) for dimension in file.dims}
    if only_a_grid(file):
        raise InputError(
            f"{path}: holds the points of a ROMS/CROCO grid and nothing that moves; expected it beside the model's output in one "
            f"set: `path: [OUTPUT, {path.name}]`, or `khazri inputs inspect OUTPUT {path.name}`"
        )
    if any(ROMS_DIMENSIONS.match(dimension) for dimension in dimensions):
        raise InputError(
            f"{path}: not supported yet: staggered ROMS/CROCO grid (dimensions "
            f"{', '.join(sorted(filter(ROMS_DIMENSIONS.match, dimensions)))}): u and v lie on different points; {LATER}"
        )
    mesh = next(
        (str(name) for name, item in file.variables.items() if item.attrs.get("cf_role") == "mesh_topology"), None
    )
    flat = sorted(dimension for dimension in dimensions if dimension.lower() in UNSTRUCTURED_DIMENSIONS)
    carried = any("mesh" in item.attrs and "location" in item.attrs for item in file.variables.values())
    if mesh is not None or flat or carried:
        mark = f"mesh {mesh}" if mesh else f"dimensions {', '.join(flat)}" if flat else "variables on a mesh"
        raise InputError(
            f"{path}: unstructured grid ({mark}) of which it is not said what nodes its faces have; expected nv or face_node_connectivity "
            "with lon and lat of the nodes, or the model's output interpolated to a regular grid"
        )
    for name, item in file.variables.items():
        places = str(item.attrs.get("coordinates", "")).split()
        marked = [place for place in places if STAGGERED_COORDINATE.match(place.lower())]
        if marked or STAGGERED_STANDARD.search(str(item.attrs.get("standard_name", ""))):
            raise InputError(
                f"{path}: not supported yet: staggered C grid (NEMO or the like): variable {name} lies on "
                f"{', '.join(marked) or 'points of its own'}, u and v on different points; "
                f"expected the files of u and v together in one set: `path: [{path.name}, FILE_OF_THE_OTHER]`"
            )
