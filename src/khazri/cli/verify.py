"""`khazri verify`: whether logs are whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals


def verify(
    data: Annotated[Path, typer.Option("--data", help="Folder of the database.")] = Path("khazri-data"),
    database: Annotated[
        str | None, typer.Option(help="A database by its URL. Default: the SQLite file in --data.")
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(help="A public key that checkpoints must be signed by; may be given several times."),
    ] = None,
) -> None:
    """Check every log: its chain of hashes, and what was signed of it. Exit code 1 where one does not hold. EXERCISE."""
    with refusals():
        faults = _verify(data, database, frozenset(key) if key else None)
    if faults:
        raise typer.Exit(1)


def _verify(data: Path, database: str | None, keys: frozenset[str] | None) -> int:
    from khazri.exercise.codec import UnreadableLog, first_fault
    from khazri.programme.codec import first_fault as first_fault_of_plan
    from khazri.store.checkpoints import checkpoints_of, first_breach
    from khazri.store.database import open_database, sqlite_url
    from khazri.store.folder import StoreError
    from khazri.store.log import ExerciseLog
    from khazri.store.programme import PlanLog

    if database is None and not (data / "khazri.sqlite").is_file():
        raise StoreError(
            f"{data / 'khazri.sqlite'}: not there; expected the folder of a service (--data) or a --database"
        )
    engine = open_database(database or sqlite_url(data / "khazri.sqlite"))
    exercises, plans, faults = ExerciseLog(engine), PlanLog(engine), 0
    for record in exercises.runs():
        try:
            entries = list(exercises.read(record.run))
            signed = checkpoints_of(engine, record.run)
            fault = first_fault(entries) or first_breach(entries, signed, keys)
        except UnreadableLog as error:
            entries, signed, fault = [], (), str(error)
        if fault is None:
            head = entries[-1].hash[:16] if entries else "empty"
            typer.echo(
                f"run {record.run}: {len(entries)} entries, head {head}, {len(signed)} signed checkpoints: whole"
            )
        else:
            faults += 1
            typer.secho(f"run {record.run}: {fault}", err=True, fg=typer.colors.RED)
        for public in sorted({each.key for each in signed}):
            typer.echo(f"  signed by {public}")
    for plan in plans.plans():
        try:
            written = plans.read(plan)
            fault = first_fault_of_plan(written)
        except UnreadableLog as error:
            written, fault = [], str(error)
        if fault is None:
            typer.echo(f"plan {plan}: {len(written)} entries, head {written[-1].hash[:16]}: whole")
        else:
            faults += 1
            typer.secho(f"plan {plan}: {fault}", err=True, fg=typer.colors.RED)
    return faults
