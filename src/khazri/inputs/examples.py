"""The packs that ship with Khazri."""

from __future__ import annotations

from pathlib import Path

from khazri.inputs import InputError

_PACKED = Path(__file__).resolve().parents[1] / "assets" / "examples"
_CHECKOUT = Path(__file__).resolve().parents[3] / "examples"


def example(name: str) -> Path:
    """The folder of a shipped pack: inside the installed package, or of the checkout that it runs from."""
    for folder in (_PACKED, _CHECKOUT):
        if (folder / name / "scenario.yaml").is_file():
            return folder / name
    known = sorted({path.parent.name for folder in (_PACKED, _CHECKOUT) for path in folder.glob("*/scenario.yaml")})
    raise InputError(
        f"example {name!r} is not there; expected one of {', '.join(known) or 'none: the installation is broken'}"
    )


def example_plan(name: str) -> Path:
    """The folder of a shipped plan."""
    for folder in (_PACKED, _CHECKOUT):
        if (folder / name / "plan.yaml").is_file():
            return folder / name
    raise InputError(f"plan {name!r} is not there: the installation is broken")
