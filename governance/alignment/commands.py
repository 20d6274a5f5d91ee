"""What can be asked about the goals that priorities serve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command
from core.tokens import PageNumber, Slug


@dataclass(frozen=True, kw_only=True)
class ShowAlignment(Command):
    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowAlignForm(Command):
    wave_id: UUID
    page: PageNumber = 0


@dataclass(frozen=True, kw_only=True)
class AlignPriorities(Command):
    """``goals``: what was chosen, by "goal.question.choice": "key:version", ``NONE``, or "" for
    later."""

    wave_id: UUID
    page: PageNumber = 0
    goals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SendAlignment(Command):
    """It goes to the steering committee. ``after``: the second at which the reader knows it was
    sent before; 0: never."""

    wave_id: UUID
    after: int = 0


@dataclass(frozen=True, kw_only=True)
class DraftGoalAdvice(Command):
    """Begin a recommendation with a proposal: of a ``goal`` that nothing serves, or of a ``choice``
    of a ``question`` that no goal covers."""

    wave_id: UUID
    goal: Slug = ""
    choice: Slug = ""
    question: Slug = ""


@dataclass(frozen=True, kw_only=True)
class DraftOutcome(Command):
    """Begin to tell everyone who was asked what was recommended and decided."""

    wave_id: UUID
