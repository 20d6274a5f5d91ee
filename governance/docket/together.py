"""Several messages of a committee at once: assigned, or put aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from core.forms import Label, Opening, Said
from core.words import Words
from governance import links
from governance.access import Actor, refusal, worker_on_queue
from governance.docket import wording as docket_words
from governance.docket.assigning import assigned, unassigned
from governance.docket.commands import AssignTogether, PutAsideTogether
from governance.docket.handlers import show_docket
from governance.docket.listed import MOST, docket_lines
from governance.docket.messages import NOBODY, DocketLine
from governance.docket.open_items import Aside
from governance.docket.putting_aside import USUAL_DAYS, put_one_aside, unfit
from governance.feedback.model import OPEN_STATES, Item
from governance.forms.messages import FormView, again
from governance.home.commands import ShowDocket
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.school_days import calendar, today
from governance.views import DocketView

Together = AssignTogether | PutAsideTogether


def may_together(actor: Actor, command: Together, store: GovernanceStore) -> Refused | None:
    """Whoever works on a committee's docket: other queues have one owner."""
    if store.district().committee(command.queue) is None:
        return refusal(NOT_HERE)
    return worker_on_queue(actor, command, store)


def _items(store: GovernanceStore, actor: Actor, queue: str, chosen: Collection[str]) -> list[Item]:
    """Those that were chosen and are open there, in the docket's order."""
    kept = store.kept_from(actor.person.id) if actor.person else frozenset[UUID]()
    return [
        one
        for one in store.items_in(queue, most=MOST)
        if str(one.id) in chosen and one.id not in kept and one.state in OPEN_STATES
    ]


def _offered(
    store: GovernanceStore, items: Sequence[Item], now: datetime
) -> tuple[tuple[str, Label], ...]:
    lines = docket_lines(store, items, now)
    return tuple((str(one.item_id), partial(_named, one)) for one in lines)


def _named(item: DocketLine, words: Words) -> str:
    return docket_words.subject(words, item)


def open_assign(
    store: GovernanceStore, actor: Actor, command: AssignTogether, now: datetime
) -> Opening | DocketView:
    items = _items(store, actor, command.queue, command.items)
    if not items:
        return _docket(store, actor, command.queue, now)
    people = tuple((str(one.id), one.name) for one in store.members(command.queue))
    offered = _offered(store, items, now)
    return Opening(
        title=Said("Assign these messages"),
        choices={"items": offered, "to": ((NOBODY, Said("Not assigned")), *people)},
        values={"items": tuple(key for key, _ in offered)},
        submit=Said("Assign"),
        leave=links.docket("", command.queue),
    )


def assign_together(
    store: GovernanceStore, actor: Actor, command: AssignTogether, now: datetime
) -> DocketView:
    """Whoever gets them is told of each, as where it is one."""
    people = {str(one.id): one for one in store.members(command.queue)}
    items = _items(store, actor, command.queue, command.items)
    for item in items:
        chosen = people.get(command.to)
        if chosen is None:
            unassigned(store, actor, item, now)
        elif chosen.id != item.assigned_to:
            assigned(store, actor, item, chosen, now)
    return replace(_docket(store, actor, command.queue, now), changed=len(items))


def open_put_aside(
    store: GovernanceStore, actor: Actor, command: PutAsideTogether, now: datetime
) -> Opening | DocketView:
    items = _items(store, actor, command.queue, command.items)
    if not items:
        return _docket(store, actor, command.queue, now)
    offered = _offered(store, items, now)
    usual = calendar(store).school_day_after(today(store, now), USUAL_DAYS)
    return Opening(
        title=Said("Put these messages aside"),
        above=(
            Said("They leave the open list until that day, then they come back by themselves."),
            Said("You still answer each of them by its day. The authors are not notified."),
        ),
        choices={"items": offered},
        values={"items": tuple(key for key, _ in offered), "until": usual},
        submit=Said("Put these aside"),
        leave=links.docket("", command.queue),
    )


def put_aside_together(
    store: GovernanceStore, actor: Actor, command: PutAsideTogether, now: datetime
) -> DocketView | FormView:
    screened = screen((command.why,), command.put_back)
    if screened.doubt:
        opening = open_put_aside(store, actor, command, now)
        if isinstance(opening, Opening):
            return again(command, opening, doubt=screened.doubt)
    items = _items(store, actor, command.queue, command.items)
    assert command.until is not None  # noqa: S101  (``unfit`` refuses it)
    aside = Aside(until=command.until, why=screened.texts[0])
    for item in items:
        put_one_aside(store, actor, item, aside, now)
        note_returned(store, actor.person_id, screened, item.id, now)
    return replace(_docket(store, actor, command.queue, now), changed=len(items))


def _docket(store: GovernanceStore, actor: Actor, queue: str, now: datetime) -> DocketView:
    return show_docket(store, actor, ShowDocket(queue=queue), now)


def _ids(chosen: Collection[str]) -> tuple[UUID, ...]:
    """What was handed in as ids; anything else is refused where it is looked at."""
    found = []
    for one in chosen:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return tuple(found)


def _tells_nobody(actor: Actor, command: AssignTogether) -> tuple[UUID, ...]:
    return _ids(command.items) if command.to in (NOBODY, str(actor.person_id)) else ()


OPERATIONS: Operations = (
    Operation(
        command=AssignTogether,
        refreshes_home=True,
        run=assign_together,
        may=may_together,
        button="assign-together",
        opens=open_assign,
        undo=_tells_nobody,
    ),
    Operation(
        command=PutAsideTogether,
        refreshes_home=True,
        run=put_aside_together,
        may=may_together,
        button="put-aside-together",
        opens=open_put_aside,
        fits=unfit,
        undo=lambda _, command: _ids(command.items),
    ),
)
