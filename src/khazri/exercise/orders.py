"""What people have ordered so far, as the world takes it."""

from __future__ import annotations

from khazri.exercise.state import State
from khazri.simulation.orders import Orders, UnitTask, WindOrder


def orders(state: State) -> Orders:
    """Everything in force; the world looks at the step of each."""
    return Orders(
        tasks={unit: UnitTask(task.kind, task.geometry, task.step, task.version) for unit, task in state.tasks.items()},
        winds=tuple(WindOrder(wind.site, wind.step, wind.speed, wind.from_bearing) for wind in state.winds),
    )
