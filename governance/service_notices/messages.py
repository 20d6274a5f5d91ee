"""What is shown and sent about service notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.messages import Asks, InPlace
from core.people import Audience
from core.text import Text
from governance.lists.model import AudienceChoices
from governance.service_notices.model import Service, ServiceKind, ServiceThread, ServiceUpdate
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """A notice in the list. ``since``: when it was sent."""

    thread: ServiceThread
    title: Text
    service: Service
    since: datetime


@dataclass(frozen=True, kw_only=True)
class ServiceStatus:
    """``writes``: the reader may write notices."""

    now: tuple[ServiceLine, ...]
    planned: tuple[ServiceLine, ...]
    ended: tuple[ServiceLine, ...]
    writes: bool


@dataclass(frozen=True, kw_only=True)
class ServiceNoticeView(InPlace):
    """A notice on its page. ``writes``: the reader may post an update."""

    line: ServiceLine
    what: Text
    sender: str
    writes: bool


@dataclass(frozen=True, kw_only=True)
class ServiceForm:
    """``languages``: what it can be translated into beside the text (locales)."""

    announcement_id: UUID
    new: bool
    kind: ServiceKind = ServiceKind.OUTAGE
    words: Mapping[str, str] = field(default_factory=dict)
    begins: datetime | None = None
    ends: datetime | None = None
    audience: Audience = field(default_factory=Audience)
    choices: AudienceChoices = field(default_factory=AudienceChoices)
    languages: tuple[str, ...] = ()
    declined_why: str = ""
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class UpdateForm:
    """``people``: how many have the first message. ``to_everyone``: a typed word confirms."""

    announcement_id: UUID
    update_id: UUID
    title: Text
    kind: ServiceKind
    last: bool
    people: int
    to_everyone: bool = False
    languages: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    ends: datetime | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ServiceUpdated:
    """One update, to somebody who has the first message."""

    title: Text
    kind: ServiceKind
    update: ServiceUpdate


@dataclass(frozen=True, kw_only=True)
class EndPassed(Asks):
    """To the author: the expected end has passed, and nobody has said a word."""

    announcement_id: UUID
    title: Text
    kind: ServiceKind
    ends: datetime


ServiceMessage = (
    ServiceStatus | ServiceNoticeView | ServiceForm | UpdateForm | ServiceUpdated | EndPassed
)
