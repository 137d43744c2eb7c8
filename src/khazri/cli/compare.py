"""`khazri compare`: two runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from khazri.cli.refusal import refusals


def compare(
    a: Annotated[Path, typer.Argument(help="Folder of a run, say without response.")],
    b: Annotated[Path, typer.Argument(help="Folder of another, say with it.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="Folder for compare.csv, compare.png and compare.html.")
    ] = Path("out/compare"),
    language: Annotated[str, typer.Option(help="Language: en, ru or az.")] = "en",
) -> None:
    """Compare two runs: budget, shore, places of value, what was recovered, waste, hours and cost. EXERCISE."""
    with refusals():
        from rich.console import Console
        from rich.table import Table

        from khazri.report.comparison import NotARun, read_finished, tell, warnings_of, write_comparison
        from khazri.report.comparison import compare as rows_of
        from khazri.report.values import LANGUAGES
        from khazri.report.words import translator

        if language not in LANGUAGES:
            typer.echo(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}", err=True)
            raise typer.Exit(2)
        try:
            one, other = read_finished(a), read_finished(b)
        except NotARun as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from None
        say = translator(language)
        table = Table("", "A", "B", say("compare_difference"), title=f"EXERCISE  A: {a}  B: {b}")
        group = ""
        for row in rows_of(one, other, language):
            if row.group != group:
                group = row.group
                table.add_section()
                table.add_row(f"[bold]{say(group)}", "", "", "")
            table.add_row(
                row.what,
                tell(row.a, row.unit, language),
                tell(row.b, row.unit, language),
                tell(row.difference, row.unit, language, signed=True),
            )
        console = Console()
        console.print(table)
        for text in warnings_of(one, other, language):
            console.print(text, style="yellow")
        for path in write_comparison(out, one, other, language=language):
            console.print(f"  {path}", highlight=False, soft_wrap=True)
