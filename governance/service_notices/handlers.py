"""Service notices: writing one, its updates and its end, and what staff see of them.

Its first message is sent as an announcement, with the same guards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from core.forms import Opening
from core.people import Audience
from core.text import Text
from governance.access import CLOCK, Actor, anybody, office, refusal
from governance.announcements.approvals import concerns_everyone
from governance.announcements.asked import TO_EVERYONE
from governance.announcements.handlers import (
    NO_DRAFT,
    NOBODY,
    TAKEN_BACK,
    confirmed,
    drafted,
    sender,
    thread_of,
)
from governance.announcements.model import Announcement, AnnouncementState, Change
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.languages import base_of
from governance.lists.audiences import unfit_audience
from governance.messages import AnnouncementDrafted, Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.service_notices import forms
from governance.service_notices.commands import (
    PostUpdate,
    RemindOfEnd,
    ShowServiceNotice,
    ShowServiceStatus,
    WriteServiceNotice,
)
from governance.service_notices.messages import (
    EndPassed,
    ServiceLine,
    ServiceNoticeView,
    ServiceStatus,
    ServiceUpdated,
)
from governance.service_notices.model import (
    Service,
    ServiceKind,
    ServiceNotice,
    ServiceUpdate,
)
from surveys.questions import Unfit

SERVICE_UPDATE, END_PASSED = "service-update", "service-end-passed"
"""Kinds of deliveries."""

REMIND_OF_END = "service-end"
"""Entry of the clock."""

_LATELY = timedelta(days=30)
"""So long a notice that is over is listed."""

_FARTHEST = timedelta(days=366)
_GRACE = timedelta(minutes=15)
"""After the expected end, before its author is asked."""

OVER = "Someone else already said that this is over. Open the notice to see what they wrote."
NOT_SENT = "This notice has not gone out yet, so there is nothing to update. Edit the draft."


# -- writing -----------------------------------------------------------------------------------


def _draft(store: GovernanceStore, command: WriteServiceNotice) -> Announcement | Refused | None:
    """The draft as it is kept; None: a new one."""
    found = store.announcement(command.announcement_id) if command.announcement_id else None
    if found is None or (found.change.service and found.state is AnnouncementState.DRAFT):
        return found
    return refusal(NO_DRAFT)


def open_notice(
    store: GovernanceStore, _: Actor, command: WriteServiceNotice, __: datetime
) -> Opening | Refused:
    draft = _draft(store, command)
    return draft if isinstance(draft, Refused) else forms.opening(store, draft)


def unfit_notice(
    store: GovernanceStore, _: Actor, command: WriteServiceNotice, now: datetime
) -> dict[str, Unfit]:
    unfit = _unfit_times(command, now) | unfit_audience(store, command.audience)
    if not unfit and store.reach(command.audience, now).people == 0:
        unfit["audience"] = Unfit(why=NOBODY)
    return unfit


def write(
    store: GovernanceStore, actor: Actor, command: WriteServiceNotice, now: datetime
) -> AnnouncementDrafted | Refused:
    """Keep the draft. It is checked and sent as every announcement is."""
    if command.announcement_id:
        store.lock_announcement(command.announcement_id)
    old = _draft(store, command)
    if isinstance(old, Refused):
        return old
    before = old.change if old else None
    title = _text(store, command.title, before.title if before else None)
    what = _text(store, command.what, before.what if before else None)
    planned = command.kind is ServiceKind.MAINTENANCE
    service = Service(
        kind=command.kind, begins=command.begins if planned else None, ends=command.ends
    )
    nothing = Text(default="")
    change = Change(
        title=title,
        what=what,
        why=nothing,
        when=nothing,
        who=nothing,
        action=nothing,
        service=service,
    )
    new = Announcement(
        id=command.announcement_id or uuid4(),
        change=change,
        audience=command.audience,
        written_by=actor.person_id,
        acknowledge=False,
    )
    draft = replace(
        old or new, change=change, audience=command.audience, written_by=actor.person_id
    )
    store.put_announcement(draft)
    store.put_service_notice(ServiceNotice(announcement_id=draft.id, ends=service.ends))
    _look_at(store, draft.id, service.ends)
    return drafted(store, actor, draft, now)


def _text(store: GovernanceStore, said: Mapping[str, str], before: Text | None = None) -> Text:
    """What was typed, with its translations: those that were not asked for stay as they were."""
    kept = {} if before is None else before.translations
    beside = {**kept, **{tag: one for tag, one in said.items() if tag}}
    return Text(
        default=said.get("", ""),
        language=store.district().locale,
        translations={tag: one for tag, one in beside.items() if one},
    )


def _unfit_times(command: WriteServiceNotice, now: datetime) -> dict[str, Unfit]:
    unfit: dict[str, Unfit] = {}
    begins, ends = command.begins, command.ends
    if command.kind is ServiceKind.MAINTENANCE:
        if begins is None:
            unfit["begins"] = Unfit(why="Say when the maintenance begins.")
        elif begins > now + _FARTHEST:
            unfit["begins"] = Unfit(why="Choose a time within a year from now.")
        if ends is None:
            unfit["ends"] = Unfit(why="Say when the maintenance ends.")
        elif begins is not None and ends <= begins:
            unfit["ends"] = Unfit(why="Choose an end that is later than the beginning.")
    return unfit or _unfit_end(ends, now)


def _unfit_end(ends: datetime | None, now: datetime) -> dict[str, Unfit]:
    if ends is not None and ends <= now:
        return {"ends": Unfit(why="This time has passed. Choose a later one.")}
    if ends is not None and ends > now + _FARTHEST:
        return {"ends": Unfit(why="Choose a time within a year from now.")}
    return {}


def _look_at(store: GovernanceStore, announcement_id: UUID, ends: datetime | None) -> None:
    """Whether somebody has said a word by then."""
    if ends is not None:
        at = ends + _GRACE
        store.schedule(REMIND_OF_END, announcement_id, at, int(at.timestamp()) // 60)


# -- updates and the end -----------------------------------------------------------------------


def open_update(
    store: GovernanceStore, actor: Actor, command: PostUpdate, now: datetime
) -> Opening | ServiceNoticeView | Refused:
    found = store.announcement(command.announcement_id)
    if found is not None and _is_posted(store, command):
        return _view(store, actor, found)
    there = _under_way(store, found)
    if isinstance(there, Refused):
        return there
    announcement, notice, service = there
    return forms.update(
        notice,
        announcement.change.title,
        service.kind,
        people=store.tally(announcement.id, now).sent,
        language=base_of(store.district().locale),
        last=command.last,
        to_everyone=concerns_everyone(store, announcement, now),
    )


def unfit_update(
    store: GovernanceStore, _: Actor, command: PostUpdate, now: datetime
) -> dict[str, Unfit]:
    there = _under_way(store, store.announcement(command.announcement_id))
    if isinstance(there, Refused) or _is_posted(store, command):
        return {}
    announcement, notice, _service = there
    unfit = _unfit_end(_new_end(command, notice), now)
    if concerns_everyone(store, announcement, now) and not confirmed(command.everyone):
        unfit["everyone"] = Unfit(why=TO_EVERYONE)
    return unfit


def _is_posted(store: GovernanceStore, command: PostUpdate) -> bool:
    made = command.update_id
    return made is not None and store.service_update(made) is not None


def _new_end(command: PostUpdate, notice: ServiceNotice) -> datetime | None:
    """None: it is expected to end as before."""
    return None if command.last or command.ends == notice.ends else command.ends


def _under_way(
    store: GovernanceStore, found: Announcement | None
) -> tuple[Announcement, ServiceNotice, Service] | Refused:
    """A notice that has gone out and is not over."""
    notice = store.service_notice(found.id) if found else None
    service = found.change.service if found else None
    if found is None or notice is None or service is None:
        return refusal(NOT_HERE)
    if found.recalled_at is not None:
        return refusal("This notice was taken back; there is nothing to update.")
    if found.state is not AnnouncementState.SENDING:
        return refusal(NOT_SENT)
    return refusal(OVER) if notice.ended_at is not None else (found, notice, service)


def post(
    store: GovernanceStore, actor: Actor, command: PostUpdate, now: datetime
) -> ServiceNoticeView | Refused:
    """Tell those who have the first message. Of two who end it at once, the second is told so;
    pressed twice, it is sent once."""
    locked = store.lock_announcement(command.announcement_id)
    if locked is not None and _is_posted(store, command):
        return _view(store, actor, locked)
    there = _under_way(store, locked)
    if isinstance(there, Refused):
        return there
    found, notice, _ = there
    ends = _new_end(command, notice)
    update = ServiceUpdate(
        id=command.update_id or uuid4(),
        announcement_id=found.id,
        at=now,
        by=actor.person_id,
        words=_text(store, command.words),
        ends=ends,
        last=command.last,
    )
    store.add_service_update(update)
    store.put_service_notice(
        replace(notice, ends=ends or notice.ends, ended_at=now if update.last else None)
    )
    people = store.tell_update(update, now, urgent=found.overrides_quiet_hours(now))
    did = "ended" if update.last else "updated"
    store.audit(actor.person_id, f"service notice {did} for {people}", found.id, now)
    _look_at(store, found.id, ends)
    return _view(store, actor, found)


def remind(store: GovernanceStore, command: RemindOfEnd, now: datetime) -> Done:
    """The clock's turn: the author is asked once, where nobody has said a word."""
    found = store.announcement(command.announcement_id)
    if found is not None and _silent(store, found, now):
        author = store.person(found.written_by) if found.written_by else None
        if author is not None and author.active:
            campaign = f"service-end:{found.id}"
            store.deliver_to_person(
                author, campaign=campaign, kind=END_PASSED, subject=found.id, now=now
            )
    return Done()


def _silent(store: GovernanceStore, found: Announcement, now: datetime) -> bool:
    """Whether its end has passed without a word."""
    thread = thread_of(store, found)
    sent = found.state is AnnouncementState.SENDING and found.recalled_at is None
    if thread is None or not sent or thread.notice.ended_at is not None:
        return False
    ends = thread.notice.ends
    return ends is not None and ends <= now and not any(one.at > ends for one in thread.updates)


# -- showing -----------------------------------------------------------------------------------


def show_status(
    store: GovernanceStore, actor: Actor, _: ShowServiceStatus, now: datetime
) -> ServiceStatus:
    lines = tuple(_sent(store, now))
    ended = [one for one in lines if one.thread.notice.ended_at is not None]
    going = [one for one in lines if one.thread.notice.ended_at is None]
    planned = [one for one in going if (begins := one.service.begins) and begins > now]
    return ServiceStatus(
        now=tuple(one for one in going if one not in planned),
        planned=tuple(sorted(planned, key=lambda one: one.service.begins or one.since)),
        ended=tuple(ended),
        writes=actor.cto,
    )


def going_on(store: GovernanceStore, now: datetime) -> Iterator[tuple[ServiceLine, Audience]]:
    """What has begun and is not over, with whom it concerns."""
    for one in store.service_notices(now - _LATELY):
        found = None if one.ended_at else store.announcement(one.announcement_id)
        line = _line(store, found) if found else None
        begins = line.service.begins if line else None
        if found and line and (begins is None or begins <= now):
            yield line, found.audience


def _sent(store: GovernanceStore, now: datetime) -> Iterator[ServiceLine]:
    """Notices that staff see, the newest first."""
    found = (
        store.announcement(one.announcement_id) for one in store.service_notices(now - _LATELY)
    )
    lines = [line for one in found if one and (line := _line(store, one))]
    yield from sorted(lines, key=lambda one: one.since, reverse=True)


def _line(store: GovernanceStore, found: Announcement) -> ServiceLine | None:
    thread, service = thread_of(store, found), found.change.service
    if thread is None or service is None or found.sent_at is None or found.recalled_at is not None:
        return None
    return ServiceLine(
        thread=thread, title=found.change.title, service=service, since=found.sent_at
    )


def show(
    store: GovernanceStore, actor: Actor, command: ShowServiceNotice
) -> ServiceNoticeView | Refused:
    found = store.announcement(command.announcement_id)
    return refusal(NOT_HERE) if found is None else _view(store, actor, found)


def _view(store: GovernanceStore, actor: Actor, found: Announcement) -> ServiceNoticeView | Refused:
    line = _line(store, found)
    if line is None:
        return refusal(NOT_HERE if found.recalled_at is None else TAKEN_BACK)
    over = line.thread.notice.ended_at is not None
    return ServiceNoticeView(
        line=line, what=found.change.what, sender=sender(store), writes=actor.cto and not over
    )


# -- what is sent ------------------------------------------------------------------------------


def _updated(on: Occasion) -> ServiceUpdated | None:
    """Nobody needs it on their page, where the first message has it."""
    update = on.store.service_update(on.subject)
    found = on.store.announcement(update.announcement_id) if update else None
    service = found.change.service if found else None
    if update is None or found is None or service is None:
        return None
    if on.reader is not None or found.recalled_at is not None:
        return None
    newest = next(iter(on.store.service_updates(found.id)), update)
    if newest.id != update.id and newest.at > update.at:
        return None  # it waited until there was a newer one, which everybody gets
    return ServiceUpdated(title=found.change.title, kind=service.kind, update=update)


def _end_passed(on: Occasion) -> EndPassed | None:
    """Not any more once somebody has said a word."""
    found = on.store.announcement(on.subject)
    if found is None or found.change.service is None or not _silent(on.store, found, on.now):
        return None
    notice = on.store.service_notice(found.id)
    if notice is None or notice.ends is None:
        return None
    return EndPassed(
        announcement_id=found.id,
        title=found.change.title,
        kind=found.change.service.kind,
        ends=notice.ends,
    )


# -- operations --------------------------------------------------------------------------------


DELIVERIES: Deliveries = (
    Delivery(kind=SERVICE_UPDATE, compose=_updated),
    Delivery(kind=END_PASSED, compose=_end_passed, may_wait=True),
)

OPERATIONS: Operations = (
    Operation(
        command=ShowServiceStatus, run=show_status, may=anybody, reads=True, button="service-status"
    ),
    Operation(
        command=ShowServiceNotice,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=anybody,
        reads=True,
        button="service-notice",
    ),
    Operation(
        command=WriteServiceNotice,
        run=write,
        may=office,
        button="write-service",
        carries=("announcement_id",),
        form_button="service-form",
        opens=open_notice,
        fits=unfit_notice,
    ),
    Operation(
        command=PostUpdate,
        run=post,
        may=office,
        button="service-update",
        carries=("update_id",),
        opens=open_update,
        fits=unfit_update,
        due=lambda command: (command.ends,),
    ),
    Operation(
        command=RemindOfEnd,
        run=lambda store, _, command, now: remind(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=REMIND_OF_END, command=lambda subject, _: RemindOfEnd(announcement_id=subject)
        ),
    ),
)
