"""What gaps need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from governance.gaps.model import Gap, GapWork


class GapStore(Protocol):
    def gaps(self, *, open_only: bool = False) -> Sequence[Gap]:
        """The earliest day first."""
        ...

    def gaps_not_returned(self) -> Sequence[Gap]:
        """Open ones that have not come back."""
        ...

    def gap(self, gap_id: UUID) -> Gap | None: ...

    def lock_gap(self, gap_id: UUID) -> Gap | None: ...

    def put_gap(self, gap: Gap) -> None: ...

    def gaps_due(self, before: date) -> Sequence[Gap]:
        """Open ones whose day is past and that have not come back yet."""
        ...

    def gap_work(self, gap_id: UUID) -> Sequence[GapWork]:
        """The work it became, the newest first."""
        ...

    def gaps_behind(self, subject: UUID) -> Sequence[UUID]:
        """The gaps that a rule, a change and so on was created for."""
        ...

    def put_gap_work(self, work: GapWork) -> None: ...
