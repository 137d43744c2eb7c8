"""`khazri coast`: fine coasts for an area (extra `coast`)."""

from __future__ import annotations

from typing import Annotated

import typer

from khazri.cli.refusal import refusals

coast_app = typer.Typer(
    help="Fine coasts from OpenStreetMap (extra 'coast').", no_args_is_help=True, rich_markup_mode=None
)


@coast_app.command()
def build(
    area: Annotated[str, typer.Argument(help="west,south,east,north in degrees, e.g. 46.5,44,51.5,47")],
    resolution: Annotated[float, typer.Option(help="Size of a cell [m].")] = 100.0,
) -> None:
    """Make and cache a fine coast of AREA; packs use it with `coast: fine`. Data © OpenStreetMap contributors, ODbL."""
    with refusals():
        from rich.console import Console

        from khazri.inputs import fine_coast

        with Console().status("cutting the coast (a minute and 1.3 GB of memory)..."):
            made = fine_coast.build(fine_coast.parse_area(area), resolution=resolution)
    typer.echo(f"made {made}\n{fine_coast.ATTRIBUTION}")


@coast_app.callback()
def _group() -> None:
    """Fine coasts from OpenStreetMap (extra 'coast')."""
