"""Meshes of triangles, quadrangles and polygons: made by hand, with values whose place is known."""

from __future__ import annotations

import sys
from pathlib import Path

import netCDF4
import numpy as np
import pytest

from khazri.inputs import InputError

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

NX, NY, STEP = 21, 21, 0.1
LON, LAT = (each.ravel() for each in np.meshgrid(49.0 + STEP * np.arange(NX), 44.0 + STEP * np.arange(NY)))


def cells(kind: str) -> np.ndarray:
    """Corners of each face, -1 where there is none: squares, squares of which every third is cut in two, or strips of hexagons."""
    made = []
    for j in range(NY - 1):
        for i in range(0, NX - 1, 2 if kind == "hexagons" else 1):
            at = j * NX + i
            if kind == "hexagons":
                made.append([at, at + 1, at + 2, at + NX + 2, at + NX + 1, at + NX])
            elif kind == "mixed" and (i + j) % 3 == 0:
                made += [[at, at + 1, at + NX + 1, -1], [at, at + NX + 1, at + NX, -1]]
            else:
                made.append([at, at + 1, at + NX + 1, at + NX])
    return np.array(made)


def mesh(path, kind="squares", *, on="node", start=0, transposed=False, layers=None, layer_name="nSCHISM_vgrid_layers",
         lon=LON, lat=LAT, names=("uo", "vo"), standard=True):  # fmt: skip
    faces = cells(kind)
    with netCDF4.Dataset(path, "w") as file:
        files.write_time(file)
        for name, size in (("node", LON.size), ("face", len(faces)), ("corner", faces.shape[1])):
            file.createDimension(name, size)
        topology = file.createVariable("mesh", "i4", ())
        topology.cf_role, topology.topology_dimension = "mesh_topology", 2
        topology.node_coordinates, topology.face_node_connectivity = "mesh_node_x mesh_node_y", "mesh_faces"
        files.write_values(file, "mesh_node_x", ("node",), lon, "f8")
        files.write_values(file, "mesh_node_y", ("node",), lat, "f8")
        shown = np.where(faces < 0, -999, faces + start)
        item = file.createVariable(
            "mesh_faces", "i4", ("corner", "face") if transposed else ("face", "corner"), fill_value=-999
        )
        item.start_index = start
        item[:] = shown.T if transposed else shown
        place = (lon, lat) if on == "node" else tuple(_middles(faces, each) for each in (lon, lat))
        if layers:
            file.createDimension(layer_name, layers)
        for name, (_, cf, function) in zip(names, files.CURRENT, strict=True):
            values, dims = files.over(function, *place), ("time", on)
            if layers:  # the surface is the last; below it something else
                values = np.stack([*[values + 5.0] * (layers - 1), values], axis=-1)
                dims = (*dims, layer_name)
            said = {"standard_name": cf, "units": "m s-1"} if standard else {}
            files.write_values(file, name, dims, values, mesh="mesh", location=on, **said)
    return path


def _middles(faces, values):
    return np.array([values[each[each >= 0]].mean() for each in faces])


@pytest.mark.parametrize("kind", ["squares", "mixed", "hexagons"])
@pytest.mark.parametrize("start", [0, 1])
def test_nodes_of_faces_of_any_number_of_corners_give_the_field(tmp_path, kind, start):
    """Linear in triangles of 0.1 degree: as near as the second derivative times the square of it, an eighth, twice."""
    site = files.request(50.0, 45.0, half=30_000.0)
    made = files.read(mesh(tmp_path / "a.nc", kind, start=start), site)
    np.testing.assert_allclose(made.field.values, files.exact(site.plane, made.field), atol=2e-3)


@pytest.mark.parametrize("kind", ["squares", "mixed"])
def test_faces_have_one_value_each(tmp_path, kind):
    """A point takes the value of the face around it: within the field's change over the half of a face."""
    site = files.request(50.0, 45.0, half=30_000.0)
    made = files.read(mesh(tmp_path / "a.nc", kind, on="face"), site)
    np.testing.assert_allclose(made.field.values, files.exact(site.plane, made.field), atol=8e-3)


def test_corners_may_run_along_the_first_dimension(tmp_path):
    site = files.request(50.0, 45.0, half=20_000.0)
    made = files.read(mesh(tmp_path / "a.nc", "mixed", transposed=True, start=1), site)
    np.testing.assert_allclose(made.field.values, files.exact(site.plane, made.field), atol=2e-3)


def test_schism_counts_its_layers_towards_the_surface_and_names_no_units(tmp_path):
    path = mesh(tmp_path / "a.nc", layers=3, names=("horizontalVelX", "horizontalVelY"), standard=False)
    site = files.request(50.0, 45.0, half=20_000.0)
    with files.open_set([path]) as found:
        gridded = found.fields["current"]
        assert gridded.sense == "geographic"
        assert any("gives no units" in note for note in gridded.notes)
        made = files.resample(gridded, files.place(gridded.lattice, site), site)
    np.testing.assert_allclose(made.field.values, files.exact(site.plane, made.field), atol=2e-3)


def test_variables_may_be_named(tmp_path):
    path = mesh(tmp_path / "a.nc", names=("a", "b"), standard=False)
    with files.open_set([path], {"current": ["a", "b"]}) as found:
        assert found.fields["current"].variables == ("a", "b")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"lon": LON * 1e4, "lat": LAT * 1e4}, "which are no degrees; expected longitudes and latitudes"),
        ({"layers": 3, "layer_name": "laydim"}, "laydim has 3 layers and no heights; expected a coordinate"),
        ({"names": ("a", "b"), "standard": False}, "nothing on its nodes or faces is recognised, it holds a, b"),
        ({"lon": np.full(LON.size, np.nan)}, "have no position; expected a longitude"),
    ],
)
def test_what_is_no_mesh_for_us_is_refused_in_words(tmp_path, change, words):
    with pytest.raises(InputError) as caught:
        files.open_set([mesh(tmp_path / "a.nc", **change)])
    assert words in str(caught.value)
    assert "expected" in str(caught.value)


def test_faces_that_name_nodes_that_are_not_there(tmp_path):
    path = mesh(tmp_path / "a.nc")
    with netCDF4.Dataset(path, "a") as file:
        file["mesh_faces"][3, 2] = 5000
    with pytest.raises(InputError, match="faces name nodes 0 to 5000; expected 0 to 440"):
        files.open_set([path])


def test_a_mesh_across_the_antimeridian(tmp_path):
    lon = (LON + 130.0 + 180.0) % 360.0 - 180.0  # 179 to -179
    site = files.request(180.0, 45.0, half=20_000.0)
    path = mesh(tmp_path / "a.nc", lon=lon)
    with netCDF4.Dataset(path, "a") as file:
        for name, value in (("uo", 0.3), ("vo", -0.1)):
            file[name][:] = value
    values = files.read(path, site).field.values
    np.testing.assert_allclose(np.hypot(values[..., 0], values[..., 1]), np.hypot(0.3, 0.1), atol=1e-4)
