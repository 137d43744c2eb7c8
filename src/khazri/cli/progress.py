"""What a person sees while a run is under way: one line a phase, then a bar with the figures that matter."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

LABELS = {
    "reading": "reading the pack",
    "terrain": "coast, depths and shore",
    "forcing": "environment",
    "compiling": "compiling the engine (first start only, under a minute)",
    "stepping": "simulating",
    "writing": "writing results",
}


class RunProgress:
    """A rich progress bar behind the `runs.Progress` protocol."""

    def __init__(self, console: Console | None = None) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[figures]}"),
            console=console or Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> RunProgress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def phase(self, name: str, done: float = 0.0, figures: str = "") -> None:
        """Show that `name` stands at `done` (0 to 1)."""
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(LABELS.get(name, name), total=1.0, figures="")
        self._bar.update(self._tasks[name], completed=done, figures=figures)
