"""A scenario's site becomes a terrain, with what was assumed; what cannot be is refused in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from khazri.geo.terrain import OUTSIDE, WATER, ShoreType
from khazri.inputs import InputError, fine_coast
from khazri.inputs.places import polygon_of, terrain_for
from khazri.scenario.site import Site

BOX = {"west": 50.5, "east": 51.5, "south": 46.0, "north": 46.6}
FAR_AWAY = {"west": 30.0, "east": 31.0, "south": 70.2, "north": 70.6}  # the Varangerfjord


def site(**changes: Any) -> Site:
    settings = {
        "ident": "here",
        "name": {"en": "Here"},
        "area": BOX,
        "water_level": -29.3,
        "resolution": 1000,
        **changes,
    }
    return Site.model_validate(settings)


def test_a_training_site_says_that_it_is_not_for_navigation() -> None:
    terrain = terrain_for(site())
    assert any("training bathymetry, not for navigation" in note for note in terrain.notes)
    assert any("training bathymetry, not for navigation" in source for source in terrain.attributions)
    assert any("Natural Earth" in source for source in terrain.attributions)
    assert terrain.level == -29.3


def test_the_shore_kinds_of_the_pack_are_used() -> None:
    area = {"west": 46.5, "east": 48.0, "south": 44.0, "north": 46.0}
    kinds = {"default": "gravel", "types": [{"kind": "reeds_marsh", "area": {**area, "south": 45.0}}]}
    terrain = terrain_for(site(area=area, shoreline=kinds))
    assert set(terrain.segments.kind.tolist()) == {ShoreType.GRAVEL, ShoreType.REEDS_MARSH}


def test_outside_the_caspian_there_is_no_training_bathymetry() -> None:
    with pytest.raises(InputError, match="sea beyond the Caspian, where there is no training bathymetry"):
        terrain_for(site(area=FAR_AWAY, water_level=0))


def test_outside_the_caspian_a_declared_depth_will_do() -> None:
    terrain = terrain_for(site(area=FAR_AWAY, water_level=0, bathymetry={"depth": 120}))
    assert np.all(terrain.depth[terrain.surface == WATER] == 120.0)
    assert any("120 m everywhere, as the scenario declares" in note for note in terrain.notes)
    assert not any("not for navigation" in source for source in terrain.attributions)


def test_the_packs_own_files_are_read_from_its_folder(tmp_path: Path) -> None:
    water = shapely.geometry.mapping(shapely.box(50.6, 46.0, 52.0, 46.5))
    coast = {"type": "Feature", "geometry": water, "properties": {"surface": "water"}}
    (tmp_path / "coast.geojson").write_text(json.dumps(coast), encoding="utf-8")
    points = [[50.7, 46.1], [51.4, 46.1], [51.0, 46.4]]
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": at}, "properties": {"depth": 9.0}}
        for at in points
    ]
    (tmp_path / "depths.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    terrain = terrain_for(site(coast="coast.geojson", bathymetry="depths.geojson"), folder=tmp_path)
    assert not any("not for navigation" in source for source in terrain.attributions)
    assert any("coast.geojson" in note for note in terrain.notes)
    x, y = terrain.plane.to_plane(51.0, 46.4)
    row, column = round((float(y) - terrain.grid.y0) / 1000.0), round((float(x) - terrain.grid.x0) / 1000.0)
    assert float(terrain.depth[row, column]) == pytest.approx(9.0 - 1.3, rel=0.15)  # at a sounding; smoothed about it


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"site here: coast is absent\.geojson: no such file"):
        terrain_for(site(coast="absent.geojson"), folder=tmp_path)
    with pytest.raises(InputError, match=r"site here: bathymetry is absent\.nc: no such file"):
        terrain_for(site(bathymetry="absent.nc"), folder=tmp_path)


def test_a_raster_too_fine_is_refused_with_the_site_named() -> None:
    with pytest.raises(InputError, match=r"site here: resolution is 20 m"):
        terrain_for(site(resolution=20))


def test_a_polygon_area_is_kept() -> None:
    terrain = terrain_for(site(area={"polygon": [[50.5, 46.0], [51.5, 46.0], [51.5, 46.6]]}))
    x, y = terrain.plane.to_plane(50.6, 46.5)
    row, column = round((float(y) - terrain.grid.y0) / 1000.0), round((float(x) - terrain.grid.x0) / 1000.0)
    assert terrain.surface[row, column] == OUTSIDE


def test_a_ring_across_the_antimeridian_runs_on() -> None:
    ring = polygon_of(((175.0, 70.0), (-175.0, 70.0), (-175.0, 72.0), (175.0, 72.0)))
    assert ring.bounds == (175.0, 70.0, 185.0, 72.0)


def test_a_kept_fine_coast_is_used_and_named(tmp_path: Path) -> None:
    land = np.zeros((301, 401), np.bool_)
    land[:, :200] = True
    box = (50.5, 46.0, 51.5, 46.6)
    np.savez(
        tmp_path / "coast-test.npz",
        land=np.packbits(land, axis=1),
        frame=np.array([49.0, 45.0, 0.01, 0.01, 401, 1000.0]),
        area=np.array(box),
        attribution=np.array(fine_coast.ATTRIBUTION),
    )
    terrain = terrain_for(site(coast="fine"), cache_dir=tmp_path)
    assert "© OpenStreetMap contributors, ODbL" in terrain.attributions
    x, y = terrain.plane.to_plane([50.9, 51.1], [46.3, 46.3])
    grid = terrain.grid
    rows, columns = np.rint((y - grid.y0) / 1000.0).astype(int), np.rint((x - grid.x0) / 1000.0).astype(int)
    assert terrain.surface[rows, columns].tolist() == [1, 0]
    assert fine_coast.find((50.0, 46.0, 51.0, 46.5), tmp_path) is None  # reaches beyond what is kept


def test_without_the_extra_the_message_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "roaring_landmask", None)
    with pytest.raises(InputError, match=r"pip install 'khazri\[coast\]'"):
        terrain_for(site(coast="fine"), cache_dir=tmp_path)


def test_a_broken_fine_coast_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coast-broken.npz"
    np.savez(path, frame=np.zeros(6))
    with pytest.raises(InputError, match="delete it"):
        fine_coast.read(path)


@pytest.mark.slow
def test_the_openstreetmap_coast_has_the_caspian_as_water(tmp_path: Path) -> None:
    pytest.importorskip("roaring_landmask", reason="the extra `coast` is not installed")
    box = (49.6, 40.2, 50.6, 40.7)
    raster, note = fine_coast.read(fine_coast.build(box, tmp_path, resolution=500.0))
    baku, offshore, absheron = raster.sample(np.array([49.87, 50.2, 49.95]), np.array([40.41, 40.25, 40.45]))
    assert (bool(baku), bool(offshore), bool(absheron)) == (True, False, True)
    assert "OpenStreetMap" in note
    assert fine_coast.find(box, tmp_path) is not None


@pytest.mark.parametrize("text", ["46.5,44,51.5", "a,b,c,d", "46,47,51,44", "46,44,51,99", "51,44,46,47"])
def test_an_area_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected west"):
        fine_coast.parse_area(text)


def test_an_area_may_cross_the_antimeridian() -> None:
    assert fine_coast.parse_area("175,70,-175,72") == (175.0, 70.0, 185.0, 72.0)
