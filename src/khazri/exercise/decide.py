"""From a command to facts, or to a refusal. The only place where people's wishes meet the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from khazri.exercise import commands as c
from khazri.exercise import facts as f
from khazri.exercise.design import Unit
from khazri.exercise.facts import Fact
from khazri.exercise.refusal import Refusal, refuse
from khazri.exercise.roles import Actor, Role, may_command
from khazri.exercise.state import State
from khazri.simulation.orders import TaskKind

if TYPE_CHECKING:
    from khazri.exercise.feasibility import Feasibility

Decision = tuple[Fact, ...] | Refusal
CONTROL = "control"
# What may still be written once EndEx is called: judging and learning go on.
AFTER_END = frozenset({"write_note", "mark_objective", "record_finding", "read_message"})


def decide(state: State, feasibility: Feasibility, actor: Actor, step: int, command: c.Command) -> Decision:
    """The facts that follow from `command`, taking effect before `step`, or why it is refused."""
    if not may_command(actor.role, command.kind):
        return refuse("role_may_not", role=actor.role.value, command=command.kind)
    if state.phase == "ended" and command.kind not in AFTER_END:
        return refuse("already_ended")
    match command:
        case c.Start() | c.Pause() | c.Resume() | c.SetPace() | c.Jump() | c.End():
            return _clock(state, step, command)
        case c.ChangeWind():
            if command.site not in state.design.sites:
                return refuse("unknown_site", site=command.site, known=state.design.sites)
            return (f.WindChanged(site=command.site, speed=command.speed, from_bearing=command.from_bearing),)
        case c.FailUnit():
            return _fail(state, step, command)
        case c.FireInject() | c.HoldInject():
            return _inject(state, command)
        case c.GrantView():
            return _grant(state, command)
        case c.TaskSkimmer() | c.DeployBoom() | c.StandBy() | c.TaskUnit():
            return _task(state, feasibility, actor, command)
        case c.SendMessage() | c.FilePolwarn() | c.ReadMessage() | c.AcknowledgeMessage():
            return _mail(state, actor, command)
        case c.WriteNote():
            return (f.NoteWritten(text=command.text, shared=command.shared),)
        case c.MarkObjective() | c.RecordFinding():
            return _judge(state, command)
        case _:
            assert_never(command)


def fire(state: State, inject: str) -> tuple[Fact, ...]:
    """The facts of an inject that is due or fired by hand: its delivery and its message."""
    planned = next(i for i in state.design.injects if i.ident == inject)
    return (
        f.InjectFired(inject=inject),
        f.MessageSent(
            sender=planned.sender,
            to=planned.to,
            precedence=planned.precedence,
            subject=planned.subject,
            text=planned.text,
            inject=inject,
        ),
    )


def _clock(state: State, step: int, command: c.Start | c.Pause | c.Resume | c.SetPace | c.Jump | c.End) -> Decision:
    match command:
        case c.Start():
            return refuse("already_running") if state.phase != "ready" else (f.Started(),)
        case c.Pause():
            return refuse("not_running", phase=state.phase) if state.phase != "running" else (f.Paused(),)
        case c.Resume():
            if state.phase == "ready":
                return refuse("not_started")
            return refuse("already_running") if state.phase == "running" else (f.Resumed(),)
        case c.SetPace():
            return (f.PaceSet(pace=command.pace),)
        case c.Jump():
            if state.phase != "running":
                return refuse("not_running", phase=state.phase)
            if command.to_step <= step:
                return refuse("jump_backwards", step=step, to_step=command.to_step)
            if command.to_step > state.design.last_step:
                return refuse("beyond_end", to_step=command.to_step, last_step=state.design.last_step)
            return (f.Jumped(to_step=command.to_step),)
        case c.End():
            return refuse("not_started") if state.phase == "ready" else (f.Ended(),)


def _inject(state: State, command: c.FireInject | c.HoldInject) -> Decision:
    known = tuple(inject.ident for inject in state.design.injects)
    if command.inject not in known:
        return refuse("unknown_inject", inject=command.inject, known=known)
    if command.inject in state.injects_fired:
        return refuse("inject_already_fired", inject=command.inject)
    return fire(state, command.inject) if isinstance(command, c.FireInject) else (f.InjectHeld(inject=command.inject),)


def _grant(state: State, command: c.GrantView) -> Decision:
    for party in (command.party, command.of_party):
        if party is not None and party not in state.design.parties:
            return refuse("unknown_party", party=party, known=state.design.parties)
    return (f.ViewGranted(**command.model_dump(exclude={"kind"})),)


def _unit_of(state: State, actor: Actor, ident: str) -> Unit | Refusal:
    own = {unit.ident: unit for unit in state.design.units if unit.party == actor.party}
    if ident in own:
        return own[ident]
    other = next((unit for unit in state.design.units if unit.ident == ident), None)
    if other is not None:
        return refuse("unit_of_other_party", unit=ident, party=other.party)
    return refuse("unknown_unit", unit=ident, known=tuple(sorted(own)))


def _fail(state: State, step: int, command: c.FailUnit) -> Decision:
    known = tuple(sorted(unit.ident for unit in state.design.units))
    if command.unit not in known:
        return refuse("unknown_unit", unit=command.unit, known=known)
    if command.until_step is not None and command.until_step <= step:
        return refuse("jump_backwards", step=step, to_step=command.until_step)
    return (f.UnitFailed(unit=command.unit, failure=command.failure, until_step=command.until_step),)


def unit_of_another(state: State, party: str, target: str) -> str | None:
    """The party whose unit an order names as its target; None: one's own, or no unit at all."""
    found = next((unit.party for unit in state.design.units if unit.ident == target), party)
    return None if found == party else found


def _task(
    state: State,
    feasibility: Feasibility,
    actor: Actor,
    command: c.TaskSkimmer | c.DeployBoom | c.StandBy | c.TaskUnit,
) -> Decision:
    unit = _unit_of(state, actor, command.unit)
    if isinstance(unit, Refusal):
        return unit
    if isinstance(command, c.StandBy):
        return (f.StoodBy(unit=unit.ident),)
    if state.phase != "running":
        return refuse("not_running", phase=state.phase)
    if isinstance(command, c.TaskUnit):
        foreign = unit_of_another(state, unit.party, command.target)
        if foreign is not None:
            return refuse("unit_of_other_party", unit=command.target, party=foreign)
        refusal = feasibility(
            unit.ident, command.task, command.geometry, target=command.target, parameters=command.parameters
        )
        return refusal if refusal is not None else (f.UnitTasked(**command.model_dump(exclude={"kind"})),)
    wanted = "skimming_vessel" if isinstance(command, c.TaskSkimmer) else "boom_vessel"
    if unit.kind != wanted:
        return refuse("unit_cannot", unit=unit.ident, unit_kind=unit.kind, task=command.kind)
    task: TaskKind = "skim" if isinstance(command, c.TaskSkimmer) else "boom"
    geometry = command.area if isinstance(command, c.TaskSkimmer) else command.line
    refusal = feasibility(unit.ident, task, geometry)
    if refusal is not None:
        return refusal
    if isinstance(command, c.TaskSkimmer):
        return (f.SkimmerTasked(unit=unit.ident, area=command.area),)
    return (f.BoomOrdered(unit=unit.ident, line=command.line),)


def _mail(
    state: State, actor: Actor, command: c.SendMessage | c.FilePolwarn | c.ReadMessage | c.AcknowledgeMessage
) -> Decision:
    own = actor.cell if actor.role in (Role.PLAYER, Role.LIAISON) else CONTROL
    known = (*(cell.ident for cell in state.design.cells), CONTROL)
    if isinstance(command, c.ReadMessage | c.AcknowledgeMessage):
        message = state.messages.get(command.message)
        if message is None or (own != CONTROL and own not in (message.sender, message.to)):  # not even that it is one
            return refuse("unknown_message", message=command.message)
        if message.to != own:
            return refuse("not_your_message", message=command.message)
        if isinstance(command, c.ReadMessage):
            return () if own in message.read_by else (f.MessageRead(message=command.message, cell=own),)
        done = own in message.acknowledged_by
        return () if done else (f.MessageAcknowledged(message=command.message, cell=own),)
    if command.to not in known:
        return refuse("unknown_recipient", to=command.to, known=known)
    if isinstance(command, c.FilePolwarn):
        party = next((cell.party for cell in state.design.cells if cell.ident == command.to), "")
        if party == actor.party:
            return refuse("own_party", to=command.to)
        return (
            f.MessageSent(
                sender=own,
                to=command.to,
                precedence="urgent",
                subject={"und": "POLWARN"},
                text={"und": command.form.incident},
                form=command.form,
            ),
        )
    if command.reply_to is not None and not _concerns(state, command.reply_to, own):
        return refuse("unknown_message", message=command.reply_to)
    return (
        f.MessageSent(
            sender=own,
            to=command.to,
            precedence=command.precedence,
            subject={"und": command.subject},
            text={"und": command.text},
            reply_to=command.reply_to,
        ),
    )


def _concerns(state: State, seq: int, cell: str) -> bool:
    message = state.messages.get(seq)
    return message is not None and cell in (message.sender, message.to)


def _judge(state: State, command: c.MarkObjective | c.RecordFinding) -> Decision:
    known = tuple(objective.ident for objective in state.design.objectives)
    if command.objective is not None and command.objective not in known:
        return refuse("unknown_objective", objective=command.objective, known=known)
    for seq in command.evidence:
        if seq > state.seq:
            return refuse("unknown_evidence", seq=seq)
    if isinstance(command, c.MarkObjective):
        return (f.ObjectiveMarked(**command.model_dump(exclude={"kind"})),)
    return (f.FindingRecorded(**command.model_dump(exclude={"kind"})),)
