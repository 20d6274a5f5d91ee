"""Conversing: a committee asks the author of an item something, and the author replies. What the
committee sees of a reply was read first, like everything that is said here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from core.people import Person
from governance.access import CLOCK, GONE, Actor, anybody, author, reader_of_item, refusal
from governance.committees.model import RESTRICTED, TRIAGE
from governance.conversations.commands import (
    AskAuthor,
    FileReply,
    ReplyToCommittee,
    ShowAskForm,
    ShowReplyForm,
)
from governance.conversations.messages import AskForm, ReplyForm, ReplyKept
from governance.conversations.model import Exchange, open_question
from governance.docket.dating import dated_anew
from governance.docket.handlers import brief, queue_name
from governance.feedback.excerpts import excerpt
from governance.feedback.handlers import enter, tell_author, tell_reader, tell_sensitive
from governance.feedback.model import Destination, Item, ItemState, Reading, Urgency
from governance.feedback.named import keep_from_named, names_somebody_on
from governance.messages import Brief, Done, News, Refused
from governance.operations import Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.second_tabs import given_back, says_another
from governance.sensitive.substitutes import done_by
from governance.typed import typed
from governance.urgent.alarming import raise_again
from governance.urgent.withdrawing import withdraw
from surveys.messages import Rejected
from surveys.questions import Unfit

LONGEST_QUESTION = 1000
LONGEST_REPLY = 3000

ASKED_ALREADY = (
    "The author already has a question to answer. Wait for the reply before you ask again."
)
CLOSED = "This was answered or closed in the meantime. You can tell us something new at any time."


def show_ask_form(store: GovernanceStore, command: ShowAskForm) -> AskForm | Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(GONE)
    shown = brief(store, item)
    if not shown.can_answer:
        return shown
    return AskForm(item_id=item.id, redacted=shown.redacted)


def ask(
    store: GovernanceStore, actor: Actor, command: AskAuthor, now: datetime
) -> Brief | AskForm | Rejected | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(GONE)
    shown = brief(store, item)
    if not shown.can_answer:  # somebody was faster
        if not says_another(command.text, item.answer or ""):
            return shown
        form = AskForm(item_id=item.id, redacted=shown.redacted)
        return given_back(form, command, "text", item.answer or "")
    text, unfit = typed(command.text, LONGEST_QUESTION)
    if not text:
        unfit = Unfit(why="Write the question first.")
    said = store.exchanges(item.id)
    question = Exchange(
        id=uuid4(),
        item_id=item.id,
        number=len(said) + 1,
        words=text,
        at=now,
        asked_by=actor.person_id,
        queue=item.queue,
    )
    if unfit is None and (open_question(said) or not store.add_exchange(question)):
        unfit = Unfit(why=ASKED_ALREADY)
    if unfit is not None:
        return Rejected(unfit={"text": unfit})
    if item.state is ItemState.NEW:  # who asks has read it
        item = replace(item, state=ItemState.ACKNOWLEDGED)
        store.update_item(item)
    store.audit(
        actor.person_id, done_by(store, actor.person_id, item, "asked the author"), item.id, now
    )
    item = dated_anew(store, item)
    tell_author(store, item, News.ASKED, now, about=question.id)
    return brief(store, item)


# -- the author ---------------------------------------------------------------------------------


def show_reply_form(
    store: GovernanceStore, author: Person, command: ShowReplyForm
) -> ReplyForm | Refused:
    item = _own(store, author, command)
    question = open_question(store.exchanges(item.id)) if item else None
    if item is None or question is None:
        return refusal(CLOSED if item else GONE)
    return ReplyForm(
        item_id=item.id,
        committee=queue_name(store.district(), question.queue or ""),
        question=question.words or "",
        said=excerpt(item),
    )


def reply(
    store: GovernanceStore, author: Person, command: ReplyToCommittee, now: datetime
) -> ReplyKept | Rejected | Refused:
    item = _own(store, author, command)
    if item is None:
        return refusal(GONE)
    text, too_long = typed(command.text, LONGEST_REPLY)
    if too_long:
        return Rejected(unfit={"text": too_long})
    if not text:
        return Rejected(unfit={"text": Unfit(why="Write your reply first.")})
    conversation = store.exchanges(item.id)
    question = open_question(conversation)
    if question is None:
        return _again(store, conversation, text, item) or refusal(CLOSED)
    kept = Exchange(id=uuid4(), item_id=item.id, number=len(conversation) + 1, words=None, at=now)
    store.add_exchange(kept, text)
    return ReplyKept(item_id=item.id, committee=queue_name(store.district(), question.queue or ""))


def _own(
    store: GovernanceStore, author: Person, command: ShowReplyForm | ReplyToCommittee
) -> Item | None:
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
        command=ShowAskForm,
        in_channel=True,
        run=lambda store, _, command, __: show_ask_form(store, command),
        may=reader_of_item,
        at_lead=True,
        reads=True,
        button="ask-form",
    ),
    Operation(
        command=AskAuthor,
        refreshes_home=True,
        form=lambda command: ShowAskForm(item_id=command.item_id),
        in_channel=True,
        run=ask,
        may=reader_of_item,
        at_lead=True,
        button="ask-author",
        takes=("text",),
    ),
    Operation(
        command=ShowReplyForm,
        refreshes_home=True,
        run=lambda store, actor, command, _: show_reply_form(store, actor.somebody, command),
        may=author,
        reads=True,
        button="reply-form",
    ),
    Operation(
        command=ReplyToCommittee,
        refreshes_home=True,
        form=lambda command: ShowReplyForm(item_id=command.item_id),
        run=lambda store, actor, command, now: reply(store, actor.somebody, command, now),
        may=author,
        wakes=frozenset({Wake.READER}),
        button="reply",
        takes=("text",),
    ),
    Operation(
        command=FileReply,
        run=lambda store, _, command, now: file_reply(store, command, now),
        may=anybody,
        by=CLOCK,
    ),
)
