"""A result folder is written beside its final name and renamed when it is whole, so that nobody meets half a result."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARKER = "run.json"


class StoreError(Exception):
    """What could not be written, where, and what would help."""


def explain(fault: OSError, where: Path) -> StoreError:
    """The one clear sentence for a write that failed."""
    if fault.errno == errno.ENOSPC:
        free = _free_bytes(where)
        return StoreError(
            f"{where}: the disk is full ({free / 1e6:.0f} MB free); nothing was kept under the final name. "
            "Free some space, write elsewhere with -o, or store fewer frames (every=..., particles=...)"
        )
    return StoreError(f"{where}: cannot write ({fault.strerror or fault}); expected a folder that may be written to")


def _free_bytes(where: Path) -> float:
    for folder in (where, *where.parents):
        if folder.exists():
            return float(shutil.disk_usage(folder).free)
    return 0.0


def refuse_existing(target: Path, *, overwrite: bool) -> None:
    """Raise when writing `target` would destroy something: any folder without `overwrite`, a foreign one with it."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not overwrite:
        raise StoreError(
            f"{target}: exists already; expected a new folder (or overwrite an earlier result with --overwrite)"
        )
    if not (target / MARKER).is_file():
        raise StoreError(
            f"{target}: holds no {MARKER}, so it is not an earlier result; it is not overwritten. Choose another folder"
        )


@contextmanager
def publish_folder(target: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Yield a folder beside `target` to write into; it takes that name when the block ends well, else it goes."""
    target = Path(target).absolute()
    refuse_existing(target, overwrite=overwrite)
    staging = target.parent / f".{target.name}.partial-{os.getpid()}"
    try:
        if staging.exists():
            shutil.rmtree(staging)
        staging.mkdir(parents=True)
    except OSError as fault:
        raise explain(fault, target) from fault
    try:
        yield staging
        refuse_existing(target, overwrite=overwrite)
        _swap(staging, target)
    except OSError as fault:
        raise explain(fault, target) from fault
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _swap(staging: Path, target: Path) -> None:
    old = target.parent / f".{target.name}.old-{os.getpid()}"
    if target.exists():
        target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)
