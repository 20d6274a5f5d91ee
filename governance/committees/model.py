"""Committees, offices and the district they belong to, as its files describe them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from core.people import Building, Level, Platform
from core.school_calendar import Calendar, Hours
from core.text import Text
from governance.digests.model import BriefChoice
from governance.feedback.model import Urgency
from governance.goals.model import Component, PlanSettings
from governance.people.rosters import RosterRules
from surveys.survey import USUAL, Rules
from surveys.waves.limiting import AskingLimit

TRIAGE = "triage"
"""Key of the queue for feedback whose committee is not sure."""

RESTRICTED = "restricted"
"""Key of the queue for what is sensitive and not about technology: one named reader a day."""


class Cadence(StrEnum):
    """How often a committee meets."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A chat channel: the platform, its workspace or tenant, and the conversation's id there.
    ``team``: of Teams', the team's id, which Graph asks for."""

    platform: Platform
    workspace: str
    conversation: str
    team: str = ""


class GroupKind(StrEnum):
    """Where a group is whose members are a committee's."""

    SLACK = "slack"
    """A user group."""
    SLACK_CHANNEL = "slack_channel"
    MICROSOFT = "microsoft"
    """A Microsoft 365 group, which a team is too."""


class Openness(StrEnum):
    """Why a channel is no place for what staff say to a committee."""

    PUBLIC = "public"
    GUESTS = "guests"
    SHARED = "shared"


@dataclass(frozen=True, kw_only=True)
class UnsettledPost:
    """A message to a queue's channel of which nobody can tell whether it arrived. ``item_id``: of a
    brief, else None. ``at``: since when it waited to be sent."""

    id: UUID
    queue: str
    item_id: UUID | None
    at: datetime


def channel_id(channel: Channel) -> UUID:
    """A channel as the subject of what is told about it."""
    where = f"{channel.platform}/{channel.workspace}/{channel.conversation}"
    return uuid5(NAMESPACE_URL, where)


@dataclass(frozen=True, kw_only=True)
class Committee:
    """A school or district committee. People are named by e-mail address.

    ``serves`` is the level of the schools a school-level committee serves (None: the district).
    ``answer_days`` is how long it may take to answer an item.
    """

    key: str
    name: str
    charter: str
    chair: str
    deputy: str
    co_chair: str = ""
    """Leads beside the chair, where there is one."""
    members: tuple[str, ...] = ()
    cadence: Cadence = Cadence.MONTHLY
    answer_days: int = 30
    serves: Level | None = None
    members_from: Mapping[GroupKind, str] = field(default_factory=dict)
    """Groups whose members belong too, by their ids."""
    group_members: tuple[str, ...] = ()
    """Who is in those groups and in the roster, as they were last asked. In no file."""
    channels: tuple[Channel, ...] = ()
    technology_leaders: Mapping[str, str] = field(default_factory=dict)
    """Of a school-level committee: the building's key -> its Technology Leader, who sits here."""
    themes: tuple[str, ...] = ()
    """What it takes of all that staff write about (keys of ``reading/data/themes.yaml``)."""
    quorum: int = 0
    """How many of its members have to be there to decide. 0: more than half of them."""
    briefs: BriefChoice = field(default_factory=BriefChoice)
    """How it hears of it, where it chose nothing else on its page."""

    @property
    def leaders(self) -> tuple[str, ...]:
        """Who leads it, in the order in which they stand in for each other."""
        return tuple(one for one in (self.chair, self.co_chair, self.deputy) if one)

    @property
    def seats(self) -> frozenset[str]:
        """All who belong to it: who leads it, those its file names, and those of its groups."""
        return frozenset((*self.leaders, *self.members, *self.group_members))


class Office(StrEnum):
    """Duties a person may hold beside their role."""

    CTO = "cto"
    ISO = "iso"
    TRIAGE_OWNER = "triage-owner"
    RESTRICTED_READER = "restricted-reader"
    RESPONDER_SAFETY = "responder-safety"
    RESPONDER_SECURITY = "responder-security"
    RESPONDER_PRIVACY = "responder-privacy"
    OPERATOR = "operator"
    ANNOUNCEMENT_APPROVER = "announcement-approver"
    """Says yes or no to announcements that are urgent or go to many. Where nobody holds it, the
    ISO and deputies do."""


OPTIONAL = frozenset({Office.ANNOUNCEMENT_APPROVER})
"""Offices that a district may leave out: somebody else does their work then."""

DESKS = {"iso-desk": Office.ISO, "cto-desk": Office.CTO}
"""Queues of offices, for feedback about their own things: who holds the office works on it."""

RESPONDERS = {
    Urgency.SAFETY: Office.RESPONDER_SAFETY,
    Urgency.SECURITY: Office.RESPONDER_SECURITY,
    Urgency.PRIVACY: Office.RESPONDER_PRIVACY,
}
"""Whose duty each kind of urgency is."""


ANSWER_WITHIN = 15
"""Minutes that a responder has, where the district's files say nothing else."""


@dataclass(frozen=True, kw_only=True)
class Officer:
    """Who holds an office, and who stands in. People are named by e-mail address.

    Of responders: ``hours`` are those of a school day in which they are at work, on the district's
    clock (None: at any hour); ``answer_within`` is how many minutes each of them has to say that
    they take a case, before the next is called too.
    """

    office: Office
    person: str
    deputies: tuple[str, ...] = ()
    hours: Hours | None = None
    answer_within: int = ANSWER_WITHIN


@dataclass(frozen=True, kw_only=True)
class RuleSettings:
    """``comment_days``: how long staff can comment on a rule, in calendar days. ``public``:
    published rules can be read without signing in. ``acknowledge_days``: how long people have to
    acknowledge them, and ``new_staff_days`` who has just joined."""

    comment_days: int = 30
    public: bool = False
    acknowledge_days: int = 30
    new_staff_days: int = 14


@dataclass(frozen=True, kw_only=True)
class AnnouncementSettings:
    """``approve_above``: an announcement to more people needs a second person's yes, and one to
    everyone also a typed word."""

    approve_above: int = 500


@dataclass(frozen=True, kw_only=True)
class District:
    """A district as its files describe it: what ``district load`` applies and ``export`` writes."""

    key: str
    name: str
    timezone: str
    locale: str = "en"
    accent: str = "#1d5fa8"
    platform: Platform = Platform.WEB
    student_email_domains: tuple[str, ...] = ()
    contacts: Mapping[str, str] = field(default_factory=dict)
    """Whom the bot names: ``help-desk``, ``human-resources``, ``title-ix``, ``association``,
    ``security``, ``privacy``, ``safety`` (a name with a phone number or an address)."""
    triage_channels: tuple[Channel, ...] = ()
    buildings: tuple[Building, ...] = ()
    components: tuple[Component, ...] = ()
    plan: PlanSettings = field(default_factory=PlanSettings)
    """The vision, and who steers and decides on the plan."""
    committees: tuple[Committee, ...] = ()
    officers: tuple[Officer, ...] = ()
    calendar: Calendar | None = None
    """When nobody is messaged. None: there are no quiet hours."""
    asking_limit: AskingLimit | None = field(default_factory=AskingLimit)
    """How often one person is asked to answer a survey. None: there is no limit."""
    results: Rules = USUAL
    """By which the results of surveys are told that are launched from now on."""
    records_schedule: str = ""
    """The entry of the records schedule by which a survey's answers are deleted when it closes."""
    roster: RosterRules = field(default_factory=RosterRules)
    """How people come in, and which source owns what."""
    rules: RuleSettings = field(default_factory=RuleSettings)
    """How IT rules are agreed on."""
    announcements: AnnouncementSettings = field(default_factory=AnnouncementSettings)
    """What must come before many are told something."""
    pages: Mapping[str, Text] = field(default_factory=dict)
    """``privacy`` and ``terms``, in Markdown. Without one the service's own text is shown."""

    def is_student(self, email: str) -> bool:
        """Whether an address is in a domain of the students' (or in one below it)."""
        domain = email.rpartition("@")[2].casefold()
        return any(
            domain == theirs or domain.endswith(f".{theirs}")
            for theirs in (one.casefold() for one in self.student_email_domains)
        )

    def officer(self, office: Office) -> Officer | None:
        """Who holds an office, as the files name them."""
        return next((one for one in self.officers if one.office is office), None)

    def named_for(self, office: Office) -> frozenset[str]:
        """Who holds an office or stands in, by e-mail address."""
        return frozenset(
            email
            for officer in self.officers
            if officer.office is office
            for email in (officer.person, *officer.deputies)
        )

    def committee(self, key: str) -> Committee | None:
        return next((c for c in self.committees if c.key == key), None)


ANSWER_DAYS = {
    Cadence.WEEKLY: 14,
    Cadence.BIWEEKLY: 21,
    Cadence.MONTHLY: 30,
    Cadence.QUARTERLY: 60,
}
"""How long a committee may take where its file says nothing: two meetings, or (where it meets
four times a year) less, for it answers between them too."""


def school_level(committees: tuple[Committee, ...]) -> Mapping[str, Level]:
    """The school-level committees: key -> the level they serve."""
    return {c.key: c.serves for c in committees if c.serves is not None}
