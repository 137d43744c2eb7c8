"""What takes oil away where it is: swaths, fires, sprays, teams on the shore. Run only where there are any, after the booms.

Everything that particles share is counted in whole milligrams and microlitres, so that no order of adding matters.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from khazri.engine.kernels import scene as at
from khazri.engine.kernels.land import segment_at, stretch_at
from khazri.engine.kernels.options import ENTRY, INLINE, PASS
from khazri.engine.kernels.sample import corner
from khazri.engine.kernels.view import view_of
from khazri.physics.burning import burns, burnt_share, ignition_thickness, residue_share
from khazri.physics.cleaning import suited
from khazri.physics.density import of_water as density_of_water
from khazri.physics.dispersant import viscosity_share
from khazri.physics.droplets import lognormal_diameter, median_li2017
from khazri.physics.entrainment import intrusion_depth
from khazri.physics.noise import SPRAYING, normal_pair, philox4x32, uniform
from khazri.physics.tension import TENSION_LEAST

MILLIGRAMS = 1e6  # of a kilogram
MICROLITRES = 1e9  # of a cubic metre
_ONE = np.float32(1.0)
_ZERO = np.float32(0.0)
_LEAST = np.float32(0.01)
_SANE = np.float32(1e6)
_SMALLEST, _LARGEST = np.float32(1e-6), np.float32(5e-4)  # m, of droplets of treated oil
_JUST_BELOW = np.float32(-0.05)
_CALMEST = np.float32(0.05)
_SHALLOWEST = np.float32(0.1)
_FLAT = np.uint8(5)

# columns of what `look_at_fire` counts
MET, THICK, DRY, READY, FUEL = range(5)


@njit(**INLINE)
def within(x, y, quad):
    """Whether a place lies in a quadrilateral (4, 2), by crossings of its sides."""
    inside = False
    for k in range(4):
        ax, ay, bx, by = quad[k, 0], quad[k, 1], quad[(k + 1) & 3, 0], quad[(k + 1) & 3, 1]
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside


@njit(**INLINE)
def emulsion_of(row, real):
    """Volume of a particle's emulsion [m3]."""
    bulk = real[at.MASS, row] / max(_ONE - real[at.WATER, row], _LEAST)
    return np.float64(bulk) / np.float64(max(real[at.DENSITY, row], _ONE))


@njit(**INLINE)
def milligrams_of(row, real):
    """Oil of a particle [mg]."""
    return np.int64(np.rint(np.float64(real[at.MASS, row]) * MILLIGRAMS))


@njit(**ENTRY)
def mark_quads(quads, frame, lowest):
    """Of each cell of a raster the first quadrilateral (n, 4, 2) whose box touches it; lowest (cells,) int32, -1: none.

    frame  (x0, y0, 1 / cell, columns, rows)
    """
    columns = np.int64(frame[3])
    for q in range(quads.shape[0] - 1, -1, -1):
        quad = quads[q]
        west, east = (
            min(quad[0, 0], quad[1, 0], quad[2, 0], quad[3, 0]),
            max(quad[0, 0], quad[1, 0], quad[2, 0], quad[3, 0]),
        )
        south, north = (
            min(quad[0, 1], quad[1, 1], quad[2, 1], quad[3, 1]),
            max(quad[0, 1], quad[1, 1], quad[2, 1], quad[3, 1]),
        )
        for j in range(np.int64((south - frame[1]) * frame[2]), np.int64((north - frame[1]) * frame[2]) + 1):
            for i in range(np.int64((west - frame[0]) * frame[2]), np.int64((east - frame[0]) * frame[2]) + 1):
                lowest[j * columns + i] = q


@njit(**ENTRY)
def list_met(first, last, place, quads, frame, lowest, rows):
    """Rows that lie in a quadrilateral (n, 4, 2) on the plane [m]; how many.  frame, lowest  see `mark_quads`"""
    count = 0
    west, south, inverse, columns = frame[0], frame[1], frame[2], np.int64(frame[3])
    last_i, last_j = frame[3] - 1.0, frame[4] - 1.0
    for row in range(first, last):
        x, y = place[0, row], place[1, row]
        # held to the raster as floats, each an instruction and no branch; within() tells what lies outside of it
        i, j = min(max((x - west) * inverse, 0.0), last_i), min(max((y - south) * inverse, 0.0), last_j)
        q = lowest[np.int64(j) * columns + np.int64(i)]
        if q < 0:
            continue
        for k in range(q, quads.shape[0]):
            if within(x, y, quads[k]):
                rows[count] = row
                count += 1
                break
    return count


@njit(**ENTRY)
def find_takers(rows, place, flag, statuses, quads, unit_of, met, taker):
    """Of the listed rows those whose status has its bit in `statuses`, and the first unit in whose quadrilateral each is; how many.

    quads, unit_of   (n, 4, 2) on the plane [m], (n,);  met, taker  (rows,) int64 and int32
    """
    count = 0
    for row in rows:
        if not (statuses >> min(np.int64(flag[0, row]), 62)) & 1:
            continue
        x, y = place[0, row], place[1, row]
        for k in range(quads.shape[0]):
            if within(x, y, quads[k]):
                met[count], taker[count] = row, unit_of[k]
                count += 1
                break
    return count


@njit(**ENTRY)
def meet(first, last, rows, scene, taker, met):
    """Add up what each unit meets: emulsion [microlitres], and it times the logarithm of its viscosity in mm2/s.

    met  (units, 2) int64
    """
    for k in range(first, last):
        unit = taker[k]
        if unit >= 0:
            row = rows[k]
            volume = emulsion_of(row, scene.real) * MICROLITRES
            met[unit, 0] += np.int64(np.rint(volume))
            thick = np.log(max(np.float64(scene.real[at.VISCOSITY, row]) * 1e6, 1e-3))
            met[unit, 1] += np.int64(np.rint(volume * thick))


@njit(**ENTRY)
def take(first, last, rows, scene, taker, share, taken, volume):
    """Each unit takes its share of the oil that it met.

    share   (units,) float32 [1]
    taken   (units, blocks) float64 [kg], of the rows of each block; volume: the same of emulsion [m3]
    """
    for k in range(first, last):
        unit = taker[k]
        if unit < 0 or not share[unit] > _ZERO:
            continue
        row = rows[k]
        mass = scene.real[at.MASS, row]
        whole = emulsion_of(row, scene.real)
        left = mass * (_ONE - share[unit])
        scene.real[at.MASS, row] = left
        taken[unit, row // 512] += np.float64(mass) - np.float64(left)
        volume[unit, row // 512] += whole - emulsion_of(row, scene.real)
        if left <= _ZERO:
            scene.flag[0, row] = np.uint8(at.SPENT)


@njit(**ENTRY)
def look_at_fire(first, last, rows, scene, taker, found):
    """Add up what lies where a unit burns [mg]: all, thick enough to light, dry enough, both, and what a fire could feed on.

    found  (units, 5) int64
    """
    real = scene.real
    for k in range(first, last):
        unit = taker[k]
        if unit < 0:
            continue
        row = rows[k]
        mass = milligrams_of(row, real)
        film, water = real[at.THICKNESS, row], real[at.WATER, row]
        thick, dry = film >= ignition_thickness(real[at.EVAPORATED, row], water), burns(water)
        found[unit, MET] += mass
        found[unit, THICK] += mass if thick else 0
        found[unit, DRY] += mass if dry else 0
        found[unit, READY] += mass if thick and dry else 0
        # what the fire would go on with for a tenth of a second
        found[unit, FUEL] += mass if dry and burnt_share(film, water, np.float32(1e-3), np.float32(0.1)) > _ZERO else 0


@njit(**ENTRY)
def burn(first, last, rows, scene, taker, pace, seconds, gone, residue):
    """The film of what lies in a fire sinks until it goes out.

    pace     (units,) float32 [m s-1], 0 where nothing burns;  seconds  (units,) float32
    gone, residue   (units, blocks) float64 [kg]
    """
    real, kept = scene.real, residue_share()
    for k in range(first, last):
        unit = taker[k]
        if unit < 0 or not pace[unit] > _ZERO:
            continue
        row = rows[k]
        film, water = real[at.THICKNESS, row], real[at.WATER, row]
        if not burns(water):
            continue
        share = burnt_share(film, water, pace[unit], seconds[unit])
        if not share > _ZERO:
            continue
        mass = real[at.MASS, row]
        left = mass * (_ONE - share)
        lost = np.float64(mass) - np.float64(left)
        tar = lost * np.float64(kept)
        real[at.MASS, row] = left
        real[at.THICKNESS, row] = film * (_ONE - share)
        gone[unit, row // 512] += lost - tar
        residue[unit, row // 512] += tar
        if left <= _ZERO:
            scene.flag[0, row] = np.uint8(at.SPENT)


@njit(**PASS)
def scalar_at(field, g, x, y, fill):
    """Bilinear value of a field (ny, nx, 1) at one place; `fill` where it is no number."""
    i, a = corner((x - g[0]) * g[2], np.int32(max(field.shape[1] - 2, 0)))
    j, b = corner((y - g[1]) * g[2], np.int32(max(field.shape[0] - 2, 0)))
    up, right = min(j + np.int32(1), np.int32(field.shape[0] - 1)), min(i + np.int32(1), np.int32(field.shape[1] - 1))
    low = field[j, i, 0] + a * (field[j, right, 0] - field[j, i, 0])
    high = field[up, i, 0] + a * (field[up, right, 0] - field[up, i, 0])
    value = low + b * (high - low)
    return value if abs(value) < _SANE else fill


@njit(**PASS)
def depth_at(x, y, scene):
    """Depth of the water [m] at a place from the site's origin."""
    s = scene.setting
    column = np.int32((x - s[at.GROUND_X]) * s[at.GROUND_INVERSE])
    row = np.int32((y - s[at.GROUND_Y]) * s[at.GROUND_INVERSE])
    ny, nx = scene.depth.shape
    return scene.depth[min(max(row, np.int32(0)), np.int32(ny - 1)), min(max(column, np.int32(0)), np.int32(nx - 1))]


@njit(**ENTRY)
def disperse(first, last, rows, scene, taker, effect, height, treated):
    """What dispersant reached goes under as droplets, or does not, by a hashed lot: whole particles, no gram divided.

    The lot is won with the share that wind and salinity (`effect`) and the particle's own viscosity let disperse. It is the
    particle's for good: what one dose could not disperse, another does not either, unless the sea has become rougher. Droplets are
    those of breaking waves with next to no tension (Li et al. 2017), driven as deep as such waves drive them.

    effect, height   (units,) float32: [1], significant height of the waves [m]
    treated          (units,) int64 [mg]
    """
    view, real, s = view_of(scene), scene.real, scene.setting
    seed = np.uint32(scene.whole[at.SEED])
    for k in range(first, last):
        unit = taker[k]
        if unit < 0:
            continue
        row = rows[k]
        key, release = scene.keys[scene.origin[1, row]], np.uint32(scene.origin[0, row])
        a, b, c, d = philox4x32(scene.number[row], np.uint32(0), np.uint32((SPRAYING << 8) + 1), release, seed, key)
        if not uniform(a) < effect[unit] * viscosity_share(real[at.VISCOSITY, row]):
            continue
        x = np.float32(scene.place[0, row] - np.float64(s[at.ORIGIN_X]))
        y = np.float32(scene.place[1, row] - np.float64(s[at.ORIGIN_Y]))
        warm = scalar_at(view.water_temperature, view.geometry[at.G_TEMPERATURE], x, y, s[at.TEMPERATURE_FILL])
        salt = scalar_at(view.salinity, view.geometry[at.G_SALINITY], x, y, s[at.SALINITY_FILL])
        density, waves = real[at.DENSITY, row], max(height[unit], _CALMEST)
        thick = real[at.VISCOSITY, row] * density
        median = median_li2017(waves, thick, density, density_of_water(warm, salt), TENSION_LEAST)
        normal, _ = normal_pair(b, c)
        deepest = np.float32(0.99) * max(depth_at(x, y, view), _SHALLOWEST)
        real[at.DIAMETER, row] = min(max(lognormal_diameter(median, normal), _SMALLEST), _LARGEST)
        real[at.Z, row] = min(-min(intrusion_depth(waves, uniform(d)), deepest), _JUST_BELOW)
        real[at.THICKNESS, row] = _ZERO
        scene.flag[0, row] = np.uint8(at.SUBMERGED)
        treated[unit] += milligrams_of(row, real)


@njit(**PASS)
def shore_kind(row, scene):
    """Kind of the shore that oil ashore lies on; a flat where none is known."""
    s = scene.setting
    x = np.float32(scene.place[0, row] - np.float64(s[at.ORIGIN_X]))
    y = np.float32(scene.place[1, row] - np.float64(s[at.ORIGIN_Y]))
    segment = segment_at(scene.segment, s[at.GROUND_X], s[at.GROUND_Y], s[at.GROUND_INVERSE], x, y)
    if segment < 0 and scene.whole[at.SURGES]:
        segment = stretch_at(scene, x, y)
    return scene.segment_kind[segment] if segment >= 0 else _FLAT


@njit(**ENTRY)
def look_at_shore(first, last, rows, scene, taker, method, suits, found):
    """Add up oil ashore where a unit cleans [mg]: where its method is of use, and where not.

    suits  (n,) float32: the method's pace on the shore of the row listed at the same place [1]
    found  (units, 2) int64
    """
    view = view_of(scene)
    for k in range(first, last):
        unit = taker[k]
        suits[k] = _ZERO
        if unit >= 0:
            row = rows[k]
            suits[k] = suited(method[unit], shore_kind(row, view))
            found[unit, 0 if suits[k] > _ZERO else 1] += milligrams_of(row, scene.real)


@njit(**ENTRY)
def clean(first, last, rows, scene, taker, share, suits, taken, volume):
    """Each team takes its share of the oil ashore where it works, less where its method works badly.

    share   (units,) float32 [1];  suits  (n,) float32, see `look_at_shore`
    taken   (units, blocks) float64 [kg], of the rows of each block; volume: the same of oil [m3]
    """
    for k in range(first, last):
        unit = taker[k]
        if unit < 0 or not share[unit] * suits[k] > _ZERO:
            continue
        row = rows[k]
        mass = scene.real[at.MASS, row]
        left = mass * (_ONE - share[unit] * suits[k])
        gone = np.float64(mass) - np.float64(left)
        scene.real[at.MASS, row] = left
        taken[unit, row // 512] += gone
        volume[unit, row // 512] += gone / np.float64(max(scene.real[at.DENSITY, row], _ONE))
        if left <= _ZERO:
            scene.flag[0, row] = np.uint8(at.SPENT)
