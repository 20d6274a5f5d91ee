"""The messages about a change: planned, put on the clock, and moved with its day. Each is an
ordinary announcement, which its own commands edit, send, stop and take back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID, uuid4

from core.forms import Opening
from governance.access import Actor, refusal
from governance.announcements.approving import send_or_ask
from governance.announcements.campaign_commands import StopCampaign
from governance.announcements.campaigns import stop
from governance.announcements.commands import SendAnnouncement
from governance.announcements.handlers import sender, unfit_due, unfit_joiners
from governance.announcements.model import Announcement, AnnouncementState
from governance.changes import forms
from governance.changes.access import worker_on_change, writer_of_change, writes
from governance.changes.commands import (
    AddMessage,
    DropMessage,
    PlanMessage,
    ScheduleMessages,
    ShowPlanned,
    ShowSequence,
)
from governance.changes.messages import PlannedView, SequenceView
from governance.changes.model import (
    ACKNOWLEDGED,
    FARTHEST_DAYS,
    FIXED,
    USUAL,
    ChangeRecord,
    Phase,
    Planned,
)
from governance.changes.planning import (
    collisions,
    followed,
    lines_of,
    message_words,
    moment_of,
)
from governance.lists.audiences import (
    offered,
    unfit_audience,
    with_people_of,
)
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.school_days import calendar
from surveys.messages import Rejected
from surveys.questions import Unfit

_ON_ITS_WAY = "This message has gone out or is scheduled, so it can’t be changed."
_MOST = 20
"""Messages about one change."""


# -- showing -----------------------------------------------------------------------------------


def sequence(
    store: GovernanceStore,
    record: ChangeRecord,
    now: datetime,
    *,
    edits: bool,
    was: Mapping[UUID, datetime] | None = None,
    moved_from: date | None = None,
) -> SequenceView:
    lines = lines_of(store, record, now)
    return SequenceView(
        record=record,
        lines=tuple(replace(one, was=(was or {}).get(one.announcement.id)) for one in lines),
        collisions=() if record.over else collisions(store, lines),
        edits=edits and not record.over,
        moved_from=moved_from,
    )


def show(
    store: GovernanceStore, actor: Actor, command: ShowSequence, now: datetime
) -> SequenceView | Refused:
    record = store.change(command.change_id)
    if record is None:
        return refusal(NOT_HERE)
    return sequence(store, record, now, edits=writes(actor, record))


def show_planned(
    store: GovernanceStore, actor: Actor, command: ShowPlanned, now: datetime
) -> PlannedView | Refused:
    record = store.change(command.change_id)
    lines = lines_of(store, record, now) if record else ()
    wanted = (one for one in lines if one.announcement.id == command.announcement_id)
    found = next(wanted, None)
    if record is None or found is None:
        return refusal(NOT_HERE)
    return PlannedView(
        record=record,
        line=found,
        sender=sender(store),
        edits=writes(actor, record) and not record.over,
        announces=actor.cto,
    )


# -- planning ----------------------------------------------------------------------------------


def add(
    store: GovernanceStore, actor: Actor, command: AddMessage, now: datetime
) -> SequenceView | Refused:
    record = store.lock_change(command.change_id)
    if record is None or record.over:
        return refusal(NOT_HERE)
    there = store.planned(record.id)
    phases = (command.phase,) if command.phase else _lacking(there)
    if len(there) + len(phases) > _MOST:
        return refusal("This change has 20 messages. Remove one first.")
    for phase in phases:
        words = message_words(record, phase, store.district().timezone)
        new = Announcement(
            id=uuid4(),
            change=words,
            audience=record.audience,
            written_by=actor.person_id,
            acknowledge=phase in ACKNOWLEDGED,
        )
        store.put_announcement(new)
        days, at = USUAL[phase]
        store.put_planned(
            Planned(change_id=record.id, announcement_id=new.id, phase=phase, days=days, at=at)
        )
        store.audit(actor.person_id, f"message of a change drafted: {phase}", new.id, now)
    return sequence(store, record, now, edits=True)


def _lacking(there: Collection[Planned]) -> list[Phase]:
    return [one for one in Phase if one not in {planned.phase for planned in there}]


def open_plan(
    store: GovernanceStore, _: Actor, command: PlanMessage, __: datetime
) -> Opening | Refused:
    planned, found = _draft_of(store, command, store.announcement)
    if planned is None or found is None:
        return refusal(_ON_ITS_WAY)
    values = {
        "days": str(abs(planned.days)),
        "at": f"{planned.at:%H:%M}",
        "audience": found.audience,
        "acknowledge": found.acknowledge,
        "joiners_until": found.joiners_until,
        "due": found.due,
    }
    return forms.planned(planned, values, offered(store))


def unfit_plan(
    store: GovernanceStore, _: Actor, command: PlanMessage, __: datetime
) -> dict[str, Unfit]:
    planned = store.planned_message(command.announcement_id)
    return _typed(command, planned)[2] if planned else {}


def _draft_of(
    store: GovernanceStore,
    command: PlanMessage | DropMessage,
    look: Callable[[UUID], Announcement | None],
) -> tuple[Planned | None, Announcement | None]:
    """A message of this change that can be changed."""
    planned = store.planned_message(command.announcement_id)
    found = look(command.announcement_id)
    if planned is None or planned.change_id != command.change_id:
        return None, None
    return planned, found if found and found.state is AnnouncementState.DRAFT else None


def plan(
    store: GovernanceStore, actor: Actor, command: PlanMessage, now: datetime
) -> SequenceView | Rejected | Refused:
    record = store.lock_change(command.change_id)
    planned, found = _draft_of(store, command, store.lock_announcement)
    if record is None or planned is None or found is None:
        return refusal(_ON_ITS_WAY)
    days, at, unfit = _typed(command, planned)
    audience = with_people_of(command.audience, found.audience)
    unfit |= unfit_audience(store, audience)
    unfit |= unfit_joiners(store, command.joiners_until, now)
    new = replace(planned, days=days, at=at or planned.at)
    goes = moment_of(store, record.day, new)
    if command.due is not None and (late := unfit_due(store, command.due, goes)):
        unfit["due"] = late
    if not unfit and store.reach(audience, now).people == 0:
        unfit["levels"] = Unfit(why="This reaches nobody. Choose more people.")
    if unfit or at is None:
        return Rejected(unfit=unfit)
    acknowledge = command.acknowledge or command.due is not None
    store.put_announcement(
        replace(
            found,
            audience=audience,
            written_by=actor.person_id or found.written_by,
            acknowledge=acknowledge,
            due=command.due,
            joiners_until=command.joiners_until,
        )
    )
    store.put_planned(new)
    return sequence(store, record, now, edits=True)


def _typed(command: PlanMessage, planned: Planned) -> tuple[int, time | None, dict[str, Unfit]]:
    """School days after the change and the time of day, or why they do not fit."""
    unfit: dict[str, Unfit] = {}
    days, said = planned.days, command.days.strip()
    if planned.phase not in FIXED:
        if not (said.isascii() and said.isdigit() and int(said) <= FARTHEST_DAYS):
            why = "Enter a number of school days, up to {most}."
            unfit["days"] = Unfit(why=why, values={"most": FARTHEST_DAYS})
        else:
            days = int(said) if planned.phase is Phase.FOLLOW_UP else -int(said)
    try:
        at = time.fromisoformat(command.at.strip().zfill(len("07:30"))[:5])
    except ValueError:
        return days, None, {**unfit, "at": Unfit(why="Enter a time of day, such as 07:30.")}
    return days, at, unfit


def drop(
    store: GovernanceStore, actor: Actor, command: DropMessage, now: datetime
) -> SequenceView | Refused:
    """It stays a draft among the announcements."""
    record = store.lock_change(command.change_id)
    planned, found = _draft_of(store, command, store.lock_announcement)
    if record is None or planned is None or found is None:
        return refusal(_ON_ITS_WAY)
    store.drop_planned(found.id)
    store.audit(actor.person_id, "message taken out of a change", found.id, now)
    return sequence(store, record, now, edits=True)


# -- the clock ---------------------------------------------------------------------------------


def schedule_drafts(
    store: GovernanceStore, actor: Actor, command: ScheduleMessages, now: datetime
) -> SequenceView | Refused:
    record = store.lock_change(command.change_id)
    if record is None or record.over or not record.shown:
        return refusal("Messages are scheduled once the change is approved.")
    schedule(store, actor, record, now)
    return sequence(store, record, now, edits=True)


def schedule(
    store: GovernanceStore,
    actor: Actor,
    record: ChangeRecord,
    now: datetime,
    *,
    only: Collection[UUID] | None = None,
) -> None:
    """Put drafts on the clock whose time is still to come; what is late is nobody's to send
    unasked. Each is sent as by hand: one to many asks a second person, and one to everyone stays a
    draft, since somebody has to type that."""
    for one in store.planned(record.id):
        found, at = store.announcement(one.announcement_id), moment_of(store, record.day, one)
        wanted = only is None or one.announcement_id in only
        if wanted and found and found.state is AnnouncementState.DRAFT and at > now:
            send_or_ask(store, actor, SendAnnouncement(announcement_id=found.id, at=at), now)


def unschedule(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime
) -> Mapping[UUID, datetime]:
    """Take what waits off the clock: drafts again. When each would have gone out."""
    was: dict[UUID, datetime] = {}
    for one in store.planned(record.id):
        found = store.announcement(one.announcement_id)
        waits = (AnnouncementState.SCHEDULED, AnnouncementState.WAITING)
        if found and found.state in waits:
            was[found.id] = found.send_at or moment_of(store, record.day, one)
            stop(store, actor, StopCampaign(subject=found.id), now)
    return was


def follow(
    store: GovernanceStore, before: ChangeRecord, record: ChangeRecord, by: UUID | None = None
) -> frozenset[UUID]:
    """Drafts say what the change says by now, where nobody has rewritten them. Which ones say so
    of its day. ``by``: who rewrote the change."""
    zone, dated = store.district().timezone, set[UUID]()
    for one in store.planned(record.id):
        found = store.lock_announcement(one.announcement_id)
        if found is None or found.state is not AnnouncementState.DRAFT:
            continue
        then, now = message_words(before, one.phase, zone), message_words(record, one.phase, zone)
        audience = record.audience if found.audience == before.audience else found.audience
        words = followed(found.change, then, now)
        due, later = found.due, record.day - before.day
        if due is not None and later:
            due = calendar(store).school_day_from(due + later)
        new = replace(found, change=words, audience=audience, due=due)
        store.put_announcement(
            new if new == found else replace(new, written_by=by or new.written_by)
        )
        if words.when == now.when:
            dated.add(found.id)
    return frozenset(dated)


OPERATIONS: Operations = (
    Operation(command=ShowSequence, run=show, may=worker_on_change, reads=True, button="sequence"),
    Operation(
        command=ShowPlanned, run=show_planned, may=worker_on_change, reads=True, button="planned"
    ),
    Operation(
        command=AddMessage,
        run=add,
        may=writer_of_change,
        button="add-message",
        carries=("phase",),
    ),
    Operation(
        command=PlanMessage,
        run=plan,
        may=writer_of_change,
        button="plan-message",
        form_button="plan-form",
        opens=open_plan,
        fits=unfit_plan,
    ),
    Operation(command=DropMessage, run=drop, may=writer_of_change, button="drop-message"),
    Operation(
        command=ScheduleMessages,
        run=schedule_drafts,
        may=writer_of_change,
        button="schedule-messages",
    ),
)
