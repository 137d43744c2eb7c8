"""Where units sprayed and burned: lines that go on, who pauses begins another, and a snapshot keeps them."""

from __future__ import annotations

import math

import numpy as np
import pytest
import small_sea
from small_fleet import box, degrees, world

from khazri.response import unit_of
from khazri.response.treated_places import APART, PAUSE, TreatedPlace, lines_of, with_more
from khazri.simulation import Orders, advance, observe_units, restore_world, save_world
from khazri.simulation.orders import UnitTask

AREA = box(-900.0, -900.0, 900.0, 900.0)
LIGHT = small_sea.constant("wind", 5.0, 0.0)
STILL = small_sea.constant("current", 0.0, 0.0)


def strip(west: float, east: float, y: float = 0.0):
    """A quadrilateral swept eastwards, 40 m wide."""
    return [[west, y + 20.0], [east, y + 20.0], [east, y - 20.0], [west, y - 20.0]]


def place(first: int, *line: tuple[float, float], treatment="spray", unit: str = "a", oil: float = 1.0) -> TreatedPlace:
    return TreatedPlace(unit, treatment, (line,), first, first + 1, oil)


def test_strips_that_follow_one_another_are_one_straight_line() -> None:
    assert lines_of([strip(0.0, 100.0), strip(105.0, 200.0)]) == [((0.0, 0.0), (200.0, 0.0))]


def test_a_strip_far_from_the_last_is_another_line() -> None:
    assert len(lines_of([strip(0.0, 100.0), strip(100.0 + 1.1 * APART, 900.0)])) == 2


def test_of_a_strip_only_the_pieces_that_hold_oil_are_shown() -> None:
    oil = np.array([[500.0, 0.0], [500.0, 25.0], [2_000.0, -10.0], [2_600.0, 0.0]])
    (first, second) = lines_of([strip(0.0, 2_500.0)], oil)
    assert first == ((450.0, 0.0), (600.0, 0.0))  # the second drop lies beside the strip
    assert second == ((1_950.0, 0.0), (2_100.0, 0.0))  # and the last beyond its end


def more(known, *fresh: TreatedPlace):
    return with_more(known, fresh, dt=60.0)


ONE = place(3, (0.0, 0.0), (100.0, 0.0))


def test_a_line_goes_on_while_its_unit_does_and_its_oil_adds_up() -> None:
    known = more(more((), ONE), place(4, (110.0, 0.0), (200.0, 0.0), oil=2.0))
    assert known == (TreatedPlace("a", "spray", (((0.0, 0.0), (200.0, 0.0)),), 3, 5, 3.0),)


@pytest.mark.parametrize("after", [place(6, (100.0, 0.0), (200.0, 0.0)), place(4, (500.0, 0.0), (600.0, 0.0))])
def test_after_a_short_pause_or_elsewhere_a_place_has_another_line(after: TreatedPlace) -> None:
    (known,) = more(more((), ONE), after)
    assert known.lines == (*ONE.lines, *after.lines)
    assert (known.first, known.last, known.oil) == (3, after.last, 2.0)


@pytest.mark.parametrize(
    "after",
    [
        place(4 + round(PAUSE / 60.0), (100.0, 0.0), (200.0, 0.0)),
        place(4, (100.0, 0.0), treatment="burn"),
        place(4, (100.0, 0.0), (200.0, 0.0), unit="b"),
    ],
)
def test_what_does_not_go_on_is_another_place(after: TreatedPlace) -> None:
    known = more((), ONE)
    assert more(known, after) == (*known, after)


@pytest.mark.slow
def test_an_aircraft_leaves_lines_over_the_oil_and_all_that_it_dispersed_lies_along_them() -> None:
    kind = {"mobilisation": 60.0, "payload": 0.4, "least_shore": 0.0, "least_depth": 5.0}
    unit = unit_of("alfa-air", "dispersant_aircraft", "test", degrees((-3_000.0, 0.0))[0], kind)
    on, again = world(unit, LIGHT, STILL), world(unit, LIGHT, STILL)
    order = Orders(tasks={"alfa-air": UnitTask("spray", AREA, 0, 1)})
    for _ in range(40):
        advance(on, order)
    assert on.treated
    assert sum(each.oil for each in on.treated) == pytest.approx(on.vessels[0].treated, rel=1e-9)
    assert all(math.hypot(*point) < 2_000.0 for each in on.treated for line in each.lines for point in line)
    assert all(0 < each.first < each.last <= 40 for each in on.treated)
    shown = observe_units(on).treated
    assert [[len(line) for line in each.lines] for each in shown] == [
        [len(line) for line in each.lines] for each in on.treated
    ]
    restore_world(again, save_world(on))
    assert again.treated == on.treated
    for each in (on, again):
        for _ in range(40):
            advance(each, order)
    assert again.treated == on.treated


@pytest.mark.slow
def test_a_fire_leaves_the_place_and_the_time_of_its_burning() -> None:
    team = unit_of("alfa-fire", "burn_team", "test", degrees((-1_200.0, 0.0))[0], {"mobilisation": 60.0})
    calm = small_sea.constant("wind", 0.0, 0.0)
    on = world(team, calm, STILL, particles=2_000, processes=frozenset({"spreading"}))
    order = Orders(tasks={"alfa-fire": UnitTask("burn", box(-600.0, -100.0, 600.0, 100.0), 0, 1)})
    steps = {"fire lit": [], "fire out": []}
    for _ in range(400):
        for each in advance(on, order)[1]:
            if each.kind in steps:
                steps[each.kind].append(each.step)
        if steps["fire out"]:
            break
    assert steps["fire out"]
    assert on.treated[0].treatment == "burn"
    assert on.treated[0].last == pytest.approx(steps["fire out"][0], abs=1)
    assert on.treated[0].first == steps["fire lit"][0] - 1
    assert sum(each.oil for each in on.treated) == pytest.approx(on.vessels[0].treated, rel=1e-9)
