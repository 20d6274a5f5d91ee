"""The places of the web pages: one declaration, from which the side bar, the bar on a phone and the
page "More" are drawn. Who may use a place is asked of the guard of the page itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from urllib.parse import urlsplit
from uuid import UUID

from bot.registry import may_each
from core.cards import Page
from core.commands import Command
from core.people import Platform
from core.words import Words
from governance import links, wording
from governance.access import Actor, queues_of
from governance.acknowledgements.commands import ShowAcknowledgements
from governance.announcements.campaign_commands import ShowAnnouncements
from governance.authoring.commands import ShowSurveys
from governance.board_reports.commands import ShowReports
from governance.chairs.commands import ShowAgenda
from governance.changes.commands import ShowCalendar
from governance.committees.model import DESKS, RESTRICTED, TRIAGE
from governance.controls import addresses as practice_addresses
from governance.controls.commands import ShowPractices
from governance.digests.commands import ShowDigest, ShowFigures
from governance.docket.commands import ShowFeedbackForm
from governance.docket.handlers import queue_name
from governance.duplicates.commands import ShowTrends
from governance.duties.commands import ShowOwed
from governance.feeds.commands import ShowCalendarAddress
from governance.gaps.commands import ShowGaps
from governance.goal_changes import paths as plan_paths
from governance.goal_changes.commands import ShowProposals
from governance.goals.commands import ShowGoals
from governance.home.commands import ShowDocket, ShowHelp, ShowInbox
from governance.home.handlers import waits_of
from governance.home.waits import Waits
from governance.learning.commands import ShowLearning
from governance.lessons.commands import ShowLessons
from governance.lists.commands import ShowLists
from governance.office.commands import ShowAudit, ShowFileCheck, ShowHealth, ShowHeld, ShowPeople
from governance.ports import GovernanceStore
from governance.priorities import wording as idea_paths
from governance.priorities.commands import ShowIdeasBySurvey
from governance.recommendations.commands import ShowChanges, ShowRecommendations
from governance.rules.commands import ShowRules
from governance.service_notices.commands import ShowServiceStatus
from governance.urgent.commands import ShowCases
from governance.waves.my_surveys import ShowMySurveys

Label = Callable[[Words], str]

MORE = "/more"
ON_THE_BAR = 4
"""Places on a phone's bar, beside More."""


class Group(StrEnum):
    """In the order of the side bar: what somebody works with comes first."""

    FIRST = "first"
    OFFICE = "office"
    COMMITTEE = "committee"
    ANSWER = "answer"
    LISTEN = "listen"
    TELL = "tell"
    GOVERN = "govern"
    SECURITY = "security"
    HELP = "help"


def heading(words: Words, group: Group, committee: str = "") -> str:
    """What stands above a group; "" where nothing does. ``committee``: the name of the only one
    that somebody works on."""
    return {
        Group.FIRST: "",
        Group.COMMITTEE: wording.queue(words, committee),
        Group.OFFICE: words.say("Office"),
        Group.ANSWER: words.say("Answer"),
        Group.LISTEN: words.say("Listen"),
        Group.TELL: words.say("Tell"),
        Group.GOVERN: words.say("Govern"),
        Group.SECURITY: words.say("Security"),
        Group.HELP: "",
    }[group]


def _nothing(_: Waits) -> int:
    return 0


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page that somebody goes to by itself. ``opens``: the command that its address gives, whose
    guard says who may use it. ``holds``: other addresses that belong to it."""

    path: str
    group: Group
    label: Label
    opens: Command
    holds: tuple[str, ...] = ()
    waits: Callable[[Waits], int] = _nothing
    short: Label | None = None
    """Its label where there is little room."""
    bar: int | None = None
    """Its rank among those on a phone's bar; None: it is under More."""
    all_of: Group | None = None
    """It stands for all places of a group that have its rank, and leads to their list."""
    committee: str = ""
    """The name of the committee whose group it is in."""
    part_of: str = ""
    """The path of the place that it is a page of. Out of a committee's group it is shown only
    while that place is open."""

    def stands_for(self, other: Place) -> bool:
        return self.all_of is other.group and self.bar == other.bar

    @property
    def stands_alone(self) -> bool:
        """Whether it is shown wherever somebody is."""
        return bool(self.committee) or not self.part_of

    def addresses(self) -> tuple[str, ...]:
        return (self.path, *self.holds)


PLACES = (
    Place(
        path=links.inbox(""),
        group=Group.FIRST,
        label=lambda words: words.say("Home"),
        opens=ShowInbox(),
        holds=(links.earlier(""),),
        bar=0,
    ),
    Place(
        path=links.cases(""),
        group=Group.FIRST,
        label=lambda words: words.say("Urgent cases"),
        short=lambda words: words.say("Urgent"),
        opens=ShowCases(),
        waits=lambda waits: waits.cases,
        bar=1,
    ),
    Place(
        path=links.my_surveys(""),
        group=Group.LISTEN,
        label=lambda words: words.say("Your surveys"),
        short=lambda words: words.say("Surveys"),
        opens=ShowMySurveys(),
        holds=("/results", "/heard", "/done"),
        waits=lambda waits: waits.surveys,
        bar=4,
    ),
    Place(
        path=links.feedback(""),
        group=Group.LISTEN,
        label=lambda words: words.say("Tell us something"),
        short=lambda words: words.say("Tell us"),
        opens=ShowFeedbackForm(),
        bar=5,
    ),
    Place(
        path=idea_paths.ALL,
        group=Group.LISTEN,
        label=lambda words: words.say("Ideas of staff"),
        opens=ShowIdeasBySurvey(),
    ),
    Place(
        path=links.what_came(""),
        group=Group.LISTEN,
        label=lambda words: words.say("Staff feedback by month"),
        opens=ShowFigures(),
    ),
    Place(
        path=links.changes(""),
        group=Group.LISTEN,
        label=lambda words: words.say("What changed because staff spoke up"),
        opens=ShowChanges(),
        holds=("/recommendations",),
    ),
    Place(
        path=links.announcements(""),
        group=Group.TELL,
        label=lambda words: words.say("Announcements"),
        opens=ShowAnnouncements(),
    ),
    Place(
        path=links.change_calendar(""),
        group=Group.TELL,
        label=lambda words: words.say("Change calendar"),
        opens=ShowCalendar(),
    ),
    Place(
        path=links.service_status(""),
        group=Group.TELL,
        label=lambda words: words.say("Service status"),
        opens=ShowServiceStatus(),
    ),
    Place(
        path=links.learning(""),
        group=Group.TELL,
        label=lambda words: words.say("Training"),
        opens=ShowLearning(),
        holds=("/guides",),
    ),
    Place(
        path=links.lessons(""),
        group=Group.TELL,
        label=lambda words: words.say("Lessons"),
        opens=ShowLessons(),
    ),
    Place(
        path=links.plan(""),
        group=Group.GOVERN,
        label=lambda words: words.say("The plan"),
        opens=ShowGoals(),
        holds=(plan_paths.proposals(),),
    ),
    Place(
        path=plan_paths.proposals(),
        group=Group.GOVERN,
        label=lambda words: words.say("Changes to the plan"),
        opens=ShowProposals(),
    ),
    Place(
        path=links.rules(""),
        group=Group.GOVERN,
        label=lambda words: words.say("IT rules"),
        opens=ShowRules(),
        holds=(links.acknowledgements(""),),
        bar=6,
    ),
    Place(
        path=practice_addresses.PRACTICES,
        group=Group.GOVERN,
        label=lambda words: words.say("Security practices"),
        opens=ShowPractices(),
    ),
    Place(
        path=links.board_reports(""),
        group=Group.GOVERN,
        label=lambda words: words.say("Board reports"),
        opens=ShowReports(),
    ),
    Place(
        path=practice_addresses.GAPS,
        group=Group.SECURITY,
        label=lambda words: words.say("Work on security practices"),
        opens=ShowGaps(),
    ),
    Place(
        path=links.acknowledgements(""),
        group=Group.SECURITY,
        label=lambda words: words.say("Acknowledgements"),
        opens=ShowAcknowledgements(),
    ),
    Place(
        path=links.owed(""),
        group=Group.TELL,
        label=lambda words: words.say("Not confirmed yet"),
        opens=ShowOwed(),
    ),
    Place(
        path=links.surveys(""),
        group=Group.OFFICE,
        label=lambda words: words.say("Surveys"),
        opens=ShowSurveys(),
        bar=2,
        holds=(
            *("/drafts", "/results", "/desk/launch", "/desk/launched", "/desk/asking"),
            *("/desk/close", "/desk/extend", "/desk/hold", "/desk/series"),
        ),
    ),
    Place(
        path=links.named_lists(""),
        group=Group.OFFICE,
        label=lambda words: words.say("Lists of people"),
        opens=ShowLists(),
    ),
    Place(
        path=links.people(""),
        group=Group.OFFICE,
        label=lambda words: words.say("People"),
        opens=ShowPeople(),
    ),
    Place(
        path=links.audit(""),
        group=Group.OFFICE,
        label=lambda words: words.say("Audit"),
        opens=ShowAudit(),
    ),
    Place(
        path=links.files(""),
        group=Group.OFFICE,
        label=lambda words: words.say("District files"),
        opens=ShowFileCheck(),
    ),
    Place(
        path=links.held(""),
        group=Group.OFFICE,
        label=lambda words: words.say("Records on hold"),
        opens=ShowHeld(),
    ),
    Place(
        path=links.health(""),
        group=Group.OFFICE,
        label=lambda words: words.say("Health"),
        opens=ShowHealth(),
    ),
    Place(
        path="/help",
        group=Group.HELP,
        label=lambda words: words.say("Help"),
        opens=ShowHelp(),
    ),
    Place(
        path=links.own_calendar(""),
        group=Group.HELP,
        label=lambda words: words.say("Dates in your calendar"),
        opens=ShowCalendarAddress(),
    ),
)


def _queues(store: GovernanceStore, actor: Actor) -> Iterator[Place]:
    """The queues that somebody works on. The only one, if it is a committee's, is a group with all
    its pages; of several, each has its pages below it while one of them is open."""
    district, queues = store.district(), queues_of(actor)
    for queue in queues:
        name = queue_name(district, queue)
        if queue in (TRIAGE, RESTRICTED, *DESKS):
            yield queue_place(queue, name)
        else:
            yield from committee_places(queue, name, alone=len(queues) == 1)


def queue_place(queue: str, name: str) -> Place:
    return Place(
        path=links.docket("", queue),
        group=Group.ANSWER,
        label=lambda words: wording.queue(words, name),
        short=_messages,
        opens=ShowDocket(queue=queue),
        waits=lambda waits: waits.items.get(queue, 0),
        bar=3,
    )


def committee_places(queue: str, name: str, *, alone: bool) -> Iterator[Place]:
    """The messages to a committee, and its pages. ``alone``: it has a group of its own."""
    docket = queue_place(queue, name)
    group = Group.COMMITTEE if alone else Group.ANSWER
    yield replace(docket, group=group, label=_messages, committee=name) if alone else docket
    pages: tuple[tuple[str, Label, Command], ...] = (
        (links.week("", queue), lambda words: words.say("The week"), ShowDigest(queue=queue)),
        (links.trends("", queue), lambda words: words.say("Trends"), ShowTrends(queue=queue)),
        (links.agenda("", queue), lambda words: words.say("Agenda"), ShowAgenda(queue=queue)),
        (
            links.recommendations("", queue),
            lambda words: words.say("Recommendations"),
            ShowRecommendations(queue=queue),
        ),
    )
    for path, label, opens in pages:
        yield Place(
            path=path,
            group=group,
            label=label,
            opens=opens,
            committee=name if alone else "",
            part_of=docket.path,
        )


def _messages(words: Words) -> str:
    return words.say("Messages")


# -- for one person --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Usable:
    """A place that somebody may use, and how much waits for them there."""

    place: Place
    waits: int = 0


def usable(
    store: GovernanceStore, person_id: UUID, now: datetime, counted: Waits | None = None
) -> tuple[Usable, ...]:
    """The places of one person. However many places and items there are, it takes the same few
    statements. ``counted``: what waits for them, where it is known already."""
    store.foresee_visit(person_id)
    person = store.person(person_id)
    if person is None:
        return ()
    actor = Actor(person=person, standing=store.standing(person_id), platform=Platform.WEB)
    places = (*PLACES, *_queues(store, actor))
    allowed = may_each(actor, (one.opens for one in places), store)
    waits = counted or waits_of(store, actor, person, now)
    return tuple(
        Usable(place=one, waits=one.waits(waits)) for one in places if one.opens in allowed
    )


# -- as it is drawn --------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A link. ``waits`` is a number as it is written, "" where nothing waits. ``current`` is "page"
    where it leads to the page itself, "true" where that belongs to it (``aria-current``).
    ``below``: it is a page of the link above it."""

    path: str
    label: str
    waits: str = ""
    current: str = ""
    below: bool = False


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """What the frame of a page draws of the places. ``up``: of which page it is a part."""

    groups: tuple[tuple[str, tuple[Shown, ...]], ...] = ()
    bar: tuple[Shown, ...] = ()
    up: Page | None = None

    @property
    def under_more(self) -> bool:
        """Whether the page belongs to a place that a phone's bar has no room for."""
        current = any(one.current for _, places in self.groups for one in places)
        return current and not any(one.current for one in self.bar)


def navigation(
    places: Sequence[Usable], words: Words, here: str, parent: Page | None
) -> Navigation:
    """For the page at ``here``. ``parent``: of which page it says that it is a part."""
    current = _current(places, here, parent)
    whole = _whole(places, current)
    places = [one for one in places if one.place.stands_alone or _is_part(one, whole)]

    def shown(one: Usable, label: Label, there: Usable | None) -> Shown:
        is_there = there is not None and (one is there or one.place.stands_for(there.place))
        is_current = "" if not is_there else "page" if one.place.path == here else "true"
        return Shown(
            path=one.place.path,
            label=label(words),
            waits=words.number(one.waits) if one.waits else "",
            current=is_current,
            below=not one.place.stands_alone,
        )

    every = [(group, [one for one in places if one.place.group is group]) for group in Group]
    groups = [(group, some) for group, some in every if some]
    ranked = sorted(
        (one for one in places if one.place.bar is not None), key=lambda one: one.place.bar or 0
    )
    return Navigation(
        groups=tuple(
            (
                heading(words, group, some[0].place.committee),
                tuple(shown(one, one.place.label, current) for one in some),
            )
            for group, some in groups
        ),
        bar=tuple(
            shown(one, one.place.short or one.place.label, whole)
            for one in _one_of_each(ranked, [group for group, _ in groups])
        ),
        up=_up(current, words, here, None if _is_closed(places, parent) else parent),
    )


def _whole(places: Sequence[Usable], current: Usable | None) -> Usable | None:
    """The place that has the current one among its pages, else the current one."""
    return next((one for one in places if _is_part(current, one)), current)


def _is_part(one: Usable | None, whole: Usable | None) -> bool:
    return one is not None and whole is not None and one.place.part_of == whole.place.path


def _current(places: Sequence[Usable], here: str, parent: Page | None) -> Usable | None:
    """The place that a page belongs to: by its own address, else with its parent."""
    above = urlsplit(parent.path).path if parent else ""
    return (
        _own(places, here)
        or _at(places, above, Place.addresses)
        or _at(places, here, Place.addresses)
    )


def _own(places: Sequence[Usable], here: str) -> Usable | None:
    """The place whose address a page's begins with, unless another one holds more of it."""
    found = _at(places, here, lambda place: (place.path,))
    holding = _at(places, here, Place.addresses)
    if found is None or holding is None:
        return found
    more = max(len(start) for start in holding.place.addresses() if _is_under(here, start))
    return holding if more > len(found.place.path) else found


def _up(current: Usable | None, words: Words, here: str, parent: Page | None) -> Page | None:
    """A place is a part of nothing; any other page of its parent, or of the place it belongs to."""
    if current is not None and current.place.path == here:
        return None
    if parent is not None:
        return parent if parent.path != links.inbox("") else None
    return Page(label=current.place.label(words), path=current.place.path) if current else None


def _is_closed(places: Sequence[Usable], parent: Page | None) -> bool:
    """Whether a page's parent is a place that this reader does not have: a lesson's author comes to
    its page, and not to the list of all announcements."""
    if parent is None or not places:
        return False
    path = urlsplit(parent.path).path
    return path in {one.path for one in PLACES} - {one.place.path for one in places}


def _one_of_each(ranked: Sequence[Usable], groups: Sequence[Group]) -> list[Usable]:
    """One for each rank. Where something waits in several committees, it is all of them, with the
    sum, and leads to the list of them; else the one where something waits."""
    by_rank = [list(some) for _, some in groupby(ranked, key=lambda one: one.place.bar)]
    return [_all_or_one(some, groups) for some in by_rank][:ON_THE_BAR]


def _all_or_one(places: Sequence[Usable], groups: Sequence[Group]) -> Usable:
    """Its list is a group of the page "More", whose headings are numbered (``layout.html``)."""
    waiting = [one for one in places if one.waits]
    if len(waiting) < 2:
        return (*waiting, *places)[0]
    group = waiting[0].place.group
    number = groups.index(group) + 1
    every = replace(waiting[0].place, path=f"{MORE}#all-{number}", all_of=group)
    return Usable(place=every, waits=sum(one.waits for one in waiting))


def _at(
    places: Sequence[Usable], path: str, addresses: Callable[[Place], tuple[str, ...]]
) -> Usable | None:
    """The place that most of an address belongs to; of several the last one, which fewer have."""

    def reach(one: Usable) -> int:
        return max(len(start) if _is_under(path, start) else 0 for start in addresses(one.place))

    found = max(reversed(places), key=reach, default=None)
    return found if found and reach(found) else None


def _is_under(path: str, start: str) -> bool:
    return path == start or (start != "/" and path.startswith(f"{start}/"))
