"""Meshes of triangles, quadrangles and polygons (FVCOM, SCHISM, UGRID), laid on a regular grid of their own edge's length.

A face of more than three corners is cut into triangles from its first corner. What belongs to faces is taken from the
face that holds a point, what belongs to nodes is linear within its triangle; nothing stands outside the mesh.

Source: UGRID conventions 1.0.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import xarray

from khazri.inputs import InputError
from khazri.inputs.forcing.names import recognise

Doubles = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]

MOST_CELLS: Final = 4_000_000
POSITIONS: Final = frozenset({"lon", "lat", "lonc", "latc"})


@dataclass(frozen=True)
class Mesh:
    """Nodes, triangles of three nodes each, and of which face each triangle is a part."""

    longitude: Doubles
    latitude: Doubles
    triangles: Indices  # (triangles, 3)
    face: Indices  # (triangles,)
    faces: int
    node_dimension: str
    face_dimension: str


def is_mesh(file: xarray.Dataset) -> bool:
    """Whether the file says what nodes its faces have."""
    return _connectivity(file) is not None


def lay_mesh(path: Path, file: xarray.Dataset, named: Collection[str] = ()) -> xarray.Dataset:
    """The file's fields on a regular grid; raises InputError.

    named   variables that the scenario names, beside those that are recognised
    """
    from matplotlib.tri import LinearTriInterpolator, Triangulation

    mesh = read_mesh(path, file)
    triangulation = Triangulation(mesh.longitude, mesh.latitude, mesh.triangles)
    x, y = _axes(path, mesh)
    xx, yy = np.meshgrid(x, y)
    try:
        held: Indices = np.asarray(triangulation.get_trifinder()(xx, yy), np.int64)
    except RuntimeError as error:
        raise InputError(f"{path}: faces of its mesh lie over one another; expected a mesh without folds") from error
    holder = np.where(held >= 0, mesh.face[held], -1)
    made: dict[str, xarray.DataArray] = {
        "lon": xarray.DataArray(x, dims=("lon",), attrs={"units": "degrees_east", "standard_name": "longitude"}),
        "lat": xarray.DataArray(y, dims=("lat",), attrs={"units": "degrees_north", "standard_name": "latitude"}),
    }
    for key, item in file.data_vars.items():
        name = str(key)
        if not _is_wanted(name, item, mesh, named):
            continue
        array = _surface(path, file, item, mesh)
        series = np.atleast_2d(np.asarray(array.values, np.float64))
        if str(array.dims[-1]) == mesh.face_dimension:
            laid = [np.where(holder >= 0, each[holder], np.nan) for each in series]
        else:
            laid = [np.ma.filled(LinearTriInterpolator(triangulation, each)(xx, yy), np.nan) for each in series]
        leading = tuple(str(each) for each in array.dims[:-1])
        values = np.asarray(laid, np.float32) if leading else np.asarray(laid[0], np.float32)
        made[name] = xarray.DataArray(values, dims=(*leading, "lat", "lon"), attrs=_kept(item.attrs))
    if len(made) == 2:
        held_names = ", ".join(sorted(str(name) for name in file.data_vars)[:12])
        raise InputError(
            f"{path}: a mesh of which nothing on its nodes or faces is recognised, it holds {held_names}; expected CF standard names, "
            "or `variables: {current: [u, v]}` in the scenario"
        )
    for dimension in {str(each) for array in made.values() for each in array.dims} - {"lat", "lon"}:
        if dimension in file.variables:
            made[dimension] = file[dimension].load()
    return xarray.Dataset(made)


def read_mesh(path: Path, file: xarray.Dataset) -> Mesh:
    """Nodes and faces; raises InputError where they make no mesh in degrees."""
    found = _connectivity(file)
    assert found is not None, "asked before"
    longitude, latitude, faces = found
    lon, lat = (np.asarray(each.values, np.float64) for each in (longitude, latitude))
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()) or lon.ndim != 1:
        raise InputError(f"{path}: nodes of its mesh have no position; expected a longitude and a latitude of each")
    if float(np.abs(lat).max()) > 90.0 or float(np.abs(lon).max()) > 360.0:
        raise InputError(
            f"{path}: the nodes of its mesh lie at {lon.min():g} to {lon.max():g}, {lat.min():g} to {lat.max():g}, which are no degrees; "
            "expected longitudes and latitudes, as the model writes them where its run is geographic"
        )
    middle = float(np.median(lon))
    lon = middle + (lon - middle + 180.0) % 360.0 - 180.0  # no jump at the antimeridian
    lon -= 360.0 * np.round(middle / 360.0) if abs(middle) > 180.0 else 0.0
    corners = np.asarray(faces.values, np.float64)
    if corners.ndim != 2:
        raise InputError(f"{path}: {faces.name} has {corners.ndim} dimensions; expected nodes by face")
    across = _corners_first(faces, corners)
    corners = corners.T if across else corners
    face_dimension = str(faces.dims[1 if across else 0])
    there = np.isfinite(corners) & (corners >= 0.0) & (corners < 1e9)
    first = int(faces.attrs.get("start_index", 1 if int(corners[there].min()) >= 1 else 0))
    there &= corners >= first
    nodes = np.where(there, corners - first, -1.0).astype(np.int64)
    if int(nodes.max()) >= lon.size:
        raise InputError(
            f"{path}: faces name nodes {first} to {int(nodes.max()) + first}; expected {first} to {lon.size - 1 + first}"
        )
    triangles, face = _cut(nodes)
    if not triangles.size:
        raise InputError(f"{path}: no face of its mesh has three corners; expected triangles, quadrangles or polygons")
    return Mesh(lon, lat, triangles, face, len(nodes), str(longitude.dims[0]), face_dimension)


def _connectivity(file: xarray.Dataset) -> tuple[xarray.DataArray, xarray.DataArray, xarray.DataArray] | None:
    """Longitudes and latitudes of the nodes, and the nodes of each face."""
    topology = next((item for item in file.variables.values() if item.attrs.get("cf_role") == "mesh_topology"), None)
    if topology is not None and "face_node_connectivity" in topology.attrs:
        names = [each for each in str(topology.attrs.get("node_coordinates", "")).split() if each in file.variables]
        faces = file.get(str(topology.attrs["face_node_connectivity"]))
        if len(names) != 2 or faces is None:
            return None
        first = next((name for name in names if "lon" in name.lower() or name.lower().endswith("x")), names[0])
        return file[first], file[next(name for name in names if name != first)], faces
    if "nv" in file.variables and {"lon", "lat"} <= set(file.variables):
        return file["lon"], file["lat"], file["nv"]
    return None


def _corners_first(faces: xarray.DataArray, corners: Doubles) -> bool:
    """Whether the corners run along the first dimension, as FVCOM's do."""
    if 3 <= corners.shape[0] <= 12 < corners.shape[1]:
        return True
    return str(faces.dims[0]).lower() in {"three", "four"} and corners.shape[0] in (3, 4)


def _cut(nodes: Indices) -> tuple[Indices, Indices]:
    """Triangles of faces whose missing corners are -1, and the face of each."""
    ordered = np.take_along_axis(nodes, np.argsort(nodes < 0, axis=1, kind="stable"), axis=1)
    parts, of = [], []
    for corner in range(1, nodes.shape[1] - 1):
        whole = ordered[:, corner + 1] >= 0
        parts.append(ordered[whole][:, [0, corner, corner + 1]])
        of.append(np.flatnonzero(whole))
    triangles = np.concatenate(parts)
    flat = (
        (triangles[:, 0] == triangles[:, 1])
        | (triangles[:, 1] == triangles[:, 2])
        | (triangles[:, 0] == triangles[:, 2])
    )
    return triangles[~flat], np.concatenate(of)[~flat]


def _is_wanted(name: str, item: xarray.DataArray, mesh: Mesh, named: Collection[str]) -> bool:
    dims = [str(each) for each in item.dims]
    if item.dtype.kind not in "fi" or name in POSITIONS or not {mesh.node_dimension, mesh.face_dimension} & set(dims):
        return False
    attributes = {key: str(item.attrs.get(key, "")) for key in ("standard_name", "long_name")}
    return name in named or recognise(name, attributes["standard_name"], attributes["long_name"]) is not None


def _surface(path: Path, file: xarray.Dataset, item: xarray.DataArray, mesh: Mesh) -> xarray.DataArray:
    """At the layer nearest the surface, the mesh's dimension last."""
    place = next(str(each) for each in item.dims if str(each) in (mesh.node_dimension, mesh.face_dimension))
    rest = [str(each) for each in item.dims if str(each) != place]
    for dimension in rest:
        if _is_time(file, dimension):
            continue
        item = item.isel({dimension: _uppermost(path, file, dimension, int(item.sizes[dimension]))})
    kept = [str(each) for each in item.dims if str(each) != place]
    if len(kept) > 1:
        raise InputError(f"{path}: {item.name} lies on {', '.join(kept)} beside the mesh; expected a time and layers")
    return item.transpose(*kept, place).load()


def _is_time(file: xarray.Dataset, dimension: str) -> bool:
    units = str(file[dimension].attrs.get("units", "")).lower() if dimension in file.variables else ""
    return "time" in dimension.lower() or " since " in units


def _uppermost(path: Path, file: xarray.Dataset, dimension: str, count: int) -> int:
    """Index of the layer at the surface: FVCOM counts from there, SCHISM towards it; of others the heights tell."""
    lower = dimension.lower()
    if count == 1 or lower in {"siglay", "siglev"}:
        return 0
    if "schism" in lower:
        return count - 1
    if dimension in file.variables:
        heights = np.asarray(file[dimension].values, np.float64)
        down = str(file[dimension].attrs.get("positive", "")).lower() == "down"
        return int(np.nanargmin(heights) if down and (heights >= 0.0).all() else np.nanargmin(np.abs(heights)))
    raise InputError(
        f"{path}: {dimension} has {count} layers and no heights; expected a coordinate that says which is at the surface"
    )


def _kept(attributes: dict[Any, Any]) -> dict[str, Any]:
    """Of a variable's attributes what still holds on the new grid."""
    known = {str(name): value for name, value in attributes.items() if name in ("units", "long_name", "standard_name")}
    return {name: str(value).lower() if name == "standard_name" else value for name, value in known.items()}


def _axes(path: Path, mesh: Mesh) -> tuple[Doubles, Doubles]:
    """A regular grid of the mesh's median edge over all of it [degrees]."""
    lon, lat, nodes = mesh.longitude, mesh.latitude, mesh.triangles
    stretch = float(np.cos(np.radians(lat.mean())))
    edges = np.hypot(
        (lon[nodes] - lon[np.roll(nodes, 1, axis=1)]) * stretch, lat[nodes] - lat[np.roll(nodes, 1, axis=1)]
    )
    step = float(np.median(edges))
    if not step > 0.0:
        raise InputError(f"{path}: the faces of its mesh have no size; expected nodes at different places")
    x = np.arange(lon.min(), lon.max() + step / stretch, step / stretch)
    y = np.arange(lat.min(), lat.max() + step, step)
    if x.size * y.size > MOST_CELLS:
        raise InputError(
            f"{path}: the mesh would need a grid of {x.size} x {y.size} cells of its median edge; at most {MOST_CELLS} are made; "
            "expected a file that is cut to the site's area"
        )
    return x, y
