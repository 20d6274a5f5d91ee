"""What Board reports need of a store, inside one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from governance.board_reports.model import BoardReport, Gathered, Issued
from governance.board_reports.periods import Period


class BoardReportStore(Protocol):
    def board_report(self, report_id: UUID) -> BoardReport | None: ...

    def lock_board_report(self, report_id: UUID) -> BoardReport | None:
        """The same, with nobody else changing it before this transaction ends."""
        ...

    def gathered_ahead(self, period: Period) -> Gathered | None:
        """What a report on a period tells, where it was gathered before this transaction began
        (``bot.jobs.looking_ahead``): gathering takes too long to hold the writer."""
        ...

    def board_reports(self) -> Sequence[BoardReport]:
        """All of them, the latest period first."""
        ...

    def correction_of(self, report_id: UUID) -> BoardReport | None:
        """The edition that corrects it, issued or not."""
        ...

    def put_board_report(self, report: BoardReport) -> None:
        """Its draft, its place on the public page and its announcement; never what was issued."""
        ...

    def issue_board_report(self, report_id: UUID, issued: Issued, by: UUID | None) -> bool:
        """False: it was issued already, and stays as it is."""
        ...

    def drop_board_report(self, report_id: UUID) -> None:
        """Of a draft."""
        ...
