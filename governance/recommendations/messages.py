"""What is said about a recommendation in every place: to the CTO, and of what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.messages import Asks, Settles
from governance.recommendations.model import AdviceView


@dataclass(frozen=True, kw_only=True)
class AdviceSent(Asks):
    """To the CTO: a committee's advice, to be accepted or declined. ``voices``: how many messages
    it was made of, where five people or more are behind them."""

    recommendation_id: UUID
    committee: str
    title: str
    advice: str
    about: tuple[str, ...]
    voices: int | None
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class AdviceSettled(Settles):
    """What was decided and why: to whoever decided, and (``to_committee``) to the committee."""

    recommendation_id: UUID
    committee: str
    title: str
    accepted: bool
    reason: str
    by: str
    at: datetime
    to_committee: bool = False

    @property
    def settled_at(self) -> datetime:
        return self.at


RecommendationMessage = AdviceSent | AdviceSettled | AdviceView
