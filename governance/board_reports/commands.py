"""What can be asked about Board reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import FROM_THE_LIST, form_field
from core.tokens import Slug
from governance.board_reports.model import LONGEST_CORRECTION
from governance.board_reports.periods import Preset
from governance.redaction.put_back import PutBack

_OF_OTHER_DAYS = "Fill this in only if you chose “Other days.”"


@dataclass(frozen=True, kw_only=True)
class ShowReports(Command):
    """All that the reader may see."""


@dataclass(frozen=True, kw_only=True)
class ShowReport(Command):
    """One report; a draft with its figures as they are now."""

    report_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReadReportInPublic(Command):
    """What is on the public page. ``report_id`` None: the list."""

    report_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ChoosePeriod(Command):
    """Begin a report or, with an id, change the period of a draft. ``first`` and ``last``: of
    ``Preset.OWN``."""

    report_id: UUID | None = None
    preset: Preset | None = form_field(
        "What period does it cover?", None, listed=True, missing=FROM_THE_LIST
    )
    first: date | None = form_field("First day", None, hint=_OF_OTHER_DAYS)
    last: date | None = form_field("Last day", None, hint=_OF_OTHER_DAYS)


@dataclass(frozen=True, kw_only=True)
class ShowReportWords(Command):
    """The form for headline, introduction and notes."""

    report_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteReportWords(Command):
    """``words``: "headline", "intro", and of each section its note by its key."""

    report_id: UUID
    words: Mapping[str, str] = field(default_factory=dict)
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ShowStories(Command):
    """The form for the three stories."""

    report_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteStories(Command):
    """``words``: "source_1" (a token) and "story_1", up to 3."""

    report_id: UUID
    words: Mapping[str, str] = field(default_factory=dict)
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class IssueReport(Command):
    """Freeze it. From then on all staff can read it. ``seen``: of ``ReportView``, as it was
    shown."""

    report_id: UUID
    seen: Slug = ""


@dataclass(frozen=True, kw_only=True)
class DiscardReport(Command):
    """Delete a draft."""

    report_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectReport(Command):
    """Begin a new edition, with the words of this one. ``correction``: what changed."""

    report_id: UUID
    correction: str = form_field(
        "What does the new edition correct?",
        hint="Everyone who reads it sees this.",
        missing="Say what this edition corrects. Everyone sees it.",
        longest=LONGEST_CORRECTION,
        rows=3,
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class PublishReport(Command):
    """Put an issued report on the public page, or (``public`` False) take it off."""

    report_id: UUID
    public: bool


@dataclass(frozen=True, kw_only=True)
class DraftYouSaid(Command):
    """Write "You said, we did" as an announcement to all staff, and show its draft."""

    report_id: UUID
