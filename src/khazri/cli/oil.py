"""`khazri oil`: the catalogue of oils, and what is known of each."""

from __future__ import annotations

from typing import Annotated

import typer

from khazri.cli.refusal import refusals

oil_app = typer.Typer(help="The catalogue of oils.", no_args_is_help=True, rich_markup_mode=None)


@oil_app.command("list")
def list_oils(
    kind: Annotated[str | None, typer.Option(help="Only this kind: crude, condensate, refined or residual.")] = None,
) -> None:
    """List the oils of the catalogue."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from khazri import oils

    rows = [oil for oil in oils.catalogue() if kind is None or oil.kind == kind]
    if not rows:
        kinds = sorted({oil.kind for oil in oils.catalogue()})
        typer.echo(f"--kind is {kind!r}; expected one of {', '.join(kinds)}", err=True)
        raise typer.Exit(2)
    table = Table(box=box.SIMPLE, title=f"{len(rows)} oils", caption="density at 15 °C in kg m-3, viscosity in mm2 s-1")
    table.add_column("ident", no_wrap=True)
    table.add_column("name")
    table.add_column("kind")
    table.add_column("density", justify="right")
    table.add_column("viscosity", no_wrap=True)
    for oil in rows:
        viscosity = f"{oil.viscosity * 1e6:.3g} at {oil.viscosity_temperature - 273.15:.0f} °C"
        table.add_row(oil.ident, oil.name, oil.kind, f"{oil.density:.0f}", viscosity)
    Console().print(table)


@oil_app.command()
def show(ident: Annotated[str, typer.Argument(help="An oil's ident, as `khazri oil list` gives it.")]) -> None:
    """Show what is known of an oil, how it is known, and what was estimated."""
    with refusals():
        from rich import box
        from rich.console import Console
        from rich.table import Table

        from khazri import oils

        try:
            oil = oils.find(ident)
        except KeyError as error:
            typer.echo(str(error.args[0]), err=True)
            raise typer.Exit(2) from None
        table = Table("property", "value", "unit", "how known", box=box.SIMPLE, title=f"{oil.name} ({oil.ident})")
        for row in oils.describe(oil):
            table.add_row(*(str(cell) for cell in row))
        console = Console()
        console.print(table)
        for note in oil.notes:
            console.print(f"- {note}", markup=False)
