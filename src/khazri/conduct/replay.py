"""Any minute again: the log folded to a step, and the world advanced to it from the snapshot before it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from khazri.conduct.world import LiveWorld, Look
from khazri.exercise.entry import Entry
from khazri.exercise.evolve import evolve
from khazri.exercise.picture import view
from khazri.exercise.roles import Actor
from khazri.exercise.state import State
from khazri.exercise.view import View


class Snapshots(Protocol):
    """Where the worlds of a run are kept."""

    def snapshot_before(self, step: int | None) -> tuple[int, bytes] | None:
        """The newest kept snapshot at a step or before it."""
        ...


class Replayer:
    """One run again. Its world is its own; it stands where it was last asked for, so that going on is cheap."""

    def __init__(self, first: State, snapshots: Snapshots, make_world: Callable[[], LiveWorld]) -> None:
        self._first = first
        self._snapshots = snapshots
        self._make_world = make_world
        self._world: LiveWorld | None = None
        self._shown: tuple[tuple[int, int], Look] | None = (
            None  # a view and its frame are asked for one after the other
        )
        self._one_at_a_time = threading.Lock()

    def at(self, entries: Sequence[Entry], step: int) -> tuple[State, Look]:
        """The state and the world as they stood at a step; call it in a worker thread."""
        with self._one_at_a_time:
            world = self._standing_at_most(step)
            state = self._first
            for entry in entries:
                if entry.step > step:
                    break
                while world.step < entry.step:
                    world.advance(state)
                state = evolve(state, entry)
            while world.step < step:
                world.advance(state)
            if self._shown is None or self._shown[0] != (step, state.seq):
                self._shown = ((step, state.seq), world.look(state))
            return state, self._shown[1]

    def view(self, entries: Sequence[Entry], step: int, actor: Actor) -> tuple[View, Look]:
        """What an actor saw then, and the world then."""
        state, look = self.at(entries, step)
        return view(state, actor, step, look.observation), look

    def _standing_at_most(self, step: int) -> LiveWorld:
        kept = self._snapshots.snapshot_before(step)
        world = self._world
        if world is not None and world.step <= step and (kept is None or world.step >= kept[0]):
            return world
        world = self._make_world()
        if kept is not None:
            world.restore(kept[1])
        self._world = world
        return world
