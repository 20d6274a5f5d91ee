"""What can be asked about service notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, FROM_THE_LIST, form_field
from core.people import Audience
from governance.announcements.asked import TO_EVERYONE
from governance.announcements.model import LONGEST_WORD
from governance.service_notices.model import LONGEST_TITLE, LONGEST_WORDS, ServiceKind

KINDS = {
    ServiceKind.OUTAGE: "Outage now",
    ServiceKind.MAINTENANCE: "Planned maintenance",
}


@dataclass(frozen=True, kw_only=True)
class ShowServiceStatus(Command):
    """What is broken now, what is planned, and what ended lately."""


@dataclass(frozen=True, kw_only=True)
class ShowServiceNotice(Command):
    """A notice with its updates."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteServiceNotice(Command):
    """Keep the draft of a notice's first message; ``announcement_id`` None: a new one. Texts are
    by language; "" is the district's. ``begins``: of maintenance only."""

    announcement_id: UUID | None = None
    kind: ServiceKind = form_field("Kind", ServiceKind.OUTAGE, choices=KINDS, missing=FROM_THE_LIST)
    title: Mapping[str, str] = form_field(
        "Title",
        {},
        hint="Such as “Wi-Fi is down at Lincoln High”.",
        missing=FILL_IN,
        longest=LONGEST_TITLE,
        translated=True,
    )
    what: Mapping[str, str] = form_field(
        "What is happening, and what can people do?",
        {},
        missing=FILL_IN,
        longest=LONGEST_WORDS,
        rows=3,
        translated=True,
    )
    begins: datetime | None = form_field(
        "Maintenance begins", None, hint="Leave it empty for an outage."
    )
    ends: datetime | None = form_field(
        "Expected end", None, hint="For an outage, you can leave it empty."
    )
    audience: Audience = form_field("Who gets it?", Audience())


@dataclass(frozen=True, kw_only=True)
class PostUpdate(Command):
    """Tell everyone who has the first message what is new, or (``last``) that it is over.
    ``words``: by language; "" is the district's. ``ends``: the new time it is expected to end;
    None: as before. ``everyone``: the typed word. ``update_id``: made with the form, so that
    pressing twice sends one."""

    announcement_id: UUID
    last: bool
    update_id: UUID | None = None
    words: Mapping[str, str] = form_field(
        "What is new?", {}, longest=LONGEST_WORDS, rows=3, translated=True
    )
    ends: datetime | None = form_field("Expected end", None)
    everyone: str = form_field(TO_EVERYONE, longest=LONGEST_WORD)


@dataclass(frozen=True, kw_only=True)
class RemindOfEnd(Command):
    """The expected end of a notice has passed (system only)."""

    announcement_id: UUID
