"""`khazri weather`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals


def weather(
    pack: Annotated[Path, typer.Argument(help="A pack's folder, its scenario.yaml, or the name of a shipped example.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder for the pictures and the table. Default: out/ and the pack's name."),
    ] = None,
    inputs: Annotated[
        list[Path] | None, typer.Option(help="A folder outside the pack whose files it may name.")
    ] = None,
) -> None:
    """Draw the weather of a pack: a meteogram, maps of wind and ice, and a table. EXERCISE."""
    with refusals():
        from rich.console import Console

        from khazri.inputs.examples import example
        from khazri.runs.weather import draw_weather

        source = pack if pack.exists() or len(pack.parts) != 1 else example(pack.name)
        name = (source if source.is_dir() else source.parent).resolve().name
        folder = out or Path("out") / f"{name}-weather"
        with Console(stderr=True).status("the weather is drawn..."):
            done = draw_weather(source, folder, roots=tuple(inputs or ()))
    for site in done:
        words = [f"wind to {site.strongest:.1f} m/s"]
        if site.highest is not None:
            words.append(f"waves to {site.highest:.1f} m")
        if site.coldest is not None:
            words.append(f"wind chill down to {site.coldest - 273.15:.0f} degC")
        typer.echo(f"EXERCISE {site.ident}: {', '.join(words)}")
        for note in site.notes:
            typer.echo(f"  {note}")
        for file in site.files:
            typer.echo(f"  {file}")
