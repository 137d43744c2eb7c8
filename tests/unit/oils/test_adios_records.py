"""Public records, with their errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khazri import oils
from khazri.oils.adios import evaporation_test, figures_of_adios, from_adios
from khazri.oils.adios_layout import LayoutError


def flat(**fresh: Any) -> dict[str, Any]:
    sample = {"fraction_evaporated": 0.0, "densities": [[850.0, 15.0]], "kinematic_viscosities_cSt": [[10.0, 15.0]]}
    return {"id": "XX1", "name": "TRIAL", "product_type": "Crude Oil NOS", "API": 35.0, "sub_samples": [sample | fresh]}


def measured(value: float, unit: str, kind: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "unit_type": kind}


def nested() -> dict[str, Any]:
    cuts = [(5.0, 90.0), (20.0, 160.0), (60.0, 370.0)]
    return {
        "oil_id": "XX2",
        "metadata": {"name": "TRIAL TWO", "product_type": "Condensate", "API": 50.0, "reference": {"year": 2020}},
        "sub_samples": [
            {
                "metadata": {"fraction_evaporated": measured(0.0, "%", "massfraction")},
                "physical_properties": {
                    "pour_point": {"measurement": {"max_value": 14.0, "unit": "F", "unit_type": "temperature"}},
                    "densities": [
                        {"density": measured(0.78, "g/mL", "density"), "ref_temp": measured(15.0, "C", "temperature")}
                    ],
                    "dynamic_viscosities": [
                        {
                            "viscosity": measured(0.9, "mPa.s", "dynamicviscosity"),
                            "ref_temp": measured(288.15, "K", "temperature"),
                        }
                    ],
                },
                "distillation_data": {
                    "type": "mass fraction",
                    "cuts": [
                        {"fraction": measured(f, "%", "volumefraction"), "vapor_temp": measured(t, "C", "temperature")}
                        for f, t in cuts
                    ],
                },
            }
        ],
    }


@pytest.mark.shared
def test_every_public_record_becomes_an_oil_with_a_table(shared: Path) -> None:
    records = json.loads((shared / "oils" / "oils_subset.json").read_text(encoding="utf-8"))["oils"]
    for record in records:
        oil = from_adios(record)
        assert record["id"] in oil.source
        assert oils.weathering_table(oil).fraction_last > 0.05


def test_the_databases_own_layout_is_read_with_its_units() -> None:
    figures = figures_of_adios(nested())
    assert figures.kind == "condensate"
    assert figures.densities == ((pytest.approx(780.0), pytest.approx(288.15)),)
    assert figures.viscosities[0][0] == pytest.approx(0.9e-3 / 780.0)
    assert figures.pour_point == pytest.approx(263.15)


def test_cuts_whose_units_contradict_their_type_go_by_the_units_and_say_so() -> None:
    figures = figures_of_adios(nested())
    assert figures.cuts_by == "volume"
    assert any("their units say volume" in note for note in figures.notes)


def test_mass_cuts_among_volume_cuts_are_refused_and_said() -> None:
    record = nested()
    record["sub_samples"][0]["distillation_data"]["cuts"][1]["fraction"]["unit_type"] = "massfraction"
    figures = figures_of_adios(record)
    assert len(figures.cuts) == 2
    assert any("1 of 3 are by mass" in note for note in figures.notes)


def test_a_viscosity_that_rises_with_temperature_is_refused_and_said() -> None:
    points = [[10.0, 5.0], [4.0, 20.0], [30.0, 50.0]]
    figures = figures_of_adios(flat(kinematic_viscosities_cSt=points))
    assert len(figures.viscosities) == 2
    assert any("negative B" in note for note in figures.notes)


def test_a_tension_filed_as_a_viscosity_is_refused_and_said() -> None:
    fresh = {"dynamic_viscosities_mPas": [[12.0, 13.0, None], [30.6, 50.0, None]]}
    figures = figures_of_adios(
        flat(kinematic_viscosities_cSt=[], interfacial_tension_water_mNm=[[30.6, 13.0]], **fresh)
    )
    assert len(figures.viscosities) == 1
    assert any("oil-water tension" in note for note in figures.notes)


def test_a_density_at_the_temperature_of_topping_is_refused_and_said() -> None:
    figures = figures_of_adios(flat(densities=[[872.0, 13.0], [872.0, 150.0]]))
    assert figures.densities == ((872.0, 286.15),)
    assert any("topping" in note for note in figures.notes)


def test_a_density_at_zero_degrees_is_not_taken_for_one_at_fifteen() -> None:
    oil = from_adios(flat(densities=[[860.0, 0.0]]))
    assert oil.density == pytest.approx(860.0 * (1 - 15 * oil.density_expansion))
    assert any("brought to" in note for note in oil.notes)


@pytest.mark.parametrize(
    ("test", "trusted"),
    [
        ({"a_for_ev_a_b_ln_t": 2.4, "b_for_ev_a_b_ln_t": 0.045}, True),
        ({"a_for_ev_a_b_sqrt_t": 2.4, "b_for_ev_a_b_sqrt_t": 0.045}, False),  # the form of ln: 116 % in a day
        ({"a_for_ev_a_b_ln_t": 2.4, "b_for_ev_a_b_ln_t": -0.045}, False),
    ],
)
def test_evaporation_coefficients_under_the_wrong_form_are_refused(test: dict[str, float], trusted: bool) -> None:
    notes: list[str] = []
    assert (evaporation_test(flat(ests_evaporation_test=test), notes) is not None) == trusted
    assert bool(notes) != trusted


def test_weathered_samples_can_be_hidden_to_check_against_them() -> None:
    weathered = {"fraction_evaporated": 0.2, "kinematic_viscosities_cSt": [[40.0, 15.0]], "densities": [[880.0, 15.0]]}
    record = flat()
    record["sub_samples"].append(weathered)
    assert figures_of_adios(record).viscosity_evaporation == pytest.approx(5.545, rel=1e-3)  # ln 4 / 0.25
    assert figures_of_adios(record, weathered=False).viscosity_evaporation is None


def test_what_is_no_record_is_refused() -> None:
    with pytest.raises(LayoutError, match="expected oil_id"):
        from_adios({"name": "not an oil"})
