"""A chair's twenty minutes: open items by due date with drafted answers, several together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

from governance.access import CLOCK, Actor, Source, anybody, member_of_queue, refusal, works_on
from governance.chairs.bulk import MOST_AT_ONCE, UNDO_FOR, Became, Bulk, BulkAct, BulkItem
from governance.chairs.commands import DisposeTogether, LeaveTogether, ShowChair, UndoTogether
from governance.chairs.views import AnswerDraft, ChairLine, ChairView, DraftKind
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.assigning import discuss
from governance.docket.commands import (
    LONGEST_WHY,
    AcknowledgeItem,
    AnswerItem,
    DiscussItem,
    MoveItem,
)
from governance.docket.handlers import (
    FILE_IT,
    HIDDEN,
    acknowledge,
    answer,
    brief,
    move_on,
    queue_name,
    ready_briefs,
)
from governance.feedback.excerpts import excerpt
from governance.feedback.model import LONGEST_ANSWER, OPEN_STATES, Item
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.reading.earlier import likest
from governance.redaction.screening import screen
from governance.refusals import NOT_YOURS
from governance.school_days import today
from governance.typed import typed
from surveys.messages import Rejected
from surveys.questions import Unfit

LEAVES = "leave-together"
"""The kind of the clock's entry."""

SHOWN = 25
"""Items on the page: what can be done in twenty minutes."""

_ENDED_SHOWN = timedelta(hours=1)
_EARLIER = timedelta(days=400)
HANDS_ON = frozenset(
    {"chromebooks", "tablets", "staff-computers", "projector", "network-printing", "copiers"}
)
"""Themes of single things that somebody has to fix: a committee seldom does."""


def show_chair(
    store: GovernanceStore, actor: Actor, command: ShowChair, now: datetime
) -> ChairView:
    """What names its reader is not shown. Those that were selected are shown, wherever they stand
    in the order; if none of them is open anymore, all are."""
    bulks = store.bulks_of(command.queue, now - _ENDED_SHOWN)
    away = {one.item_id for bulk in bulks if bulk.ended_at is None for one in bulk.items}
    away |= store.kept_from(actor.somebody.id)
    selected = _selected(store, command, away)
    away |= store.asides_on(command.queue, today(store, now))
    shown = selected or store.first_due(command.queue, most=SHOWN, now=now, without=away)
    waiting = len(selected) or store.open_count(command.queue, without=away)
    drafts = _drafts(store, command.queue, shown, now)
    ready_briefs(store, shown)
    district = store.district()
    keys = (*sorted(c.key for c in district.committees), TRIAGE, RESTRICTED)
    return ChairView(
        queue=command.queue,
        name=queue_name(district, command.queue),
        lines=tuple(
            ChairLine(brief=brief(store, one), drafts=draft)
            for one, draft in zip(shown, drafts, strict=True)
        ),
        more=waiting - len(shown),
        bulks=tuple(bulks),
        said=tuple(_said(store, bulks)),
        choices=tuple((key, queue_name(district, key)) for key in keys if key != command.queue),
        only=bool(selected),
    )


def _selected(
    store: GovernanceStore, command: ShowChair, without: Collection[UUID]
) -> Sequence[Item]:
    """The items that were selected and are open there, in the order they were selected."""
    ids = [one for one in dict.fromkeys(command.items) if one not in without][:MOST_AT_ONCE]
    store.items_ahead(ids)
    found = (store.item(one) for one in ids)
    return [one for one in found if one is not None and _open_here(one, command.queue)]


def _said(store: GovernanceStore, bulks: Sequence[Bulk]) -> Iterator[tuple[UUID, str]]:
    """The first words of what is in some bulks and still on their queue."""
    for bulk in bulks:
        for one in bulk.items:
            item = store.item(one.item_id)
            here = item is not None and item.queue == bulk.queue
            yield one.item_id, excerpt(item) if item is not None and here else HIDDEN


def _drafts(
    store: GovernanceStore, queue: str, items: Sequence[Item], now: datetime
) -> list[tuple[AnswerDraft, ...]]:
    """For each item its drafts, the best first. None: nobody knows what to answer yet."""
    earlier = [one for one in store.answered_in(queue, now - _EARLIER) if one.answer]
    vectors = store.vectors_of([one.id for one in (*items, *earlier)])
    known = [one for one in earlier if one.id in vectors]
    new = [one for one in items if one.id in vectors]
    places = likest([vectors[one.id] for one in new], [vectors[one.id] for one in known])
    found = {
        one.id: known[place] for one, place in zip(new, places, strict=True) if place is not None
    }
    contact = store.district().contacts.get("help-desk", "")
    titles = store.announced_about([one.id for one in items])
    return [tuple(_of_one(one, found.get(one.id), titles.get(one.id), contact)) for one in items]


def _of_one(
    item: Item, like: Item | None, announced: str | None, contact: str
) -> Iterator[AnswerDraft]:
    if announced:
        yield AnswerDraft(kind=DraftKind.ANNOUNCED, words=announced)
    if like is not None and like.answer:
        yield AnswerDraft(kind=DraftKind.EARLIER, words=like.answer)
    themes = item.reading.themes if item.reading else ()
    if contact and not HANDS_ON.isdisjoint(themes[:1]):
        yield AnswerDraft(kind=DraftKind.HELP_DESK, words=contact)


# -- several together ------------------------------------------------------------------------------


def dispose(
    store: GovernanceStore, actor: Actor, command: DisposeTogether, now: datetime
) -> Bulk | ChairView | Rejected | Refused:
    """Keep what is to be done until it leaves. Items that are not open on this queue are left out;
    handed in twice, it is kept once."""
    if unfit := _unfit(store, command):
        return Rejected(unfit=unfit)
    kept = store.kept_from(actor.somebody.id)
    found = [store.item(one) for one in dict.fromkeys(command.items) if one not in kept]
    fits = [one for one in found if one is not None and _open_here(one, command.queue)]
    if not fits:
        return refusal("None of these is open here anymore. Nothing was changed.")
    screened = screen((command.words if command.act is BulkAct.MOVE else "",), command.put_back)
    if screened.doubt:
        shown = ShowChair(queue=command.queue, items=command.only)
        return replace(show_chair(store, actor, shown, now), doubt=screened.doubt)
    if command.act is BulkAct.MOVE:  # others read why: no name may travel along
        command = replace(command, words=screened.texts[0])
    bulk = Bulk(
        id=command.bulk_id,
        queue=command.queue,
        act=command.act,
        to=command.to,
        by=actor.person_id,
        at=now,
        leaves_at=now + UNDO_FOR,
        items=tuple(BulkItem(item_id=one.id, words=_of(command, one.id)) for one in fits),
    )
    if not store.add_bulk(bulk):
        return store.bulk(command.bulk_id) or bulk
    store.audit(actor.person_id, f"together: {command.act}, {len(fits)} items", bulk.id, now)
    return bulk


def _of(command: DisposeTogether, item_id: UUID) -> str:
    """What is written for one item."""
    match command.act:
        case BulkAct.MOVE:
            return command.words
        case BulkAct.ANSWER:
            return command.own.get(item_id, command.words)
        case _:
            return ""


def _unfit(store: GovernanceStore, command: DisposeTogether) -> dict[str, Unfit]:
    if not command.items:
        return {"items": Unfit(why="Choose at least one message.")}
    if len(command.items) > MOST_AT_ONCE:
        return {"items": Unfit(why="Choose at most 50 messages at once.")}
    if command.act is BulkAct.ANSWER:
        for item_id in command.items:
            text, too_long = typed(command.own.get(item_id, command.words), LONGEST_ANSWER)
            if too_long or not text:
                return {"words": too_long or Unfit(why="Write the answer first.")}
    if command.act is BulkAct.MOVE:
        known = {c.key for c in store.district().committees} | {TRIAGE, RESTRICTED}
        if command.to not in known - {command.queue}:
            return {"to": Unfit(why="Choose where it should go.")}
        if too_long := typed(command.words, LONGEST_WHY)[1]:
            return {"why": too_long}
    return {}


def _open_here(item: Item, queue: str) -> bool:
    return item.queue == queue and item.state in OPEN_STATES


def undo(
    store: GovernanceStore, actor: Actor, command: UndoTogether, now: datetime
) -> Bulk | Refused:
    """Nothing has happened yet, and nothing does."""
    bulk = store.bulk(command.bulk_id)
    if bulk is None or not store.end_bulk(command.bulk_id, now, undone=True):
        return refusal("It has already been sent and can’t be undone.")
    store.audit(actor.person_id, f"together undone: {bulk.act}", bulk.id, now)
    return store.bulk(command.bulk_id) or bulk


def leave(store: GovernanceStore, command: LeaveTogether, now: datetime) -> Done:
    """The minutes are over: each item by itself, as who chose it would do it now."""
    bulk = store.bulk(command.bulk_id)
    if bulk is None or not store.end_bulk(command.bulk_id, now, undone=False):
        return Done()
    person = store.person(bulk.by) if bulk.by else None
    if person is None or not person.active:
        return Done()
    actor = Actor(source=Source.PERSON, person=person, standing=store.standing(person.id))
    for one in bulk.items:
        item = store.item(one.item_id)
        fits = item is not None and _open_here(item, bulk.queue) and works_on(actor, bulk.queue)
        if fits:
            _do(store, actor, bulk, one, now)
        became = Became.DONE if fits else Became.CHANGED
        store.note_became(bulk.id, one.item_id, became)
    return Done()


def _do(store: GovernanceStore, actor: Actor, bulk: Bulk, one: BulkItem, now: datetime) -> None:
    item_id = one.item_id
    match bulk.act:
        case BulkAct.ACKNOWLEDGE:
            acknowledge(store, actor, AcknowledgeItem(item_id=item_id), now)
        case BulkAct.DISCUSS:
            discuss(store, actor, DiscussItem(item_id=item_id), now)
        case BulkAct.ANSWER:
            answer(store, actor, AnswerItem(item_id=item_id, text=one.words), now)
        case BulkAct.MOVE:
            move_on(store, actor, MoveItem(item_id=item_id, to=bulk.to, why=one.words), now)
        case BulkAct.FILE:
            move_on(store, actor, MoveItem(item_id=item_id, to=FILE_IT), now)
        case _:
            assert_never(bulk.act)


def _member_of_bulk(actor: Actor, command: UndoTogether, store: GovernanceStore) -> Refused | None:
    bulk = store.bulk(command.bulk_id)
    ours = bulk is not None and bulk.queue in actor.standing.sits
    return None if ours else refusal(NOT_YOURS)


OPERATIONS: Operations = (
    Operation(
        command=ShowChair,
        run=show_chair,
        may=member_of_queue,
        reads=True,
    ),
    Operation(command=DisposeTogether, run=dispose, may=member_of_queue),
    Operation(command=UndoTogether, run=undo, may=_member_of_bulk),
    Operation(
        command=LeaveTogether,
        run=lambda store, _, command, now: leave(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=LEAVES, command=lambda subject, _: LeaveTogether(bulk_id=subject)),
    ),
)
