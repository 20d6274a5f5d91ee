"""What whole pages show. Only the web draws these; chat has one message for one purpose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from core.home import Drawing
from core.lists import Found
from core.messages import Asks, Order
from core.paging import Paging
from core.people import Audience, Building, Level, Role
from core.school_calendar import Calendar
from core.text import Text
from governance.acknowledgements.messages import AcknowledgementPage
from governance.announcements.model import Announcement, Approval, Reach, Recipient, Tally
from governance.anonymous.views import AnonymousView
from governance.authoring.model import Draft, SurveyVersion
from governance.chairs.bulk import Bulk
from governance.chairs.views import ChairViews
from governance.committees.absences import Absence
from governance.committees.model import UnsettledPost
from governance.conclusions.model import ConclusionsForm
from governance.conversations.model import Exchange
from governance.digests.views import DigestViews
from governance.docket.messages import DocketLine
from governance.duplicates.views import MatterViews
from governance.duties.messages import OwedView
from governance.duties.model import Count
from governance.feedback.model import ItemState
from governance.feeds.messages import CalendarDates
from governance.home.commands import HomePart
from governance.home.waits import Waits
from governance.lists.model import AudienceChoices
from governance.messages import Brief, Message, Notice
from governance.office.model import OfficeView
from governance.read_reminders.messages import ReadReminderPage
from governance.recommendations.model import AdviceLine, RecommendingView
from governance.rules.messages import RulePage
from governance.saved_answers.model import SavedAnswersView
from governance.second_person.model import SecondPerson
from governance.series.views import SeriesLine, SeriesViews
from governance.urgent.messages import CasesView, UrgentAlert
from surveys.authoring.cautions import Caution
from surveys.messages import Invitation, LaunchChecked
from surveys.promise import Promise
from surveys.questions import Unfit
from surveys.results.exporting import Exported, SomeComments
from surveys.results.model import Restored
from surveys.results.tabulating import Atom
from surveys.survey import SCORES_FROM, USUAL, Participation, PlannedTable, Rules, Survey, Wave

_DAY = timedelta(days=1).total_seconds()


@dataclass(frozen=True, kw_only=True)
class InboxEntry:
    """A message that was delivered to the person, composed as it stands now. ``order``: where it
    stands among what waits for them; None: it asks for nothing, or it is done."""

    delivery_id: UUID
    at: datetime
    message: Message
    order: Order | None = None
    participation: Participation | None = None
    """Of an invitation: what the person did with it."""
    urgent: bool = False
    """What they told us states danger, and is not settled: it comes before everything."""

    @property
    def waiting(self) -> bool:
        return self.order is not None

    @property
    def until(self) -> date | datetime | None:
        """By when it is to be done, where there is such a day."""
        match self.message:
            case Invitation(closes_at=closes_at):
                return closes_at
            case Brief(due_at=due_at):
                return due_at
            case Asks() as asks:
                return asks.until
            case _:
                return None

    def place(self) -> tuple[float, float, float, float]:
        """What is due first comes first among duties and surveys, then what has no day."""
        order = float("inf") if self.order is None else float(self.order)
        together = min(order, float(Order.DUTY)) if self.waiting else order
        return together, _ends(self.until), order, -self.at.timestamp()


def _ends(until: date | datetime | None) -> float:
    """In days. A day ends with it; what has no end comes last."""
    if until is None:
        return float("inf")
    if isinstance(until, datetime):
        return until.timestamp() / _DAY
    return datetime(until.year, until.month, until.day, tzinfo=UTC).timestamp() / _DAY + 1


@dataclass(frozen=True, kw_only=True)
class OpenCases:
    """So many urgent cases are open that the person responds to."""

    cases: int


@dataclass(frozen=True, kw_only=True)
class OpenQueue:
    """So many items are open in a queue that the person works on."""

    key: str
    name: str
    items: int


@dataclass(frozen=True, kw_only=True)
class MyItem:
    """The person's own feedback and what followed from it. ``about``: a rule, for instance;
    ``outcome``: what happened to it, where that is more than an answer."""

    item_id: UUID
    received_at: datetime
    said: str
    state: ItemState
    queue_name: str | None
    answer: str | None
    conversation: tuple[Exchange, ...] = ()
    """With the committee, as it sees it."""
    asked_back: bool = False
    about: Text | None = None
    outcome: Unfit | None = None
    joined: bool = False
    """Whether it is dealt with together with what others said before."""
    taken_out: bool = False
    """Whether personal data was taken out of it."""


_BEFORE_QUEUES = (Order.DANGER, Order.OUTAGE, Order.DECISION)


@dataclass(frozen=True, kw_only=True)
class InboxView:
    entries: tuple[InboxEntry, ...]
    items: tuple[MyItem, ...]
    queues: tuple[tuple[str, str], ...]
    """(key, name) of the dockets this person may open."""
    cto: bool
    open_items: Mapping[str, int] = field(default_factory=dict)
    """How many items are open in each of those dockets (only those that have any)."""
    urgent_cases: int | None = None
    """How many urgent cases are open that they respond to; None: they respond to none."""

    results: tuple[tuple[UUID, Text], ...] = ()
    """(wave, title) of the surveys whose results they may open for a committee, newest first."""

    parts: tuple[tuple[int, Drawing], ...] = ()
    """What the features show on Home, each with its rank."""

    counted: Waits = field(default_factory=Waits)
    told: frozenset[UUID] = frozenset()
    """What they told us, which Home shows with what happened to it."""

    @property
    def waiting(self) -> tuple[InboxEntry, ...]:
        """What is asked of them: what is urgent or to be decided, then what ends first, then the
        newest."""
        return tuple(sorted((one for one in self.entries if one.waiting), key=InboxEntry.place))

    @cached_property
    def in_order(self) -> tuple[InboxEntry | OpenCases | OpenQueue, ...]:
        """All that waits for them, as every platform lists it. Urgent cases are one line where not
        each of them is listed itself; what is open in their queues comes before what has a date."""
        waiting = self.waiting
        alerts = sum(isinstance(one.message, UrgentAlert) for one in waiting)
        cases = self.urgent_cases or 0
        first = [one for one in waiting if one.order in _BEFORE_QUEUES]
        queues = [
            OpenQueue(key=key, name=name, items=self.open_items[key])
            for key, name in self.queues
            if self.open_items.get(key)
        ]
        rest = waiting[len(first) :]
        return (*([OpenCases(cases=cases)] if cases > alerts else []), *first, *queues, *rest)

    @property
    def waits(self) -> int:
        """How many things wait for them: a queue with open items, or all urgent cases, is one."""
        return len(self.in_order)


@dataclass(frozen=True, kw_only=True)
class BeingRead:
    """Of what somebody told us, what is still being read."""

    items: frozenset[UUID]


@dataclass(frozen=True, kw_only=True)
class OverviewView:
    """What stands on somebody's Home beside what waits for them: each part with its rank."""

    parts: tuple[tuple[int, Drawing], ...]


@dataclass(frozen=True, kw_only=True)
class DocketView:
    queue: str
    name: str
    open_items: tuple[DocketLine, ...]
    done_items: tuple[DocketLine, ...]
    mine: frozenset[UUID] = frozenset()
    """Items that are assigned to whoever looks."""
    leads: bool = False
    """Whether who looks leads the committee."""
    absences: tuple[Absence, ...] = ()
    """When who looks is away; nobody else's are shown."""
    handed_over: tuple[tuple[str, int], ...] = ()
    """(theme or "", count) of what the help desk has."""
    unread: int = 0
    """Of triage: how many open messages could not be read, and are with the restricted reader."""
    unsettled: tuple[UnsettledPost, ...] = ()
    """Messages that may not have arrived in its channel."""
    withdrawn: int = 0
    """How many messages were taken from it, because they may be about someone in danger."""
    results: tuple[Wave, ...] = ()
    """Surveys that name the committee, the newest first: its members may open their results."""
    undo: UUID | None = None
    """Of what was just done with its items, where it can be undone for a few seconds."""
    changed: int = 0
    """How many of its items were just changed together."""
    beside: Brief | None = None
    """The item that is open beside the list."""


@dataclass(frozen=True, kw_only=True)
class DocketFile:
    """A committee's items for a file."""

    queue: str
    lines: tuple[DocketLine, ...]


@dataclass(frozen=True, kw_only=True)
class WaveLine:
    """One wave in the office. ``answered`` is the released count (batches), None when withheld."""

    wave: Wave
    asked: int
    answered: int | None
    queued: int = 0
    """Invitations that wait to go. Not reminders: how many those are tells who answered."""
    stopped_at: datetime | None = None
    restored: Restored | None = None
    """Why there are no results, where the database was restored."""


@dataclass(frozen=True, kw_only=True)
class AnnouncementLine:
    announcement: Announcement
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class WaveLines:
    """Some surveys with their counts, in the order that was asked for."""

    lines: tuple[WaveLine, ...]


@dataclass(frozen=True, kw_only=True)
class AnnouncementsView:
    """A page of all announcements."""

    lines: tuple[AnnouncementLine, ...]
    found: Found


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """The CTO's office. ``surveys`` are the ready ones of the district's files."""

    surveys: tuple[Survey, ...]
    waves: tuple[WaveLine, ...]
    announcements: tuple[AnnouncementLine, ...]
    series: tuple[SeriesLine, ...] = ()
    """Surveys that repeat, without those that were stopped."""
    recommendations: tuple[AdviceLine, ...] = ()
    """Of all committees: what waits to be decided first, then what was."""
    calendar: Calendar | None = None
    waves_paging: Paging = field(default_factory=Paging)
    announcements_paging: Paging = field(default_factory=Paging)
    restored_messages: int = 0
    """So many messages wait for an operator, because the database was restored."""


@dataclass(frozen=True, kw_only=True)
class CampaignView:
    announcement: Announcement
    tally: Tally
    recipients: tuple[Recipient, ...]
    paging: Paging
    approval: Approval | None = None
    led: int | None = None
    """So many messages of staff led to it, or a few more. None: not told."""
    buildings: tuple[Count, ...] = ()
    """How many have confirmed it; empty: nobody was asked to, or it has not gone out."""
    outgrown: bool = False
    """So many joined its audience that none of them gets it."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many people each ``RecipientFilter`` shows."""


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """What waits for one person by every duty they have, small enough for one screen of chat."""

    inbox: InboxView
    open_briefs: Mapping[str, tuple[Brief, ...]]
    """The first open items of each docket. Of what is restricted none: never in chat."""
    desk: DeskView | None
    """Of the CTO's office only."""
    contacts: Mapping[str, str]
    part: HomePart = HomePart.ALL


@dataclass(frozen=True, kw_only=True)
class EditLine:
    """Who saved a draft when; ``by`` None: somebody who is not on the roster any more."""

    version: int
    by: str | None
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DraftView:
    """A survey that is being written. ``edits``: the newest saving first. ``taken``: the keys of
    the surveys that are ready. ``committees`` are (key, name) of those that can see its tables.
    ``timezone`` and ``calendar`` are the district's."""

    draft: Draft
    edits: tuple[EditLine, ...]
    taken: frozenset[str] = frozenset()
    committees: tuple[tuple[str, str], ...] = ()
    sizes: Mapping[Atom, int] = field(default_factory=dict)
    """People of the roster in each finest group, where it was asked for."""
    timezone: str = "UTC"
    calendar: Calendar | None = None
    rules: Rules = USUAL
    goals: tuple[tuple[str, Text], ...] = ()
    """(key, title) of the plan's goals that are not retired."""


@dataclass(frozen=True, kw_only=True)
class DraftChanged:
    """Somebody else saved the draft meanwhile: nothing was overwritten."""

    theirs: DraftView


@dataclass(frozen=True, kw_only=True)
class ReadyLine:
    """A survey that can be launched. ``on_web``: written or changed here, and not in the
    district's files yet. ``versions``: as it was launched, the newest first. ``request``: the one
    with which its launch waits for a second person."""

    survey: Survey
    on_web: bool
    versions: tuple[SurveyVersion, ...] = ()
    request: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SurveysView:
    """Every survey of the CTO's office."""

    drafts: tuple[DraftView, ...]
    ready: tuple[ReadyLine, ...]
    waves: tuple[Wave, ...] = ()
    """All that were launched, the newest first; their counts are asked for by themselves."""
    series: tuple[SeriesLine, ...] = ()
    """Surveys that repeat, without those that were stopped."""
    limited: bool = False
    """The district limits how often one person is asked."""


@dataclass(frozen=True, kw_only=True)
class PlannedShowing:
    """One planned table: how many groups it has, and how many of them are too small to be ever
    shown, if ``part`` (0..1) of each group is asked."""

    table: PlannedTable
    groups: int
    few: int
    least: int = SCORES_FROM
    part: float = 1


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """What a launch would ask of whom, and show. ``make_up``: people of the audience by role and
    level; ``checked``: whom of them it asks, and what does not fit in it. ``names``: of the
    buildings and committees that the audience names, by key. ``scheduled``: the district names the
    entry of its records schedule by which answers are deleted."""

    survey: Survey
    audience: Audience
    people: int
    checked: LaunchChecked
    make_up: tuple[tuple[tuple[Role, Level], int], ...]
    tables: tuple[PlannedShowing, ...]
    promise: Promise
    cautions: tuple[Caution, ...]
    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    as_of: datetime
    despite_limit: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    scheduled: bool = True
    second: SecondPerson | None = None


@dataclass(frozen=True, kw_only=True)
class LaunchView:
    """What there is to choose from for a launch of a survey. ``committees`` and ``lists`` are
    (key, name); ``earlier``: its waves so far, the newest first; ``sizes``: people of the audience
    in each finest group; ``strangers``: addresses of the audience that nobody of the staff has.
    Its times are typed in ``timezone``, which is the district's."""

    survey: Survey
    timezone: str
    buildings: tuple[Building, ...] = ()
    committees: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, str], ...] = ()
    earlier: tuple[Wave, ...] = ()
    sizes: Mapping[Atom, int] = field(default_factory=dict)
    strangers: frozenset[str] = frozenset()
    calendar: Calendar | None = None
    rules: Rules = USUAL


@dataclass(frozen=True, kw_only=True)
class AnnouncementWritten:
    """An announcement as it was typed so far. ``saved``: the draft as it is kept; None: none yet.
    ``words``: the saved texts as a form has them, ``seen`` their digests. ``notice``: what people
    would get; None where too little was typed. ``language``: of the texts that are no
    translations."""

    saved: Announcement | None
    draft: Announcement
    reach: Reach
    choices: AudienceChoices
    language: str
    words: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    unfit: Mapping[str, Unfit] = field(default_factory=dict)
    notice: Notice | None = None


View = (
    InboxView
    | BeingRead
    | OverviewView
    | DocketView
    | DocketFile
    | DeskView
    | WaveLines
    | CampaignView
    | AnnouncementsView
    | AnnouncementWritten
    | HomeView
    | SurveysView
    | DraftView
    | DraftChanged
    | PlanView
    | LaunchView
    | ConclusionsForm
    | Exported
    | SomeComments
    | LaunchChecked
    | CasesView
    | SeriesViews
    | DigestViews
    | MatterViews
    | RecommendingView
    | AnonymousView
    | ChairViews
    | Bulk
    | RulePage
    | CalendarDates
    | OwedView
    | OfficeView
    | SavedAnswersView
    | AcknowledgementPage
    | ReadReminderPage
)
