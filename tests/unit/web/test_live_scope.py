"""The socket sends what the listener may see at that moment, whatever it could see a moment ago."""

from __future__ import annotations

from types import SimpleNamespace

from khazri.conduct.hub import Subscription
from khazri.conduct.world import Look
from khazri.exercise.roles import Actor, Role
from khazri.exercise.visibility import Scope
from khazri.web.live import _looked

OBSERVER = Actor("olga", Role.OBSERVER, "charlie")
TRUTH, NOTHING = Scope(True, frozenset({"alfa"})), Scope(False, frozenset())
LOOK = Look(7, frames={"sea": b"KHZ1"})


def conductor(open_to: Scope) -> SimpleNamespace:
    plain = {"step": 7, "units": [], **({"budget": {}} if open_to.truth else {})}
    view = SimpleNamespace(plain=lambda: plain)
    return SimpleNamespace(
        run=f"r-{open_to.truth}", state=SimpleNamespace(seq=3), open_to=lambda actor: open_to, view=lambda actor: view
    )


def test_a_grant_that_ran_out_between_two_steps_sends_no_more_frames() -> None:
    messages = _looked(conductor(NOTHING), Subscription(OBSERVER, TRUTH), LOOK)  # type: ignore[arg-type]
    assert messages == [{"type": "summary", "step": 7, "units": []}]


def test_the_truth_is_not_kept_as_what_others_may_see() -> None:
    live = conductor(TRUTH)
    granted = _looked(live, Subscription(OBSERVER, NOTHING), LOOK)  # type: ignore[arg-type]
    assert granted == [{"type": "summary", "step": 7, "units": [], "budget": {}}, b"KHZ1"]
    live.open_to, live.view = conductor(NOTHING).open_to, conductor(NOTHING).view
    player = _looked(live, Subscription(Actor("anna", Role.PLAYER), NOTHING), LOOK)  # type: ignore[arg-type]
    assert player == [{"type": "summary", "step": 7, "units": []}]
