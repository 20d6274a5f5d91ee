"""What the CTO's office looks up, as a store finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.lists import Found
from core.people import Level, Platform, Role
from governance.changes.model import ChangeStep
from governance.office.importing import ImportView
from governance.people.rosters import RosterImport
from governance.upkeep.messages import RosterRefused
from surveys.survey import Wave


class Connection(StrEnum):
    """Whether somebody can be reached in chat."""

    CHAT = "chat"
    NEVER = "never"
    """They are to be reached in chat and have not opened the app yet."""
    CLOSED = "closed"
    """They removed the app, or their account was switched off."""
    WEB = "web"


class PeopleFilter(StrEnum):
    """Filters of the list of people, beside those that are a role."""

    HERE = ""
    NOT_IN_CHAT = "not-in-chat"
    WEB = "web"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """``building``: its name."""

    id: UUID
    name: str
    email: str
    role: Role
    level: Level
    building: str
    platform: Platform
    connection: Connection
    active: bool


@dataclass(frozen=True, kw_only=True)
class AddressLine:
    """Where somebody can be written to. ``opened``: they have a conversation with the app."""

    platform: Platform
    workspace: str
    reachable: bool
    opened: bool


@dataclass(frozen=True, kw_only=True)
class PersonReach:
    """One person: how they are reached, and what they are on. ``committees``: (the committee's
    name, whether they lead it). ``lists``: (key, name)."""

    line: PersonLine
    locale: str
    timezone: str
    addresses: tuple[AddressLine, ...]
    committees: tuple[tuple[str, bool], ...]
    lists: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class PeopleView:
    """``people``: those of a page. ``opened``: the one that is shown beside them."""

    people: tuple[PersonLine, ...]
    found: Found
    opened: PersonReach | None
    imported: RosterImport | None
    refused: tuple[RosterRefused, ...]


class AuditKind(StrEnum):
    """What an entry is about, for those kinds that are listed."""

    SURVEYS = "surveys"
    ANNOUNCEMENTS = "announcements"
    RULES = "rules"
    CHANGES = "changes"
    PLAN = "plan"
    PRACTICES = "practices"
    TRAINING = "training"
    OPERATION = "operation"


BEGINNINGS: Mapping[AuditKind, tuple[str, ...]] = {
    AuditKind.SURVEYS: ("survey ", "repeating ", "records hold set", "readiness survey "),
    AuditKind.ANNOUNCEMENTS: (
        "announcement ",
        "urgent announcement ",
        "large announcement ",
        "campaign ",
        "edit asked for",
        "service notice ",
        "second person ",
    ),
    AuditKind.RULES: ("rule ", "acknowledgement of the IT rules ", "acknowledgements exported"),
    AuditKind.CHANGES: (
        *(f"change {step}" for step in ChangeStep),
        "message of a change ",
        "message taken out of a change",
    ),
    AuditKind.PLAN: (
        "proposal ",
        "change of the plan ",
        "decision on the plan ",
        "reading entered",
        "reading corrected",
        "indicator ",
        "recommendation ",
        "Board report ",
    ),
    AuditKind.PRACTICES: ("assessment ", "safeguard "),
    AuditKind.TRAINING: ("guide ", "training "),
    AuditKind.OPERATION: (
        "roster import started ",
        "roster imported ",
        "daily roster ",
        "district loaded",
        "list ",
        "committees brought ",
        "framework imported",
        "database restored",
        "Slack app ",
    ),
}
"""How the entries of each kind begin. Whatever is not here is not listed: what was read and done
of feedback, of urgent cases and of answers, and who signed in when."""


def kind_of(what: str) -> AuditKind:
    """What a listed entry is about."""
    return next(kind for kind, begins in BEGINNINGS.items() if what.startswith(begins))


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """``by``: a name; "" where it was the service itself or its operator."""

    number: int
    at: datetime
    by: str
    what: str
    kind: AuditKind


@dataclass(frozen=True, kw_only=True)
class AuditChecked:
    """The whole audit computed anew. ``broken_at``: the first entry that is missing or was
    changed. ``head``: the hash of the last one."""

    lines: int
    broken_at: int | None
    head: str


@dataclass(frozen=True, kw_only=True)
class AuditView:
    """``length``: how many entries there are, listed or not."""

    lines: tuple[AuditLine, ...]
    found: Found
    length: int
    checked: AuditChecked | None


@dataclass(frozen=True, kw_only=True)
class HealthView:
    """Whoever gets it may see how the service is."""


@dataclass(frozen=True, kw_only=True)
class FileCheckView:
    """Whoever gets it may check the district's files."""


@dataclass(frozen=True, kw_only=True)
class FeedbackHold:
    """A records hold on what staff wrote. ``of_all``: on every message of the district; else on
    one. ``by``: a name; "" where it was the operator."""

    of_all: bool
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HeldView:
    """``waves``: surveys whose answers are kept until their hold is lifted."""

    waves: tuple[Wave, ...]
    feedback: tuple[FeedbackHold, ...]


OfficeView = PeopleView | AuditView | HealthView | FileCheckView | HeldView | ImportView
