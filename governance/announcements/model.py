"""A change announcement: what changes, why, when, for whom, what to do, where to learn and ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.people import Audience, Held
from core.text import Text
from governance.lessons.model import Question
from governance.service_notices.model import Service


@dataclass(frozen=True, kw_only=True)
class Change:
    """The words of an announcement. ``learn_url`` must be http(s); the rest is plain text."""

    title: Text
    what: Text
    why: Text
    when: Text
    who: Text
    action: Text
    learn: Text | None = None
    learn_url: str | None = None
    ask: Text | None = None
    outdated: frozenset[str] = frozenset()
    """Translations ("when.es") of a text that was changed after it was translated."""
    service: Service | None = None
    """Of a service notice, which has a title and what happens, and no other words."""


APPROVAL_HOLDS = timedelta(hours=24)
"""How long asking for something urgent waits for a yes; and how long a yes overrides quiet hours,
where the announcement is sent again or gone on with."""

LARGE_HOLDS = timedelta(days=7)
"""How long asking to tell many waits for a yes, where no time to send it was chosen."""

EVERYONE = ("everyone", "todos")
"""What is typed to confirm that an announcement goes to everyone, in English or Spanish."""

LONGEST_WORD = 40
"""Characters of what is typed there; the rest is cut off."""

GROWN = 1.1
"""An audience that is larger than this many times what was approved takes another yes."""

NEARLY_ALL = 0.9
"""An audience of at least this part of the staff is everyone, however it was chosen."""


def is_nearly_all(people: int, staff: int) -> bool:
    """Whether an audience of so many is everyone."""
    return people >= staff * NEARLY_ALL


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    """Somebody asked to send it as urgent, and nobody has said yes or no yet."""
    SCHEDULED = "scheduled"
    SENDING = "sending"


class AnnouncementFilter(StrEnum):
    """What somebody looks for in the list of all announcements."""

    ALL = ""
    DRAFT = "draft"
    WAITING = "waiting"
    SCHEDULED = "scheduled"
    SENT = "sent"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, kw_only=True)
class Announcement:
    id: UUID
    key: str | None = None
    change: Change
    audience: Audience
    written_by: UUID | None
    state: AnnouncementState = AnnouncementState.DRAFT
    send_at: datetime | None = None
    sent_at: datetime | None = None
    acknowledge: bool = True
    due: date | None = None
    """Until when people are asked to confirm it: then it is a duty, with reminders."""
    question: Question | None = None
    """Who reads it confirms it by the right answer."""
    lesson: bool = False
    urgent: bool = False
    """Goes out around quiet hours and before everything else, once a second person approved it.
    Not urgent, and asked for: it goes to more people than one person may decide on."""
    asked_by: UUID | None = None
    asked_at: datetime | None = None
    approved_by: UUID | None = None
    approved_at: datetime | None = None
    approved_people: int | None = None
    """How many people a second person was asked about or, where nobody was, it was sent to."""
    declined_why: str | None = None
    declined_by: UUID | None = None
    stopped_at: datetime | None = None
    """Somebody stopped it while it went out, and nobody has sent the rest since."""
    recalled_at: datetime | None = None
    joiners_until: date | None = None
    """Whoever joins the audience until the end of this day gets it too."""
    edited_at: datetime | None = None
    """When what it says was last changed after it was sent."""

    @property
    def request(self) -> int:
        """Names one asking for approval, in milliseconds since 1970: who says yes says it to what
        was asked then, not to what was written since. 0: nobody asks."""
        return int(self.asked_at.timestamp() * 1000) if self.asked_at else 0

    @property
    def lapses_at(self) -> datetime | None:
        """When nobody's yes counts any more."""
        if self.asked_at is None:
            return None
        if self.urgent:
            return self.asked_at + APPROVAL_HOLDS
        return self.send_at or self.asked_at + LARGE_HOLDS

    def overrides_quiet_hours(self, now: datetime) -> bool:
        """Whether what is queued of it now goes out at any hour and before everything else."""
        if not self.urgent or self.approved_at is None:
            return False
        return now < self.approved_at + APPROVAL_HOLDS


@dataclass(frozen=True, kw_only=True)
class EditRequest:
    """The words that an announcement is to say instead, once a second person has said yes.
    ``approved`` None: nobody has decided."""

    announcement_id: UUID
    change: Change
    by: UUID | None
    at: datetime
    approved: bool | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None

    @property
    def number(self) -> int:
        """Names one request, as ``Announcement.request`` does."""
        return int(self.at.timestamp() * 1000)

    @property
    def lapses_at(self) -> datetime:
        return self.at + LARGE_HOLDS

    def open(self, now: datetime) -> bool:
        return self.approved is None and now < self.lapses_at


@dataclass(frozen=True, kw_only=True)
class Approval:
    """The two people behind an announcement that needs both, by name: who asked ("": the
    operator), and who approved it (None: nobody yet; then ``approvers`` may)."""

    urgent: bool
    asked_by: str
    asked_at: datetime
    lapses_at: datetime
    approvers: tuple[str, ...] = ()
    approved_by: str | None = None
    approved_at: datetime | None = None
    goes_at: datetime | None = None
    """When it goes out once it is approved; None: at once."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How many people an audience is, where they are reached, and how long sending takes.

    ``seconds`` is the slowest lane's share divided by its rate, and ``lasting`` that of each
    platform's slowest lane; ``waiting`` have no address there, ``waiting_by`` by platform
    those who never had one, and ``away_by`` those whose account or app is closed. ``page_only``
    are on web pages where no mail tells of it. ``held``: for whom it is quiet hours then.
    """

    people: int
    by_platform: tuple[tuple[str, int], ...]
    waiting: int
    seconds: float
    held: Held | None = None
    lasting: tuple[tuple[str, float], ...] = ()
    waiting_by: tuple[tuple[str, int], ...] = ()
    away_by: tuple[tuple[str, int], ...] = ()
    page_only: int = 0


@dataclass(frozen=True, kw_only=True)
class GoingOut:
    """Something else that is planned to go out: an announcement, or a survey or its reminder."""

    title: Text
    at: datetime
    survey: bool = False


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What comes before a draft goes to ``people``. ``everyone``: a typed word (``EVERYONE``).
    ``second``: a second person's yes; ``approvers`` are asked for it, by name."""

    people: int = 0
    everyone: bool = False
    second: bool = False
    approvers: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What became of one delivery, in the ledger's words (delivery plan)."""

    QUEUED = "queued"
    LEASED = "leased"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    RECALLED = "recalled"


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One row of what the CTO sees: a person, what became of the message, and when they read it."""

    person: UUID
    name: str
    building: str
    platform: str | None
    outcome: Outcome
    why: str | None
    sent_at: datetime | None
    acknowledged_at: datetime | None


class RecipientFilter(StrEnum):
    """Whom somebody looks for among those whom an announcement is for."""

    ALL = ""
    UNREAD = "unread"
    READ = "read"
    MISSED = "missed"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    SENT = "sent"
    STOPPED = "stopped"
    RECALLED = "recalled"


@dataclass(frozen=True, kw_only=True)
class Reason:
    """How many deliveries ended for one reason, as the ledger keeps it."""

    outcome: Outcome
    why: str
    people: int


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts over a campaign's deliveries, and who has pressed "I have read this".

    ``queued`` wait in a lane or are just being sent; ``waiting`` have no address yet; ``stopped``
    were stopped before they were sent; ``recalled`` were sent and taken back; ``recalling`` are
    about to be taken back, ``kept`` could not be. ``expected_end``: of what is queued.
    """

    people: int
    queued: int
    sent: int
    unknown: int
    failed: int
    unreachable: int
    acknowledged: int
    expected_end: datetime | None = None
    waiting: int = 0
    stopped: int = 0
    recalled: int = 0
    recalling: int = 0
    kept: int = 0
    edited: int = 0
    """So many have a message that was changed where it stands, at the last edit."""
    corrected: int = 0
    """So many were sent a correction instead."""
    editing: int = 0
    """So many have still to get either."""
    telling: int = 0
    """So many have still to get a service notice's last update: it is queued in parts."""
    unwritten: int = 0
    """So many have no message yet: a large audience is queued in parts, within a minute or two."""
    forgotten: int = 0
    """So many were deleted by age, and are counted as what had happened to them."""
    reasons: tuple[Reason, ...] = ()
    """Why some failed, cannot be reached or cannot be sent to for now: the most frequent first."""

    @property
    def to_go(self) -> int:
        """How many messages have still to leave."""
        return self.queued + self.unwritten

    @property
    def had(self) -> int:
        """How many were sent it, whether it was taken back from them or not."""
        return self.sent + self.recalled

    @property
    def recipients(self) -> int:
        """Who has it or may have it, and who still gets it."""
        return self.sent + self.unknown + self.waiting + self.to_go

    @property
    def moving(self) -> bool:
        """Whether the numbers are about to change."""
        return self.to_go > 0 or self.recalling > 0 or self.editing > 0 or self.telling > 0

    @property
    def held_up(self) -> bool:
        """Whether some wait for a connection, say: then nobody knows when it ends."""
        return any(reason.outcome is Outcome.QUEUED for reason in self.reasons)

    @property
    def missed(self) -> int:
        """Who has not got it as far as is known, or may not have."""
        return self.unknown + self.failed + self.unreachable


class Standing(StrEnum):
    """How a campaign that went out stands, whoever asks (``standing``)."""

    NOBODY = "nobody"
    """Nobody was in its audience."""
    GOING = "going"
    SENT = "sent"
    """Everybody has it, or some do and nothing more leaves."""
    UNSURE = "unsure"
    """Nobody has it for certain, and for some people we do not know."""
    WAITING = "waiting"
    """Nobody has it, and those who are left have not opened the app."""
    FAILED = "failed"
    """Nobody has it."""
    STOPPED = "stopped"
    TAKING_BACK = "taking back"
    TAKEN_BACK = "taken back"


def standing(tally: Tally, *, stopped: bool, taken_back: bool) -> Standing:
    """The one place that says what the numbers of a campaign come to."""
    if taken_back:
        return Standing.TAKING_BACK if tally.recalling else Standing.TAKEN_BACK
    if stopped:
        return Standing.STOPPED
    if tally.to_go:
        return Standing.GOING
    if tally.sent:
        return Standing.SENT
    if tally.unknown:
        return Standing.UNSURE
    if tally.waiting:
        return Standing.WAITING
    return Standing.FAILED if tally.people else Standing.NOBODY


def standing_of(announcement: Announcement, tally: Tally) -> Standing:
    """How an announcement that went out stands."""
    return standing(
        tally,
        stopped=announcement.stopped_at is not None,
        taken_back=announcement.recalled_at is not None,
    )


@dataclass(frozen=True, kw_only=True)
class Missed:
    """Who did not get an announcement, and what sending it again would do: ``ready`` are those
    who get it now; ``waiting`` of them have no address yet; ``unknown`` may have it already;
    ``left`` are not on the roster any more and get nothing. ``wakes``: it goes out around quiet
    hours."""

    failed: int = 0
    unreachable: int = 0
    stopped: int = 0
    unknown: int = 0
    waiting: int = 0
    left: int = 0
    seconds: float = 0.0
    wakes: bool = False

    @property
    def ready(self) -> int:
        return self.failed + self.unreachable + self.stopped


class Step(StrEnum):
    """What can be done about an announcement that went out."""

    STOP = "stop"
    RESUME = "resume"
    RESEND = "resend"
    RECALL = "recall"


def steps(announcement: Announcement, tally: Tally) -> tuple[Step, ...]:
    """What makes sense now, the most pressing first. Nothing, once it is known of some only how
    many they are."""
    if tally.forgotten:
        return ()
    if announcement.state in (AnnouncementState.SCHEDULED, AnnouncementState.WAITING):
        return (Step.STOP,)
    if announcement.state is not AnnouncementState.SENDING:
        return ()
    there = (Step.RECALL,) if tally.sent and not tally.recalling else ()
    if announcement.recalled_at is not None:
        return there
    if announcement.stopped_at is not None:
        rest = (Step.RESUME,) if tally.stopped else ()
        again = (Step.RESEND,) if tally.missed else ()
        return (*rest, *again, *there)
    if tally.to_go or tally.waiting:
        again = (Step.RESEND,) if tally.missed and not tally.to_go else ()
        return (Step.STOP, *again, *there)
    return (*((Step.RESEND,) if tally.missed else ()), *there)
