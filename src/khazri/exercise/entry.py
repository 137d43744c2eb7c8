"""One line of the log: a fact, when it takes effect, who and why, and the chain that binds it to all before it."""

from __future__ import annotations

from dataclasses import dataclass, field

from khazri.exercise.facts import Fact

FIRST_PREV = "0" * 64


@dataclass(frozen=True)
class Entry:
    """A fact in its place.

    `step` is the step before which it takes effect; `wall` is recorded, never read by the fold.
    """

    run: str
    seq: int
    step: int
    fact: Fact
    actor: str  # person, or "world", "inject", "clock"
    cause: str  # a seq, inject:ID, trigger:ID or world@step; "" for a command given freely
    wall: str  # UTC, ISO 8601
    prev: str
    hash: str
    # Version and payload as they stand in the log this was read from: the hash is over them, whichever build reads.
    as_written: tuple[int, dict[str, object]] | None = field(default=None, compare=False, repr=False)

    @property
    def kind(self) -> str:
        """The fact's kind."""
        return self.fact.kind
