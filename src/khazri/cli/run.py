"""`khazri run` and `khazri warm`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from khazri.cli.refusal import refusals

if TYPE_CHECKING:
    from rich.table import Table

    from khazri.runs.execution import Executed

DEMONSTRATION = "north-caspian-spill"


class Format(StrEnum):
    """How the end of a run is told."""

    TEXT = "text"
    JSON = "json"


def run(
    pack: Annotated[Path, typer.Argument(help="A pack's folder, its scenario.yaml, or the name of a shipped example.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            help="Folder for the results; it appears when it is whole. Default: out/ and the pack's name.",
        ),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Threads; they never change a result. Default: all cores.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Instead of the pack's seed.")] = None,
    particles: Annotated[
        int | None, typer.Option(min=1, help="Instead of the pack's number of particles, per site.")
    ] = None,
    every: Annotated[int | None, typer.Option(min=1, help="Store each n-th step. Default: hourly.")] = None,
    overwrite: Annotated[bool, typer.Option(help="Replace an earlier result of that name.")] = False,
    response: Annotated[
        bool,
        typer.Option("--with-response/--without-response", help="Whether units follow the pack's plan, if it has one."),
    ] = True,
    language: Annotated[str, typer.Option(help="Language the report opens in: en, ru or az.")] = "en",
    inputs: Annotated[
        list[Path] | None, typer.Option(help="A folder outside the pack whose files it may name.")
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="text, or json: the run's record on standard output.")
    ] = Format.TEXT,
) -> None:
    """Run a pack: drift, weathering and stranding of the oil, then every table, map and report. EXERCISE."""
    with refusals():
        folder = _folder_of(pack)
        done = _execute(
            folder,
            out or Path("out") / (folder if folder.is_dir() else folder.parent).resolve().name,
            threads=threads,
            seed=seed,
            particles=particles,
            every=every,
            overwrite=overwrite,
            response=response,
            language=language,
            roots=tuple(inputs or ()),
            quiet=form is Format.JSON,
        )
    if form is Format.JSON:
        typer.echo(json.dumps(done.record, indent=2, ensure_ascii=False))
    else:
        _tell(done.record, done.folder)


def _folder_of(pack: Path) -> Path:
    """The pack that is there, or the shipped example of that name."""
    from khazri.inputs.examples import example

    return pack if pack.exists() or len(pack.parts) != 1 else example(pack.name)


def warm() -> None:
    """Compile the engine for this machine's processor, so that the first run does not wait for it."""
    import tempfile

    with refusals(), tempfile.TemporaryDirectory() as folder:
        from khazri.conduct.warming import warm as compile_for_play
        from khazri.inputs.examples import example

        _execute(example(DEMONSTRATION), Path(folder) / "warm", particles=1000, products=())
        compile_for_play()
    typer.echo("the engine is compiled")


def _execute(pack: Path, out: Path, *, quiet: bool = False, **settings: Any) -> Executed:
    from rich.console import Console

    from khazri.cli.progress import RunProgress

    with RunProgress(Console(stderr=True, quiet=quiet)) as progress:
        progress.phase("reading")
        from khazri.runs import execute

        return execute(pack, out, progress=progress, **settings)


def _of_units(response: dict[str, Any]) -> Table:
    from rich.table import Table

    table = Table(
        "unit", "kind", "hours", "oil t", "mixture m3", "treated t", "waste m3", "cost", title="EXERCISE  units"
    )
    for unit in response["units"]:
        table.add_row(
            unit["ident"], unit["kind"], f"{unit['busy_hours']:.1f}", f"{unit['recovered_kg'] / 1000:,.2f}",
            f"{unit['mixture_m3']:,.1f}", f"{unit['treated_kg'] / 1000:,.2f}", f"{unit['waste_m3']:,.1f}",
            f"{unit['cost']:,.0f}",
        )  # fmt: skip
    return table


def _tell(record: dict[str, Any], folder: Path) -> None:
    """The budget, what was assumed, and where to look."""
    from rich.console import Console
    from rich.table import Table

    released = float(record["released_kg"])
    table = Table("where the oil is", "tonnes", "share", title=f"EXERCISE  {record['name']}  {record['steps']} steps")
    for owner, kilograms in record["budget"].items():
        if kilograms:
            share = kilograms / released if released else 0.0
            table.add_row(owner.replace("_", " "), f"{kilograms / 1000:,.2f}", f"{100 * share:.1f} %")
    table.add_row("released", f"{released / 1000:,.2f}", f"closes to {record['closure']:.0e}")
    console = Console()
    console.print(table)
    if "response" in record:
        console.print(_of_units(record["response"]))
    rate = record["particle_steps_per_second"] / 1e6
    console.print(
        f"{record['particle_steps']:,} particle-steps, {rate:.1f} M/s; notes in the report: {len(record['notes'])}"
    )
    for name in ("report.html", "maps", "animation.gif"):
        if (folder / name).exists():
            console.print(f"  {folder / name}", highlight=False, soft_wrap=True)
    for site in record["sites"]:
        if (folder / site / "maps").exists():
            console.print(f"  {folder / site}", highlight=False, soft_wrap=True)
    console.print(f"Open {folder / 'report.html'} in a browser and drag the slider.", soft_wrap=True)
