"""No byte that players and observers are sent holds what is not theirs, whatever is played."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from random_play import CAST, DESIGN, TEXTS_OF_INJECTS, Play, Secret, moves, played, started

from khazri.exercise.picture import view
from khazri.exercise.roles import Actor, Role
from khazri.exercise.visibility import shown

PARTY = {cell.ident: cell.party for cell in DESIGN.cells}
WITHOUT_TRUTH = ("alfa", "alfa-shore", "bravo", "observer", "stranger", "administrator", "designer")


def sent(play: Play, actor: Actor, since: int) -> str:
    """Everything that is sent at one moment: the view, and the facts since."""
    facts = (shown(play.state, actor, entry) for entry in play.entries[since:])
    shown_facts = [fact.model_dump(mode="json") for fact in facts if fact is not None]
    return json.dumps([view(play.state, actor, play.step, play.observation).plain(), shown_facts], ensure_ascii=False)


def parties_open_to(play: Play, actor: Actor) -> set[str]:
    """Told anew from the log, and not by the code that is on trial: whose picture the actor may have seen by now."""
    if actor.role in (Role.PLAYER, Role.LIAISON):
        return {actor.party}
    if actor.role is not Role.OBSERVER:
        return set()
    granted = {
        str(entry.fact.of_party)
        for entry in play.entries
        if entry.fact.kind == "view_granted" and entry.fact.party == actor.party and entry.fact.scope == "delegation"
    }
    return granted | ({"alfa"} if actor.party == "charlie" else set())


def was_shown_the_truth(play: Play, actor: Actor) -> bool:
    return actor.role is Role.OBSERVER and any(
        entry.fact.kind == "view_granted" and entry.fact.scope == "truth" and entry.fact.party == actor.party
        for entry in play.entries
    )


def may_know(secret: Secret, actor: Actor, parties: set[str]) -> bool:
    if secret.kind == "note":
        return secret.person == actor.person
    if secret.kind == "unit":
        return secret.party in parties
    if secret.kind == "mail" and actor.cell:
        return actor.cell in secret.cells
    if secret.kind == "mail":
        return any(PARTY.get(cell) in parties for cell in secret.cells)
    return False  # world and judgement


@pytest.mark.parametrize("who", WITHOUT_TRUTH)
@given(made=moves(most=50))
@settings(max_examples=60)
def test_what_is_not_ones_own_is_in_no_byte(who: str, made: list[tuple[str, str, int]]) -> None:
    actor, play = CAST[who], started()
    for move in made:
        before = len(play.entries)
        play.move(*move)
        if was_shown_the_truth(play, actor):
            return
        text, parties = sent(play, actor, before), parties_open_to(play, actor)
        for secret in play.secrets:
            assert secret.token not in text or may_know(secret, actor, parties), f"{who} was sent {secret}"
        for inject in DESIGN.injects:
            fired = inject.ident in play.state.injects_fired
            theirs = Secret("", "mail", cells=(inject.sender, inject.to))
            may = fired and may_know(theirs, actor, parties)
            assert may or TEXTS_OF_INJECTS[inject.ident] not in text, f"{who} was sent inject {inject.ident}"
        assert "inject:" not in text
        assert '"inject": "' not in text
        for person in (other.person for other in CAST.values() if other is not actor):
            assert f'"{person}"' not in text, f"{who} was told of {person}"


@pytest.mark.parametrize("who", ["director", "controller", "safety", "evaluator"])
@given(made=moves())
@settings(max_examples=25)
def test_the_truth_holds_all_but_private_notes(who: str, made: list[tuple[str, str, int]]) -> None:
    play = played(made)
    text = sent(play, CAST[who], 0)
    log = json.dumps([entry.fact.model_dump(mode="json") for entry in play.entries], ensure_ascii=False)
    for secret in play.secrets:
        private = secret.kind == "note" and not secret.shared and secret.person != CAST[who].person
        if private:
            assert secret.token not in text
        elif secret.token in log:
            assert secret.token in text


@given(made=moves())
@settings(max_examples=40)
def test_after_the_end_everybody_who_took_part_may_look_back(made: list[tuple[str, str, int]]) -> None:
    play = played(made)
    play.move("end", "director", 0)
    for who in ("alfa", "bravo", "observer"):
        page = view(play.state, CAST[who], play.step, play.observation)
        assert page.sees_truth
        assert page.budget is not None
        text = sent(play, CAST[who], 0)
        assert all(
            secret.token not in text
            for secret in play.secrets
            if secret.kind == "note" and not secret.shared and secret.person != CAST[who].person
        )
    for who in ("administrator", "designer"):
        assert view(play.state, CAST[who], play.step, play.observation).budget is None


def test_what_may_not_be_seen_is_absent_and_not_empty() -> None:
    play = started()
    hidden = {"injects", "objectives", "ratings", "findings", "budget", "released"}
    assert hidden.isdisjoint(view(play.state, CAST["alfa"], 0, play.observation).plain())
    assert hidden <= set(view(play.state, CAST["evaluator"], 0, play.observation).plain())
