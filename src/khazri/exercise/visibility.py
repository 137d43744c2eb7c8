"""The only door between what is so and what people see. Deny by default: what no rule here shows is not sent."""

from __future__ import annotations

from typing import assert_never

from khazri.exercise import facts as f
from khazri.exercise.decide import CONTROL
from khazri.exercise.entry import Entry
from khazri.exercise.roles import SEES_TRUTH, Actor, Role
from khazri.exercise.state import State


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
        return state.design.observers_may_see | granted
    return frozenset()


def may_see(state: State, actor: Actor, entry: Entry) -> bool:
    """Whether an entry of the log may be sent to an actor, as the state stands after it."""
    fact = entry.fact
    if isinstance(fact, f.NoteWritten):  # not even the truth opens another's private note
        return entry.actor == actor.person or (fact.shared and sees_truth(state, actor, entry.step))
    if sees_truth(state, actor, entry.step):
        return True
    shown = pictures(state, actor, entry.step)
    match fact:
        case f.Started() | f.Paused() | f.Resumed() | f.PaceSet() | f.Jumped() | f.Ended():
            return True
        case f.SkimmerTasked() | f.BoomOrdered() | f.StoodBy():
            return _party_of_unit(state, fact.unit) in shown
        case f.MessageSent():
            return _mail_seen(state, actor, shown, fact.sender, fact.to)
        case f.MessageRead() | f.MessageAcknowledged():
            message = state.messages[fact.message]
            return _mail_seen(state, actor, shown, message.sender, message.to)
        case f.Happened():
            return _party_of_unit(state, fact.subject) in shown
        case f.ViewGranted():
            return actor.role is Role.OBSERVER and fact.party == actor.party
        case (
            f.Opened() | f.WindChanged() | f.InjectFired() | f.InjectHeld() | f.ObjectiveMarked() | f.FindingRecorded()
        ):
            return False
        case _:
            assert_never(fact)


def _mail_seen(state: State, actor: Actor, shown: frozenset[str], sender: str, to: str) -> bool:
    if actor.role in (Role.PLAYER, Role.LIAISON):
        return actor.cell in (sender, to)
    return any(_party_of_cell(state, cell) in shown for cell in (sender, to) if cell != CONTROL)


def _party_of_unit(state: State, ident: str) -> str | None:
    return next((unit.party for unit in state.design.units if unit.ident == ident), None)


def _party_of_cell(state: State, ident: str) -> str | None:
    return next((cell.party for cell in state.design.cells if cell.ident == ident), None)
