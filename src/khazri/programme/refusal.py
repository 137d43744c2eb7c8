"""Why a plan's command was not carried out: a code and its parameters; the pages have the sentence."""

from __future__ import annotations

from typing import Final

from khazri.exercise.refusal import Refusal, Value

# code -> names of its parameters
PLAN_CODES: Final[dict[str, tuple[str, ...]]] = {
    "plan_role_may_not": ("role",),
    "plan_other_party": ("parties",),
    "plan_unknown": ("plan",),
    "plan_unknown_activity": ("activity", "known"),
    "plan_unknown_lesson": ("lesson", "known"),
    "plan_unknown_party": ("party", "known"),
    "plan_stands_already": ("ident",),
    "plan_outside_period": ("start", "end"),
    "plan_no_further_step": ("status",),
    "plan_confirmed_already": ("party",),
    "plan_activity_over": ("activity", "status"),
    "plan_no_exercise": ("activity",),
    "plan_exercise_not_ended": ("run",),
    "plan_nothing_to_take": ("activity",),
    "plan_lesson_learned": ("lesson",),
    "plan_action_missing": ("lesson",),
    "plan_action_backwards": ("lesson", "status"),
    "plan_not_shown": ("objective", "rating"),
    "plan_not_later": ("activity",),
}


def refuse(code: str, **params: Value) -> Refusal:
    """A refusal with exactly the parameters that its code names."""
    if tuple(sorted(params)) != tuple(sorted(PLAN_CODES[code])):
        raise TypeError(f"refusal {code}: parameters are {sorted(params)}; expected {sorted(PLAN_CODES[code])}")
    return Refusal(code, dict(params))
