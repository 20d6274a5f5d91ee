"""Conversing: a committee asks the author of an item something, and the author replies. What the
committee sees of a reply was read first, like everything that is said here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from core.forms import Opening
from core.people import Person
from governance.access import CLOCK, GONE, Actor, anybody, author, reader_of_item, refusal
from governance.committees.model import RESTRICTED, TRIAGE
from governance.conversations import forms
from governance.conversations.commands import (
    AskAuthor,
    FileReply,
    ReplyToCommittee,
)
from governance.conversations.messages import ReplyKept
from governance.conversations.model import Exchange, open_question
from governance.docket.dating import dated_anew
from governance.docket.handlers import brief, queue_name
from governance.feedback.excerpts import excerpt
from governance.feedback.handlers import enter, tell_author, tell_reader, tell_sensitive
from governance.feedback.model import Destination, Item, ItemState, Reading, Urgency
from governance.feedback.named import keep_from_named, names_somebody_on
from governance.forms.messages import FormView, again
from governance.messages import Brief, Done, News, Refused
from governance.operations import Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.second_tabs import says_another, settled
from governance.sensitive.substitutes import done_by
from governance.urgent.alarming import raise_again
from governance.urgent.withdrawing import withdraw
from surveys.questions import Unfit

ASKED_ALREADY = (
    "The author already has a question to answer. Wait for the reply before you ask again."
)
CLOSED = "This was answered or closed in the meantime. You can tell us something new at any time."


def open_ask(
    store: GovernanceStore, _: Actor, command: AskAuthor, __: datetime
) -> Opening | Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(GONE)
    shown = brief(store, item)
    # Where a question is open, the item shows it; no other can be asked.
    can_ask = shown.can_answer and not shown.asked_back
    return forms.asking(item.id, shown.redacted) if can_ask else shown


def ask(
    store: GovernanceStore, actor: Actor, command: AskAuthor, now: datetime
) -> Brief | FormView | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(GONE)
    shown = brief(store, item)
    if not shown.can_answer:  # someone else was first
        if not says_another(command.text, item.answer or ""):
            return shown
        return _ask_again(item, shown, command, settled(item.answer or ""))
    said = store.exchanges(item.id)
    question = Exchange(
        id=uuid4(),
        item_id=item.id,
        number=len(said) + 1,
        words=command.text,
        at=now,
        asked_by=actor.person_id,
        queue=item.queue,
    )
    if open_question(said) or not store.add_exchange(question):
        return _ask_again(item, shown, command, Unfit(why=ASKED_ALREADY))
    if item.state is ItemState.NEW:  # who asks has read it
        item = replace(item, state=ItemState.ACKNOWLEDGED)
        store.update_item(item)
    store.audit(
        actor.person_id, done_by(store, actor.person_id, item, "asked the author"), item.id, now
    )
    item = dated_anew(store, item)
    tell_author(store, item, News.ASKED, now, about=question.id)
    return brief(store, item)


def _ask_again(item: Item, shown: Brief, command: AskAuthor, why: Unfit) -> FormView:
    """The form with the question that was not sent, and why."""
    return again(command, forms.asking(item.id, shown.redacted), unfit={"text": why})


# -- the author ---------------------------------------------------------------------------------


def open_reply(
    store: GovernanceStore, actor: Actor, command: ReplyToCommittee, _: datetime
) -> Opening | Refused:
    item = _own(store, actor.somebody, command)
    question = open_question(store.exchanges(item.id)) if item else None
    if item is None or question is None:
        return refusal(CLOSED if item else GONE)
    committee = queue_name(store.district(), question.queue or "")
    return forms.replying(committee, question.words or "", excerpt(item))


def reply(
    store: GovernanceStore, author: Person, command: ReplyToCommittee, now: datetime
) -> ReplyKept | Refused:
    item = _own(store, author, command)
    if item is None:
        return refusal(GONE)
    conversation = store.exchanges(item.id)
    question = open_question(conversation)
    if question is None:
        return _again(store, conversation, command.text, item) or refusal(CLOSED)
    kept = Exchange(id=uuid4(), item_id=item.id, number=len(conversation) + 1, words=None, at=now)
    store.add_exchange(kept, command.text)
    return ReplyKept(item_id=item.id, committee=queue_name(store.district(), question.queue or ""))


def _own(store: GovernanceStore, author: Person, command: ReplyToCommittee) -> Item | None:
    item = store.item(command.item_id)
    return item if item is not None and item.author == author.id else None


def _again(
    store: GovernanceStore, conversation: tuple[Exchange, ...], text: str, item: Item
) -> ReplyKept | None:
    """The button was pressed twice: the same reply is one."""
    if not conversation or store.reply_original(conversation[-1].id) != text:
        return None
    return ReplyKept(item_id=item.id, committee=queue_name(store.district(), item.queue or ""))


# -- by itself ----------------------------------------------------------------------------------


def file_reply(store: GovernanceStore, command: FileReply, now: datetime) -> Done:
    """A reply was read: its committee sees what is left of it. Danger is told at once, as of a
    message; what turns out to be sensitive goes to the restricted queue, and to no committee."""
    kept = store.exchange(command.exchange_id)
    item = store.item(kept.item_id) if kept else None
    if kept is None or item is None or kept.words is not None:
        return Done()
    reading = command.reading
    before = store.named_in(item.id)
    keep_from_named(store, item, now, store.reply_original(kept.id) or "")
    if Urgency.SAFETY in reading.alarms:
        item = withdraw(store, item, now)
    item = _urgent(store, item, reading, now)
    whole = bool(reading.alarms) or reading.unread
    store.keep_reply(kept.id, reading.redacted, original=whole)
    if item.queue is None:
        return Done()
    if reading.destination is Destination.RESTRICTED and item.queue != RESTRICTED:
        tell_sensitive(store, item, now)
        enter(store, replace(item, moves=item.moves + 1), RESTRICTED, now)
        return Done()
    if item.queue == RESTRICTED and store.named_in(item.id) != before:
        _read_anew(store, item, now)
        return Done()
    if store.district().committee(item.queue) and names_somebody_on(store, item.id, item.queue):
        enter(store, replace(item, moves=item.moves + 1), TRIAGE, now)  # the reply names them
        return Done()
    dated_anew(store, item)
    store.deliver_to_queue(
        item.queue,
        campaign=f"item:{item.id}:{item.moves}:reply:{kept.number}",
        kind="brief",
        subject=item.id,
        now=now,
    )
    return Done()


def _read_anew(store: GovernanceStore, item: Item, now: datetime) -> None:
    """A reply named more people. Who has read it may be one of them: it counts as unread, and who
    is the first to read it now hears of it, if they have not."""
    store.forget_opening(item.id)
    tell_reader(store, item, now)
    tell_sensitive(store, item, now)


def _urgent(store: GovernanceStore, item: Item, reading: Reading, now: datetime) -> Item:
    """Responders of each kind are called, and the author told whom to turn to."""
    if not reading.alarms:
        return item
    if item.reading is not None:
        item = replace(item, reading=replace(item.reading, urgency=reading.urgency))
        store.update_item(item)
    for urgency in reading.alarms:
        raise_again(store, item, urgency, now)
    tell_author(store, item, News.URGENT, now)
    return item


OPERATIONS: Operations = (
    Operation(
        command=AskAuthor,
        refreshes_home=True,
        in_channel=True,
        run=ask,
        may=reader_of_item,
        at_lead=True,
        button="ask-author",
        opens=open_ask,
        form_button="ask-form",
    ),
    Operation(
        command=ReplyToCommittee,
        refreshes_home=True,
        run=lambda store, actor, command, now: reply(store, actor.somebody, command, now),
        may=author,
        wakes=frozenset({Wake.READER}),
        button="reply",
        opens=open_reply,
    ),
    Operation(
        command=FileReply,
        run=lambda store, _, command, now: file_reply(store, command, now),
        may=anybody,
        by=CLOCK,
    ),
)
