"""The tables of the database, the same on SQLite and PostgreSQL. Changed only through `migrations`."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

RUNS: Final = Table(
    "runs",
    METADATA,
    Column("run", String(64), primary_key=True),
    Column("exercise", String(64), nullable=False, index=True),
    Column("pack", Text, nullable=False),  # the scenario pack's folder, as it was opened
    Column("pack_hash", String(64), nullable=False),
    Column("opened", String(32), nullable=False),  # wall time, UTC
    Column("parent", String(64), ForeignKey("runs.run"), nullable=True),
)

FACTS: Final = Table(
    "facts",
    METADATA,
    Column("run", String(64), ForeignKey("runs.run"), primary_key=True),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("step", Integer, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("cause", String(128), nullable=False),
    Column("wall", String(32), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("run", "hash"),
)

REFUSALS: Final = Table(
    "refusals",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("run", String(64), ForeignKey("runs.run"), nullable=False),
    Column("after_seq", BigInteger, nullable=False),
    Column("step", Integer, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("code", String(64), nullable=False),
    Column("params", JSON, nullable=False),
    Column("command", JSON, nullable=False),
    Column("wall", String(32), nullable=False),
    Index("ix_refusals_run_step", "run", "step"),
)

SEATS: Final = Table(
    "seats",
    METADATA,
    Column("seat", String(32), primary_key=True),  # stands in addresses; no secret
    Column("token_hash", String(64), nullable=False, unique=True),  # SHA-256 of the link's secret, which is not kept
    Column("run", String(64), ForeignKey("runs.run"), nullable=True, index=True),  # none: a seat of the programme only
    Column("person", String(128), nullable=False),
    Column("role", String(32), nullable=False),
    Column("party", String(64), nullable=False),
    Column("cell", String(64), nullable=False),
    Column("made", String(32), nullable=False),  # wall time, UTC
    Column("revoked", Boolean, nullable=False),
)

SESSIONS: Final = Table(
    "sessions",
    METADATA,
    Column("secret_hash", String(64), primary_key=True),  # SHA-256 of the cookie
    Column("seat", String(32), ForeignKey("seats.seat"), nullable=False, index=True),
    Column("made", String(32), nullable=False),
    Column("expires", String(32), nullable=False),
)

PLAN_FACTS: Final = Table(
    "plan_facts",
    METADATA,
    Column("plan", String(64), primary_key=True),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("party", String(64), nullable=False),
    Column("wall", String(32), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("plan", "hash"),
)

CHECKPOINTS: Final = Table(
    "checkpoints",
    METADATA,
    Column("run", String(64), ForeignKey("runs.run"), primary_key=True),
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),  # entries so far
    Column("head", String(64), nullable=False),  # hash of the last of them
    Column("wall", String(32), nullable=False),
    Column("signature", String(128), nullable=False),  # Ed25519, hex
    Column("key", String(64), nullable=False),  # public, hex
)
