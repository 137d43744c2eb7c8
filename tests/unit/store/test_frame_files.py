from __future__ import annotations

import dataclasses
import errno

import numpy as np
import pytest
import synthetic_run

from khazri.store import FrameWriter, StoreError, open_frames
from khazri.store import frames as module

SEGMENTS = len(synthetic_run.terrain().segments)


def write(folder, frames, **settings):
    with FrameWriter(folder, segments=SEGMENTS, **settings) as writer:
        for frame in frames:
            writer.write(frame)
    return open_frames(folder)


@pytest.mark.parametrize("limit", [10**6, 100], ids=["thread", "caller"])
def test_frames_come_back_as_they_were(tmp_path, monkeypatch, limit):
    monkeypatch.setattr(module, "QUEUE_LIMIT", limit)
    written = [synthetic_run.frame(step) for step in (0, 5, 24)]
    read = write(tmp_path, written)
    assert len(read) == 3
    assert read.times.tolist() == [frame.time for frame in written]
    for before, after in zip(written, (read[i] for i in range(3)), strict=True):
        for field in dataclasses.fields(before):
            a, b = getattr(before, field.name), getattr(after, field.name)
            if field.name in ("x", "y"):
                assert np.abs(a - b).max() < 0.02  # float32 of 250 km: 1/64 m
            elif isinstance(a, np.ndarray):
                assert np.array_equal(a, b), field.name
                assert a.dtype == b.dtype, field.name
            else:
                assert a == b


def test_columns_are_maps_of_the_file(tmp_path):
    read = write(tmp_path, [synthetic_run.frame(24)])
    assert isinstance(read.column(0, "mass"), np.memmap)


def test_positions_far_from_the_plane_s_centre_keep_their_precision(tmp_path):
    frame = synthetic_run.frame(3)
    far = dataclasses.replace(frame, x=frame.x + 2e6)
    read = write(tmp_path, [far], origin=(2e6, 0.0))
    assert np.abs(read[0].x - far.x).max() < 0.01


def test_a_frame_without_particles_is_a_frame(tmp_path):
    frame = synthetic_run.frame(0)
    empty = {f.name: getattr(frame, f.name)[:0] for f in dataclasses.fields(frame) if f.name in dict(module.COLUMNS)}
    read = write(tmp_path, [dataclasses.replace(frame, **empty)])
    assert read[0].ident.size == 0
    assert read[0].shore_oil.size == SEGMENTS


def test_a_torn_last_line_is_left_out(tmp_path):
    write(tmp_path, [synthetic_run.frame(step) for step in (0, 1)])
    index = tmp_path / "index.jsonl"
    index.write_text(index.read_text()[:-40])
    assert len(open_frames(tmp_path)) == 1


def test_a_damaged_file_is_named(tmp_path):
    write(tmp_path, [synthetic_run.frame(1)])
    file = tmp_path / "00000001.frame"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(StoreError, match=r"00000001\.frame: .* the file is damaged"):
        open_frames(tmp_path)


def test_a_folder_without_frames_is_refused(tmp_path):
    with pytest.raises(StoreError, match=r"no index\.jsonl"):
        open_frames(tmp_path)


def test_a_disk_that_fills_gives_one_clear_message(tmp_path, monkeypatch):
    def full(self, frame, out):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FrameWriter, "_columns", full)
    writer = FrameWriter(tmp_path, segments=SEGMENTS)
    writer.write(synthetic_run.frame(1))
    with pytest.raises(StoreError, match=r"the disk is full .* fewer frames"):
        writer.close()


def test_a_frame_written_by_the_caller_is_not_held_twice(tmp_path, monkeypatch):
    import tracemalloc

    monkeypatch.setattr(module, "QUEUE_LIMIT", 0)
    frame = synthetic_run.frame(24, particles=400_000)
    with FrameWriter(tmp_path, segments=SEGMENTS) as writer:
        tracemalloc.start()
        writer.write(frame)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 0.25 * module.PARTICLE_BYTES * frame.ident.size  # a slice of one column, converted
