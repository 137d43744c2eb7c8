"""The log and the files of one run, as a conductor writes them."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from pathlib import Path
from typing import Final

from khazri.exercise.entry import Entry
from khazri.exercise.refusal import Refusal
from khazri.store.log import ExerciseLog

LOG: Final = logging.getLogger("khazri.conduct")
DIGEST: Final = 32  # bytes of SHA-256 before a snapshot
KEPT_SNAPSHOTS: Final = 48  # of the newest; older ones are thinned to every tenth


class RunLog:
    """One run's part of the database, and its folder of snapshots. Snapshots hold only within one build."""

    def __init__(self, log: ExerciseLog, run: str, folder: Path, *, build: str) -> None:
        self._log = log
        self._run = run
        self._folder = folder / "snapshots" / build
        self._folder.mkdir(parents=True, exist_ok=True)

    def append(self, entries: list[Entry]) -> None:
        """Durable when it returns."""
        self._log.append(entries)

    def read(self) -> list[Entry]:
        """All entries."""
        return list(self._log.read(self._run))

    def refuse(
        self, refusal: Refusal, *, after_seq: int, step: int, actor: str, command: dict[str, object], wall: str
    ) -> None:
        """Keep a refusal."""
        self._log.refuse(self._run, refusal, after_seq=after_seq, step=step, actor=actor, command=command, wall=wall)

    def refusals(self) -> tuple[tuple[int, str, Refusal, dict[str, object]], ...]:
        """What was asked and not done."""
        return self._log.refusals(self._run)

    def keep_snapshot(self, step: int, snapshot: bytes) -> None:
        """Written beside its name and renamed when whole; a disk that is full costs the snapshot, not the exercise."""
        path = self._folder / f"{step:07d}.snapshot"
        partial = path.with_suffix(".partial")
        try:
            with partial.open("wb") as out:
                out.write(hashlib.sha256(snapshot).digest())
                out.write(snapshot)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(path)
            self._thin()
        except OSError:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)

    def latest_snapshot(self) -> tuple[int, bytes] | None:
        """The newest kept snapshot."""
        return self.snapshot_before(None)

    def snapshot_before(self, step: int | None) -> tuple[int, bytes] | None:
        """The newest kept snapshot at a step or before it."""
        for path in reversed(self._paths()):
            if step is None or int(path.stem) <= step:
                snapshot = _whole(path)
                if snapshot is not None:
                    return int(path.stem), snapshot
        return None

    def _thin(self) -> None:
        old = self._paths()[:-KEPT_SNAPSHOTS]
        for number, path in enumerate(old):
            if number % 10 and path.stat().st_size:
                path.unlink(missing_ok=True)

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*.snapshot"))


def _whole(path: Path) -> bytes | None:
    """What a snapshot's file holds, where it is what was written; a damaged one is passed over."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    digest, snapshot = content[:DIGEST], content[DIGEST:]
    if hashlib.sha256(snapshot).digest() == digest:
        return snapshot
    LOG.warning("%s is damaged and passed over; the exercise is taken up from an earlier one", path)
    return None
