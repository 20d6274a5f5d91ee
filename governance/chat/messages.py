"""What the bot answers to a question from what the service knows."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.text import Text
from governance.changes.messages import ChangeRow
from governance.learning.messages import SessionLine
from governance.rules.messages import FoundSection
from governance.service_notices.messages import ServiceStatus


@dataclass(frozen=True, kw_only=True)
class AnsweredBefore:
    """An entry of the FAQ of a change."""

    change_id: UUID
    title: Text
    question: Text
    answer: Text


@dataclass(frozen=True, kw_only=True)
class KnownHere:
    """One of them is set: where the answer is from. ``sessions`` may be empty: none is planned.
    ``item_id``: under which the question is held, to be passed on."""

    item_id: UUID
    services: ServiceStatus | None = None
    sessions: tuple[SessionLine, ...] | None = None
    changes: tuple[ChangeRow, ...] = ()
    rules: tuple[FoundSection, ...] = ()
    answered: AnsweredBefore | None = None
