"""The docket: what those who work on a queue see of an item, and what they do with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from governance.access import Actor, refusal, works_on
from governance.commands import (
    AcknowledgeItem,
    AnswerItem,
    MoveItem,
    ShowAnswerForm,
    ShowDocket,
    ShowItem,
    ShowMoveForm,
)
from governance.committees import RESTRICTED, TRIAGE, District
from governance.feedback import Byline, Item, ItemState, Naming, Tone
from governance.listening import enter, tell_author
from governance.messages import AnswerForm, Brief, MoveForm, News, Refused
from governance.ports import GovernanceStore, Move
from governance.typed import typed
from governance.views import DocketView
from surveys.messages import Rejected
from surveys.questions import Unfit

BYLINE_FROM = 10
"""Role and level are shown only where that cell of the roster has this many people."""

LONGEST_ANSWER = 3000
LONGEST_WHY = 500
HIDDEN = "…"
FILE_IT = "none"
"""Where ``MoveItem.to`` files an item as out of scope."""

_OPEN = frozenset({ItemState.NEW, ItemState.ACKNOWLEDGED})

QUEUE_NAMES = {TRIAGE: "Triage", RESTRICTED: "Restricted"}


def queue_name(district: District, queue: str) -> str:
    committee = district.committee(queue)
    return committee.name if committee else QUEUE_NAMES.get(queue, queue)


def byline(store: GovernanceStore, item: Item) -> Byline:
    """What may be known of an author: the name if they gave it; else role and level, where ten
    people or more share them (domain plan, Feedback)."""
    author = store.person(item.author)
    if item.naming is Naming.NAMED and author is not None:
        return Byline(name=author.name, role=item.role, level=item.level)
    if store.roster_count(item.role, item.level) >= BYLINE_FROM:
        return Byline(role=item.role, level=item.level)
    return Byline()


def brief(store: GovernanceStore, item: Item, *, seen_from: str | None = None) -> Brief:
    """One item as its queue sees it. ``seen_from``: the queue of a message that was sent before;
    when the item has moved on, that message has nothing left to press."""
    district, reading = store.district(), item.reading
    queue = seen_from or item.queue or TRIAGE
    likely = reading.committees[:3] if reading else ()
    answerer = store.person(item.answered_by) if item.answered_by else None
    # Where it has moved on, the old card says nothing of who has it now.
    leader = store.person(item.assigned_to) if item.assigned_to and queue == item.queue else None
    # Its old card stays in a committee's channel: what is restricted now is not said there again.
    hidden = item.queue == RESTRICTED != queue
    return Brief(
        item_id=item.id,
        queue=queue,
        queue_name=queue_name(district, queue),
        redacted=HIDDEN if hidden else reading.redacted if reading else "",
        byline=Byline() if hidden else byline(store, item),
        tone=reading.tone if reading else Tone.NEUTRAL,
        urgency=reading.urgency if reading else None,
        confidence=reading.confidence if reading else 0.0,
        likely=likely,
        names={one.committee: queue_name(district, one.committee) for one in likely},
        state=item.state,
        received_at=item.received_at,
        due_at=item.due_at,
        answer=item.answer,
        answered_by=answerer.name if answerer else None,
        history=tuple(
            (
                queue_name(district, m.came_from),
                queue_name(district, m.went_to),
                "" if hidden else m.why,
            )
            for m in store.moves(item.id)
        ),
        assigned_to=leader.name if leader else None,
        can_answer=item.state in _OPEN and queue == item.queue,
    )


def show_item(store: GovernanceStore, command: ShowItem) -> Brief | Refused:
    item = store.item(command.item_id)
    return brief(store, item) if item else refusal("This is not here anymore.")


def show_docket(store: GovernanceStore, command: ShowDocket) -> DocketView:
    items = [brief(store, item) for item in store.items_in(command.queue)]
    return DocketView(
        queue=command.queue,
        name=queue_name(store.district(), command.queue),
        open_items=tuple(b for b in items if b.state in _OPEN),
        done_items=tuple(b for b in items if b.state not in _OPEN),
    )


def acknowledge(
    store: GovernanceStore, actor: Actor, command: AcknowledgeItem, now: datetime
) -> Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal("This is not here anymore.")
    if not works_on(actor, item.queue or ""):  # a responder: the queue has yet to look at it
        store.audit(actor.person_id, "taken care of by a responder", item.id, now)
        return replace(brief(store, item), can_answer=False)
    if item.state is ItemState.NEW:
        item = replace(item, state=ItemState.ACKNOWLEDGED)
        store.update_item(item)
        store.audit(actor.person_id, "acknowledged", item.id, now)
        tell_author(store, item, News.ACKNOWLEDGED, now)
    return brief(store, item)


def show_answer_form(
    store: GovernanceStore, command: ShowAnswerForm
) -> AnswerForm | Brief | Refused:
    item = store.item(command.item_id)
    if item is None or item.state not in _OPEN:
        return brief(store, item) if item else refusal("This is not here anymore.")
    return AnswerForm(item_id=item.id, redacted=item.reading.redacted if item.reading else "")


def answer(
    store: GovernanceStore, actor: Actor, command: AnswerItem, now: datetime
) -> Brief | Rejected | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal("This is not here anymore.")
    if item.state not in _OPEN:
        return brief(store, item)  # somebody was faster: their answer is shown, nothing is lost
    text, too_long = typed(command.text, LONGEST_ANSWER)
    if too_long:
        return Rejected(unfit={"text": too_long})
    if not text:
        return Rejected(unfit={"text": Unfit(why="Write the answer first.")})
    item = replace(item, state=ItemState.ANSWERED, answer=text, answered_by=actor.person_id)
    store.update_item(item)
    store.audit(actor.person_id, "answered", item.id, now)
    tell_author(store, item, News.ANSWERED, now)
    return brief(store, item)


def show_move_form(store: GovernanceStore, command: ShowMoveForm) -> MoveForm | Brief | Refused:
    item = store.item(command.item_id)
    if item is None or item.state not in _OPEN:
        return brief(store, item) if item else refusal("This is not here anymore.")
    return MoveForm(
        item_id=item.id,
        redacted=item.reading.redacted if item.reading else "",
        choices=_choices(store.district(), item),
    )


def _choices(district: District, item: Item) -> tuple[tuple[str, str], ...]:
    """Where an item can go: the likeliest three first, then the rest by name, then the queues."""
    read = item.reading.committees if item.reading else ()
    likely = [one.committee for one in read if district.committee(one.committee)][:3]
    by_name = sorted(district.committees, key=lambda c: c.name)
    keys = dict.fromkeys([*likely, *(c.key for c in by_name), TRIAGE, RESTRICTED])
    keys.pop(item.queue or "", None)
    named = [(key, queue_name(district, key)) for key in keys]
    return (*named, (FILE_IT, "Not about technology: file it"))


def move(
    store: GovernanceStore, actor: Actor, command: MoveItem, now: datetime
) -> Brief | Rejected | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal("This is not here anymore.")
    if item.state not in _OPEN or item.queue is None:
        return brief(store, item)
    if unfit := _unfit_move(store.district(), item, command):
        return Rejected(unfit=unfit)
    came_from, to = item.queue, command.to
    why, _ = typed(command.why, LONGEST_WHY)
    step = Move(came_from=came_from, went_to=to, why=why, by=actor.person_id, at=now)
    store.add_move(item.id, step)
    store.audit(actor.person_id, f"moved from {came_from} to {to}", item.id, now)
    moved = replace(item, moves=item.moves + 1)
    if to == FILE_IT:
        filed = replace(moved, state=ItemState.FILED)
        store.update_item(filed)
        tell_author(store, filed, News.FILED, now)
        return brief(store, filed)
    if to == RESTRICTED:
        tell_author(store, moved, News.RESTRICTED, now)
    return brief(store, enter(store, moved, to, now), seen_from=came_from)


def _unfit_move(district: District, item: Item, command: MoveItem) -> dict[str, Unfit]:
    unfit = {}
    known = {c.key for c in district.committees} | {TRIAGE, RESTRICTED, FILE_IT}
    if command.to not in known:
        unfit["to"] = Unfit(why="Choose where it should go.")
    elif command.to == item.queue:
        unfit["to"] = Unfit(why="It is there already. Choose another committee.")
    _, too_long = typed(command.why, LONGEST_WHY)
    if too_long:
        unfit["why"] = too_long
    return unfit
