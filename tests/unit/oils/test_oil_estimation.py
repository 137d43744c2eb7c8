"""An oil from little, and what is said about it."""

from __future__ import annotations

import pytest

from khazri import oils
from khazri.oils import OilError, from_properties


def test_gravity_and_one_viscosity_are_enough() -> None:
    oil = from_properties("field-7", api=35.0, viscosity=1.2e-5)
    assert oil.density == pytest.approx(141.5 / 166.5 * 999.016, rel=1e-6)
    assert oil.component_fraction.sum() == pytest.approx(1.0)
    assert (oil.component_fraction > 0).all()
    assert (oil.component_boiling[1:] > oil.component_boiling[:-1]).all()


@pytest.mark.parametrize(
    "about",
    [
        "density",
        "boiling cuts",
        "viscosity at other temperatures",
        "pour point",
        "oil-water tension",
        "wax",
        "emulsion",
    ],
)
def test_every_estimate_is_said(about: str) -> None:
    oil = from_properties("field-7", api=35.0, viscosity=1.2e-5)
    assert any(note.startswith(about) for note in oil.notes)


def test_what_is_known_is_not_estimated() -> None:
    oil = from_properties(
        "own",
        density=850.0,
        viscosity=[(288.15, 1.2e-5), (313.15, 5e-6)],
        pour_point=270.0,
        cuts=[(350.0, 0.05), (450.0, 0.25), (600.0, 0.6)],
        asphaltenes=0.01,
        resins=0.05,
        wax=0.02,
        tension=0.021,
        emulsion_max_water=0.7,
    )
    assert (oil.pour_point, oil.tension, oil.wax, oil.emulsion_max_water) == (270.0, 0.021, 0.02, 0.7)
    assert not any(
        note.startswith(("boiling cuts: none", "pour", "oil-water", "wax", "viscosity at")) for note in oil.notes
    )


def test_the_mixture_of_components_has_the_measured_density() -> None:
    for oil in oils.catalogue():
        mixed = 1.0 / (oil.component_fraction / oil.component_density).sum()
        assert mixed == pytest.approx(oil.density, rel=1e-9)


def test_the_components_hold_the_aromatics_of_the_record() -> None:
    oil = oils.find("arabian-light")
    assert float(oil.component_fraction @ oil.component_aromatic) == pytest.approx(0.15, abs=0.002)


def test_a_process_that_cannot_run_is_said_in_words() -> None:
    assert any(note.startswith("emulsification cannot run") for note in oils.find("mgo").notes)
    dry = from_properties("dry", api=30.0, viscosity=2e-5, emulsion_max_water=0.0)
    assert any("takes up no water" in note for note in dry.notes)


def test_density_at_another_temperature_is_brought_to_fifteen_degrees() -> None:
    ural = oils.find("ural")  # filed as 862 at 20 C
    assert ural.density == pytest.approx(862.0 * (1 + ural.density_expansion * 5.0), rel=1e-9)
    assert any("brought to" in note for note in ural.notes)


def test_volume_cuts_become_lighter_mass_cuts() -> None:
    cuts = [(350.0, 0.2), (450.0, 0.5), (600.0, 0.9)]
    by_mass = from_properties("m", api=40.0, viscosity=3e-6, cuts=cuts, cuts_by="mass")
    by_volume = from_properties("v", api=40.0, viscosity=3e-6, cuts=cuts, cuts_by="volume")
    first = by_mass.component_boiling < 350.0
    assert by_volume.component_fraction[first].sum() < by_mass.component_fraction[first].sum()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"viscosity": 1e-5}, "neither API gravity nor density"),
        ({"api": 35.0, "viscosity": []}, "no viscosity"),
        ({"api": 35.0, "viscosity": 12.0e3}, "viscosity is 12000"),
        ({"density": 8.5, "viscosity": 1e-5}, "density is 8.5"),
        ({"api": 35.0, "viscosity": 1e-5, "asphaltenes": 4.0}, "asphaltenes is 4"),
        ({"api": 35.0, "viscosity": 1e-5, "cuts": [(350.0, 0.5), (450.0, 0.2)]}, "cumulative"),
        ({"api": 35.0, "viscosity": 1e-5, "kind": "crudo"}, "expected one of crude"),
    ],
)
def test_impossible_figures_are_refused_with_what_would_be_right(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(OilError, match=says):
        from_properties("x", **wrong)  # type: ignore[arg-type]


def test_cuts_that_leave_no_residue_are_taken_as_shares_of_the_recovered_part() -> None:
    cuts = [(373.15, 0.1), (573.15, 0.5), (773.15, 0.95)]
    heavy = from_properties("heavy", api=26.0, viscosity=5e-5, cuts=cuts)
    assert any("leaves no residue" in note for note in heavy.notes)
    assert float(heavy.component_fraction[heavy.component_boiling < 770.0].sum()) < 0.8
    light = from_properties("light", api=45.0, viscosity=3e-6, cuts=cuts)
    assert not any("leaves no residue" in note for note in light.notes)
