from __future__ import annotations

import numpy as np
import pytest
from synthetic_run import terrain

from khazri.runs.environment import scripted_field
from khazri.scenario.environment import Scripted

WIND = [{"at": 0.0, "speed": "10 m/s", "from": "180 deg"}, {"at": 3600.0, "speed": "20 m/s", "from": "180 deg"}]


def test_a_south_wind_blows_north_on_the_plane():
    field, words = scripted_field("wind", Scripted.model_validate({"wind": WIND}), terrain())
    assert field.values[:, 0, 0, 1] == pytest.approx([10.0, 20.0], rel=1e-6)
    assert np.abs(field.values[..., 0]).max() < 1e-5
    assert words == "wind: scripted for the whole site"


def test_one_station_stands_for_the_site_turned_to_the_plane_there():
    script = {"stations": [{"position": [60.0, 45.0], "wind": WIND}]}
    field, words = scripted_field("wind", Scripted.model_validate(script), terrain())
    assert np.hypot(*field.values[0, 0, 0]) == pytest.approx(10.0, rel=1e-6)
    assert field.values[0, 0, 0, 0] < -1.0  # 11 degrees east of the centre true north leans to the west
    assert "one station" in words


def test_between_two_stations_lies_their_mean():
    def station(lon, value):
        return {"position": [lon, 45.0], "salinity": value}

    script = Scripted.model_validate({"stations": [station(48.8, 2.0), station(49.2, 6.0)]})
    field, _ = scripted_field("salinity", script, terrain())
    grid = field.grid
    row = field.values[0, grid.ny // 2, :, 0]
    assert row.min() >= 2.0
    assert row.max() <= 6.0
    assert np.interp(0.0, grid.x, row) == pytest.approx(4.0, abs=0.1)
