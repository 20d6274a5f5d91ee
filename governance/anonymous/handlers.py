"""Speaking anonymously: nobody's words are kept until the morning and brought in with all others
that came that day; whoever has the receipt gets the reply (decision 45)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from governance.access import CLOCK, NOBODY, anybody
from governance.anonymous.commands import (
    BringIn,
    CollectAnswer,
    GiveAnonymously,
    ReplyAnonymously,
    ShowAnonymousForm,
)
from governance.anonymous.ports import Waiting
from governance.anonymous.receipts import read_code
from governance.anonymous.views import (
    AnonymousForm,
    AnonymousReceived,
    Collected,
    NothingToCollect,
    ReplyReceived,
)
from governance.conversations.commands import LONGEST_REPLY
from governance.conversations.model import Exchange, open_question
from governance.docket.handlers import queue_name
from governance.feedback.about import kept, named
from governance.feedback.author_news import told
from governance.feedback.excerpts import excerpt
from governance.feedback.handlers import LONGEST
from governance.feedback.model import Item, Naming
from governance.messages import Done, News, Told
from governance.operations import Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.sensitive.substitutes import nobody_reads
from governance.typed import typed
from governance.urgent.alarming import alarm_at_once, urgent_at_once
from surveys.messages import Rejected
from surveys.questions import Unfit

MORNING = time(6)
"""When what was said anonymously is brought in, by the district's clock."""


def show_form(store: GovernanceStore, command: ShowAnonymousForm, now: datetime) -> AnonymousForm:
    about = named(store, command.about, now)
    return AnonymousForm(
        open=command.door in store.anonymous_doors(now),
        contacts=store.district().contacts,
        token=command.about if about else "",
        named=about,
    )


def give(
    store: GovernanceStore, command: GiveAnonymously, now: datetime
) -> AnonymousReceived | AnonymousForm | Rejected:
    if command.door not in store.anonymous_doors(now):
        return AnonymousForm(open=False, contacts=store.district().contacts)
    text, too_long = typed(command.text, LONGEST)
    if too_long:
        return Rejected(unfit={"text": too_long})
    if not text:
        return Rejected(unfit={"text": Unfit(why="Write what you want to tell us.")})
    code, morning = store.receipt_code(command.nonce, text), next_morning(store, now)
    about = kept(store, command.about, now, None)
    once = store.keep_waiting(code, text, morning, about=about)
    urgent = None
    if urgent_at_once(text, command.glanced):
        bring_in(store, BringIn(once=once, glanced=command.glanced), now)
        urgent = _danger(store, code)
    return AnonymousReceived(
        code=code, morning=morning, contacts=store.district().contacts, urgent=urgent
    )


def _danger(store: GovernanceStore, code: str) -> Told | None:
    """Who was called, for whoever has just said it."""
    item_id = store.item_of_receipt(code)
    item = store.item(item_id) if item_id else None
    called = item is not None and store.open_urgent(item.id)
    return told(store, item, News.URGENT) if item is not None and called else None


def next_morning(store: GovernanceStore, now: datetime) -> datetime:
    """The first ``MORNING`` after a moment."""
    here = now.astimezone(ZoneInfo(store.district().timezone))
    today = datetime.combine(here.date(), MORNING, here.tzinfo)
    return today if today > here else today + timedelta(days=1)


# -- by itself ----------------------------------------------------------------------------------


def bring_in(store: GovernanceStore, command: BringIn, now: datetime) -> Done:
    """In one transaction and in random order: no row tells when its words came."""
    for said in store.take_waiting(now, command.once):
        at = said.morning if command.once is None else _day_of(store, now)
        if said.item_id is not None:
            _bring_reply(store, said, at)
        elif not store.has_receipt(said.receipt):  # its page was sent again after it came in
            item = Item(
                id=uuid4(),
                author=None,
                naming=Naming.ANONYMOUS,
                role=None,
                level=None,
                received_at=at,
                about=said.about,
            )
            store.add_item(item, said.text)
            store.keep_receipt(said.receipt, item.id)
            if command.once is not None:
                alarm_at_once(store, item, said.text, command.glanced, now)
    return Done()


def _bring_reply(store: GovernanceStore, said: Waiting, at: datetime) -> None:
    if said.item_id is None:
        return
    number = len(store.exchanges(said.item_id)) + 1
    reply = Exchange(id=uuid4(), item_id=said.item_id, number=number, words=None, at=at)
    store.add_exchange(reply, said.text)


def _day_of(store: GovernanceStore, now: datetime) -> datetime:
    """When the day began: of what could not wait, the time is known by what was done at once."""
    zone = ZoneInfo(store.district().timezone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone)


# -- collecting ---------------------------------------------------------------------------------


def collect(store: GovernanceStore, command: CollectAnswer) -> Collected | NothingToCollect:
    """What came of a message. It only reads: that somebody looked leaves nothing behind."""
    code = read_code(command.code)
    if code is None:
        return NothingToCollect()
    item_id = store.item_of_receipt(code)
    if item_id is not None and (item := store.item(item_id)) is not None:
        return _collected(store, code, item)
    waits = store.waits_until(code)
    return Collected(code=code, morning=waits) if waits else NothingToCollect()


def _collected(store: GovernanceStore, code: str, item: Item) -> Collected:
    conversation = store.exchanges(item.id)
    there = item.queue and not nobody_reads(store, item)
    return Collected(
        code=code,
        received_at=item.received_at,
        said=excerpt(item),
        committee=queue_name(store.district(), item.queue or "") if there else None,
        news=tuple(told(store, item, News(news)) for news, _ in store.news_of(item.id)),
        conversation=conversation,
        can_reply=open_question(conversation) is not None,
    )


def reply(
    store: GovernanceStore, command: ReplyAnonymously, now: datetime
) -> ReplyReceived | NothingToCollect | Rejected:
    code = read_code(command.code)
    item_id = store.item_of_receipt(code) if code else None
    if code is None or item_id is None or open_question(store.exchanges(item_id)) is None:
        return NothingToCollect()
    text, too_long = typed(command.text, LONGEST_REPLY)
    if too_long:
        return Rejected(unfit={"text": too_long})
    if not text:
        return Rejected(unfit={"text": Unfit(why="Write your reply first.")})
    morning = next_morning(store, now)
    store.keep_waiting(code, text, morning, item_id=item_id)
    return ReplyReceived(morning=morning)


OPERATIONS: Operations = (
    Operation(
        command=ShowAnonymousForm,
        run=lambda store, _, command, now: show_form(store, command, now),
        may=anybody,
        by=NOBODY,
        reads=True,
    ),
    Operation(
        command=GiveAnonymously,
        run=lambda store, _, command, now: give(store, command, now),
        may=anybody,
        by=NOBODY,
    ),
    Operation(
        command=CollectAnswer,
        run=lambda store, _, command, __: collect(store, command),
        may=anybody,
        by=NOBODY,
        reads=True,
    ),
    Operation(
        command=ReplyAnonymously,
        run=lambda store, _, command, now: reply(store, command, now),
        may=anybody,
        by=NOBODY,
    ),
    Operation(
        command=BringIn,
        run=lambda store, _, command, now: bring_in(store, command, now),
        may=anybody,
        by=CLOCK,
        wakes=frozenset({Wake.READER}),
    ),
)
