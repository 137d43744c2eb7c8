"""One database by one URL: SQLite in a file by default, PostgreSQL where it is asked for. Durable before anything is acknowledged."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from khazri.store.folder import StoreError


def sqlite_url(path: Path) -> str:
    """The URL of an embedded database in one file."""
    return f"sqlite:///{path.absolute()}"


def open_database(url: str) -> Engine:
    """Open the database, bring it to this build's version, and refuse one of a newer build with words."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql" and address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"database {address.get_backend_name()!r} is not supported; expected sqlite or postgresql")
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, pool_pre_ping=address.get_backend_name() == "postgresql")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _durable_sqlite)
    try:
        _migrate(engine)
    except SQLAlchemyError as error:
        raise StoreError(f"{address.render_as_string()}: cannot be opened: {error.__cause__ or error}") from error
    return engine


def _durable_sqlite(connection: object, _record: object) -> None:
    """WAL for readers beside the writer; FULL so that what was acknowledged survives the power failing."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the DB-API connection has no common type
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _migrate(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(files("khazri.store") / "migrations"))
    config.attributes["engine"] = engine
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        raise StoreError(
            f"the database has version {current}, which this build does not know; expected up to {max(known)}: update Khazri"
        )
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(f"the database cannot be brought to this build's version: {error}") from error
