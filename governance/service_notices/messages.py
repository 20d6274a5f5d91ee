"""What is shown and sent about service notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.messages import Asks, InPlace
from core.text import Text
from governance.service_notices.model import Service, ServiceKind, ServiceThread, ServiceUpdate


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


ServiceMessage = ServiceStatus | ServiceNoticeView | ServiceUpdated | EndPassed
