"""Signed checkpoints: that a log had so many entries with such a head at such a time, so that one rewritten whole is found out.

The key lies in a file beside the database, readable by its owner alone; whoever can read it can sign. Give its public half
(`khazri verify` prints it) to the other delegations, so that they need not trust the machine.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from khazri.exercise.entry import Entry
from khazri.store.folder import StoreError
from khazri.store.tables import CHECKPOINTS

KEY_FILE: Final = "checkpoint.key"


@dataclass(frozen=True)
class Checkpoint:
    """One of them."""

    run: str
    seq: int
    head: str
    wall: str
    signature: str
    key: str

    @property
    def message(self) -> bytes:
        """What was signed."""
        return f"khazri checkpoint\n{self.run}\n{self.seq}\n{self.head}\n{self.wall}".encode()


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key of a folder; made, readable by its owner alone, where there is none."""
    path = folder / KEY_FILE
    try:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except FileNotFoundError:
        pass
    except ValueError as error:
        raise StoreError(
            f"{path}: holds no key; expected 64 hexadecimal digits. Move it away to have a new one made"
        ) from error
    key = Ed25519PrivateKey.generate()
    partial = path.with_suffix(f".{os.getpid()}.partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key.private_bytes_raw().hex() + "\n")
    partial.replace(path)
    return key


class Checkpoints:
    """Signs and keeps them."""

    def __init__(self, engine: Engine, key: Ed25519PrivateKey) -> None:
        self._engine = engine
        self._key = key

    @property
    def public(self) -> str:
        """The public half of the key, hex."""
        return self._key.public_key().public_bytes_raw().hex()

    def keep(self, head: Entry, wall: str) -> None:
        """Sign the head of a run, once a seq; a disk that is full costs the checkpoint, not the exercise."""
        bare = Checkpoint(head.run, head.seq, head.hash, wall, "", self.public)
        values = {**bare.__dict__, "signature": self._key.sign(bare.message).hex()}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(CHECKPOINTS), values)
        except (IntegrityError, OperationalError):
            return

    def of(self, run: str) -> tuple[Checkpoint, ...]:
        """Those of a run, in order."""
        return checkpoints_of(self._engine, run)


def checkpoints_of(engine: Engine, run: str) -> tuple[Checkpoint, ...]:
    """Those of a run, in order."""
    query = select(CHECKPOINTS).where(CHECKPOINTS.c.run == run).order_by(CHECKPOINTS.c.seq)
    with engine.connect() as connection:
        return tuple(Checkpoint(**row._mapping) for row in connection.execute(query))


def first_breach(
    entries: Sequence[Entry], checkpoints: Sequence[Checkpoint], keys: frozenset[str] | None = None
) -> str | None:
    """What does not agree with what was signed, in words, or None. `keys`: public keys to trust; None: those that stand there."""
    for checkpoint in checkpoints:
        if keys is not None and checkpoint.key not in keys:
            return f"the checkpoint at entry {checkpoint.seq} is signed by {checkpoint.key[:16]}, which is not a trusted key"
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(checkpoint.key))
            public.verify(bytes.fromhex(checkpoint.signature), checkpoint.message)
        except (InvalidSignature, ValueError):
            return f"the checkpoint at entry {checkpoint.seq} of {checkpoint.wall} does not match its signature"
        if checkpoint.seq > len(entries):
            return f"a checkpoint of {checkpoint.wall} signs {checkpoint.seq} entries; the log has {len(entries)}: some were taken away"
        if entries[checkpoint.seq - 1].hash != checkpoint.head:
            return f"entry {checkpoint.seq} is not what was signed at {checkpoint.wall}: the log was rewritten"
    return None
