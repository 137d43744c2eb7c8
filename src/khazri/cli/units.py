"""`khazri units`: the types of units, what each can do, and its figures with their sources."""

from __future__ import annotations

from typing import Annotated

import typer

units_app = typer.Typer(help="The types of units.", no_args_is_help=True, rich_markup_mode=None)

# SI -> how a figure is told: unit, what to divide by.
_TOLD = {
    "draft": ("m", 1.0), "speed": ("kn", 1852.0 / 3600.0), "mobilisation": ("h", 3600.0), "endurance": ("h", 3600.0),
    "shift": ("h", 3600.0), "rest": ("h", 3600.0), "shut_time": ("h", 3600.0), "reload": ("min", 60.0),
    "pump": ("m3/h", 1.0 / 3600.0), "offload": ("m3/h", 1.0 / 3600.0), "rate": ("m3/h", 1.0 / 3600.0),
    "viscosity_low": ("cSt", 1e-6), "viscosity_high": ("cSt", 1e-6), "least_film": ("um", 1e-6),
}  # fmt: skip


@units_app.command("list")
def list_kinds(
    task: Annotated[str | None, typer.Option(help="Only kinds that can be told to do this, as `skim`.")] = None,
) -> None:
    """List the types of units and what each can be told to do."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from khazri.response.catalogue import KINDS, tasks_of

    rows = [kind for kind in KINDS.values() if task is None or task in tasks_of(kind.ident)]
    if not rows:
        known = sorted({each for ident in KINDS for each in tasks_of(ident)})
        typer.echo(f"--task is {task!r}; expected one of {', '.join(known)}", err=True)
        raise typer.Exit(2)
    table = Table(
        box=box.SIMPLE,
        title=f"{len(rows)} types of units",
        caption="training values; `khazri units show KIND` has them",
    )
    table.add_column("kind", no_wrap=True)
    table.add_column("moves on", no_wrap=True)
    table.add_column("tasks")
    for kind in rows:
        table.add_row(kind.ident, kind.medium, ", ".join((*tasks_of(kind.ident), "stand_by")))
    Console().print(table)


@units_app.command()
def show(kind: Annotated[str, typer.Argument(help="A type of unit, as `khazri units list` gives it.")]) -> None:
    """Show the figures of a type of unit, each with its source. A pack may give its own in `inventory`."""
    import difflib

    from rich import box
    from rich.console import Console
    from rich.table import Table

    from khazri.response.catalogue import KINDS

    found = KINDS.get(kind)
    if found is None:
        near = difflib.get_close_matches(kind, KINDS, n=1, cutoff=0.5)
        hint = f"the nearest is {near[0]}" if near else f"expected one of {', '.join(KINDS)}"
        typer.echo(f"kind is {kind!r}; {hint}", err=True)
        raise typer.Exit(2)
    table = Table("figure", "value", "unit", "source", box=box.SIMPLE, title=f"{found.ident} (training values)")
    for name, figure in found.figures.items():
        unit, scale = _TOLD.get(name, (figure.unit, 1.0))
        table.add_row(name, f"{figure.value / scale:.4g}", unit, figure.source)
    Console().print(table)
