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
    text = table(rows)
    replace_between(ROOT / "docs" / "accuracy.md", text)
    replace_between(ROOT / "README.md", text)
    print(f"{len(rows)} rows")


if __name__ == "__main__":
    main()
