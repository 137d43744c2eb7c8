"""Words, numbers and times of the report in one language."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from khazri.report.values import LANGUAGES, exercise_time, pick

# language -> between thousands, before decimals (as CLDR has them)
SEPARATORS: Final[dict[str, tuple[str, str]]] = {"en": (",", "."), "ru": ("\u00a0", ","), "az": (".", ",")}
FIGURES: Final = 3  # significant ones of a quantity
MINUS: Final = "\u2212"


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All sentences of one language."""
    if language not in LANGUAGES:
        raise ValueError(f"language is {language!r}; expected one of {', '.join(LANGUAGES)}")
    place = files("khazri.report") / "after_action" / "languages" / f"{language}.json"
    words: dict[str, str] = json.loads(place.read_text(encoding="utf-8"))
    return words


class Words:
    """One language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._said = catalogue(language)

    def say(self, key: str, **values: object) -> str:
        """The sentence; an unknown key is a defect and raises."""
        return self._said[key].format(**values) if values else self._said[key]

    def name(self, family: str, ident: str) -> str:
        """The words for a code of another part of the house; a code that is newer than this catalogue stands as it is."""
        return self._said.get(f"{family}.{ident.replace(' ', '_')}", ident)

    def pick(self, names: Mapping[str, str], otherwise: str = "") -> str:
        """A text of the exercise itself: in this language, else in the nearest there is; a person's own words as written."""
        return names.get(self.language) or names.get("und") or pick(names, "en", otherwise)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with this language's separators."""
        between, before = SEPARATORS[self.language]
        text = f"{abs(value):,.{decimals}f}"
        sign = MINUS if value < 0 and any(figure in "123456789" for figure in text) else ""
        return sign + text.replace(",", "\0").replace(".", before).replace("\0", between)

    def significant(self, value: float) -> str:
        """Three figures, or all before the decimal sign."""
        if value == 0.0:
            return "0"
        return self.number(value, max(0, FIGURES - 1 - math.floor(math.log10(abs(value)))))

    def quantity(self, value: float, unit: str) -> str:
        """A number with its unit."""
        return f"{self.significant(value)}\u00a0{self.say(f'unit.{unit}')}"

    def mass(self, kilograms: float) -> str:
        """Tonnes; kilograms below one."""
        if abs(kilograms) < 0.0005:
            return f"0\u00a0{self.say('unit.t')}"
        return self.quantity(kilograms, "kg") if abs(kilograms) < 999.5 else self.quantity(kilograms / 1000.0, "t")

    def tonnes(self, kilograms: float) -> str:
        """Tonnes to a hundredth, for accounts that are added up."""
        return self.number(kilograms / 1000.0, 2)

    def length(self, metres: float) -> str:
        """Metres, or kilometres from one on."""
        return self.quantity(metres, "m") if metres < 999.5 else self.quantity(metres / 1000.0, "km")

    def exposure(self, value: float) -> str:
        """Weighted tonne-hours."""
        return self.quantity(value / 3.6e6, "th")

    def measured(self, value: float, unit: str) -> str:
        """A value of an evaluation, by its unit."""
        return {"kg": self.mass, "m": self.length, "kg s": self.exposure}[unit](value)

    def share(self, part: float, whole: float) -> str:
        """Per cent."""
        return self.quantity(100.0 * part / whole if whole else 0.0, "percent")

    def duration(self, seconds: float) -> str:
        """Hours and minutes."""
        minutes = round(abs(seconds) / 60.0)
        if minutes < 60:
            return self.say("duration.min", min=minutes)
        return self.say("duration.h", h=minutes // 60, min=f"{minutes % 60:02d}")

    def day(self, moment: datetime) -> str:
        """14 September 2026."""
        return self.say("date", day=moment.day, month=self.say(f"month.{moment.month}"), year=moment.year)

    def small(self, share: float) -> str:
        """A share that should be next to nothing."""
        if share == 0.0:
            return "0"
        mantissa, power = f"{share:.0e}".split("e")
        raised = str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        return f"{mantissa}·10{raised}"


class Calendar:
    """Steps as times: exercise time with UTC beside it."""

    def __init__(self, start: str, dt: float) -> None:
        self.start = datetime.fromisoformat(start.replace("Z", "+00:00"))
        self.dt = dt

    def moment(self, step: int) -> datetime:
        """UTC of a step."""
        return self.start + timedelta(seconds=step * self.dt)

    def at(self, step: int) -> str:
        """T+00:35 (04:35 UTC)."""
        return f"{self.short(step)} ({self.moment(step):%H:%M} UTC)"

    def short(self, step: int) -> str:
        """T+00:35."""
        return exercise_time(step * self.dt)
