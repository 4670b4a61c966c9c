"""Codes: every single slip and every exchange of two neighbours is caught."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtepointe.core.errors import BadInput
from courtepointe.press.attestations import SYMBOLS, code_of, read_code, shown

CODES = st.binary(min_size=5, max_size=5).map(code_of)


def test_a_code_worked_by_hand() -> None:
    # 0x0102030405, five bits at a time: 00000 00100 00001 00000 00110 00001 00000 00101.
    # 4328719365 x 1024 = 1021 x 4341438422 + 898, and 1021 - 898 = 123 = 3 x 32 + 27: 3 and V.
    assert 4328719365 * 1024 == 1021 * 4341438422 + 898
    assert code_of(bytes([1, 2, 3, 4, 5])) == "041061053V"
    assert shown("041061053V") == "0410-6105-3V"


@given(CODES)
def test_a_code_is_read_as_it_was_made_however_it_is_typed(code: str) -> None:
    assert len(code) == 10 and set(code) <= set(SYMBOLS)
    typed = shown(code).lower().replace("0", "o").replace("1", "l").replace("-", " – ")
    assert read_code(f"  {typed}\n") == code


@given(CODES, st.integers(0, 9), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_caught(code: str, place: int, symbol: str) -> None:
    wrong = code[:place] + symbol + code[place + 1 :]
    if wrong == code:
        return
    with pytest.raises(BadInput, match="code_slip"):
        read_code(wrong)


@given(CODES, st.integers(0, 8))
def test_two_neighbours_exchanged_are_caught(code: str, place: int) -> None:
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if wrong == code:
        return
    with pytest.raises(BadInput, match="code_slip"):
        read_code(wrong)


@pytest.mark.parametrize(
    "text", ["", "0410", "0410-6105-G", "0410-61U5-GZ", "0410-6105-G²", "x" * 500]
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="code_form"):
        read_code(text)


def test_chance_is_of_five_bytes() -> None:
    with pytest.raises(BadInput, match="code_chance"):
        code_of(b"1234")
