"""What typed settings give to the rest of the house."""

from __future__ import annotations

import math

import pytest

from khazri.engine.fields import FIELDS
from khazri.engine.numerics import PROCESSES, Numerics
from khazri.geo.terrain import ShoreType
from khazri.scenario import NumericsSettings, OilRelease, Scripted, Text
from khazri.scenario.environment import FIELD_READERS
from khazri.scenario.kinds import Area, Measure
from khazri.scenario.site import SHORE_KINDS


def test_every_numeric_setting_of_the_engine_can_be_set() -> None:
    assert set(NumericsSettings.model_fields) == set(Numerics.__dataclass_fields__)


def test_the_defaults_are_the_engines() -> None:
    assert NumericsSettings().to_engine() == Numerics()


def test_processes_are_switched_off_one_by_one() -> None:
    settings = NumericsSettings.model_validate({"processes": {"evaporation": False}, "horizontal_diffusivity": "okubo"})
    assert settings.to_engine().processes == frozenset(PROCESSES) - {"evaporation"}
    assert settings.to_engine().horizontal_diffusivity is None


def test_kinds_of_shore_are_those_of_the_terrain() -> None:
    assert tuple(kind.name.lower() for kind in ShoreType) == SHORE_KINDS


def test_scripted_fields_are_fields_of_the_engine() -> None:
    assert set(FIELD_READERS) == set(FIELDS) - {"stokes", "level"}  # they follow from waves or wind, and from the sea


def test_series_give_si_vectors_that_blow_towards() -> None:
    scripted = Scripted.model_validate(
        {"wind": [{"speed": "10 m/s", "from": "180 deg"}, {"at": "6 h", "speed": 0, "from": "0 deg"}]}
    )
    series = scripted.series("wind")
    assert series is not None
    assert series.times == (0.0, 21_600.0)
    assert series.values[0] == pytest.approx((0.0, 10.0), abs=1e-12)
    assert scripted.names == ("wind",)


def test_a_series_holds_the_moments_at_which_its_part_is_said() -> None:
    scripted = Scripted.model_validate(
        {"ice": [{"concentration": "30 %"}, {"at": "6 h", "concentration": 0.5, "thickness": "20 cm"}]}
    )
    assert scripted.series("ice_thickness") == ((21_600.0,), ((0.2,),))
    assert scripted.series("ice_drift") is None


def test_stations_give_their_own_series() -> None:
    scripted = Scripted.model_validate(
        {"salinity": 8, "stations": [{"position": [50, 42], "water_temperature": "20 degC"}, {"position": [51, 42]}]}
    )
    assert scripted.at_stations("water_temperature") == ((50.0, 42.0, ((0.0,), ((293.15,),))),)
    assert scripted.at_stations("salinity") == ()
    assert scripted.names == ("water_temperature", "salinity")


def release(**settings: object) -> OilRelease:
    return OilRelease.model_validate({"ident": "ship", "oil": "azeri-light", "at": [50, 42], **settings})


def test_a_rate_of_mass_says_the_mass_and_its_shares() -> None:
    spill = release(until="4 h", rate=[{"at": 0, "mass_rate": "30 t/h"}, {"at": "1 h", "mass_rate": "10 t/h"}])
    assert spill.total_mass == pytest.approx(60_000.0, rel=1e-12)
    assert spill.rate_times == (0.0, 3_600.0, 14_400.0)
    assert spill.rate_shares == pytest.approx((0.0, 0.5, 1.0), rel=1e-12)


def test_shares_accumulate_to_exactly_one() -> None:
    spill = release(
        until="3 h",
        mass="1 t",
        rate=[{"at": f"{hour} h", "share": share} for hour, share in enumerate((0.1, 0.2, 0.7))],
    )
    assert spill.rate_shares is not None
    assert spill.rate_shares == pytest.approx((0.0, 0.1, 0.3, 1.0), rel=1e-12)
    assert spill.rate_shares[-1] == 1.0


def test_a_release_without_an_end_comes_all_at_once() -> None:
    spill = release(volume="10 m3", **{"from": "2 h"})
    assert (spill.start_seconds, spill.end_seconds, spill.total_mass, spill.rate_shares) == (
        7_200.0,
        7_200.0,
        None,
        None,
    )


def test_a_closed_ring_is_opened() -> None:
    area = Area.model_validate({"polygon": [[48, 41], [51, 41], [51, 43], [48, 41]]})
    assert area.ring == ((48.0, 41.0), (51.0, 41.0), (51.0, 43.0))
    assert area.bounds == (48.0, 41.0, 51.0, 43.0)


def test_words_come_in_the_readers_language_or_the_next_best() -> None:
    assert Text(en="sea", ru="море").best("ru") == "море"
    assert Text(en="sea").best("az") == "sea"
    assert Text(az="dəniz").best("ru") == "dəniz"


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (Measure("mass", above=0.0), "kg > 0"),
        (Measure("length", low=0.0), "m >= 0"),
        (Measure("temperature", low=270.15, high=318.15, unit="degC"), "-3 to 45 degC"),
        (Measure("fraction", low=0.0, high=1.0), "0 to 1"),
        (Measure("tension", above=0.0, high=0.2), "more than 0 and at most 0.2 N/m"),
        (Measure("angle", low=-2 * math.pi, high=2 * math.pi, unit="deg"), "-360 to 360 deg"),
    ],
)
def test_ranges_are_told_in_words(measure: Measure, words: str) -> None:
    assert measure.range_words() == words
