"""An owner hands one safeguard, or all of theirs without an answer, to someone else, and the ISO is
told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.people import Role
from governance.access import Actor, refusal
from governance.controls.access import owner
from governance.controls.answer_commands import (
    HandOverSafeguards,
    HandsOver,
    ShowHandOverForm,
)
from governance.controls.answer_messages import HandedOver, HandOverForm
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

LONGEST_TO = 120
"""Characters."""

ANSWERED = "This is already answered. You can only hand over safeguards without an answer."

_NOBODY = "Nobody on the staff roster has this name or address."
_SEVERAL = "More than one person has this name. Write their email address."
_BOARD = "Only someone on staff can assess a safeguard. Board members cannot."
_SELF = "This is you. Enter someone else’s address."


def show_form(
    store: GovernanceStore, actor: Actor, command: ShowHandOverForm
) -> HandOverForm | Refused:
    place = open_place(store, command.assessment_id, command.number)
    if isinstance(place, Refused):
        return place
    if not place.row.waiting:
        return refusal(ANSWERED)
    return HandOverForm(
        assessment=place.assessment,
        short=place.framework.short,
        number=command.number,
        others=tuple(
            one.number
            for one in owned(store, actor, place.assessment.id)
            if one.waiting and one.number != command.number
        ),
    )


def hand_over(
    store: GovernanceStore, actor: Actor, command: HandOverSafeguards, now: datetime
) -> HandedOver | HandOverForm | Refused:
    store.lock_assessment(command.assessment_id)
    asked = ShowHandOverForm(assessment_id=command.assessment_id, number=command.number)
    form = show_form(store, actor, asked)
    if isinstance(form, Refused):
        return form
    form = replace(form, to=command.to.strip()[:LONGEST_TO], which=command.which)
    if not form.to:
        return replace(form, unfit={"to": Unfit(why="Fill in this field.")})
    to = Staff(store).find(form.to)
    if isinstance(to, NotOne):
        why = _SEVERAL if to is NotOne.SEVERAL else _NOBODY
        return replace(form, unfit={"to": Unfit(why=why)})
    if to.id == actor.person_id:
        return replace(form, unfit={"to": Unfit(why=_SELF)})
    if to.role is Role.BOARD:
        return replace(form, unfit={"to": Unfit(why=_BOARD)})
    numbers = (command.number, *(form.others if form.which is HandsOver.ALL else ()))
    before = [one for one in owned(store, actor, command.assessment_id) if one.number in numbers]
    after = [
        asked_anew(store, replace(one, owner=to.id, handed_by=actor.person_id, round=0), now)
        for one in before
    ]
    store.put_assessed(after)
    bring_in_line(store, before, after, now)
    handed = tuple(one.number for one in after)
    said = f"safeguards handed over to {to.id}: {form.short} {', '.join(handed)}"
    store.audit(actor.person_id, said, command.assessment_id, now)
    _tell_iso(store, after, now)
    return HandedOver(short=form.short, numbers=handed, name=to.name)


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
        command=ShowHandOverForm,
        run=lambda store, actor, command, _: show_form(store, actor, command),
        may=owner,
        reads=True,
        button="hand-safeguard-form",
    ),
    Operation(
        command=HandOverSafeguards,
        run=hand_over,
        may=owner,
        button="hand-safeguard",
        takes=("to", "which"),
        form=lambda command: ShowHandOverForm(
            assessment_id=command.assessment_id, number=command.number
        ),
        refreshes_home=True,
    ),
)
