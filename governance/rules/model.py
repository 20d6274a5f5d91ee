"""IT rules: regulations, procedures and practices, in versions that are never changed.

The process is the district's (Board Regulation 3550.2): drafted by the Information Security
Officer, agreed on by a committee, open to staff for comment, considered, ratified, approved by the
CTO, published, and looked at again each year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.people import Audience, Person
from core.text import Text

LONGEST_TEXT = 60_000
"""Longest text of a rule in characters, in each language."""

LONGEST_TITLE, LONGEST_NUMBER, LONGEST_WHY = 150, 20, 3000

REVIEW_AFTER = 365
"""Days after it took effect in which a rule is looked at again."""


def number_key(number: str) -> str:
    """Of "ITR 4" and "itr-4" it is the same."""
    return re.sub(r"[^a-z0-9.]", "", number.casefold())[:LONGEST_NUMBER]


class RuleKind(StrEnum):
    REGULATION = "regulation"
    """ITR: what must be."""
    PROCEDURE = "procedure"
    """ITP: how it is done."""
    PRACTICE = "practice"
    """What serves well, and binds nobody."""


class RuleState(StrEnum):
    """Where the version that is being worked on is. The one in force stays in force meanwhile."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    """With the committee that has to agree."""
    COMMENTING = "commenting"
    """Open to staff for comment."""
    CONSIDERING = "considering"
    """The comments are being answered."""
    RATIFYING = "ratifying"
    """With the committee, to be ratified."""
    RATIFIED = "ratified"
    """With the CTO, to be approved."""
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


ENDED = (RuleState.SUPERSEDED, RuleState.RETIRED)

OPEN_TO_STAFF = (RuleState.COMMENTING, RuleState.CONSIDERING, RuleState.RATIFYING)
"""States in which staff can read the version that is being worked on."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the Information Security Officer is writing: nobody else reads it before it is proposed.

    ``texts``: Markdown by language; the authoritative one has to be there. ``changed``: what is
    different from the version before, in a sentence. ``answers``: the comments that it answers.
    ``material``: whether everybody acknowledges it again. ``audience``: for whom it is.
    ``owner``: who writes it. ``read_first``: people open it before they can acknowledge it.
    """

    title: Text
    texts: Mapping[str, str]
    audience: Audience = field(default_factory=Audience)
    owner: UUID | None = None
    changed: str = ""
    answers: tuple[UUID, ...] = ()
    material: bool = True
    read_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Version:
    """What was proposed, commented on or published: never changed, which the database enforces.

    ``number`` counts from 1. ``digest``: SHA-256 of all that people read in it and of whom it is
    for, in hexadecimal (``rules.text.digest``). ``audience_hashed`` False: it was made before
    versions had an audience of their own, and its ``digest`` is not of that.
    """

    rule_id: UUID
    number: int
    title: Text
    texts: Mapping[str, str]
    language: str
    digest: str
    changed: str
    answers: tuple[UUID, ...]
    material: bool
    at: datetime
    by: UUID | None
    audience: Audience = field(default_factory=Audience)
    owner: UUID | None = None
    audience_hashed: bool = True
    read_first: bool = False

    def text_for(self, locale: str) -> tuple[str, str]:
        """The Markdown for a reader and its language: theirs where it is there, else the
        authoritative one."""
        own = locale.replace("_", "-").partition("-")[0]
        language = own if self.texts.get(own) else self.language
        return self.texts[language], language


@dataclass(frozen=True, kw_only=True)
class Interim:
    """A version that holds at once, without agreement, until a day unless it is ratified."""

    version: int
    until: date
    why: str


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A version that was published and takes effect on a day that has not come yet."""

    version: int
    day: date


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule and where it stands.

    ``number``: as people cite it ("ITR 4"). ``committee``: who has to agree. ``serves``: keys of
    goals and numbers of safeguards. ``language``: the one that counts where translations differ.
    ``version``: the newest, 0 before the first. ``in_force``: the version that holds, from
    ``effective`` on. ``comments_end``: when staff can no longer comment. ``successor``: the rule
    that took its place. ``why``: why it ended, or was sent back.
    """

    id: UUID
    kind: RuleKind
    number: str
    title: Text
    committee: str
    serves: tuple[str, ...] = ()
    language: str = "en"
    state: RuleState = RuleState.DRAFT
    draft: Draft | None = None
    version: int = 0
    shown: tuple[int, ...] = ()
    """Versions that staff were shown. The others are read only by those who work on it."""
    coming: Coming | None = None
    in_force: int | None = None
    effective: date | None = None
    review: date | None = None
    comments_end: datetime | None = None
    interim: Interim | None = None
    successor: UUID | None = None
    why: str = ""

    @property
    def holds(self) -> int | None:
        """The version that everybody has to follow, interim or in force; None: there is none."""
        if self.state in ENDED:
            return None
        return self.interim.version if self.interim else self.in_force


def staff_see(rule: Rule, number: int) -> bool:
    """Whether a version is everybody's to read: what they were asked about, or what holds."""
    return number in rule.shown or number == rule.holds


class RuleStep(StrEnum):
    """What was done with a rule. Stored."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    EXTENDED = "extended"
    CLOSED = "closed"
    AMENDED = "amended"
    SUBMITTED = "submitted"
    RATIFIED = "ratified"
    NOT_RATIFIED = "not-ratified"
    PUBLISHED = "published"
    NOT_APPROVED = "not-approved"
    REVISING = "revising"
    REVIEW_DUE = "review-due"
    REVIEWED = "reviewed"
    INTERIM = "interim"
    INTERIM_ENDED = "interim-ended"
    EXCEPTION = "exception"
    RETIRED = "retired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True)
class Vote:
    """How a committee ratified. ``present``: how many members; the rest did not vote."""

    on: date
    present: int
    favor: int
    against: int
    abstained: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a rule, for its history. ``by`` None: the clock."""

    id: UUID
    rule_id: UUID
    step: RuleStep
    version: int
    by: UUID | None
    at: datetime
    why: str = ""
    vote: Vote | None = None
    day: date | None = None
    """When it takes effect, until when it holds, or when comments end."""


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A person or a building that does not have to follow a rule until a day (included)."""

    id: UUID
    rule_id: UUID
    person: UUID | None
    building: str
    until: date
    why: str
    granted_by: UUID | None
    at: datetime

    def excuses(self, person: Person) -> bool:
        """Whether it is somebody's, or their building's."""
        if self.person is not None:
            return self.person == person.id
        return bool(self.building) and self.building == person.building


class Disposition(StrEnum):
    ACCEPTED = "accepted"
    IN_PART = "in-part"
    DECLINED = "declined"
    OUT_OF_SCOPE = "out-of-scope"


DISPOSITIONS = {
    Disposition.ACCEPTED: "Accepted",
    Disposition.IN_PART: "Accepted in part",
    Disposition.DECLINED: "Declined",
    Disposition.OUT_OF_SCOPE: "Out of scope",
}


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment on one version: a feedback item that was said about it. It stays with its version
    when the text moves. ``section`` 0: on the whole. ``late``: it came after the period.
    ``words``: without personal data; None where it was removed by the schedule or as personal
    data, so that it still counts."""

    item_id: UUID
    rule_id: UUID
    version: int
    section: int
    at: datetime
    words: str | None
    late: bool = False
    disposition: Disposition | None = None
    reason: str = ""
    disposed_by: UUID | None = None
    disposed_at: datetime | None = None
