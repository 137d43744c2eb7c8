"""A trace as bytes, so that a replay is paid for once: one .npz of arrays, and what is no array in one JSON text inside it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import fields
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from khazri.engine.frame import Frame
from khazri.evaluation.trace import BoomTrace, PlaceTrace, SiteTrace, Trace, UnitTrace
from khazri.simulation.happenings import Happening

FORMAT: Final = 2
Record = TypeVar("Record", SiteTrace, PlaceTrace, UnitTrace, BoomTrace, Frame)


class UnreadableTrace(Exception):  # noqa: N818
    """Bytes that are no trace of this format; the replay makes a new one."""


def write_trace(trace: Trace) -> bytes:
    """The trace as bytes."""
    arrays: dict[str, npt.NDArray[Any]] = {"steps": trace.steps}
    head = {
        "format": FORMAT,
        "dt": trace.dt,
        "sites": [_take(site, f"site/{n}", arrays) for n, site in enumerate(trace.sites)],
        "places": [_take(place, f"place/{n}", arrays) for n, place in enumerate(trace.places)],
        "units": [_take(unit, f"unit/{n}", arrays) for n, unit in enumerate(trace.units)],
        "booms": [_take(boom, f"boom/{n}", arrays) for n, boom in enumerate(trace.booms)],
        "last": [[site, _take(frame, f"frame/{n}", arrays)] for n, (site, frame) in enumerate(trace.last)],
        "happenings": [[h.kind, h.step, h.site, h.subject, h.values] for h in trace.happenings],
    }
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)  # type: ignore[arg-type]
    return out.getvalue()


def read_trace(content: bytes) -> Trace:
    """The trace that `write_trace` wrote."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        head = json.loads(arrays["head"].tobytes().decode())
        if head["format"] != FORMAT:
            raise UnreadableTrace(f"format is {head['format']}; expected {FORMAT}")
        return Trace(
            dt=head["dt"],
            steps=arrays["steps"],
            sites=tuple(_make(SiteTrace, each, f"site/{n}", arrays) for n, each in enumerate(head["sites"])),
            places=tuple(_make(PlaceTrace, each, f"place/{n}", arrays) for n, each in enumerate(head["places"])),
            units=tuple(_make(UnitTrace, each, f"unit/{n}", arrays) for n, each in enumerate(head["units"])),
            booms=tuple(_make(BoomTrace, each, f"boom/{n}", arrays) for n, each in enumerate(head["booms"])),
            happenings=tuple(Happening(*each) for each in head["happenings"]),
            last=tuple((site, _make(Frame, each, f"frame/{n}", arrays)) for n, (site, each) in enumerate(head["last"])),
        )
    except (KeyError, ValueError, TypeError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise UnreadableTrace(f"{type(error).__name__}: {error}") from error


def _take(record: object, prefix: str, arrays: dict[str, npt.NDArray[Any]]) -> dict[str, object]:
    """What of a record is no array; its arrays go among the others."""
    plain: dict[str, object] = {}
    for name, value in vars(record).items():
        if isinstance(value, np.ndarray):
            arrays[f"{prefix}/{name}"] = value
        else:
            plain[name] = value
    return plain


def _make(kind: type[Record], plain: dict[str, Any], prefix: str, arrays: dict[str, npt.NDArray[Any]]) -> Record:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    for each in fields(kind):
        if f"{prefix}/{each.name}" in arrays:
            given[each.name] = arrays[f"{prefix}/{each.name}"]
    return kind(**given)
