"""A feedback item: how somebody wished to speak, how it was read, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.people import Level, Role
from core.text import Text
from governance.references.model import Bound
from surveys.questions import Unfit

LONGEST_ANSWER = 3000
"""Characters of what is answered to somebody."""


class Whose(StrEnum):
    """Whose words a form to tell something begins with."""

    THEIRS = "theirs"
    """The speaker's own, or none yet."""
    PASSED_ON = "passed-on"
    """A message that somebody else wrote, without their name."""
    OURS = "ours"
    """A message of this bot."""


class Naming(StrEnum):
    """The three ways to speak. WITHHELD is the default. ANONYMOUS is on the web only: chat keeps
    a copy of its own."""

    NAMED = "named"
    WITHHELD = "withheld"
    ANONYMOUS = "anonymous"


class Urgency(StrEnum):
    SAFETY = "safety"
    SECURITY = "security"
    PRIVACY = "privacy"


class Tone(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Destination(StrEnum):
    """Where a reading sends an item."""

    COMMITTEE = "committee"
    TRIAGE = "triage"
    NONE = "none"
    RESTRICTED = "restricted"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Personal data in a text: characters ``start`` to ``end`` (Python indices) of a kind
    (PERSON, STUDENT_ID, PHONE, EMAIL, ADDRESS, DOB, SSN, HEALTH ...)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """A part of a message that has a tone of its own: characters ``start`` to ``end`` (Python
    indices) of its redacted text. It holds no words, so nothing has to be purged from it twice."""

    start: int
    end: int
    tone: Tone


@dataclass(frozen=True, kw_only=True)
class Likely:
    """A committee and how likely (0..1) a message is for it."""

    committee: str
    probability: float


COMMITTEE_RETIRED = "committee-retired"
"""Why an item is moved whose committee is not in the district's files anymore."""

READS_AS_DANGER = "reads-as-danger"
"""Why an item that reads as danger to a person is taken from a queue."""

TRIAGE_LATE = "triage-late"
"""The kind of the delivery of one item of triage to a person: what is late to each deputy, and what
names somebody who sorts to somebody else who does."""

ITEM_CARDS = ("brief", "late", "assigned", TRIAGE_LATE)
"""The kinds of message that show an item's words in a chat for as long as it is there."""

UNREADABLE = "[These words cannot be read: they were kept with another key.]"
"""What triage sees of an item whose original cannot be decrypted. One must not stop the rest."""


UNREAD = "UNREAD"
"""Kind of what stands for the whole of a message that could not be read."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the reader made of one message.

    ``redacted`` is the text with each span replaced by its kind in brackets ("[name]").
    ``committees`` are in order of likelihood (all that may take it, likeliest first).
    ``confidence`` (0..1) is that the first of them is right. ``polarity`` (-1..1) is TextBlob's.
    ``themes`` are what it speaks of (keys of themes.yaml), likeliest first; none where it is about
    nothing of that, or where the reader is not sure of any.
    """

    redacted: str
    spans: tuple[Span, ...]
    tone: Tone
    polarity: float
    urgency: Urgency | None
    destination: Destination
    committees: tuple[Likely, ...]
    confidence: float
    themes: tuple[str, ...] = ()
    needs_fixing: bool = False
    """Whether it tells of a thing that is broken now, which the help desk can fix."""
    also_urgent: tuple[Urgency, ...] = ()
    """Further ways in which it is urgent, beside ``urgency``."""
    aspects: tuple[Aspect, ...] = ()
    """Its parts in order, where they differ in tone; none where all of it sounds alike."""
    suggested: str | None = None
    """The committee that the district's language model suggests to triage, where there is one."""
    speaks_of: Bound | None = None
    """The section of a rule that it reads like it is about, until a person has said."""

    @property
    def alarms(self) -> tuple[Urgency, ...]:
        """Every way in which it is urgent, each once."""
        first = () if self.urgency is None else (self.urgency,)
        return tuple(dict.fromkeys((*first, *self.also_urgent)))

    @property
    def unread(self) -> bool:
        """Whether it stands in place of one: the message could not be read, so one person does."""
        return any(span.kind == UNREAD for span in self.spans)

    @property
    def route(self) -> str:
        """The committee's key, or ``triage`` | ``none`` | ``restricted``."""
        if self.destination is Destination.COMMITTEE:
            return self.committees[0].committee
        return self.destination.value


class ItemState(StrEnum):
    """A docket item's states. RECEIVED: stored, not read yet. FILED: out of scope, answered
    kindly. MOVED is an event, not a state: a moved item is NEW again where it went. IN_DISCUSSION:
    the committee has taken it up among themselves."""

    RECEIVED = "received"
    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    IN_DISCUSSION = "in-discussion"
    ANSWERED = "answered"
    FILED = "filed"
    HANDED_OVER = "handed-over"
    """With the help desk: the docket counts it."""


OPEN_STATES = (ItemState.NEW, ItemState.ACKNOWLEDGED, ItemState.IN_DISCUSSION)
"""In which something is still to be done."""


class Danger(StrEnum):
    """Whether a person may be in danger, as far as it decides who reads an item."""

    HELD = "held"
    """It reads as danger to a person: it is with the responder and the restricted reader only. The
    database refuses it any other queue."""
    RELEASED = "released"
    """A responder has looked at it and passed it on."""
    UNREAD = "unread"
    """It came before this was kept: it is read once more after the upgrade."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One free-text message and what happened to it. The original is not here: it is encrypted
    and only ``store.original`` gives it. ``queue`` is a committee's key, ``triage`` or
    ``restricted``; None before it was read and when filed as out of scope. ``author`` is for
    the machine (the answer must reach them); ``docket.byline`` says what a committee may know.

    Of an anonymous item ``author``, ``role`` and ``level`` are None: nobody knows them. Its
    ``received_at`` is a day's morning, shared by all that came since the one before."""

    id: UUID
    author: UUID | None
    naming: Naming
    role: Role | None
    level: Level | None
    received_at: datetime
    state: ItemState = ItemState.RECEIVED
    queue: str | None = None
    reading: Reading | None = None
    due_at: datetime | None = None
    answer: str | None = None
    answered_by: UUID | None = None
    moves: int = 0
    assigned_to: UUID | None = None
    """Who of its committee looks after it: whom they chose, else the Technology Leader of the
    author's building, where its school-level committee has it."""
    about: str = ""
    """The token of the one thing that it is about (``feedback.about``), if it is."""
    danger: Danger | None = None
    """None: nothing in it read as danger to a person when it was stored."""

    @property
    def held_back(self) -> bool:
        """Whether no committee and not triage may have it: it reads as danger to a person, and no
        responder has released it."""
        if self.danger is not None:
            return self.danger is Danger.HELD
        return self.reading is not None and Urgency.SAFETY in self.reading.alarms


@dataclass(frozen=True, kw_only=True)
class Named:
    """A thing as people see it who say something about it. ``parts``: what they can choose, by
    token. ``note``: what they should know first."""

    name: Text
    parts: tuple[tuple[str, Text], ...] = ()
    note: Unfit | None = None


@dataclass(frozen=True, kw_only=True)
class Byline:
    """What a committee may know of an author. All None: "a member of staff"."""

    name: str | None = None
    role: Role | None = None
    level: Level | None = None
