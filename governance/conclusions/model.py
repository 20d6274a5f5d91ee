"""What the CTO's office says after a survey: what was heard, what will be done by when, and what
not and why. Every saying is a version; what was published is never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.text import Text
from governance.second_person.model import SecondPerson
from surveys.questions import Unfit
from surveys.results.model import QuestionResult

MOST_STEPS = 5
"""Things that will be done: more of them nobody remembers."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that will be done, and by when, in the CTO's words ("by winter break")."""

    what: Text
    by: Text


@dataclass(frozen=True, kw_only=True)
class Conclusions:
    """``title`` is the survey's. ``version`` counts from 1; ``published_at`` None: a draft.

    ``figures``: of which questions, by their keys as asked, the whole district's figures are told
    with it. What is stored names them only: ``told`` are those figures as the gate released them
    at the closing, ``as_of`` then, filled in for whoever reads."""

    wave_id: UUID
    title: Text
    version: int
    heard: Text
    steps: tuple[Step, ...]
    not_done: Text | None = None
    published_at: datetime | None = None
    figures: tuple[str, ...] = ()
    told: tuple[QuestionResult, ...] = ()
    as_of: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ConclusionsForm:
    """The page to write them on: what was typed and why it does not fit, the draft as people will
    see it, and what was published last. ``people`` were asked, and will be told. ``choices`` are
    (key, prompt) of the questions whose figures can be told with it, ``figures`` those that were
    chosen."""

    wave_id: UUID
    title: Text
    people: int
    words: Mapping[str, str] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    draft: Conclusions | None = None
    published: Conclusions | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    figures: tuple[str, ...] = ()
    second: SecondPerson | None = None
