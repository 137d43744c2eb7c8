"""What every pass is given, and where things lie in it.

Scratch is one float32 array of rows of 512; a row is named by its offset, so that `s[WIND_X + i]` is the i-th particle of the
block. Offsets that the compiler knows let it see that rows do not overlap.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from khazri.engine.owners import Status
from khazri.engine.pool import BLOCK

Singles = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]


class Scene(NamedTuple):
    """Arrays only: particles (khazri.engine.pool.Columns), forcing (khazri.engine.hoist.Forcing), ground, oils, settings."""

    place: Doubles
    real: Singles
    number: npt.NDArray[np.uint32]
    origin: npt.NDArray[np.uint16]
    flag: npt.NDArray[np.uint8]
    current: Singles
    wind: Singles
    stokes: Singles
    wave_height: Singles
    wave_period: Singles
    ice_concentration: Singles
    ice_drift: Singles
    water_temperature: Singles
    salinity: Singles
    sediment: Singles
    geometry: Singles
    ground: npt.NDArray[np.uint8]  # 0 land, 255 outside, else cells to the nearest of either (at most 254)
    depth: Singles
    bed: Singles  # depth below the ordinary level, negative on flats, NaN never wet; (1, 1) where the level does not move
    segment: npt.NDArray[np.int32]
    stretch: npt.NDArray[np.int32]  # nearest segment; (1, 1) where the level does not move
    segment_kind: npt.NDArray[np.uint8]
    segment_size: Singles  # (segments, 2) length, width [m]
    fetch: Singles
    exposure: Singles  # (oils, nT, nF); see khazri.oils.tables.WeatheringTable
    parent: Singles  # (oils, nT, nF) viscosity
    oil_density: Singles  # (oils, nF)
    aromatic: Singles  # (oils, nF)
    oil: Singles  # (oils, OIL_COLUMNS)
    source: Singles  # (releases, SOURCE_COLUMNS)
    keys: npt.NDArray[np.uint32]  # (members,)
    ages: Singles  # of rows from `first_new` on [s]
    setting: Singles  # by entry, below
    whole: npt.NDArray[np.int64]  # by entry, below
    order: npt.NDArray[np.uint8]  # the processes, by code
    held: Doubles
    moved: Doubles
    counts: npt.NDArray[np.int64]
    box: Doubles
    scratch: Singles
    chosen: npt.NDArray[np.int32]  # (512,) rows of the block picked out by a pass
    words: npt.NDArray[
        np.uint32
    ]  # rows of 512: number, release and key of noise, and cells, gathered so that loops run wide


# rows of `real`
Z, MASS, EVAPORATED, WATER, DISSOLVED, AREA, DIAMETER, DENSITY, VISCOSITY, THICKNESS = range(10)

# rows of `geometry`
G_CURRENT, G_WIND, G_STOKES, G_HEIGHT, G_PERIOD, G_ICE, G_ICE_DRIFT, G_TEMPERATURE, G_SALINITY, G_SEDIMENT = range(10)

# entries of `setting`
(
    DT_STEP,
    GROUND_X,
    GROUND_Y,
    GROUND_INVERSE,
    FETCH_X,
    FETCH_Y,
    FETCH_INVERSE,
    WIND_FACTOR_TOTAL,
    DIFFUSIVITY,
    LATITUDE,
) = range(10)
ORIGIN_X, ORIGIN_Y, TEMPERATURE_FILL, SALINITY_FILL = range(10, 14)
SETTINGS: Final = 14

# entries of `whole`
STEP, SEED, LIVING, FIRST_NEW, STAGES, SUBSTEPS, GIVEN, WALK_VERTICALLY, STRAND = range(9)
ENTRAIN_LAW, DROPLET_LAW, EMULSION_LAW, SPREADS, SURGES, WEATHERS = range(9, 15)
WHOLES: Final = 15
# bits of GIVEN: fields that are there
GIVEN_STOKES, GIVEN_HEIGHT, GIVEN_PERIOD, GIVEN_ICE, GIVEN_ICE_DRIFT = 1, 2, 4, 8, 16

# columns of `oil`
T_FIRST, T_STEP, F_STEP, EXPANSION, TENSION, WATER_MOST, ONSET, BREAK_UP, AROMATIC_KOW, FRESH_DENSITY = range(10)
OIL_COLUMNS: Final = 10
# columns of `source`
OIL, PATCH_VOLUME, PARTICLE_MASS = range(3)
SOURCE_COLUMNS: Final = 3

# processes, by code
FEEL, FEEL_WATER, FEEL_ICE, WAVES, NO_WAVES, REFLOAT, ADVECT, WIND, STOKES, WALK, ICE, LAND = range(12)
PROPERTIES, SPREAD, EVAPORATE, EMULSIFY, DISSOLVE, DEGRADE, SEDIMENT, OVERWASH, ENTRAIN, VERTICAL, VERTICAL_NEWLY = (
    range(12, 23)
)

# offsets of the scratch rows
(
    XS, YS, DT, CURRENT_X, CURRENT_Y, WIND_X, WIND_Y, WIND_SPEED, STOKES_X, STOKES_Y, STOKES_SPEED, WAVE_HEIGHT,
    WAVE_PERIOD, ICE_COVER, ICE_X, ICE_Y, TEMPERATURE, SALT, SILT, BED, NORMAL_A, NORMAL_B, UNIFORM_A,
    MOVE_X, MOVE_Y, SCALE, WATER_DENSITY, WATER_VISCOSITY, BREAKING, OPEN, KEEP_AIR, KEEP_DISSOLVED, KEEP_DEGRADED,
    KEEP_SEDIMENT, OIL_VISCOSITY, OIL_DENSITY, THICK_AREA, RISE, BELOW_FOR, NEWLY, STIRRED, DROPLET, VOLUME,
    PARTICLE, RATE, MEDIAN, TIME, DEEP_Z, DEEP_RISE, DEEP_DT, DEEP_BED,
    DEEP_WIND, DEEP_TIME, DEEP_STIRRED, DEEP_HEIGHT, DEEP_DENSITY, DEEP_VISCOSITY, DEEP_OIL, DEEP_DIAMETER,
    DRAW_A, DEEP_INVERSE, DEEP_LEAST, DEEP_MOST, NOISE, AT_X, AT_Y, SHARE_X, SHARE_Y, FLOW_X, FLOW_Y,
    WORK_A, WORK_B, WORK_C, WORK_D,
    OF_T_FIRST, OF_T_STEP, OF_F_STEP, SWELLS, TENSE, WATER_TOP, STARTS, BREAKS, PARTS, FRESH,  # in the order of `oil`
) = tuple(BLOCK * row for row in range(84))  # fmt: skip
ROWS: Final = 84
OF_OIL: Final = OF_T_FIRST  # the first of the rows that repeat the columns of `oil`
# offsets in `words`
NUMBERS, RELEASES, KEYS, CELLS, COLUMNS, OILS, DRAWN = tuple(BLOCK * row for row in range(7))
WORDS: Final = 10  # DRAWN and three more: the words of one hash

AFLOAT, BOOMED, OVERWASHED, SUBMERGED = (
    int(Status.AFLOAT),
    int(Status.BOOMED),
    int(Status.OVERWASHED),
    int(Status.SUBMERGED),
)
ON_BED, ASHORE, IN_ICE, LEFT_DOMAIN = (
    int(Status.ON_BED),
    int(Status.ASHORE),
    int(Status.IN_ICE),
    int(Status.LEFT_DOMAIN),
)
SPENT = int(Status.SPENT)

# bits of `marks`
NO_FORCING, NOT_FINITE, NO_SEGMENT, BLOCKED = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(8)
