"""What control has prepared, and what the exercise is to show."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from khazri.scenario.crew import CONTROL
from khazri.scenario.kinds import Distance, Flag, Ident, LocalText, Moment, Section, Words

Precedence = Literal["routine", "priority", "urgent"]
Evidence = Literal["messages", "polwarn", "orders", "oil", "notes"]


class OilWithin(Section):
    """Oil at the surface or ashore is this near to a place."""

    place: Ident
    distance: Distance = 0.0


class OrderGiven(Section):
    """A unit was tasked; by any party where none is named."""

    order: Literal["skim", "boom"]
    party: Ident | None = None


class MessageSent(Section):
    """A message went from a cell to a cell; any, where none is named."""

    from_: Ident | None = Field(default=None, alias="from")
    to: Ident | None = None
    polwarn: Flag = False


class Condition(Section):
    """When something is due; of several keys all must hold."""

    after: Moment | None = None
    oil_within: OilWithin | None = None
    order_given: OrderGiven | None = None
    message_sent: MessageSent | None = None
    all: Annotated[tuple[Condition, ...], Field(max_length=16)] | None = None
    not_: Condition | None = Field(default=None, alias="not")


class Inject(Section):
    """A message that control has prepared: due at a moment or when a condition holds; neither: fired by hand."""

    ident: Ident
    at: Moment | None = None
    when: Condition | None = None
    from_: Ident = Field(default=CONTROL, alias="from")
    to: Ident
    precedence: Precedence = "routine"
    subject: LocalText
    text: LocalText


class Objective(Section):
    """What the exercise is to show, where it comes from, and what will show it."""

    ident: Ident
    text: LocalText
    source: Words  # a lesson, the plan, a law
    evidence: tuple[Evidence, ...] = ()


Condition.model_rebuild()
