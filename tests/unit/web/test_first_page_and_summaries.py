"""What makes the service quick: its first page loads no compiler, and what many see alike is made once."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

from khazri.conduct.world import Look
from khazri.exercise.roles import Actor, Role
from khazri.exercise.visibility import Scope
from khazri.web.live import Summaries

HEAVY = ("numba", "llvmlite", "scipy", "pyproj", "xarray", "matplotlib", "shapely")


def test_the_first_page_waits_for_no_compiler() -> None:
    code = f"import sys; import khazri.cli.serve, khazri.web.app; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_look_is_made_into_a_summary_once_for_all_who_may_see_the_same() -> None:
    made: list[str] = []

    def view(actor: Actor) -> SimpleNamespace:
        made.append(actor.party)
        return SimpleNamespace(plain=lambda: {"step": 7, "units": [actor.party]})

    scopes = {party: Scope(False, frozenset({party})) for party in ("alfa", "bravo")}
    conductor = SimpleNamespace(state=SimpleNamespace(seq=3), open_to=lambda actor: scopes[actor.party], view=view)
    players = [Actor(f"p{number}", Role.PLAYER, party) for number in range(20) for party in scopes]
    summaries, look = Summaries(), Look(7)
    found = [summaries.of(conductor, player, look)["units"] for player in players]  # type: ignore[arg-type]
    assert sorted(made) == ["alfa", "bravo"]
    assert found == [[player.party] for player in players]
    conductor.state.seq = 4  # a fact may have changed what is seen
    summaries.of(conductor, players[0], look)  # type: ignore[arg-type]
    assert len(made) == 3
