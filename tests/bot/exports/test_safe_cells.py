"""A cell begins with nothing that a spreadsheet would do."""

from __future__ import annotations

import pytest

from bot.exports.safe_cells import guarded


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "\u200b=1", " =1"]
)
def test_what_could_be_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Fine.", "5 of 6", ">90%", "a=b", "¿Sí?", "1 - 2"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
