"""What digests and monthly figures need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from governance.digests.messages import CameOfIt, MonthlyFigures
from governance.digests.model import BriefChoice, KeptDigest, Untold
from governance.feedback.model import Item


class DigestStore(Protocol):
    """Digests that were made, what they told, and the figures of each month."""

    def brief_choice(self, queue: str) -> BriefChoice | None:
        """What a committee chose on its page; None: what its file says holds."""
        ...

    def put_brief_choice(
        self, queue: str, choice: BriefChoice, by: UUID | None, now: datetime
    ) -> None: ...

    def add_digest(self, new: KeptDigest) -> bool:
        """False: the committee's week has one. Unique on (queue, week)."""
        ...

    def last_digest(self, queue: str) -> KeptDigest | None: ...

    def digest(self, digest_id: UUID) -> KeptDigest | None: ...

    def untold_items(self, new: Untold) -> Sequence[tuple[UUID, int]]:
        """(id, moves) of what came to a queue, is there still, and was new in none of its
        digests, the oldest first."""
        ...

    def untold_themes(self, new: Untold, *, without: Collection[UUID]) -> Sequence[tuple[str, int]]:
        """(theme, items) of the same; the theme is "" where there is none."""
        ...

    def tell_in(self, digest_id: UUID, items: Collection[UUID]) -> None:
        """Note what is new in a digest."""
        ...

    def themes_told(
        self, digest_id: UUID, *, without: Collection[UUID]
    ) -> Sequence[tuple[str, int]]:
        """(theme, items) of what was new in a digest and is still on its queue."""
        ...

    def has_chat_channel(self, queue: str) -> bool: ...

    # -- the district's weeks and months ---------------------------------------------------------
    def put_people_of_week(self, week: date, people: Mapping[str, int], now: datetime) -> None:
        """Keep how many people wrote of each theme in a week (its Monday), for good; a week that
        has figures keeps them."""
        ...

    def people_of_weeks(self, weeks: Collection[date]) -> Mapping[date, Mapping[str, int]]:
        """Of the weeks that have figures."""
        ...

    def said_between(self, since: datetime, until: datetime) -> Sequence[Item]:
        """What was received in [since, until) and read: neither restricted nor filed."""
        ...

    def answered_at(self, items: Collection[UUID]) -> dict[UUID, datetime]:
        """When each was answered first."""
        ...

    def came_of_it(self, since: datetime, until: datetime) -> Sequence[CameOfIt]:
        """What changed in [since, until) because of what staff said."""
        ...

    def put_figures(self, figures: MonthlyFigures, now: datetime) -> bool:
        """Keep a month's figures for good. False: it has some."""
        ...

    def figures_of(self, month: date) -> MonthlyFigures | None: ...

    def figures(self, *, most: int = 12) -> Sequence[MonthlyFigures]:
        """The newest first."""
        ...
