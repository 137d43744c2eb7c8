"""`khazri report`: the after-action report of an exercise, as a page and as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from khazri.cli.refusal import refusals

if TYPE_CHECKING:
    from khazri.cli.progress import RunProgress
    from khazri.conduct.aftermath import Aftermath
    from khazri.store.log import ExerciseLog, RunRecord

FILES = ("after-action.html", "after-action.pdf")


def report(
    run: Annotated[str, typer.Argument(help="The exercise (its run, as `khazri exercise new` printed it).")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for after-action.html and after-action.pdf.")],
    data: Annotated[Path, typer.Option("--data", help="Folder of the database, snapshots and frames.")] = Path(
        "khazri-data"
    ),
    database: Annotated[
        str | None, typer.Option(help="A database by its URL (postgresql://...). Default: one SQLite file in --data.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the report: en, ru or az.")] = "en",
) -> None:
    """Write the after-action report of an exercise: do nothing against as played, times, units, ratings, lessons. EXERCISE."""
    with refusals():
        from khazri.report.values import LANGUAGES

        if language not in LANGUAGES:
            typer.echo(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}", err=True)
            raise typer.Exit(2)
        log, record = _find(run, data, database)
        written = _write(log, record, data, out, language)
    for path in written:
        typer.echo(path)


def _find(run: str, data: Path, database: str | None) -> tuple[ExerciseLog, RunRecord]:
    from khazri.store.database import open_database, sqlite_url
    from khazri.store.log import ExerciseLog

    kept = data / "khazri.sqlite"
    if database is None and not kept.is_file():
        typer.echo(f"{kept}: there is no database; expected the folder of a service (--data) or a --database", err=True)
        raise typer.Exit(2)
    log = ExerciseLog(open_database(database or sqlite_url(kept)))
    records = {record.run: record for record in log.runs()}
    if run not in records:
        typer.echo(f"run is {run!r}; expected one of: {', '.join(records) or 'none, the database is empty'}", err=True)
        raise typer.Exit(2)
    return log, records[run]


def _write(log: ExerciseLog, record: RunRecord, data: Path, out: Path, language: str) -> list[Path]:
    from rich.console import Console

    from khazri.cli.progress import RunProgress
    from khazri.conduct.aftermath import Aftermath
    from khazri.runs.preparation import prepare

    with RunProgress(Console(stderr=True)) as progress:
        prepared = prepare(data / record.pack, progress=progress)
        aftermath = Aftermath(prepared, data / "runs" / record.run / "aftermath")
        return _reports(aftermath, log, record, out, language=language, progress=progress)


def _reports(
    aftermath: Aftermath, log: ExerciseLog, record: RunRecord, out: Path, *, language: str, progress: RunProgress
) -> list[Path]:
    from khazri.store.folder import explain

    entries, refused = tuple(log.read(record.run)), log.refusals(record.run)
    phases = {"played": "replaying, as played", "nothing": "replaying, do nothing", "maps": "maps"}
    page, paper = (out / name for name in FILES)

    def tell(what: str, done: float) -> None:
        progress.phase(phases[what], done)

    made = {
        page: aftermath.write_html(entries, refused, language, tell=tell).encode(),
        paper: aftermath.write_pdf(entries, refused, language, tell=tell),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in made.items():
            path.write_bytes(content)
    except OSError as fault:
        raise explain(fault, out) from fault
    return list(made)
