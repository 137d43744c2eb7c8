"""Runs on constant fields: reading the environment has tests of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

CONSTANT = {
    "wind": (-5.5, 4.6),
    "current": (-0.09, 0.05),
    "water_temperature": (294.0,),
    "air_temperature": (293.0,),
    "salinity": (8.0,),
    "sediment": (0.02,),
}


def constant_fields(pack, site, terrain, *, roots, progress):
    from khazri.engine.fields import Field
    from khazri.geo.grid import Grid
    from khazri.inputs.environment import EnvironmentFields

    grid, times = Grid(0.0, 0.0, 1e6, 1, 1), np.zeros(1)
    fields = {
        name: Field(name, grid, times, np.array(values, np.float32).reshape(1, 1, 1, -1), "constant")
        for name, values in CONSTANT.items()
    }
    return EnvironmentFields(fields, ("wind: constant",), ())


@pytest.fixture(scope="module", autouse=True)  # not session: it would stay for the tests of every other folder
def constant_environment():
    from khazri.runs import preparation

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparation, "site_fields", constant_fields)
        yield
