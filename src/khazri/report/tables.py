"""The same figures as CSV and JSON: budget, shore, places of value."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from khazri.engine.owners import Owner
from khazri.report.measures import Measures
from khazri.report.values import RunOutcome, SiteOutcome, exercise_time, iso, mariner

OWNER_NAMES: tuple[str, ...] = tuple(owner.name.lower() for owner in Owner)


def budget_rows(run: RunOutcome, measures: Measures) -> list[dict[str, object]]:
    """One row a frame: times, what was released, and every owner's kilograms."""
    rows: list[dict[str, object]] = []
    for index, seconds in enumerate(measures.times):
        row: dict[str, object] = {
            "time": iso(run.moment(seconds)),
            "exercise_time": exercise_time(seconds),
            "seconds": float(seconds),
            "released": float(measures.released[index]),
        }
        row |= {name: float(value) for name, value in zip(OWNER_NAMES, measures.budget[index], strict=True)}
        rows.append(row)
    return rows


def write_budget(folder: Path, run: RunOutcome, site: SiteOutcome, measures: Measures) -> tuple[Path, Path]:
    """`budget.csv` and `budget.json`, kilograms."""
    rows = budget_rows(run, measures)
    table, document = folder / "budget.csv", folder / "budget.json"
    write_csv(table, rows, ("time", "exercise_time", "seconds", "released", *OWNER_NAMES))
    body = {
        "exercise": "EXERCISE",
        "run": run.name,
        "site": site.ident,
        "unit": "kg",
        "owners": list(OWNER_NAMES),
        "rows": rows,
    }
    document.write_text(json.dumps(body, indent=1), encoding="utf-8")
    return table, document


def shore_rows(run: RunOutcome, site: SiteOutcome, measures: Measures) -> list[dict[str, object]]:
    """One row an oiled segment, the most oiled first."""
    rows: list[dict[str, object]] = []
    for segment in sorted(measures.shore, key=lambda row: (-row.oil, row.segment)):
        lon, lat = (float(v) for v in site.terrain.plane.to_geographic(segment.x, segment.y))
        rows.append(
            {
                "segment": segment.segment,
                "lon": round(lon, 5),
                "lat": round(lat, 5),
                "position": mariner(lon, lat),
                "type": segment.kind,
                "length_m": round(segment.length, 1),
                "width_m": round(segment.width, 1),
                "oil_kg": round(segment.oil, 3),
                "oil_g_per_m2": round(segment.grams_per_area, 2),
                "peak_kg": round(segment.peak, 3),
                "first_hit": iso(run.moment(segment.first_time)),
                "first_hit_exercise_time": exercise_time(segment.first_time),
                "class": segment.degree,
            }
        )
    return rows


SHORE_COLUMNS = (
    "segment", "lon", "lat", "position", "type", "length_m", "width_m", "oil_kg", "oil_g_per_m2", "peak_kg",
    "first_hit", "first_hit_exercise_time", "class",
)  # fmt: skip


def write_shore(path: Path, run: RunOutcome, site: SiteOutcome, measures: Measures) -> None:
    """`shoreline.csv`: every stretch that took oil."""
    write_csv(path, shore_rows(run, site, measures), SHORE_COLUMNS)


def place_rows(run: RunOutcome, measures: Measures, language: str = "en") -> list[dict[str, object]]:
    """One row a place of value, in the order of their weight."""
    rows: list[dict[str, object]] = []
    for outcome in sorted(measures.places, key=lambda row: -row.place.weight):
        first, peak = outcome.first_arrival, outcome.peak_time
        names = outcome.place.names
        rows.append(
            {
                "place": outcome.place.ident,
                "name": names.get(language) or names.get("en") or outcome.place.ident,
                "weight": outcome.place.weight,
                "first_arrival": "" if first is None else iso(run.moment(first)),
                "first_arrival_exercise_time": "" if first is None else exercise_time(first),
                "peak_kg": round(outcome.peak, 3),
                "peak_exercise_time": "" if peak is None else exercise_time(peak),
                "last_kg": round(outcome.last, 3),
                "nearest_m": "" if outcome.nearest == float("inf") else round(outcome.nearest, 0),
            }
        )
    return rows


PLACE_COLUMNS = (
    "place", "name", "weight", "first_arrival", "first_arrival_exercise_time", "peak_kg", "peak_exercise_time",
    "last_kg", "nearest_m",
)  # fmt: skip


def write_places(path: Path, run: RunOutcome, measures: Measures) -> None:
    """`places.csv`: what reached each place of value, and when."""
    write_csv(path, place_rows(run, measures), PLACE_COLUMNS)


def write_csv(path: Path, rows: Iterable[dict[str, object]], columns: Sequence[str]) -> None:
    """UTF-8 with a first line that says EXERCISE, then the header."""
    with path.open("w", newline="", encoding="utf-8") as out:
        out.write("# EXERCISE - simulated incident, not a real event\r\n")
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        writer.writerows(rows)
