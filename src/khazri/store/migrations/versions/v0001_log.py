"""Runs, facts and refusals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the log's tables."""
    op.create_table(
        "runs",
        sa.Column("run", sa.String(64), primary_key=True),
        sa.Column("exercise", sa.String(64), nullable=False, index=True),
        sa.Column("pack", sa.Text, nullable=False),
        sa.Column("pack_hash", sa.String(64), nullable=False),
        sa.Column("opened", sa.String(32), nullable=False),
        sa.Column("parent", sa.String(64), sa.ForeignKey("runs.run"), nullable=True),
    )
    op.create_table(
        "facts",
        sa.Column("run", sa.String(64), sa.ForeignKey("runs.run"), primary_key=True),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("cause", sa.String(128), nullable=False),
        sa.Column("wall", sa.String(32), nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("run", "hash", name="uq_facts_run"),
    )
    op.create_table(
        "refusals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("run", sa.String(64), sa.ForeignKey("runs.run"), nullable=False),
        sa.Column("after_seq", sa.BigInteger, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("command", sa.JSON, nullable=False),
        sa.Column("wall", sa.String(32), nullable=False),
    )
    op.create_index("ix_refusals_run_step", "refusals", ["run", "step"])
