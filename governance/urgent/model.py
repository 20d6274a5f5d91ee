"""An urgent case: something urgent of one kind, from the first person who is called to its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from governance.committees.model import ANSWER_WITHIN, RESPONDERS, District
from governance.feedback.model import Urgency

_FRIDAY = 4


class Did(StrEnum):
    """What happened in a case, as its history tells it."""

    TOLD = "told"
    """Somebody was sent the original."""
    READ = "read"
    """Somebody opened the case on its page."""
    TAKEN = "taken"
    CLOSED = "closed"
    REMINDED = "asked"
    """Whoever took it was asked to close it."""
    RELEASED = "released"
    """Somebody passed it on to a committee."""
    LATE = "late"
    """Somebody else heard that it was taken and stays open."""


class Outcome(StrEnum):
    """How a case ended."""

    HELPED = "helped"
    """Somebody was there and acted."""
    PASSED_ON = "passed-on"
    """It is with the police, child protection, or another office outside this service."""
    NO_DANGER = "no-danger"
    """It was looked into and was not urgent."""


OUTCOMES = {
    Outcome.HELPED: "Someone was there and helped",
    Outcome.PASSED_ON: "It is with the police or another office now",
    Outcome.NO_DANGER: "It was looked into: no danger",
}

LONGEST_NOTE = 1000
"""Characters of what was done."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One item that is urgent in one way (an item can be a case of two kinds).

    ``rung`` counts how often people were called: 0 is the first responder, 1 the first deputy, and
    so on; beyond the last deputy everybody is called, again and again. ``next_at`` is when the next
    rung is, None once somebody has taken it. ``note`` says how it ended, in the responder's words.
    """

    item_id: UUID
    urgency: Urgency
    opened_at: datetime
    rung: int = 0
    next_at: datetime | None = None
    taken_by: UUID | None = None
    taken_at: datetime | None = None
    closed_by: UUID | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseStep:
    """One line of a case's history."""

    item_id: UUID
    urgency: Urgency
    did: Did
    person: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CaseStands:
    """How the cases of one item stand, for those who read the item. ``who``: closed it, else took
    it; "" while nobody has. ``closed_at``: None while one of them is open."""

    who: str
    closed_at: datetime | None
    outcome: Outcome | None


def how_cases_stand(cases: Sequence[Case], names: Mapping[UUID, str]) -> CaseStands | None:
    """Of the one that was closed last, else of one that is open, first of what nobody has taken.
    None: the item has no case. ``names``: of those in ``handling``."""
    if not cases:
        return None
    waiting = [one for one in cases if one.closed_at is None]
    if waiting:
        case = min(waiting, key=lambda one: one.taken_by is not None)
    else:
        case = max(cases, key=lambda one: one.closed_at or one.opened_at)
    who = case.closed_by or case.taken_by
    return CaseStands(
        who=names.get(who, "") if who else "", closed_at=case.closed_at, outcome=case.outcome
    )


def needs_a_person(urgency: Urgency | None, case: CaseStands | None) -> bool:
    """Whether an item is urgent and nobody has closed its case."""
    return urgency is not None and not (case and case.closed_at)


def handling(cases: Iterable[Case]) -> set[UUID]:
    """Who has taken or closed them."""
    return {who for one in cases for who in (one.taken_by, one.closed_by) if who}


CONTACTS: Mapping[Urgency, tuple[str, ...]] = {
    Urgency.SAFETY: ("safety",),
    Urgency.SECURITY: ("security", "help-desk"),
    Urgency.PRIVACY: ("privacy", "security"),
}
"""Whom to call about what is urgent, the first first."""


def contacts_of(district: District, urgency: Urgency) -> dict[str, str]:
    """How they are reached: of those that the district has."""
    known = district.contacts
    return {key: known[key] for key in CONTACTS[urgency] if key in known}


def answer_within(district: District, urgency: Urgency) -> int:
    """Minutes that each responder of a kind has to say that they take a case."""
    officer = district.officer(RESPONDERS[urgency])
    return officer.answer_within if officer else ANSWER_WITHIN


def at_work(district: District, urgency: Urgency, at: datetime) -> bool:
    """Whether a moment is in the hours of those who respond to a kind: of a school day, on the
    district's clock. Without hours they are at work at any time."""
    officer = district.officer(RESPONDERS[urgency])
    if officer is None or officer.hours is None:
        return True
    local = at.astimezone(ZoneInfo(district.timezone))
    return school_day(district, local.date()) and officer.hours.include(local.time())


def school_day(district: District, day: date) -> bool:
    """Whether responders work on a day: Monday to Friday, but for the calendar's holidays."""
    calendar = district.calendar
    return calendar.is_school_day(day) if calendar else day.weekday() <= _FRIDAY
