"""Units as files write them, to SI."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Conversion:
    """SI value = scale * value + offset."""

    scale: float = 1.0
    offset: float = 0.0


# field -> (dimension, least and greatest value that can be true [SI], least and greatest that are kept)
DIMENSIONS: Final[dict[str, tuple[str, float, float, float | None, float | None]]] = {
    "current": ("speed", -15.0, 15.0, None, None),
    "wind": ("speed", -95.0, 95.0, None, None),
    "stokes": ("speed", -10.0, 10.0, None, None),
    "ice_drift": ("speed", -10.0, 10.0, None, None),
    "wave_height": ("length", -0.01, 40.0, 0.0, None),
    "wave_period": ("time", -0.01, 60.0, 0.0, None),
    "ice_concentration": ("share", -0.02, 1.02, 0.0, 1.0),
    "ice_thickness": ("length", -0.1, 100.0, 0.0, None),
    "water_temperature": ("temperature", 265.0, 325.0, None, None),
    "air_temperature": ("temperature", 170.0, 340.0, None, None),
    "salinity": ("salinity", -1.0, 100.0, 0.0, None),
    "sediment": ("concentration", -0.01, 500.0, 0.0, None),
    "visibility": ("length", -1.0, 1e6, 0.0, None),
    "air_pressure": ("pressure", 85_000.0, 109_000.0, None, None),
    "level": ("length", -15.0, 15.0, None, None),
}

_ONE: Final = Conversion()
_TABLE: Final[dict[str, dict[str, Conversion]]] = {
    "pressure": {
        "pa": _ONE,
        "hpa": Conversion(100.0),
        "mbar": Conversion(100.0),
        "millibar": Conversion(100.0),
        "kpa": Conversion(1000.0),
    },
    "speed": {
        "m s-1": _ONE,
        "cm s-1": Conversion(0.01),
        "mm s-1": Conversion(0.001),
        "km h-1": Conversion(1.0 / 3.6),
        "kn": Conversion(1852.0 / 3600.0),
        "kt": Conversion(1852.0 / 3600.0),
        "kts": Conversion(1852.0 / 3600.0),
        "knot": Conversion(1852.0 / 3600.0),
        "knots": Conversion(1852.0 / 3600.0),
    },
    "length": {"m": _ONE, "cm": Conversion(0.01), "mm": Conversion(0.001), "km": Conversion(1000.0)},
    "time": {"s": _ONE},
    "share": {
        "1": _ONE,
        "": _ONE,
        "fraction": _ONE,
        "(0 - 1)": _ONE,
        "0-1": _ONE,
        "%": Conversion(0.01),
        "percent": Conversion(0.01),
    },
    "temperature": {
        "k": _ONE,
        "kelvin": _ONE,
        "degk": _ONE,
        "degree_kelvin": _ONE,
        **{
            word: Conversion(1.0, 273.15)
            for word in (
                "c", "celsius", "degc", "deg_c", "degree_c", "degrees_c", "degree_celsius", "degrees_celsius", "degreec",
                "deg c", "degrees celsius", "degree celsius", "°c", "celcius",
            )
        },
    },
    "salinity": {
        **dict.fromkeys(("1e-3", "1e-03", "0.001", "psu", "pss", "pss-78", "pss78", "ppt", "g kg-1", "1", "", "‰"), _ONE),
        "kg kg-1": Conversion(1000.0),
    },
    "concentration": {"kg m-3": _ONE, "g m-3": Conversion(1e-3), "mg l-1": Conversion(1e-3), "g l-1": _ONE},
}  # fmt: skip
_WORDS: Final = (
    (r"\bmet(?:er|re)s?\b", "m"), (r"\bseconds?\b|\bsecs?\b", "s"), (r"\bhours?\b|\bhr\b", "h"), (r"\blit(?:er|re)s?\b", "l"),
    (r"\bkilograms?\b", "kg"), (r"\bgrams?\b", "g"), (r"\bpractical salinity units?\b", "psu"),
)  # fmt: skip


def normalise(units: str) -> str:
    """`meters second-1`, `m s**-1`, `m/sec` as m s-1; lower case."""
    text = units.strip().lower().replace("**", "").replace("^", "")
    for pattern, word in _WORDS:
        text = re.sub(pattern, word, text)
    text = re.sub(r"\s*/\s*([a-z]+)(\d?)", lambda found: f" {found[1]}-{found[2] or 1}", text)
    text = re.sub(r"(?<=[a-z])\.(?=[a-z])|\*", " ", text)
    text = re.sub(r"^([cmk]?m)(s|h)-1$", r"\1 \2-1", text)
    return re.sub(r"\s+", " ", text).strip()


def conversion(field: str, units: str | None) -> Conversion | None:
    """To SI, or None where the units cannot be those of the field. No units at all: SI, but for temperatures."""
    dimension = DIMENSIONS[field][0]
    if units is None:
        return None if dimension == "temperature" else _ONE
    known = _TABLE[dimension]
    return known.get(units.strip().lower()) or known.get(normalise(units))


def known_units(field: str) -> str:
    """Some units that the field may have, for a message."""
    return ", ".join([unit for unit in _TABLE[DIMENSIONS[field][0]] if unit][:3])
