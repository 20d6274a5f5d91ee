"""What can be asked about changes and the messages about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, FROM_THE_LIST, form_field
from core.people import Audience
from core.tokens import Slug
from governance.announcements.asked import LIMITS, MISSING, Texts
from governance.changes.model import (
    FARTHEST_DAYS,
    LONGEST_NAME,
    LONGEST_SERVES,
    LONGEST_TITLE,
    LONGEST_WHY,
    ChangeStep,
    Phase,
    Risk,
)

RISKS = {Risk.LOW: "Low", Risk.MEDIUM: "Medium", Risk.HIGH: "High"}


@dataclass(frozen=True, kw_only=True)
class ShowCalendar(Command):
    """The change calendar: what comes and what was done lately."""


@dataclass(frozen=True, kw_only=True)
class ShowChange(Command):
    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteChange(Texts, Command):
    """Write a change, or go on with its draft; ``change_id`` None: a new one. Its ``when`` is not
    asked for: the day says it."""

    change_id: UUID | None = None
    title: Mapping[str, str] = form_field(
        "Title", {}, longest=LONGEST_TITLE, missing=MISSING, translated=True
    )
    who: Mapping[str, str] = form_field(
        "Who is affected, and how?",
        {},
        longest=LIMITS["who"],
        rows=2,
        missing=MISSING,
        translated=True,
    )
    day: date | None = form_field("When does it take effect?", None, missing="Choose a day.")
    audience: Audience = form_field("Who gets it?", Audience())
    committee: Slug = form_field(
        "Which committee oversees it?",
        hint="None: the Chief Technology Officer decides.",
        listed=True,
    )
    serves: str = form_field(
        "Goals and rules it supports",
        hint="Keys and numbers, separated by commas.",
        longest=LONGEST_SERVES,
    )
    owner: str = form_field(
        "Owner",
        hint="An email address. Leave it empty to name yourself.",
        longest=254,
    )
    sponsor: str = form_field("Sponsor", longest=LONGEST_NAME)
    risk: Risk = form_field(
        "Risk",
        Risk.LOW,
        choices=RISKS,
        missing=FROM_THE_LIST,
    )
    risk_note: str = form_field("What could go wrong?", longest=LONGEST_WHY, rows=3)


@dataclass(frozen=True, kw_only=True)
class TranslateChange(Command):
    """Keep its words in the other language."""

    change_id: UUID
    title: str = form_field("Title", longest=LONGEST_TITLE)
    what: str = form_field("What changes?", longest=LIMITS["what"], rows=3)
    why: str = form_field("Why?", longest=LIMITS["why"], rows=3)
    who: str = form_field("Who is affected, and how?", longest=LIMITS["who"], rows=2)
    action: str = form_field("What should people do?", longest=LIMITS["action"], rows=3)
    learn: str = form_field("Where to learn more", longest=LIMITS["learn"], rows=2)
    ask: str = form_field("Who to ask", longest=LIMITS["ask"], rows=2)


@dataclass(frozen=True, kw_only=True)
class TakeChangeStep(Command):
    """Move a change on. ``why``: the reason, or what was learned. ``day``: the new one."""

    change_id: UUID
    step: ChangeStep
    day: date | None = form_field("When does it take effect?", None, missing="Choose a day.")
    why: str = form_field("Why?", missing=FILL_IN, longest=LONGEST_WHY, rows=5)


# -- the messages about it -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ShowSequence(Command):
    """All messages about a change."""

    change_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowPlanned(Command):
    """One of them, with what can be done about it."""

    change_id: UUID
    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AddMessage(Command):
    """One more message, a draft. ``phase`` None: one for each phase that has none."""

    change_id: UUID
    phase: Phase | None = None


@dataclass(frozen=True, kw_only=True)
class PlanMessage(Command):
    """When a message goes out, to whom, and whether it asks to be confirmed. ``days``: school days
    before the change, or after it for a follow-up. ``at``: a time of day. ``due``: until when."""

    change_id: UUID
    announcement_id: UUID
    days: str = form_field(
        "School days before the change",
        longest=len(str(FARTHEST_DAYS)),
        missing="Enter a number of school days.",
    )
    at: str = form_field(
        "Time of day",
        hint="Such as 07:30.",
        longest=5,
        missing="Enter a time of day, such as 07:30.",
    )
    audience: Audience = form_field("Who gets it?", Audience())
    joiners_until: date | None = form_field(
        "Also send it to people who join the audience until",
        None,
        hint="New staff, or people added to a list. Leave it empty to include only those in it "
        "now.",
    )
    acknowledge: bool = form_field(
        "Confirmation", False, box="Ask people to confirm that they read it"
    )
    due: date | None = form_field(
        "Confirm by",
        None,
        hint="If you set a date, people who have not confirmed it are reminded.",
    )


@dataclass(frozen=True, kw_only=True)
class DropMessage(Command):
    """A message that was not sent is no longer part of the change."""

    change_id: UUID
    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ScheduleMessages(Command):
    """Put every draft of an approved change on the clock whose time is still to come."""

    change_id: UUID
