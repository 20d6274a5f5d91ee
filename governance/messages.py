"""Everything Sounding Board says: meaning, not widgets. ``Message`` is the closed union that
Slack, Teams and the web each draw with one ``match`` ending in ``assert_never``.

The bot's own words are not here: a platform takes them from the catalogue (``core/words.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from core.messages import Action, Asks, Concludes, InPlace, Order, Settles
from core.people import Held
from core.school_calendar import Calendar
from core.text import Text
from governance.acknowledgements.messages import AcknowledgementMessage
from governance.alignment.messages import AlignmentMessage
from governance.announcements.approval_messages import ApprovalMessage
from governance.announcements.campaign_messages import AskAgainCheck as AskAgainCheck
from governance.announcements.campaign_messages import RecallCheck as RecallCheck
from governance.announcements.campaign_messages import ResendCheck as ResendCheck
from governance.announcements.model import (
    Announcement,
    Approval,
    Change,
    GoingOut,
    Guard,
    Reach,
    Tally,
)
from governance.board_reports.messages import BoardReportMessage
from governance.changes.messages import ChangeMessage
from governance.chat.messages import KnownHere
from governance.chat.model import ChatMessage
from governance.committees.model import DESKS, RESTRICTED, TRIAGE
from governance.conclusions.model import Conclusions
from governance.controls.messages import ControlMessage
from governance.conversations.messages import ConversingMessage
from governance.conversations.model import Exchange
from governance.digests.messages import DigestMessage
from governance.docket.history import StepLine
from governance.docket.open_items import Aside
from governance.duplicates.model import SaidBy
from governance.duties.messages import OwedNews
from governance.faq.messages import FaqMessage
from governance.feedback.model import Byline, ItemState, Likely, Named, Naming, Tone, Urgency
from governance.feeds.messages import CalendarAddress
from governance.forms.messages import FormView
from governance.gaps.messages import GapMessage
from governance.goal_changes.messages import GoalChangeMessage
from governance.goals.messages import GoalMessage
from governance.help_desk.model import HandOverMessage
from governance.learning.messages import LearningMessage
from governance.lessons.messages import LessonMessage
from governance.lessons.model import Question
from governance.lists.messages import ListMessage
from governance.lists.model import NamedList
from governance.priorities.messages import PriorityMessage
from governance.pulses.messages import PulseMessage
from governance.read_reminders.messages import ReadReminderMessage
from governance.recommendations.messages import RecommendationMessage
from governance.redaction.messages import PersonalMessage
from governance.references.model import BoundLine
from governance.rules.messages import RuleMessage
from governance.second_person.messages import SecondPersonMessage
from governance.service_notices.messages import ServiceMessage
from governance.service_notices.model import ServiceKind, ServiceThread
from governance.upkeep.messages import WatchMessage
from governance.urgent.messages import CaseMessage
from governance.urgent.messages import UrgentAlert as UrgentAlert
from governance.urgent.model import CaseStands, needs_a_person
from governance.waves.my_surveys import MySurveys
from surveys.messages import SurveyMessage
from surveys.questions import Unfit
from surveys.survey import Wave


@dataclass(frozen=True, kw_only=True)
class Notice(Asks, InPlace, Concludes):
    """A change announcement to one person, with "I have read this" when ``acknowledge``."""

    announcement_id: UUID
    change: Change
    sender: str
    acknowledge: bool
    acknowledged_at: datetime | None = None
    urgent: bool = False
    edited_at: datetime | None = None
    about: str = ""
    """Of a message about a change, the token to ask about it (``feedback.about``)."""
    thread: ServiceThread | None = None
    """Of a service notice: what happened to it since."""
    training: UUID | None = None
    """Of a how-to, the change for which there are training sessions."""
    trial: bool = False
    """It is a draft that somebody sent to themselves alone."""
    due: date | None = None
    """Until when it asks to be confirmed."""
    late: bool = False
    """It was confirmed after that."""
    question: Question | None = None
    """To be answered to confirm it."""
    lesson: bool = False

    @property
    def action(self) -> Action | None:
        return Action.LEARN if self.lesson else None

    @property
    def opened_for(self) -> UUID:
        return self.announcement_id

    @property
    def running(self) -> bool:
        """Whether it tells of an outage that is not over."""
        service, thread = self.change.service, self.thread
        is_outage = service is not None and service.kind is ServiceKind.OUTAGE
        return is_outage and thread is not None and thread.notice.ended_at is None

    @property
    def waiting(self) -> bool:
        return self.running or (self.acknowledge and self.acknowledged_at is None)

    @property
    def order(self) -> Order:
        return Order.OUTAGE if self.running else Order.DUTY

    @property
    def until(self) -> date | None:
        return self.due


@dataclass(frozen=True, kw_only=True)
class AnnouncementEdited:
    """A correction, to somebody whose message cannot be changed where it stands."""

    notice: Notice


@dataclass(frozen=True, kw_only=True)
class FeedbackForm:
    """Tell us something. Says that it is not monitored around the clock. ``item_id`` names what
    will be told: handed in twice, it is told once."""

    item_id: UUID = field(default_factory=uuid4)
    text: str = ""
    naming: Naming = Naming.WITHHELD
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    contacts: Mapping[str, str] = field(default_factory=dict)
    passed_on: bool = False
    """``text`` is a message that somebody else wrote."""
    anonymous_door: str = ""
    """Leads to the page to speak anonymously (``governance.links.anonymous``)."""
    token: str = ""
    """Of what it is about (``feedback.about``)."""
    named: Named | None = None
    """The same, as people see it."""


@dataclass(frozen=True, kw_only=True)
class FeedbackReceived:
    """Stored; it will be read and brought to a committee, and the answer comes back here. Where the
    words state danger, the answer is ``Told`` of what is URGENT instead."""

    item_id: UUID
    naming: Naming
    named: Named | None = None
    """What it is about, where its form was opened from that."""
    help_desk: str = ""
    """How the help desk is reached; "" where the district does not say."""


@dataclass(frozen=True, kw_only=True)
class Brief(Settles):
    """One docket item to a committee's (or triage's) channel. ``redacted`` has no personal data
    that was recognised. ``likely`` are the (name, probability) to choose from in triage.
    ``history`` tells moves in order: (from name, to name, why)."""

    item_id: UUID
    queue: str
    queue_name: str
    redacted: str
    byline: Byline
    tone: Tone
    urgency: Urgency | None
    confidence: float
    likely: tuple[Likely, ...]
    names: Mapping[str, str]
    state: ItemState
    received_at: datetime
    due_at: datetime | None
    answer: str | None = None
    answered_by: str | None = None
    history: tuple[tuple[str, str, str], ...] = ()
    assigned_to: str | None = None
    """Who looks after it: the building's Technology Leader, whose matter it is first, or
    (``chosen``) whom the committee chose."""
    chosen: bool = False
    assigned_in_chat: bool = False
    """They are reached in chat; else they see it on Home."""
    aside: Aside | None = None
    """Until when its committee has put it aside, and why."""
    subject: str = ""
    """What its committee calls it: for pages only, and never for a message."""
    age: int = 0
    """Days since it came: for pages only."""
    saved: tuple[tuple[str, str], ...] = ()
    """(id, title) of what its committee keeps to answer with: for the page of its docket only."""
    steps: tuple[StepLine, ...] = ()
    """What its committee did with it, in order: for the page of this one item only."""
    aspects: tuple[tuple[str, Tone], ...] = ()
    """Its parts that differ in tone, in its own words: for the page of this one item only."""
    said_by: SaidBy | None = None
    """How many people say it. None: one person."""
    theme: str = ""
    """What it speaks of first, as people read it."""
    suggested: str | None = None
    """The committee (one of ``likely``) that the district's language model suggests."""
    learned: bool = False  # a move of it taught the reader
    conversation: tuple[Exchange, ...] = ()
    """What the author was asked, and replied (those that were read)."""
    asked_back: bool = False
    """The author was asked something and has not replied."""
    waits_since: datetime | None = None
    """Since when a committee waits for that, and its days stand still."""
    links: tuple[BoundLine, ...] = ()
    """What it has to do with: goals, rules, announcements."""
    can_be_linked: bool = False
    proposed: BoundLine | None = None
    """The rule that it reads like it is about: nobody has said so yet."""
    can_answer: bool = True
    """Whether buttons make sense (False once answered, filed or moved away)."""
    about: Text | None = None
    """What its form was opened from."""
    answers_change: UUID | None = None
    """The change that it was a question about: it can become an entry of its FAQ."""
    unopened: bool = False  # sensitive and read by nobody yet: its words are not here
    undo: UUID | None = None
    """Of what was just done, where it can be undone for a few seconds."""
    stood_in: bool = False  # sensitive, and for whoever stands in: its queue is not theirs
    case: CaseStands | None = None
    """How its urgent case stands, where it has one."""

    @property
    def needs_a_person(self) -> bool:
        """Whether it is urgent and nobody has closed its case."""
        return needs_a_person(self.urgency, self.case)

    @property
    def is_committees(self) -> bool:
        """Whether it is open on a committee's docket: other queues have one owner."""
        return self.can_answer and self.of_a_committee

    @property
    def of_a_committee(self) -> bool:
        return self.queue not in (TRIAGE, RESTRICTED, *DESKS)

    @property
    def can_be_purged(self) -> bool:
        """Whether "Student data here" makes sense: also where it has been answered."""
        return self.can_answer or self.state is ItemState.ANSWERED


@dataclass(frozen=True, kw_only=True)
class RestrictedWaiting:
    """To the named reader: something sensitive waits on the restricted page. No text in chat.
    ``count`` are unread, the oldest since ``received_at``; ``late``: for more than a day."""

    item_id: UUID
    received_at: datetime
    count: int = 1
    late: bool = False
    stands_in: bool = False  # to whoever reads this one in place of its readers


@dataclass(frozen=True, kw_only=True)
class AnswerForm:
    """``said_by``: how many people get the answer. None: one person. ``standing``: what somebody
    else answered meanwhile, and ``over`` its mark. ``answers``: (id, title) of those that the
    committee keeps."""

    item_id: UUID
    redacted: str
    text: str = ""
    standing: str = ""
    over: UUID | None = None
    said_by: SaidBy | None = None
    answers: tuple[tuple[str, str], ...] = ()
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


class News(StrEnum):
    """What an author hears about their feedback."""

    ACKNOWLEDGED = "acknowledged"
    IN_DISCUSSION = "in-discussion"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    """The CTO has accepted what their committee recommended, with their words behind it."""
    DECLINED = "declined"
    FILED = "filed"
    RESTRICTED = "restricted"
    NO_READER = "no-reader"  # sensitive, and nobody who might read it is independent of it
    URGENT = "urgent"
    TAKEN = "taken"  # a responder has said that they take what is urgent
    TAKEN_OUT = "taken-out"  # personal data was; told as ``TakenOut``
    STUDENT_DATA = "student-data"  # who works on it found it there and took it out
    ASKED = "asked"
    BECAME = "became"  # after the answer: it has to do with what was announced since


@dataclass(frozen=True, kw_only=True)
class Told(Asks):
    """To the author: what came of what they said. ``said`` is a short piece of the redacted text.
    ``contacts`` are whom to turn to where it is sensitive or URGENT. ``advice`` is the title of the
    recommendation that was ACCEPTED or DECLINED, ``reason`` the CTO's. ``stood_in``: of RESTRICTED,
    that somebody reads it in place of its readers. ``unread``: that it could not be read
    automatically."""

    item_id: UUID
    news: News
    said: str
    received_at: datetime
    committee: str | None = None
    answer: str | None = None
    answered_by: str | None = None
    urgency: Urgency | None = None
    contacts: Mapping[str, str] = field(default_factory=dict)
    stood_in: bool = False
    unread: bool = False
    advice: str | None = None
    reason: str | None = None
    called: tuple[str, ...] = ()
    """Where the news is URGENT: the responders who were called so far, by name."""
    at_work: bool = True
    """Where the news is URGENT: whether it came in their hours."""
    anonymous: bool = False
    """Nobody knows who said it."""
    question: str | None = None
    """Of ASKED: what the committee asks, and can be replied to; None once it was."""
    about: Text | None = None
    """What its form was opened from."""
    outcome: Unfit | None = None
    """Of ANSWERED: what happened to it, where what it is about says so."""
    became: tuple[BoundLine, ...] = ()
    """Of ANSWERED and BECAME: what it has to do with, as far as it stands today."""

    @property
    def action(self) -> Action | None:
        return Action.REPLY if self.news is News.ASKED else None

    @property
    def waiting(self) -> bool:
        return self.question is not None

    @property
    def order(self) -> Order:
        return Order.DUTY


@dataclass(frozen=True, kw_only=True)
class AnnouncementDrafted(InPlace):
    """The draft as people will see it, how many it reaches and how long it takes. Offers to send
    now, at a time, as urgent, to try it on oneself, or to change it. ``stale``: lists of its
    audience whose groups do not tell who is in them. ``lacks``: what it cannot be sent without.
    ``changed``: its parts that are others than those that were checked (``checked.PARTS``)."""

    announcement: Announcement
    sender: str
    reach: Reach
    guard: Guard = field(default_factory=Guard)
    stale: tuple[NamedList, ...] = ()
    lacks: tuple[Unfit, ...] = ()
    changed: tuple[str, ...] = ()
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    notice: Notice | None = None
    """What people would get. None where nobody looks at it."""
    calendar: Calendar = field(default_factory=Calendar)
    ahead: tuple[GoingOut, ...] = ()
    """What else goes out in the days to come, by its time."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementScheduled(InPlace):
    """It goes out at a time; ``at`` None: it is going out now."""

    announcement_id: UUID
    title: Text
    people: int
    at: datetime | None
    seconds: float
    held: Held | None = None


@dataclass(frozen=True, kw_only=True)
class Progress(InPlace):
    """What became of an announcement, in counts. ``approval``: of an urgent one."""

    announcement: Announcement
    tally: Tally
    approval: Approval | None = None
    led: int | None = None
    """So many messages of staff led to it, or a few more. None: not told."""
    outgrown: bool = False
    """So many joined its audience that none of them gets it."""


@dataclass(frozen=True, kw_only=True)
class WaveProgress(InPlace):
    """How a survey's asking goes, in counts of its invitations. ``tally`` None: the panel is so
    small that a count would tell of a person. Of reminders only the times are told, and how many
    seconds one would take to the whole panel: how many go out tells how many have not answered.
    """

    wave: Wave
    tally: Tally | None
    stopped_at: datetime | None
    reminded: tuple[datetime, ...] = ()
    reminders: tuple[datetime, ...] = ()
    """Those that are still to come."""
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A polite no: why (a template in English with values), and whom to ask. Not a form's error."""

    why: Unfit


@dataclass(frozen=True, kw_only=True)
class Help:
    """What can be done here, by what the person may do."""

    district: str
    committees: tuple[tuple[str, str], ...] = ()
    cto: bool = False
    contacts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SignInLink:
    """A link to somebody's own page that signs them in once, within ``minutes``. ``token`` None:
    with their duties they sign in with the district's account, on the page."""

    token: str | None
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Done:
    """Nothing to show (a repeated event, an address noted)."""


GovernanceMessage = (
    Notice
    | FormView
    | FeedbackForm
    | FeedbackReceived
    | Brief
    | RestrictedWaiting
    | CaseMessage
    | HandOverMessage
    | AnswerForm
    | RecommendationMessage
    | Told
    | DigestMessage
    | PersonalMessage
    | ConversingMessage
    | AnnouncementDrafted
    | AnnouncementScheduled
    | ApprovalMessage
    | Progress
    | WaveProgress
    | AskAgainCheck
    | ResendCheck
    | RecallCheck
    | AnnouncementEdited
    | ReadReminderMessage
    | LessonMessage
    | RuleMessage
    | CalendarAddress
    | ChangeMessage
    | BoardReportMessage
    | ControlMessage
    | GapMessage
    | FaqMessage
    | PulseMessage
    | GoalMessage
    | AlignmentMessage
    | LearningMessage
    | SecondPersonMessage
    | ServiceMessage
    | ListMessage
    | PriorityMessage
    | GoalChangeMessage
    | OwedNews
    | AcknowledgementMessage
    | WatchMessage
    | Conclusions
    | MySurveys
    | ChatMessage
    | KnownHere
    | Refused
    | Help
    | SignInLink
    | Done
)

Message = SurveyMessage | GovernanceMessage
