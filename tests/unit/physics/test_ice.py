"""Oil among ice."""

from __future__ import annotations

import pytest

from khazri.physics import ice


@pytest.mark.parametrize(
    ("concentration", "k"), [(0.0, 0.0), (0.3, 0.0), (0.5, 0.4), (0.55, 0.5), (0.8, 1.0), (1.0, 1.0)]
)
def test_oil_joins_the_ice_between_thirty_and_eighty_per_cent(concentration: float, k: float) -> None:
    """(A - 0.3) / 0.5; the reference's check "C = 0.5 -> k = 0.25" contradicts its own rule, which gives 0.4."""
    share = ice.blend(concentration)
    assert share == pytest.approx(k, abs=1e-6)
    assert ice.oil_velocity_component(0.5, 0.1, share) == pytest.approx((1 - k) * 0.5 + k * 0.1, abs=1e-6)


def test_closed_ice_shelters_all() -> None:
    assert [ice.open_share(a) for a in (0.0, 0.25, 1.0, 1.2, -0.1)] == pytest.approx([1.0, 0.75, 0.0, 0.0, 1.0])
