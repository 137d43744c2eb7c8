"""The driver: over the blocks of a slice, the processes in the order given. Compiled once; a process that is off is not in `order`."""

from __future__ import annotations

from numba import njit

from khazri.engine.kernels import account, land, motion, sample, seas, submerge, weather
from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import ENTRY


@njit(**ENTRY)
def march(first, last, scene):  # noqa: C901  one branch a process: functions in between take 4 s more to compile
    """Step rows first to last - 1; `first` is a multiple of 512."""
    for low in range(first, last, 512):
        high = min(low + 512, last)
        sample.enter(low, high, scene)
        account.keep_all(low, high, scene)
        scene.moved[low // 512, :] = 0.0
        for k in range(scene.order.size):
            code = scene.order[k]
            if code == at.FEEL:
                sample.sample_motion(low, high, scene)
                motion.draw(low, high, scene)
            elif code == at.FEEL_WATER:
                sample.sample_water(low, high, scene)
                weather.water_of_block(low, high, scene)
                weather.gather_oil(low, high, scene)
            elif code == at.FEEL_ICE:
                sample.sample_ice(low, high, scene)
            elif code == at.WAVES:
                seas.waves(low, high, scene)
            elif code == at.NO_WAVES:
                seas.no_waves(low, high, scene)
            elif code == at.REFLOAT:
                land.refloat(low, high, scene)
            elif code == at.ADVECT:
                motion.advect(low, high, scene)
            elif code == at.WIND:
                motion.drift_wind(low, high, scene)
            elif code == at.STOKES:
                motion.drift_stokes(low, high, scene)
            elif code == at.WALK:
                motion.walk(low, high, scene)
            elif code == at.ICE:
                motion.drift_ice(low, high, scene)
            elif code == at.LAND:
                land.land(low, high, scene)
            elif code == at.PROPERTIES:
                weather.properties(low, high, scene)
            elif code == at.SPREAD:
                weather.spread(low, high, scene)
            elif code == at.EVAPORATE:
                weather.evaporate(low, high, scene)
            elif code == at.EMULSIFY:
                weather.emulsify(low, high, scene)
            elif code == at.DISSOLVE:
                weather.dissolve(low, high, scene)
            elif code == at.DEGRADE:
                weather.degrade(low, high, scene)
            elif code == at.SEDIMENT:
                weather.settle_with_silt(low, high, scene)
            elif code == at.OVERWASH:
                submerge.wash_over(low, high, scene)
            elif code == at.ENTRAIN:
                submerge.entrain(low, high, scene)
            elif code == at.VERTICAL:
                submerge.mix(low, high, scene)
            elif code == at.VERTICAL_NEWLY:
                submerge.mix_newly(low, high, scene)
        account.lose(low, high, scene)
        account.count_block(low, high, scene)


@njit(**ENTRY)
def take_stock(first, last, scene):
    """Count rows first to last - 1 as they stand."""
    for low in range(first, last, 512):
        account.count_block(low, min(low + 512, last), scene)
