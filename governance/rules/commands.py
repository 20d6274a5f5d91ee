"""What can be asked about IT rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.tokens import Slug
from governance.feedback.model import Urgency
from governance.redaction.put_back import PutBack
from governance.rules.model import Disposition, Rule, RuleKind, RuleStep


@dataclass(frozen=True, kw_only=True)
class ShowRules(Command):
    """The library: every rule that the reader may see. ``query``: which sections speak of it.
    ``dates``: with what happened when, and what will, for the feed and the calendar. ``meant``: the
    query as a vector (the dispatch fills this in). None: nobody could tell at once."""

    query: str = ""
    dates: bool = False
    meant: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class AskRules(Command):
    """What the rules say about something. ``item_id``: of the feedback that it becomes where it
    was meant as such. ``meant``: as of ``ShowRules``. ``glanced``: what the reader finds urgent."""

    item_id: UUID
    text: str
    meant: bytes | None = None
    glanced: tuple[Urgency, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ShowRule(Command):
    """One rule. ``version`` 0: the newest that the reader may see."""

    rule_id: UUID
    version: int = 0


@dataclass(frozen=True, kw_only=True)
class CompareVersions(Command):
    """What differs between two versions, word by word."""

    rule_id: UUID
    old: int
    new: int


@dataclass(frozen=True, kw_only=True)
class ShowDraftForm(Command):
    """Write a rule, or go on with its draft."""

    rule_id: UUID


@dataclass(frozen=True, kw_only=True)
class WriteRule(Command):
    """Keep what the owner wrote. ``answers``: ids of the comments that it answers. Of ``levels``,
    ``roles`` and ``buildings``, none chosen means all."""

    rule_id: UUID
    kind: RuleKind = RuleKind.REGULATION
    number: str = ""
    title: str = ""
    committee: Slug = ""
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    text: str = ""
    spanish: str = ""
    changed: str = ""
    answers: tuple[str, ...] = ()
    serves: str = ""
    editorial: bool = False
    """Only spelling and the like: nobody acknowledges it again."""


@dataclass(frozen=True, kw_only=True)
class ImportRules(Command):
    """Keep the drafts of files, for their owners: all of them, or none. A rule that has its number
    already keeps its id."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class ShowStepForm(Command):
    """What a step needs to be told: why, until when, or how many voted."""

    rule_id: UUID
    step: RuleStep


@dataclass(frozen=True, kw_only=True)
class TakeStep(Command):
    """Move a rule on. ``on``: when the committee met, until when comments come or it holds, or
    when it takes effect. ``successor``: the number of the rule in its place."""

    rule_id: UUID
    step: RuleStep
    why: str = ""
    on: date | None = None
    present: str = ""
    favor: str = ""
    against: str = ""
    abstained: str = ""
    successor: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowExemptionForm(Command):
    rule_id: UUID


@dataclass(frozen=True, kw_only=True)
class GrantExemption(Command):
    """``whom``: an e-mail address, or a building's key."""

    rule_id: UUID
    whom: str = ""
    why: str = ""
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ShowComments(Command):
    """The comments on a rule and what became of each. ``version`` 0: the newest. ``page``: from 0;
    None: all on one. ``section`` None: of all sections."""

    rule_id: UUID
    version: int = 0
    section: int | None = None
    unanswered: bool = False
    page: int | None = 0


@dataclass(frozen=True, kw_only=True)
class ReadInPublic(Command):
    """What one of the commands above shows, of what is published, to anybody without signing in;
    where the district wants that."""

    shown: Command


@dataclass(frozen=True, kw_only=True)
class ShowDisposeForm(Command):
    """Answer one comment, or all that say the same."""

    rule_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisposeComments(Command):
    """What becomes of comments, with the reason that their authors hear. ``item_id``: the one
    whose form it is."""

    rule_id: UUID
    item_id: UUID
    comments: tuple[str, ...] = ()
    disposition: Disposition | None = None
    reason: str = ""
    put_back: PutBack = field(default_factory=PutBack)


# -- the clock's -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CloseComments(Command):
    """The period has ended. ``number``: its last day, as an ordinal."""

    rule_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class TakeEffect(Command):
    """The day has come from which a published version holds. ``number``: it, as an ordinal."""

    rule_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class EndInterim(Command):
    """An interim rule was not ratified in time. ``number``: its last day, as an ordinal."""

    rule_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RemindReview(Command):
    """A year has passed since it took effect or was last looked at. ``number``: the day."""

    rule_id: UUID
    number: int
