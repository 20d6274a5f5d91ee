"""Answers that a committee keeps by a title, to be used again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

LONGEST_TITLE = 80
MOST = 100
"""Answers that one committee keeps."""


@dataclass(frozen=True, kw_only=True)
class SavedAnswer:
    """``queue``: the committee that keeps it, and nobody else sees it."""

    id: UUID
    queue: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class SavedAnswersView:
    """All that a committee keeps, by title."""

    queue: str
    name: str
    answers: tuple[SavedAnswer, ...] = ()
