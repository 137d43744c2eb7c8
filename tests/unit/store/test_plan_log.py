"""The log of plans on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from khazri.inputs.examples import example_plan
from khazri.inputs.plans import read_plan
from khazri.programme import opening
from khazri.programme.codec import chained, first_fault
from khazri.programme.facts import PlanConfirmed
from khazri.store.folder import StoreError
from khazri.store.programme import PlanLog

WALL = "2026-11-23T00:00:00.000Z"


def test_what_is_written_is_read_back_and_nothing_twice(database: Engine) -> None:
    log = PlanLog(database)
    (fact,) = opening(read_plan(example_plan("joint-plan")))
    first = chained(None, plan="p", fact=fact, actor="a", party="alfa", wall=WALL)
    second = chained(first, plan="p", fact=PlanConfirmed(to="agreed", party="alfa"), actor="a", party="alfa", wall=WALL)
    log.append([first])
    log.append([second])
    assert log.plans() == ("p",)
    assert log.read("p") == [first, second]
    assert first_fault(log.read("p")) is None
    with pytest.raises(StoreError, match="another writer"):
        log.append([replace(second, hash="f" * 64)])
    assert len(log.read("p")) == 2
