"""`khazri inputs inspect`: what a file is, its picture, and a refusal that ends with 2."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from khazri.cli.inputs import inputs_app
from khazri.inputs import InputError
from khazri.inputs.forcing import look, open_set
from khazri.report.forcing import Seen, draw_gridded, needed_box

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files

LON, LAT = np.arange(49.0, 51.01, 0.1), np.arange(44.0, 46.01, 0.1)


def test_a_file_is_described_and_drawn(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT)
    found = CliRunner().invoke(inputs_app, ["inspect", str(tmp_path / "a.nc"), "--map", str(tmp_path / "a.png")])
    assert found.exit_code == 0
    for words in (
        "current",
        "uo, vo",
        "standard_name",
        "longitude-latitude grid of 21 x 21 points",
        "49.00 to 51.00 E",
    ):
        assert words in found.output
    picture = Image.open(io.BytesIO((tmp_path / "a.png").read_bytes()))
    assert picture.format == "PNG"
    assert min(picture.size) > 600


def test_a_field_that_is_not_there_is_refused_with_those_that_are(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT)
    with (
        open_set([tmp_path / "a.nc"]) as found,
        pytest.raises(InputError, match="has no wind; expected one of current"),
    ):
        look(found, "wind")


def test_what_is_drawn_is_in_our_units_and_along_east_and_north(tmp_path):
    """A polar stereographic grid: its vectors run along its axes, and are turned back to what they were made of."""
    x, y = files.polar(10.0, 80.0)
    axis = np.arange(-10, 11) * 8e3
    with open_set([files.polar_file(tmp_path / "a.nc", x + axis, y + axis)]) as found:
        seen = look(found)
    inner = (slice(1, -1), slice(1, -1))
    np.testing.assert_allclose(seen.values[0][inner], files.east(seen.longitude, seen.latitude)[inner], atol=2e-3)
    np.testing.assert_allclose(seen.values[1][inner], files.north(seen.longitude, seen.latitude)[inner], atol=2e-3)
    assert seen.unit == "m s-1"
    assert seen.moment == "2026-09-14 00:00 UTC, the first of 5 times"


@pytest.mark.parametrize("width", [4.0, 350.0])
def test_every_width_is_drawn_also_across_the_antimeridian_and_with_holes(width):
    lon, lat = np.meshgrid(180.0 + np.linspace(-0.5, 0.5, 30) * width, np.linspace(60.0, 60.0 + width / 5.0, 20))
    values = np.full((1, 20, 30), 280.0)
    values[0, :5] = np.nan
    seen = Seen("water_temperature", "K", lon, lat, values)
    west, south, east, north = needed_box(lon, lat)
    assert east - west <= 360.0
    assert -90.0 <= south < north <= 90.0
    drawn = draw_gridded(seen, title="t", moment="m", coast=[np.array([[178.0, 60.5], [181.0, 61.0]])], coast_words="c")
    assert np.asarray(Image.open(io.BytesIO(drawn))).std() > 10.0
