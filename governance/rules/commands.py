"""What can be asked about IT rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from core.commands import Command
from core.forms import form_field
from core.tokens import Slug
from governance.feedback.model import LONGEST_ANSWER, Urgency
from governance.redaction.put_back import PutBack
from governance.rules.model import (
    DISPOSITIONS,
    LONGEST_NUMBER,
    LONGEST_WHY,
    Disposition,
    Rule,
    RuleKind,
    RuleStep,
)

NO_COUNT = "Enter a number."
NO_SUCCESSOR = "Enter the number of the rule that replaces it."
NOBODY_FOUND = "Enter the email address of someone on the roster, or the name of a building."


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
    read_first: bool = False
    """People open it before they can acknowledge it."""
    preview: bool = False
    """Only show what was typed as it will be read. Nothing is kept."""


@dataclass(frozen=True, kw_only=True)
class ImportRules(Command):
    """Keep the drafts of files, for their owners: all of them, or none. A rule that has its number
    already keeps its id."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class TakeStep(Command):
    """Move a rule on. ``on``: when the committee met, until when comments come or it holds, or
    when it takes effect. ``successor``: the number of the rule in its place."""

    rule_id: UUID
    step: RuleStep
    on: date | None = form_field("Day", None, missing="Choose a day.")
    present: str = form_field("Members present", missing=NO_COUNT, longest=3)
    favor: str = form_field("Votes for", missing=NO_COUNT, longest=3)
    against: str = form_field("Votes against", missing=NO_COUNT, longest=3)
    abstained: str = form_field("Abstentions", missing=NO_COUNT, longest=3)
    successor: str = form_field(
        "Number of the rule that replaces it", missing=NO_SUCCESSOR, longest=LONGEST_NUMBER
    )
    why: str = form_field("Why?", missing="Enter a reason.", longest=LONGEST_WHY, rows=5)


@dataclass(frozen=True, kw_only=True)
class GrantExemption(Command):
    """``whom``: an e-mail address, or a building's key."""

    rule_id: UUID
    whom: str = form_field(
        "Who is it for?",
        hint="An email address, or the name of a building.",
        missing=NOBODY_FOUND,
        longest=254,
    )
    on: date | None = form_field("Last day", None, missing="Choose today or a later day.")
    why: str = form_field("Why?", missing="Enter a reason.", longest=LONGEST_WHY, rows=5)


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
class DisposeComments(Command):
    """What becomes of comments, with the reason that their authors hear. ``item_id``: the one
    whose form it is."""

    rule_id: UUID
    item_id: UUID
    comments: tuple[str, ...] = form_field(
        "Which comments?",
        (),
        listed=True,
        hint="Similar comments are already selected.",
        missing="Choose at least one comment.",
    )
    disposition: Disposition | None = form_field(
        "Decision", None, choices=DISPOSITIONS, missing="Choose a decision."
    )
    reason: str = form_field(
        "Why?",
        hint="The authors get this answer, and all staff can read it.",
        missing="Enter a reason. The author will read it.",
        longest=LONGEST_ANSWER,
        rows=5,
    )
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
