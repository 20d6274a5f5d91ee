"""A committee puts an item aside until a school day, and brings it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.forms import Opening
from governance.access import Actor, refusal, worker_on_item
from governance.docket import forms
from governance.docket.assigning import committee_item, on_a_committee
from governance.docket.commands import BringBack, PutAside, PutAsideTogether
from governance.docket.handlers import brief, current
from governance.docket.history import StepKind
from governance.docket.open_items import Aside
from governance.docket.stepping import note_step
from governance.feedback.model import Item
from governance.forms.messages import FormView, again
from governance.messages import Brief, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.school_days import calendar, today
from surveys.questions import Unfit

LONGEST = timedelta(days=365)
"""For which something may be put aside."""

USUAL_DAYS = 5
"""School days that the form offers."""


def open_put_aside(
    store: GovernanceStore, _: Actor, command: PutAside, now: datetime
) -> Opening | Brief | Refused:
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    return _opening(store, item, now)


def _opening(store: GovernanceStore, item: Item, now: datetime) -> Opening:
    day = today(store, now)
    return forms.putting_aside(
        item.id,
        item.reading.redacted if item.reading else "",
        until=calendar(store).school_day_after(day, USUAL_DAYS),
        now=store.asides_of([item.id], day).get(item.id),
        due=item.due_at,
    )


def unfit(
    store: GovernanceStore, _: Actor, command: PutAside | PutAsideTogether, now: datetime
) -> dict[str, Unfit]:
    """Schools are open on the day, and it is not too far away."""
    day, until, calendar_ = today(store, now), command.until, calendar(store)
    if until is None:
        return {}
    if until <= day:
        return {"until": Unfit(why="Choose a school day after today.")}
    if until > day + LONGEST:
        return {"until": Unfit(why="Choose a school day within a year.")}
    if calendar_.is_school_day(until):
        return {}
    holiday = calendar_.holiday_on(until)
    if holiday is None:
        return {"until": Unfit(why="This is a weekend. Choose a school day.")}
    why = "Schools are closed on this day: {holiday}. Choose a school day."
    return {"until": Unfit(why=why, values={"holiday": holiday.name})}


def put_aside(
    store: GovernanceStore, actor: Actor, command: PutAside, now: datetime
) -> Brief | FormView | Refused:
    """Off the open list until a day. Its author hears nothing, and its days run on."""
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    if command.until is None:
        return brief(store, item)
    screened = screen((command.why,), command.put_back)
    if screened.doubt:
        return again(command, _opening(store, item, now), doubt=screened.doubt)
    aside = Aside(until=command.until, why=screened.texts[0])
    if store.asides_of([item.id], date.min).get(item.id) != aside:
        put_one_aside(store, actor, item, aside, now)
        note_returned(store, actor.person_id, screened, item.id, now)
    return brief(store, item)


def put_one_aside(
    store: GovernanceStore, actor: Actor, item: Item, aside: Aside, now: datetime
) -> None:
    """Keep it, and note who did it."""
    store.put_aside(item.id, aside, actor.person_id, now)
    until = aside.until.isoformat()
    note_step(store, actor, item, StepKind.PUT_ASIDE, now, about=until)
    store.audit(actor.person_id, f"put aside until {until}", item.id, now)


def bring_back(
    store: GovernanceStore, actor: Actor, command: BringBack, now: datetime
) -> Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    there = current(store, brief(store, item), now).aside is not None
    if there and on_a_committee(store, item) and store.bring_back(item.id):
        note_step(store, actor, item, StepKind.BROUGHT_BACK, now)
        store.audit(actor.person_id, "brought back before its day", item.id, now)
    return current(store, brief(store, item), now)


OPERATIONS: Operations = (
    Operation(
        command=PutAside,
        refreshes_home=True,
        in_channel=True,
        run=put_aside,
        may=worker_on_item,
        at_lead=True,
        button="put-aside",
        opens=open_put_aside,
        undo=lambda _, command: (command.item_id,),
        fits=unfit,
    ),
    Operation(
        command=BringBack,
        refreshes_home=True,
        in_channel=True,
        run=bring_back,
        may=worker_on_item,
        at_lead=True,
        button="bring-back",
        undo=lambda _, command: (command.item_id,),
    ),
)
