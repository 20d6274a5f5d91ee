"""Receipts: what they are made of, and how they are read when somebody types them."""

from __future__ import annotations

import secrets

import pytest

from governance.anonymous.receipts import BITS, read_code, spelled


def test_a_code_spells_a_hundred_bits_and_is_read_back() -> None:
    assert spelled(bytes(13)) == "0000-0000-0000-0000-0000"
    assert spelled(b"\xff" * 32) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert spelled((1).to_bytes(13, "big") + b"\xff") == "0000-0000-0000-0000-0000"
    assert spelled((1 << 4).to_bytes(13, "big")) == "0000-0000-0000-0000-0001"
    codes = {spelled(secrets.token_bytes(32)) for _ in range(500)}
    assert len(codes) == 500
    assert all(read_code(code) == code.replace("-", "") for code in codes)
    assert BITS >= 80


@pytest.mark.parametrize(
    "typed", ["ol1i-7kq2-m8fd-0000-zzzz", " OL1I 7KQ2 M8FD 0000 ZZZZ ", "0l1i7kq2m8fdoooozzzz"]
)
def test_letters_that_look_like_digits_are_read_as_such(typed: str) -> None:
    assert read_code(typed) == "01117KQ2M8FD0000ZZZZ"


@pytest.mark.parametrize(
    "typed", ["", "7KQ2", "7KQ2-M8FD-0000-0000-000U", "x" * 1_000_000, "7KQ2-M8FD-0000-0000-00000"]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
