"""Bad input ends with one clear message, exit code 2, no traceback and nothing half-written; starts are quick to answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # as a whole: it starts services, programs or worlds

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "north-caspian-spill" / "scenario.yaml"


def khazri(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "khazri", *words], capture_output=True, text=True, check=False, cwd=cwd
    )


def pack(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, f"the example no longer has {old!r}"
        text = text.replace(old, new)
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder


BAD = {
    "negative mass": (("mass: 400 t", "mass: -400 t"), "mass"),
    "end before start": (("end: 2026-09-16", "end: 2026-09-12"), "end"),
    "unknown oil": (("oil: azeri-light", "oil: azeri-ligth"), "azeri-light"),
    "unknown key": (("water_level:", "water_levle:"), "water_level"),
    "release on land": (("at: { lon: 48.78, lat: 45.26 }", "at: { lon: 46.9, lat: 44.2 }"), "land"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_pack_is_refused_with_words(fault: str, tmp_path: Path) -> None:
    change, word = BAD[fault]
    out = tmp_path / "out"
    done = khazri("run", str(pack(tmp_path, change)), "-o", str(out))
    assert done.returncode == 2, done.stderr
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
    assert list(tmp_path.iterdir()) == [tmp_path / "pack"], "something half-written was left behind"


def test_several_faults_are_said_together(tmp_path: Path) -> None:
    folder = pack(
        tmp_path,
        ("mass: 400 t", "mass: -400 t"),
        ("oil: azeri-light", "oil: water"),
        ("particles: 20000", "particles: 0"),
    )
    done = khazri("scenario", "check", str(folder))
    assert done.returncode == 2
    assert all(word in done.stderr for word in ("mass", "oil", "particles")), done.stderr


def test_a_missing_pack_is_said(tmp_path: Path) -> None:
    done = khazri("run", str(tmp_path / "nowhere"), "-o", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_existing_result_is_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "precious.txt").write_text("mine")
    done = khazri("run", str(pack(tmp_path)), "-o", str(out))
    assert done.returncode == 2
    assert (out / "precious.txt").read_text() == "mine"
    assert "--overwrite" in done.stderr


def test_help_loads_no_science() -> None:
    code = "import sys; from khazri.cli.app import app; print([m for m in ('numpy','numba','xarray','matplotlib') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_import_khazri_loads_no_science() -> None:
    code = (
        "import sys, khazri; print([m for m in ('numpy','numba','xarray','matplotlib','pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_start_on_a_kept_terrain_loads_nothing_that_only_building_and_writing_need(tmp_path: Path) -> None:
    code = (
        "import sys, khazri.runs.execution as e\n"
        f"prepared = e.prepare({str(EXAMPLE.parent)!r}, particles=100)\n"
        "e.begin(prepared)\n"
        "names = ('scipy.spatial', 'scipy.interpolate', 'xarray', 'pandas', 'matplotlib', 'netCDF4', 'contourpy', 'PIL')\n"
        "print([m for m in names if m in sys.modules], 'khazri.inputs.places' in sys.modules)"
    )
    environment = {**os.environ, "KHAZRI_CACHE": str(tmp_path)}
    said = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout
        for _ in range(2)
    ]
    assert said[0].strip().endswith("True"), "the first start builds the terrain"
    assert said[1].strip() == "[] False"
