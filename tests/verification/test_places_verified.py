"""The Caspian as it must be: towns are land, fields are water, the north shrinks, depths are as good as we say."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray

from khazri.geo.terrain import LAND, WATER, Terrain
from khazri.inputs.bathymetry import training_soundings
from khazri.inputs.places import terrain_for
from khazri.scenario.site import Site

CASPIAN = {"west": 46.4, "east": 54.9, "south": 36.4, "north": 47.3}
SEA = {"middle": (50.0, 42.0), "north": (49.5, 45.5), "Kashagan": (51.5, 46.3)}
TOWNS = {"Astrakhan": (48.04, 46.35), "Baku": (49.87, 40.41), "Makhachkala": (47.50, 42.98), "Atyrau": (51.92, 47.11)}
Record = Callable[..., None]


@cache
def caspian(level: float) -> Terrain:
    settings: dict[str, Any] = {"ident": "caspian", "name": {"en": "Caspian"}, "area": CASPIAN, "resolution": 1000}
    return terrain_for(Site.model_validate({**settings, "water_level": level}))


def at(terrain: Terrain, raster: Any, longitude: Any, latitude: Any) -> Any:
    x, y = terrain.plane.to_plane(longitude, latitude)
    rows = np.rint((y - terrain.grid.y0) / terrain.grid.spacing).astype(int)
    columns = np.rint((x - terrain.grid.x0) / terrain.grid.spacing).astype(int)
    return raster[rows, columns]


def north_figures(terrain: Terrain) -> tuple[float, float]:
    """Area [km2] and volume [km3] of the water north of 44.5 N."""
    x, y = np.meshgrid(terrain.grid.x, terrain.grid.y)
    _, latitude = terrain.plane.to_geographic(x, y)
    cell = terrain.grid.spacing**2 / terrain.plane.map_factor(x, y) ** 2
    wet = (terrain.surface == WATER) & (latitude > 44.5)
    return float(cell[wet].sum() / 1e6), float((cell * terrain.depth)[wet].sum() / 1e9)


@pytest.mark.parametrize("level", [-28.0, -29.3])
def test_the_sea_is_water_and_the_towns_are_land(level: float, accuracy: Record) -> None:
    terrain = caspian(level)
    wet = {name: int(at(terrain, terrain.surface, *place)) for name, place in SEA.items()}
    dry = {name: int(at(terrain, terrain.surface, *place)) for name, place in TOWNS.items()}
    accuracy(
        quantity=f"three places at sea and four towns, level {level:g} m",
        ours=f"{sum(v == WATER for v in wet.values())} water, {sum(v == LAND for v in dry.values())} land",
        expected="3 water, 4 land",
        source="charts",
        tolerance="none",
    )
    assert set(wet.values()) == {WATER}
    assert set(dry.values()) == {LAND}


def test_the_north_shrinks_by_a_fifth_to_a_third(accuracy: Record) -> None:
    high, low = north_figures(caspian(-28.0))[0], north_figures(caspian(-29.5))[0]
    shrunk = 1.0 - low / high
    accuracy(
        quantity="water north of 44.5 N lost between -28 and -29.5 m",
        ours=f"{shrunk:.0%} of {high:,.0f} km2",
        expected="15-35 %",
        source="level-area figures of ETOPO1: 84,843 km2 at -27 m, 57,414 km2 at -29 m",
        tolerance="the range: depths there are good to 2-3 m",
    )
    assert 0.15 < shrunk < 0.35


def test_the_northern_caspian_has_its_published_size(accuracy: Record) -> None:
    area, volume = north_figures(caspian(-28.0))
    accuracy(
        quantity="northern Caspian at -28 m: mean depth",
        ours=f"{1000.0 * volume / area:.1f} m over {area:,.0f} km2",
        expected="4.4 m over 90,100 km2",
        source="Kosarev, as recalled; his southern limit is Chechen-Tyub-Karagan, ours 44.5 N",
        tolerance="20 %: other limits, depths good to 2-3 m",
    )
    assert 1000.0 * volume / area == pytest.approx(4.4, rel=0.2)
    assert area == pytest.approx(90_100.0, rel=0.1)


def test_the_whole_caspian_has_its_published_volume(accuracy: Record) -> None:
    terrain = caspian(-28.0)
    x, y = np.meshgrid(terrain.grid.x, terrain.grid.y)
    cell = terrain.grid.spacing**2 / terrain.plane.map_factor(x, y) ** 2
    volume = float((cell * terrain.depth).sum() / 1e9)
    accuracy(
        quantity="volume of the Caspian at -28 m [km3]",
        ours=round(volume),
        expected="73,084 (ETOPO1); 78,000-78,600 (atlas)",
        source="ETOPO1 (Amante and Eakins 2009); Ghaffari et al. (2013)",
        tolerance="10 % of ETOPO1: deep basins",
    )
    assert volume == pytest.approx(73_084.0, rel=0.10)


@pytest.mark.shared
def test_training_depths_are_as_good_as_they_are_said_to_be(shared: Path, accuracy: Record) -> None:
    """Against ETOPO1 cells that are not in the table (median of 3 x 3 cells in the noisy north)."""
    terrain, soundings = caspian(-28.0), training_soundings()
    with xarray.open_dataset(shared / "bathymetry" / "etopo1_10min_caspian.nc") as file:
        lon, lat = np.meshgrid(file.longitude.values, file.latitude.values)
        depth = -28.0 - file.elevation.values
    lon, lat, depth = lon[1:-1, 1:-1], lat[1:-1, 1:-1], depth[1:-1, 1:-1]
    keep = (lon > 46.6) & (lon < 53.6) & (lat > 36.5) & (lat < 47.2)
    lon, lat, depth = lon[keep], lat[keep], depth[keep]
    near = np.hypot(*(a[:, None] - b for a, b in ((lon, soundings.longitude), (lat, soundings.latitude)))).min(axis=1)
    ours = at(terrain, terrain.depth, lon, lat)
    free = (near > 0.05) & (ours > 0.0) & (depth > 0.0) & (at(terrain, terrain.shore_distance, lon, lat) > 5_000.0)
    north, shelf, deep = lat > 44.5, (lat <= 44.5) & (depth > 10.0) & (depth <= 200.0), (lat <= 44.5) & (depth > 200.0)
    error = np.abs(ours - depth)
    figures = {
        "north of 44.5 N [m]": (float(np.median(error[free & north])), 2.5, "2-3 m"),
        "shelf, 10-200 m [part]": (float(np.median(error[free & shelf] / depth[free & shelf])), 0.25, "20-25 %"),
        "deep basins [part]": (float(np.median(error[free & deep] / depth[free & deep])), 0.10, "10 %"),
    }
    for name, (found, limit, said) in figures.items():
        accuracy(
            quantity=f"training depths, median error, {name}",
            ours=round(found, 3),
            expected=f"at most {said}",
            source="ETOPO1 at 10' (Amante and Eakins 2009), cells not in the table",
            tolerance="median over the cells; single cells on steep slopes are far worse",
        )
        assert found < limit, name
    assert (free & north).sum() > 100
    assert (free & shelf).sum() > 200
    assert (free & deep).sum() > 200
