"""One database after the other: every promise of the store is kept on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from khazri.store.database import open_database, sqlite_url
from khazri.store.tables import METADATA


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A throw-away cluster made from the installed binaries."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL binaries (initdb) on this machine")
    folder = Path(
        tempfile.mkdtemp(prefix="khazri-postgres-")
    )  # not below pytest's folders, which only their owner may enter
    cluster = folder / "cluster"
    prefix: list[str] = []
    if os.name == "posix" and os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        prefix = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = {"capture_output": True, "cwd": folder}
    subprocess.run(
        [*prefix, binaries / "initdb", "-D", cluster, "-A", "trust", "-U", "khazri", "-E", "UTF8"], check=True, **quiet
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    subprocess.run(
        [*prefix, binaries / "pg_ctl", "-D", cluster, "-o", options, "-l", folder / "log", "-w", "start"],
        check=True,
        **quiet,
    )
    yield f"postgresql://khazri@127.0.0.1:{port}/postgres"
    subprocess.run(
        [*prefix, binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"], check=False, capture_output=True
    )
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database of today's version."""
    url = sqlite_url(tmp_path / "khazri.db") if request.param == "sqlite" else request.getfixturevalue("postgres")
    engine = open_database(url)
    if request.param == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {', '.join(METADATA.tables)} CASCADE"))
    yield engine
    engine.dispose()
