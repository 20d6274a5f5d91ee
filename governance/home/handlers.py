"""Whole pages for one person: their inbox, the CTO's desk, and help."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from core.messages import Settles
from core.paging import paging
from core.people import Person
from governance.access import Actor, anybody, office, queues_of, responds
from governance.authoring.test_runs import TRIAL
from governance.committees.model import RESPONDERS, RESTRICTED
from governance.composing import compose, kinds_that_wait, read_ahead
from governance.conversations.model import Exchange, open_question
from governance.docket.handlers import brief, queue_name, read_out, waves_for
from governance.feedback.about import name_of, outcome
from governance.feedback.excerpts import excerpt
from governance.feedback.model import Item, ItemState
from governance.home.commands import (
    CountWaves,
    HomePart,
    ShowBeingRead,
    ShowDesk,
    ShowHelp,
    ShowHome,
    ShowInbox,
    ShowOfficeFigures,
)
from governance.home.waits import Waits
from governance.home_parts import home_parts
from governance.messages import Brief, Help, Message, News, Notice, Told
from governance.operations import Operation, Operations
from governance.ports import Delivered, GovernanceStore
from governance.read_reminders.messages import ReadReminder
from governance.recommendations.lists import on_desk
from governance.school_days import today
from governance.sensitive.substitutes import nobody_reads
from governance.series import jobs as repeating
from governance.series.model import SeriesState
from governance.views import (
    AnnouncementLine,
    BeingRead,
    DeskView,
    HomeView,
    InboxEntry,
    InboxView,
    MyItem,
    OverviewView,
    WaveLine,
    WaveLines,
)
from governance.waiting import from_states, order_of
from surveys.messages import Invitation
from surveys.results.release import released
from surveys.results.viewing import note_numbers
from surveys.survey import Participation, Wave, WaveState

_WHAT_WAITS = ShowInbox()


def show_overview(
    store: GovernanceStore, actor: Actor, now: datetime, *, notes: bool = False
) -> OverviewView:
    """What the features show on Home, in the order of their ranks."""
    with store.only_noting():
        found = sorted(home_parts(store, actor, now, notes=notes), key=lambda one: one[0])
    return OverviewView(parts=tuple(found))


def _named_queues(store: GovernanceStore, actor: Actor) -> tuple[tuple[str, str], ...]:
    district = store.district()
    return tuple((queue, queue_name(district, queue)) for queue in queues_of(actor))


def show_inbox(
    store: GovernanceStore,
    actor: Actor,
    person: Person,
    now: datetime,
    command: ShowInbox = _WHAT_WAITS,
) -> InboxView:
    """What waits for a person, what came, and what became of what they said."""
    waits = waits_of(store, actor, person, now)
    mine = store.items_by(person.id)
    told = frozenset(one.id for one in mine)
    if command.earlier:
        return InboxView(
            entries=_entries(store, actor, person, now, _earlier(store, person, told)),
            items=(),
            queues=(),
            cto=actor.cto,
            counted=waits,
            told=told,
        )
    new = store.delivered_to(person.id, kinds_that_wait(), latest=LATEST)
    entries = _entries(store, actor, person, now, new)
    said = store.exchanges_of_each(told)
    store.leads_ahead([one.id for one in mine if one.state is ItemState.IN_DISCUSSION])
    return InboxView(
        entries=entries,
        items=tuple(_mine(store, item, said.get(item.id, ())) for item in mine),
        queues=_named_queues(store, actor),
        cto=actor.cto,
        open_items=waits.items,
        urgent_cases=waits.cases if responds(actor) else None,
        results=tuple((w.id, w.survey.title) for w in waves_for(store, actor.standing.sits)),
        parts=show_overview(store, actor, now).parts if command.parts else (),
        counted=waits,
        told=told,
    )


def waits_of(store: GovernanceStore, actor: Actor, person: Person, now: datetime) -> Waits:
    """How much waits for a person, by every duty that they have."""
    offices = actor.standing.offices
    theirs = [urgency for urgency, office in RESPONDERS.items() if office in offices]
    return store.waits(
        person.id,
        now,
        today=today(store, now),
        queues=queues_of(actor),
        kinds=theirs if responds(actor) else None,
    )


def queue_shown(store: GovernanceStore, item: Item) -> str | None:
    """The name of the queue that an item is on, as its author may know it."""
    there = item.queue and not nobody_reads(store, item)
    return queue_name(store.district(), item.queue or "") if there else None


def _mine(store: GovernanceStore, item: Item, said: tuple[Exchange, ...]) -> MyItem:
    return MyItem(
        item_id=item.id,
        received_at=item.received_at,
        said=excerpt(item),
        state=item.state,
        queue_name=queue_shown(store, item),
        answer=item.answer,
        conversation=read_out(said),
        asked_back=open_question(said) is not None,
        about=name_of(store, item),
        outcome=outcome(store, item),
        joined=item.state is ItemState.IN_DISCUSSION and store.lead_of(item.id) is not None,
        taken_out=item.reading is not None and bool(item.reading.spans),
    )


HOME_ITEMS = 2
"""Open items of a docket that the home tab shows; the list has them all."""


def show_home(
    store: GovernanceStore,
    actor: Actor,
    person: Person,
    now: datetime,
    part: HomePart = HomePart.ALL,
) -> HomeView:
    """An inbox, the first items of the dockets, and for the CTO's office how its campaigns go."""
    inbox = show_inbox(store, actor, person, now)
    shown = [queue for queue in inbox.open_items if queue != RESTRICTED]
    return HomeView(
        inbox=inbox,
        open_briefs={queue: _first_open(store, queue, person, now) for queue in shown},
        desk=show_desk(store, actor, now, drafts=False)
        if actor.cto and part is HomePart.ALL
        else None,
        contacts=store.district().contacts,
        part=part,
    )


def _first_open(
    store: GovernanceStore, queue: str, person: Person, now: datetime
) -> tuple[Brief, ...]:
    kept = store.kept_from(person.id) | store.asides_on(queue, today(store, now))
    first = store.items_in(queue, most=HOME_ITEMS + len(kept))
    items = [item for item in first if item.id not in kept][:HOME_ITEMS]
    return tuple(one for one in (brief(store, item) for item in items) if one.can_answer)


def _entries(
    store: GovernanceStore, actor: Actor, person: Person, now: datetime, sent: Sequence[Delivered]
) -> tuple[InboxEntry, ...]:
    """What waits by its state, then what they were sent that is not about the same."""
    waiting = [
        InboxEntry(delivery_id=one.subject, at=one.at, message=one.message, order=order)
        for order, one in from_states(store, actor, now)
    ]
    listed = {one.delivery_id for one in waiting}
    found = _composed(store, person, [one for one in sent if one.subject not in listed], now)
    return (*waiting, *found)


def _composed(
    store: GovernanceStore, person: Person, sent: Sequence[Delivered], now: datetime
) -> tuple[InboxEntry, ...]:
    entries, seen = list[InboxEntry](), set[tuple[str, UUID]]()
    read_ahead(store, ((one.kind, one.subject) for one in sent), person)
    # What was sent twice about one thing, such as an offer and its outcome, reads the same by now.
    for delivered in sent:
        about = (_family(delivered.kind), delivered.subject)
        if about in seen:
            continue  # a reminder stands for the invitation that it repeats
        seen.add(about)
        message = compose(store, delivered.kind, delivered.subject, person, None, now)
        if message is not None and all(one.message != message for one in entries):
            entries.append(_entry(store, delivered, message, person))
    asked = {
        one.message.announcement_id
        for one in entries
        if one.waiting and isinstance(one.message, Notice)
    }
    # Nor is a reminder shown beside the announcement that it repeats, while that one waits.
    return tuple(
        one
        for one in entries
        if not isinstance(one.message, ReadReminder) or one.message.announcement_id not in asked
    )


LATEST = 5
"""Messages that Home shows whatever they are; the page of earlier messages has them all."""


_WITH_WHAT_THEY_SAID = frozenset({f"told-{News.ACKNOWLEDGED}", f"told-{News.ANSWERED}"})
"""Kinds of news that Home has beside the message that they are about."""


def _earlier(store: GovernanceStore, person: Person, told: Collection[UUID]) -> Sequence[Delivered]:
    """All that they were sent, the newest first, without news of what they said that Home shows
    with it (``told``): it is not composed to be left out."""
    return [
        one
        for one in store.delivered_to(person.id)
        if not (one.kind in _WITH_WHAT_THEY_SAID and one.subject in told)
    ]


def _family(kind: str) -> str:
    return "invitation" if kind == "reminder" else kind.removesuffix("-again")


def _entry(
    store: GovernanceStore, delivered: Delivered, message: Message, person: Person
) -> InboxEntry:
    state = None
    if isinstance(message, Invitation):
        state = store.participation(message.wave_id, person.id)
        if delivered.kind == TRIAL:
            state = Participation.ASKED
    settled_at = message.settled_at if isinstance(message, Settles) else None
    return InboxEntry(
        delivery_id=delivered.delivery_id,
        at=settled_at or delivered.at,
        message=message,
        order=order_of(delivered.kind, message, state),
        participation=state,
        urgent=_danger(store, message),
    )


def _danger(store: GovernanceStore, message: Message) -> bool:
    """Whether it tells its author who was called, and the case is open."""
    return (
        isinstance(message, Told)
        and message.news in (News.URGENT, News.TAKEN)
        and store.open_urgent(message.item_id)
    )


DESK_LINES = 10
"""Surveys, and announcements, on one page of the office."""

_ALL_OF_IT = ShowDesk()


def show_desk(
    store: GovernanceStore,
    actor: Actor,
    now: datetime,
    command: ShowDesk = _ALL_OF_IT,
    *,
    drafts: bool = True,
) -> DeskView:
    """The CTO's office: released counts only, noted in the ledger where they are new to it. Only
    what is on the page is counted; the numbers of what is closed were kept when it closed."""
    district = store.district()
    waves, of_waves = _waves_of(store, command)
    announcements, of_announcements = store.page_of_announcements(
        command.announcements, DESK_LINES, drafts=drafts
    )
    tallies = store.brief_tallies([one.id for one in announcements])
    return DeskView(
        surveys=tuple(store.ready_surveys()),
        waves=_wave_lines(store, actor, waves, now),
        announcements=tuple(
            AnnouncementLine(announcement=one, tally=tallies[one.id]) for one in announcements
        ),
        recommendations=on_desk(store),
        restored_messages=store.waiting_since_restore()[0],
        calendar=district.calendar,
        series=tuple(
            repeating.line(store, one, now)
            for one in store.all_series(SeriesState.RUNNING, SeriesState.PAUSED)
        ),
        waves_paging=paging(command.waves, of_waves, DESK_LINES),
        announcements_paging=paging(command.announcements, of_announcements, DESK_LINES),
    )


def _waves_of(store: GovernanceStore, command: ShowDesk) -> tuple[Sequence[Wave], int]:
    if command.wave_id is None:
        return store.page_of_waves(command.waves, DESK_LINES)
    wave = store.wave(command.wave_id)
    return ([wave], 1) if wave else ([], 0)


def _wave_lines(
    store: GovernanceStore, actor: Actor, waves: Sequence[Wave], now: datetime
) -> tuple[WaveLine, ...]:
    """Released counts only, noted in the ledger where they are new to whoever looks. However many
    surveys there are, it takes the same few statements; only what is released anew adds its own."""
    closed = [wave.id for wave in waves if wave.state is WaveState.CLOSED]
    final = store.final_counts(closed)
    store.foresee_counts([wave.id for wave in waves if wave.id not in final])
    lines = tuple(_wave_line(store, wave, final.get(wave.id), now) for wave in waves)
    told = {one.wave.id: one.answered for one in lines if one.answered is not None}
    note_numbers(store, actor.somebody, told, now)
    return lines


def _wave_line(
    store: GovernanceStore, wave: Wave, final: tuple[int, int | None] | None, now: datetime
) -> WaveLine:
    if final is not None:
        asked, answered = final
        return WaveLine(wave=wave, asked=asked, answered=answered)
    results = released(store, wave, now)
    return WaveLine(
        wave=wave,
        asked=store.panel_size(wave.id),
        answered=results.answered,
        queued=store.still_to_ask(wave.id),
        stopped_at=store.halted_at(wave.id),
        restored=results.restored,
    )


def count_waves(
    store: GovernanceStore, actor: Actor, command: CountWaves, now: datetime
) -> WaveLines:
    known = {wave.id: wave for wave in store.waves()}
    asked_for = [known[one] for one in command.wave_ids if one in known]
    return WaveLines(lines=_wave_lines(store, actor, asked_for, now))


def show_help(store: GovernanceStore, actor: Actor) -> Help:
    district = store.district()
    return Help(
        district=district.name,
        committees=_named_queues(store, actor),
        cto=actor.cto,
        contacts=district.contacts,
    )


OPERATIONS: Operations = (
    Operation(
        command=ShowInbox,
        run=lambda store, actor, command, now: show_inbox(
            store, actor, actor.somebody, now, command
        ),
        may=anybody,
        reads=True,
    ),
    Operation(
        command=ShowBeingRead,
        run=lambda store, actor, _, __: BeingRead(items=store.being_read(actor.somebody.id)),
        may=anybody,
        reads=True,
    ),
    Operation(
        command=ShowOfficeFigures,
        shows=True,
        run=lambda store, actor, _, now: show_overview(store, actor, now, notes=True),
        may=anybody,
    ),
    Operation(
        command=ShowHome,
        run=lambda store, actor, command, now: show_home(
            store, actor, actor.somebody, now, command.part
        ),
        may=anybody,
        reads=True,
    ),
    Operation(
        command=ShowDesk,
        shows=True,
        run=lambda store, actor, command, now: show_desk(store, actor, now, command),
        may=office,
    ),
    Operation(command=CountWaves, shows=True, run=count_waves, may=office),
    Operation(
        command=ShowHelp,
        run=lambda store, actor, _, __: show_help(store, actor),
        may=anybody,
        reads=True,
        button="help",
    ),
)
