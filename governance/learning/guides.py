"""Guides that people go through by themselves: "I did this", and where it must be done by a date,
a duty like any other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

from core.forms import Opening
from core.people import Audience, Platform
from core.text import Text
from governance.access import Actor, refusal
from governance.announcements.approvals import second_person
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.duties.handlers import bring_up_to_date
from governance.duties.kinds import DutyKind, Wanted
from governance.duties.model import Some
from governance.learning import forms
from governance.learning.access import creates, creator, reader_of_guide, runner_of_guide
from governance.learning.commands import (
    DoGuide,
    RetireGuide,
    ShowGuide,
    UndoGuide,
    WriteGuide,
)
from governance.learning.handlers import given_audience, texts_of
from governance.learning.messages import GuideAsked, GuideView
from governance.learning.model import GUIDE_DUE, Guide
from governance.lists.audiences import offered, unfit_audience
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import NOT_HERE
from governance.school_days import calendar, today
from governance.second_person.model import Act, Shown
from surveys.questions import Unfit

JOINERS_HAVE = 10
"""School days for whoever joins after a guide was due."""


# -- one person's ----------------------------------------------------------------------------------


def view(store: GovernanceStore, actor: Actor, guide: Guide) -> GuideView:
    record = store.change(guide.change_id) if guide.change_id else None
    person, worker = actor.person_id, creates(store, actor, guide.change_id)
    duty = store.duty(GUIDE_DUE, guide.id, person) if person else None
    return GuideView(
        guide=guide,
        done_at=store.guide_done_at(guide.id, person) if person else None,
        due=duty.due if duty and duty.open else None,
        change=record.words.title if record else None,
        runs=worker,
        did=store.count_done([guide.id]).get(guide.id, 0) if worker else 0,
    )


def show(store: GovernanceStore, actor: Actor, command: ShowGuide) -> GuideView | Refused:
    guide = store.guide(command.guide_id)
    return view(store, actor, guide) if guide else refusal(NOT_HERE)


def do(
    store: GovernanceStore, actor: Actor, command: DoGuide, now: datetime
) -> GuideView | Refused:
    guide, person = store.guide(command.guide_id), actor.somebody.id
    if guide is None or guide.retired:
        return refusal(NOT_HERE)
    store.do_guide(guide.id, person, now)
    duty = store.duty(GUIDE_DUE, guide.id, person)
    if duty is not None and duty.done_at is None:
        store.do_duty(duty, actor.platform or Platform.WEB, now)
    return view(store, actor, guide)


def undo(store: GovernanceStore, actor: Actor, command: UndoGuide) -> GuideView | Refused:
    guide = store.guide(command.guide_id)
    if guide is None:
        return refusal(NOT_HERE)
    store.undo_guide(guide.id, actor.somebody.id)
    return view(store, actor, guide)


# -- writing ---------------------------------------------------------------------------------------


def open_guide(
    store: GovernanceStore, actor: Actor, command: WriteGuide, _: datetime
) -> Opening | Refused:
    found = store.guide(command.guide_id) if command.guide_id else None
    if found is not None and found.retired:
        return refusal(NOT_HERE)
    record = store.change(command.change_id) if command.change_id and found is None else None
    given = record.audience if record else Audience()
    return forms.guide(
        found,
        found.audience if found else given,
        offered(store),
        change_id=found.change_id if found else command.change_id,
        second=second_person(store, actor.person_id, None),
    )


def unfit(
    store: GovernanceStore, _: Actor, command: WriteGuide, now: datetime
) -> Mapping[str, Unfit]:
    """Why what was typed cannot be kept, beyond what its fields say."""
    before = store.guide(command.guide_id) if command.guide_id else None
    texts, wrong = texts_of(store, command)
    if not texts.keys() & {"text", "link"} and not wrong:
        wrong["text"] = Unfit(why="Write what to do, or enter a link.")
    kept = before is not None and command.due == before.due
    if command.due is not None and not kept and command.due <= today(store, now):
        wrong["due"] = Unfit(why="Choose a day that is still to come.")
    audience = given_audience(store, command.audience, before, command.change_id)
    return wrong | unfit_audience(store, audience)


def write(
    store: GovernanceStore, actor: Actor, command: WriteGuide, now: datetime
) -> GuideView | Refused:
    """With a date, everybody it is for is asked at once."""
    guide_id = command.guide_id or uuid4()
    before = store.lock_guide(guide_id)
    if before is not None and before.retired:
        return refusal(NOT_HERE)
    texts, _ = texts_of(store, command)
    audience = given_audience(store, command.audience, before, command.change_id)
    guide = Guide(
        id=guide_id,
        title=texts["title"],
        text=texts.get("text"),
        link=command.link.strip(),
        change_id=before.change_id if before else command.change_id,
        audience=audience,
        due=command.due,
    )
    store.put_guide(guide)
    if guide.due is not None and guide != before:
        # Also where nobody is asked yet, as its change waits, and where only the words are others:
        # they are what everybody is reminded with.
        store.forget_approval(GUIDE_DUE, guide.id)
        people = sorted(store.ids_of(guide.audience))
        store.need_second_person(GUIDE_DUE, guide.id, people, now)
    if guide.due is not None or (before and before.due):
        bring_up_to_date(store, DUTY, now)
    store.audit(actor.person_id, "guide changed" if before else "guide offered", guide.id, now)
    return view(store, actor, guide)


def retire(
    store: GovernanceStore, actor: Actor, command: RetireGuide, now: datetime
) -> GuideView | Refused:
    guide = store.lock_guide(command.guide_id)
    if guide is None:
        return refusal(NOT_HERE)
    guide = replace(guide, retired=True)
    store.put_guide(guide)
    bring_up_to_date(store, DUTY, now)
    store.audit(actor.person_id, "guide retired", guide.id, now)
    return view(store, actor, guide)


# -- what must be done by a date -------------------------------------------------------------------


def wanted(store: GovernanceStore, day: date, some: Some | None = None) -> Iterable[Wanted]:
    """Of whom each guide with a date is asked; who did it before was not."""
    for guide in store.guides():
        record = store.change(guide.change_id) if guide.change_id else None
        if guide.due is None or (guide.change_id and not (record and record.shown)):
            continue
        people = frozenset(store.ids_of(guide.audience, some))
        late = day > guide.due
        due = calendar(store).school_day_after(day, JOINERS_HAVE) if late else guide.due
        yield Wanted(subject=guide.id, people=people - store.did_unasked(guide.id, some), due=due)


def asked(on: Occasion, *, reminder: bool = False) -> GuideAsked | None:
    """What was done is asked of nobody; on a page it says so."""
    person, guide = on.to or on.reader, on.store.guide(on.subject)
    if person is None or guide is None or guide.retired:
        return None
    duty = on.store.duty(GUIDE_DUE, guide.id, person.id)
    if duty is None or duty.let_go_at is not None or (on.to and duty.done_at):
        return None
    actor = Actor(person=person, standing=on.store.standing(person.id))
    return GuideAsked(view=view(on.store, actor, guide), reminder=reminder)


DUTY = DutyKind(
    kind=GUIDE_DUE,
    wanted=wanted,
    named=lambda store, _: {one.id: one.title for one in store.guides()},
)
DUTY_KINDS = (DUTY,)

DELIVERIES: Deliveries = (
    Delivery(kind=GUIDE_DUE, compose=asked, personal=True, may_wait=True),
    Delivery(
        kind=DUTY.again, compose=lambda on: asked(on, reminder=True), personal=True, may_wait=True
    ),
)


def _shown(store: GovernanceStore, command: WriteGuide, _: datetime) -> Shown:
    texts, _wrong = texts_of(store, command)
    title = texts.get("title") or Text(default=command.title)
    before = store.guide(command.guide_id) if command.guide_id else None
    return Shown(
        act=Act.GUIDE,
        title=title,
        words=tuple(one for key, one in texts.items() if key != "title"),
        audience=given_audience(store, command.audience, before, command.change_id),
    )


OPERATIONS: Operations = (
    Operation(
        command=ShowGuide,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=reader_of_guide,
        reads=True,
        button="guide",
    ),
    Operation(command=DoGuide, run=do, may=reader_of_guide, refreshes_home=True, button="do-guide"),
    Operation(
        command=UndoGuide,
        run=lambda store, actor, command, _: undo(store, actor, command),
        may=reader_of_guide,
        refreshes_home=True,
        button="undo-guide",
    ),
    Operation(
        command=WriteGuide,
        run=write,
        may=creator,
        button="write-guide",
        form_button="guide-form",
        carries=("guide_id", "change_id"),
        opens=open_guide,
        fits=unfit,
        second=_shown,
    ),
    Operation(command=RetireGuide, run=retire, may=runner_of_guide, button="retire-guide"),
)
