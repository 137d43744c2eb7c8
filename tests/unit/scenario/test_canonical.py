from __future__ import annotations

import json

import pytest

from khazri.scenario import hash_canonical, write_canonical

# RFC 8785, appendix B: numbers as ECMAScript writes them.
NUMBERS = {
    0.0: "0",
    5e-324: "5e-324",
    1.7976931348623157e308: "1.7976931348623157e+308",
    9007199254740992.0: "9007199254740992",
    295147905179352830000.0: "295147905179352830000",
    9.999999999999997e22: "9.999999999999997e+22",
    1e23: "1e+23",
    999999999999999700000.0: "999999999999999700000",
    1e21: "1e+21",
    9.999999999999997e-7: "9.999999999999997e-7",
    0.000001: "0.000001",
    333333333.3333332: "333333333.3333332",
    -3.3333333333333333e-6: "-0.0000033333333333333333",
}


@pytest.mark.parametrize(("number", "text"), NUMBERS.items())
def test_numbers_are_written_as_rfc_8785_has_them(number: float, text: str) -> None:
    assert write_canonical(number) == text
    assert float(json.loads(text)) == number


def test_negative_zero_is_zero() -> None:
    assert write_canonical(-0.0) == "0"


def test_the_order_of_keys_does_not_matter() -> None:
    assert hash_canonical({"b": 1, "a": [1.0, None, True]}) == hash_canonical({"a": [1, None, True], "b": 1.0})


def test_keys_are_sorted_by_their_utf16_units() -> None:
    assert write_canonical({"\ufb33": 1, "\U0001f600": 2, "a": 3}) == '{"a":3,"\U0001f600":2,"\ufb33":1}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), 2**60])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="canonical JSON"):
        write_canonical(value)
