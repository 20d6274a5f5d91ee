"""How often a question that was answered before finds its answer, and how often another one.

``pytest tests/governance/faq/test_found.py -s`` tells the figures of decision 64. Three changes,
each with an FAQ: the first floors were chosen on "tune" and "tell". "blind" was written afterwards,
measured, and the floors were raised by what it told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from core.text import Text
from governance.faq.matching import answering, texts_of
from governance.faq.model import FaqEntry
from governance.reading.embedding import embed
from governance.reading.matching import meanings, packed

HERE = Path(__file__).parent / "asked"


@dataclass(frozen=True, kw_only=True)
class Question:
    """``entry``: the key of the one that answers it; "": none does."""

    text: str
    language: str
    entry: str
    part: str


@dataclass(frozen=True, kw_only=True)
class Figures:
    """``right`` of ``of`` were shown their answer and ``wrong`` another one; ``false`` of
    ``of_none`` that no entry answers were shown one."""

    right: int
    wrong: int
    of: int
    false: int
    of_none: int


def questions(part: str, language: str) -> list[Question]:
    lines = (HERE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = [Question(**json.loads(line)) for line in lines]
    return [one for one in found if (one.part, one.language) == (part, language)]


@cache
def entries(part: str) -> dict[FaqEntry, str]:
    """Entries by their words, each with its key."""
    rows = json.loads((HERE / "entries.json").read_text(encoding="utf-8"))
    there = [one for one in rows if one["part"] == part]
    return {
        FaqEntry(
            id=UUID(int=at),
            change_id=UUID(int=0),
            number=at,
            question=Said(default=one["en"][0], translations={"es": one["es"][0]}),
            answer=Said(default=one["en"][1], translations={"es": one["es"][1]}),
        ): one["key"]
        for at, one in enumerate(there)
    }


class Said(Text):
    """A text that can be a key."""

    __hash__ = object.__hash__


@cache
def vectors(part: str) -> dict[UUID, bytes]:
    return {one.id: meanings(texts_of(one)) or b"" for one in entries(part)}


def figures(asked: Sequence[Question], part: str) -> Figures:
    keys = entries(part)
    right = wrong = false = 0
    for one in asked:
        found = answering(one.text, tuple(keys), packed(embed([one.text])[0]), vectors(part))
        shown = keys[found[0]] if found else ""
        right += bool(shown) and shown == one.entry
        wrong += bool(shown and one.entry) and shown != one.entry
        false += bool(shown) and not one.entry
    with_answer = sum(bool(one.entry) for one in asked)
    return Figures(
        right=right, wrong=wrong, of=with_answer, false=false, of_none=len(asked) - with_answer
    )


@pytest.mark.parametrize(("language", "least"), [("en", 35), ("es", 16)])
def test_what_is_shown_is_the_answer(language: str, least: int) -> None:
    right = 0
    for part in ("tune", "tell", "blind"):
        found = figures(questions(part, language), part)
        print(f"{part} {language}: {found}")
        assert found.of >= 36
        assert found.of_none >= 20
        assert (found.wrong, found.false) == (0, 0)
        right += found.right
    assert right >= least, "it is of use, all the same"
