"""The only door between what is so and what people see. Deny by default: what no rule here shows is not sent.

`shown` gives a fact as one person may see it, `picture.view` the whole exercise. When a `scope` changes (a grant, its
end, EndEx), what was hidden becomes visible or the other way round: send a new view then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from khazri.exercise import facts as f
from khazri.exercise.codec import payload_of, version_of
from khazri.exercise.decide import CONTROL
from khazri.exercise.entry import Entry
from khazri.exercise.roles import SEES_TRUTH, Actor, Role
from khazri.exercise.state import Message, Note, State
from khazri.exercise.view import Shown

# What the world does that is no unit's own story: never a player's to see, whatever its subject is called.
OF_THE_WORLD: Final = frozenset({"release started", "release stopped", "place oiled", "oil ashore", "oil left domain"})
# What a crew notices without being able to measure it: the owner is told that it is so, and no figure.
WITHOUT_FIGURES: Final = frozenset({"boom leaking"})


@dataclass(frozen=True)
class Scope:
    """What somebody may see: the truth, or the pictures of some parties."""

    truth: bool
    parties: frozenset[str]


def sees_truth(state: State, actor: Actor, step: int) -> bool:
    """Control and evaluators; observers after EndEx or under a grant that is a fact; players after EndEx."""
    if actor.role in SEES_TRUTH:
        return True
    if actor.role in (Role.OBSERVER, Role.PLAYER, Role.LIAISON) and state.phase == "ended":
        return True
    if actor.role is Role.OBSERVER:
        return any(grant.scope == "truth" and step < grant.until_step for grant in state.grants.get(actor.party, ()))
    return False


def pictures(state: State, actor: Actor, step: int) -> frozenset[str]:
    """Parties whose own picture (units, sightings, mail) the actor may see."""
    if sees_truth(state, actor, step):
        return frozenset(state.design.parties)
    if actor.role in (Role.PLAYER, Role.LIAISON):
        return frozenset({actor.party})
    if actor.role is Role.OBSERVER:
        granted = {
            grant.of_party
            for grant in state.grants.get(actor.party, ())
            if grant.scope == "delegation" and grant.of_party is not None and step < grant.until_step
        }
        return state.design.observers_may_see | state.design.shown_to.get(actor.party, frozenset()) | granted
    return frozenset()


def scope(state: State, actor: Actor, step: int) -> Scope:
    """What an actor may see before `step`."""
    return Scope(sees_truth(state, actor, step), pictures(state, actor, step))


def may_see(state: State, actor: Actor, entry: Entry) -> bool:
    """Whether an entry of the log may be sent to an actor, as the state stands after it."""
    fact = entry.fact
    open_to = scope(state, actor, entry.step)
    if isinstance(fact, f.NoteWritten):  # not even the truth opens another's private note
        return entry.actor == actor.person or (fact.shared and open_to.truth)
    if open_to.truth:
        return True
    match fact:
        case f.Started() | f.Paused() | f.Resumed() | f.PaceSet() | f.Jumped() | f.Ended():
            return True
        case f.SkimmerTasked() | f.BoomOrdered() | f.StoodBy() | f.UnitTasked():
            return party_of_unit(state, fact.unit) in open_to.parties
        case f.MessageSent():
            return _is_mail_of(state, actor, open_to, (fact.sender, fact.to))
        case f.MessageRead() | f.MessageAcknowledged():
            return sees_message(state, actor, open_to, state.messages[fact.message])
        case f.Happened():
            return fact.what not in OF_THE_WORLD and party_of_unit(state, fact.subject) in open_to.parties
        case f.ViewGranted():
            return actor.role is Role.OBSERVER and fact.party == actor.party
        case (
            f.Opened()
            | f.WindChanged()
            | f.UnitFailed()
            | f.InjectFired()
            | f.InjectHeld()
            | f.ObjectiveMarked()
            | f.FindingRecorded()
        ):
            return False
        case _:
            assert_never(fact)


def shown(state: State, actor: Actor, entry: Entry) -> Shown | None:
    """An entry as an actor may see it, as the state stands after it; None: not at all.

    Without the truth, a message does not tell that an inject wrote it, and only one's own facts name a person.
    """
    if not may_see(state, actor, entry):
        return None
    payload = payload_of(entry.fact)
    truth = sees_truth(state, actor, entry.step)
    if isinstance(entry.fact, f.MessageSent) and not truth:
        payload["inject"] = None
    if isinstance(entry.fact, f.Happened) and entry.fact.what in WITHOUT_FIGURES and not truth:
        payload["values"] = {}
    known = truth or entry.actor == actor.person
    return Shown(
        seq=entry.seq,
        step=entry.step,
        kind=entry.kind,
        version=version_of(entry.kind),
        payload=payload,
        actor=entry.actor if known else "",
        cause=entry.cause if truth else "",
    )


def sees_message(state: State, actor: Actor, open_to: Scope, message: Message) -> bool:
    """Whether a message is the actor's to read."""
    return open_to.truth or _is_mail_of(state, actor, open_to, (message.sender, message.to))


def sees_note(actor: Actor, open_to: Scope, note: Note) -> bool:
    """One's own notes; shared ones with the truth."""
    return note.actor == actor.person or (note.shared and open_to.truth)


def party_of_unit(state: State, ident: str) -> str | None:
    """Whose a unit is; None: no such unit."""
    return next((unit.party for unit in state.design.units if unit.ident == ident), None)


def _is_mail_of(state: State, actor: Actor, open_to: Scope, cells: tuple[str, str]) -> bool:
    if actor.role in (Role.PLAYER, Role.LIAISON):
        return actor.cell in cells
    return any(_party_of_cell(state, cell) in open_to.parties for cell in cells if cell != CONTROL)


def _party_of_cell(state: State, ident: str) -> str | None:
    return next((cell.party for cell in state.design.cells if cell.ident == ident), None)
