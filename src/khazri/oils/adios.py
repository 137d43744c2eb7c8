"""An ADIOS oil record (a mapping, as its JSON reads) to figures and to an `Oil`, its known errors refused or put right.

Whatever is dropped or changed is said in `notes`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import combinations, pairwise

import numpy as np

from khazri.oils.adios_layout import EvaporationTest, Record, Sample, read_record
from khazri.oils.estimation import OilError, resolve
from khazri.oils.figures import REFERENCE_TEMPERATURE, OilFigures
from khazri.oils.flow import MEAN_SLOPE, viscosity_curve, walther_slope
from khazri.oils.record import Oil

Point = tuple[float, float]

_HOTTEST = 273.15 + 60.0  # [K] a "temperature" above is the one the sample was topped at, filed in the wrong field


def from_adios(record: Mapping[str, object], *, ident: str | None = None, weathered: bool = True) -> Oil:
    """The oil of a record; `weathered=False` hides its weathered samples, so that they can check the outcome."""
    return resolve(figures_of_adios(record, ident=ident, weathered=weathered))


def figures_of_adios(record: Mapping[str, object], *, ident: str | None = None, weathered: bool = True) -> OilFigures:
    """What the record says, in SI and cleaned."""
    known = read_record(record)
    if not known.samples:
        raise OilError(f"record {known.ident}: it has no samples; expected at least the fresh one")
    fresh = min(known.samples, key=lambda sample: sample.evaporated)
    notes: list[str] = []
    densities = _densities(fresh, notes)
    points = _viscosities(fresh, densities, known.api, notes)
    groups = _groups(fresh, notes)
    evaporation_test(record, notes)
    max_water, stability = _emulsion(known, weathered, notes)
    return OilFigures(
        ident=ident or _kebab(known.name),
        name=known.name.title() if known.name.isupper() else known.name,
        kind=_kind(known),
        source=f"ADIOS {known.ident}: {known.reference}",
        api=known.api,
        densities=densities,
        viscosities=points,
        pour_point=fresh.pour_point,
        tension=_tension(fresh, notes),
        cuts=_cuts(fresh, notes),
        cuts_by=_cuts_by(fresh),
        wax=fresh.wax,
        emulsion_max_water=max_water,
        emulsion_class=stability,
        viscosity_evaporation=_stiffening(known, _kind(known), notes) if weathered else None,
        adhesion=fresh.adhesion,
        notes=tuple(notes),
        saturates=groups.get("saturates"),
        aromatics=groups.get("aromatics"),
        resins=groups.get("resins"),
        asphaltenes=groups.get("asphaltenes"),
    )


def evaporation_test(record: Mapping[str, object], notes: list[str] | None = None) -> EvaporationTest | None:
    """The laboratory's evaporation equation of the fresh sample, or None where there is none to be trusted.

    Refused (and said in `notes`): coefficients filed under the wrong form, which lose more than 90 % or less than
    nothing in a day at 15 C, and a negative b. The engine does not use the equation; it is a cross-check.
    """
    said = notes if notes is not None else []
    samples = read_record(record).samples
    test = samples[0].evaporation if samples else None
    if test is None:
        return None
    day = 1440.0
    if test.form == "ln+c":
        lost = test.a + test.b * math.log(day + test.c)
    else:
        lost = (test.a + test.b * 15.0) * (math.log(day) if test.form == "ln" else math.sqrt(day))
    if test.b < 0.0:
        said.append(
            f"evaporation equation refused: b is {test.b:g}, oil would evaporate more slowly when warmer or later"
        )
        return None
    if not 0.0 <= lost <= 90.0:
        said.append(f"evaporation equation refused: {lost:.0f} % in a day by the form {test.form!r} it is filed under")
        return None
    return test


def _kebab(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "oil"


def _kind(known: Record) -> str:
    product = known.product.lower()
    if "condensate" in product:
        return "condensate"
    if any(word in product for word in ("residual", "bitumen", "fuel oil nos")):
        return "residual"
    if "crude" in product or not product:
        return "crude"
    return "refined"


def _densities(fresh: Sample, notes: list[str]) -> tuple[Point, ...]:
    kept: list[Point] = []
    for value, temperature in fresh.densities:
        celsius = temperature - 273.15
        if temperature > _HOTTEST:
            notes.append(f"density {value:g} kg/m3 at {celsius:.4g} C refused: that is the temperature of topping")
        elif not 500.0 <= value <= 1200.0:
            notes.append(f"density {value:g} kg/m3 at {celsius:.4g} C refused: expected 500 to 1200")
        else:
            kept.append((value, temperature))
    return tuple(kept)


def _viscosities(fresh: Sample, densities: tuple[Point, ...], api: float | None, notes: list[str]) -> tuple[Point, ...]:
    """Kinematic points by rising temperature; dynamic ones are divided by the density of their own temperature."""
    points = {temperature: value for value, temperature in fresh.kinematic}
    tensions = {round(value * 1e3, 6) for value, _ in fresh.tensions}
    for value, temperature in fresh.dynamic:
        if round(value * 1e3, 6) in tensions and temperature > 310.0:
            notes.append(
                f"viscosity {value * 1e3:g} mPa s at {temperature - 273.15:.4g} C refused: it is the oil-water tension"
            )
            continue
        points.setdefault(temperature, value / _density_at(temperature, densities, api))
    chosen = _falling(sorted(points.items()))
    for temperature, value in sorted(points.items()):
        if (temperature, value) not in chosen:
            notes.append(
                f"viscosity {value * 1e6:.3g} mm2/s at {temperature - 273.15:.4g} C refused: "
                "it would rise with temperature (negative B)"
            )
    return tuple((value, temperature) for temperature, value in chosen)


def _density_at(temperature: float, densities: tuple[Point, ...], api: float | None) -> float:
    if densities:
        value, at = min(densities, key=lambda point: abs(point[1] - temperature))
    else:
        value, at = 141.5 * 999.016 / (131.5 + (api if api is not None else 30.0)), REFERENCE_TEMPERATURE
    return value * (1.0 - 8e-4 * (temperature - at))


def _falling(points: list[Point]) -> list[Point]:
    """The largest part of (T, nu) in which viscosity falls; of equals the one with the most usual slopes."""
    for count in range(len(points), 1, -1):
        falling = [
            list(part)
            for part in combinations(points, count)
            if all(warm[1] < cold[1] for cold, warm in pairwise(part))
        ]
        if falling:
            return min(falling, key=_oddness)
    return points[:1]


def _oddness(part: list[Point]) -> float:
    slopes = (walther_slope(cold, warm) for cold, warm in pairwise(part))
    return max(abs(slope - MEAN_SLOPE) for slope in slopes)


def _groups(fresh: Sample, notes: list[str]) -> dict[str, float]:
    """SARA fractions; a figure that cannot be one is dropped."""
    groups = dict(fresh.groups)
    total = sum(groups.values())
    for name, value in fresh.groups.items():
        if not 0.0 <= value <= 1.0 or (name == "aromatics" and value < 0.01):
            notes.append(f"{name} {value:g} refused: not the mass fraction of a whole oil")
            del groups[name]
    if len(fresh.groups) == 4 and not 0.9 <= total <= 1.1:
        notes.append(f"saturates, aromatics, resins and asphaltenes add up to {total:.2f}; scaled to one")
    return groups


def _tension(fresh: Sample, notes: list[str]) -> float | None:
    if not fresh.tensions:
        return None
    value, temperature = min(fresh.tensions, key=lambda point: abs(point[1] - REFERENCE_TEMPERATURE))
    if 0.003 <= value <= 0.06:
        return value
    notes.append(f"oil-water tension {value * 1e3:g} mN/m at {temperature - 273.15:.4g} C refused: expected 3 to 60")
    return None


def _cuts_by(fresh: Sample) -> str:
    said = [kind for _, _, kind in fresh.cuts if kind]
    return max(set(said), key=said.count) if said else fresh.cuts_by


def _cuts(fresh: Sample, notes: list[str]) -> tuple[Point, ...]:
    """Cuts of one kind, rising in temperature and fraction."""
    by = _cuts_by(fresh)
    if fresh.cuts and by != fresh.cuts_by:
        notes.append(
            f"boiling cuts: the record calls them {fresh.cuts_by} fractions, their units say {by}; taken by {by}"
        )
    strangers = [cut for cut in fresh.cuts if cut[2] not in ("", by)]
    if strangers:
        notes.append(
            f"boiling cuts: {len(strangers)} of {len(fresh.cuts)} are by {strangers[0][2]} among cuts by {by}; refused"
        )
    kept: list[Point] = []
    for fraction, temperature, kind in sorted(fresh.cuts, key=lambda cut: (cut[1], cut[0])):
        if kind not in ("", by):
            continue
        rising = not kept or (fraction >= kept[-1][0] and temperature > kept[-1][1])
        if 0.0 <= fraction <= 1.0 and rising:
            kept.append((fraction, temperature))
        else:
            notes.append(
                f"boiling cut {fraction:g} at {temperature - 273.15:.4g} C refused: cuts must rise from 0 to 1"
            )
    if len(kept) == 1:
        notes.append("boiling cuts: a single one is left; refused")
        return ()
    return tuple(kept)


def _emulsion(known: Record, weathered: bool, notes: list[str]) -> tuple[float | None, str | None]:
    """Most water of the laboratory's stable, mesostable or entrained emulsions, and the best class."""
    if not weathered:
        return None, None
    ranks = ("unstable", "entrained", "mesostable", "stable")
    found = [(kind, water) for sample in known.samples for kind, water in sample.emulsions if water is not None]
    for _, water in found:
        if not 0.0 < water <= 0.95:
            notes.append(f"emulsion with {water:g} water refused: expected a fraction from 0 to 0.95")
    good = [(kind, water) for kind, water in found if 0.0 < water <= 0.95]
    if not good:
        return None, None
    classes = [kind for kind, _ in good if kind in ranks]
    best = max(classes, key=ranks.index) if classes else "entrained"
    most = max(water for kind, water in good if kind == best or not classes)
    notes.append(f"emulsion: {best}, up to {most:.0%} water, measured")
    return most, best


def _stiffening(known: Record, kind: str, notes: list[str]) -> float | None:
    """kv of the weathered samples: the mean of ln(nu / nu0) over F / (1 - F) for crudes, over F for products."""
    fresh, *others = sorted(known.samples, key=lambda sample: sample.evaporated)
    ignored: list[str] = []
    base = _viscosities(fresh, _densities(fresh, ignored), known.api, ignored)
    if not base:
        return None
    rises: list[float] = []
    for sample in others:
        for nu, temperature in _viscosities(sample, _densities(sample, ignored), known.api, ignored):
            parent = float(viscosity_curve([(t, v) for v, t in base], np.array([temperature]))[0])
            f = sample.evaporated
            rises.append(math.log(nu / parent) / (f / (1.0 - f) if kind == "crude" else f))
    if not rises:
        return None
    middle = sorted(rises)[len(rises) // 2]
    if not 0.0 < middle < 60.0:
        return None
    notes.append(f"viscosity of the evaporated oil: kv {middle:.1f}, the median of {len(rises)} weathered measurements")
    return middle
