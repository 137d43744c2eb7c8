"""Booms leak as a rate; skimmers take what they meet, as far as pump and water allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khazri.physics.boom import leaked_fraction, loss_share, splash_share
from khazri.physics.skimming import efficiency_in_waves, encounter_rate, recovery, retained


@given(speed=st.floats(0.0, 0.279), viscosity=st.floats(1e-6, 1e-1))
def test_nothing_leaks_below_the_onset(speed: float, viscosity: float) -> None:
    assert loss_share(speed, viscosity) == 0.0


def test_viscous_oil_fails_earlier() -> None:
    assert loss_share(0.34, 1e-4) == 0.0
    assert loss_share(0.34, 1e-2) > 0.15
    assert loss_share(0.62, 1e-4) == pytest.approx(1.0, abs=1e-6)  # float32 constants
    assert loss_share(0.49, 1e-4) == pytest.approx(0.5, abs=1e-6)


def test_waves_beyond_the_limit_empty_the_boom() -> None:
    assert splash_share(0.4, 1.0) == 0.0
    assert splash_share(0.75, 1.0) == pytest.approx(0.5)
    assert splash_share(2.0, 1.0) == 1.0


def test_a_minute_leaks_its_share() -> None:
    assert leaked_fraction(0.3, 60.0) == pytest.approx(0.3, rel=1e-12)


@given(share=st.floats(0.0, 0.94), dt=st.floats(1.0, 3600.0))
def test_two_half_steps_leak_as_one(share: float, dt: float) -> None:
    kept = (1.0 - leaked_fraction(share, dt / 2)) ** 2
    assert 1.0 - kept == pytest.approx(leaked_fraction(share, dt), rel=1e-9, abs=1e-12)


def test_the_american_form_agrees() -> None:
    foot, inch, knot, gallon_a_minute = 0.3048, 0.0254, 1852 / 3600, 3.785411784e-3 / 60
    ours = encounter_rate(100 * foot, 0.75 * knot, 0.05 * inch) / gallon_a_minute
    assert ours == pytest.approx(63.128 * 100 * 0.75 * 0.05, rel=1e-4)


def test_recovery_by_hand() -> None:
    # 20 m swath, 0.4 m/s, 1 mm: 8 l/s met; 75 % reach the skimmer: 6 l/s; at 60 % efficiency 10 l/s of fluid
    emulsion, fluid = recovery(encounter_rate(20.0, 0.4, 1e-3), 0.75, 0.6, 0.05)
    assert (emulsion, fluid) == (pytest.approx(6e-3), pytest.approx(10e-3))


def test_a_pump_limits_recovery() -> None:
    emulsion, fluid = recovery(8e-3, 0.75, 0.6, 5e-3)
    assert (emulsion, fluid) == (pytest.approx(3e-3), pytest.approx(5e-3))


def test_decanting_by_hand() -> None:
    assert retained(6e-3, 10e-3, 0.5, 1.0) == pytest.approx(8e-3)
    assert retained(6e-3, 10e-3, 0.5, 1e-3) == pytest.approx(9e-3)
    assert retained(6e-3, 10e-3, 0.0, 1.0) == pytest.approx(10e-3)


def test_no_recovery_beyond_the_wave_limit() -> None:
    assert efficiency_in_waves(0.8, 1.5, 1.5) == 0.0
    assert efficiency_in_waves(0.8, 0.75, 1.5) == pytest.approx(0.4)
