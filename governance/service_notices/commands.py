"""What can be asked about service notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.commands import Command
from core.people import Audience
from governance.service_notices.model import ServiceKind


@dataclass(frozen=True, kw_only=True)
class ShowServiceStatus(Command):
    """What is broken now, what is planned, and what ended lately."""


@dataclass(frozen=True, kw_only=True)
class ShowServiceNotice(Command):
    """A notice with its updates."""

    announcement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowServiceForm(Command):
    """The form to write a notice; with an id, to change its draft."""

    announcement_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class WriteServiceNotice(Command):
    """Keep the draft of a notice's first message. ``words``: "title" and "what", and "title.es" for
    its Spanish. ``begins``: of maintenance only."""

    announcement_id: UUID
    kind: ServiceKind = ServiceKind.OUTAGE
    words: Mapping[str, str] = field(default_factory=dict)
    begins: datetime | None = None
    ends: datetime | None = None
    audience: Audience = field(default_factory=Audience)


@dataclass(frozen=True, kw_only=True)
class ShowUpdateForm(Command):
    """The form to post an update, or (``last``) to say that it is over."""

    announcement_id: UUID
    last: bool


@dataclass(frozen=True, kw_only=True)
class PostUpdate(Command):
    """Tell everyone who has the first message. ``words``: "words", and "words.es" for its Spanish.
    ``ends``: the new time it is expected to end; None: as before. ``everyone``: the typed word.
    ``update_id``: made with the form, so that pressing twice sends one."""

    announcement_id: UUID
    last: bool
    update_id: UUID
    words: Mapping[str, str] = field(default_factory=dict)
    ends: datetime | None = None
    everyone: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class RemindOfEnd(Command):
    """The expected end of a notice has passed (system only)."""

    announcement_id: UUID
