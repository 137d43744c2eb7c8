"""Figures of units: the pack's own before the catalogue's, each with a source; the pack's order decides nothing."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from khazri.response import FIGURES, Fleet, fleet_of, unit_of
from khazri.response.fleet import MAY_BE_NOUGHT
from khazri.scenario.crew import FIGURES as NAMES
from khazri.scenario.crew import Unit


def test_a_pack_may_give_every_figure_of_every_kind_and_a_unit_has_them() -> None:
    assert len(FIGURES) >= 30
    for kind, figures in FIGURES.items():
        assert set(figures) <= set(NAMES) & set(Unit.model_fields)
        unit = unit_of("a", kind, "s", (50.0, 45.0))
        assert set(unit.assumed) == set(figures)
        assert all(getattr(unit, name) == figure.value for name, figure in figures.items())


def test_every_figure_of_the_catalogue_may_stand_in_a_pack_as_it_is() -> None:
    for kind, figures in FIGURES.items():
        said = {name: figure.value for name, figure in figures.items()}
        read = Unit(ident="a", party="b", kind=kind, name="c", site="d", position=[50.0, 45.0], **said)
        assert read.figures == pytest.approx(said)


def test_every_figure_has_a_unit_and_a_source() -> None:
    for figures in FIGURES.values():
        for name, figure in figures.items():
            assert figure.value > 0.0 or name in MAY_BE_NOUGHT, name
            assert figure.unit
            assert len(figure.source) > 10


def test_the_packs_figure_goes_before_the_catalogues() -> None:
    unit = unit_of("a", "skimming_vessel", "s", (50.0, 45.0), {"storage": 12.0})
    assert unit.storage == 12.0
    assert "storage" not in unit.assumed
    assert unit.speed == FIGURES["skimming_vessel"]["speed"].value
    assert "speed" in unit.assumed


@pytest.mark.parametrize("figures", [{"skirt": 1.0}, {"speed": float("nan")}, {"pump": -1.0}, {"wave_limit": 0.0}])
def test_a_figure_that_cannot_be_is_refused_with_the_unit(figures) -> None:
    with pytest.raises(ValueError, match=r"unit a: .*expected"):
        unit_of("a", "skimming_vessel", "s", (50.0, 45.0), figures)


def test_a_fleet_stands_in_the_order_of_idents() -> None:
    def of_pack(ident: str) -> SimpleNamespace:
        return SimpleNamespace(
            ident=ident,
            kind="boom_vessel",
            site="s",
            position=SimpleNamespace(lon=50.0, lat=45.0),
            figures={},
            base=None,
        )

    forwards, backwards = fleet_of([of_pack("a"), of_pack("b")]), fleet_of([of_pack("b"), of_pack("a")])
    assert forwards == backwards
    assert forwards.number("b") == 1
    assert forwards.number("c") is None
    with pytest.raises(ValueError, match="in their order"):
        Fleet(tuple(reversed(forwards.units)))
