"""What digests and monthly figures need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from governance.digest_messages import CameOfIt, MonthlyFigures
from governance.digests import BriefChoice, KeptDigest, NewItem
from governance.feedback import Item


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

    def untold_items(self, queue: str, since: datetime) -> Sequence[NewItem]:
        """What came to a queue after a moment, is there still, and was new in none of its
        digests."""
        ...

    def tell_in(self, digest_id: UUID, items: Collection[UUID]) -> None:
        """Note what is new in a digest."""
        ...

    def told_in(self, digest_id: UUID) -> Sequence[NewItem]:
        """What was new in a digest and is still on its queue."""
        ...

    def has_chat_channel(self, queue: str) -> bool: ...

    # -- the district's months -------------------------------------------------------------------
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
