"""All ways to have answered are tried, and most of them differ in one group: what is drawn for the
intervals of the others was drawn before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from uuid import UUID

import pytest
from surveys.priorities import Comparison, Strength, strengths

from surveys import tabulating


@cache
def _strengths(
    answers: tuple[tuple[Comparison, ...], ...],
    choices: tuple[str, ...],
    wave_id: UUID,
    question: str,
) -> Sequence[Strength]:
    return strengths(answers, choices, wave_id, question)


def _once(
    answers: Sequence[Sequence[Comparison]],
    choices: Sequence[str],
    wave_id: UUID,
    question: str = "",
) -> list[Strength]:
    """In whatever order they answered: it is no part of what is drawn."""
    known = tuple(sorted(tuple(sorted(one)) for one in answers))
    return list(_strengths(known, tuple(choices), wave_id, question))


@pytest.fixture(scope="package", autouse=True)
def drawn_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tabulating, "strengths", _once)
        yield
    _strengths.cache_clear()
