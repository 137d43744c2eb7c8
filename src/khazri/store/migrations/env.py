"""Alembic's entry: run the migrations on the engine that `store.database` opened."""

from __future__ import annotations

from alembic import context

from khazri.store.tables import METADATA

with context.config.attributes["engine"].begin() as connection:
    context.configure(
        connection=connection, target_metadata=METADATA, render_as_batch=connection.dialect.name == "sqlite"
    )
    with context.begin_transaction():
        context.run_migrations()
