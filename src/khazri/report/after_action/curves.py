"""A small chart of one quantity in both runs, as SVG: for a page its colours are the page's own, for paper they are fixed."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Final

from khazri.report.after_action.document import Curve, Curves
from khazri.report.values import exercise_time

WIDTH: Final = 420
HEIGHT: Final = 210
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 30, 26
STEPS_OF_TIME: Final = (1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800)  # [s] between marks
MARKS: Final = 4  # on the axis of time, at most


@dataclass(frozen=True)
class Palette:
    """Colours of a chart."""

    ink: str
    soft: str
    line: str
    nothing: str
    played: str
    font: str


PAPER: Final = Palette("#1f272e", "#56636e", "#d5dbe0", "#7a5a12", "#0f5e66", "DejaVu Sans")
PAGE: Final = Palette("var(--ink)", "var(--soft)", "var(--line)", "var(--nothing)", "var(--played)", "inherit")


def round_up(value: float) -> tuple[float, float]:
    """The end of an axis from 0 and the distance of its marks."""
    if value <= 0.0:
        return 1.0, 0.5
    power = 10.0 ** floor(log10(value))
    step = next(each for each in (0.2, 0.25, 0.5, 1.0, 2.0, 2.5) if each * power * 5 >= value) * power
    return ceil(value / step - 1e-9) * step, step


def draw(curve: Curve, words: Curves, palette: Palette) -> str:
    """One chart."""
    end = max(curve.seconds[-1], 1.0)
    top, step = round_up(max((*curve.nothing, *curve.played)))
    decimals = max(0, -floor(log10(step) + 1e-9)) + (1 if f"{step:.1e}"[2] not in "0" else 0) if step < 10 else 0

    def at(seconds: float, value: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * seconds / end
        return round(x, 1), round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)

    parts = [_text(LEFT - 40, 15, curve.title, palette.ink, size=12, bold=True)]
    for index in range(round(top / step) + 1):
        _, y = at(0.0, index * step)
        between, before = words.separators
        label = f"{index * step:,.{decimals}f}".replace(",", "\0").replace(".", before).replace("\0", between)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="{palette.line}"/>')
        parts.append(_text(LEFT - 6, y + 3.5, label, palette.soft, anchor="end"))
    parts.append(_text(WIDTH - RIGHT, 15, words.unit, palette.soft, anchor="end"))
    every = next((each for each in STEPS_OF_TIME if end / each <= MARKS), STEPS_OF_TIME[-1])
    for index in range(int(end // every) + 1):
        x, y = at(index * every, 0.0)
        parts.append(_text(x, y + 16, exercise_time(index * every), palette.soft, anchor="middle"))
    for values, colour, dash in (
        (curve.nothing, palette.nothing, ' stroke-dasharray="6 4"'),
        (curve.played, palette.played, ""),
    ):
        points = " ".join(f"{x},{y}" for x, y in map(at, curve.seconds, values))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
    label = escape(f"{curve.title}: {words.nothing}, {words.played}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}" '
        f'font-family="{palette.font}">{"".join(parts)}</svg>'
    )


def key(words: Curves, palette: Palette) -> str:
    """What the two lines mean."""
    second = 30 + 8 * len(words.nothing) + 40
    width = second + 30 + 8 * len(words.played)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 18" width="{width}" height="18" aria-hidden="true" '
        f'font-family="{palette.font}">'
        f'<line x1="0" x2="24" y1="9" y2="9" stroke="{palette.nothing}" stroke-width="2" stroke-dasharray="6 4"/>'
        f"{_text(30, 13, words.nothing, palette.ink, size=12)}"
        f'<line x1="{second}" x2="{second + 24}" y1="9" y2="9" stroke="{palette.played}" stroke-width="2"/>'
        f"{_text(second + 30, 13, words.played, palette.ink, size=12)}</svg>"
    )


def _text(
    x: float, y: float, words: str, colour: str, *, size: int = 10, anchor: str = "start", bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}" font-size="{size}"{weight}>{escape(words)}</text>'
