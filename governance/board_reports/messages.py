"""What is shown of Board reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.messages import InPlace
from governance.board_reports.model import Figures, ReportWords, Source
from governance.board_reports.periods import Period
from governance.redaction.put_back import Doubt
from governance.second_person.model import SecondPerson
from surveys.questions import Unfit


class Missing(StrEnum):
    """What a draft lacks."""

    GOALS = "goals"
    VISION = "vision"
    READINGS = "readings"
    SURVEYS = "surveys"
    ALIGNMENT = "alignment"
    HEARD = "heard"
    STORIES = "stories"


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """``issued_at`` None: a draft."""

    report_id: UUID
    period: Period
    edition: int
    issued_at: datetime | None
    headline: str
    language: str
    public: bool
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class ReportsView:
    """``writes``: the reader is of the CTO's office."""

    district: str
    rows: tuple[ReportRow, ...]
    writes: bool


@dataclass(frozen=True, kw_only=True)
class ReportView(InPlace):
    """A report as it was issued; a draft as it would be issued now. ``as_of``: when its figures
    were gathered. ``missing``: what a draft lacks, each with a count (0: all of it). ``newer``:
    the edition that replaced it. ``announced``: its "You said, we did" was written. ``seen``: names
    a draft's words and figures, to tell whether they have changed."""

    report_id: UUID
    period: Period
    edition: int
    correction: str
    words: ReportWords
    figures: Figures
    as_of: datetime
    draft: bool
    writes: bool = False
    public: bool = False
    newer: UUID | None = None
    announced: bool = False
    seen: str = ""
    missing: tuple[tuple[Missing, int], ...] = ()
    second: SecondPerson | None = None
    """Who has to approve it before it is public."""


@dataclass(frozen=True, kw_only=True)
class ReportWordsForm:
    """``words``: as ``WriteReportWords`` has them."""

    report_id: UUID
    period: Period
    words: Mapping[str, str] = field(default_factory=dict)
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StoriesForm:
    """``words``: as ``WriteStories`` has them."""

    report_id: UUID
    period: Period
    sources: tuple[Source, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


BoardReportMessage = ReportsView | ReportView | ReportWordsForm | StoriesForm
