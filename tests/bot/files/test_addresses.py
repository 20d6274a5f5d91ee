"""Addresses in what somebody pastes."""

from __future__ import annotations

import pytest

from bot.files.addresses import LARGEST, listed


@pytest.mark.parametrize(
    ("written", "found", "wrong"),
    [
        ("ada@example.org\nBO@example.org", ["ada@example.org", "bo@example.org"], []),
        ("Ada Reyes <ada@example.org>; bo@example.org", ["ada@example.org", "bo@example.org"], []),
        ("Ada <ada@example.org> Bo <bo@example.org>", ["ada@example.org", "bo@example.org"], []),
        ("Ada <ada@example.org> bo@example.org", ["ada@example.org", "bo@example.org"], []),
        ("# from the payroll\n\n, ;", [], []),
        ("Ada <nobody>, bo", [], [(1, "nobody"), (1, "bo")]),
    ],
)
def test_each_way_to_write_an_address_is_read(
    written: str, found: list[str], wrong: list[tuple[int, str]]
) -> None:
    read = listed(written)
    assert list(read.lines) == found
    assert list(read.wrong) == wrong


@pytest.mark.parametrize("piece", ["a", "<", "a<", ">", "a@b.c<", "a b "])
def test_a_whole_file_on_one_line_is_read_at_once(piece: str) -> None:
    """In proportion to its length: by its square it would take hours."""
    assert not listed(piece * (LARGEST // len(piece))).lines or "@" in piece
