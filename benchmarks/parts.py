"""`python benchmarks/parts.py`: the sea, the response and the files, each in a process of its own; writes the README and docs/speed.md.

Run it on a quiet machine: the seconds of the sea and of the files are times, not ratios.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
PARTS: Final = ("sea", "response", "booms", "decoding")


def measure(part: str) -> dict[str, Any]:
    """What one benchmark prints; of the response the best of five runs, as of the engine: what else the machine does only slows it."""

    def once() -> dict[str, Any]:
        told = subprocess.run([sys.executable, ROOT / "benchmarks" / f"{part}.py"], check=True, stdout=subprocess.PIPE)
        return dict(json.loads(told.stdout))

    if part != "response":
        return once()
    return max((once() for _ in range(5)), key=lambda found: found["million_particle_steps_per_second"]["crowd"])


def table(found: dict[str, dict[str, Any]]) -> str:
    """Rows of what was measured beside what is asked."""
    sea, response, booms, files = (found[part] for part in PARTS)
    asked = ("0.1 s", "4 s", "", "5 s")
    rows = [
        *(
            (f"48 h of the sea, {name} ({sea['cells'][name]:,} cells), one thread", f"{seconds:.3g} s", limit)
            for (name, seconds), limit in zip(sea["seconds"].items(), asked, strict=True)
        ),
        (
            f"{response['units']} units among {response['particles']:,} particles, full physics, two threads",
            f"{response['million_particle_steps_per_second']['crowd']:.2g} M particle-steps/s",
            "at least 5 M",
        ),
        ("20 booms far from 100,000 particles, against none", f"{booms['far_over_none']:.2f} x", "1.25 x"),
        ("20 booms in a slick of 10 km", f"{booms['slick_over_none']:.2f} x", "1.25 x"),
        ("20 towed booms in a slick of 10 km", f"{booms['slick_towed_over_none']:.2f} x", "1.25 x"),
        ("20 booms within a few hundred metres of every particle", f"{booms['near_over_none']:.2f} x", "1.25 x"),
        ("20 towed booms within a few hundred metres of every particle", f"{booms['towed_over_none']:.2f} x", "1.25 x"),
        *(
            (
                f"{files['frames']} frames of {files['columns']} x {files['rows']} vectors ({kind}), laid on a site; mapped again",
                f"{seconds['khazri, decoded']:.2f} s; {seconds['khazri, mapped']:.2f} s",
                "1 s",
            )
            for kind, seconds in files["seconds"].items()
        ),
    ]
    lines = ["| what | measured | asked |", "|---|---|---|", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure all and write the table between the markers."""
    text = table({part: measure(part) for part in PARTS})
    for path in (ROOT / "README.md", ROOT / "docs" / "speed.md"):
        old = path.read_text(encoding="utf-8")
        new, count = re.subn(
            r"(<!-- parts -->\n).*?(<!-- /parts -->)", lambda m: m[1] + text + m[2], old, flags=re.DOTALL
        )
        if count != 1:
            raise SystemExit(f"{path}: found {count} pairs of parts markers; expected 1")
        path.write_text(new, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
