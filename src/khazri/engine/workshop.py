"""What a step needs besides the particles: buffers of forcing, ground, oils and settings as the kernels take them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from khazri.engine.hoist import ABSENT, Hoist, open_hoist
from khazri.engine.kernels import scene as at
from khazri.engine.kernels.ground import squared_distances
from khazri.engine.kernels.scene import Scene
from khazri.engine.numerics import Numerics
from khazri.engine.pool import Tallies, empty_tallies
from khazri.engine.site import SiteInputs, SiteState
from khazri.engine.waterline import Waterline, open_waterline, stretches
from khazri.geo.terrain import LAND, OUTSIDE, WATER, Terrain
from khazri.oils.record import Oil
from khazri.oils.tables import WeatheringTable
from khazri.physics.emulsion import STABILITY_NAMES, break_up_rate
from khazri.physics.noise import member_key
from khazri.physics.spreading import patch_volume

PATCH_WINDOW = 3600.0  # [s] what a lasting release yields in this time spreads as one patch
WEATHERING = frozenset(
    (
        "entrainment",
        "spreading",
        "evaporation",
        "emulsification",
        "dissolution",
        "biodegradation",
        "sedimentation",
        "overwashing",
    )
)
_WAVES_FOR = frozenset(("stokes_drift", "entrainment", "sedimentation", "overwashing"))
_FAR = 254  # the largest distance that the ground's code can say [cells]
_CODES_OF_GIVEN = (
    ("stokes", at.GIVEN_STOKES), ("wave_height", at.GIVEN_HEIGHT), ("wave_period", at.GIVEN_PERIOD),
    ("ice_concentration", at.GIVEN_ICE), ("ice_drift", at.GIVEN_ICE_DRIFT),
)  # fmt: skip


@dataclass
class Workshop:
    """Buffers of one site."""

    hoist: Hoist
    scene: Scene
    tallies: Tallies
    waterline: Waterline | None = None  # None: the level does not move
    fence: tuple[bytes, object] | None = None  # of booms that lie as in the step before, see engine.barriers


def order_of(inputs: SiteInputs) -> tuple[int, ...]:
    """The processes of a step, by code, in the order in which they act; what is off is not there."""
    on, ice = inputs.numerics.processes, "ice" in inputs.numerics.processes and "ice_concentration" in inputs.fields
    weathers, waves = bool(on & WEATHERING), bool(on & _WAVES_FOR)
    below = bool(on & {"entrainment", "vertical_mixing", "overwashing"}) or any(r.depth > 0.0 for r in inputs.releases)
    wanted = (
        (at.FEEL, True),
        (at.FEEL_WATER, weathers or waves or below),
        (at.FEEL_ICE, ice),
        (at.WAVES, waves),
        (at.NO_WAVES, not waves),
        (at.REFLOAT, "stranding" in on),
        (at.ADVECT, True),
        (at.STOKES, "stokes_drift" in on),
        (at.WIND, "wind_drift" in on),
        (at.WALK, "diffusion" in on),
        (at.ICE, ice),
        (at.LAND, True),  # before entrainment: what has just left a lee shore returns to it, it does not go under first
        (at.VERTICAL, below),
        (at.ENTRAIN, "entrainment" in on),
        (at.VERTICAL_NEWLY, "entrainment" in on),
        (at.PROPERTIES, weathers),
        (at.SPREAD, weathers),
        (at.EVAPORATE, "evaporation" in on),
        (at.EMULSIFY, "emulsification" in on),
        (at.DISSOLVE, "dissolution" in on),
        (at.DEGRADE, "biodegradation" in on),
        (at.SEDIMENT, "sedimentation" in on and "sediment" in inputs.fields),
        (at.OVERWASH, "overwashing" in on),
    )
    return tuple(code for code, here in wanted if here)


def open_workshop(inputs: SiteInputs, state: SiteState) -> Workshop:
    """Everything that stays the same from step to step, laid out for the kernels."""
    numerics, terrain = inputs.numerics, inputs.terrain
    west, south, east, north = terrain.grid.bounds
    origin = (float(np.float32(0.5 * (west + east))), float(np.float32(0.5 * (south + north))))
    hoist = open_hoist(inputs.fields, origin)
    tallies = empty_tallies(state.columns.number.size)
    segments, line = terrain.segments, open_waterline(terrain, inputs.fields.get("level"))
    scene = Scene(
        **state.columns._asdict(), **hoist.forcing._asdict(),
        ground=ground_codes(terrain, line), depth=np.array(terrain.depth, np.float32, order="C"),
        bed=np.zeros((1, 1), np.float32) if line is None else line.bed,
        stretch=np.zeros((1, 1), np.int32) if line is None else stretches(terrain),
        segment=np.ascontiguousarray(terrain.segment, np.int32), segment_kind=np.ascontiguousarray(segments.kind, np.uint8),
        segment_size=np.ascontiguousarray(np.stack([segments.length, segments.width], axis=1), np.float32),
        fetch=np.ascontiguousarray(terrain.fetch, np.float32),
        exposure=_stack([table.exposure for table in inputs.tables], (2, 2)),
        parent=_stack([table.viscosity for table in inputs.tables], (2, 2)),
        oil_density=_stack([table.density for table in inputs.tables], (2,)),
        aromatic=_stack([table.aromatic for table in inputs.tables], (2,)),
        oil=np.array([_oil(o, t) for o, t in zip(inputs.oils, inputs.tables, strict=True)], np.float32).reshape(-1, at.OIL_COLUMNS),
        source=_sources(inputs),
        keys=np.array([int(member_key(np.uint32(state.site), np.uint32(m))) for m in range(numerics.members)], np.uint32),
        ages=np.zeros(1, np.float32), setting=_settings(inputs, origin), whole=_wholes(inputs, surges=line is not None),
        order=np.array(order_of(inputs), np.uint8), held=tallies.held, moved=tallies.moved, counts=tallies.counts, box=tallies.box,
        scratch=np.zeros(1, np.float32), chosen=np.zeros(1, np.int32), words=np.zeros(1, np.uint32),
    )  # fmt: skip
    return Workshop(hoist, scene, tallies, line)


def ground_codes(terrain: Terrain, line: Waterline | None = None) -> npt.NDArray[np.uint8]:
    """0 land, 255 outside, else whole cells to the nearest of either or to the raster's edge, 1 to 254.

    What may fall dry or flood counts as land here, so that the distances hold whatever the level is.
    """
    sure = terrain.surface == WATER
    codes = np.clip(cells_to(~sure if line is None else ~sure | line.changing), 1, _FAR).astype(np.uint8)
    codes[terrain.surface == LAND] = 0
    codes[terrain.surface == OUTSIDE] = 255
    return np.ascontiguousarray(codes)


def cells_to(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Cells from the middle of each to that of the nearest marked one, or to the nearest beyond the raster's edge."""
    ny, nx = marked.shape
    out = np.empty((ny, nx), np.int32)
    squared_distances(marked, np.empty((ny, nx), np.int32), np.empty(nx + 2, np.int64), np.empty(nx + 3), out)
    return np.sqrt(out.astype(np.float64))


def _stack(tables: list[npt.NDArray[np.float32]], smallest: tuple[int, ...]) -> npt.NDArray[np.float32]:
    if not tables:
        return np.zeros((1, *smallest), np.float32)
    if len({table.shape for table in tables}) > 1:
        raise ValueError(
            f"weathering tables have shapes {[t.shape for t in tables]}; expected one shape for all oils of a site"
        )
    return np.ascontiguousarray(np.stack(tables), np.float32)


def _oil(oil: Oil, table: WeatheringTable) -> tuple[float, ...]:
    kind = STABILITY_NAMES.index(oil.emulsion_class) if oil.emulsion_class in STABILITY_NAMES else 0
    return (
        table.temperature_first, table.temperature_step, table.fraction_step, table.density_expansion, oil.tension,
        oil.emulsion_max_water, oil.emulsion_onset, float(break_up_rate(kind)), table.partition,
        oil.density,
    )  # fmt: skip


def _sources(inputs: SiteInputs) -> npt.NDArray[np.float32]:
    from khazri.engine.seeding import particles_of

    rows = np.zeros((max(len(inputs.releases), 1), at.SOURCE_COLUMNS), np.float32)
    for index, (release, count) in enumerate(zip(inputs.releases, particles_of(inputs), strict=True)):
        volume = release.mass / inputs.oils[release.oil].density
        patch = patch_volume(np.float64(volume), np.float64(release.end - release.start), np.float64(PATCH_WINDOW))
        rows[index] = (release.oil, patch, release.mass / count)
    return rows


def _settings(inputs: SiteInputs, origin: tuple[float, float]) -> npt.NDArray[np.float32]:
    numerics, grid, fetch = inputs.numerics, inputs.terrain.grid, inputs.terrain.fetch_grid
    values = np.zeros(at.SETTINGS, np.float32)
    values[at.DT_STEP] = numerics.dt
    values[at.GROUND_X], values[at.GROUND_Y] = grid.bounds[0] - origin[0], grid.bounds[1] - origin[1]
    values[at.GROUND_INVERSE] = 1.0 / grid.spacing
    values[at.FETCH_X], values[at.FETCH_Y] = fetch.bounds[0] - origin[0], fetch.bounds[1] - origin[1]
    values[at.FETCH_INVERSE] = 1.0 / fetch.spacing
    values[at.WIND_FACTOR_TOTAL] = numerics.wind_factor
    values[at.DIFFUSIVITY] = -1.0 if numerics.horizontal_diffusivity is None else numerics.horizontal_diffusivity
    values[at.LATITUDE] = np.radians(inputs.terrain.plane.latitude)
    values[at.ORIGIN_X], values[at.ORIGIN_Y] = origin
    values[at.TEMPERATURE_FILL], values[at.SALINITY_FILL] = ABSENT["water_temperature"], ABSENT["salinity"]
    return values


def _wholes(inputs: SiteInputs, *, surges: bool) -> npt.NDArray[np.int64]:
    numerics: Numerics = inputs.numerics
    values = np.zeros(at.WHOLES, np.int64)
    values[at.SEED] = numerics.seed & 0xFFFFFFFF
    values[at.STAGES] = {"euler": 1, "rk2": 2, "rk4": 4}[numerics.advection]
    values[at.SUBSTEPS] = numerics.vertical_substeps
    values[at.GIVEN] = sum(code for name, code in _CODES_OF_GIVEN if name in inputs.fields)
    if "ice" not in numerics.processes:
        values[at.GIVEN] &= ~at.GIVEN_ICE
    values[at.WALK_VERTICALLY] = "vertical_mixing" in numerics.processes
    values[at.STRAND] = "stranding" in numerics.processes
    values[at.ENTRAIN_LAW] = numerics.entrainment == "delvigne1988"
    values[at.DROPLET_LAW] = numerics.droplets == "johansen2015"
    values[at.EMULSION_LAW] = numerics.emulsification == "mackay1980"
    values[at.SPREADS] = "spreading" in numerics.processes
    values[at.SURGES] = surges
    values[at.WEATHERS] = bool(numerics.processes & WEATHERING)
    return values
