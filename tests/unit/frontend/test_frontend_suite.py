"""The frontend's own tests and types, where its packages are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[3] / "frontend"


@pytest.mark.slow
@pytest.mark.parametrize("script", ["test", "check"])
def test_the_frontend_passes_its_own(script: str) -> None:
    npm = shutil.which("npm")
    if npm is None or not (FRONTEND / "node_modules").is_dir():
        pytest.skip("frontend/node_modules is not there; run `npm ci` in frontend/")
    done = subprocess.run([npm, "run", script], cwd=FRONTEND, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
