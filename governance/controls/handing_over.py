"""An owner hands one safeguard, or all of theirs without an answer, to someone else, and the ISO is
told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.forms import Opening
from core.people import Person, Role
from governance.access import Actor, refusal
from governance.controls import forms
from governance.controls.access import owner
from governance.controls.answer_commands import (
    HandOverSafeguards,
    HandsOver,
)
from governance.controls.answer_messages import HandedOver
from governance.controls.answering import open_place, owned
from governance.controls.asking import asked_anew, bring_in_line, open_for_iso
from governance.controls.finding import NotOne, Staff, iso_of, name_of
from governance.controls.model import Assessed
from governance.controls.running_messages import SafeguardsHandedOver
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from surveys.questions import Unfit

HANDED = "assess-handed"

ANSWERED = "This is already answered. You can only hand over safeguards without an answer."

_NOBODY = "Nobody on the staff roster has this name or address."
_SEVERAL = "More than one person has this name. Write their email address."
_BOARD = "Only someone on staff can assess a safeguard. Board members cannot."
_SELF = "This is you. Enter someone else’s address."


def open_hand_over(
    store: GovernanceStore, actor: Actor, command: HandOverSafeguards, _: datetime
) -> Opening | Refused:
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    if not place.row.waiting:
        return refusal(ANSWERED)
    which = f"{place.framework.short} {command.number}"
    return forms.handing_over(place.assessment, which, len(_others(store, actor, command)))


def _others(store: GovernanceStore, actor: Actor, command: HandOverSafeguards) -> tuple[str, ...]:
    """The reader's other safeguards without an answer."""
    return tuple(
        one.number
        for one in owned(store, actor, command.assessment_id)
        if one.waiting and one.number != command.number
    )


def _whom(store: GovernanceStore, actor: Actor, said: str) -> Person | str:
    """Who gets it, or why nobody does."""
    to = Staff(store).find(said)
    if isinstance(to, NotOne):
        return _SEVERAL if to is NotOne.SEVERAL else _NOBODY
    if to.id == actor.person_id:
        return _SELF
    return _BOARD if to.role is Role.BOARD else to


def unfit(
    store: GovernanceStore, actor: Actor, command: HandOverSafeguards, _: datetime
) -> dict[str, Unfit]:
    to = _whom(store, actor, command.to)
    return {"to": Unfit(why=to)} if isinstance(to, str) else {}


def hand_over(
    store: GovernanceStore, actor: Actor, command: HandOverSafeguards, now: datetime
) -> HandedOver | Refused:
    store.lock_assessment(command.assessment_id)
    place = open_place(store, command.assessment_id, command.number)
    to = _whom(store, actor, command.to)
    if isinstance(place, Refused):
        return place
    if not place.row.waiting or isinstance(to, str):
        return refusal(ANSWERED)
    all_ = command.which is HandsOver.ALL
    numbers = (command.number, *(_others(store, actor, command) if all_ else ()))
    short = place.framework.short
    before = [one for one in owned(store, actor, command.assessment_id) if one.number in numbers]
    after = [
        asked_anew(store, replace(one, owner=to.id, handed_by=actor.person_id, round=0), now)
        for one in before
    ]
    store.put_assessed(after)
    bring_in_line(store, before, after, now)
    handed = tuple(one.number for one in after)
    said = f"safeguards handed over to {to.id}: {short} {', '.join(handed)}"
    store.audit(actor.person_id, said, command.assessment_id, now)
    _tell_iso(store, after, now)
    return HandedOver(short=short, numbers=handed, name=to.name)


def _tell_iso(store: GovernanceStore, rows: Sequence[Assessed], now: datetime) -> None:
    iso = iso_of(store)
    if iso is None or iso.id in (rows[0].owner, rows[0].handed_by):
        return
    for ask, number in {one.ask: one.number for one in reversed(rows)}.items():
        if ask is not None:
            campaign = f"{HANDED}:{ask}:{number}"
            store.deliver_to_person(iso, campaign=campaign, kind=HANDED, subject=ask, now=now)


def _handed(on: Occasion) -> SafeguardsHandedOver | None:
    handed = [one for one in on.store.assessed_in(on.subject) if one.handed_by is not None]
    assessment = open_for_iso(on, handed)
    if assessment is None:
        return None
    return SafeguardsHandedOver(
        assessment=assessment,
        by=tuple(sorted({name_of(on.store, one.handed_by) for one in handed})),
        to=name_of(on.store, handed[0].owner),
        numbers=tuple(one.number for one in handed),
    )


DELIVERIES: Deliveries = (Delivery(kind=HANDED, compose=_handed, personal=True),)


OPERATIONS: Operations = (
    Operation(
        command=HandOverSafeguards,
        run=hand_over,
        may=owner,
        button="hand-safeguard",
        opens=open_hand_over,
        fits=unfit,
        refreshes_home=True,
    ),
)
