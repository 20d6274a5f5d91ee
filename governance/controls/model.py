"""Frameworks, assessments, and what an owner answers about a safeguard.

A safeguard's answer is stored encrypted. Its owner, state and due date are stored unencrypted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from core.text import Text

LONGEST_NAME = 80
LONGEST_WHY_NOT = 400
LONGEST_EVIDENCE = 1500
LONGEST_NEXT_STEP = 400
LONGEST_WORD = 400
"""Characters."""

LOWEST, HIGHEST = 1, 5


class Dimension(StrEnum):
    """What is scored about a safeguard, each from 1 to 5, as CIS CSAT does."""

    POLICY = "policy"
    IMPLEMENTED = "implemented"
    AUTOMATED = "automated"
    REPORTED = "reported"


# -- frameworks --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Named:
    """An implementation group, or a security function."""

    key: str
    name: Text


@dataclass(frozen=True, kw_only=True)
class Safeguard:
    """``group``: the key of the first implementation group that has it; later groups have it too.
    ``function``: a key of the framework's functions, or "". ``about``: its description, or the
    full text if the district imported it."""

    number: str
    name: Text
    group: str
    function: str = ""
    about: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Control:
    number: str
    name: Text
    safeguards: tuple[Safeguard, ...]


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One version of a framework. ``short``: its name in front of a number ("CIS").
    ``groups`` are in order: each includes the safeguards of those before it. ``steps``: what 1 to 5
    mean, by dimension. ``renumbered``: numbers of this version, each with the safeguard's number
    in the previous version. ``source``: who publishes it, and its terms."""

    key: str
    version: str
    name: Text
    short: str
    groups: tuple[Named, ...]
    controls: tuple[Control, ...]
    functions: tuple[Named, ...] = ()
    steps: Mapping[Dimension, tuple[Text, ...]] = field(default_factory=dict)
    renumbered: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def safeguards(self) -> tuple[Safeguard, ...]:
        return tuple(one for control in self.controls for one in control.safeguards)

    def safeguard(self, number: str) -> Safeguard | None:
        return next((one for one in self.safeguards if one.number == number), None)

    def control_of(self, number: str) -> Control | None:
        """The control that a safeguard belongs to, by the safeguard's number."""
        has = (c for c in self.controls if any(one.number == number for one in c.safeguards))
        return next(has, None)

    def in_group(self, group: str) -> tuple[Safeguard, ...]:
        """The safeguards of an implementation group, those of earlier groups included."""
        keys = [one.key for one in self.groups]
        within = set(keys[: keys.index(group) + 1])
        return tuple(one for one in self.safeguards if one.group in within)


# -- assessments -------------------------------------------------------------------------------


class AssessmentState(StrEnum):
    DRAFT = "draft"
    """Owners are being named; nobody has been asked."""
    OPEN = "open"
    CLOSED = "closed"
    """Nothing in it changes anymore."""


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """``group`` and ``controls`` (numbers; none: all) are its scope. ``committee``: the one that
    sees the summary, or "". ``after``: the assessment whose answers it started from."""

    id: UUID
    name: str
    framework: str
    version: str
    group: str
    controls: tuple[str, ...] = ()
    due: date
    committee: str = ""
    state: AssessmentState = AssessmentState.DRAFT
    after: UUID | None = None
    made_by: UUID | None = None
    made_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    def scope(self, framework: Framework) -> tuple[Safeguard, ...]:
        """Its safeguards, in the framework's order."""
        found = framework.in_group(self.group)
        if not self.controls:
            return found
        chosen = {
            one.number
            for control in framework.controls
            if control.number in self.controls
            for one in control.safeguards
        }
        return tuple(one for one in found if one.number in chosen)


class AnswerState(StrEnum):
    OPEN = "open"
    DONE = "done"
    """Its owner has answered; the ISO has not confirmed it yet."""
    SENT_BACK = "sent_back"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an owner says of a safeguard. ``applicable`` None: nothing yet. ``scores``: all four
    where it applies, none where it does not. ``word``: why the ISO sent it back."""

    applicable: bool | None = None
    why_not: str = ""
    scores: Mapping[Dimension, int] = field(default_factory=dict)
    evidence: str = ""
    next_step: str = ""
    word: str = ""

    @property
    def given(self) -> bool:
        return self.applicable is not None


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """A safeguard in an assessment. ``round`` counts how often this owner was asked. ``handed_by``:
    the previous owner, who handed it over. ``answered_at`` is older than the assessment where the
    answer was taken over from an earlier one."""

    assessment_id: UUID
    number: str
    owner: UUID | None = None
    due: date
    round: int = 0
    state: AnswerState = AnswerState.OPEN
    answer: Answer = field(default_factory=Answer)
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None
    handed_by: UUID | None = None

    @property
    def ask(self) -> UUID | None:
        """The request that it belongs to, of one owner, due date and round. Each is one message."""
        if self.owner is None:
            return None
        return uuid5(self.assessment_id, f"{self.owner}:{self.due}:{self.round}")

    @property
    def waiting(self) -> bool:
        """Whether its owner has yet to answer."""
        return self.state in (AnswerState.OPEN, AnswerState.SENT_BACK)

    @property
    def taken_over(self) -> bool:
        """Whether its answer is from an earlier assessment or a previous owner, and nobody has said
        that it is still true."""
        return self.state is AnswerState.OPEN and self.answer.given


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request to one owner in an open assessment."""

    ask: UUID
    owner: UUID
    due: date


@dataclass(frozen=True, kw_only=True)
class Place:
    """What a page is about: an assessment, or one of its safeguards. ``rows``: all safeguards of
    the assessment, where they were read already; whoever shows a place leaves them out."""

    assessment: Assessment
    framework: Framework
    safeguard: Safeguard | None = None
    row: Assessed | None = None
    rows: tuple[Assessed, ...] | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class SafeguardPlace(Place):
    """One safeguard of an assessment."""

    safeguard: Safeguard
    row: Assessed


# -- targets and evidence ----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Target:
    """A score to reach by a day: of a control, by its number in ``version``, or ("") of the whole
    framework in all versions."""

    framework: str
    version: str = ""
    control: str = ""
    score: float
    by: date
    set_by: UUID | None = None
    set_at: datetime


@dataclass(frozen=True, kw_only=True)
class SaidEvidence:
    """A staff message that the ISO's office accepted as evidence for a safeguard, or (``used``
    False) rejected."""

    framework: str
    number: str
    item_id: UUID
    used: bool
    by: UUID | None = None
    at: datetime


# -- who read it -------------------------------------------------------------------------------

READ = "Practices read: "
"""What an audit line about reading begins with."""

REGISTER = uuid5(NAMESPACE_URL, "practices/tasks")
"""The subject of that line where the register of decisions was read."""


@dataclass(frozen=True, kw_only=True)
class ReadLine:
    """``what``: such as "assessment" or "CIS 4.1"."""

    by: UUID | None
    what: str
    at: datetime
