"""A kept terrain is the built one, bit for bit; it is never read for another site, and never trusted when damaged."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from khazri.inputs import places, terrain_cache
from khazri.inputs.packs import read_pack
from khazri.scenario.site import Site

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "north-caspian-spill"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Site:
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path))
    return read_pack(EXAMPLE).sites[0].model_copy(update={"resolution": 4000.0})


def kept(tmp_path: Path) -> list[Path]:
    return sorted(tmp_path.glob("terrain/*"))


def test_the_kept_terrain_is_the_built_one(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = terrain_cache.terrain_of(site)
    assert len(kept(tmp_path)) == 1
    monkeypatch.setattr(places, "terrain_for", None)  # a second building would fail
    again = terrain_cache.terrain_of(site)
    for name in ("surface", "depth", "shore_distance", "segment", "fetch"):
        np.testing.assert_array_equal(getattr(again, name), getattr(built, name))
        assert getattr(again, name).dtype == getattr(built, name).dtype
    np.testing.assert_array_equal(again.segments.length, built.segments.length)
    assert (again.plane, again.grid, again.level, again.notes) == (built.plane, built.grid, built.level, built.notes)


def test_another_level_is_another_terrain(site: Site, tmp_path: Path) -> None:
    lower = site.model_copy(update={"water_level": site.water_level.model_copy(update={"value": -30.0})})
    assert terrain_cache.terrain_of(site).level != terrain_cache.terrain_of(lower).level
    assert len(kept(tmp_path)) == 2


def cut_short(content: bytes) -> bytes:
    return content[:1000]


def turned_bit(content: bytes) -> bytes:
    half = len(content) // 2
    return content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :]


def unknown_compression(content: bytes) -> bytes:
    listed = content.index(b"PK\x01\x02") + 10
    return content[:listed] + b"\x63" + content[listed + 1 :]


@pytest.mark.parametrize("damage", [cut_short, turned_bit, unknown_compression])
def test_a_damaged_file_is_built_again(site: Site, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    built = terrain_cache.terrain_of(site)
    (path,) = kept(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    np.testing.assert_array_equal(terrain_cache.terrain_of(site).depth, built.depth)
    assert path.read_bytes() == whole, "it is kept anew"


def test_another_version_of_what_reckons_is_another_terrain(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terrain_cache.terrain_of(site)
    monkeypatch.setattr(terrain_cache, "version", lambda name: f"{name} of next year")
    terrain_cache.terrain_of(site)
    assert len(kept(tmp_path)) == 2


def test_the_newest_stay_and_nothing_is_left_half_written(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = terrain_cache.terrain_of(site)
    (newest,) = kept(tmp_path)
    monkeypatch.setattr(terrain_cache, "KEPT", 3)
    folder = tmp_path / "terrain"
    for age in range(5):
        terrain_cache._keep(built, folder / f"{age}.npz")
        os.utime(folder / f"{age}.npz", (1e9 + age, 1e9 + age))
    assert {file.name for file in kept(tmp_path)} == {newest.name, "3.npz", "4.npz"}

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(np, "savez", full)
    terrain_cache._keep(built, folder / "5.npz")
    assert len(kept(tmp_path)) == 3


def test_nothing_is_kept_where_nobody_wants_it(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHAZRI_CACHE", "")
    terrain_cache.terrain_of(site)
    assert kept(tmp_path) == []
