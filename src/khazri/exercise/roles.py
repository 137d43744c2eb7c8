"""Who may do what: the role matrix, kept as data. What is not written here is refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Roles in an exercise (CONTRACTS)."""

    ADMINISTRATOR = "administrator"
    DESIGNER = "designer"
    DIRECTOR = "director"
    CONTROLLER = "controller"
    SAFETY = "safety"
    EVALUATOR = "evaluator"
    PLAYER = "player"
    LIAISON = "liaison"
    OBSERVER = "observer"


@dataclass(frozen=True)
class Actor:
    """A person in a role. Players and liaisons act for a cell; everybody belongs to a party except control."""

    person: str
    role: Role
    party: str = ""
    cell: str = ""


SEES_TRUTH: Final = frozenset({Role.DIRECTOR, Role.CONTROLLER, Role.SAFETY, Role.EVALUATOR})

_CLOCK = frozenset({"start", "pause", "resume", "set_pace", "jump", "end"})
_STORY = frozenset({"change_wind", "fail_unit", "fire_inject", "hold_inject"})
_UNITS = frozenset({"task_skimmer", "deploy_boom", "stand_by", "task_unit"})
_MAIL = frozenset({"send_message", "read_message", "acknowledge_message"})

# role -> kinds of command. A player's are further bound to the own party's units and the own cell's mail (`decide`).
MAY_COMMAND: Final[dict[Role, frozenset[str]]] = {
    Role.ADMINISTRATOR: frozenset(),
    Role.DESIGNER: frozenset(),
    Role.DIRECTOR: _CLOCK | _STORY | _MAIL | {"grant_view", "write_note", "record_finding"},
    Role.CONTROLLER: _STORY | _MAIL | {"pause", "write_note"},
    Role.SAFETY: frozenset({"pause", "write_note"}),
    Role.EVALUATOR: frozenset({"write_note", "mark_objective", "record_finding"}),
    Role.PLAYER: _UNITS | _MAIL | {"file_polwarn"},
    Role.LIAISON: _MAIL,
    Role.OBSERVER: frozenset({"write_note"}),
}

# role -> kinds of question (the rest of what `web` offers).
MAY_ASK: Final[dict[Role, frozenset[str]]] = {
    Role.ADMINISTRATOR: frozenset({"exercise"}),
    Role.DESIGNER: frozenset({"exercise"}),
    Role.DIRECTOR: frozenset({"exercise", "view", "live", "preview", "sea", "replay", "replay_as", "report"}),
    Role.CONTROLLER: frozenset({"exercise", "view", "live", "preview", "sea", "replay", "replay_as", "report"}),
    Role.SAFETY: frozenset({"exercise", "view", "live", "sea"}),
    Role.EVALUATOR: frozenset({"exercise", "view", "live", "sea", "replay", "replay_as", "report"}),
    # sea, replay and report of players, liaisons and observers: after EndEx (`may_ask_now`)
    Role.PLAYER: frozenset({"exercise", "view", "live", "preview", "sea", "replay", "report"}),
    Role.LIAISON: frozenset({"exercise", "view", "live", "sea", "replay", "report"}),
    Role.OBSERVER: frozenset({"exercise", "view", "live", "sea", "replay", "report"}),
}


def may_command(role: Role, kind: str) -> bool:
    """Whether a role may give a kind of command at all."""
    return kind in MAY_COMMAND.get(role, frozenset())


def may_ask(role: Role, question: str) -> bool:
    """Whether a role may ask a kind of question at all."""
    return question in MAY_ASK.get(role, frozenset())


# Questions that those who do not see the truth may ask only once EndEx is called.
AFTER_END_ONLY: Final[frozenset[str]] = frozenset({"sea", "replay", "replay_as", "report"})


def may_ask_now(role: Role, question: str, *, ended: bool) -> bool:
    """Whether a role may ask a kind of question as the exercise stands."""
    return may_ask(role, question) and (ended or role in SEES_TRUTH or question not in AFTER_END_ONLY)
