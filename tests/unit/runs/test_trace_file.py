"""A trace survives its file to the bit, and a damaged file is known for one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import numpy as np
import pytest
import small_play as play
import small_sea

from khazri.evaluation import Trace
from khazri.runs.trace import trace_of
from khazri.runs.trace_file import UnreadableTrace, read_trace, write_trace
from khazri.simulation import Orders, open_world


def assert_same(left: object, right: object) -> None:
    if is_dataclass(left):
        assert type(left) is type(right)
        for each in fields(left):
            assert_same(getattr(left, each.name), getattr(right, each.name))
    elif isinstance(left, tuple):
        assert isinstance(right, tuple)
        assert len(left) == len(right)
        for a, b in zip(left, right, strict=True):
            assert_same(a, b)
    elif isinstance(left, np.ndarray):
        assert isinstance(right, np.ndarray)
        assert left.dtype == right.dtype
        assert np.array_equal(left, right)
    else:
        assert left == right


def traced() -> Trace:
    return trace_of(open_world((small_sea.site(dt=60.0, particles=200),)), lambda step: Orders(), 30)


@pytest.mark.parametrize("trace", [play.trace_of(played=True), traced()], ids=["by hand", "replayed"])
def test_a_trace_survives_its_file(trace: Trace) -> None:
    assert_same(trace, read_trace(write_trace(trace)))


@pytest.mark.parametrize("spoil", [lambda b: b[: len(b) // 2], lambda b: b"", lambda b: b[:400] + b"\0" + b[401:]])
def test_a_damaged_file_is_known_for_one(spoil) -> None:
    with pytest.raises(UnreadableTrace):
        read_trace(spoil(write_trace(play.trace_of(played=True))))
