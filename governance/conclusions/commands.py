"""What is asked about conclusions after a survey."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.commands import Command


@dataclass(frozen=True, kw_only=True)
class ReadConclusions(Command):
    """What was published after a survey."""

    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowConclusionsForm(Command):
    wave_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteConclusions(Command):
    """Keep a draft. ``words``: ``heard``, ``what_1`` and ``by_1`` to ``_5``, ``not_done``.
    ``figures``: the questions whose figures are shown, by their keys as asked."""

    wave_id: UUID
    words: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PublishConclusions(Command):
    """Publish the draft of this ``version``. ``tell``: also tell people of a correction."""

    wave_id: UUID
    version: int
    tell: bool = False
