"""The whole world as bytes, and standing where it stood: particles as arrays, units as numbers that come back exactly."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri.engine.snapshot import restore, save
from khazri.response.track import Track
from khazri.response.treated_places import TreatedPlace
from khazri.response.vessel import LaidBoom, Task, Vessel
from khazri.simulation.units import SightingNow
from khazri.simulation.world import World

VERSION: Final = 6
Array = npt.NDArray[np.generic]


def save_world(world: World) -> bytes:
    """A snapshot: states of all sites, units, what was seen and told. Winds follow from the orders."""
    arrays = {f"{index}/{name}": a for index, state in enumerate(world.states) for name, a in save(state).items()}
    rest = {
        "version": VERSION,
        "sites": [site.ident for site in world.inputs],
        "units": [unit.ident for unit in world.fleet.units],
        "seen": sorted(world.seen),
        "vessels": [_plain(vessel) for vessel in world.vessels],
        "sightings": [asdict(sighting) for sighting in world.sightings],
        "treated": [asdict(place) for place in world.treated],
    }
    return _pack(rest, arrays)


def restore_world(world: World, snapshot: bytes) -> World:
    """`world`, changed in place to stand where `save_world` stood; it was opened with the same inputs and fleet."""
    rest, arrays = _unpack(snapshot)
    expected = {
        "version": VERSION,
        "sites": [site.ident for site in world.inputs],
        "units": [unit.ident for unit in world.fleet.units],
    }
    for name, value in expected.items():
        if rest.get(name) != value:
            raise ValueError(f"snapshot: {name} is {rest.get(name)}; expected {value}")
    world.states = tuple(
        restore({n.split("/", 1)[1]: a for n, a in arrays.items() if n.startswith(f"{index}/")}, inputs, index)
        for index, inputs in enumerate(world.inputs)
    )
    world.seen = {(kind, site, subject) for kind, site, subject in rest["seen"]}
    world.winds = {}
    world.vessels = tuple(_vessel(plain) for plain in rest["vessels"])
    world.sightings = tuple(
        SightingNow(**{**plain, "polygon": tuple((x, y) for x, y in plain["polygon"])}) for plain in rest["sightings"]
    )
    world.treated = tuple(
        TreatedPlace(**{**plain, "lines": tuple(map(_points, plain["lines"]))}) for plain in rest["treated"]
    )
    return world


def _pack(rest: dict[str, Any], arrays: dict[str, Array]) -> bytes:
    """A line of JSON that names each array's type and shape, then the arrays as they lie in memory."""
    shapes = {name: [array.dtype.str, list(array.shape)] for name, array in arrays.items()}
    head = json.dumps({**rest, "arrays": shapes}).encode()
    return b"".join([head, b"\n", *(np.ascontiguousarray(array).tobytes() for array in arrays.values())])


def _unpack(snapshot: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    head, _, _ = snapshot.partition(b"\n")
    try:
        rest = json.loads(head)
        shapes = rest["arrays"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError("snapshot: no heading; expected bytes that `save_world` made") from error
    arrays, at = {}, len(head) + 1
    for name, (dtype, shape) in shapes.items():
        count = int(np.prod(shape))
        size = count * np.dtype(dtype).itemsize
        if at + size > len(snapshot):
            raise ValueError(f"snapshot: {len(snapshot)} bytes, cut off within {name}; expected all of it")
        arrays[name] = np.frombuffer(snapshot, dtype, count, at).reshape(shape).copy()
        at += size
    return rest, arrays


def _plain(vessel: Vessel) -> dict[str, Any]:
    """Numbers, texts and lists; JSON writes a float so that it comes back the same."""
    plain = {each.name: getattr(vessel, each.name) for each in fields(vessel)}
    plain["track"] = vessel.track.points if vessel.track else None
    plain["task"] = asdict(vessel.task) if vessel.task else None
    plain["boom"] = asdict(vessel.boom) if vessel.boom else None
    return plain


def _vessel(plain: dict[str, Any]) -> Vessel:
    made = dict(plain)
    for name in ("berth", "home_from", "left_at", "patch"):
        made[name] = _point(plain[name])
    for name in ("line", "path", "about"):
        made[name] = _points(plain[name])
    made["shut"] = tuple(plain["shut"])
    made["track"] = Track(_points(plain["track"])) if plain["track"] else None
    if plain["task"]:
        made["task"] = Task(**{**plain["task"], "geometry": _points(plain["task"]["geometry"])})
    if plain["boom"]:
        made["boom"] = LaidBoom(**{**plain["boom"], "line": _points(plain["boom"]["line"])})
    return Vessel(**made)


def _points(plain: list[list[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x, y) for x, y in plain)


def _point(plain: list[float] | None) -> tuple[float, float] | None:
    return None if plain is None else (plain[0], plain[1])
