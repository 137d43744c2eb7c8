"""`khazri plan`: check and open joint action plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals

plan_app = typer.Typer(help="Joint action plans: check and open them.", no_args_is_help=True, rich_markup_mode=None)


@plan_app.command()
def check(path: Annotated[Path, typer.Argument(help="A plan file, or a folder with plan.yaml.")]) -> None:
    """Report every fault of a plan together: file, line, path, value and what would be right."""
    with refusals():
        from khazri.inputs.plans import read_plan

        plan = read_plan(path)
    typer.secho(
        f"{path}: no fault; {len(plan.activities)} activities, {len(plan.lessons)} lessons", fg=typer.colors.GREEN
    )


@plan_app.command("open")
def open_plan(
    path: Annotated[Path, typer.Argument(help="A plan file, or a folder with plan.yaml.")],
    data: Annotated[Path, typer.Option("--data", help="Folder of the database.")] = Path("khazri-data"),
    database: Annotated[
        str | None, typer.Option(help="A database by its URL. Default: one SQLite file in --data.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="How browsers reach the service (https://...).")] = None,
) -> None:
    """Enter a plan into the database, and print a link for a programme officer of every party. EXERCISE."""
    with refusals():
        from khazri.cli.serve import build_service, line_of_seat, make_officers
        from khazri.inputs.plans import read_plan

        service = build_service(data, database)
        document = read_plan(path)
        assert service.plans is not None, "a service that is built here has plans"
        ident = service.plans.open(document)
        typer.echo(f"EXERCISE plan {ident}")
        for seat, token in make_officers(service, document):
            typer.echo(line_of_seat(seat, f"{address or ''}/enter/{token}"))
