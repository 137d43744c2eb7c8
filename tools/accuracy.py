"""Join the rows that tests/verification recorded into docs/accuracy.md and the README's table.

Usage: python tools/accuracy.py            after `pytest tests/verification` (`make accuracy` does both)
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = ROOT / "build" / "accuracy"
# The README shows these; docs/accuracy.md shows all.
HEADLINES = (
    "order of rk2 in solid rotation", "order of rk4 in solid rotation", "diffusion", "drift in 10 m/s",
    "Hs, 12 m/s over 4 m", "Even column of 4 m, 15 m/s, steps of 4 s", "Fay gravity-viscous",
    "Rise of a droplet of 0.1 mm, oil of 850", "Rise of a droplet of 3 mm, oil of 850", "Pure toluene film",
    "Evaporated in a day from", "Density of weathered oils within 1.5 % (blind)", "Viscosity of weathered oils",
    "Water content", "Water of", "Chance of refloating in 900 s, half-life 24 h", "Share of the ice's drift at 0.5",
    "Stokes", "current resampled", "training depths", "water north of 44.5", "northern Caspian",
)  # fmt: skip
HEAD = "| quantity | ours | expected | source | tolerance, and why |\n|---|---|---|---|---|\n"


def shown(value: object) -> str:
    """A figure with four significant digits; words as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:.4g}"


def table(rows: list[dict[str, object]]) -> str:
    lines = []
    for row in sorted(rows, key=lambda row: str(row["quantity"]).lower()):
        cells = [row["quantity"], shown(row["ours"]), shown(row["expected"]), row["source"], row["tolerance"]]
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return HEAD + "\n".join(lines) + "\n"


def replace_between(path: Path, text: str) -> None:
    """Put `text` between the markers of `path`."""
    old = path.read_text(encoding="utf-8")
    new, count = re.subn(
        r"(<!-- accuracy -->\n).*?(<!-- /accuracy -->)", lambda m: m[1] + text + m[2], old, flags=re.DOTALL
    )
    if count != 1:
        sys.exit(f"{path}: found {count} pairs of accuracy markers; expected 1")
    path.write_text(new, encoding="utf-8")


def main() -> None:
    rows = [row for file in sorted(ROWS.glob("*.json")) for row in json.loads(file.read_text(encoding="utf-8"))]
    if not rows:
        sys.exit(f"{ROWS}: no rows; run pytest tests/verification first")
    replace_between(ROOT / "docs" / "accuracy.md", table(rows))
    shown_first = [row for row in rows if str(row["quantity"]).startswith(HEADLINES)]
    replace_between(
        ROOT / "README.md", table(shown_first) + f"\n{len(shown_first)} of {len(rows)} rows; [all](docs/accuracy.md).\n"
    )
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
