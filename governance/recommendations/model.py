"""A committee's advice to the Chief Technology Officer, and what happened to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from governance.redaction.put_back import Doubt
from governance.references.model import Bound, BoundLine
from surveys.questions import Unfit

LONGEST_TITLE = 150
LONGEST_ADVICE = 4000
LONGEST_REASON = 2000
LONGEST_RULE = 80


class AdviceState(StrEnum):
    DRAFT = "draft"
    SENT = "waits-for-cto"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """``items``: what it was made of. ``reason``: the CTO's, to everybody who contributed.
    ``outcome``: what has changed because of it, told later."""

    id: UUID
    queue: str
    title: str
    advice: str
    written_at: datetime
    state: AdviceState = AdviceState.DRAFT
    items: tuple[UUID, ...] = ()
    about: tuple[Bound, ...] = ()
    written_by: UUID | None = None
    sent_by: UUID | None = None
    sent_at: datetime | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    outcome: str | None = None
    outcome_by: UUID | None = None
    outcome_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AdviceLine:
    """A recommendation in a list."""

    id: UUID
    title: str
    committee: str
    state: AdviceState
    at: datetime
    """When it was written, sent or decided: what happened last."""


@dataclass(frozen=True, kw_only=True)
class AdviceView:
    """One recommendation. ``voices``: how many messages it was made of, where five people or more
    are behind them; None: fewer. ``items``: their first words, for the committee only. ``mine``:
    it is the reader's committee's; ``leads``: which they lead; ``decides``: they are the CTO.
    ``outcome``: as it was just typed, where it is not kept; ``doubt``: what would be taken out of
    it; ``unfit``: why it does not fit."""

    recommendation: Recommendation
    committee: str
    about: tuple[BoundLine, ...]
    voices: int | None
    items: tuple[str, ...] = ()
    sent_by: str | None = None
    decided_by: str | None = None
    mine: bool = False
    leads: bool = False
    decides: bool = False
    outcome: str = ""
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ChangesView:
    """What changed because staff spoke: recommendations that were accepted, the newest first."""

    changes: tuple[AdviceView, ...]


@dataclass(frozen=True, kw_only=True)
class RecommendationsView:
    """What one committee recommends. ``leads``: whether the reader may write for it."""

    queue: str
    name: str
    recommendations: tuple[AdviceLine, ...]
    leads: bool


RecommendingView = ChangesView | RecommendationsView
