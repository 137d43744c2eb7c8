"""The one trigger language: a predicate over clock, log and world. More kinds of predicate come in the same shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, assert_never

from pydantic import Field

from khazri.exercise.commands import Ident, Model, Step

if TYPE_CHECKING:
    from khazri.exercise.state import State
    from khazri.simulation.summary import WorldSummary


class AtStep(Model):
    """The clock has reached a step."""

    kind: Literal["at_step"] = "at_step"
    step: Step


class OilWithin(Model):
    """Oil at the surface or ashore is within a distance [m] of a place."""

    kind: Literal["oil_within"] = "oil_within"
    place: Ident
    distance: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


class OrderGiven(Model):
    """An order of a kind was given by a party (any, where none is named)."""

    kind: Literal["order_given"] = "order_given"
    order: Literal["skimmer_tasked", "boom_ordered"]
    party: Ident | None = None


class MessageWasSent(Model):
    """A message went from one cell to another (any, where none is named)."""

    kind: Literal["message_was_sent"] = "message_was_sent"
    sender: Ident | None = None
    to: Ident | None = None
    polwarn: bool = False


class AllOf(Model):
    """Every part holds."""

    kind: Literal["all_of"] = "all_of"
    parts: Annotated[tuple[Predicate, ...], Field(min_length=1, max_length=16)]


class Not(Model):
    """The part does not hold."""

    kind: Literal["not"] = "not"
    part: Predicate


Predicate = Annotated[AtStep | OilWithin | OrderGiven | MessageWasSent | AllOf | Not, Field(discriminator="kind")]
AllOf.model_rebuild()
Not.model_rebuild()


def holds(predicate: Predicate, state: State, summary: WorldSummary, step: int) -> bool:
    """Whether a predicate is true before `step`."""
    match predicate:
        case AtStep():
            return step >= predicate.step
        case OilWithin():
            oiling = summary.places.get(predicate.place)
            return oiling is not None and oiling.distance <= predicate.distance
        case OrderGiven():
            return any(
                order.kind == predicate.order and predicate.party in (None, order.party) for order in state.orders_given
            )
        case MessageWasSent():
            return any(
                predicate.sender in (None, message.sender)
                and predicate.to in (None, message.to)
                and (message.form is not None or not predicate.polwarn)
                for message in state.messages.values()
            )
        case AllOf():
            return all(holds(part, state, summary, step) for part in predicate.parts)
        case Not():
            return not holds(predicate.part, state, summary, step)
        case _:
            assert_never(predicate)


def due(state: State, summary: WorldSummary, step: int) -> tuple[str, ...]:
    """Idents of the injects to fire before `step`, in the order of the design.

    Live only: replay takes their facts from the log.
    """
    return tuple(
        inject.ident
        for inject in state.design.injects
        if inject.ident not in state.injects_fired
        and inject.ident not in state.injects_held
        and (
            (inject.at_step is not None and step >= inject.at_step)
            or (inject.when is not None and holds(inject.when, state, summary, step))
        )
    )
