"""What an item is called in the lists of its committee."""

from __future__ import annotations

from datetime import datetime

from core.forms import Opening
from governance.access import Actor, worker_on_item
from governance.docket import forms
from governance.docket.assigning import committee_item
from governance.docket.commands import WriteSubject
from governance.docket.handlers import brief
from governance.docket.history import StepKind
from governance.docket.stepping import note_step
from governance.feedback.model import Item
from governance.forms.messages import FormView, again
from governance.messages import Brief, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen


def open_subject(
    store: GovernanceStore, _: Actor, command: WriteSubject, __: datetime
) -> Opening | Brief | Refused:
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    return _opening(store, item)


def _opening(store: GovernanceStore, item: Item) -> Opening:
    return forms.naming(
        item.id,
        item.reading.redacted if item.reading else "",
        store.subjects_of([item.id]).get(item.id, ""),
    )


def write_subject(
    store: GovernanceStore, actor: Actor, command: WriteSubject, now: datetime
) -> Brief | FormView | Refused:
    """Its lists and pages show it from now on; no message does."""
    item = committee_item(store, command.item_id)
    if not isinstance(item, Item):
        return item
    before = store.subjects_of([item.id]).get(item.id, "")
    screened = screen((command.subject,), command.put_back, (before,))
    if screened.doubt:
        return again(command, _opening(store, item), doubt=screened.doubt)
    subject = screened.texts[0]
    if subject != before:
        store.put_subject(item.id, subject, actor.person_id, now)
        note_step(store, actor, item, StepKind.SUBJECT, now)
        did = "subject written" if subject else "subject removed"
        store.audit(actor.person_id, did, item.id, now)
        note_returned(store, actor.person_id, screened, item.id, now)
    return brief(store, item)


OPERATIONS: Operations = (
    Operation(
        command=WriteSubject,
        run=write_subject,
        may=worker_on_item,
        at_lead=True,
        button="item-subject",
        undo=lambda _, command: (command.item_id,),
        opens=open_subject,
    ),
)
