"""Words for what the domain names by a key: roles, levels, tones, states, outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.people import STAFF_ROLES, Audience, Level, Platform, Role
from core.words import Words
from governance.announcements.model import AnnouncementState, Outcome
from governance.feedback.model import Byline, ItemState, Tone, Urgency
from governance.recommendations.model import AdviceState
from governance.series.model import SeriesState
from governance.urgent import wording as case_words
from surveys.survey import WaveState


class Labels:
    """The names of things, in one reader's language; templates call it ``named``. ``buildings``:
    their names by key, where they are known."""

    def __init__(self, words: Words, buildings: Mapping[str, str] | None = None) -> None:
        say = words.say
        self._words = words
        self._names: dict[str, str] = {
            **(buildings or {}),
            Role.TEACHER: say("Teachers"),
            Role.OFFICE: say("Office professionals"),
            Role.SUPPORT: say("Support staff"),
            Role.ADMINISTRATOR: say("Administrators"),
            Role.BOARD: say("Board members"),
            Role.STUDENT: say("Students"),
            Level.ELEMENTARY: say("Elementary schools"),
            Level.MIDDLE: say("Middle schools"),
            Level.HIGH: say("High schools"),
            Level.DISTRICT: say("District offices"),
            Tone.NEGATIVE: say("Sounds unhappy"),
            Tone.NEUTRAL: say("Neutral"),
            Tone.POSITIVE: say("Sounds pleased"),
            **{urgency: case_words.kind(words, urgency) for urgency in Urgency},
            **_states(words),
            **_advice_states(words),
            AnnouncementState.DRAFT: say("Draft"),
            AnnouncementState.WAITING: say("Waiting for approval"),
            AnnouncementState.SCHEDULED: say("Scheduled"),
            AnnouncementState.SENDING: say("Sent"),
            Outcome.QUEUED: say("Waiting to be sent"),
            Outcome.LEASED: say("Being sent"),
            Outcome.SENT: say("Sent"),
            Outcome.UNKNOWN: say("Not sure it arrived"),
            Outcome.FAILED: say("Failed"),
            Outcome.UNREACHABLE: say("Cannot be reached"),
            Outcome.RECALLED: say("Taken back"),
            WaveState.PLANNED: say("Planned"),
            WaveState.OPEN: say("Open"),
            WaveState.CLOSED: say("Closed"),
            SeriesState.RUNNING: say("Repeats"),
            SeriesState.PAUSED: say("Paused"),
            SeriesState.STOPPED: say("Stopped"),
            Platform.SLACK: say("Slack"),
            Platform.TEAMS: say("Teams"),
            Platform.WEB: say("Web"),
        }

    def __call__(self, thing: str) -> str:
        """A key's name; a key without one (a building that is gone) is its own name."""
        return self._names.get(thing, thing)

    def roles(self) -> list[tuple[str, str]]:
        return [(role.value, self(role)) for role in Role if role in STAFF_ROLES]

    def levels(self) -> list[tuple[str, str]]:
        return [(level.value, self(level)) for level in Level]

    def byline(self, byline: Byline) -> str:
        """What a committee may know of an author."""
        if byline.name:
            return byline.name
        role, level = byline.role, byline.level
        say = self._words.say
        if role and level:
            return say("{role} {place}", role=self._one(role), place=self._place(level))
        return self._one(role) if role else say("A member of staff")

    def audience(self, audience: Audience) -> str:
        """Who is meant, in a sentence's words."""
        say = self._words.say
        parts: list[str] = []
        if audience.by_rule:
            parts.append(self._rule(audience))
        if audience.committees:
            parts.append(say("members of named committees"))
        if audience.lists:
            lists = ", ".join(self(key) for key in sorted(audience.lists))
            parts.append(say("on the list {names}", names=lists))
        if audience.people:
            parts.append(
                self._words.count("{n} named person", "{n} named people", len(audience.people))
            )
        told = say(" and ").join(parts)
        return told[:1].upper() + told[1:]

    def group(self, group: Sequence[tuple[str, str]]) -> str:
        """The group of a released cell. A survey may ask two buildings only, so all groups
        together are not called the district."""
        if not group:
            return self._words.say("Everyone asked")
        return " · ".join(self(value) for _, value in group)

    def _rule(self, audience: Audience) -> str:
        say = self._words.say
        who = self._listed([self(role) for role in Role if role in audience.roles])
        where = [self(level).lower() for level in Level if level in audience.levels]
        if audience.buildings:
            where.append(
                self._words.count("{n} building", "{n} buildings", len(audience.buildings))
            )
        who = who or say("Everyone")
        return say("{who} in {where}", who=who, where=self._listed(where)) if where else who

    def _listed(self, names: Sequence[str]) -> str:
        """Names in a sentence: "Teachers, office professionals and Board members"."""
        board = self(Role.BOARD)
        inner = [*names[:1], *(one if one == board else one.lower() for one in names[1:])]
        if len(inner) < 2:
            return "".join(inner)
        some, last = ", ".join(inner[:-1]), inner[-1]
        return self._words.say("{some} and {last}", some=some, last=last)

    def _place(self, level: Level) -> str:
        say = self._words.say
        match level:
            case Level.ELEMENTARY:
                return say("in an elementary school")
            case Level.MIDDLE:
                return say("in a middle school")
            case Level.HIGH:
                return say("in a high school")
            case Level.DISTRICT:
                return say("in a district office")

    def _one(self, role: Role) -> str:
        say = self._words.say
        match role:
            case Role.TEACHER:
                return say("A teacher")
            case Role.OFFICE:
                return say("An office professional")
            case Role.SUPPORT:
                return say("A member of the support staff")
            case Role.ADMINISTRATOR:
                return say("An administrator")
            case Role.BOARD:
                return say("A Board member")
            case Role.STUDENT:
                return say("A student")


def _states(words: Words) -> dict[str, str]:
    say = words.say
    return {
        ItemState.RECEIVED: say("Received, being read"),
        ItemState.NEW: say("New"),
        ItemState.ACKNOWLEDGED: say("Acknowledged"),
        ItemState.IN_DISCUSSION: say("In discussion"),
        ItemState.ANSWERED: say("Answered"),
        ItemState.FILED: say("Filed: not about technology"),
        ItemState.HANDED_OVER: say("With the help desk"),
    }


def _advice_states(words: Words) -> dict[str, str]:
    say = words.say
    return {
        AdviceState.SENT: say("Waiting for the CTO"),
        AdviceState.ACCEPTED: say("Accepted"),
        AdviceState.DECLINED: say("Declined"),
    }
