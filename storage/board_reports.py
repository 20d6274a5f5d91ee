"""Board reports: drafts, and what was issued, which triggers keep as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    Row,
    Table,
    Text,
    Uuid,
    delete,
    select,
)

from governance.board_reports.model import BoardReport, Gathered, Issued, ReportWords
from governance.board_reports.periods import Period
from storage.columns import PUBLISHED, Instant, metadata
from storage.connection import UNREAD, Connected
from surveys.encoding import decode, encode

board_report = Table(
    "board_report",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("corrects", Uuid, unique=True),
    Column("correction", Text, nullable=False, info=PUBLISHED),
    Column("words", Text, nullable=False, info=PUBLISHED),  # JSON
    Column("written_by", Uuid),
    Column("written_at", Instant, nullable=False),
    Column("public_at", Instant),
    Column("announcement", Uuid),
)

board_report_issued = Table(  # triggers refuse to change or delete it
    "board_report_issued",
    metadata,
    Column("report_id", ForeignKey(board_report.c.id), primary_key=True),
    Column("body", Text, nullable=False, info=PUBLISHED),  # JSON: words and figures of that moment
    Column("at", Instant, nullable=False),
    Column("by_person", Uuid),
)

_WHOLE = select(board_report, board_report_issued.c.body).outerjoin_from(
    board_report, board_report_issued, board_report_issued.c.report_id == board_report.c.id
)


class BoardReports(Connected):
    """Implements ``governance.board_reports.ports.BoardReportStore``."""

    def board_report(self, report_id: UUID) -> BoardReport | None:
        return self._one(board_report.c.id == report_id)

    def lock_board_report(self, report_id: UUID) -> BoardReport | None:
        mine = select(board_report.c.id).where(board_report.c.id == report_id)
        self.connection.execute(mine.with_for_update()).first()
        return self.board_report(report_id)

    def correction_of(self, report_id: UUID) -> BoardReport | None:
        return self._one(board_report.c.corrects == report_id)

    def _one(self, which: ColumnElement[bool]) -> BoardReport | None:
        row = self.connection.execute(_WHOLE.where(which)).first()
        return _report_from(row) if row else None

    def gathered_ahead(self, period: Period) -> Gathered | None:
        found = self.seen("board report", period)
        return None if found is UNREAD else found

    def board_reports(self) -> Sequence[BoardReport]:
        newest = board_report.c.last.desc(), board_report.c.first, board_report.c.edition.desc()
        rows = self.connection.execute(_WHOLE.order_by(*newest, board_report.c.id))
        return [_report_from(row) for row in rows]

    def put_board_report(self, report: BoardReport) -> None:
        row = {
            "id": report.id,
            "first": report.period.first,
            "last": report.period.last,
            "edition": report.edition,
            "corrects": report.corrects,
            "correction": report.correction,
            "words": encode(ReportWords, report.words),
            "written_by": report.written_by,
            "written_at": report.written_at,
            "public_at": report.public_at,
            "announcement": report.announcement,
        }
        self.put(board_report, row, ("id",))

    def issue_board_report(self, report_id: UUID, issued: Issued, by: UUID | None) -> bool:
        report = self.lock_board_report(report_id)
        if report is None or report.issued is not None:
            return False
        row = {
            "report_id": report_id,
            "body": encode(Issued, issued),
            "at": issued.at,
            "by_person": by,
        }
        self.connection.execute(board_report_issued.insert(), row)
        return True

    def drop_board_report(self, report_id: UUID) -> None:
        self.connection.execute(delete(board_report).where(board_report.c.id == report_id))


def _report_from(row: Row[Any]) -> BoardReport:
    return BoardReport(
        id=row.id,
        period=Period(first=row.first, last=row.last),
        edition=row.edition,
        corrects=row.corrects,
        correction=row.correction,
        words=decode(ReportWords, row.words),
        written_by=row.written_by,
        written_at=row.written_at,
        issued=decode(Issued, row.body) if row.body else None,
        public_at=row.public_at,
        announcement=row.announcement,
    )
