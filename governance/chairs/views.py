"""The chair's page and the agenda. Only the web draws these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from governance.chairs.bulk import Bulk
from governance.digests.messages import DigestLine, ThemeCount
from governance.messages import Brief
from governance.redaction.put_back import Doubt
from governance.references.model import BoundLine
from governance.rules.messages import AgendaRule


class DraftKind(StrEnum):
    """Where a drafted answer is from. EARLIER: the committee's own answer to the likest message
    before. ANNOUNCED: it is decided, and was announced. HELP_DESK: whose it is."""

    EARLIER = "earlier"
    ANNOUNCED = "announced"
    HELP_DESK = "help-desk"


@dataclass(frozen=True, kw_only=True)
class AnswerDraft:
    """``words``: the earlier answer, the announcement's title, or how the help desk is reached."""

    kind: DraftKind
    words: str


@dataclass(frozen=True, kw_only=True)
class ChairLine:
    """An open item with its drafts, the best first."""

    brief: Brief
    drafts: tuple[AnswerDraft, ...]


@dataclass(frozen=True, kw_only=True)
class ChairView:
    """``lines``: the open items by due date, without those that are on their way in one of the
    ``bulks`` that wait. ``said``: of those items, their first words. ``choices``: where items can
    be moved to. ``only``: those that were selected, in the place of all. ``doubt``: what would be
    taken out of the reason of a move."""

    queue: str
    name: str
    lines: tuple[ChairLine, ...]
    more: int
    bulks: tuple[Bulk, ...]
    said: tuple[tuple[UUID, str], ...]
    choices: tuple[tuple[str, str], ...]
    only: bool = False
    doubt: Doubt | None = None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What was decided since the last meeting. ``accepted`` None: an answer to a message."""

    about: str
    words: str
    accepted: bool | None = None
    links: tuple[BoundLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgendaView:
    """``pending``: recommendations that nobody has decided; ``rules``: those to decide. Of
    ``shared`` there are no words of staff in it, and themes of five people or more only."""

    queue: str
    name: str
    on: date
    since: date
    shared: bool
    open: int
    themes: tuple[ThemeCount, ...]
    quotes: tuple[str, ...]
    oldest: tuple[DigestLine, ...]
    pending: tuple[str, ...]
    decided: tuple[Decided, ...]
    rules: tuple[AgendaRule, ...] = ()


ChairViews = ChairView | AgendaView
