"""The docket: what those who work on a queue see of an item, and what they do with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from uuid import UUID, uuid5

from core.lists import look_through
from core.words import Words
from governance.access import (
    Actor,
    is_sealed,
    opener_of_item,
    reader_of_item,
    refusal,
    responder_or_reader,
    taken_from,
    worker_on_queue,
    works_on,
)
from governance.committees.model import DESKS, RESTRICTED, TRIAGE, District
from governance.conversations.model import Exchange, open_question
from governance.deliveries import Compose, Deliveries, Delivery, Occasion, about_item
from governance.docket.bylines import byline
from governance.docket.commands import (
    LONGEST_WHY,
    AcknowledgeItem,
    AnswerItem,
    ExportDocket,
    FillAnswer,
    MoveItem,
    ShowAnswerForm,
    ShowItem,
)
from governance.docket.forms import HELD_BACK
from governance.docket.history import StepKind
from governance.docket.listed import MOST, docket_lines
from governance.docket.lists import docket_list
from governance.docket.messages import DocketLine
from governance.docket.stepping import chosen_by_hand, note_step, step_lines
from governance.duplicates.model import said_by
from governance.faq.subject import answers_change
from governance.feedback.about import name_of
from governance.feedback.handlers import enter, tell_author, tell_sensitive
from governance.feedback.model import (
    LONGEST_ANSWER,
    OPEN_STATES,
    Byline,
    Item,
    ItemState,
    Likely,
    Reading,
    Tone,
)
from governance.feedback.named import names_somebody_on
from governance.home.commands import ShowDocket
from governance.messages import AnswerForm, Brief, News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore, Move
from governance.reach import in_chat
from governance.reading.themes import theme_name
from governance.redaction.originals import redacted_again, whole, words_there
from governance.references.binding import can_be_linked, links_of, proposed
from governance.refusals import NOT_HERE
from governance.saved_answers.model import SavedAnswer
from governance.school_days import today
from governance.sensitive.handlers import note_opened
from governance.sensitive.substitutes import done_by, stands_in, stood_in
from governance.typed import typed
from governance.urgent.handlers import take_all
from governance.urgent.model import CaseStands, handling, how_cases_stand
from governance.views import DocketFile, DocketView
from surveys.messages import Rejected
from surveys.questions import Unfit
from surveys.survey import Wave, WaveState

HIDDEN = "…"
UNREAD = "Open it and read it first. Sensitive messages are never filed or moved unread."
NOT_REDACTED = (
    "Personal data could not be removed automatically. Remove it with “Student data here”, "
    "then move the message. Or answer it here."
)
NAMED_THERE = "It names someone who would read it there. Choose another place, or answer it here."
FILE_IT = "none"
"""Where ``MoveItem.to`` files an item as out of scope."""
CLOSED_MEANWHILE = "This was closed while you were writing. Your answer was not sent."

QUEUE_NAMES = {TRIAGE: "Triage", RESTRICTED: "Restricted", FILE_IT: "Not about technology"} | {
    "iso-desk": "Information Security Office",
    "cto-desk": "Chief Technology Officer’s office",
}


def queue_name(district: District, queue: str) -> str:
    committee = district.committee(queue)
    return committee.name if committee else QUEUE_NAMES.get(queue, queue)


def brief(store: GovernanceStore, item: Item, *, seen_from: str | None = None) -> Brief:
    """One item as its queue sees it. ``seen_from``: the queue of a message that was sent before;
    when the item has moved on, that message has nothing left to press."""
    district, reading = store.district(), item.reading
    queue = seen_from or item.queue or TRIAGE
    # A restricted reader decides by its words: what committee it is like says nothing there.
    routed = reading if queue != RESTRICTED else None
    likely = _likeliest(routed) if routed else ()
    answerer = store.person(item.answered_by) if item.answered_by else None
    # Where it has moved on, the old card says nothing of who has it now.
    leader = store.person(item.assigned_to) if item.assigned_to and queue == item.queue else None
    # Its old card stays in a committee's channel: what is restricted now is not said there again.
    hidden = item.queue == RESTRICTED != queue
    said = store.exchanges(item.id)
    asked = open_question(said)
    here = item.state in OPEN_STATES and queue == item.queue
    return Brief(
        item_id=item.id,
        queue=queue,
        queue_name=queue_name(district, queue),
        redacted=HIDDEN if hidden else reading.redacted if reading else "",
        byline=Byline() if hidden else byline(store, item),
        tone=reading.tone if reading else Tone.NEUTRAL,
        urgency=reading.urgency if reading else None,
        confidence=routed.confidence if routed else 0.0,
        likely=likely,
        names={one.committee: queue_name(district, one.committee) for one in likely},
        state=item.state,
        received_at=item.received_at,
        due_at=item.due_at,
        answer=item.answer,
        answered_by=answerer.name if answerer else None,
        history=_moved(store, item, hidden=hidden),
        assigned_to=leader.name if leader else None,
        assigned_in_chat=leader is not None and in_chat(leader),
        chosen=leader is not None and chosen_by_hand(store, item),
        said_by=None if hidden else said_by(store.people_saying(item.id)),
        theme="" if hidden else _theme(reading),
        suggested=routed.suggested if routed and not hidden else None,
        learned=item.moves > 0 and store.is_corrected(item.id),
        conversation=() if hidden else read_out(said),
        asked_back=asked is not None,
        waits_since=asked.at if asked and district.committee(queue) else None,
        links=() if hidden else links_of(store, item),
        about=name_of(store, item),
        answers_change=None if hidden else answers_change(store, item, queue),
        can_be_linked=queue == item.queue and can_be_linked(district, item),
        proposed=proposed(store, item) if queue == item.queue else None,
        can_answer=here,
        stood_in=stood_in(store, item),
        aside=store.asides_of([item.id], date.min).get(item.id) if here else None,
        case=None if hidden else _case(store, item),
    )


def _case(store: GovernanceStore, item: Item) -> CaseStands | None:
    if item.reading is None or item.reading.urgency is None:
        return None
    cases = store.cases_of(item.id)
    handlers = handling(cases)
    return how_cases_stand(cases, store.names_of(handlers) if handlers else {})


def ready_briefs(store: GovernanceStore, items: Sequence[Item]) -> None:
    """Prefetch for ``brief`` of several items, in the same few statements for any number."""
    store.briefs_ahead([one.id for one in items])
    store.roster_counts_ahead()
    store.people_ahead(
        who for one in items for who in (one.author, one.answered_by, one.assigned_to)
    )


def _moved(store: GovernanceStore, item: Item, *, hidden: bool) -> tuple[tuple[str, str, str], ...]:
    """Its way so far: from where, to where, and why."""
    district = store.district()
    return tuple(
        (
            queue_name(district, one.came_from),
            queue_name(district, one.went_to),
            "" if hidden else one.why,
        )
        for one in store.moves(item.id)
    )


def _theme(reading: Reading | None) -> str:
    """What it speaks of first; "" where it is not known."""
    return theme_name(next(iter(reading.themes if reading else ()), ""))


def _likeliest(reading: Reading) -> tuple[Likely, ...]:
    """Three to choose from: what a language model suggests stands first."""
    first = [one for one in reading.committees if one.committee == reading.suggested]
    rest = [one for one in reading.committees if one.committee != reading.suggested]
    return (*first, *rest)[:3]


def read_out(said: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    """What an author was asked and replied, as far as a committee may see it: what was read."""
    return tuple(one for one in said if one.words is not None)


def show_item(store: GovernanceStore, command: ShowItem, now: datetime) -> Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    made = current(store, brief(store, item), now)
    if whole(item):
        made = replace(made, redacted=words_there(store, item))
    return replace(made, steps=step_lines(store, item), aspects=_aspects(item, made.redacted))


def current(store: GovernanceStore, made: Brief, now: datetime) -> Brief:
    """As a page shows it: with its subject and age, and put aside only until its day has come."""
    day = today(store, now)
    over = made.aside is not None and made.aside.until <= day
    subject = store.subjects_of([made.item_id]).get(made.item_id, "")
    age = (day - today(store, made.received_at)).days
    return replace(made, aside=None if over else made.aside, subject=subject, age=age)


def _aspects(item: Item, shown: str) -> tuple[tuple[str, Tone], ...]:
    """Of the words that are shown, and of no others."""
    if item.reading is None or item.reading.redacted != shown:
        return ()
    return tuple((shown[one.start : one.end], one.tone) for one in item.reading.aspects)


def listed(store: GovernanceStore, item: Item) -> Brief:
    """What is sensitive is read one by one, so that it is known what was."""
    made = brief(store, item)
    if not is_sealed(store, item):
        return made
    return replace(
        made, redacted=HIDDEN, byline=Byline(), theme="", unopened=True, can_answer=False
    )


def show_docket(
    store: GovernanceStore, actor: Actor, command: ShowDocket, now: datetime
) -> DocketView:
    kept = store.kept_from(actor.person.id) if actor.person else frozenset()
    found = store.items_in(command.queue, most=MOST)
    there = [item for item in found if item.id not in kept]
    items, district = docket_lines(store, there, now), store.district()
    leads, is_committee = command.queue in actor.standing.leads, district.committee(command.queue)
    view = DocketView(
        queue=command.queue,
        name=queue_name(district, command.queue),
        open_items=tuple(b for b in items if b.state in OPEN_STATES),
        done_items=tuple(b for b in items if b.state not in OPEN_STATES),
        mine=frozenset(one.id for one in there if one.assigned_to == actor.person_id),
        leads=leads,
        absences=tuple(store.absences(actor.person.id)) if actor.person and leads else (),
        handed_over=tuple(store.handed_over_in(command.queue)),
        unread=_unread(store, kept) if command.queue == TRIAGE else 0,
        unsettled=tuple(store.unsettled_posts(command.queue)),
        withdrawn=store.withdrawn_from(command.queue),
        results=waves_for(store, {command.queue}) if is_committee else (),
    )
    if command.asked is None or actor.person is None:
        return view
    # Which item is open depends on how its reader's language sorts and finds what is listed.
    words = Words(actor.person.locale, actor.person.timezone)
    row = look_through(docket_list(words, view, now), command.asked).row
    opened = next((one for one in there if row and str(one.id) == row.key), None)
    line = next((one for one in items if opened and one.item_id == opened.id), None)
    return replace(view, beside=_beside(store, opened, line) if opened and line else None)


def _beside(store: GovernanceStore, item: Item, line: DocketLine) -> Brief:
    """An item of a docket that is open beside its ``line`` there."""
    return replace(
        listed(store, item),
        aside=line.aside,
        subject=line.subject,
        age=line.age,
        saved=_kept_answers(store, item),
    )


def export(
    store: GovernanceStore, actor: Actor, command: ExportDocket, now: datetime
) -> DocketFile | Refused:
    if command.queue == RESTRICTED:
        return refusal(NOT_HERE)
    view = show_docket(store, actor, ShowDocket(queue=command.queue), now)
    lines = (*view.open_items, *view.done_items)
    store.audit(actor.person_id, f"docket exported: {command.queue}, {len(lines)}", None, now)
    return DocketFile(queue=command.queue, lines=lines)


def _unread(store: GovernanceStore, kept: frozenset[UUID]) -> int:
    there = (item for item in store.open_items_in(RESTRICTED) if item.id not in kept)
    return sum(map(whole, there))


MOST_RESULTS = 20
"""Surveys in a list, the newest first."""


def waves_for(store: GovernanceStore, committees: Collection[str]) -> tuple[Wave, ...]:
    """The newest surveys that name one of some committees and have opened."""
    if not committees:
        return ()
    naming = (
        wave
        for wave in store.waves(bare=True)
        if wave.state is not WaveState.PLANNED
        and not set(wave.survey.committees).isdisjoint(committees)
    )
    return tuple(islice(naming, MOST_RESULTS))


def acknowledge(
    store: GovernanceStore, actor: Actor, command: AcknowledgeItem, now: datetime
) -> Brief | Refused:
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    theirs = works_on(actor, item.queue or "") or stands_in(store, actor.person_id, item)
    if not theirs:  # a responder: the queue has yet to look at it
        take_all(store, actor, item.id, now)
        return replace(brief(store, item), can_answer=False)
    if item.state is ItemState.NEW:
        item = replace(item, state=ItemState.ACKNOWLEDGED)
        store.update_item(item)
        note_step(store, actor, item, StepKind.ACKNOWLEDGED, now)
        store.audit(
            actor.person_id, done_by(store, actor.person_id, item, "acknowledged"), item.id, now
        )
        tell_author(store, item, News.ACKNOWLEDGED, now)
    return brief(store, item)


def show_answer_form(
    store: GovernanceStore, command: ShowAnswerForm
) -> AnswerForm | Brief | Refused:
    item = store.item(command.item_id)
    if item is None or item.state not in OPEN_STATES:
        return brief(store, item) if item else refusal(NOT_HERE)
    return _answer_form(store, item)


def _answer_form(store: GovernanceStore, item: Item) -> AnswerForm:
    return AnswerForm(
        item_id=item.id,
        redacted=item.reading.redacted if item.reading else "",
        said_by=said_by(store.people_saying(item.id)),
        answers=_kept_answers(store, item),
    )


def _kept_answers(store: GovernanceStore, item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.id), one.title) for one in _saved_answers(store, item))


def _saved_answers(store: GovernanceStore, item: Item) -> Sequence[SavedAnswer]:
    """Those of the committee that has it now, as long as it is open."""
    known = store.district().committee(item.queue or "") is not None
    return store.saved_answers(item.queue or "") if known and item.state in OPEN_STATES else ()


def fill_answer(store: GovernanceStore, command: FillAnswer) -> AnswerForm | Rejected | Refused:
    """The form with a saved answer in it. What was typed stays in front of it; nothing is sent."""
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if item.state not in OPEN_STATES:
        return Rejected(unfit={"text": Unfit(why=CLOSED_MEANWHILE)})
    form = replace(_answer_form(store, item), text=command.text)
    chosen = next(
        (one for one in _saved_answers(store, item) if str(one.id) == command.saved), None
    )
    if chosen is None:
        return replace(form, unfit={"saved": Unfit(why="Choose a saved answer.")})
    typed_so_far = command.text.strip()
    if chosen.text in typed_so_far:
        return form
    text, too_long = typed("\n\n".join(filter(None, (typed_so_far, chosen.text))), LONGEST_ANSWER)
    return replace(form, text=text, unfit={"text": too_long} if too_long else {})


def answer(
    store: GovernanceStore, actor: Actor, command: AnswerItem, now: datetime
) -> Brief | AnswerForm | Rejected | Refused:
    """Where someone else was first, both answers are shown, and whoever wrote the second one
    chooses: it stays unsent, or the author gets it as well."""
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if item.state is ItemState.ANSWERED and item.answer is not None:
        return _answer_again(store, actor, item, item.answer, command, now)
    if item.state not in OPEN_STATES:
        return Rejected(unfit={"text": Unfit(why=CLOSED_MEANWHILE)})
    text, too_long = typed(command.text, LONGEST_ANSWER)
    if too_long:
        return Rejected(unfit={"text": too_long})
    if not text:
        return Rejected(unfit={"text": Unfit(why="Write the answer first.")})
    item = replace(item, state=ItemState.ANSWERED, answer=text, answered_by=actor.person_id)
    store.update_item(item)
    note_step(store, actor, item, StepKind.ANSWERED, now)
    for one in (item, *store.kept_with(item.id)):  # each of them was answered now
        store.audit(actor.person_id, done_by(store, actor.person_id, one, "answered"), one.id, now)
    tell_author(store, item, News.ANSWERED, now)
    return brief(store, item)


def _answer_again(
    store: GovernanceStore,
    actor: Actor,
    item: Item,
    standing: str,
    command: AnswerItem,
    now: datetime,
) -> Brief | AnswerForm | Rejected:
    text, too_long = typed(command.text, LONGEST_ANSWER)
    mark = uuid5(item.id, standing)  # of an answer, to see whether it is the one they saw
    if not text or standing == text or standing.endswith(f"\n\n{text}"):
        return brief(store, item)  # pressed twice
    if command.over != mark or too_long:
        unfit = {"text": too_long} if too_long else {}
        form = _answer_form(store, item)
        return replace(form, text=command.text, standing=standing, over=mark, unfit=unfit)
    both = replace(item, answer=f"{standing}\n\n{text}", answered_by=actor.person_id)
    store.update_item(both)
    note_step(store, actor, both, StepKind.ANSWERED, now)
    for one in (both, *store.kept_with(item.id)):
        did = done_by(store, actor.person_id, one, "added to the answer")
        store.audit(actor.person_id, did, one.id, now)
    tell_author(store, both, News.ANSWERED, now, again=str(mark))
    return brief(store, both)


def move_on(
    store: GovernanceStore, actor: Actor, command: MoveItem, now: datetime
) -> Brief | Rejected | Refused:
    """To another queue, with a reason that was looked through before: others read it, so no name in
    it may travel along."""
    item = store.item(command.item_id)
    if item is None:
        return refusal(NOT_HERE)
    if item.state not in OPEN_STATES or item.queue is None:
        return brief(store, item)
    if unfit := unfit_to_move(store, item, command):
        return Rejected(unfit=unfit)
    if is_sealed(store, item):
        return Rejected(unfit={"to": Unfit(why=UNREAD)})
    moved = replace(item, moves=item.moves + 1)
    if item.reading is not None and whole(item):  # others read only what is left of its words
        read = redacted_again(item.reading, words_there(store, item))
        if read is None:
            return Rejected(unfit={"to": Unfit(why=NOT_REDACTED)})
        moved = replace(moved, reading=read)
    came_from, to = item.queue, command.to
    why, _ = typed(command.why, LONGEST_WHY)
    step = Move(came_from=came_from, went_to=to, why=why, by=actor.person_id, at=now)
    store.add_move(item.id, step)
    did = done_by(store, actor.person_id, item, f"moved from {came_from} to {to}")
    store.audit(actor.person_id, did, item.id, now)
    stood = stood_in(store, item)
    _teach(store, actor, item, to, now)
    if to == RESTRICTED:
        leave_alone(store, item, now)
    if to == FILE_IT:
        filed = replace(moved, state=ItemState.FILED)
        store.update_item(filed)
        tell_author(store, filed, News.FILED, now)
        return brief(store, filed)
    if to == RESTRICTED:
        tell_sensitive(store, moved, now)
    left = brief(store, enter(store, moved, to, now), seen_from=came_from)
    return replace(left, stood_in=stood)


def _teach(store: GovernanceStore, actor: Actor, item: Item, to: str, now: datetime) -> None:
    """Where people put it the reader puts the next one like it. Triage is no place to learn, and
    what is restricted is not learned from."""
    if to == RESTRICTED or item.queue == RESTRICTED:
        store.forget_correction(item.id)
    elif to != TRIAGE and item.queue is not None:
        store.note_correction(item.id, item.queue, to, actor.person_id, now)


def leave_alone(store: GovernanceStore, item: Item, now: datetime) -> None:
    """One item is restricted: those that were kept with it stay, the oldest of them first."""
    others = store.kept_with(item.id)
    for other in others:
        store.part(other.id)
    for other in others[:1]:
        enter(store, other, item.queue or TRIAGE, now)
    for other in others[1:]:
        store.keep_with(other.id, others[0].id, None, now)


def unfit_to_move(store: GovernanceStore, item: Item, command: MoveItem) -> dict[str, Unfit]:
    """Why an open item may not go where somebody wants it, or not with these words."""
    unfit, district = {}, store.district()
    known = {c.key for c in district.committees} | {TRIAGE, RESTRICTED, FILE_IT}
    if command.to not in known:
        unfit["to"] = Unfit(why="Choose where it should go.")
    elif command.to == item.queue:
        unfit["to"] = Unfit(why="That committee already has it. Choose another one.")
    elif item.held_back and command.to not in (RESTRICTED, FILE_IT):
        unfit["to"] = Unfit(why=HELD_BACK)
    elif district.committee(command.to) and names_somebody_on(store, item.id, command.to):
        unfit["to"] = Unfit(why=NAMED_THERE)
    _, too_long = typed(command.why, LONGEST_WHY)
    if too_long:
        unfit["why"] = too_long
    return unfit


def _opened(
    store: GovernanceStore, actor: Actor, command: ShowItem, now: datetime
) -> Brief | Refused:
    note_opened(store, actor, command.item_id, now)
    return show_item(store, command, now)


def _of_office(on: Occasion, item: Item) -> bool:
    """Whether an item is still with an office, and its reader holds it."""
    office = DESKS.get(item.queue or "")
    if office is None or on.reader is None:
        return office is not None
    return office in on.store.standing(on.reader.id).offices


def about_brief(compose: Callable[[Occasion, Item], Brief | None]) -> Compose:
    """Of what shows an item to those who work on it. In place of a message that was sent before its
    item was withdrawn stands the same without words."""

    def composed(on: Occasion, item: Item) -> Brief | None:
        taken = taken_from(on.store, item) if on.again and item.held_back else []
        return brief(on.store, item, seen_from=taken[-1]) if taken else compose(on, item)

    return about_item(composed)


def _briefed(on: Occasion, item: Item) -> Brief | None:
    if on.store.lead_of(item.id) is not None:
        return None  # it says the same as another one, which was told
    if on.queue is not None and item.queue != on.queue:
        return None  # it moved on (perhaps to the restricted page) before this was sent
    if on.queue is None and not _of_office(on, item):
        return None
    return brief(on.store, item, seen_from=on.queue)


DELIVERIES: Deliveries = (
    Delivery(kind="brief", compose=about_brief(_briefed)),
    Delivery(kind="late", compose=about_brief(_briefed)),
)

OPERATIONS: Operations = (
    Operation(command=ExportDocket, shows=True, run=export, may=worker_on_queue),
    Operation(
        command=ShowItem,
        shows=True,
        in_channel=True,
        run=_opened,
        may=opener_of_item,
        at_lead=True,
        button="item",
    ),
    Operation(
        command=AcknowledgeItem,
        refreshes_home=True,
        in_channel=True,
        run=acknowledge,
        may=responder_or_reader,
        at_lead=True,
        button="ack-item",
    ),
    Operation(
        command=ShowAnswerForm,
        in_channel=True,
        run=lambda store, _, command, __: show_answer_form(store, command),
        may=reader_of_item,
        at_lead=True,
        reads=True,
        button="answer-form",
    ),
    Operation(
        command=FillAnswer,
        form=lambda command: ShowAnswerForm(item_id=command.item_id),
        in_channel=True,
        run=lambda store, _, command, __: fill_answer(store, command),
        may=reader_of_item,
        at_lead=True,
        reads=True,
        button="fill-answer",
        takes=("saved", "text"),
    ),
    Operation(
        command=AnswerItem,
        refreshes_home=True,
        form=lambda command: ShowAnswerForm(item_id=command.item_id),
        in_channel=True,
        run=answer,
        may=reader_of_item,
        at_lead=True,
        button="answer-item",
        carries=("over",),
        takes=("text",),
    ),
    Operation(
        command=ShowDocket,
        run=show_docket,
        may=worker_on_queue,
        reads=True,
    ),
)
