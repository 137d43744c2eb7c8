"""`khazri inputs inspect`: what a forcing file is to Khazri."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals

inputs_app = typer.Typer(help="Files that a pack may name.", no_args_is_help=True, rich_markup_mode=None)


@inputs_app.callback()
def _inputs() -> None:
    """Files that a pack may name."""


@inputs_app.command()
def inspect(
    files: Annotated[
        list[Path], typer.Argument(help="One file, or the files of one set (u and v, several days, a grid beside).")
    ],
    picture: Annotated[
        Path | None, typer.Option("--map", help="Draw the first recognised field at its first time here (PNG).")
    ] = None,
) -> None:
    """Say what is recognised in forcing files: fields, units, grid, coverage, times, gaps; and draw one map. EXERCISE."""
    with refusals():
        from rich import box
        from rich.console import Console
        from rich.table import Table

        from khazri.inputs.forcing import describe, open_set

        rows = describe(files)
        console = Console()
        for row in rows:
            table = Table(box=box.SIMPLE, show_header=False, title=f"{row.field}  ({', '.join(row.variables)})")
            step = "" if row.step is None else f"every {row.step / 3600.0:g} h"
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
            from khazri.report.forcing import draw_gridded

            with open_set(files) as found:
                gridded = next(iter(found.fields.values()))
                parts = [component[0] for component in gridded.parts]
                values = [part.file[part.variable].isel({**dict(part.layout.fixed), **({part.layout.time: 0} if part.layout.time else {})})
                          .transpose(part.layout.y, part.layout.x).values for part in parts]  # fmt: skip
                drawn = draw_gridded(
                    gridded.lattice.x, gridded.lattice.y, values, title=f"{gridded.name} of {files[0].name}", unit=gridded.units,
                    degrees=gridded.lattice.kind != "projected",
                )  # fmt: skip
            picture.write_bytes(drawn)
            console.print(f"  {picture}", highlight=False, soft_wrap=True)
