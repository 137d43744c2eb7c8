"""The command tree. Only typer and rich are loaded here; each command loads what it needs."""

from __future__ import annotations

from typing import Annotated

import typer

from khazri.cli.after_action import report
from khazri.cli.coast import coast_app
from khazri.cli.compare import compare
from khazri.cli.inputs import inputs_app
from khazri.cli.oil import oil_app
from khazri.cli.plan import plan_app
from khazri.cli.run import run, warm
from khazri.cli.scenario import scenario_app
from khazri.cli.sea import sea
from khazri.cli.serve import demo, exercise_app, serve
from khazri.cli.units import units_app
from khazri.cli.validate import validate
from khazri.cli.verify import verify
from khazri.cli.weather import weather

app = typer.Typer(
    name="khazri",
    help="Joint emergency exercises between countries, on incidents that are physics simulations. EXERCISE use only.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: the coloured one takes as long to load as the rest of the start
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo)
app.command()(serve)
app.command()(run)
app.command()(compare)
app.command()(report)
app.command()(sea)
app.command()(weather)
app.command()(validate)
app.command()(verify)
app.command()(warm)
app.add_typer(exercise_app, name="exercise")
app.add_typer(scenario_app, name="scenario")
app.add_typer(plan_app, name="plan")
app.add_typer(oil_app, name="oil")
app.add_typer(units_app, name="units")
app.add_typer(inputs_app, name="inputs")
app.add_typer(coast_app, name="coast")


def _print_version(wanted: bool) -> None:
    if wanted:
        import khazri

        typer.echo(f"khazri {khazri.__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Joint emergency exercises between countries, on incidents that are physics simulations. EXERCISE use only."""


def main() -> None:
    """Entry point of the `khazri` command."""
    app()
