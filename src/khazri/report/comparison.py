"""Two finished runs side by side: where the oil went, what was oiled, what the response took, cost and left as waste."""

from __future__ import annotations

import base64
import csv
import html
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from khazri.report.tables import OWNER_NAMES, write_csv
from khazri.report.words import translator

NAMES: Final = ("A", "B")
COLOURS: Final = ("#5b6b77", "#b35806")  # told apart by lightness too
ON_WATER: Final = ("afloat", "boomed", "overwashed", "submerged", "in_ice")
TAKEN: Final = ("recovered", "burned", "shore_cleaned")
STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; color: #22282f; background: #f6f8f9 }
main { max-width: 70rem; margin: 0 auto; padding: 1rem }
.banner { background: #9e1b26; color: #fff; text-align: center; font-weight: 700; letter-spacing: .2em; padding: .25rem }
img { max-width: 100%; background: #fff; border: 1px solid #d5dce1 }
table { border-collapse: collapse; width: 100%; background: #fff; margin: .5rem 0 1.5rem }
th, td { padding: .35rem .6rem; border-bottom: 1px solid #e3e8ec; text-align: left }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.warn { color: #8a4b00 }
"""
NARROW: Final = "\u202f"  # between thousands
ROW_COLUMNS = ("group", "what", "unit", "a", "b", "difference")


class NotARun(Exception):  # noqa: N818
    """A folder that `khazri run` did not write; the message says what is missing."""


@dataclass(frozen=True)
class Finished:
    """What a comparison needs of a run's folder."""

    folder: Path
    record: Mapping[str, Any]
    times: npt.NDArray[np.float64]  # [s]
    budget: Mapping[str, npt.NDArray[np.float64]]  # owner -> kg in time, over all sites
    places: tuple[Mapping[str, str], ...]
    shore: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Row:
    """One figure of both runs; None: there is none."""

    group: str  # key of its heading
    what: str  # words
    unit: str
    a: float | None
    b: float | None

    @property
    def difference(self) -> float | None:
        """B less A."""
        return None if self.a is None or self.b is None else self.b - self.a


def read_finished(folder: Path) -> Finished:
    """A run from its folder."""
    path = folder / "run.json"
    if not path.is_file():
        raise NotARun(f"{folder}: holds no run.json; expected a folder that khazri run wrote")
    record = json.loads(path.read_text(encoding="utf-8"))
    homes = [folder] if len(record["sites"]) == 1 else [folder / site for site in record["sites"]]
    times: list[float] = []
    budget = {name: np.zeros(0) for name in OWNER_NAMES}
    for number, home in enumerate(homes):
        if not (home / "budget.json").is_file():
            raise NotARun(f"{home}: holds no budget.json; expected a run with its tables")
        rows = json.loads((home / "budget.json").read_text(encoding="utf-8"))["rows"]
        times = [row["seconds"] for row in rows]
        for name in OWNER_NAMES:
            values = np.array([row[name] for row in rows])
            budget[name] = values if number == 0 else budget[name] + values
    places = tuple(row for home in homes for row in _rows(home / "places.csv"))
    shore = tuple(row for home in homes for row in _rows(home / "shoreline.csv"))
    return Finished(folder, record, np.array(times), budget, places, shore)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(line for line in source if not line.startswith("#")))


def compare(a: Finished, b: Finished, language: str = "en") -> list[Row]:
    """Every figure that either run has."""
    say = translator(language)
    rows: list[Row] = [
        Row("budget", say(f"owner_{name}"), "t", *(float(run.budget[name][-1]) / 1000.0 for run in (a, b)))
        for name in OWNER_NAMES
        if any(run.budget[name].any() for run in (a, b))
    ]
    rows.append(Row("shore", say("oiled_length"), "km", *(_oiled(run) for run in (a, b))))
    rows.append(Row("shore", say("stranded_oil"), "t", *(_sum(run.shore, "oil_kg") / 1000.0 for run in (a, b))))
    idents = dict.fromkeys(row["place"] for run in (a, b) for row in run.places)
    for ident in idents:
        one, other = (next((row for row in run.places if row["place"] == ident), None) for run in (a, b))
        name = (one or other or {}).get("name", ident)
        rows.append(Row("places", f"{name}: {say('peak')}", "t", _figure(one, "peak_kg"), _figure(other, "peak_kg")))
        rows.append(Row("places", f"{name}: {say('at_end')}", "t", _figure(one, "last_kg"), _figure(other, "last_kg")))
    for key, unit, scale in (
        ("recovered_kg", "t", 1e-3), ("mixture_m3", "m3", 1.0), ("burned_kg", "t", 1e-3), ("shore_cleaned_kg", "t", 1e-3),
        ("waste_m3", "m3", 1.0), ("busy_hours", "h", 1.0), ("cost", "", 1.0),
    ):  # fmt: skip
        one_, other_ = (float(run.record.get("response", {}).get(key, 0.0)) * scale for run in (a, b))
        if one_ or other_ or key in ("recovered_kg", "mixture_m3", "busy_hours", "cost"):
            rows.append(Row("units", say(f"sum_{key}"), unit, one_, other_))
    return rows


def _oiled(run: Finished) -> float:
    return sum(float(row["length_m"]) for row in run.shore if float(row["oil_kg"]) > 0.0) / 1000.0


def _sum(rows: Sequence[Mapping[str, str]], key: str) -> float:
    return sum(float(row[key]) for row in rows)


def _figure(row: Mapping[str, str] | None, key: str) -> float | None:
    return None if row is None else float(row[key]) / 1000.0


def warnings_of(a: Finished, b: Finished, language: str = "en") -> list[str]:
    """What makes the two hard to compare."""
    say = translator(language)
    found = [
        say("compare_differs").format(what=key, a=a.record[key], b=b.record[key])
        for key in ("start", "seed", "dt", "particles", "sites", "released_kg")
        if a.record[key] != b.record[key]
    ]
    if a.times[-1] != b.times[-1]:
        found.append(say("compare_differs").format(what="end [h]", a=a.times[-1] / 3600.0, b=b.times[-1] / 3600.0))
    return found


def write_comparison(folder: Path, a: Finished, b: Finished, *, language: str = "en") -> list[Path]:
    """`compare.csv`, `compare.png` and `compare.html` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = compare(a, b, language)
    table, picture, page = (folder / f"compare.{kind}" for kind in ("csv", "png", "html"))
    said = [
        {"group": row.group, "what": row.what, "unit": row.unit, "a": _csv(row.a), "b": _csv(row.b), "difference": _csv(row.difference)}
        for row in rows
    ]  # fmt: skip
    write_csv(table, said, ROW_COLUMNS)
    drawn = draw_comparison(a, b, rows, language)
    picture.write_bytes(drawn)
    page.write_text(_page(a, b, rows, drawn, language), encoding="utf-8")
    return [table, picture, page]


def _csv(value: float | None) -> object:
    return "" if value is None else round(value, 6)


def draw_comparison(a: Finished, b: Finished, rows: Sequence[Row], language: str) -> bytes:
    """Oil on the water, ashore and taken over time, and the budgets at the end; PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    say = translator(language)
    figure = Figure(figsize=(12.0, 6.6), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(f"EXERCISE   {say('compare_title')}", fontweight="bold", color="#9e1b26")
    left, right = figure.subplots(1, 2, width_ratios=[1.25, 1.0])
    styles = ((("on_water", ON_WATER), "-"), (("ashore", ("ashore",)), "--"), (("taken", TAKEN), ":"))
    for run, name, colour in zip((a, b), NAMES, COLOURS, strict=True):
        for (key, owners), style in styles:
            tonnes = np.sum([run.budget[owner] for owner in owners], axis=0) / 1000.0
            left.plot(run.times / 3600.0, tonnes, style, color=colour, lw=2.2, label=f"{name}: {say(f'compare_{key}')}")
    left.set(xlabel=say("hours"), ylabel=say("tonne"), ylim=(0.0, None), xlim=(0.0, None))
    left.legend(frameon=False)
    left.grid(alpha=0.25)
    budget = [row for row in rows if row.group == "budget"]
    at = np.arange(len(budget))
    right.barh(at - 0.2, [row.a or 0.0 for row in budget], 0.38, color=COLOURS[0], label=f"A  {a.folder.name}")
    right.barh(at + 0.2, [row.b or 0.0 for row in budget], 0.38, color=COLOURS[1], label=f"B  {b.folder.name}")
    right.set_yticks(at, [row.what for row in budget])
    right.invert_yaxis()
    right.set(xlabel=f"{say('tonne')}, {say('at_end')}")
    right.legend(frameon=False)
    right.grid(alpha=0.25, axis="x")
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _page(a: Finished, b: Finished, rows: Sequence[Row], drawn: bytes, language: str) -> str:
    say = translator(language)
    parts = [
        f"<!doctype html><html lang={language}><meta charset=utf-8><title>EXERCISE: {html.escape(say('compare_title'))}</title>",
        f"<style>{STYLE}</style>",
        f"<div class=banner>EXERCISE</div><main><h1>{html.escape(say('compare_title'))}</h1>",
        f"<p>A: <b>{html.escape(a.folder.name)}</b> ({html.escape(str(a.record['name']))}) &nbsp; "
        f"B: <b>{html.escape(b.folder.name)}</b> ({html.escape(str(b.record['name']))})</p>",
        *(f"<p class=warn>{html.escape(text)}</p>" for text in warnings_of(a, b, language)),
        f"<img alt='{html.escape(say('compare_title'))}' src='data:image/png;base64,{base64.b64encode(drawn).decode()}'>",
    ]  # fmt: skip
    for group in dict.fromkeys(row.group for row in rows):
        parts.append(f"<h2>{html.escape(say(group))}</h2><table><thead><tr><th>{html.escape(say('compare_what'))}</th>")
        parts.append(
            f"<th class=n>A</th><th class=n>B</th><th class=n>{html.escape(say('compare_difference'))}</th></tr></thead>"
        )
        for row in rows:
            if row.group == group:
                cells = "".join(f"<td class=n>{tell(value, row.unit, language)}</td>" for value in (row.a, row.b))
                differs = tell(row.difference, row.unit, language, signed=True)
                parts.append(f"<tr><td>{html.escape(row.what)}</td>{cells}<td class=n>{differs}</td></tr>")
        parts.append("</table>")
    parts.append(f"<p>{html.escape(say('units_note'))}</p></main></html>")
    return "".join(parts)


def tell(value: float | None, unit: str, language: str = "en", *, signed: bool = False) -> str:
    """A figure with its unit, as the language writes both; a dash where there is none."""
    if value is None:
        return "–"
    figure = f"{value:+,.2f}" if signed else f"{value:,.2f}"
    if language != "en":
        figure = figure.replace(",", NARROW).replace(".", ",")
    return f"{figure}\u00a0{translator(language)(f'unit_{unit}')}" if unit else figure
