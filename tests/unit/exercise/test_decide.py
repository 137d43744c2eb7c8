"""Rules of play: who may do what, and why not."""

from __future__ import annotations

import pytest

from khazri.exercise import commands as c
from khazri.exercise.refusal import CODES, refuse
from khazri.exercise.roles import MAY_COMMAND, Actor, Role, may_command

from .conftest import ALFA, BRAVO, DIRECTOR, EVALUATOR, OBSERVER, Recorder

AREA = ((49.0, 45.0), (49.1, 45.0), (49.1, 45.1))


def code(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


def test_a_player_tasks_its_own_skimmer_once_play_has_started(live: Recorder) -> None:
    task = c.TaskSkimmer(unit="alfa-skimmer", area=AREA)
    assert code(live.command(ALFA, task)) == "not_running"
    assert live.command(DIRECTOR, c.Start()) is None
    assert live.command(ALFA, task) is None
    assert live.state.tasks["alfa-skimmer"].geometry == AREA


def test_an_order_to_a_unit_of_the_other_delegation_is_refused(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    refusal = live.command(ALFA, c.TaskSkimmer(unit="bravo-skimmer", area=AREA))
    assert code(refusal) == "unit_of_other_party"
    assert live.state.tasks == {}


def test_a_boom_vessel_cannot_skim(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    assert code(live.command(ALFA, c.TaskSkimmer(unit="alfa-boom", area=AREA))) == "unit_cannot"


@pytest.mark.parametrize("role", list(Role))
def test_what_the_matrix_does_not_name_is_refused(role: Role, live: Recorder) -> None:
    commands = {
        "start": c.Start(),
        "end": c.End(),
        "change_wind": c.ChangeWind(site="north-caspian", speed=10.0, from_bearing=1.0),
        "fire_inject": c.FireInject(inject="by-hand"),
        "task_skimmer": c.TaskSkimmer(unit="alfa-skimmer", area=AREA),
        "mark_objective": c.MarkObjective(objective="notify", rating="P", reason="seen"),
        "write_note": c.WriteNote(text="x"),
    }
    for kind, command in commands.items():
        refusal = live.command(Actor("someone", role, "alfa", "alfa-ops"), command)
        if not may_command(role, kind):
            assert code(refusal) == "role_may_not", f"{role} {kind}"
        else:
            assert code(refusal) != "role_may_not", f"{role} {kind}"


def test_every_kind_of_command_is_given_to_somebody() -> None:
    kinds = {model.model_fields["kind"].default for model in c.Model.__subclasses__() if "kind" in model.model_fields}
    granted = set().union(*MAY_COMMAND.values())
    commands = {k for k in kinds if k in granted}
    from typing import get_args

    union = get_args(get_args(c.Command)[0])
    assert {model.model_fields["kind"].default for model in union} == granted == commands


def test_mail_is_for_its_recipient_alone(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    live.command(ALFA, c.SendMessage(to="bravo-ops", subject="oil", text="coming your way"))
    seq = live.state.seq
    assert code(live.command(ALFA, c.AcknowledgeMessage(message=seq))) == "not_your_message"
    assert live.command(BRAVO, c.AcknowledgeMessage(message=seq)) is None
    assert live.state.messages[seq].acknowledged_by == {"bravo-ops"}


def test_that_there_is_mail_between_others_is_not_told(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    live.command(ALFA, c.SendMessage(to="control", subject="oil", text="a word"))
    seq = live.state.seq
    for command in (c.ReadMessage(message=seq), c.AcknowledgeMessage(message=seq)):
        assert code(live.command(BRAVO, command)) == "unknown_message"


def test_a_polwarn_goes_to_the_other_delegation(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    form = c.Polwarn(date_and_time=3, position=(49.0, 45.0), incident="platform", outflow="crude, 100 t/h")
    assert code(live.command(ALFA, c.FilePolwarn(to="alfa-ops", form=form))) == "own_party"
    assert live.command(ALFA, c.FilePolwarn(to="bravo-ops", form=form)) is None


def test_after_the_end_only_judging_goes_on(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    live.command(DIRECTOR, c.End())
    assert code(live.command(ALFA, c.TaskSkimmer(unit="alfa-skimmer", area=AREA))) == "already_ended"
    assert (
        live.command(EVALUATOR, c.MarkObjective(objective="notify", rating="S", reason="late", evidence=(1,))) is None
    )
    assert live.command(OBSERVER, c.WriteNote(text="well run")) is None


def test_an_inject_fires_once_with_its_message(live: Recorder) -> None:
    live.command(DIRECTOR, c.Start())
    assert live.command(DIRECTOR, c.FireInject(inject="by-hand")) is None
    assert [m.to for m in live.state.messages.values()] == ["bravo-ops"]
    assert code(live.command(DIRECTOR, c.FireInject(inject="by-hand"))) == "inject_already_fired"


def test_a_refusal_carries_exactly_the_parameters_of_its_code() -> None:
    with pytest.raises(TypeError, match="unknown_unit"):
        refuse("unknown_unit", unit="x")
    assert set(CODES["unknown_unit"]) == {"unit", "known"}
