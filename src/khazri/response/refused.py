"""Why a unit cannot do what it was asked: a code and its parameters, as a value. Sentences are made at the edge."""

from __future__ import annotations

from dataclasses import dataclass, field

Value = str | int | float


@dataclass(frozen=True)
class Cannot:
    """`code` and `params` are those of `exercise.refusal.CODES`; degrees, metres and seconds."""

    code: str
    params: dict[str, Value] = field(default_factory=dict)
