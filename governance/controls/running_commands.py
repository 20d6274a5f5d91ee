"""Commands of the ISO's office: to run an assessment, and to confirm its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from core.commands import Command
from core.forms import FILL_IN, FROM_THE_LIST, form_field
from core.tokens import Slug
from governance.controls.commands import Number
from governance.controls.model import LONGEST_NAME, LONGEST_WORD
from governance.redaction.put_back import PutBack


class Verdict(StrEnum):
    CONFIRM = "confirm"
    SEND_BACK = "send_back"


@dataclass(frozen=True, kw_only=True)
class WriteAssessment(Command):
    """Begin an assessment against a framework, or edit a draft. ``assessment_id``: None in the
    button that begins one. ``from_last``: a new one starts from the answers of the framework's last
    assessment."""

    framework: Slug
    assessment_id: UUID | None = None
    name: str = form_field(
        "Name",
        hint="For example: Winter 2027. Owners see it in their messages.",
        missing=FILL_IN,
        longest=LONGEST_NAME,
    )
    version: str = form_field("Version of the framework", listed=True, missing=FROM_THE_LIST)
    group: str = form_field(
        "Implementation group",
        listed=True,
        hint="Each group includes the safeguards of the groups before it.",
        missing=FROM_THE_LIST,
    )
    controls: tuple[str, ...] = form_field(
        "Only these controls", (), listed=True, hint="None chosen means all."
    )
    due: date | None = form_field(
        "Due date",
        None,
        hint="Choose a school day. You can give an owner another due date.",
        missing="Choose a day.",
    )
    committee: str = form_field(
        "Committee that sees the summary",
        listed=True,
        hint="The committee sees mean scores of controls and groups, but no safeguard’s score and "
        "no gaps.",
    )
    from_last: bool = form_field(
        "Start from the last assessment",
        False,
        hint="Each answer stays open until its owner says that it is still true.",
    )
    put_back: PutBack = field(default_factory=PutBack)


@dataclass(frozen=True, kw_only=True)
class ShowRun(Command):
    """Owners and progress: who owns what, what has no owner, what waits to be confirmed."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowOwnersForm(Command):
    """``control``: the number of the control whose safeguards are shown; "": every control."""

    assessment_id: UUID
    control: str = ""


@dataclass(frozen=True, kw_only=True)
class NameOwners(Command):
    """``owners``: lines with a number, an address or a name, and a due date if it differs.

    Or from the table, by number: ``person`` and ``day`` as they stand in its inputs, ``was_person``
    and ``was_day`` as they stood there when it was opened. ``control``: as in ShowOwnersForm."""

    assessment_id: UUID
    owners: str = field(default="", repr=False)
    control: str = ""
    person: Mapping[str, str] = field(default_factory=dict, repr=False)
    day: Mapping[str, str] = field(default_factory=dict, repr=False)
    was_person: Mapping[str, str] = field(default_factory=dict, repr=False)
    was_day: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowOpening(Command):
    """What opening it will do."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class OpenAssessment(Command):
    """Ask every owner. ``unowned``: how many safeguards without an owner go to the ISO, as the
    reader saw it."""

    assessment_id: UUID
    unowned: int


@dataclass(frozen=True, kw_only=True)
class DropAssessment(Command):
    """Delete a draft."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class ShowClosing(Command):
    """What would be left undone if it were closed now."""

    assessment_id: UUID


@dataclass(frozen=True, kw_only=True)
class CloseAssessment(Command):
    """``left``: how many answers are missing or not confirmed, as the reader saw it."""

    assessment_id: UUID
    left: int


@dataclass(frozen=True, kw_only=True)
class ReviewNext(Command):
    """The next answer that waits to be confirmed. ``ask``: of this request first."""

    assessment_id: UUID
    ask: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewSafeguard(Command):
    """Confirm an answer, or send it back with a reason. ``seen``: when it was given; None: it opens
    the form."""

    assessment_id: UUID
    number: Number
    seen: int | None = None
    verdict: Verdict | None = form_field(
        "Your decision",
        None,
        choices={Verdict.CONFIRM: "Confirm it", Verdict.SEND_BACK: "Send it back"},
        missing=FROM_THE_LIST,
    )
    word: str = form_field(
        "What is missing or wrong?",
        hint="Needed only if you send it back. The owner will read it.",
        longest=LONGEST_WORD,
        rows=3,
        depends=True,
    )
    put_back: PutBack = field(default_factory=PutBack, repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowControlReview(Command):
    """A control's answers that wait to be confirmed."""

    assessment_id: UUID
    control: Number


@dataclass(frozen=True, kw_only=True)
class ConfirmControl(Command):
    """Confirm a control's answers. ``seen``: when the newest of them was given."""

    assessment_id: UUID
    control: Number
    seen: int


@dataclass(frozen=True, kw_only=True)
class TellOfAnswers(Command):
    """The clock's, each morning: the ISO hears of answers to confirm that they were not told of."""
