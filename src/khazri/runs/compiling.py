"""The engine compiled by several processes side by side, before it is first asked for anything.

Each process compiles parts (khazri.engine.compiling) into a cache of its own, so that no two write the same file; what
they made is then moved into the cache of this build, by one process at a time.

    python -m khazri.runs.compiling FOLDER NUMBER OF     one of those processes
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil

MARKER: Final = "compiled"
STALE: Final = 300.0  # [s] after which a claim to compile is taken for that of a process that died
MOST: Final = 4  # processes; more have nothing left to share
EACH: Final = 700e6  # [bytes] that one of them takes at most
_PAUSE: Final = 0.05


def cache_folder() -> Path | None:
    """Where this build's compiled kernels lie; None: nothing is cached here."""
    from numba.core import config

    from khazri.engine import kernels  # chooses it

    del kernels
    folder = vars(config).get("CACHE_DIR")
    return Path(folder) if folder else None


def marker_in(folder: Path) -> Path:
    """The file that says that all of this build is compiled (a folder that the user named may hold others' too)."""
    from khazri.engine.kernels import CONTENT

    return folder / f"{MARKER}-{CONTENT}"


def is_compiled() -> bool:
    """Whether the engine need not be compiled."""
    folder = cache_folder()
    return folder is not None and marker_in(folder).is_file()


def compile_engine(tell: Callable[[float], None] = lambda share: None) -> None:
    """Compile all that is not compiled, on all cores; `tell` hears the share that is done.

    Where that cannot be done (no cache, no processes) nothing is: each kernel is then compiled when it is first called.
    """
    folder = cache_folder()
    if folder is None or not sys.executable:
        return
    with contextlib.suppress(OSError):  # the folder cannot be written, or the disk is full
        while not marker_in(folder).is_file():
            lock = claim(folder / f"{MARKER}.lock")
            if lock is None:  # another process is at it: once is enough
                time.sleep(10 * _PAUSE)
                continue
            try:
                if not marker_in(folder).is_file():
                    compile_into(folder, processes_for(psutil.virtual_memory().available), tell)
            finally:
                lock.unlink(missing_ok=True)
            return


def processes_for(memory: float) -> int:
    """How many processes are worth starting: one a core, as far as the memory that is free [bytes] lasts."""
    return max(1, min(MOST, os.cpu_count() or 1, int(memory / EACH)))


def claim(lock: Path) -> Path | None:
    """The right that a file stands for; None: another process has it, which lives and has not had it for too long."""
    with contextlib.suppress(OSError, ValueError):
        old = time.time() - lock.stat().st_mtime > STALE
        if old or not psutil.pid_exists(int(lock.read_text(encoding="ascii"))):
            lock.unlink(missing_ok=True)
    try:
        with lock.open("x", encoding="ascii") as held:
            held.write(str(os.getpid()))
    except FileExistsError:
        return None
    return lock


def compile_into(folder: Path, processes: int, tell: Callable[[float], None]) -> None:
    """Let so many processes compile all parts, and move what they made into `folder`."""
    from khazri.engine.compiling import parts

    total = len(parts())
    with tempfile.TemporaryDirectory(dir=folder, prefix="compiling-") as name:
        shared = Path(name)
        workers = [_start(shared, number, processes) for number in range(processes)]
        try:
            while any(worker.poll() is None for worker in workers):
                tell(len(list(shared.glob("done-*"))) / total)
                if any(worker.returncode for worker in workers):
                    break  # the others may wait for what it had taken
                time.sleep(_PAUSE)
        finally:
            for worker in workers:
                if worker.poll() is None:
                    worker.terminate()
                worker.wait()
        if any(worker.returncode for worker in workers):
            return
        for number in range(processes):
            _collect(shared / str(number), folder)
    marker_in(folder).touch()
    tell(1.0)


def _start(shared: Path, number: int, processes: int) -> subprocess.Popen[bytes]:
    import khazri

    own = shared / str(number)
    own.mkdir()
    packages = str(Path(khazri.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (packages, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(own), "PYTHONPATH": paths}
    command = [sys.executable, "-m", "khazri.runs.compiling", str(shared), str(number), str(processes)]
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _collect(source: Path, target: Path) -> None:
    """Copy the functions that `target` has not; a function's index goes last, so that it never names what is not there."""
    for index in source.rglob("*.nbi"):
        place = target / index.relative_to(source)
        if place.exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        for found in (*index.parent.glob(f"{index.stem}.*.nbc"), index):
            fresh = place.with_name(f"{found.name}.{os.getpid()}")
            shutil.copyfile(found, fresh)
            fresh.replace(place.with_name(found.name))


def work(shared: Path, number: int, processes: int) -> None:
    """Take parts and compile them until there are none left."""
    from khazri.engine.compiling import Part, compile_part, parts

    gc.disable()  # the compiler leaves little that only the collector finds, and it takes a tenth of the time
    own = shared / str(number)

    def take(part: Part) -> None:
        try:
            (shared / f"taken-{part.stage}-{part.name}").touch(exist_ok=False)
        except FileExistsError:
            return
        if part.stage == 1:
            _wait_for([shared / f"passed-{other}" for other in range(processes)])
            for other in range(processes):
                _collect(shared / str(other), own)
        compile_part(part)
        (shared / f"done-{part.stage}-{part.name}").touch()

    for stage in (0, 1, 2):
        for part in parts():
            if part.stage == stage:
                take(part)
        if stage == 0:
            (shared / f"passed-{number}").touch()


def _wait_for(files: list[Path]) -> None:
    while not all(file.exists() for file in files):
        time.sleep(_PAUSE)


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
