"""Acknowledging the IT rules: once a school year all of them, and again what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from core.people import Platform
from core.school_calendar import Calendar
from core.text import Text

_JULY = (7, 1)


def school_year(calendar: Calendar, day: date) -> str:
    """Such as "2026-27". It begins with the summer before it, which without a calendar is July."""
    begins = calendar.summer.first if calendar.summer else _JULY
    first = day.year if (day.month, day.day) >= begins else day.year - 1
    return f"{first}-{(first + 1) % 100:02}"


@dataclass(frozen=True, kw_only=True)
class AcknowledgementSet:
    """What is acknowledged in one act: a school year's, of all rules; or with ``rule_id`` a rule
    that has changed, from ``version`` on. ``due``: for those whom it was asked of first."""

    id: UUID
    year: str
    due: date
    at: datetime
    by: UUID | None = None
    rule_id: UUID | None = None
    version: int = 0

    @property
    def annual(self) -> bool:
        return self.rule_id is None


def annual_id(year: str) -> UUID:
    """The same for a school year, so that it is asked once."""
    return uuid5(NAMESPACE_URL, f"acknowledgement/{year}")


def changed_id(rule_id: UUID, version: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"acknowledgement/{rule_id}/{version}")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One rule of a set, as its reader sees it. ``changed``: what is different since they
    acknowledged it last; ``new``: they never did, but others. ``digest``: of what they read.
    ``texts``: what they read, in Markdown by language; ``language``: the one that counts.
    ``read_first``: it is opened before it can be acknowledged."""

    rule_id: UUID
    number: str
    title: Text
    version: int
    digest: str
    changed: str = ""
    new: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"
    read_first: bool = False

    def text_for(self, locale: str) -> tuple[str, str]:
        """The text for a reader and its language: theirs where it is there, else the authoritative
        one."""
        own = locale.replace("_", "-").partition("-")[0]
        language = own if self.texts.get(own) else self.language
        return self.texts.get(language, ""), language


@dataclass(frozen=True, kw_only=True)
class RuleAcknowledgement:
    """That a person acknowledged a version of a rule: never changed or deleted, which the database
    enforces. ``rules``: how many were acknowledged in the same act. ``seal``: HMAC-SHA256 of all
    else, under a key that is outside the database."""

    set_id: UUID
    person: UUID
    rule_id: UUID
    version: int
    digest: str
    at: datetime
    way: Platform
    rules: int
    seal: str = ""

    @property
    def sealed(self) -> str:
        """What the seal is of. ``at`` is in UTC."""
        return "\n".join(
            (
                str(self.set_id),
                str(self.person),
                str(self.rule_id),
                str(self.version),
                self.digest,
                self.at.isoformat(),
                self.way,
                str(self.rules),
            )
        )


@dataclass(frozen=True, kw_only=True)
class ExportedRow:
    """One acknowledgement as the auditor's file has it."""

    number: str
    title: str
    year: str
    email: str
    row: RuleAcknowledgement
