"""Units in tables, on maps and on the page: where they were, what they did, what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import ImageDraw

from khazri.report.chart import PAPER, Chart, Colour, font
from khazri.report.tables import write_csv
from khazri.report.values import BoomSeen, RunOutcome, SiteOutcome, UnitOutcome, exercise_time, iso, pick

PARTIES: Final[tuple[Colour, ...]] = ((31, 95, 139), (106, 74, 156), (122, 90, 18), (60, 107, 47))
BOOM: Final[Colour] = (179, 38, 30)
IDLE: Final = frozenset({"off", "released"})

TRACK_COLUMNS = (
    "time", "exercise_time", "unit", "party", "kind", "state", "reason", "lon", "lat", "fluid_m3", "recovered_kg",
)  # fmt: skip
SUM_COLUMNS = (
    "unit", "name", "party", "kind", "busy_hours", "cost", "recovered_kg", "mixture_m3", "treated_kg", "waste_m3",
)  # fmt: skip


def write_units(folder: Path, run: RunOutcome, site: SiteOutcome, *, language: str = "en") -> None:
    """`units.csv` (sums), `unit_tracks.csv` (each stored step) and `unit_happenings.csv`; nothing without units."""
    if not site.units:
        return
    write_csv(folder / "units.csv", [_sums(unit, language) for unit in site.units], SUM_COLUMNS)
    write_csv(folder / "unit_tracks.csv", _tracks(run, site), TRACK_COLUMNS)
    rows: list[dict[str, object]] = [
        {
            "time": iso(run.moment(each.time)), "exercise_time": exercise_time(each.time), "unit": each.unit, "what": each.kind,
            "reason": each.reason, "values": "; ".join(f"{name}={value:.6g}" for name, value in sorted(each.values.items())),
        }
        for each in site.happened
    ]  # fmt: skip
    write_csv(folder / "unit_happenings.csv", rows, ("time", "exercise_time", "unit", "what", "reason", "values"))


def _sums(unit: UnitOutcome, language: str) -> dict[str, object]:
    return {
        "unit": unit.ident, "name": pick(unit.names, language, unit.ident), "party": unit.party, "kind": unit.kind,
        "busy_hours": round(unit.busy_hours, 3), "cost": round(unit.cost, 1), "recovered_kg": round(unit.recovered, 3),
        "mixture_m3": round(unit.mixture, 4), "treated_kg": round(unit.treated, 3), "waste_m3": round(unit.waste, 3),
    }  # fmt: skip


def _tracks(run: RunOutcome, site: SiteOutcome) -> Iterator[dict[str, object]]:
    for unit in site.units:
        for seen in unit.seen:
            lon, lat = (float(v) for v in site.terrain.plane.to_geographic(seen.x, seen.y))
            yield {
                "time": iso(run.moment(seen.time)), "exercise_time": exercise_time(seen.time), "unit": unit.ident,
                "party": unit.party, "kind": unit.kind, "state": seen.state, "reason": seen.reason, "lon": round(lon, 5),
                "lat": round(lat, 5), "fluid_m3": round(seen.fluid, 4), "recovered_kg": round(seen.recovered, 3),
            }  # fmt: skip


def track_features(run: RunOutcome, site: SiteOutcome) -> list[dict[str, Any]]:
    """GeoJSON: each unit's way, and each boom where it lay last."""
    plane, features = site.terrain.plane, []

    def degrees(points: list[tuple[float, float]]) -> list[list[float]]:
        lon, lat = plane.to_geographic([x for x, _ in points], [y for _, y in points])
        pairs: list[list[float]] = np.round(np.column_stack([lon, lat]), 5).tolist()
        return pairs

    for unit in site.units:
        way = [(seen.x, seen.y) for seen in unit.seen]
        if len(set(way)) > 1:
            properties = {"exercise": "EXERCISE", "kind": "unit track", "unit": unit.ident, "unit_kind": unit.kind}
            features.append(_feature(properties, {"type": "LineString", "coordinates": degrees(way)}))
    for boom in {each.unit: each for each in site.booms}.values():
        properties = {"exercise": "EXERCISE", "kind": "boom", "unit": boom.unit, "state": boom.state}
        properties["time"] = iso(run.moment(boom.time))
        features.append(_feature(properties, {"type": "LineString", "coordinates": degrees(list(boom.line))}))
    return features


def _feature(properties: dict[str, str], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def booms_at(site: SiteOutcome, time: float) -> list[BoomSeen]:
    """The booms in the water at the last stored time by then."""
    times = sorted({seen.time for unit in site.units[:1] for seen in unit.seen if seen.time <= time})
    return [boom for boom in site.booms if times and boom.time == times[-1]]


def draw_units(chart: Chart, draw: ImageDraw.ImageDraw, time: float, *, named: bool = True) -> None:
    """The way of each unit until `time`, where it is then and in what state, and the booms in the water."""
    site, s = chart.site, chart.scale
    parties = sorted({unit.party for unit in site.units})
    labels: list[tuple[float, float, Colour, str, str]] = []
    for boom in booms_at(site, time):
        line = chart.trace(np.asarray(boom.line))
        draw.line(line, fill=PAPER, width=6 * s)
        draw.line(line, fill=BOOM, width=3 * s)
    for unit in site.units:
        seen = [each for each in unit.seen if each.time <= time]
        if not seen or all(each.state in IDLE for each in seen):
            continue
        colour = PARTIES[parties.index(unit.party) % len(PARTIES)]
        way = chart.trace(np.array([(each.x, each.y) for each in seen]))
        if len(way) > 1:
            draw.line(way, fill=colour, width=s)
        x, y = way[-1]
        size = 5 * s
        works = seen[-1].state == "on_task"  # a full mark; who is on the way or waits has a hollow one
        draw.polygon(
            [(x, y - size), (x + size, y + size), (x - size, y + size)],
            fill=colour if works else PAPER,
            outline=PAPER if works else colour,
        )
        labels.append(
            (x, y, colour, pick(unit.names, chart.language, unit.ident), chart.say(f"state_{seen[-1].state}"))
        )
    if not named:
        return
    for x, y, colour, words, state in labels:  # over every way
        for at, text, size, anchor in ((y - 5 * s, words, 11, "mb"), (y + 5 * s, state, 9, "mt")):
            draw.text(
                (x, at), text, fill=colour, font=font(size * s), anchor=anchor, stroke_width=2 * s, stroke_fill=PAPER
            )


def units_payload(site: SiteOutcome, times: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Units and booms at the page's moments, for its map and its table."""
    parties = sorted({unit.party for unit in site.units})
    rows = []
    for unit in site.units:
        stored = np.array([seen.time for seen in unit.seen])
        at = [int(k) for k in np.clip(np.searchsorted(stored, times, side="right") - 1, 0, None)]
        rows.append(
            {
                "names": dict(unit.names) or {"en": unit.ident},
                "kind": unit.kind,
                "party": parties.index(unit.party),
                "x": [round(unit.seen[k].x) for k in at],
                "y": [round(unit.seen[k].y) for k in at],
                "state": [unit.seen[k].state for k in at],
                "hours": round(unit.busy_hours, 2),
                "cost": round(unit.cost),
                "recovered": round(unit.recovered, 2),
                "mixture": round(unit.mixture, 3),
                "treated": round(unit.treated, 2),
                "waste": round(unit.waste, 2),
            }
        )
    booms = [
        [[round(value) for point in boom.line for value in point] for boom in booms_at(site, float(time))]
        for time in times
    ]
    return {"units": rows, "booms": booms}
