"""Write the measured speed between the markers of the README and of docs/speed.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

FLOOR_NS = 12.0  # per particle-step and core: what the reads, the noise and the arithmetic cost at least


def _million(rate: float) -> str:
    return f"{rate / 1e6:.3g}"


def _core_ns(result: dict[str, float]) -> float:
    return 1e9 * result["threads"] / result["particle_steps_per_second"]


def speed_table(results: dict[str, Any]) -> str:
    """The table of the README."""
    full, drift, large = results["oil-100k-2"], results["drift-100k-2"], results["oil-5M-2"]
    rows = [
        "| what (dt 15 min, 200 x 200 hourly field, two threads) | M particle-steps/s | ns per particle-step and core "
        "| against the same switches in OpenDrift |",
        "|---|---|---|---|",
    ]

    def against(key: str, ours: dict[str, float]) -> str:
        if key not in results:
            return "not run"
        theirs = results[key]
        ratio = ours["particle_steps_per_second"] / theirs["particle_steps_per_second"]
        return f"{ratio:.0f} x ({theirs['program']}: {_million(theirs['particle_steps_per_second'])} M/s)"

    rows.append(
        f"| full physics, 100,000 particles, 15 vertical sub-steps | {_million(full['particle_steps_per_second'])} | "
        f"{_core_ns(full):.0f} | {against('opendrift-oil', full)} |"
    )
    rows.append(
        f"| drift only (RK4, wind, diffusion, land), 100,000 particles | {_million(drift['particle_steps_per_second'])} | "
        f"{_core_ns(drift):.0f} | {against('opendrift-drift', drift)} |"
    )
    rows.append(
        f"| full physics, 5,000,000 particles ({large['peak_rss_bytes'] / 1e6:.0f} MB peak) "
        f"| {_million(large['particle_steps_per_second'])} | "
        f"{_core_ns(large):.0f} | |"
    )
    starts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in results["starts"].items())
    return (
        "\n".join(rows)
        + f"\n\nMachine: {results['machine']}. The floor is about {FLOOR_NS:.0f} ns per particle-step and core: full physics stands "
        f"{_core_ns(full) / FLOOR_NS:.1f} x above it, drift {_core_ns(drift) / FLOOR_NS:.1f} x. Cost per particle-step at 5 M particles: "
        f"{_core_ns(large) / _core_ns(full):.2f} x that at 100,000. Starts: {starts}.\n"
        "What each computes is not the same: [speed](docs/speed.md) says how they differ. `make bench` measures it again.\n"
    )


def write_tables(results: dict[str, Any], root: Path) -> None:
    """Replace what stands between the markers."""
    table = speed_table(results)
    below = table.replace("[speed](docs/speed.md) says", "the list below says")
    for path, text in ((root / "README.md", table), (root / "docs" / "speed.md", below)):
        old = path.read_text(encoding="utf-8")
        new, count = re.subn(
            r"(<!-- speed -->\n).*?(<!-- /speed -->)", lambda m, t=text: m[1] + t + m[2], old, flags=re.DOTALL
        )
        if count != 1:
            raise SystemExit(f"{path}: found {count} pairs of speed markers; expected 1")
        path.write_text(new, encoding="utf-8")
    print(speed_table(results))
