"""Files that belong elsewhere are told where, by the first lines that they have."""

from __future__ import annotations

import pytest

from khazri.inputs import InputError
from khazri.inputs.forcing import describe


@pytest.mark.parametrize(
    ("start", "what", "cure"),
    [
        (b"time,lon,lat\n2026-09-14,50,45\n", "a table of tracks", "`khazri validate FILE PACK`"),
        (b"\xef\xbb\xbf# made by hand\ntime;speed;from\n2026-09-14;5;200\n", "a table in time", "`scripted`"),
        (b"lon\tlat\tdepth\n50\t45\t8\n", "a table of soundings", "`bathymetry:`"),
        (b'{"type": "FeatureCollection", "features": []}', "GeoJSON", "`coast:`"),
        (b'{"a": 1}', "this is JSON", "NetCDF"),
        (b"<gpx version='1.1'><trk/></gpx>", "GPX", "as CSV with the columns time, lon, lat"),
        (b"<?xml version='1.0'?><kml/>", "KML", "`polygon` of a release"),
        (b"<?xml version='1.0'?><gml:Polygon/>", "GML, outlines,", "`polygon` of a release"),
        (b"<html><body>Log in", "a web page", "downloaded again"),
        (b"BZh91AY", "bzip2", "unpacked"),
        (b"II*\0", "TIFF", "gdal_translate"),
        (b"\x89PNG\r\n\x1a\n", "a picture, not figures", "NetCDF"),
        (b"%PDF-1.7", "a PDF", "NetCDF"),
        (b"\0\0\x27\x0a" + b"\0" * 96, "a shapefile", "GeoJSON"),
        ("Не знаю, что это.\n".encode(), "this is text", "NetCDF"),
        (b"\x01\x02\x03\x04", "is not NetCDF", "NetCDF"),
    ],
)
def test_a_file_of_another_kind_is_sent_where_it_belongs(tmp_path, start, what, cure):
    (tmp_path / "file.dat").write_bytes(start)
    with pytest.raises(InputError) as caught:
        describe(tmp_path / "file.dat")
    why, _, instead = str(caught.value).partition("expected")
    assert what in why
    assert cure in instead
