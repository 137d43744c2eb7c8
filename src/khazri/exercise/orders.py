"""What people have ordered so far, as the world takes it."""

from __future__ import annotations

from khazri.exercise.state import State, Task
from khazri.simulation.orders import Failure, Orders, UnitTask, WindOrder


def orders(state: State) -> Orders:
    """Everything in force; the world looks at the step of each."""
    return Orders(
        tasks={unit: _task(task) for unit, task in state.tasks.items()},
        winds=tuple(WindOrder(wind.site, wind.step, wind.speed, wind.from_bearing) for wind in state.winds),
        failures=tuple(Failure(each.unit, each.kind, each.step, each.until_step) for each in state.failures),
    )


def _task(task: Task) -> UnitTask:
    return UnitTask(task.kind, task.geometry, task.step, task.version, task.target, task.parameters)
