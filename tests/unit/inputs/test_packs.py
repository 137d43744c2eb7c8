"""Packs read from folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from khazri.inputs import InputError, packs
from khazri.scenario import PackFaults
from khazri.scenario.template import write_template

KNOWN = frozenset({"azeri-light"})


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    """The template as a pack in `folder`, with texts replaced."""
    text = write_template("test-pack")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder


def faults_of(path: Path, roots: tuple[Path, ...] = ()) -> list[str]:
    return [str(fault) for fault in packs.check(path, known_oils=KNOWN, roots=roots)]


def test_a_new_pack_has_no_fault(tmp_path: Path) -> None:
    made = packs.create("my-spill", tmp_path)
    assert made == tmp_path / "my-spill" / "scenario.yaml"
    assert faults_of(made) == []
    assert packs.read_pack(made.parent, known_oils=KNOWN).folder == str(made.parent)


@pytest.mark.parametrize("name", ["My Spill", "../x", "", "a" * 65])
def test_a_new_packs_name_must_be_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="expected lower-case words"):
        packs.create(name, tmp_path)


def test_a_new_pack_overwrites_nothing(tmp_path: Path) -> None:
    packs.create("my-spill", tmp_path)
    with pytest.raises(InputError, match="nothing is overwritten"):
        packs.create("my-spill", tmp_path)
    with pytest.raises(InputError, match="is not a folder"):
        packs.create("my-spill", tmp_path / "absent")


def test_a_fault_names_the_file_and_the_line(tmp_path: Path) -> None:
    file = write(tmp_path, ("mass: 200 t", "mass: -40")) / "scenario.yaml"
    line = next(i for i, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "mass: -40" in text)
    assert faults_of(tmp_path) == [f"{file}:{line} sites[0].releases[0].mass is -40; expected kg > 0"]


def test_what_is_missing_is_told_at_the_line_of_its_section(tmp_path: Path) -> None:
    file = (
        write(tmp_path, ("        oil: azeri-light                   # khazri oil list shows the catalogue\n", ""))
        / "scenario.yaml"
    )
    line = next(
        i for i, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if "- ident: tanker" in text
    )
    assert faults_of(tmp_path)[0].startswith(f"{file}:{line} sites[0].releases[0].oil is missing")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"# only a comment\n", "is empty"),
        (b"- a\n- b\n", "is a list; expected a mapping"),
        (b"just words", "is a single value; expected a mapping"),
        (b"name: caf\xe9\n", ":1 is not UTF-8"),
        (b"name: x\nsites:\n\t- a\n", ":3 is indented by a tab; expected spaces"),
        (b"name: [1, 2\n", "is no YAML"),
        (b"name: x\n--- \nname: y\n", "a second document"),
        (b"name: a\x00b\n", "a control character"),
        (b"name: a\nname: b\n", ":2 name is given twice, first on line 1; expected it once"),
        (b"a: &x [1]\nb: *x\n", "b is an alias"),
        (b"a: &x {b: *x}\n", "is an alias"),
        (b"name: !!python/object/apply:os.system ['true']\n", "is tagged"),
        (b"? [1, 2]\n: 3\n", "keyed by a list or mapping"),
        (b"<<: {a: 1}\n", "is a merge"),
        (b"[" * 5_000, "nested too deeply"),
        (b"name: " + b"[" * 60 + b"]" * 60, "is too large"),
        (b"a: " + b"9" * 5_000, "a number of too many digits"),
        (b" " * (packs.LARGEST + 1), "bytes long; expected at most"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_pack_is_told_what_it_is(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "scenario.yaml").write_bytes(content)
    assert any(said in fault for fault in faults_of(tmp_path)), faults_of(tmp_path)


def test_a_path_without_a_pack_is_told(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == [
        f"{tmp_path} is a folder without scenario.yaml; expected a folder with scenario.yaml in it"
    ]
    assert faults_of(tmp_path / "absent") == [
        f"{tmp_path / 'absent'} is not there; expected the folder of a pack, or its scenario.yaml"
    ]
    with pytest.raises(PackFaults, match="not there"):
        packs.read_pack(tmp_path / "absent")


def test_values_are_not_what_yaml_1_1_takes_them_for(tmp_path: Path) -> None:
    write(
        tmp_path,
        ('from: "T+00:00"', "from: 01:30"),
        ("seed: 1", "seed: 010"),
        ("numerics:", "languages: [no]\nnumerics:"),
    )
    faults = faults_of(tmp_path)
    assert any('from is "01:30"; expected a moment' in fault for fault in faults)  # not 90 minutes in seconds
    assert any('languages[0] is "no"; expected en' in fault for fault in faults)  # not false
    assert not any("seed" in fault for fault in faults)  # ten, not eight


def test_a_time_zone_must_exist(tmp_path: Path) -> None:
    assert 'parties[0].time_zone is "Asia/Bakou"' in faults_of(write(tmp_path, ("Asia/Baku", "Asia/Bakou")))[0]


COAST = "coast: training                        #"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("absent.geojson", "expected a file that exists in the pack's folder"),
        ("../secret.geojson", "expected a file inside the pack's folder"),
        ("a/../../secret.geojson", "expected a file inside the pack's folder"),
        ("/secret.geojson", "expected a file inside the pack's folder"),
        ("C:\\secret.geojson", "expected a file inside the pack's folder"),
        ("~/secret.geojson", "expected a file inside the pack's folder"),
        ("link.geojson", "expected a file inside the pack's folder"),
        ("folder.geojson", "expected a file; this is a folder"),
        ("*.geojson", "expected the name of one file"),
        ("x" * 400 + ".geojson", "expected a name or pattern of files"),
    ],
)
def test_an_attachment_must_lie_in_the_packs_folder(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "secret.geojson").write_text("{}")
    pack = tmp_path / "pack"
    (pack / "folder.geojson").mkdir(parents=True)
    (pack / "link.geojson").symlink_to(tmp_path / "secret.geojson")
    write(pack, (COAST, f"coast: '{name}' #"))
    faults = faults_of(pack)
    assert len(faults) == 1
    assert said in faults[0]


FILES = ("environment:", "environment:\n      files: { path: forcing/*.nc }")


def test_forcing_may_be_a_pattern_and_may_lie_in_a_folder_that_is_given(tmp_path: Path) -> None:
    pack_folder, beside = tmp_path / "pack", tmp_path / "beside"
    (beside / "forcing").mkdir(parents=True)
    pack_folder.mkdir()
    for name in ("b.nc", "a.nc"):
        (beside / "forcing" / name).write_bytes(name.encode())
    write(pack_folder, FILES)
    assert 'environment.files.path is "forcing/*.nc"' in faults_of(pack_folder)[0]
    assert faults_of(pack_folder, roots=(beside,)) == []
    pack = packs.read_pack(pack_folder, known_oils=KNOWN, roots=(beside,))
    (reference,) = pack.attachments()
    assert [file.name for file in packs.attached(pack, reference, roots=(beside,))] == ["a.nc", "b.nc"]
    assert len(packs.input_hashes(pack, roots=(beside,))) == 2


def hash_of(folder: Path) -> str:
    return packs.pack_hash(packs.read_pack(folder, known_oils=KNOWN))


def test_the_hash_is_of_the_content_alone(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    write(one, (COAST, "coast: a.geojson #"))
    write(
        other,
        (COAST, "coast: renamed.geojson #"),
        ("schema: 1\nname: test-pack\n", "name: test-pack # a comment\nschema: 1\n"),
        ("15 min", "900"),
    )
    (one / "a.geojson").write_text("{}")
    (other / "renamed.geojson").write_text("{}")
    before = hash_of(one)
    assert before == hash_of(other)
    (one / "a.geojson").write_text("{ }")
    assert hash_of(one) != before
    write(other, ("seed: 1", "seed: 2"))
    assert hash_of(other) != before


def test_the_hash_of_a_pack_that_was_altered_in_memory_is_another(tmp_path: Path) -> None:
    pack = packs.read_pack(write(tmp_path), known_oils=KNOWN)
    altered = pack.model_copy(update={"numerics": pack.numerics.model_copy(update={"seed": 7})})
    assert packs.pack_hash(altered) != packs.pack_hash(pack)


OWN = "oils:\n  - { ident: own, api: 30, viscosity: 30 cSt }\nnumerics:"


def test_the_oil_of_a_release_is_the_packs_own_or_the_catalogues(tmp_path: Path) -> None:
    pack = packs.read_pack(write(tmp_path, ("numerics:", OWN)))
    assert packs.oil_of(pack, "own").density == pytest.approx(
        141.5 / 161.5 * 999.016, rel=2e-3
    )  # API 30, water at 15.56 degC
    assert packs.oil_of(pack, "azeri-light").ident == "azeri-light"


def test_an_adios_file_that_makes_no_oil_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "oil.json").write_text("[]")
    faults = faults_of(write(tmp_path, ("numerics:", "oils:\n  - { ident: own, adios: oil.json }\nnumerics:")))
    assert len(faults) == 1
    assert 'oils[0].adios is "oil.json"; expected a record that makes an oil' in faults[0]


def test_figures_that_make_no_oil_are_a_fault(tmp_path: Path) -> None:
    cuts = "cuts: [{ temperature: 100 degC, fraction: 0.9 }, { temperature: 300 degC, fraction: 0.5 }]"
    faults = faults_of(write(tmp_path, ("numerics:", OWN.replace("30 cSt", f"30 cSt, {cuts}"))))
    assert any("cuts[1].fraction is 0.5; expected at least the fraction of the cut before" in fault for fault in faults)
