"""The orders of a pack's plan of response, as the world takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from khazri.response.vessel import TaskKind
from khazri.scenario.pack import Pack
from khazri.simulation import Orders
from khazri.simulation.orders import UnitTask

OrdersAt = Callable[[int], Orders]


def orders_of(pack: Pack) -> OrdersAt:
    """Orders in force during the step that begins at `step`: of each unit the last one given by then."""
    dt = pack.numerics.dt
    plan = sorted(
        (max(0, -int(-order.at // dt)), index, order) for index, order in enumerate(pack.response)
    )  # at the first step that does not begin before the moment

    def orders_at(step: int) -> Orders:
        tasks: dict[str, UnitTask] = {}
        for begins, index, order in plan:
            if begins > step:
                break
            kind = cast("TaskKind", order.task)
            tasks[order.unit] = UnitTask(kind, order.geometry, begins, index + 1, order.target or "", order.parameters)
        return Orders(tasks=tasks)

    return orders_at
