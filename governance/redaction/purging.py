""" "Student data here": whoever works on an item takes out what the reader missed. The words go
everywhere, the original goes, and the Information Security Officer hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from core.people import Person
from governance.access import Actor, reader_of_item, refusal
from governance.committees.model import TRIAGE, Office
from governance.deliveries import Deliveries, Delivery, about_item
from governance.docket.handlers import brief, queue_name
from governance.feedback.handlers import tell_author
from governance.feedback.model import TRIAGE_LATE, Item
from governance.feedback.named import unnamed
from governance.forms.messages import FormView, again
from governance.messages import Brief, News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.personal_data import PLACEHOLDERS, STUDENT_DATA, redact
from governance.redaction import forms
from governance.redaction.commands import RemoveStudentData
from governance.redaction.marking import marked, spans_of, without
from governance.redaction.messages import StudentDataRemoved
from governance.redaction.originals import kept, let_go, redacted_again, whole, words_there
from governance.refusals import NOT_HERE
from surveys.questions import Unfit

KIND = "student-data"
"""Kind of the delivery that tells the Information Security Officer."""


def open_student_data(
    store: GovernanceStore, _: Actor, command: RemoveStudentData, __: datetime
) -> Opening | Refused:
    item = store.item(command.item_id)
    if item is None or item.reading is None:
        return refusal(NOT_HERE)
    return forms.student_data(item.id, words_there(store, item))


def unfit(
    _: GovernanceStore, __: Actor, command: RemoveStudentData, ___: datetime
) -> dict[str, Unfit]:
    if marked(command.words) or command.whole:
        return {}
    why = "Write the words that are student data, or choose the whole text."
    return {"words": Unfit(why=why)}


def remove(
    store: GovernanceStore, actor: Actor, command: RemoveStudentData, now: datetime
) -> Brief | FormView | Refused:
    """Take marked words, or everything, out of an item for good. Asked twice, it is done once."""
    item = store.item(command.item_id)
    if item is None or item.reading is None:
        return refusal(NOT_HERE)
    marks = marked(command.words)
    there = words_there(store, item)
    redacted = _left(there, marks, whole=command.whole)
    answer = without(item.answer, marks, STUDENT_DATA) if item.answer else item.answer
    beside = store.mend_words(item.id, lambda words: without(words, marks, STUDENT_DATA))
    if redacted == there and answer == item.answer and not beside:
        return _unchanged(store, item, command)
    # Of what could not be read, a person took out some, and the program takes out the rest.
    read = redacted_again(item.reading, redacted) if whole(item) else None
    cleaned = replace(
        item.reading, redacted=read.redacted if read else redacted, spans=(), aspects=()
    )
    reading = item.reading if redacted == there else cleaned
    item = replace(item, reading=reading, answer=answer)
    _purge(store, actor, item, now)
    return brief(store, item)


def _left(there: str, marks: tuple[str, ...], *, whole: bool) -> str:
    if whole:
        return PLACEHOLDERS[STUDENT_DATA]
    spans, _ = spans_of(there, marks, STUDENT_DATA)
    return redact(there, spans)


def _unchanged(store: GovernanceStore, item: Item, command: RemoveStudentData) -> Brief | FormView:
    """Nothing is left to take out: somebody did, or the words are others than are there."""
    if command.whole or store.care(item.id).purged_at is not None:
        return brief(store, item)
    missing = Unfit(
        why="Not found in the text: {words}. Write the words exactly as they are there.",
        values={"words": ", ".join(marked(command.words))[:200]},
    )
    opening = forms.student_data(item.id, words_there(store, item))
    return again(command, opening, unfit={"words": missing})


def _purge(store: GovernanceStore, actor: Actor, item: Item, now: datetime) -> None:
    store.update_item(item)
    care = replace(store.care(item.id), purged_at=now, purged_by=actor.person_id)
    store.put_care(item.id, care)
    store.drop_copies(item.id)
    for one in filter(None, (item.id, store.lead_of(item.id))):
        store.put_subject(one, "", None, now)  # it told of the words
        store.forget_undoable([one])  # and so did the one before
    let_go(store, item.id)
    redraw(store, item, now)
    store.rewrite()
    store.audit(actor.person_id, "student data removed", item.id, now)
    for officer in store.holders(Office.ISO)[:1]:
        campaign = f"item:{item.id}:{KIND}:{care.changes + 1}"
        store.deliver_to_person(officer, campaign=campaign, kind=KIND, subject=item.id, now=now)
    tell_author(store, item, News.STUDENT_DATA, now)


def redraw(store: GovernanceStore, item: Item, now: datetime) -> None:
    """An item's words have changed: old cards go from the chats, and those who work on it get it
    anew. Call it once the item is updated."""
    store.forget_vector(item.id)  # it was made of the words that went
    care = store.care(item.id)
    changes = care.changes + 1
    store.put_care(item.id, replace(care, changes=changes, changed_at=now))
    campaign = f"item:{item.id}:{item.moves}:again-{changes}"
    kinds = store.redraw_briefs(item.id, now)
    to_queue = next((kind for kind in ("brief", "late") if kind in kinds), None)
    if to_queue is not None and item.queue:
        store.deliver_to_queue(
            item.queue, campaign=campaign, kind=to_queue, subject=item.id, now=now
        )
    if TRIAGE_LATE in kinds:
        owners = store.holders(Office.TRIAGE_OWNER)
        for one in unnamed(store, item.id, owners[1:] if "brief" in kinds else owners):
            store.deliver_to_person(
                one, campaign=campaign, kind=TRIAGE_LATE, subject=item.id, now=now
            )
    leader = store.person(item.assigned_to) if "assigned" in kinds and item.assigned_to else None
    if leader is not None:
        store.deliver_to_person(
            leader, campaign=campaign, kind="assigned", subject=item.id, now=now
        )


def removed(
    store: GovernanceStore, item: Item, reader: Person | None, now: datetime
) -> StudentDataRemoved | None:
    """What the officer is told, while they are it (``reader`` None: it is just going out)."""
    if reader is not None and Office.ISO not in store.standing(reader.id).offices:
        return None
    care = store.care(item.id)
    if care.purged_at is None:
        return None
    who = store.person(care.purged_by) if care.purged_by else None
    state, _ = kept(store, item, now)
    return StudentDataRemoved(
        item_id=item.id,
        queue_name=queue_name(store.district(), item.queue or TRIAGE),
        marked_by=who.name if who else "",
        at=care.purged_at,
        kept=state,
    )


DELIVERIES: Deliveries = (
    Delivery(
        kind=KIND, compose=about_item(lambda on, item: removed(on.store, item, on.reader, on.now))
    ),
)

OPERATIONS: Operations = (
    Operation(
        command=RemoveStudentData,
        keeps_drafts=False,
        in_channel=True,
        run=remove,
        may=reader_of_item,
        button="student-data",
        opens=open_student_data,
        fits=unfit,
        form_button="student-form",
    ),
)
