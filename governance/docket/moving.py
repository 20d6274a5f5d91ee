"""An item goes to where it belongs, with why; a restricted one only once it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from governance.access import Actor, is_sealed, opener_of_item, refusal
from governance.committees.model import RESTRICTED, TRIAGE, District, Office
from governance.docket import forms
from governance.docket.commands import MoveItem
from governance.docket.forms import STAYS
from governance.docket.handlers import (
    FILE_IT,
    QUEUE_NAMES,
    brief,
    listed,
    move_on,
    queue_name,
    unfit_to_move,
)
from governance.feedback.model import OPEN_STATES, Item
from governance.feedback.named import names_somebody_on
from governance.forms.messages import FormView, again
from governance.messages import Brief, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.originals import words_there
from governance.redaction.screening import note_returned, screen
from governance.refusals import ALREADY_SETTLED, NOT_HERE, UNOPENED
from governance.second_tabs import says_another
from surveys.messages import Rejected
from surveys.questions import Unfit


def open_move(
    store: GovernanceStore, _: Actor, command: MoveItem, __: datetime
) -> Opening | Brief | Refused:
    """What is sealed may be moved by nobody, and its form would show its words."""
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if item.state not in OPEN_STATES:
        return brief(store, item)
    return refusal(UNOPENED) if is_sealed(store, item) else _opening(store, item)


def _opening(store: GovernanceStore, item: Item) -> Opening:
    """It offers what ``move_on`` takes, and says how many will read what few could read so far."""
    every = _choices(store.district(), item)
    choices = tuple(
        one
        for one in every
        if one[0] in (*QUEUE_NAMES, FILE_IT, STAYS) or not names_somebody_on(store, item.id, one[0])
    )
    readers: dict[str, int] = {}
    if item.queue == RESTRICTED:
        places = (key for key, _ in choices if key not in (FILE_IT, STAYS))
        readers = {key: how_many_read(store, key) for key in places}
    return forms.moving(
        item.id,
        words_there(store, item),
        choices,
        readers=readers,
        held_back=item.held_back,
        names_somebody=len(choices) < len(every),
    )


def how_many_read(store: GovernanceStore, queue: str) -> int:
    """Of a message that comes there. What triage gets only its owner reads, while they are here."""
    if queue == TRIAGE:
        return len(store.holders(Office.TRIAGE_OWNER)[:1])
    return len(store.members(queue))


def _choices(district: District, item: Item) -> tuple[tuple[str, str], ...]:
    """Where an item can go: the likeliest three first, then the rest by name, then the queues. Of
    what is restricted nothing is guessed: it may be about a person, and a committee is no place
    for it."""
    file_it, guessed = (FILE_IT, "Not about technology: file it"), item.queue != RESTRICTED
    stays = () if guessed else ((STAYS, "It stays here"),)
    if item.held_back:
        return (*stays, file_it)
    read = item.reading.committees if item.reading and guessed else ()
    likely = [one.committee for one in read if district.committee(one.committee)][:3]
    by_name = sorted(district.committees, key=lambda c: c.name)
    keys = dict.fromkeys([*likely, *(c.key for c in by_name), TRIAGE, RESTRICTED])
    keys.pop(item.queue or "", None)
    named = [(key, queue_name(district, key)) for key in keys]
    return (*stays, *named, file_it)


def unfit(store: GovernanceStore, _: Actor, command: MoveItem, __: datetime) -> Mapping[str, Unfit]:
    item = store.item(command.item_id)
    if item is None or item.state not in OPEN_STATES or command.to == STAYS:
        return {}
    return unfit_to_move(store, item, command)


def move(
    store: GovernanceStore, actor: Actor, command: MoveItem, now: datetime
) -> Brief | FormView | Rejected | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if item.state not in OPEN_STATES:
        stands = next((one.why for one in reversed(store.moves(item.id))), "")
        if says_another(command.why, stands, command.put_back):
            settled = {"why": Unfit(why=ALREADY_SETTLED)}
            return again(command, _opening(store, item), unfit=settled)
        return brief(store, item)
    if command.to == STAYS:
        return listed(store, item)
    if is_sealed(store, item):  # a form would show its words
        return move_on(store, actor, command, now)
    screened = screen((command.why,), command.put_back)
    if screened.doubt:
        return again(command, _opening(store, item), doubt=screened.doubt)
    moved = move_on(store, actor, replace(command, why=screened.texts[0]), now)
    if isinstance(moved, Rejected):
        return again(command, _opening(store, item), unfit=moved.unfit)
    if isinstance(moved, Brief):
        note_returned(store, actor.person_id, screened, item.id, now)
    return moved


OPERATIONS: Operations = (
    Operation(
        command=MoveItem,
        refreshes_home=True,
        in_channel=True,
        run=move,
        may=opener_of_item,
        at_lead=True,
        button="move",
        carries=("to",),
        opens=open_move,
        fits=unfit,
    ),
)
