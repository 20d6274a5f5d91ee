"""What can be asked about recommendations."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.tokens import Slug
from governance.recommendations.model import LONGEST_REASON
from governance.redaction.put_back import PutBack


@dataclass(frozen=True, kw_only=True)
class ShowAdviceForm(Command):
    """Write a recommendation of a committee, or go on with its draft."""

    recommendation_id: UUID
    queue: Slug


@dataclass(frozen=True, kw_only=True)
class WriteAdvice(Command):
    """Keep a draft. ``items`` are ids of the committee's items, ``goals`` keys of the plan's goals,
    ``rule`` the number of a rule. ``put_back``: words that were taken for personal data and are
    not."""

    recommendation_id: UUID
    queue: Slug
    title: str = ""
    advice: str = ""
    rule: str = ""
    items: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
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
    """What a committee recommends, and what became of it: for its members."""

    queue: Slug


@dataclass(frozen=True, kw_only=True)
class ShowChanges(Command):
    """What changed because staff spoke: for everybody."""
