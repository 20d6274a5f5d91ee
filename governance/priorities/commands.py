"""What is asked about ideas of staff: to add one, and to read them before others do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.tokens import PageNumber, Slug
from governance.redaction.put_back import PutBack
from surveys.priorities.model import LONGEST_IDEA, Reason

A_FEW_WORDS = "Write your idea in a few words."
"""What is said of one that is empty, or too short."""


@dataclass(frozen=True, kw_only=True)
class AddIdea(Command):
    """``unlike``: the choice of which its author says that it is not the same. ``meant``: what it
    means, as a vector, where that could be told at once; the dispatch fills it in."""

    wave_id: UUID
    page: PageNumber
    text: str = form_field("Your idea, in a few words", longest=LONGEST_IDEA, missing=A_FEW_WORDS)
    unlike: Slug = ""
    put_back: PutBack = field(default_factory=PutBack)
    meant: bytes | None = field(default=None, repr=False)


class Decision(StrEnum):
    """What a moderator does with an idea."""

    ADD = "add"
    EDIT = "edit"
    SAME = "same"
    DECLINE = "decline"


@dataclass(frozen=True, kw_only=True)
class ShowIdeasBySurvey(Command):
    """The open surveys whose ideas somebody reads before others do."""


@dataclass(frozen=True, kw_only=True)
class ShowIdeas(Command):
    """One of the ideas that wait, whichever comes."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowIdea(Command):
    idea_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowIdeaDecision(Command):
    """The form of a decision that needs one."""

    idea_id: UUID
    decision: Decision


@dataclass(frozen=True, kw_only=True)
class DecideIdea(Command):
    """``text`` and ``translated``: the words as others read them, in both languages."""

    idea_id: UUID
    decision: Decision
    text: str = ""
    translated: str = ""
    same_as: str = ""
    reason: Reason | None = None
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class TendIdeas(Command):
    """By the clock: say how many wait, and end what came too late."""
