"""What the weather of a pack must mean, beyond the form of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from khazri.scenario.environment import CLIMATIC, QUANTITIES, Environment
from khazri.scenario.faults import MISSING, Finding, Where
from khazri.scenario.forecast import Forecast
from khazri.scenario.ice import IceCover
from khazri.scenario.kinds import Area
from khazri.scenario.script import AFTER_FRONT, Front, Scripted
from khazri.scenario.weather import Timed, Weather
from khazri.units import write_moment

AreaRule = Callable[[Area, Where], Iterator[Finding]]


def broken_weather_rules(environment: Environment, where: Where, *, area: AreaRule) -> Iterator[Finding]:
    """Every rule that an environment's weather breaks. `area` judges an area."""
    for below, weather in environment.weathers():
        yield from _series(weather, (*where, *below))
    for below, scripted in environment.scripts():
        yield from _script(scripted, (*where, *below), area)
    if environment.ice is not None:
        yield from _ice(environment, environment.ice, (*where, "ice"), area)
    for name in CLIMATIC:
        said = environment.scripted is not None and name in environment.scripted.names
        if getattr(environment, name) is not None and said and "scripted" in environment.precedence:
            yield Finding((*where, name), f"{name} either by climatology or in the script, which has it too")
    if environment.forecast is not None:
        yield from _forecast(environment.forecast, (*where, "forecast"))


def _series(weather: Weather, where: Where) -> Iterator[Finding]:
    for name in QUANTITIES:
        points: tuple[Timed, ...] | None = getattr(weather, name)
        if points is None:
            continue
        if points == ():
            yield Finding((*where, name), "at least one value")
        key = ["at" if point.persisting_from is None else "persisting_from" for point in points]
        yield from rising([point.begins for point in points], (*where, name), keys=key)
        for index, point in enumerate(points):
            here = (*where, name, index)
            if point.persisting_from is not None and "at" in point.model_fields_set:
                yield Finding((*here, "at"), "either at or persisting_from, not both")
            if point.over is not None and point.persisting_from is None:
                yield Finding((*here, "over"), "persisting_from beside it: the moment at which the change begins")
            later = points[index + 1].begins if index + 1 < len(points) else None
            if point.persisting_from is not None and later is not None and point.begins < later < point.stands:
                most = f"a change that is over when the next value begins, {write_moment(later)}"
                yield Finding((*here, "over" if point.over is not None else "persisting_from"), most)


def _script(scripted: Scripted, where: Where, area: AreaRule) -> Iterator[Finding]:
    for name in QUANTITIES:
        at_stations = [index for index, station in enumerate(scripted.stations) if getattr(station, name) is not None]
        if getattr(scripted, name) is not None and at_stations:
            yield Finding(
                (*where, name),
                f"{name} either for the whole site or at stations; stations[{at_stations[0]}] has it too",
            )
        for index, zone in enumerate(scripted.zones):
            if getattr(zone, name) is not None and getattr(scripted, name) is None and not at_stations:
                words = f"{name} for the whole site or at stations too: the zone says it of its own area only"
                yield Finding((*where, "zones", index, name), words)
    places = [(station.position.lon, station.position.lat) for station in scripted.stations]
    for index, place in enumerate(places):
        if place in places[:index]:
            yield Finding((*where, "stations", index, "position"), "a place of its own for each station")
    for index, zone in enumerate(scripted.zones):
        yield from area(zone.area, (*where, "zones", index, "area"))
    for index, front in enumerate(scripted.fronts):
        yield from _front(front, scripted, (*where, "fronts", index))
    if scripted.gusts is not None and "wind" not in scripted.names:
        yield Finding((*where, "gusts"), "a wind in the script: gusts are swings of it")


def _front(front: Front, scripted: Scripted, where: Where) -> Iterator[Finding]:
    changes = [name for name in AFTER_FRONT if front.behind(name) is not None]
    if not changes:
        yield Finding((*where, "wind"), f"what is behind the front: {', '.join(AFTER_FRONT)}, or several", MISSING)
    for name in changes:
        if name not in scripted.names:
            yield Finding((*where, AFTER_FRONT[name]), f"{name} in the script too: what blows before the front")


def _ice(environment: Environment, ice: IceCover, where: Where, area: AreaRule) -> Iterator[Finding]:
    said = [
        name
        for name, there in (
            ("climatology", ice.climatology),
            ("polygons", bool(ice.polygons)),
            ("freezing_degree_days", ice.freezing_degree_days is not None),
        )
        if there
    ]
    if len(said) != 1:
        yield Finding(where, "exactly one of climatology, polygons and freezing_degree_days")
    if environment.scripted is not None and "ice_concentration" in environment.scripted.names:
        yield Finding(where, "ice either here or in the script, which has it too")
    for index, drawn in enumerate(ice.polygons):
        yield from area(drawn.area, (*where, "polygons", index, "area"))
        if drawn.fast and drawn.drift is not None:
            yield Finding((*where, "polygons", index, "drift"), "no drift: fast ice does not move")


def _forecast(forecast: Forecast, where: Where) -> Iterator[Finding]:
    if bool(forecast.issues) == (forecast.error is not None):
        yield Finding(where, "either issues as they were written or an error against the truth")
    yield from rising([issue.issued for issue in forecast.issues], (*where, "issues"), keys="issued")
    for index, issue in enumerate(forecast.issues):
        if "wind" not in issue.names:
            yield Finding((*where, "issues", index, "wind"), "a wind: what players ask of a forecast", MISSING)
    if forecast.step > forecast.horizon:
        yield Finding((*where, "step"), f"at most the horizon, {forecast.horizon:g} s")


def rising(moments: Sequence[float], where: Where, *, keys: Sequence[str] | str = "at") -> Iterator[Finding]:
    """Moments that do not come one after the other; `keys` name them in the pack, one for all or one each."""
    for index in range(1, len(moments)):
        if moments[index] <= moments[index - 1]:
            key = keys if isinstance(keys, str) else keys[index]
            yield Finding((*where, index, key), f"a moment after the one before it, {write_moment(moments[index - 1])}")
