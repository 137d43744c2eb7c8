"""What a comparison with drifters looks like: tables, one sheet of pictures, a page."""

from __future__ import annotations

import base64
import html
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from khazri.geo.terrain import WATER, Terrain
from khazri.report.comparison import STYLE
from khazri.report.tables import write_csv
from khazri.report.words import translator

Doubles = npt.NDArray[np.float64]
OBSERVED: Final = "#22282f"
MODEL: Final = "#b35806"
LAND_COLOUR: Final = "#e4ddcf"
LEADS: Final = (1, 3, 6, 12, 18, 24, 36, 48, 72)  # [h] in the table


class Begun(Protocol):
    """One drifter let go in the model."""

    @property
    def track(self) -> str: ...
    @property
    def time(self) -> float: ...
    @property
    def observed(self) -> Doubles: ...


class Outcome(Protocol):
    """What `runs.validation.validate` gives."""

    @property
    def leads(self) -> Doubles: ...
    @property
    def starts(self) -> Sequence[Begun]: ...
    @property
    def modelled(self) -> Doubles: ...
    @property
    def separation(self) -> Doubles: ...
    @property
    def skill(self) -> Doubles: ...
    @property
    def factors(self) -> Doubles: ...
    @property
    def by_factor(self) -> Doubles: ...
    @property
    def best_factor(self) -> float: ...
    @property
    def given_factor(self) -> float: ...
    @property
    def inside(self) -> float: ...
    @property
    def members(self) -> int: ...
    @property
    def least_squares_factor(self) -> float: ...
    @property
    def given_separation(self) -> Doubles: ...
    @property
    def given_skill(self) -> Doubles: ...
    @property
    def terrain(self) -> Terrain: ...
    @property
    def notes(self) -> Sequence[str]: ...


def rows_by_lead(found: Outcome) -> list[dict[str, object]]:
    """Separation at whole hours: mean, median, nine of ten with the best wind factor, mean with the pack's own [km]."""
    hours = found.leads / 3600.0
    return [
        {
            "lead_h": int(hours[k]), "drifts": len(found.starts),
            "mean_km": round(float(found.separation[:, k].mean()) / 1000.0, 3),
            "median_km": round(float(np.median(found.separation[:, k])) / 1000.0, 3),
            "p90_km": round(float(np.quantile(found.separation[:, k], 0.9)) / 1000.0, 3),
            "given_mean_km": round(float(found.given_separation[:, k].mean()) / 1000.0, 3),
        }
        for k in range(1, hours.size)
        if int(hours[k]) in LEADS or k == hours.size - 1
    ]  # fmt: skip


def summary_of(found: Outcome, notes: Sequence[str]) -> dict[str, Any]:
    """The figures, for `validation.json`."""
    return {
        "exercise": "EXERCISE", "drifts": len(found.starts), "tracks": sorted({start.track for start in found.starts}),
        "skill_mean": float(found.skill.mean()), "skill_median": float(np.median(found.skill)),
        "given_skill_mean": float(found.given_skill.mean()), "given_skill_median": float(np.median(found.given_skill)),
        "best_wind_factor": found.best_factor, "given_wind_factor": found.given_factor,
        "least_squares_wind_factor": found.least_squares_factor,
        "separation_by_factor_m": {f"{factor:g}": float(error) for factor, error in zip(found.factors, found.by_factor, strict=True)},
        "inside_half_ellipse": found.inside, "members": found.members, "by_lead": rows_by_lead(found), "notes": [*notes, *found.notes],
    }  # fmt: skip


def write_validation(folder: Path, found: Outcome, notes: Sequence[str], *, language: str = "en") -> list[Path]:
    """`validation.json`, `validation.csv` (each drift), `validation.png`, `validation.html`."""
    folder.mkdir(parents=True, exist_ok=True)
    document, table, picture, page = (folder / f"validation.{kind}" for kind in ("json", "csv", "png", "html"))
    summary = summary_of(found, notes)
    document.write_text(json.dumps(summary, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    rows: list[dict[str, object]] = [
        {
            "track": start.track, "start_h": round(start.time / 3600.0, 3), "skill": round(float(found.skill[k]), 4),
            "separation_at_end_km": round(float(found.separation[k, -1]) / 1000.0, 3),
            "given_skill": round(float(found.given_skill[k]), 4),
            "given_separation_at_end_km": round(float(found.given_separation[k, -1]) / 1000.0, 3),
        }
        for k, start in enumerate(found.starts)
    ]  # fmt: skip
    write_csv(table, rows, tuple(rows[0]))
    drawn = draw_validation(found, language)
    picture.write_bytes(drawn)
    page.write_text(_page(found, notes, drawn, language), encoding="utf-8")
    return [document, table, picture, page]


def draw_validation(found: Outcome, language: str = "en") -> bytes:
    """Ways, separation by lead time, skill, and the wind factor; PNG."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    say = translator(language)
    figure = Figure(figsize=(12.0, 9.0), dpi=100, layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(f"EXERCISE   {say('validation_title')}", fontweight="bold", color="#9e1b26")
    ((ways, apart), (skills, factors)) = figure.subplots(2, 2)
    for k, start in enumerate(found.starts):
        ways.plot(*(start.observed.T / 1000.0), color=OBSERVED, lw=1.1, label=say("observed") if k == 0 else None)
        ways.plot(
            *(found.modelled[k].T / 1000.0), color=MODEL, lw=1.1, ls="--", label=say("modelled") if k == 0 else None
        )
    _draw_land(ways, found)
    ways.set(xlabel="x [km]", ylabel="y [km]", aspect="equal", title=say("validation_ways"))
    ways.legend(frameon=False)
    hours, km = found.leads / 3600.0, found.separation / 1000.0
    apart.fill_between(hours, np.quantile(km, 0.1, axis=0), np.quantile(km, 0.9, axis=0), color=MODEL, alpha=0.25, lw=0)
    apart.plot(hours, np.median(km, axis=0), color=MODEL, lw=2.2)
    apart.plot(
        hours, np.median(found.given_separation, axis=0) / 1000.0, color=OBSERVED, lw=1.6, ls=":", label=say("given")
    )
    apart.plot([], [], color=MODEL, lw=2.2, label=say("best"))
    apart.legend(frameon=False)
    apart.set(xlabel=say("hours"), ylabel="km", title=say("validation_separation"), xlim=(0.0, None), ylim=(0.0, None))
    skills.hist(found.skill, bins=np.linspace(0.0, 1.0, 21).tolist(), color=MODEL)
    skills.axvline(float(found.skill.mean()), color=OBSERVED, lw=2.0)
    skills.set(xlabel=say("validation_skill"), ylabel=say("drifts"), xlim=(0.0, 1.0))
    skills.set_title(
        f"{say('validation_skill')}: {found.skill.mean():.2f} ({say('given')}: {found.given_skill.mean():.2f})"
    )
    factors.plot(100.0 * found.factors, found.by_factor / 1000.0, "o-", color=MODEL)
    factors.axvline(100.0 * found.best_factor, color=OBSERVED, lw=2.0, label=say("best"))
    factors.axvline(100.0 * found.given_factor, color=OBSERVED, lw=1.6, ls=":", label=say("given"))
    factors.legend(frameon=False)
    factors.set(xlabel=f"{say('wind_factor')} [%]", ylabel="km", ylim=(0.0, None))
    factors.set_title(f"{say('wind_factor')}: {100.0 * found.best_factor:.1f} %")
    for axes in (ways, apart, skills, factors):
        axes.grid(alpha=0.25)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return out.getvalue()


def _draw_land(ways: Any, found: Outcome) -> None:
    """Land beneath the ways, cut to them."""
    grid, dry = found.terrain.grid, found.terrain.surface != WATER
    if dry.any() and not dry.all():
        ways.contourf(grid.x / 1000.0, grid.y / 1000.0, dry.astype(float), levels=[0.5, 1.5], colors=[LAND_COLOUR])
    places = np.concatenate([*(start.observed for start in found.starts), *found.modelled]) / 1000.0
    low, high = places.min(axis=0), places.max(axis=0)
    room = max(2.0, 0.08 * float((high - low).max()))
    ways.set(xlim=(low[0] - room, high[0] + room), ylim=(low[1] - room, high[1] + room))


def _page(found: Outcome, notes: Sequence[str], drawn: bytes, language: str) -> str:
    say = translator(language)
    title = html.escape(say("validation_title"))
    facts = (
        (say("drifts"), f"{len(found.starts)}"),
        (say("validation_skill"), f"{found.skill.mean():.3f} ({say('given')}: {found.given_skill.mean():.3f})"),
        (say("wind_factor"), f"{100.0 * found.best_factor:.1f} % ({say('given')}: {100.0 * found.given_factor:.1f} %)"),
        (say("wind_factor_squares"), f"{100.0 * found.least_squares_factor:.2f} %"),
        (say("validation_inside").format(members=found.members), f"{100.0 * found.inside:.0f} %"),
    )
    lines = "".join(
        f"<tr><td>{html.escape(what)}</td><td class=n>{html.escape(value)}</td></tr>" for what, value in facts
    )
    leads = "".join(
        f"<tr><td>{row['lead_h']} h</td>"
        + "".join(f"<td class=n>{row[key]}</td>" for key in ("mean_km", "median_km", "p90_km", "given_mean_km"))
        + "</tr>"
        for row in rows_by_lead(found)
    )
    heads = (
        f"<th class=n>{html.escape(say('mean'))}</th><th class=n>{html.escape(say('median'))}</th><th class=n>90 %</th>"
        f"<th class=n>{html.escape(say('given'))}: {html.escape(say('mean'))}</th>"
    )
    said = "".join(f"<li>{html.escape(note)}</li>" for note in (*notes, *found.notes))
    return (
        f"<!doctype html><html lang={language}><meta charset=utf-8><title>EXERCISE: {title}</title><style>{STYLE}</style>"
        f"<div class=banner>EXERCISE</div><main><h1>{title}</h1><table>{lines}</table>"
        f"<img alt='{title}' src='data:image/png;base64,{base64.b64encode(drawn).decode()}'>"
        f"<h2>{html.escape(say('validation_separation'))}</h2><table><thead><tr><th>{html.escape(say('hours'))}</th>"
        f"{heads}</tr></thead>{leads}</table>"
        f"<h2>{html.escape(say('notes'))}</h2><ul>{said}</ul></main></html>"
    )
