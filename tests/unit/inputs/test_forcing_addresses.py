"""Files by an address: fetched once and told of, from an OPeNDAP server only what the run needs; every failure in one sentence."""

from __future__ import annotations

import hashlib
import socket
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from khazri.cli.inputs import inputs_app
from khazri.geo.build import plane_about
from khazri.geo.raster import project_geometry
from khazri.inputs import InputError
from khazri.inputs.addresses import pin_addresses
from khazri.inputs.environment import fields_for
from khazri.inputs.forcing import Part, fetch, fetching, origin_of
from khazri.inputs.packs import check, pack_hash, read_pack
from khazri.inputs.places import polygon_of

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import forcing_files as files
import small_servers as servers

LON, LAT = np.arange(47.0, 53.01, 0.1), np.arange(43.0, 47.01, 0.1)
SITE = files.request(50.0, 45.0)
BILINEAR = 3e-4


@pytest.fixture(autouse=True)
def _at_home(tmp_path, monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("KHAZRI_CACHE", str(tmp_path / "cache"))


def giving(path, **further):
    """A server of one file, which knows its ETag."""
    content = path.read_bytes()

    def answer(name, _, headers):
        if not name.endswith(path.name):
            return 404, {}, b"no"
        if headers.get("If-None-Match") == '"one"':
            return 304, {"ETag": '"one"'}, b""
        return 200, {"ETag": '"one"', **further}, content

    return servers.serving(answer)


def refusal(address, folder):
    with pytest.raises(InputError) as caught:
        fetch(address, folder, Part())
    message = str(caught.value)
    assert message.startswith(address)
    assert "expected" in message
    assert "\n" not in message
    return message


def test_a_file_on_a_server_gives_what_the_file_gives(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with giving(path) as (home, asked):
        found = fetch(f"{home}/data/a.nc", tmp_path / "kept", Part())
        again = fetch(f"{home}/data/a.nc", tmp_path / "kept", Part())
    assert found == again
    assert found.read_bytes() == path.read_bytes()
    assert asked == ["/data/a.nc", "/data/a.nc"]  # the second time it had not changed
    made = files.read(found, SITE)
    np.testing.assert_allclose(made.field.values, files.exact(SITE.plane, made.field), atol=BILINEAR)


def test_a_copy_that_was_altered_is_fetched_again(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with giving(path) as (home, _):
        found = fetch(f"{home}/a.nc", tmp_path / "kept", Part())
        found.write_bytes(b"CDF\x01 something else")
        assert fetch(f"{home}/a.nc", tmp_path / "kept", Part()).read_bytes() == path.read_bytes()


def test_of_an_opendap_server_only_the_box_and_the_time_are_read(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT, hours=np.arange(-240.0, 240.0, 6.0))
    part = Part((SITE.start, SITE.start + SITE.duration), (49.0, 44.3, 51.0, 45.7))
    with servers.serving(servers.dap(path)) as (home, asked):
        found = fetch(f"{home}/forecast", tmp_path / "kept", part)
    made = files.read(found, SITE)
    np.testing.assert_allclose(made.field.values, files.exact(SITE.plane, made.field), atol=BILINEAR)
    assert found.stat().st_size < 0.1 * path.stat().st_size
    assert origin_of(found) == f"{home}/forecast"
    assert any(name.startswith("/forecast.dods?uo[") for name in asked)


@pytest.mark.parametrize(
    "form",
    [{"packed": True}, {"missing": (np.abs(LON - 52.5) < 0.2)[None, :] & (LAT > 0.0)[:, None]}],
    ids=["packed", "missing"],
)
def test_packed_and_missing_values_come_through_opendap_as_they_are(tmp_path, form):
    path = files.regular(tmp_path / "a.nc", LON, LAT, **form)
    with servers.serving(servers.dap(path)) as (home, _):
        found = fetch(f"{home}/forecast", tmp_path / "kept", Part())
    wanted = files.request(52.0, 45.0)
    np.testing.assert_array_equal(files.read(found, wanted).field.values, files.read(path, wanted).field.values)


def test_an_opendap_server_that_fails_half_way(tmp_path, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)  # xarray tries again six times, for 45 s together
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    whole = servers.dap(path)

    def answer(name, query, headers):
        if name.endswith(".dods") and query.startswith("uo"):
            return 500, {}, b'Error { code = 500; message = "out of memory"; };'
        return whole(name, query, headers)

    with servers.serving(answer) as (home, _):
        assert "the OPeNDAP server cannot be read" in refusal(f"{home}/forecast", tmp_path / "kept")
    assert not list((tmp_path / "kept").glob("*"))


def test_opendap_longitudes_from_0_to_360_fit_a_box_west_of_greenwich(tmp_path):
    lon = np.arange(0.0, 360.0, 1.0)
    path = files.regular(tmp_path / "a.nc", lon, np.arange(40.0, 50.0, 1.0))
    part = Part((SITE.start, SITE.start + SITE.duration), (-21.0, 44.0, -19.0, 46.0))
    site = files.request(-20.0, 45.0)
    with servers.serving(servers.dap(path)) as (home, _):
        found = fetch(f"{home}/a", tmp_path / "kept", part)
    whole, cut = files.read(path, site), files.read(found, site)
    np.testing.assert_allclose(cut.field.values, whole.field.values, atol=1e-6)
    assert found.stat().st_size < path.stat().st_size / 4


def test_a_server_that_is_not_there(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be reached (" in refusal(f"http://127.0.0.1:{port}/a.nc", tmp_path)


def test_a_server_that_does_not_answer(tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert "no answer within 0 s" in refusal(f"http://127.0.0.1:{silent.getsockname()[1]}/a.nc", tmp_path)


def test_an_address_that_has_nothing(tmp_path):
    with giving(files.regular(tmp_path / "a.nc", LON, LAT)) as (home, _):
        assert "answers 404 Not Found" in refusal(f"{home}/b.nc", tmp_path)


def test_a_page_in_the_place_of_a_file(tmp_path):
    with servers.serving(lambda *_: (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>Sign in, please")) as (
        home,
        _,
    ):
        assert "gives text/html that begins with b'<html>Si'" in refusal(f"{home}/a.nc", tmp_path)


def test_a_file_that_breaks_off(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with giving(path, **{"Content-Length": str(path.stat().st_size + 1000)}) as (home, _):
        refusal(f"{home}/a.nc", tmp_path / "kept")
    assert not list((tmp_path / "kept").glob("*"))


def test_an_address_with_a_password_is_not_written_anywhere(tmp_path):
    with pytest.raises(InputError) as caught:
        fetch("http://someone:secret@127.0.0.1/a.nc", tmp_path, Part())
    assert "secret" not in str(caught.value)
    assert "someone" not in str(caught.value)


def test_the_last_copy_is_named_where_the_server_is_gone(tmp_path):
    with giving(files.regular(tmp_path / "a.nc", LON, LAT)) as (home, _):
        kept = fetch(f"{home}/a.nc", tmp_path / "kept", Part())
    assert f"the copy that was read before, {kept}" in refusal(f"{home}/a.nc", tmp_path / "kept")


# ---- in a pack, and at the command line ----------------------------------------------------------------------------


def pack_with(folder, paths):
    """A pack on one site, of which the current is in files or at an address."""
    environment = {
        "files": {"path": paths},
        "scripted": {"wind": {"speed": 10.0, "from": "270 deg"}, "water_temperature": "15 degC"},
    }
    area = {"west": 49.5, "east": 50.5, "south": 44.5, "north": 45.5}
    site = {"ident": "here", "name": {"en": "Here"}, "area": area, "water_level": -28, "bathymetry": "20 m"}
    content = {
        "schema": 1, "name": "test", "title": {"en": "Test"}, "start": "2026-09-14T00:00:00Z", "end": "2026-09-15T00:00:00Z",
        "sites": [{**site, "environment": environment}],
    }  # fmt: skip
    (folder / "scenario.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
    return read_pack(folder)


def fields_of(pack):
    polygon = polygon_of(pack.sites[0].area.ring)
    plane = plane_about(polygon)
    bounds = project_geometry(polygon.segmentize(0.05), plane).bounds
    return fields_for(pack, pack.sites[0], plane=plane, bounds=bounds), plane


def test_a_pack_names_an_address_and_its_record_says_what_was_read(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with giving(path) as (home, asked):
        pack = pack_with(tmp_path, f"{home}/a.nc")
        found, plane = fields_of(pack)
        assert check(tmp_path) == []
        assert len(asked) == 1  # a pack is checked without a network
    field = found.fields["current"]
    np.testing.assert_allclose(field.values, files.exact(plane, field), atol=BILINEAR)
    (used,) = [each for each in found.used if each.field == "current"]
    assert used.files == ((f"{home}/a.nc", hashlib.sha256(path.read_bytes()).hexdigest()),)
    assert any(f"read from {home}/a.nc" in note for note in found.notes)
    with pytest.raises(InputError, match=r"site here: http://.* cannot be reached"):
        fields_of(pack)


def test_another_address_is_another_pack(tmp_path):
    files.regular(tmp_path / "a.nc", LON, LAT)
    hashes = {
        pack_hash(pack_with(tmp_path, paths))
        for paths in (["http://here/b.nc"], ["http://there/b.nc"], ["a.nc", "http://here/b.nc"], ["a.nc", "http://there/b.nc"], "a.nc")
    }  # fmt: skip
    assert len(hashes) == 5


def test_inspect_takes_an_address_and_ends_with_2_where_there_is_nothing(tmp_path):
    with giving(files.regular(tmp_path / "a.nc", LON, LAT)) as (home, _):
        good = CliRunner().invoke(inputs_app, ["inspect", f"{home}/a.nc"])
        bad = CliRunner().invoke(inputs_app, ["inspect", f"{home}/b.nc"])
    assert good.exit_code == 0
    assert "current  (uo, vo)" in good.output
    assert f"read from {home}/a.nc" in good.output.replace("\n", " ")
    assert bad.exit_code == 2
    assert "answers 404" in bad.output


def test_an_exercise_keeps_what_it_was_opened_with(tmp_path):
    path = files.regular(tmp_path / "a.nc", LON, LAT)
    with servers.serving(servers.dap(path)) as (home, _):
        pack = pack_with(tmp_path, f"{home}/ocean")
        pin_addresses(pack)
        before = fields_of(pack)[0].fields["current"].values.copy()
    pin_addresses(pack)  # with no server: it is there
    found = fields_of(pack)[0]
    np.testing.assert_array_equal(found.fields["current"].values, before)
    (kept,) = (each for each in (tmp_path / ".fetched").iterdir() if not each.name.endswith(".json"))
    kept.write_bytes(kept.read_bytes() + b" ")
    with pytest.raises(InputError, match=r"was altered since it was read from http://127\.0\.0\.1"):
        fields_of(pack)
