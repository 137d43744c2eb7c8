"""The driver: over the blocks of a slice, the processes in the order given. Compiled once; a process that is off is not in `order`."""

from __future__ import annotations

from numba import njit

from khazri.engine.kernels import account, land, motion, sample, seas, submerge, weather
from khazri.engine.kernels import scene as at
from khazri.engine.kernels.options import ENTRY
from khazri.engine.kernels.view import view_of

# What `march` calls, those that take longest to compile first. Each is cached by itself, so that several processes can
# compile some (khazri.engine.compiling); none of them may be called from Python.
PASSES = (
    submerge.mix, submerge.entrain, submerge.wash_over, seas.waves, land.land, weather.spread, weather.evaporate,
    weather.properties, sample.sample_water, sample.sample_motion, weather.dissolve, motion.advect, weather.emulsify,
    sample.sample_ice, land.refloat, motion.drift_wind, motion.draw, weather.gather_oil, account.lose, motion.drift_stokes,
    weather.settle_with_silt, weather.water_of_block, motion.walk, motion.drift_ice, weather.degrade, sample.enter,
    account.count_block, account.keep_all, account.spend, seas.no_waves,
)  # fmt: skip
for _one in PASSES:
    _one.enable_caching()


@njit(**ENTRY)
def march(first, last, scene):  # noqa: C901  one branch a process: functions in between take 4 s more to compile
    """Step rows first to last - 1; `first` is a multiple of 512."""
    view = view_of(scene)
    for low in range(first, last, 512):
        high = min(low + 512, last)
        sample.enter(low, high, view)
        account.keep_all(low, high, view)
        scene.moved[low // 512, :] = 0.0
        for k in range(scene.order.size):
            code = scene.order[k]
            if code == at.FEEL:
                sample.sample_motion(low, high, view)
                motion.draw(low, high, view)
            elif code == at.FEEL_WATER:
                sample.sample_water(low, high, view)
                weather.water_of_block(low, high, view)
                weather.gather_oil(low, high, view)
            elif code == at.FEEL_ICE:
                sample.sample_ice(low, high, view)
            elif code == at.WAVES:
                seas.waves(low, high, view)
            elif code == at.NO_WAVES:
                seas.no_waves(low, high, view)
            elif code == at.REFLOAT:
                land.refloat(low, high, view)
            elif code == at.ADVECT:
                motion.advect(low, high, view)
            elif code == at.WIND:
                motion.drift_wind(low, high, view)
            elif code == at.STOKES:
                motion.drift_stokes(low, high, view)
            elif code == at.WALK:
                motion.walk(low, high, view)
            elif code == at.ICE:
                motion.drift_ice(low, high, view)
            elif code == at.LAND:
                land.land(low, high, view)
            elif code == at.PROPERTIES:
                weather.properties(low, high, view)
            elif code == at.SPREAD:
                weather.spread(low, high, view)
            elif code == at.EVAPORATE:
                weather.evaporate(low, high, view)
            elif code == at.EMULSIFY:
                weather.emulsify(low, high, view)
            elif code == at.DISSOLVE:
                weather.dissolve(low, high, view)
            elif code == at.DEGRADE:
                weather.degrade(low, high, view)
            elif code == at.SEDIMENT:
                weather.settle_with_silt(low, high, view)
            elif code == at.OVERWASH:
                submerge.wash_over(low, high, view)
            elif code == at.ENTRAIN:
                submerge.entrain(low, high, view)
            elif code == at.VERTICAL:
                submerge.mix(low, high, view, submerge.BEGAN)
            elif code == at.VERTICAL_NEWLY:
                submerge.mix(low, high, view, submerge.NEWLY)
        if scene.whole[at.WEATHERS]:
            account.lose(low, high, view)
        account.spend(low, high, view)
        account.count_block(low, high, view)


@njit(**ENTRY)
def take_stock(first, last, scene):
    """Count rows first to last - 1 as they stand."""
    view = view_of(scene)
    for low in range(first, last, 512):
        account.count_block(low, min(low + 512, last), view)
