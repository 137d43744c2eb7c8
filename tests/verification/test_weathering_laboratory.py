"""Weathered oil against laboratory samples: density, viscosity, water, and the laboratory's evaporation equations.

*Blind* oils are made from the fresh sample of a record alone, as a user's own oil is; *informed* ones use its weathered
samples as well, so that they meet figures they were made from. The stiffening law that oils without weathered samples
fall back on (khazri.oils.estimation) was itself fitted to public rows like these: its blind score is not that of unseen
oils.
"""

from __future__ import annotations

import ast
import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from khazri.oils.adios import evaporation_test, from_adios
from khazri.oils.record import Oil
from khazri.oils.tables import WeatheringTable, weathering_table
from khazri.physics import emulsion, evaporation, lookup

pytestmark = pytest.mark.shared

Accuracy = Callable[..., None]
MISFILED = 60.0  # [C] a sample "measured" above was topped at that temperature: the column was mistaken
WARMEST = 40.0  # [C] no water is warmer: the tables end there
ROOM = 15.0  # [C] what a misfiled density is taken to be measured at


@dataclass(frozen=True)
class Measurement:
    name: str
    fraction: float  # evaporated [1]
    measured: float
    ours: float


class Laboratory:
    """The rows, and each row's oil with its table."""

    def __init__(self, folder: Path, *, weathered: bool) -> None:
        with (folder / "oils" / "oils_subset.json").open(encoding="utf-8") as text:
            self.records: dict[str, Mapping[str, object]] = {o["id"]: o for o in json.load(text)["oils"]}
        with (folder / "weathering" / "weathering_dev.csv").open(encoding="utf-8", newline="") as text:
            self.rows = list(csv.DictReader(text))
        idents = {row["id"] for row in self.rows}
        self.oils: dict[str, Oil] = {i: from_adios(self.records[i], weathered=weathered) for i in sorted(idents)}
        self.tables: dict[str, WeatheringTable] = {i: weathering_table(oil) for i, oil in self.oils.items()}

    def column(self, name: str) -> Iterator[tuple[str, str, float, list[object]]]:
        for row in self.rows:
            yield row["id"], row["name"], float(row["fraction_evaporated"]), ast.literal_eval(row[name] or "[]")

    def densities(self) -> Iterator[Measurement]:
        for ident, name, fraction, measured in self.column("densities"):
            for rho, celsius in measured:
                kelvin = 273.15 + (celsius if celsius <= MISFILED else ROOM)
                yield Measurement(name, fraction, rho, self.density(ident, fraction, kelvin))

    def viscosities(self) -> Iterator[Measurement]:
        """Dynamic [Pa s]."""
        for ident, name, fraction, measured in self.column("dynamic_viscosities"):
            table = self.tables[ident]
            axes = (table.temperature_first, table.temperature_step, table.fraction_step)
            for millipascal, celsius, _ in measured:
                if celsius <= WARMEST:
                    kelvin = 273.15 + celsius
                    nu = float(lookup.along_both(fraction, kelvin, table.viscosity, *axes))
                    yield Measurement(name, fraction, millipascal / 1e3, nu * self.density(ident, fraction, kelvin))

    def density(self, ident: str, fraction: float, kelvin: float) -> float:
        table = self.tables[ident]
        at_reference = float(lookup.along_fraction(fraction, table.density, table.fraction_step))
        return at_reference * (1.0 - table.density_expansion * (kelvin - 288.15))


@pytest.fixture(scope="module", params=[False, True], ids=["blind", "informed"])
def laboratory(shared: Path, request: pytest.FixtureRequest) -> tuple[str, Laboratory]:
    return ("informed" if request.param else "blind"), Laboratory(shared, weathered=request.param)


def test_density_of_weathered_oil(laboratory: tuple[str, Laboratory], accuracy: Accuracy) -> None:
    kind, rows = laboratory[0], list(laboratory[1].densities())
    weathered = [m for m in rows if m.fraction > 0.0]
    hits = [m for m in weathered if abs(m.ours / m.measured - 1.0) <= 0.015]
    worst = max(weathered, key=lambda m: abs(m.ours / m.measured - 1.0))
    accuracy(
        quantity=f"Density of weathered oils within 1.5 % ({kind}) [samples]",
        ours=f"{len(hits)} of {len(weathered)}; worst {worst.ours / worst.measured - 1:+.1%}, {worst.name}",
        expected=f"{len(weathered)} of {len(weathered)}",
        source="laboratory rows (US public oil records, 19 oils)",
        tolerance="95 % of samples, the rest within 2 %",
    )
    assert all(abs(m.ours / m.measured - 1.0) <= 0.015 for m in rows if m.fraction == 0.0)
    assert len(hits) >= 0.95 * len(weathered)
    assert abs(worst.ours / worst.measured - 1.0) < 0.02


def test_viscosity_of_weathered_oil(laboratory: tuple[str, Laboratory], accuracy: Accuracy) -> None:
    kind, rows = laboratory[0], list(laboratory[1].viscosities())
    weathered = [m for m in rows if m.fraction > 0.0]
    factors = np.array([max(m.ours / m.measured, m.measured / m.ours) for m in weathered])
    allowed = np.array([3.0 if m.fraction > 0.3 else 2.0 for m in weathered])
    hits = int(np.sum(factors <= allowed))
    accuracy(
        quantity=f"Viscosity of weathered oils within a factor of 2 (3 above 30 % evaporated) ({kind}) [samples]",
        ours=f"{hits} of {len(weathered)}; median factor {np.median(factors):.2f}",
        expected=f"{len(weathered)} of {len(weathered)}",
        source="laboratory rows (US public oil records, 19 oils)",
        tolerance="75 % of samples: cold ones near their pour point come out wrong, some records contradict themselves",
    )
    assert hits >= 0.75 * len(weathered)
    assert np.median(factors) < 1.5


def test_water_of_stable_and_mesostable_emulsions(laboratory: tuple[str, Laboratory], accuracy: Accuracy) -> None:
    kind, lab = laboratory
    misses: list[float] = []
    for ident, _, _, measured in lab.column("emulsions(stability,water,visc_mPas,T,age)"):
        for stability, water, _, _, age in measured:
            fresh_made = age is not None and age[0] == 0.0
            if stability in ("Stable", "Mesostable") and water is not None and fresh_made:
                misses.append(lab.oils[ident].emulsion_max_water - water)
    hits = sum(abs(miss) <= 0.15 for miss in misses)
    accuracy(
        quantity=f"Water in fresh stable and mesostable emulsions within 0.15 ({kind}) [samples]",
        ours=f"{hits} of {len(misses)}; worst {max(misses, key=abs):+.2f}",
        expected=f"{len(misses)} of {len(misses)}",
        source="laboratory rows (4 crudes)",
        tolerance="all but one sample: West Texas crude, by its composition, is 0.154 short",
    )
    assert len(misses) >= 9
    assert hits >= len(misses) - 1
    assert max(abs(miss) for miss in misses) < 0.2


def test_water_a_week_later(shared: Path, accuracy: Accuracy) -> None:
    """Samples of which the laboratory gives both days: what stands for a week, by class."""
    lab = Laboratory(shared, weathered=False)
    misses: list[float] = []
    for _, _, _, measured in lab.column("emulsions(stability,water,visc_mPas,T,age)"):
        aged = {age[0]: (stability, water) for stability, water, _, _, age in measured if age and water is not None}
        if 0.0 in aged and 7.0 in aged:
            rate = emulsion.break_up_rate(emulsion.STABILITY_NAMES.index(aged[0.0][0].lower()))
            after = emulsion.broken_water(aged[0.0][1], 7 * 86_400.0, rate)
            misses.append(after - aged[7.0][1])
    hits = sum(abs(miss) <= 0.15 for miss in misses)
    accuracy(
        quantity="Water after a week of standing within 0.15 [samples]",
        ours=f"{hits} of {len(misses)}; misses {', '.join(f'{m:+.2f}' for m in misses)}",
        expected=f"{len(misses)} of {len(misses)}",
        source="laboratory rows (3 samples, 2 crudes)",
        tolerance="2 samples: the published mean break-up of mesostable oils is faster than one of these",
    )
    assert len(misses) == 3
    assert hits >= 2


def test_class_of_emulsion(shared: Path, accuracy: Accuracy) -> None:
    """Each sample judged by its own viscosity and its oil's asphaltenes and resins, concentrated by evaporation."""
    lab = Laboratory(shared, weathered=False)
    forms: list[bool] = []
    exact: list[bool] = []
    for ident, _, fraction, measured in lab.column("emulsions(stability,water,visc_mPas,T,age)"):
        oil, table = lab.oils[ident], lab.tables[ident]
        axes = (table.temperature_first, table.temperature_step, table.fraction_step)
        nu = float(lookup.along_both(fraction, 288.15, table.viscosity, *axes))
        mu = nu * lab.density(ident, fraction, 288.15)
        ours = emulsion.stability(oil.asphaltenes / (1 - fraction), oil.resins / (1 - fraction), mu)
        for stability, _, _, _, age in measured:
            if stability is not None and age and age[0] == 0.0:
                theirs = "unstable" if stability == "Did not form" else stability.lower()
                exact.append(emulsion.STABILITY_NAMES[ours] == theirs)
                forms.append((ours >= emulsion.MESOSTABLE) == (theirs in ("stable", "mesostable")))
    accuracy(
        quantity="Whether a sample forms an emulsion; its class [samples]",
        ours=f"{sum(forms)} of {len(forms)}; {sum(exact)} of {len(exact)}",
        expected=f"{len(forms)} of {len(forms)}",
        source="laboratory rows (4 crudes)",
        tolerance="0.6 and 0.4 of samples: a simplified rule, not the papers' index",
    )
    assert sum(forms) >= 0.6 * len(forms)
    assert sum(exact) >= 0.4 * len(exact)


def test_evaporation_against_the_laboratory_equations(shared: Path, accuracy: Accuracy) -> None:
    """1.5 mm of oil for a day at 15 C in the least wind we know, against each record's own (a + b T) ln t."""
    lab = Laboratory(shared, weathered=False)
    ratios: list[float] = []
    for ident, oil in lab.oils.items():
        test = evaporation_test(lab.records[ident])
        if test is None or test.form != "ln":
            continue
        theirs = evaporation.fingas_measured(86_400.0, 288.15, test.a, test.b)
        table = lab.tables[ident]
        pace = evaporation.exposure_rate(1.0, 1.0, 1.0 / (oil.density * 1.5e-3), 0.0, 288.15)
        axes = (table.temperature_first, table.temperature_step, table.fraction_step)
        ours = lookup.evaporated_after(0.0, 288.15, pace * 86_400.0, table.exposure, *axes)
        ratios.append(ours / theirs)
    accuracy(
        quantity="Evaporated in a day from 1.5 mm at 15 C over the laboratory's equation [ratio]",
        ours=", ".join(f"{r:.2f}" for r in ratios),
        expected="1",
        source="Fingas 2004 with each record's coefficients",
        tolerance="0.6 to 1.6: still air in a pan is not our least wind of 1 m/s",
    )
    assert len(ratios) >= 2
    assert all(0.6 < ratio < 1.6 for ratio in ratios)
