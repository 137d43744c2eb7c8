"""A plan as it is written down: the file from which one is opened."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from khazri.programme.kinds import Activity, Ident, Lesson, Model, Party, Period, Translations


class PlanDocument(Model):
    """The whole of a plan file."""

    schema_: Literal[1] = Field(alias="schema")
    ident: Ident
    title: Translations
    agreement: Translations
    parties: tuple[Party, ...] = Field(min_length=2)
    observers: tuple[Party, ...] = ()
    period: Period
    activities: tuple[Activity, ...] = ()
    lessons: tuple[Lesson, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> PlanDocument:
        known = {party.ident for party in self.parties}
        lessons, activities = {lesson.ident for lesson in self.lessons}, {each.ident for each in self.activities}
        wrong = []  # each as "path is value; expected words", which `inputs.plans` takes apart
        for what, idents in (
            ("activities", [a.ident for a in self.activities]),
            ("lessons", [x.ident for x in self.lessons]),
        ):
            twice = sorted({i for i in idents if idents.count(i) > 1})
            wrong += [f"{what}.{ident} is there more than once; expected it once" for ident in twice]
        for each in self.activities:
            at = f"activities.{each.ident}"
            if each.host not in known:
                wrong.append(f"{at}.host is {each.host}; expected one of {_listed(known)}")
            if each.period.start < self.period.start or each.period.end > self.period.end:
                wrong.append(
                    f"{at}.period is {each.period.start} to {each.period.end}; "
                    f"expected days from {self.period.start} to {self.period.end}"
                )
            wrong += [
                f"{at}.lessons is {x}; expected lessons of the plan: {_listed(lessons)}"
                for x in each.lessons
                if x not in lessons
            ]
        wrong += [
            f"lessons.{x.ident}.activity is {x.activity}; expected an activity of the plan: {_listed(activities)}"
            for x in self.lessons
            if x.activity is not None and x.activity not in activities
        ]
        if wrong:
            raise ValueError("\n".join(wrong))
        return self


def _listed(idents: set[str]) -> str:
    return ", ".join(sorted(idents)) or "there is none"
