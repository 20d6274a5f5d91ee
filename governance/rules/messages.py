"""What is shown and sent about IT rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from core.messages import InPlace
from core.paging import Paging
from core.text import Text
from governance.references.model import BoundLine
from governance.rules.model import (
    Comment,
    Disposition,
    Draft,
    Exemption,
    Rule,
    RuleKind,
    RuleState,
    RuleStep,
    Step,
    Version,
)
from governance.second_person.model import SecondPerson
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class RuleNews:
    """What happened to a rule, to whoever acts next or has to know. ``quorum``: of its
    committee."""

    step: Step
    number: str
    title: Text
    committee: str
    state: RuleState
    comments_end: datetime | None
    effective: date | None


@dataclass(frozen=True, kw_only=True)
class RuleView(InPlace):
    """One rule in one version. ``can``: the steps that the reader may take now. ``writes``: they
    may write its draft. ``comments``: how many came to this version, and ``answered`` of them.
    ``supports``: its goals, and what is no goal as it was typed. ``linked``: feedback
    that committees linked to it, for those who work on it."""

    rule: Rule
    version: Version | None
    versions: tuple[Version, ...]
    committee: str
    owner: str
    steps: tuple[tuple[Step, str], ...]
    """With who took each; "" is the clock."""
    exemptions: tuple[tuple[Exemption, str], ...]
    can: frozenset[RuleStep]
    writes: bool
    may_comment: bool
    comments: int
    answered: int
    supports: tuple[BoundLine | str, ...] = ()
    successor: str = ""
    buildings: Mapping[str, str] = field(default_factory=dict)
    """Names by key, to say whom it is for."""
    not_led: bool = False
    """Its committee has no leader: only the ISO is told."""
    linked: tuple[LinkedWords, ...] = ()
    second: SecondPerson | None = None
    """Who has to approve a step about which everyone under the rule gets a message."""
    drafted: bool = False
    """The reader writes it, and its draft says something else than its newest version."""


@dataclass(frozen=True, kw_only=True)
class LinkedWords:
    """Feedback about a rule, without its author. ``section`` 0: on the whole."""

    words: str
    received_at: datetime
    version: int
    section: int


@dataclass(frozen=True, kw_only=True)
class RulesView:
    """The library. ``rows`` by number; ``writes``: the reader may write a new one; ``counts``: they
    see how many have acknowledged them."""

    rows: tuple[RuleRow, ...]
    query: str
    writes: bool
    found: tuple[FoundSection, ...] = ()
    dates: tuple[RuleDate, ...] = ()
    """The newest first; only where they were asked for."""
    counts: bool = False


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    rule_id: UUID
    kind: RuleKind
    number: str
    title: Text
    state: RuleState
    holds: bool
    effective: date | None
    comments_end: datetime | None
    owner: str = ""
    """The committee that has to agree, by its name."""
    review: date | None = None


@dataclass(frozen=True, kw_only=True)
class RuleDate:
    """A version was opened for comment or published at a moment, or a rule has to be reviewed.
    ``day``: when comments end, when it takes effect, or when it is reviewed."""

    rule_id: UUID
    number: str
    title: Text
    version: int
    step: RuleStep
    at: datetime
    day: date


@dataclass(frozen=True, kw_only=True)
class FoundSection:
    """A section that speaks of what was asked. ``words``: what it says there. ``draft``: of a
    version that does not hold, or not yet."""

    rule_id: UUID
    number: str
    title: Text
    version: int
    section: int
    heading: str
    words: str
    language: str = "en"
    draft: bool = False


@dataclass(frozen=True, kw_only=True)
class RuleAnswer:
    """What the rules say about what somebody asked. ``item_id``: under which the words are held,
    to be passed on."""

    item_id: UUID
    found: tuple[FoundSection, ...]


@dataclass(frozen=True, kw_only=True)
class DraftForm:
    """Writing a rule. ``language``: the one that counts. ``committees``: who could have to agree.
    ``buildings``: for whom it could be. ``comments``: those it may answer."""

    rule_id: UUID
    new: bool
    kind: RuleKind
    number: str
    committee: str
    serves: str
    draft: Draft
    language: str
    committees: tuple[tuple[str, str], ...]
    buildings: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    previewed: bool = False
    """What was typed is shown as it will be read, and was not kept."""


@dataclass(frozen=True, kw_only=True)
class CommentLine:
    """A comment as it is shown. ``alike``: how many others say the same. ``answered_in``: the
    version that answers it, 0 where none does."""

    comment: Comment
    heading: str
    alike: int = 0
    answered_in: int = 0


@dataclass(frozen=True, kw_only=True)
class AgendaRule:
    """A rule that waits for a committee, for its agenda. ``commented``: the version that the
    ``comments`` are on; ``lines``: some of them by section, without those that name a member."""

    rule_id: UUID
    number: str
    title: Text
    version: int
    state: RuleState
    comments: int
    commented: int
    lines: tuple[CommentLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CommentsView(InPlace):
    """The comments on a version by section, and what became of each. ``disposes``: the reader
    decides that, and ``next_open`` is the first that waits for it. ``lines``: of a page of those
    that were asked for; ``became`` and ``sections`` (number, heading) are of all."""

    rule: Rule
    version: int
    lines: tuple[CommentLine, ...]
    disposes: bool
    became: Mapping[Disposition | None, int] = field(default_factory=dict)
    sections: tuple[tuple[int, str], ...] = ()
    paging: Paging = field(default_factory=Paging)
    section: int | None = None
    unanswered: bool = False
    next_open: UUID | None = None
    considered: int = 0
    """Further comments, which the reader may read once they are answered."""


@dataclass(frozen=True, kw_only=True)
class Versions:
    """Two versions of a rule, to compare."""

    rule: Rule
    old: Version
    new: Version


RuleMessage = RuleAnswer | RuleNews | RuleView | CommentsView | DraftForm
RulePage = RulesView | Versions
