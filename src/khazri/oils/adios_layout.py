"""Two layouts of an ADIOS oil record, read into one: plain lists in SI, nothing judged yet.

The database's own (nested measurements with a value, or a min and max, and a unit) and a flat one whose names carry the
unit (`pour_point_C`, `densities: [[kg/m3, C]]`, `kinematic_viscosities_cSt`, `dynamic_viscosities_mPas`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

_FACTORS: dict[str, float] = {
    "kg/m^3": 1.0, "g/cm^3": 1e3, "g/ml": 1e3, "g/l": 1.0,
    "m^2/s": 1.0, "mm^2/s": 1e-6, "cst": 1e-6, "st": 1e-4,
    "pa.s": 1.0, "pa s": 1.0, "kg/(m s)": 1.0, "mpa.s": 1e-3, "mpa s": 1e-3, "cp": 1e-3, "p": 0.1,
    "n/m": 1.0, "mn/m": 1e-3, "dyne/cm": 1e-3, "erg/cm^2": 1e-3,
    "fraction": 1.0, "1": 1.0, "": 1.0, "%": 1e-2, "percent": 1e-2, "ppm": 1e-6,
    "kg/m^2": 1.0, "g/m^2": 1e-3, "g/cm^2": 10.0,
}  # fmt: skip


@dataclass(frozen=True)
class EvaporationTest:
    """%Ev = (a + b T) ln t, (a + b T) sqrt t, or a + b ln (t + c): t in minutes, T in Celsius (Fingas 2004)."""

    form: str  # "ln", "sqrt" or "ln+c"
    a: float
    b: float
    c: float = 0.0


@dataclass(frozen=True)
class Sample:
    """One sample, fresh or weathered; temperatures [K], the rest in SI."""

    evaporated: float
    pour_point: float | None
    densities: tuple[Point, ...]
    kinematic: tuple[Point, ...]
    dynamic: tuple[Point, ...]
    tensions: tuple[Point, ...]  # against sea water where measured, else against water
    groups: Mapping[str, float]  # saturates, aromatics, resins, asphaltenes
    wax: float | None
    cuts: tuple[tuple[float, float, str], ...]  # (fraction, temperature, "mass", "volume" or "" where not said)
    cuts_by: str
    emulsions: tuple[tuple[str, float | None], ...]  # (class in small letters, water)
    evaporation: EvaporationTest | None
    adhesion: float | None


@dataclass(frozen=True)
class Record:
    ident: str
    name: str
    product: str
    reference: str
    api: float | None
    samples: tuple[Sample, ...]


class LayoutError(ValueError):
    """Not an ADIOS record, or a unit that nobody has met."""


def read_record(record: Mapping[str, object]) -> Record:
    """Either layout, told by its keys."""
    if "oil_id" in record:
        return _nested(record)
    if "id" in record and "sub_samples" in record:
        return _flat(record)
    raise LayoutError(
        f"not an ADIOS oil record: its keys are {', '.join(sorted(record))}; expected oil_id and sub_samples"
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _kelvin(value: float, unit: str) -> float:
    match unit.strip().lower().lstrip("deg").strip("° ") or "c":
        case "c":
            return value + 273.15
        case "k":
            return value
        case "f":
            return (value - 32.0) / 1.8 + 273.15
        case other:
            raise LayoutError(f"temperature unit is {other!r}; expected C, K or F")


def _si(measurement: object) -> float | None:
    """A nested measurement in SI; of a range its middle, of an open range its end."""
    parts = _mapping(measurement)
    value = _number(parts.get("value"))
    if value is None:
        ends = [end for end in (_number(parts.get("min_value")), _number(parts.get("max_value"))) if end is not None]
        if not ends:
            return None
        value = sum(ends) / len(ends)
    unit = _text(parts.get("unit"))
    if parts.get("unit_type") == "temperature":
        return _kelvin(value, unit)
    if unit.lower() not in _FACTORS:
        raise LayoutError(f"unit is {unit!r}; expected one of {', '.join(name for name in _FACTORS if name)}")
    return value * _FACTORS[unit.lower()]


def _pairs(entries: object, name: str) -> tuple[Point, ...]:
    pairs = ((_si(_mapping(entry).get(name)), _si(_mapping(entry).get("ref_temp"))) for entry in _items(entries))
    return tuple((value, temperature) for value, temperature in pairs if value is not None and temperature is not None)


def _nested(record: Mapping[str, object]) -> Record:
    about = _mapping(record.get("metadata"))
    reference = _mapping(about.get("reference"))
    return Record(
        ident=_text(record.get("oil_id")),
        name=_text(about.get("name")),
        product=_text(about.get("product_type")),
        reference=f"{_text(reference.get('reference'))} ({reference.get('year')})",
        api=_number(about.get("API")),
        samples=tuple(_nested_sample(_mapping(sample)) for sample in _items(record.get("sub_samples"))),
    )


def _nested_sample(sample: Mapping[str, object]) -> Sample:
    physical = _mapping(sample.get("physical_properties"))
    behaviour = _mapping(sample.get("environmental_behavior"))
    distillation = _mapping(sample.get("distillation_data"))
    sara = _mapping(sample.get("SARA"))
    groups = {name: _si(sara.get(name)) for name in ("saturates", "aromatics", "resins", "asphaltenes")}
    sea = _pairs(physical.get("interfacial_tension_seawater"), "tension")
    cuts = []
    for entry in _items(distillation.get("cuts")):
        fraction, temperature = _si(_mapping(entry).get("fraction")), _si(_mapping(entry).get("vapor_temp"))
        kind = _text(_mapping(_mapping(entry).get("fraction")).get("unit_type"))
        if fraction is not None and temperature is not None:
            cuts.append((fraction, temperature, "mass" if "mass" in kind else "volume" if "volume" in kind else ""))
    return Sample(
        evaporated=_si(_mapping(sample.get("metadata")).get("fraction_evaporated")) or 0.0,
        pour_point=_si(_mapping(physical.get("pour_point")).get("measurement")),
        densities=_pairs(physical.get("densities"), "density"),
        kinematic=_pairs(physical.get("kinematic_viscosities"), "viscosity"),
        dynamic=_pairs(physical.get("dynamic_viscosities"), "viscosity"),
        tensions=sea or _pairs(physical.get("interfacial_tension_water"), "tension"),
        groups={name: value for name, value in groups.items() if value is not None},
        wax=_bulk(sample, ("wax_content", "waxes", "wax content")),
        cuts=tuple(cuts),
        cuts_by="volume" if "volume" in _text(distillation.get("type")) else "mass",
        emulsions=tuple(
            (_text(_mapping(e).get("visual_stability")).lower(), _si(_mapping(e).get("water_content")))
            for e in _items(behaviour.get("emulsions"))
        ),
        evaporation=_evaporation(behaviour.get("ests_evaporation_test") or behaviour.get("ESTS_evaporation_test")),
        adhesion=_si(behaviour.get("adhesion")),
    )


def _bulk(sample: Mapping[str, object], names: tuple[str, ...]) -> float | None:
    for entry in _items(sample.get("bulk_composition")):
        if _text(_mapping(entry).get("name")).lower() in names:
            return _si(_mapping(entry).get("measurement"))
    return None


def _evaporation(entry: object) -> EvaporationTest | None:
    known = _mapping(entry)
    for form, stem in (("ln+c", "ln_t_c"), ("ln", "ln_t"), ("sqrt", "sqrt_t")):
        a, b = _number(known.get(f"a_for_ev_a_b_{stem}")), _number(known.get(f"b_for_ev_a_b_{stem}"))
        if a is not None and b is not None:
            return EvaporationTest(form, a, b, _number(known.get(f"c_for_ev_a_b_{stem}")) or 0.0)
    return None


def _flat(record: Mapping[str, object]) -> Record:
    reference = _mapping(record.get("reference"))
    return Record(
        ident=_text(record.get("id")),
        name=_text(record.get("name")),
        product=_text(record.get("product_type")),
        reference=f"{_text(reference.get('reference'))} ({reference.get('year')})",
        api=_number(record.get("API")),
        samples=tuple(_flat_sample(_mapping(sample)) for sample in _items(record.get("sub_samples"))),
    )


def _flat_pairs(entries: object, factor: float) -> tuple[Point, ...]:
    out = []
    for entry in _items(entries):
        numbers = [_number(part) for part in _items(entry)]
        if len(numbers) >= 2 and numbers[0] is not None and numbers[1] is not None:
            out.append((numbers[0] * factor, numbers[1] + 273.15))
    return tuple(out)


def _flat_sample(sample: Mapping[str, object]) -> Sample:
    distillation = _mapping(sample.get("distillation"))
    pour_point = _number(sample.get("pour_point_C"))
    groups = {name: _number(sample.get(name)) for name in ("saturates", "aromatics", "resins", "asphaltenes")}
    sea = _flat_pairs(sample.get("interfacial_tension_seawater_mNm"), 1e-3)
    wax = _number(sample.get("wax_content"))
    return Sample(
        evaporated=_number(sample.get("fraction_evaporated")) or 0.0,
        pour_point=None if pour_point is None else pour_point + 273.15,
        densities=_flat_pairs(sample.get("densities"), 1.0),
        kinematic=_flat_pairs(sample.get("kinematic_viscosities_cSt"), 1e-6),
        dynamic=_flat_pairs(sample.get("dynamic_viscosities_mPas"), 1e-3),
        tensions=sea or _flat_pairs(sample.get("interfacial_tension_water_mNm"), 1e-3),
        groups={name: value for name, value in groups.items() if value is not None},
        wax=wax if wax is not None else _number(sample.get("waxes")),
        cuts=tuple((f, t, "") for f, t in _flat_pairs(distillation.get("cuts"), 1.0)),
        cuts_by="volume" if "volume" in _text(distillation.get("type")) else "mass",
        emulsions=tuple(
            (_text(_mapping(e).get("visual_stability")).lower(), _number(_mapping(e).get("water_content")))
            for e in _items(sample.get("emulsions"))
        ),
        evaporation=_evaporation(sample.get("ests_evaporation_test")),
        adhesion=_si(sample.get("adhesion")),
    )
