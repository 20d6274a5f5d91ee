"""What an operation is: everything that is true of one command, declared once beside its handler.

``governance.registry`` unites all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from core.commands import Command
from core.forms import Opening, asked_of
from governance.access import PERSON, Actor, Source
from governance.forms.commands import Open
from governance.messages import Message, Refused
from governance.ports import GovernanceStore
from governance.second_person.model import Shown
from governance.views import View
from surveys.messages import NotForYou, Rejected
from surveys.questions import RawAnswer, Unfit

PUT_BACK = "put_back"
"""The field, and the input, that says which words its author lets stand."""

C = TypeVar("C")

Outcome = Message | View | Rejected | NotForYou
Handler = Callable[[GovernanceStore, Actor, C, datetime], Outcome]
Fields = Mapping[str, RawAnswer]
"""What was typed and chosen in a form, by the key of its input."""


class Wake(StrEnum):
    """Who looks for work after a command, beside those who send."""

    READER = "reader"
    CLOSINGS = "closings"


@dataclass(frozen=True, kw_only=True)
class Entry(Generic[C]):
    """A kind of entry on the clock: the command that is given at its time, by the entry's subject
    and number. With a ``rule`` (cron's five fields, on the district's wall clock) it recurs from
    the first start on, and its subject is the house."""

    kind: str
    command: Callable[[UUID, int], C]
    rule: str = ""
    alarm: bool = False
    """It is about danger. Where the database was restored, and it may have been given before, what
    it sends goes all the same: to hear of danger twice is better than not at all."""


@dataclass(frozen=True, kw_only=True)
class Operation(Generic[C]):
    """One command. ``may`` is asked after the rules that hold for all: None, or a refusal."""

    command: type[C]
    run: Handler[C]
    may: Callable[[Actor, C, GovernanceStore], Refused | None]
    by: frozenset[Source] = PERSON
    reads: bool = False
    """It changes nothing: from a page it runs beside the writer."""
    shows: bool = False
    """It only shows something, and notes in a ledger or in the audit that it was seen."""
    untold: bool = False
    """The log and the metrics hear nothing of it: beside the time that is kept of somebody, a line
    or a count would say what they answered."""
    together: bool = False
    """Answers: many come at once, so they share a transaction; nothing is sent because of them."""
    one_by_one: bool = False
    """All who give it count in the same rows. On PostgreSQL they wait for one another: else each
    would be in the other's way, and be tried again and again."""
    of_offices: bool = True
    """Offices and committees have a say in it. Else nobody's are looked up, which takes time."""
    in_channel: bool = False
    """It may be asked for where others read the answer: what a committee does with its items, whose
    redacted text stands in the channel already. Everything else is somebody's own."""
    at_lead: bool = False
    """About an item that is kept with another one it is done with that one: an old card still has
    its buttons."""
    button: str = ""
    """The name in its button's token (``core.tokens``); empty: no button carries it."""
    carries: tuple[str, ...] = ()
    """Fields that its button carries beside those that it cannot be without."""
    opens: Callable[[GovernanceStore, Actor, C, datetime], Opening | Outcome] | None = None
    """What the form of a command shows beside the fields that are declared on it (``core.forms``),
    or what is there instead, where nothing is left to do. It changes nothing. ``Open`` shows the
    form, to whoever ``may`` give the command."""
    fits: Callable[[GovernanceStore, Actor, C, datetime], Mapping[str, Unfit]] | None = None
    """Why what was handed in does not fit, by its input, beyond what its fields say."""
    notes: Callable[[GovernanceStore, Actor, C, datetime], None] | None = None
    """Notes in the audit that somebody opened its form, which shows what is sensitive."""
    form_button: str = ""
    """The name in the token of the button that shows its form: its button's, with "-form"."""
    form_kept: bool = True
    """Whether a chat may keep its form (``Card.kept``)."""
    takes: tuple[str, ...] = ()
    """Fields that a form fills, each from the input of its name: by itself those that are declared
    on the command, and ``put_back`` where it has one."""
    fill: Callable[[C, Fields], C] | None = None
    """What a form adds, where ``takes`` does not serve. It may raise ``MisfilledError``."""
    window: bool = False
    """Its answer is not kept (``Card.kept``): its button opens a window at once, where a platform
    has to be told so beforehand."""
    keeps_drafts: bool = True
    """Whether what was typed into its form may be kept for its author until it is sent. Not of
    answers, nor of what is about to be taken out."""
    form: Callable[[C], Command] | None = None
    """What shows its form, again where what was handed in does not fit."""
    undo: Callable[[Actor, C], tuple[UUID, ...]] | None = None
    """The items of a docket that it changes without sending anything, so that whoever gives it can
    undo it for a few seconds (``governance.docket.undoing``); none where it sends something."""
    refreshes_home: bool = False
    """It takes something off somebody's own tab in Slack, or puts something there."""
    entry: Entry[C] | None = None
    second: Callable[[GovernanceStore, C, datetime], Shown | None] | None = None
    """What a second person is shown of it, where it reaches more people than the district's number
    and has to wait for their yes (``governance.second_person``). None: then it is refused."""
    due: Callable[[C], Iterable[datetime | None]] | None = None
    """Times at which the clock has something to do because of it."""
    wakes: frozenset[Wake] = frozenset()

    @property
    def keeps(self) -> bool:
        """Whether what somebody sends with it is kept."""
        return not (self.reads or self.shows)

    @property
    def reopens(self) -> bool:
        """Whether its address alone shows its page again. What only a person may open, since it
        notes who looked, takes a press."""
        return self.reads or self.window

    def __post_init__(self) -> None:
        """What follows from the fields that the command declares."""
        asked = tuple(one.name for one in asked_of(self.command))
        if bool(asked) is not bool(self.opens):
            raise ValueError(f"{self.command.__name__}: a form has declared fields and ``opens``")
        if not self.opens:
            return
        names = {one.name for one in fields(self.command)}  # type: ignore[arg-type]  # a dataclass
        also = (PUT_BACK,) if PUT_BACK in names else ()
        derived = {
            "form_button": self.form_button or f"{self.button}-form",
            "takes": tuple(dict.fromkeys((*asked, *self.takes, *also))),
            "form": self.form or _form_of,
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)


def _form_of(command: Any) -> Command:
    return Open(of=command)


Operations = tuple[Operation[Any], ...]
