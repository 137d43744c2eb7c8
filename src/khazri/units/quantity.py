"""What mariners write ("14 kn", "21 degC", "400 t") as SI numbers, and back.

A number without a unit is SI already. Case matters where SI says so (mg is not Mg).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from khazri.units.constants import BARREL, DAY, HOUR, KNOT, MINUTE, NAUTICAL_MILE, ZERO_CELSIUS


class QuantityError(ValueError):
    """A text is no quantity of the dimension wanted; the message says what would be right."""


@dataclass(frozen=True)
class Unit:
    """si = value * factor + offset."""

    factor: float
    offset: float = 0.0


@dataclass(frozen=True)
class Dimension:
    """The units that may be written for one kind of quantity; the first is SI."""

    name: str
    units: dict[str, Unit]
    example: str

    @property
    def si(self) -> str:
        """The unit that a plain number has."""
        return next(iter(self.units))


def _linear(**factors: float) -> dict[str, Unit]:
    return {name: Unit(factor) for name, factor in factors.items()}


_DEGREE = math.pi / 180.0
_TIME = _linear(s=1.0, min=MINUTE, h=HOUR, d=DAY, sec=1.0, hour=HOUR, hours=HOUR, day=DAY, days=DAY, minutes=MINUTE)
_LENGTH = _linear(m=1.0, km=1e3, cm=1e-2, mm=1e-3, um=1e-6, nmi=NAUTICAL_MILE, NM=NAUTICAL_MILE, ft=0.3048)
_SPEED = {
    **_linear(**{"m/s": 1.0, "cm/s": 1e-2, "km/h": 1.0 / 3.6}),
    **_linear(kn=KNOT, kt=KNOT, kts=KNOT, knots=KNOT, knot=KNOT),
}
_ANGLE = _linear(rad=1.0, deg=_DEGREE, **{"°": _DEGREE})
_MASS = _linear(kg=1.0, g=1e-3, t=1e3, kt=1e6, lb=0.45359237)
_VOLUME = _linear(m3=1.0, l=1e-3, L=1e-3, bbl=BARREL)
_FAHRENHEIT = Unit(5.0 / 9.0, ZERO_CELSIUS - 32.0 * 5.0 / 9.0)
_TEMPERATURE = {
    "K": Unit(1.0),
    **dict.fromkeys(("degC", "°C", "C"), Unit(1.0, ZERO_CELSIUS)),
    **dict.fromkeys(("degF", "°F"), _FAHRENHEIT),
}
_DENSITY = _linear(**{"kg/m3": 1.0, "g/cm3": 1e3, "g/ml": 1e3, "kg/l": 1e3, "t/m3": 1e3})
_CONCENTRATION = _linear(**{"kg/m3": 1.0, "g/l": 1.0, "g/m3": 1e-3, "mg/l": 1e-3, "mg/L": 1e-3})
_FRACTION = _linear(**{"1": 1.0, "%": 1e-2})
_SALINITY = _linear(**{"psu": 1.0, "g/kg": 1.0, "1e-3": 1.0})
_KINEMATIC = _linear(**{"m2/s": 1.0, "mm2/s": 1e-6, "cSt": 1e-6, "St": 1e-4})
_MASS_RATE = _linear(**{"kg/s": 1.0, "kg/h": 1 / HOUR, "t/h": 1e3 / HOUR, "t/d": 1e3 / DAY, "kg/min": 1 / MINUTE})
_VOLUME_RATE = _linear(**{"m3/s": 1.0, "m3/h": 1 / HOUR, "m3/d": 1 / DAY, "l/s": 1e-3, "l/min": 1e-3 / MINUTE})
_DIFFUSIVITY = _linear(**{"m2/s": 1.0, "cm2/s": 1e-4})
_TENSION = _linear(**{"N/m": 1.0, "mN/m": 1e-3, "dyn/cm": 1e-3})
_PRESSURE = _linear(Pa=1.0, hPa=100.0, mbar=100.0, kPa=1000.0)
_GRAVITY_API = _linear(API=1.0, degAPI=1.0, **{"°API": 1.0})

DIMENSIONS: Final[dict[str, Dimension]] = {
    dimension.name: dimension
    for dimension in (
        Dimension("time", _TIME, "15 min"),
        Dimension("length", _LENGTH, "8 nmi"),
        Dimension("speed", _SPEED, "14 kn"),
        Dimension("angle", _ANGLE, "130 deg"),
        Dimension("mass", _MASS, "400 t"),
        Dimension("volume", _VOLUME, "1200 m3"),
        Dimension("temperature", _TEMPERATURE, "21 degC"),
        Dimension("density", _DENSITY, "870 kg/m3"),
        Dimension("concentration", _CONCENTRATION, "20 mg/l"),
        Dimension("fraction", _FRACTION, "40 %"),
        Dimension("salinity", _SALINITY, "8 psu"),
        Dimension("kinematic_viscosity", _KINEMATIC, "30 cSt"),
        Dimension("mass_rate", _MASS_RATE, "50 t/h"),
        Dimension("volume_rate", _VOLUME_RATE, "30 m3/h"),
        Dimension("diffusivity", _DIFFUSIVITY, "2 m2/s"),
        Dimension("tension", _TENSION, "20 mN/m"),
        Dimension("pressure", _PRESSURE, "1013 hPa"),
        Dimension("api_gravity", _GRAVITY_API, "34.8"),
    )
}

NUMBER: Final = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_QUANTITY = re.compile(rf"^\s*({NUMBER})\s*(.*?)\s*$")
_SPELLINGS = str.maketrans({"³": "3", "²": "2", "µ": "u", "μ": "u", "−": "-", "\u00a0": " ", "º": "°"})
_MISTAKEN = {  # what people write for something else, and a word on it
    "cP": "that is dynamic viscosity; divide by the density and write cSt",
    "mPa s": "that is dynamic viscosity; divide by the density and write cSt",
    "mPa.s": "that is dynamic viscosity; divide by the density and write cSt",
    "Pa s": "that is dynamic viscosity; divide by the density and write m2/s",
    "M": "write nmi for nautical miles, m for metres",
    "mi": "write nmi for nautical miles, km for kilometres",
    "miles": "write nmi for nautical miles, km for kilometres",
    "degrees": "write deg",
}


def parse(value: object, dimension: str) -> float:
    """`value` (a number in SI, or text with a unit) as a number in SI; `dimension` is a key of DIMENSIONS."""
    known = DIMENSIONS[dimension]
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise QuantityError(f"{_words(known)}")
    if isinstance(value, str):
        return _finite(_parse_text(value, known), known)
    try:
        return _finite(float(value), known)
    except OverflowError:
        raise QuantityError(f"{_words(known)}, finite") from None


def parse_with_unit(value: object, dimension: str) -> float:
    """As `parse`, but a plain number is a fault: for angles, where nobody writes radians."""
    bare = isinstance(value, str) and re.fullmatch(rf"\s*{NUMBER}\s*", value) is not None
    if bare or (isinstance(value, int | float) and not isinstance(value, bool)):
        known = DIMENSIONS[dimension]
        raise QuantityError(f'a unit as in "{known.example}"')
    try:
        return parse(value, dimension)
    except QuantityError as error:
        raise QuantityError(str(error).replace(f"; alone: {DIMENSIONS[dimension].si}", "")) from None


def write(value: float, dimension: str, unit: str) -> str:
    """An SI value as text in `unit`, with as many digits as give it back."""
    known = DIMENSIONS[dimension].units[unit]
    number = (value - known.offset) / known.factor
    return f"{number!r} {unit}"


def _parse_text(text: str, known: Dimension) -> float:
    match = _QUANTITY.match(text.translate(_SPELLINGS))
    if match is None:
        raise QuantityError(f"{_words(known)}")
    number, unit = match.groups()
    if not unit:
        return float(number)
    if unit.startswith(","):
        raise QuantityError(f"{_words(known)}, with a decimal point instead of a comma")
    if unit not in known.units:
        remark = f"; {_MISTAKEN[unit]}" if unit in _MISTAKEN else ""
        raise QuantityError(f"{_words(known)}, not {unit!r}{remark}")
    chosen = known.units[unit]
    return float(number) * chosen.factor + chosen.offset


def _finite(number: float, known: Dimension) -> float:
    if not math.isfinite(number):
        raise QuantityError(f"{_words(known)}, finite")
    return number


def _words(known: Dimension) -> str:
    name = known.name.replace("_", " ")
    article = "an" if name[0] in "aeiou" else "a"
    return f'{article} {name} as in "{known.example}" (units: {", ".join(known.units)}; alone: {known.si})'
