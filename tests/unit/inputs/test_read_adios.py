"""ADIOS files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from khazri.inputs import InputError
from khazri.inputs.adios import read_adios

SAMPLE = {"fraction_evaporated": 0.0, "densities": [[850.0, 15.0]], "kinematic_viscosities_cSt": [[10.0, 15.0]]}


def test_a_record_becomes_an_oil(tmp_path: Path) -> None:
    file = tmp_path / "oil.json"
    file.write_text(json.dumps({"id": "XX1", "name": "Trial", "sub_samples": [SAMPLE]}), encoding="utf-8")
    assert read_adios(file, ident="trial").density == 850.0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ("[]", "expected one ADIOS oil record"),
        ("{}", "not an ADIOS oil record"),
        ('{"id": "A", "name": "A", "sub_samples": [{}]}', "neither API gravity nor density"),
    ],
)
def test_a_file_that_is_no_record_is_one_clear_message(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "oil.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_adios(file)


def test_a_missing_file_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unreadable"):
        read_adios(tmp_path / "none.json")
