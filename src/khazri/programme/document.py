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
        wrong = []
        for what, idents in (
            ("activities", [a.ident for a in self.activities]),
            ("lessons", [x.ident for x in self.lessons]),
        ):
            wrong += [f"{what}: {ident} stands twice" for ident in sorted({i for i in idents if idents.count(i) > 1})]
        for each in self.activities:
            if each.host not in known:
                wrong.append(
                    f"activities: {each.ident}: host is {each.host}; expected one of {', '.join(sorted(known))}"
                )
            if each.period.start < self.period.start or each.period.end > self.period.end:
                wrong.append(f"activities: {each.ident}: its period lies outside that of the plan")
            wrong += [
                f"activities: {each.ident}: lesson {x} is not in the plan" for x in each.lessons if x not in lessons
            ]
        wrong += [
            f"lessons: {x.ident}: activity {x.activity} is not in the plan"
            for x in self.lessons
            if x.activity is not None and x.activity not in activities
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self
