"""What can be asked about recommendations."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.tokens import Slug
from governance.recommendations.model import (
    LONGEST_ADVICE,
    LONGEST_REASON,
    LONGEST_RULE,
    LONGEST_TITLE,
)
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class WriteAdvice(Command):
    """Keep a committee's draft. ``items`` are ids of its items, ``goals`` keys of the plan's goals,
    ``rule`` the number of a rule. ``put_back``: words that were taken for personal data and are
    not."""

    recommendation_id: UUID
    queue: Slug
    title: str = form_field(
        "What do you recommend, in a few words?",
        missing="Say in a few words what you recommend.",
        longest=LONGEST_TITLE,
    )
    advice: str = form_field(
        "Your advice, and why",
        hint="What should change, what it needs, and what happens if nothing is done.",
        missing="Write what you recommend, and why.",
        longest=LONGEST_ADVICE,
        rows=8,
    )
    items: tuple[str, ...] = form_field(
        "Which messages is it based on?",
        (),
        hint="Their authors will hear back.",
        listed=True,
        depends=True,
    )
    goals: tuple[str, ...] = form_field(
        "Which goals of the plan is it about?", (), listed=True, depends=True
    )
    rule: str = form_field(
        "Which rule is it about?",
        hint="Its number, if there is one.",
        longest=LONGEST_RULE,
        depends=True,
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class SendAdvice(Command):
    """The draft goes to the CTO as it is."""

    recommendation_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAdvice(Command):
    recommendation_id: UUID


@dataclass(frozen=True, kw_only=True)
class DecideAdvice(Command):
    """The CTO accepts or declines it, and says why."""

    recommendation_id: UUID
    accept: bool
    reason: str = form_field(
        "Why?",
        missing="Say why. Everyone who contributed will see it.",
        longest=LONGEST_REASON,
        rows=5,
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class TellOutcome(Command):
    """The CTO's office says what has changed because of it."""

    recommendation_id: UUID
    outcome: str = ""
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ShowRecommendations(Command):
    """What a committee recommends, and how each was decided: for its members."""

    queue: Slug


@dataclass(frozen=True, kw_only=True)
class ShowChanges(Command):
    """What changed because staff spoke: for everybody."""
