"""The bytes of a stored frame are a contract: a file written today is read by every later version."""

from __future__ import annotations

import json

import numpy as np
import synthetic_run

from khazri.store import FrameWriter
from khazri.store.frames import COLUMNS, FORMAT, VERSION

LAYOUT = (
    ("x", "<f4"), ("y", "<f4"),
    ("z", "<f4"), ("mass", "<f4"), ("evaporated", "<f4"), ("water", "<f4"), ("density", "<f4"),
    ("viscosity", "<f4"), ("thickness", "<f4"),
    ("diameter", "<f4"), ("ident", "<u4"), ("release", "<u2"), ("member", "<u2"),
    ("status", "|u1"),
)  # fmt: skip


def test_the_layout_of_version_1_stands():
    assert (FORMAT, VERSION) == ("khazri-frames", 1)
    assert COLUMNS == LAYOUT


def test_a_file_can_be_read_with_numpy_alone(tmp_path):
    frame = synthetic_run.frame(7)
    with FrameWriter(tmp_path, segments=frame.shore_oil.size) as writer:
        writer.write(frame)
    header, line = (json.loads(text) for text in (tmp_path / "index.jsonl").read_text().splitlines())
    stored = (tmp_path / line["file"]).read_bytes()
    n, offset = line["particles"], 8 * header["segments"]
    for name, kind in header["columns"]:
        values = np.frombuffer(stored, kind, n, offset)
        expected = getattr(frame, name)
        assert np.allclose(values, expected, rtol=1e-6), name
        offset += values.nbytes
    assert offset == len(stored)
    assert np.array_equal(np.frombuffer(stored, "<f8", header["segments"]), frame.shore_oil)
