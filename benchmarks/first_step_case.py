"""`khazri run` of the shipped example up to its first step, as a process of its own: how long that takes is its wall time.

Usage: python first_step_case.py FOLDER
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    from khazri.cli import app, progress, run

    class UntilTheFirstStep(progress.RunProgress):
        """Ends the process where the run has made its first step."""

        def phase(self, name: str, done: float = 0.0, figures: str = "") -> None:
            if name == "compiling" and done == 1.0:  # said after a step was made
                os._exit(0)
            super().phase(name, done, figures)

    progress.RunProgress = UntilTheFirstStep  # type: ignore[misc]
    sys.argv = ["khazri", "run", run.DEMONSTRATION, "-o", str(Path(sys.argv[1]) / "out")]
    app.main()


if __name__ == "__main__":
    main()
