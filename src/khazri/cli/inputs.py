"""`khazri inputs inspect`: what a forcing file is to Khazri."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from khazri.cli.refusal import refusals

if TYPE_CHECKING:
    from khazri.inputs.forcing import Choices

inputs_app = typer.Typer(help="Files that a pack may name.", no_args_is_help=True, rich_markup_mode=None)


@inputs_app.callback()
def _inputs() -> None:
    """Files that a pack may name."""


@inputs_app.command()
def inspect(
    files: Annotated[
        list[str],
        typer.Argument(
            help="One file, or the files of one set (u and v, several days, a grid beside); http(s) addresses, too."
        ),
    ],
    picture: Annotated[
        Path | None, typer.Option("--map", help="Draw the first recognised field at its first time here (PNG).")
    ] = None,
    epoch: Annotated[
        str | None, typer.Option("--epoch", help="What times without a date count from: 2026-09-14T00:00:00Z.")
    ] = None,
    field: Annotated[str | None, typer.Option("--field", help="Draw this field instead: wind, current ...")] = None,
    member: Annotated[
        str | None, typer.Option("--member", help="Which member, where the files hold an ensemble.")
    ] = None,
) -> None:
    """Say what is recognised in forcing files: fields, units, grid, coverage, times, gaps; and draw one map. EXERCISE."""
    with refusals(), ExitStack() as stack:
        from rich import box
        from rich.console import Console
        from rich.table import Table

        from khazri.inputs.forcing import Choices, describe

        choices = Choices(member=member, epoch=None if epoch is None else parse_epoch(epoch))
        paths = _paths(files, stack)
        rows = describe(paths, choices=choices)
        console = Console()
        for row in rows:
            table = Table(box=box.SIMPLE, show_header=False, title=f"{row.field}  ({', '.join(row.variables)})")
            step = "" if row.step is None else f"every {row.step / 3600.0:g} h"
            step += ", the same each year" if row.yearly else ""
            times = "never changes" if row.times == 0 else f"{row.times} from {row.first} to {row.last} {step}"
            for what, value in (
                ("recognised by", row.recognised_by), ("units", row.units), ("components", row.axes), ("grid", row.grid),
                ("covers", row.extent), ("times", times), ("calendar", row.calendar), ("gaps", row.gaps or "none"),
                ("missing at the first time", f"{100.0 * row.missing:.1f} %"),
            ):  # fmt: skip
                if value:
                    table.add_row(what, value)
            console.print(table)
        for note in dict.fromkeys(note for row in rows for note in row.notes):
            console.print(f"- {note}", markup=False)
        if picture is not None:
            drawn = _draw(paths, field, choices)
            picture.write_bytes(drawn)
            console.print(f"  {picture}", highlight=False, soft_wrap=True)


def _paths(files: list[str], stack: ExitStack) -> list[Path]:
    """Names of files as they are; what is an address is fetched."""
    from khazri.inputs.forcing import Part, cache_folder, fetch, is_address

    if not any(map(is_address, files)):
        return [Path(name) for name in files]
    folder = stack.enter_context(cache_folder())
    return [fetch(name, folder, Part()) if is_address(name) else Path(name) for name in files]


def parse_epoch(text: str) -> datetime:
    """A moment in UTC; raises InputError."""
    from khazri.inputs import InputError
    from khazri.units import parse_utc

    try:
        return parse_utc(text)
    except ValueError as error:
        raise InputError(f"--epoch is {text!r}; expected {error}") from error


def _draw(files: list[Path], field: str | None, choices: Choices) -> bytes:
    """The picture of a field, with the training coast where it is installed."""
    import numpy as np
    import shapely

    from khazri.inputs import InputError
    from khazri.inputs.coast import cut_training_land
    from khazri.inputs.forcing import look, open_set, origin_of
    from khazri.report.forcing import Seen, draw_gridded, needed_box

    with open_set(files, choices=choices) as found:
        seen = look(found, field)
    try:
        box = needed_box(seen.longitude, seen.latitude)
        outline = shapely.intersection(cut_training_land(box).boundary, shapely.box(*_shrunk(box)))
        coast = [np.asarray(part.coords) for part in shapely.get_parts(outline) if part.geom_type == "LineString"]
        words = "coast: Natural Earth 1:10m" if coast else "no coast hereabouts (Natural Earth 1:10m)"
    except InputError:
        coast, words = [], "the training coast is not installed"
    name = origin_of(files[0]).rstrip("/").rsplit("/", maxsplit=1)[-1]
    return draw_gridded(
        Seen(seen.field, seen.unit, seen.longitude, seen.latitude, seen.values),
        title=f"{seen.field.replace('_', ' ')} of {name}", moment=seen.moment, coast=coast, coast_words=words,
    )  # fmt: skip


def _shrunk(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A hair smaller, so that the cut edge of the land is not drawn as a coast."""
    west, south, east, north = box
    return west + 1e-6, south + 1e-6, east - 1e-6, north - 1e-6
