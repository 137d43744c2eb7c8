"""`khazri sea`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals


def sea(
    pack: Annotated[Path, typer.Argument(help="A pack's folder, its scenario.yaml, or the name of a shipped example.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="Folder for the maps and gauges. Default: out/ and the pack's name."),
    ] = None,
    inputs: Annotated[
        list[Path] | None, typer.Option(help="A folder outside the pack whose files it may name.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the maps: en, ru or az.")] = "en",
) -> None:
    """Compute the sea of a pack under its wind: level and current, as maps, an animation and gauges. EXERCISE."""
    with refusals():
        from rich.console import Console

        from khazri.inputs.examples import example
        from khazri.report.values import LANGUAGES
        from khazri.runs.sea import run_sea_alone

        if language not in LANGUAGES:
            typer.echo(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}", err=True)
            raise typer.Exit(2)
        source = pack if pack.exists() or len(pack.parts) != 1 else example(pack.name)
        name = (source if source.is_dir() else source.parent).resolve().name
        folder = out or Path("out") / f"{name}-sea"
        with Console(stderr=True).status("the sea answers the wind..."):
            done = run_sea_alone(source, folder, roots=tuple(inputs or ()), language=language)
    for site in done:
        typer.echo(
            f"EXERCISE {site.ident}: level {site.lowest:+.2f} to {site.highest:+.2f} m, currents to {site.fastest:.2f} m/s"
        )
        for note in site.notes:
            typer.echo(f"  {note}")
        for file in site.files:
            typer.echo(f"  {file}")
