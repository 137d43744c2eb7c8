"""How the command line says that something is wrong: what, where, the value, what would be right; exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def refusals() -> Iterator[None]:
    """Turn faults of the user's input, and a disk that fills, into one clear message and exit code 2."""
    try:
        yield
    except KeyboardInterrupt:
        typer.secho("stopped; nothing was written under the final name", err=True, fg=typer.colors.YELLOW)
        raise typer.Exit(130) from None
    except Exception as error:
        messages = _messages_of(error)
        if messages is None:
            raise
        for message in messages:
            typer.echo(message, err=True)
        if len(messages) > 1:
            typer.secho(f"{len(messages)} faults; nothing was run", err=True, fg=typer.colors.RED)
        raise typer.Exit(2) from None


def _messages_of(error: Exception) -> list[str] | None:
    """The lines to show, or None where the error is a defect of Khazri and deserves its traceback."""
    inputs = sys.modules.get("khazri.inputs")
    faults = sys.modules.get("khazri.scenario.faults")
    runs = sys.modules.get("khazri.runs")
    store = sys.modules.get("khazri.store.folder")
    if faults is not None and isinstance(error, faults.PackFaults):
        return [str(fault) for fault in error.faults]
    if inputs is not None and isinstance(error, inputs.InputError):
        return [str(error)]
    if runs is not None and isinstance(error, runs.RunRefused):
        return [str(error)]
    if store is not None and isinstance(error, store.StoreError):
        return [str(error)]
    return None
