"""Pages of what is told in sums. Only the web draws these."""

from __future__ import annotations

from dataclasses import dataclass

from governance.digests.messages import Digest, MonthlyFigures
from governance.digests.model import BriefChoice


@dataclass(frozen=True, kw_only=True)
class FiguresView:
    """The district's months, the newest first."""

    months: tuple[MonthlyFigures, ...]


@dataclass(frozen=True, kw_only=True)
class WeekView:
    """A committee's week, and how it hears of items. ``leads``: whoever looks may choose;
    ``in_chat``: it has a channel there."""

    digest: Digest
    choice: BriefChoice
    leads: bool
    in_chat: bool = False


DigestViews = FiguresView | WeekView
