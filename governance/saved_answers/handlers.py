"""A committee keeps answers by a title: made of one that it has sent, or written by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.forms import Opening, Said
from governance import links
from governance.access import Actor, refusal, worker_on_queue
from governance.docket.handlers import queue_name
from governance.forms.messages import FormView, again
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned, screen
from governance.refusals import NOT_HERE
from governance.saved_answers.commands import (
    DropSavedAnswer,
    ShowSavedAnswers,
    WriteSavedAnswer,
)
from governance.saved_answers.model import MOST, SavedAnswer, SavedAnswersView
from surveys.questions import Unfit

Theirs = ShowSavedAnswers | WriteSavedAnswer | DropSavedAnswer


def may_use(actor: Actor, command: Theirs, store: GovernanceStore) -> Refused | None:
    """Whoever works on a committee's docket. Other queues keep no answers."""
    if store.district().committee(command.queue) is None:
        return refusal(NOT_HERE)
    return worker_on_queue(actor, command, store)


def show(store: GovernanceStore, queue: str) -> SavedAnswersView:
    return SavedAnswersView(
        queue=queue,
        name=queue_name(store.district(), queue),
        answers=tuple(store.saved_answers(queue)),
    )


def _kept(store: GovernanceStore, command: WriteSavedAnswer) -> SavedAnswer | None:
    kept = store.saved_answers(command.queue)
    return next((one for one in kept if one.id == command.answer_id), None)


def _made_of(store: GovernanceStore, command: WriteSavedAnswer) -> UUID | None:
    """The item that it is made of, where it is this committee's."""
    item = store.item(command.item_id) if command.item_id else None
    return item.id if item and item.queue == command.queue and item.answer else None


def open_write(
    store: GovernanceStore, _: Actor, command: WriteSavedAnswer, __: datetime
) -> Opening:
    kept = _kept(store, command)
    made_of = _made_of(store, command)
    item = store.item(made_of) if made_of else None
    text = kept.text if kept else (item.answer or "" if item else "")
    return Opening(
        title=Said("Edit this saved answer") if kept else Said("Save an answer"),
        above=(Said("Your committee can choose it when you answer a message."),),
        values={"title": kept.title if kept else "", "text": text},
        submit=Said("Save"),
        shows=Said("Edit") if kept else Said("Save an answer"),
        leave=links.item("", item.id) if item else links.saved_answers("", command.queue),
    )


def unfit(
    store: GovernanceStore, _: Actor, command: WriteSavedAnswer, __: datetime
) -> dict[str, Unfit]:
    """Its title is no other one's, and there is room for it."""
    others = [one for one in store.saved_answers(command.queue) if one.id != command.answer_id]
    if any(one.title.casefold() == command.title.casefold() for one in others):
        return {"title": Unfit(why="Your committee already has an answer with this title.")}
    if len(others) >= MOST:
        why = "Your committee has {most} saved answers. Delete one first."
        return {"title": Unfit(why=why, values={"most": MOST})}
    return {}


def write(
    store: GovernanceStore, actor: Actor, command: WriteSavedAnswer, now: datetime
) -> SavedAnswersView | FormView:
    kept = _kept(store, command)
    before = (kept.title, kept.text) if kept else ()
    screened = screen((command.title, command.text), command.put_back, before)
    if screened.doubt:
        opening = open_write(store, actor, command, now)
        return again(command, opening, doubt=screened.doubt)
    title, text = screened.texts
    one = SavedAnswer(id=command.answer_id, queue=command.queue, title=title, text=text)
    if one != kept:
        made_of = _made_of(store, command)
        store.put_saved_answer(one, item=made_of, by=actor.person_id, now=now)
        store.audit(actor.person_id, f"answer saved for {command.queue}", one.id, now)
        note_returned(store, actor.person_id, screened, one.id, now)
    return show(store, command.queue)


def drop(
    store: GovernanceStore, actor: Actor, command: DropSavedAnswer, now: datetime
) -> SavedAnswersView:
    if store.drop_saved_answer(command.queue, command.answer_id):
        did = f"saved answer of {command.queue} deleted"
        store.audit(actor.person_id, did, command.answer_id, now)
    return show(store, command.queue)


OPERATIONS: Operations = (
    Operation(
        command=ShowSavedAnswers,
        run=lambda store, _, command, __: show(store, command.queue),
        may=may_use,
        reads=True,
    ),
    Operation(
        command=WriteSavedAnswer,
        run=write,
        may=may_use,
        button="saved-answer",
        carries=("item_id",),
        opens=open_write,
        fits=unfit,
    ),
    Operation(
        command=DropSavedAnswer,
        run=drop,
        may=may_use,
        button="drop-saved-answer",
    ),
)
