"""Surveys that are being written on the web, and what became of those that were launched.

A draft's body is what its author has typed so far, fit or not: only whoever shows the form reads
it. It becomes a survey when its author says that it is ready. What was launched never changes; each
different text of a survey that was launched is one of its versions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from surveys.survey import Survey

LONGEST_BODY = 300_000
"""Characters of a draft; a survey of a hundred questions has about 60,000."""


class DraftState(StrEnum):
    WRITTEN = "written"
    READY = "ready"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """``version`` counts its savings from 1. ``replaces``: the key of the ready survey that it
    is to become a new text of; None: it is a new one."""

    id: UUID
    body: str
    version: int
    state: DraftState = DraftState.WRITTEN
    replaces: str | None = None
    edited_by: UUID | None = None
    edited_at: datetime


@dataclass(frozen=True, kw_only=True)
class DraftEdit:
    """One saving of a draft: which, by whom, when."""

    version: int
    by: UUID | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SurveyVersion:
    """A text of a survey as it was launched first; ``number`` counts from 1."""

    number: int
    survey: Survey
    launched_at: datetime
    launched_by: UUID | None
