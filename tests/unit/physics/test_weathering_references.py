"""Every source that a formula names is in the bibliography, every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PHYSICS = Path(__file__).resolve().parents[3] / "src" / "khazri" / "physics"
NAMES = sorted(path.stem for path in PHYSICS.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_in_the_bibliography(name: str) -> None:
    known = set(
        re.findall(r"^@\w+\{(\w+),", (PHYSICS / "references.bib").read_text(encoding="utf-8"), flags=re.MULTILINE)
    )
    cited = set(re.findall(r"\b([a-z]+(?:19|20)\d\d[a-z]*)\b", (PHYSICS / f"{name}.py").read_text(encoding="utf-8")))
    assert cited <= known, f"{name} cites {sorted(cited - known)}"


@pytest.mark.parametrize("name", NAMES)
def test_tests_that_formulas_name_exist(name: str) -> None:
    folder = Path(__file__).resolve().parents[2]
    written = " ".join(path.read_text(encoding="utf-8") for path in folder.rglob("test_*.py"))
    named = set(re.findall(r"\b(test_\w+)", (PHYSICS / f"{name}.py").read_text(encoding="utf-8")))
    missing = [
        test
        for test in sorted(named)
        if f"def {test}" not in written and not re.search(rf"def test_\w*{test[5:]}", written)
    ]
    assert not missing, f"{name} names {missing}"


TRANSPORT = ("waves", "drift", "stokes", "diffusion", "mixing", "rise", "entrainment", "droplets", "ice", "shore")
FORMULAS = re.compile(r'@njit\(\*\*FORMULA\)\ndef (\w+)\(.*?\):\n    """(.*?)"""', flags=re.DOTALL)


@pytest.mark.parametrize("name", TRANSPORT)
def test_formulas_of_transport_name_source_range_and_check(name: str) -> None:
    found = FORMULAS.findall((PHYSICS / f"{name}.py").read_text(encoding="utf-8"))
    assert found
    for formula, words in found:
        assert all(part in words for part in ("Source:", "Valid:", "Checked by:")), f"{name}.{formula}"
