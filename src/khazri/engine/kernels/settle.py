"""What the shore can hold: shares of a segment's capacity, in whole parts of a thousand million so that no order of adding matters."""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.land import has_dried, segment_at, stretch_at
from khazri.engine.kernels.options import ENTRY, PASS
from khazri.engine.kernels.view import view_of
from khazri.engine.pool import ARRIVING
from khazri.physics.noise import STRANDING, philox4x32
from khazri.physics.shore import capacity, holding_thickness

WHOLE = 1_000_000_000
_ONE = np.float32(1.0)
_LEAST = np.float32(0.01)
_NEW = np.uint8(at.ASHORE | ARRIVING)


@njit(**PASS)
def _place_of(row, scene):
    """From the site's origin [m]."""
    return (
        np.float32(scene.place[0, row] - np.float64(scene.setting[at.ORIGIN_X])),
        np.float32(scene.place[1, row] - np.float64(scene.setting[at.ORIGIN_Y])),
    )


@njit(**PASS)
def _segment_of(row, scene):
    """The segment whose capacity the oil takes up; -1: none, as it lies off the ordinary line or the sea has left it dry."""
    setting = scene.setting
    x, y = _place_of(row, scene)
    if scene.whole[at.SURGES] and has_dried(scene, x, y):
        return np.int32(-1)
    return segment_at(scene.segment, setting[at.GROUND_X], setting[at.GROUND_Y], setting[at.GROUND_INVERSE], x, y)


@njit(**PASS)
def _share(row, kind, size, real):
    """Of the segment's capacity that this particle's emulsion fills."""
    layer = holding_thickness(kind, real[at.VISCOSITY, row])
    most = capacity(size[0], size[1], layer, real[at.DENSITY, row])
    mass = real[at.MASS, row] / max(_ONE - real[at.WATER, row], _LEAST)
    return np.int64(np.float64(mass) / max(np.float64(most), 1e-3) * WHOLE)


@njit(**ENTRY)
def tally_shore(first, last, scene, out):
    """Add to out[member, segment] = (held, claimed); how many arrive."""
    arriving, view = 0, view_of(scene)
    for row in range(first, last):
        status = scene.flag[0, row]
        if status == at.ASHORE or status == _NEW:
            segment = _segment_of(row, view)
            new = status == _NEW
            arriving += new
            if segment >= 0:
                out[scene.origin[1, row], segment, 1 if new else 0] += _share(
                    row, scene.segment_kind[segment], scene.segment_size[segment], scene.real
                )
    return arriving


@njit(**ENTRY)
def list_arrivals(living, scene, rows, segments, shares, lots):
    """Rows that arrive, where, the share each claims, and a hashed lot that orders them."""
    step, seed = np.uint32(scene.whole[at.STEP]), np.uint32(scene.whole[at.SEED])
    count, view = 0, view_of(scene)
    for row in range(living):
        if scene.flag[0, row] != _NEW:
            continue
        segment = _segment_of(row, view)
        rows[count], segments[count] = row, segment
        shares[count] = (
            _share(row, scene.segment_kind[segment], scene.segment_size[segment], scene.real) if segment >= 0 else 0
        )
        key = scene.keys[scene.origin[1, row]]
        lots[count], _, _, _ = philox4x32(
            scene.number[row], step, np.uint32(STRANDING << 8), np.uint32(scene.origin[0, row]), seed, key
        )
        count += 1


@njit(**ENTRY)
def oil_on_shore(living, scene, out):
    """Kilograms of oil ashore per segment; what lies off the ordinary line counts to the nearest."""
    setting, view = scene.setting, view_of(scene)
    for row in range(living):
        if scene.flag[0, row] == at.ASHORE:
            x, y = _place_of(row, view)
            segment = segment_at(
                scene.segment, setting[at.GROUND_X], setting[at.GROUND_Y], setting[at.GROUND_INVERSE], x, y
            )
            if segment < 0 and scene.whole[at.SURGES]:
                segment = stretch_at(view, x, y)
            if segment >= 0:
                out[segment] += np.float64(scene.real[at.MASS, row])
