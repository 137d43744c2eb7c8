"""Booms that move carry what they hold; they hold so much and no more; analytic cases of lines in a uniform current."""

from __future__ import annotations

import numpy as np
import pytest
from small_sea import at_once, constant, site

from khazri.engine import Controls, Owner, Status, budget, start, step
from khazri.engine.controls import Boom

CALM: frozenset[str] = frozenset()


def drifting(speed: float, *, particles: int = 500, dt: float = 60.0, radius: float = 20.0, **changes: object):
    inputs = site(
        constant("current", speed, 0.0), constant("wind", 0.0, 0.0), release=at_once(radius=radius), particles=particles,
        processes=CALM, dt=dt, **changes,
    )  # fmt: skip
    return inputs, start(inputs, 0)


def closed(state) -> float:
    return abs(budget(state).sum() - state.released.sum()) / state.released.sum()


def towed(points: list[tuple[float, float]], move: tuple[float, float], k: int, **about: float) -> Boom:
    """A line that has been moved k times and is moved once more."""
    line = np.array(points) + np.array(move) * (k + 1)
    return Boom(0, line, 0.5, before=line - np.array(move), wave_limit=2.0, **about)  # type: ignore[arg-type]


U = [(60.0 * np.cos(a), 60.0 * np.sin(a)) for a in np.linspace(-np.pi / 2, np.pi / 2, 13)]  # its apex to the east


def test_a_towed_u_carries_all_that_it_holds() -> None:
    inputs, state = drifting(0.0)
    for k in range(120):  # to the west at 0.3 m/s, 2.2 km in all
        step(state, inputs, Controls(booms=(towed(U, (-18.0, 0.0), k),)))
    assert state.counts[Status.BOOMED] == state.living
    assert state.boom_tally[0].held == pytest.approx(1e5, rel=1e-6)
    x, y = state.pool.x[: state.living], state.pool.y[: state.living]
    assert (np.hypot(x + 18.0 * 120, y) < 60.0).all(), "some of it is outside the U"
    assert closed(state) < 1e-12


def test_a_u_that_turns_loses_nothing_through_its_sides() -> None:
    inputs, state = drifting(0.0)
    shape, before = np.array(U), np.array(U)
    for k in range(90):
        angle = -0.5 * np.pi * min(k / 60.0, 1.0)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        heading = turn @ np.array([-1.0, 0.0])
        centre = (before.mean(axis=0) if k else np.zeros(2)) + heading * 15.0
        line = shape @ turn.T
        line = line - line.mean(axis=0) + centre if k else line
        step(state, inputs, Controls(booms=(Boom(0, line, 0.5, before=before, wave_limit=2.0),)))
        before = line
    assert state.counts[Status.BOOMED] > 0.98 * state.living
    assert closed(state) < 1e-12


def test_a_boom_towed_through_still_oil_leaks_as_one_in_a_current() -> None:
    """0.45 m/s through still water and 0.45 m/s of current against a line that lies still are the same to the boom."""
    line = [(100.0, -900.0), (100.0, 900.0)]
    inputs, state = drifting(0.45, particles=20_000)
    for _ in range(12):
        step(state, inputs, Controls(booms=(Boom(0, np.array(line), 0.5, wave_limit=2.0),)))
    lying = state.boom_tally[0].held
    inputs, state = drifting(0.0, particles=20_000)
    for k in range(12):
        step(state, inputs, Controls(booms=(towed(line, (-27.0, 0.0), k),)))
    assert 0.02e5 < lying < 0.9e5
    assert state.boom_tally[0].held == pytest.approx(lying, rel=0.16)  # four standard errors of 600 particles


@pytest.mark.parametrize("dt", [60.0, 15.0])
def test_leaking_at_first_contact_does_not_hang_on_the_step(dt: float) -> None:
    speed, minutes = 0.45, 10
    inputs, state = drifting(speed, particles=40_000, dt=dt)
    for _ in range(round(minutes * 60 / dt)):
        step(state, inputs, Controls(booms=(Boom(0, np.array([[60.0, -500.0], [60.0, 500.0]]), 0.5, wave_limit=2.0),)))
    # each arrives after (60 - x0) / speed and leaks from then on at lambda = -ln(1 - share) / 60 s
    x0 = start(inputs, 0).pool.x[:40_000]
    pressed = minutes * 60.0 - (60.0 - x0) / speed
    share = (speed - 0.36) / (0.62 - 0.36)
    exact = float(np.mean((1.0 - share) ** (pressed / 60.0)))
    assert state.boom_tally[0].held / 1e5 == pytest.approx(exact, abs=4.0 * np.sqrt(exact / 40_000))


@pytest.mark.parametrize("speed", [0.30, 0.36, 0.42, 0.50, 0.58])
def test_leak_fraction_against_speed(speed: float) -> None:
    inputs, state = drifting(speed, particles=20_000)
    boom = Boom(0, np.array([[25.0, -500.0], [25.0, 500.0]]), 0.5, wave_limit=2.0)
    for _ in range(3):
        step(state, inputs, Controls(booms=(boom,)))
    before = state.boom_tally[0].held
    step(state, inputs, Controls(booms=(boom,)))
    share = min(max((speed - 0.36) / (0.62 - 0.36), 0.0), 1.0)
    n = 20_000 * before / 1e5
    assert 1.0 - state.boom_tally[0].held / before == pytest.approx(share, abs=4.0 / np.sqrt(max(n, 1.0)) + 1e-6)


def test_a_straight_boom_across_fails_where_one_aslant_leads_the_oil_along() -> None:
    """0.5 m/s across: leaks. At 40 degrees the normal speed is 0.32 m/s: nothing passes, all slides to the end."""
    across = Boom(0, np.array([[50.0, -800.0], [50.0, 800.0]]), 0.5, wave_limit=2.0)
    angle = np.radians(40.0)
    end = np.array([50.0 + 900.0 * np.cos(angle), -60.0 + 900.0 * np.sin(angle)])
    slanting = Boom(
        0, np.array([[50.0 - 100.0 * np.cos(angle), -60.0 - 100.0 * np.sin(angle)], end]), 0.5, wave_limit=2.0
    )
    lost = {}
    for name, boom in (("across", across), ("aslant", slanting)):
        inputs, state = drifting(0.5)
        total = 0.0
        for _ in range(20):
            step(state, inputs, Controls(booms=(boom,)))
            total += state.boom_tally[0].leaked
        lost[name] = total
    assert lost["across"] > 0.9e5
    assert lost["aslant"] == 0.0
    slid = state.pool.y[: state.living].mean()
    # the velocity along the boom is U cos a: over what is left of 20 minutes after the way to the boom (some 100 s)
    assert slid == pytest.approx(0.5 * np.cos(angle) * np.sin(angle) * 1_100.0, rel=0.15)


def test_a_v_gathers_oil_at_its_apex() -> None:
    inputs, state = drifting(0.4, radius=100.0)
    wide = Boom(0, np.array([[100.0, 300.0], [700.0, 0.0], [100.0, -300.0]]), 0.5, wave_limit=2.0)  # normal speed 0.18
    for _ in range(120):
        step(state, inputs, Controls(booms=(wide,)))
    x, y = state.pool.x[: state.living], state.pool.y[: state.living]
    assert state.counts[Status.BOOMED] == state.living
    assert (np.hypot(x - 700.0, y) < 5.0).all()


def test_what_is_more_than_its_capacity_drains() -> None:
    inputs, state = drifting(0.2)
    line = np.array([[50.0, -500.0], [50.0, 500.0]])
    drained = 0.0
    for _ in range(20):
        step(state, inputs, Controls(booms=(Boom(0, line, 0.5, capacity=40.0),)))
        assert state.boom_tally[0].volume <= 40.0
        drained += state.boom_tally[0].drained
    each = 1e5 / 870.0 / 500  # of a particle [m3]
    assert state.boom_tally[0].volume > 40.0 - 2.0 * each
    assert drained == pytest.approx(1e5 - state.boom_tally[0].held, rel=1e-6)
    assert (state.pool.x[: state.living] > 50.0).sum() * each == pytest.approx(1e5 / 870.0 - 40.0, abs=2.0 * each)
    assert closed(state) < 1e-12


def test_a_pool_deeper_than_two_thirds_of_the_skirt_drains() -> None:
    """A short net of shallow skirt: 100 t do not fit before 30 m of it."""
    inputs, state = drifting(0.3, radius=10.0)
    cup = np.array([[0.0, 20.0], [50.0, 10.0], [50.0, -10.0], [0.0, -20.0]])
    for _ in range(20):
        step(state, inputs, Controls(booms=(Boom(0, cup, 0.05),)))
    assert state.boom_tally[0].held < 0.5e5
    deep_inputs, deep = drifting(0.3, radius=10.0)
    for _ in range(20):
        step(deep, deep_inputs, Controls(booms=(Boom(0, cup, 0.6),)))
    assert deep.boom_tally[0].held == pytest.approx(1e5, rel=1e-6)


def test_held_oil_lies_thicker_than_the_slick_it_came_in() -> None:
    inputs = site(
        constant("current", 0.25, 0.0), constant("wind", 0.0, 0.0), release=at_once(radius=200.0), particles=2_000,
        processes=frozenset({"spreading"}), dt=60.0,
    )  # fmt: skip
    free, kept = start(inputs, 0), start(inputs, 0)
    boom = Boom(0, np.array([[150.0, 150.0], [300.0, 50.0], [300.0, -50.0], [150.0, -150.0]]), 0.6)
    for _ in range(60):
        step(free, inputs, Controls())
        step(kept, inputs, Controls(booms=(boom,)))
    held = kept.pool.status[: kept.living] == Status.BOOMED
    assert held.sum() > 100
    assert kept.pool.thickness[: kept.living][held].mean() > 3.0 * free.pool.thickness[: free.living].mean()


def test_a_worn_boom_loses_its_share_a_minute() -> None:
    inputs, state = drifting(0.2, particles=20_000)
    line = np.array([[25.0, -500.0], [25.0, 500.0]])
    for _ in range(5):
        step(state, inputs, Controls(booms=(Boom(0, line, 0.5),)))
    before = state.boom_tally[0].held
    step(state, inputs, Controls(booms=(Boom(0, line, 0.5, condition=0.9),)))
    assert state.boom_tally[0].held / before == pytest.approx(0.9, abs=0.01)


def test_no_gram_is_lost_by_a_towed_boom_that_crosses_others() -> None:
    inputs, state = drifting(0.1, radius=150.0)
    lying = Boom(1, np.array([[200.0, -300.0], [260.0, 0.0], [200.0, 300.0]]), 0.5, capacity=30.0)
    for k in range(60):
        step(state, inputs, Controls(booms=(towed(U, (10.0, 3.0), k), lying)))
        assert closed(state) < 1e-12
        tally = sum(t.held for t in state.boom_tally.values())
        assert tally == pytest.approx(budget(state)[Owner.BOOMED], abs=1e-3)
