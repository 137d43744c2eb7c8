"""The cooperation that exercises belong to: a plan, its activities, what they taught, and what is done about it.

The same shape as an exercise: commands become facts (`decide`), facts are kept in a chained log, the state is their fold
(`evolve`), and people see a `view` of it. What binds several parties takes the word of each (double confirmation).
"""

from __future__ import annotations

from khazri.programme.decide import Officer, decide, opening
from khazri.programme.evolve import evolve
from khazri.programme.state import Plan
from khazri.programme.view import PlanLine, PlanView, line_of, view

__all__ = ["Officer", "Plan", "PlanLine", "PlanView", "decide", "evolve", "line_of", "opening", "view"]
