"""Frames on disk: one raw file per step, written by a thread of its own and read back through memory maps.

A folder of frames holds `index.jsonl` (a header line, then a line per frame) and one file per step. A step's file is
its columns one after the other, little-endian, widest first so that each stays aligned: oil ashore per segment, then
one value per particle in the order of `COLUMNS`. Positions are float32 metres from `origin` (1/32 m within 500 km).
"""

from __future__ import annotations

import json
import queue
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt

from khazri.engine.frame import Frame
from khazri.engine.owners import OWNERS, STATUSES
from khazri.store.folder import StoreError, explain

FORMAT: Final = "khazri-frames"
VERSION: Final = 1
INDEX: Final = "index.jsonl"
COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("x", "<f4"),
    ("y", "<f4"),
    ("z", "<f4"),
    ("mass", "<f4"),
    ("evaporated", "<f4"),
    ("water", "<f4"),
    ("density", "<f4"),
    ("viscosity", "<f4"),
    ("thickness", "<f4"),
    ("diameter", "<f4"),
    ("ident", "<u4"),
    ("release", "<u2"),
    ("member", "<u2"),
    ("status", "|u1"),
)
PARTICLE_BYTES: Final = sum(np.dtype(kind).itemsize for _, kind in COLUMNS)
SLICE: Final = 1 << 18  # particles converted at a time, so that a frame of millions is never held twice
QUEUE_LIMIT: Final = 400_000  # particles; larger frames are written by the caller instead of waiting in memory


@dataclass(frozen=True)
class FrameEntry:
    """The line of one frame in the index."""

    step: int
    time: float
    particles: int
    released: float
    budget: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]
    marks: dict[str, int]
    file: str


class FrameWriter:
    """Writes frames in order. Small ones go through a thread so that the engine need not wait; use as a context."""

    def __init__(self, folder: Path, *, segments: int, origin: tuple[float, float] = (0.0, 0.0)) -> None:
        self.folder = Path(folder)
        self.origin = origin
        self.segments = segments
        self._fault: OSError | None = None
        self._queue: queue.Queue[Frame | None] = queue.Queue(maxsize=2)
        self._thread: threading.Thread | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._index = (self.folder / INDEX).open("w", encoding="utf-8")
            self._line(
                {
                    "format": FORMAT,
                    "version": VERSION,
                    "segments": segments,
                    "origin": list(origin),
                    "columns": [list(c) for c in COLUMNS],
                }
            )
        except OSError as fault:
            raise explain(fault, self.folder) from fault

    def __enter__(self) -> FrameWriter:
        return self

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        self.close(drop=kind is not None)

    def write(self, frame: Frame) -> None:
        """Take one frame; a fault of an earlier one is raised here."""
        self._check()
        if frame.ident.size <= QUEUE_LIMIT:
            if self._thread is None:
                self._thread = threading.Thread(target=self._drain, name="frames", daemon=True)
                self._thread.start()
            self._queue.put(frame)
            return
        self._queue.join()
        self._check()
        self._store(frame)
        self._check()

    def close(self, *, drop: bool = False) -> None:
        """Wait until all is on disk."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        try:
            self._index.close()
        except OSError as fault:
            self._fault = self._fault or fault
        if not drop:
            self._check()

    def _check(self) -> None:
        if self._fault is not None:
            raise explain(self._fault, self.folder) from self._fault

    def _drain(self) -> None:
        while True:
            frame = self._queue.get()
            try:
                if frame is None:
                    return
                if self._fault is None:
                    self._store(frame)
            finally:
                self._queue.task_done()

    def _store(self, frame: Frame) -> None:
        name = f"{frame.step:08d}.frame"
        try:
            with (self.folder / name).open("wb") as out:
                self._columns(frame, out)
            self._line(
                {
                    "step": frame.step,
                    "time": frame.time,
                    "particles": int(frame.ident.size),
                    "released": frame.released,
                    "budget": [float(value) for value in frame.budget],
                    "counts": [int(value) for value in frame.counts],
                    "marks": {kind: int(count) for kind, count in frame.marks.items()},
                    "file": name,
                }
            )
        except OSError as fault:
            self._fault = fault

    def _columns(self, frame: Frame, out: BinaryIO) -> None:
        if frame.shore_oil.size != self.segments:
            raise ValueError(
                f"frame {frame.step}: oil ashore on {frame.shore_oil.size} segments; expected {self.segments}"
            )
        out.write(np.ascontiguousarray(frame.shore_oil, "<f8").tobytes())
        for name, kind in COLUMNS:
            values = getattr(frame, name)
            shift = {"x": self.origin[0], "y": self.origin[1]}.get(name, 0.0)
            for start in range(0, values.size, SLICE):
                part = values[start : start + SLICE]
                out.write(np.ascontiguousarray(part - shift if shift else part, kind).data)

    def _line(self, values: dict[str, object]) -> None:
        self._index.write(json.dumps(values, separators=(",", ":")) + "\n")
        self._index.flush()


class FrameReader:
    """The frames of one site, read one at a time; columns are maps of the file until they are used."""

    def __init__(
        self, folder: Path, entries: tuple[FrameEntry, ...], *, segments: int, origin: tuple[float, float]
    ) -> None:
        self.folder = folder
        self.entries = entries
        self.segments = segments
        self.origin = origin

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def times(self) -> npt.NDArray[np.float64]:
        """Seconds from the start of the run, one per frame."""
        return np.array([entry.time for entry in self.entries], np.float64)

    @property
    def steps(self) -> npt.NDArray[np.int64]:
        """Step numbers, one per frame."""
        return np.array([entry.step for entry in self.entries], np.int64)

    def column(self, index: int, name: str) -> npt.NDArray[np.generic]:
        """One column of frame `index` as a read-only map of the file (positions relative to `origin`)."""
        if name not in dict(COLUMNS):
            raise KeyError(f"frames have no column {name!r}; expected one of {', '.join(c for c, _ in COLUMNS)}")
        return self._columns(self.entries[index])[name]

    def __getitem__(self, index: int) -> Frame:
        entry = self.entries[index]
        columns = self._columns(entry)
        with (self.folder / entry.file).open("rb") as stored:
            shore = np.frombuffer(stored.read(8 * self.segments), "<f8")
        x = columns["x"].astype(np.float64) + self.origin[0]
        y = columns["y"].astype(np.float64) + self.origin[1]
        rest = {name: values for name, values in columns.items() if name not in ("x", "y")}
        return Frame(
            step=entry.step,
            time=entry.time,
            x=x,
            y=y,
            budget=entry.budget,
            released=entry.released,
            shore_oil=shore,
            counts=entry.counts,
            marks=entry.marks,
            **rest,  # type: ignore[arg-type]
        )

    def _columns(self, entry: FrameEntry) -> dict[str, npt.NDArray[np.generic]]:
        """All columns of a frame, cut from one map of its file."""
        if entry.particles == 0:
            return {name: np.empty(0, kind) for name, kind in COLUMNS}
        whole = np.memmap(self.folder / entry.file, dtype=np.uint8, mode="r")
        found: dict[str, npt.NDArray[np.generic]] = {}
        offset = 8 * self.segments
        for name, kind in COLUMNS:
            size = np.dtype(kind).itemsize * entry.particles
            found[name] = whole[offset : offset + size].view(kind)
            offset += size
        return found


def open_frames(folder: Path) -> FrameReader:
    """The frames that `FrameWriter` left in `folder`; a torn last line (a run that was killed) is left out."""
    folder = Path(folder)
    index = folder / INDEX
    if not index.is_file():
        raise StoreError(f"{folder}: no {INDEX}; expected a folder of frames written by khazri")
    lines = index.read_text(encoding="utf-8").splitlines()
    header = json.loads(lines[0]) if lines else {}
    if (
        header.get("format") != FORMAT
        or header.get("version") != VERSION
        or header.get("columns") != [list(c) for c in COLUMNS]
    ):
        raise StoreError(f"{index}: format {header.get('format')} {header.get('version')}; expected {FORMAT} {VERSION}")
    segments = int(header["segments"])
    entries = []
    for line in lines[1:]:
        try:
            values = json.loads(line)
        except json.JSONDecodeError:
            break
        entry = _entry(values)
        expected = 8 * segments + PARTICLE_BYTES * entry.particles
        size = (folder / entry.file).stat().st_size
        if size != expected:
            raise StoreError(f"{folder / entry.file}: {size} bytes; expected {expected}: the file is damaged")
        entries.append(entry)
    return FrameReader(folder, tuple(entries), segments=segments, origin=(header["origin"][0], header["origin"][1]))


def _entry(values: dict[str, object]) -> FrameEntry:
    budget = np.array(values["budget"], np.float64)
    counts = np.array(values["counts"], np.int64)
    if budget.size != OWNERS or counts.size != STATUSES:
        raise StoreError(
            f"frame {values['step']}: {budget.size} owners, {counts.size} statuses; expected {OWNERS}, {STATUSES}"
        )
    return FrameEntry(
        step=int(str(values["step"])),
        time=float(str(values["time"])),
        particles=int(str(values["particles"])),
        released=float(str(values["released"])),
        budget=budget,
        counts=counts,
        marks=dict(values["marks"]),  # type: ignore[call-overload]
        file=str(values["file"]),
    )
