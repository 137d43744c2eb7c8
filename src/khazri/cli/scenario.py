"""`khazri scenario`: make, check and describe scenario packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals

scenario_app = typer.Typer(help="Make, check and describe scenario packs.", no_args_is_help=True, rich_markup_mode=None)


@scenario_app.command()
def check(path: Annotated[Path, typer.Argument(help="A pack's folder, or its scenario.yaml.")]) -> None:
    """Report every fault of a pack together: file, line, path, value and what would be right; its forcing files are read."""
    with refusals():
        from khazri.inputs import packs

        faults = [str(fault) for fault in packs.check(path)] or _file_faults(path)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.secho(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}", err=True, fg=typer.colors.RED)
        raise typer.Exit(2)
    with refusals():
        from khazri.exercise.lint import remarks

        pack = packs.read_pack(path)
        for note in (*pack.notes, *remarks(pack)):
            typer.echo(f"note: {note}")
    typer.secho(f"{path}: no fault", fg=typer.colors.GREEN)


def _file_faults(path: Path) -> list[str]:
    """Of the gridded files that a sound pack names."""
    from khazri.inputs import packs

    pack = packs.read_pack(path)
    told: list[str] = []
    for site in pack.sites:
        if not site.environment.files:
            continue
        from khazri.geo.build import plane_about, site_grid
        from khazri.inputs.environment import file_faults
        from khazri.inputs.places import polygon_of

        area = polygon_of(site.area.ring)
        plane = plane_about(area)
        told += file_faults(pack, site, plane=plane, bounds=site_grid(plane, area, site.resolution).bounds)
    return told


@scenario_app.command()
def schema() -> None:
    """Print the JSON Schema of a pack, for editors that complete and check as one types."""
    import json

    from khazri.scenario.schema import pack_schema

    typer.echo(json.dumps(pack_schema(), indent=2, ensure_ascii=False))


@scenario_app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the pack: lower-case words with hyphens.")],
    folder: Annotated[Path, typer.Option("--in", help="Folder to make it in.")] = Path(),
) -> None:
    """Make a new pack that runs as it is, with a comment on every setting."""
    with refusals():
        from khazri.inputs import packs

        made = packs.create(name, folder)
    typer.echo(f"made {made}\nnext: khazri run {made.parent} -o out/{name}")
