"""The segments of all booms and the rasters that tell which of them is near a place: made anew in every step in which one moves."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels.barrier import (
    EAST,
    LENGTH,
    MOVES,
    NORTH,
    SOUTH,
    TX,
    TY,
    U0,
    U1,
    WAS_X0,
    WAS_X1,
    WAS_Y0,
    WAS_Y1,
    WEST,
    X0,
    X1,
    Y0,
    Y1,
)
from khazri.engine.kernels.options import ENTRY, INLINE


@njit(**ENTRY)
def cut_segments(now, before, starts, velocity, dt, longest, lines, owner):
    """Cut booms into segments no longer than `longest` [m]; those of no length are left out. How many.

    now, before   (points, 2) of all booms one after the other [m], at the end of the step and at its start
    starts        (booms + 1,) int64, of each boom's points
    velocity      (booms, 2) of booms that lie still [m s-1]; NaN: of one that moves, whose points tell
    lines, owner  (segments or more, 20), see barrier; (segments or more,) int64
    """
    count = 0
    for boom in range(starts.shape[0] - 1):
        still = velocity[boom, 0] == velocity[boom, 0]
        for k in range(starts[boom], starts[boom + 1] - 1):
            length = np.hypot(now[k + 1, 0] - now[k, 0], now[k + 1, 1] - now[k, 1])
            pieces = max(np.int64(np.ceil(length / longest)), 1)
            for piece in range(pieces):
                line = lines[count]
                for end in range(2):
                    share = np.float64(piece + end) / np.float64(pieces)
                    x, y = (
                        now[k, 0] + share * (now[k + 1, 0] - now[k, 0]),
                        now[k, 1] + share * (now[k + 1, 1] - now[k, 1]),
                    )
                    was_x = before[k, 0] + share * (before[k + 1, 0] - before[k, 0])
                    was_y = before[k, 1] + share * (before[k + 1, 1] - before[k, 1])
                    at, was, speed = (X1, WAS_X1, U1) if end else (X0, WAS_X0, U0)
                    line[at], line[at + 1], line[was], line[was + 1] = x, y, was_x, was_y
                    line[speed] = velocity[boom, 0] if still else (x - was_x) / dt
                    line[speed + 1] = velocity[boom, 1] if still else (y - was_y) / dt
                line[WEST] = min(line[X0], line[X1], line[WAS_X0], line[WAS_X1])
                line[SOUTH] = min(line[Y0], line[Y1], line[WAS_Y0], line[WAS_Y1])
                line[EAST] = max(line[X0], line[X1], line[WAS_X0], line[WAS_X1])
                line[NORTH] = max(line[Y0], line[Y1], line[WAS_Y0], line[WAS_Y1])
                moved = (line[X0] != line[WAS_X0]) | (line[Y0] != line[WAS_Y0])
                moved |= (line[X1] != line[WAS_X1]) | (line[Y1] != line[WAS_Y1])
                line[MOVES] = 1.0 if moved else 0.0
                line[LENGTH] = np.hypot(line[X1] - line[X0], line[Y1] - line[Y0])
                if line[LENGTH] > 0.0:
                    line[TX] = (line[X1] - line[X0]) / line[LENGTH]
                    line[TY] = (line[Y1] - line[Y0]) / line[LENGTH]
                    owner[count] = boom
                    count += 1
    return count


@njit(**ENTRY)
def frame_about(lines, least, around, most, frame):
    """A raster about all segments, with so many cells around: (x0, y0, 1 / cell, columns, rows).

    least, most  of a cell [m], and of the cells between the outermost segments along an axis
    """
    west, south, east, north = np.inf, np.inf, -np.inf, -np.inf
    for n in range(lines.shape[0]):
        west, south = min(west, lines[n, WEST]), min(south, lines[n, SOUTH])
        east, north = max(east, lines[n, EAST]), max(north, lines[n, NORTH])
    cell = max(least, max(east - west, north - south) / most)
    frame[0], frame[1], frame[2] = west - (around + 1) * cell, south - (around + 1) * cell, 1.0 / cell
    frame[3] = np.floor((east - frame[0]) / cell) + around + 2
    frame[4] = np.floor((north - frame[1]) / cell) + around + 2


@njit(**INLINE)
def _cells_of(line, frame, around):
    """The cells that the box about a segment touches, and so many around: columns from and to, rows from and to."""
    return (
        np.int64(np.floor((line[WEST] - frame[0]) * frame[2])) - around,
        np.int64(np.floor((line[EAST] - frame[0]) * frame[2])) + around,
        np.int64(np.floor((line[SOUTH] - frame[1]) * frame[2])) - around,
        np.int64(np.floor((line[NORTH] - frame[1]) * frame[2])) + around,
    )


@njit(**ENTRY)
def count_items(lines, frame, starts):
    """How many segments are in each cell or beside it, added up; starts (cells + 1,) int64, zeros. How many in all."""
    columns = np.int64(frame[3])
    for n in range(lines.shape[0]):
        west, east, south, north = _cells_of(lines[n], frame, 1)
        for j in range(south, north + 1):
            for i in range(west, east + 1):
                starts[j * columns + i + 1] += 1
    for cell in range(starts.shape[0] - 1):
        starts[cell + 1] += starts[cell]
    return starts[-1]


@njit(**ENTRY)
def list_items(lines, frame, starts, items, boxes):
    """The segments in each cell or beside it, in their order, and the box about each; `starts` is that of the cells before and after."""
    columns = np.int64(frame[3])
    for n in range(lines.shape[0]):
        west, east, south, north = _cells_of(lines[n], frame, 1)
        for j in range(south, north + 1):
            for i in range(west, east + 1):
                cell = j * columns + i
                place = starts[cell]
                items[place] = n
                for k in range(4):
                    boxes[place, k] = lines[n, WEST + k]
                starts[cell] = place + 1
    for cell in range(starts.shape[0] - 1, 0, -1):
        starts[cell] = starts[cell - 1]
    starts[0] = 0


@njit(**ENTRY)
def mark_cells(lines, frame, found):
    """0 in each cell that the box about a segment touches; found (cells,) uint8."""
    columns = np.int64(frame[3])
    for n in range(lines.shape[0]):
        west, east, south, north = _cells_of(lines[n], frame, 0)
        for j in range(south, north + 1):
            for i in range(west, east + 1):
                found[j * columns + i] = 0


@njit(**ENTRY)
def mark_near(lines, frame, piece, near):
    """2 in the cells of each segment, of where it was and of the ways of its ends; near (rows, columns) uint8, zeros.

    piece  of a cell between two points that are marked
    """
    for n in range(lines.shape[0]):
        line = lines[n]
        for way in range(4):
            from_x = line[X0] if way == 0 or way == 2 else (line[WAS_X0] if way == 1 else line[X1])
            from_y = line[Y0] if way == 0 or way == 2 else (line[WAS_Y0] if way == 1 else line[Y1])
            to_x = line[X1] if way == 0 else (line[WAS_X0] if way == 2 else line[WAS_X1])
            to_y = line[Y1] if way == 0 else (line[WAS_Y0] if way == 2 else line[WAS_Y1])
            steps = np.int64(np.ceil(np.hypot(to_x - from_x, to_y - from_y) * frame[2] / piece))
            for k in range(steps + 1):
                share = np.float64(k) / np.float64(max(steps, 1))
                i = np.int64((from_x + share * (to_x - from_x) - frame[0]) * frame[2])
                j = np.int64((from_y + share * (to_y - from_y) - frame[1]) * frame[2])
                near[j, i] = 2


@njit(**ENTRY)
def widen(around, near):
    """Not 0 within so many cells of what is marked, along both axes; near (rows, columns) uint8: 2 where it is marked, 0 elsewhere."""
    rows, columns = near.shape
    for j in range(rows):  # along the rows: 1
        last = -1
        for i in range(columns):
            if near[j, i] == 2:
                for back in range(max(last + 1, i - around), i):
                    near[j, back] = 1
                last = i
            elif last >= 0 and i - last <= around:
                near[j, i] = 1
    for i in range(columns):  # and across them from all those: 3
        last = -1
        for j in range(rows):
            if near[j, i] == 1 or near[j, i] == 2:
                for back in range(max(last + 1, j - around), j):
                    near[back, i] = 3
                last = j
            elif last >= 0 and j - last <= around:
                near[j, i] = 3
