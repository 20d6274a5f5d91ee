"""What is said about a recommendation in every place: to the CTO, and of what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.messages import Asks, Settles
from governance.recommendations.model import AdviceForm, AdviceView
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


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
class DecisionForm:
    """Asks the CTO why, before advice is accepted or declined."""

    recommendation_id: UUID
    committee: str
    title: str
    accept: bool
    reason: str = ""
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class AdviceSettled(Settles):
    """What was decided and why: to who decided, and (``to_committee``) to the committee."""

    recommendation_id: UUID
    committee: str
    title: str
    accepted: bool
    reason: str
    by: str
    at: datetime
    to_committee: bool = False


RecommendationMessage = AdviceSent | DecisionForm | AdviceSettled | AdviceForm | AdviceView
