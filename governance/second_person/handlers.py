"""One guard for everything that reaches many people: what would go to more of them than the
district's number waits until a second person has approved it, and is done with their press.

A handler knows nothing of it. Where the store refuses a campaign (``SecondPersonNeededError``), the
dispatch keeps the command (``hold``). The yes runs it as whoever asked, so that it can do no more
than they may; it counts only for what was shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID, uuid4

from core.commands import Command
from core.deciding import ByTwo, Reaching, SecondPersonNeededError, Yes
from core.people import Person
from governance.access import (
    CLOCK,
    GONE,
    Actor,
    Source,
    anybody,
    approver,
    refusal,
    stranger,
)
from governance.announcements.approvals import may_approve, minute_after, name_of, others
from governance.announcements.handlers import confirmed, word_typed
from governance.announcements.model import GROWN
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.features import declared
from governance.forms.handlers import do
from governance.messages import Done, Refused
from governance.operations import Entry, Fields, Operation, Operations, Outcome
from governance.ports import GovernanceStore
from governance.refusals import ASKED_BEFORE_RESTORE, NOBODY_ELSE
from governance.second_person.commands import (
    ApproveRequest,
    AskSecondPerson,
    DeclineRequest,
    LapseRequest,
    ShowDeclineRequest,
    ShowSecondRequest,
    WithdrawRequest,
)
from governance.second_person.messages import SecondAsked, SecondDeclineForm, SecondForm
from governance.second_person.model import HOLDS, HeldRequest, RequestState
from governance.second_tabs import given_back, says_another
from governance.typed import typed
from surveys.encoding import DecodingError, decode, encode
from surveys.messages import NotForYou, Rejected
from surveys.questions import Unfit

Kind = TypeVar("Kind", bound=Command)

SECOND_ASKED, SECOND_TOLD = "second-asked", "second-told"
"""Kinds of delivery: to those who may decide, and to whoever asked."""

LAPSE = "second-lapse"
"""Entry of the clock."""

LONGEST_WHY = 500
"""Characters of the reason for a no."""

_DRAFT_HOLDS = timedelta(days=1)
"""How long what nobody confirmed is kept."""

_CANNOT = (
    "This would go to {n} people, which takes a second person’s approval. That can’t be requested "
    "here. Nothing was sent."
)
_OWN = "You asked for this yourself. Someone else has to decide on it."
_ASKED_AGAIN = "This was requested again with new numbers. Decide on the newest request."
_GREW = (
    "It would now go to {n} people, many more than when approval was requested, so nothing "
    "was sent. Please check it again."
)
_CHANGED = "It was changed after the request."
_GREW_TO_EVERYONE = "It would go to everyone now. Ask again, and type “everyone”."
_MAY_NOT = "The person who asked is no longer allowed to do this."


@cache
def _operations() -> Mapping[str, Operation[Any]]:
    every = (one for part in declared("OPERATIONS") for one in part)
    return {one.command.__name__: one for one in every}


# -- asking --------------------------------------------------------------------------------------


NOBODY_MAY = "not sent: nobody may approve it"
"""What the audit notes of what the clock could not send."""


def hold(
    store: GovernanceStore, actor: Actor, command: Command, reaching: Reaching, now: datetime
) -> SecondForm | SecondAsked | Refused:
    """Keep a command that reaches many. A person first reads what it does, and confirms that they
    want it. For the operator and the clock, a second person is asked at once. What the clock
    continues counts as asked by the person who started it, so they cannot approve it. Pressing
    twice stores one request."""
    kind = type(command)
    operation = _operations()[kind.__name__]
    shown = operation.second(store, command, now) if operation.second else None
    if shown is None:
        return refusal(_CANNOT, n=str(reaching.told))
    asked_by = actor.person_id
    if asked_by is None and actor.source is Source.CLOCK:
        asked_by = shown.by
    if not others(store, asked_by):
        if actor.source is Source.CLOCK:  # there is nobody at the screen to read the refusal
            store.audit(None, NOBODY_MAY, reaching.subject, now)
        return refusal(NOBODY_ELSE)
    body = encode(kind, command)
    request = HeldRequest(
        id=uuid4(),
        command=kind.__name__,
        body=body,
        shown=shown,
        reaching=reaching,
        source=str(actor.source),
        state=RequestState.DRAFT,
        asked_by=asked_by,
        asked_at=now,
        lapses_at=now + _DRAFT_HOLDS,
    )
    for one in store.held_requests(RequestState.DRAFT, RequestState.WAITING):
        if (one.command, one.body, one.asked_by) == (request.command, body, request.asked_by):
            if one.open(now):
                return view(store, one, now, to_asker=True)
            request = replace(request, id=one.id)
    if actor.source is not Source.PERSON:
        return view(store, _ask(store, request, now), now, to_asker=True)
    store.put_held_request(request)
    _lapse_later(store, request)
    return _form(store, request)


def waiting_commands(
    store: GovernanceStore, kind: type[Kind], now: datetime
) -> Iterator[tuple[HeldRequest, Kind]]:
    """Each command of a kind that waits for a second person, with its request."""
    for request in store.held_requests(RequestState.WAITING):
        if request.command != kind.__name__ or not request.open(now):
            continue
        try:
            yield request, decode(kind, request.body)
        except DecodingError:  # a newer version's, or an older one's
            continue


def _form(store: GovernanceStore, request: HeldRequest) -> SecondForm:
    return SecondForm(
        request_id=request.id,
        shown=request.shown,
        reaching=request.reaching,
        approvers=tuple(one.name for one in others(store, request.asked_by)),
    )


def confirm(
    store: GovernanceStore, actor: Actor, command: AskSecondPerson, now: datetime
) -> SecondAsked | SecondForm | Rejected | Refused:
    request = store.lock_held_request(command.request_id)
    if request is None or request.asked_by != actor.person_id:
        return refusal(GONE)
    if request.state is not RequestState.DRAFT:
        return view(store, request, now, to_asker=True)
    shown = _shown_now(store, request, now)
    if shown != request.shown:
        _end(store, request, RequestState.OVERTAKEN, None, _CHANGED, now)
        return refusal(_CHANGED)
    if request.reaching.everyone and not confirmed(command.everyone):
        why = "This goes to everyone: {n} people. Type “everyone” to confirm."
        return Rejected(unfit={"everyone": Unfit(why=why, values={"n": request.reaching.told})})
    if not others(store, request.asked_by):
        return refusal(NOBODY_ELSE)
    return view(store, _ask(store, request, now), now, to_asker=True)


def _ask(store: GovernanceStore, request: HeldRequest, now: datetime) -> HeldRequest:
    """Ask all others who may approve it."""
    at = request.shown.at
    waiting = replace(
        request,
        state=RequestState.WAITING,
        asked_at=now,
        lapses_at=at if at is not None and now < at < now + HOLDS else now + HOLDS,
    )
    store.put_held_request(waiting)
    _lapse_later(store, waiting)
    store.renew_sent(SECOND_ASKED, waiting.id, now)
    for one in others(store, waiting.asked_by):
        store.deliver_to_person(
            one,
            campaign=f"{SECOND_ASKED}:{waiting.id}:{waiting.number}",
            kind=SECOND_ASKED,
            subject=waiting.id,
            now=now,
        )
    store.audit(waiting.asked_by, f"second person asked: {_what(waiting)}", waiting.id, now)
    return waiting


def _what(request: HeldRequest) -> str:
    """What the audit notes of a request."""
    whom = "the public" if request.reaching.public else f"{request.reaching.told} people"
    return f"{request.shown.act} to {whom}"


def _lapse_later(store: GovernanceStore, request: HeldRequest) -> None:
    at = minute_after(request.lapses_at)
    store.schedule(LAPSE, request.id, at, int(at.timestamp()) // 60)


# -- what is seen of it ----------------------------------------------------------------------------


def _may_see(actor: Actor, command: Any, store: GovernanceStore) -> Refused | None:
    request = store.held_request(command.request_id)
    if request is not None and actor.person_id is not None and request.asked_by == actor.person_id:
        return None
    return approver(actor, command, store)


def show(
    store: GovernanceStore, actor: Actor, command: ShowSecondRequest, now: datetime
) -> SecondAsked | SecondForm | Refused:
    request = store.held_request(command.request_id)
    if request is None:
        return refusal(GONE)
    mine = request.asked_by == actor.person_id
    if request.state is RequestState.DRAFT:
        return _form(store, request) if mine else refusal(GONE)
    return view(store, request, now, to_asker=mine)


def view(
    store: GovernanceStore, request: HeldRequest, now: datetime, *, to_asker: bool = False
) -> SecondAsked:
    is_open = request.open(now)
    may = tuple(one.name for one in others(store, request.asked_by)) if is_open else ()
    late = request.state is RequestState.WAITING and not is_open
    return SecondAsked(
        request_id=request.id,
        number=request.number,
        shown=request.shown,
        reaching=request.reaching,
        state=RequestState.LAPSED if late else request.state,
        asked_by=name_of(store, request.asked_by) if request.asked_by else "",
        asked_at=request.asked_at,
        lapses_at=request.lapses_at,
        open=is_open,
        approvers=may,
        decided_by=name_of(store, request.decided_by) if request.decided_by else "",
        decided_at=request.decided_at,
        why=request.why,
        values=request.values,
        to_asker=to_asker,
    )


# -- deciding --------------------------------------------------------------------------------------


def _to_decide(
    store: GovernanceStore, actor: Actor, command: ApproveRequest | DeclineRequest, now: datetime
) -> HeldRequest | SecondAsked | Refused:
    """The request to decide on, or what there is to say instead. Of two who decide at once the
    second hears what was decided."""
    request = store.lock_held_request(command.request_id)
    if request is None or request.state is RequestState.DRAFT:
        return refusal(GONE)
    if request.state is not RequestState.WAITING:
        return view(store, request, now)
    if actor.person_id is None or request.asked_by == actor.person_id:
        return refusal(_OWN)
    if request.number != command.number:
        return refusal(_ASKED_AGAIN)
    if not request.open(now):
        return _settled(store, request, RequestState.LAPSED, None, "", now)
    return request


def approve(
    store: GovernanceStore, actor: Actor, command: ApproveRequest, now: datetime
) -> SecondAsked | Refused:
    """The second person's yes: the command is done now, as whoever asked for it."""
    request = _to_decide(store, actor, command, now)
    if not isinstance(request, HeldRequest):
        return request
    if store.restored_since(request.asked_at):
        return refusal(ASKED_BEFORE_RESTORE)
    if _shown_now(store, request, now) != request.shown:
        return _settled(store, request, RequestState.OVERTAKEN, None, _CHANGED, now)
    asker = _asker(store, request)
    operation, held = _operations()[request.command], _command_of(request)
    if asker is None or operation.may(asker, held, store) is not None:
        return _settled(store, request, RequestState.OVERTAKEN, None, _MAY_NOT, now)
    by = ByTwo(asked_by=request.asked_by, approved_by=actor.somebody.id)
    people = request.reaching.people
    yes = Yes(by=by, reaching=request.reaching, most=int(people * GROWN))
    try:
        with store.approved_by(yes):
            outcome: Outcome = store.attempt(
                lambda: do(operation, store, asker, held, now),
                lambda said: isinstance(said, Refused | Rejected | NotForYou),
            )
    except SecondPersonNeededError as grew:
        if grew.reaching.everyone and not request.reaching.everyone:
            why = _GREW_TO_EVERYONE
            return _settled(store, request, RequestState.OVERTAKEN, None, why, now)
        _ask(store, replace(request, reaching=grew.reaching), now)
        return refusal(_GREW, n=str(grew.reaching.told))
    if isinstance(outcome, Refused | Rejected | NotForYou):
        first = _first_unfit(outcome)
        filled = replace(request, values={name: str(one) for name, one in first.values.items()})
        return _settled(store, filled, RequestState.OVERTAKEN, None, first.why, now)
    store.audit(by.approved_by, f"second person approved: {_what(request)}", request.id, now)
    return _settled(store, request, RequestState.APPROVED, by.approved_by, "", now)


def _first_unfit(outcome: Refused | Rejected | NotForYou) -> Unfit:
    """Why it cannot be done any more."""
    if isinstance(outcome, Rejected):
        return next(iter(outcome.unfit.values()), Unfit(why=""))
    return outcome.why


def show_decline_form(
    store: GovernanceStore, command: ShowDeclineRequest, now: datetime
) -> SecondDeclineForm | SecondAsked | Refused:
    request = store.held_request(command.request_id)
    if request is None or request.state is RequestState.DRAFT:
        return refusal(GONE)
    if not request.open(now):
        return view(store, request, now)
    return SecondDeclineForm(request_id=request.id, number=request.number, shown=request.shown)


def decline(
    store: GovernanceStore, actor: Actor, command: DeclineRequest, now: datetime
) -> SecondAsked | SecondDeclineForm | Rejected | Refused:
    request = _to_decide(store, actor, command, now)
    if isinstance(request, SecondAsked):
        form = SecondDeclineForm(
            request_id=request.request_id, number=command.number, shown=request.shown
        )
        another = says_another(command.why, request.why)
        return given_back(form, command, "why", request.why) if another else request
    if isinstance(request, Refused):
        return request
    why, unfit = typed(command.why, LONGEST_WHY)
    if unfit is None and not why:
        unfit = Unfit(why="Enter a reason. The person who asked needs to know what to change.")
    if unfit is not None:
        return Rejected(unfit={"why": unfit})
    store.audit(actor.person_id, f"second person declined: {_what(request)}", request.id, now)
    return _settled(store, request, RequestState.DECLINED, actor.person_id, why, now)


def withdraw(
    store: GovernanceStore, actor: Actor, command: WithdrawRequest, now: datetime
) -> SecondAsked | Refused:
    request = store.lock_held_request(command.request_id)
    if request is None or request.asked_by != actor.person_id:
        return refusal(GONE)
    if request.state in (RequestState.DRAFT, RequestState.WAITING):
        store.audit(actor.person_id, f"request withdrawn: {_what(request)}", request.id, now)
        request = _end(store, request, RequestState.WITHDRAWN, actor.person_id, "", now)
        store.renew_sent(SECOND_ASKED, request.id, now)
    return view(store, request, now, to_asker=True)


def lapse(store: GovernanceStore, command: LapseRequest, now: datetime) -> Done:
    request = store.lock_held_request(command.request_id)
    if request is None or now < request.lapses_at:
        return Done()
    if request.state is RequestState.DRAFT:
        _end(store, request, RequestState.LAPSED, None, "", now)
    elif request.state is RequestState.WAITING:
        store.audit(None, f"nobody decided in time: {_what(request)}", request.id, now)
        _settled(store, request, RequestState.LAPSED, None, "", now)
    return Done()


def _settled(
    store: GovernanceStore,
    request: HeldRequest,
    state: RequestState,
    by: UUID | None,
    why: str,
    now: datetime,
) -> SecondAsked:
    """How it ended: whoever asked is told, and the messages that asked for a decision say so in
    place of their buttons."""
    ended = _end(store, request, state, by, why, now)
    store.renew_sent(SECOND_ASKED, ended.id, now)
    asker = store.person(ended.asked_by) if ended.asked_by else None
    if asker is not None:
        store.deliver_to_person(
            asker,
            campaign=f"{SECOND_TOLD}:{ended.id}:{ended.number}",
            kind=SECOND_TOLD,
            subject=ended.id,
            now=now,
        )
    return view(store, ended, now)


def _end(
    store: GovernanceStore,
    request: HeldRequest,
    state: RequestState,
    by: UUID | None,
    why: str,
    now: datetime,
) -> HeldRequest:
    """What it would have done is not kept any longer."""
    ended = replace(request, body="", state=state, decided_by=by, decided_at=now, why=why)
    store.put_held_request(ended)
    return ended


def _command_of(request: HeldRequest) -> Any:
    return decode(_operations()[request.command].command, request.body)


def _shown_now(store: GovernanceStore, request: HeldRequest, now: datetime) -> Any:
    """What a second person would be shown of it now. None: there is nothing to show."""
    operation = _operations().get(request.command)
    if operation is None or operation.second is None:
        return None
    try:
        return operation.second(store, _command_of(request), now)
    except DecodingError:  # a newer version's, or an older one's
        return None


def _asker(store: GovernanceStore, request: HeldRequest) -> Actor | None:
    """Whoever asked, with what they may do now; None: they are not here any more."""
    if request.asked_by is None or request.source != Source.PERSON:
        return Actor(source=Source(request.source))
    person = store.person(request.asked_by)
    if person is None:
        return None
    asker = Actor(person=person, standing=store.standing(person.id))
    return None if stranger(asker, store) else asker


# -- declared --------------------------------------------------------------------------------------


def _to_approver(on: Occasion) -> SecondAsked | None:
    if on.reader is not None and not may_approve(on.store.standing(on.reader.id), on.store):
        return None
    request = on.store.held_request(on.subject)
    if request is None or not (request.open(on.now) or on.again):
        return None
    return view(on.store, request, on.now)


def _to_asker(on: Occasion) -> SecondAsked | None:
    request = on.store.held_request(on.subject)
    return view(on.store, request, on.now, to_asker=True) if request else None


def _confirmed(command: AskSecondPerson, fields: Fields) -> AskSecondPerson:
    return replace(command, everyone=word_typed(fields))


def _ahead(store: GovernanceStore, subjects: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    store.held_requests_ahead(subjects)
    found = [one for it in subjects if (one := store.held_request(it)) is not None]
    return (who for one in found for who in (one.asked_by, one.decided_by))


DELIVERIES: Deliveries = (
    Delivery(kind=SECOND_ASKED, compose=_to_approver, may_wait=True, ahead=_ahead),
    Delivery(kind=SECOND_TOLD, compose=_to_asker, may_wait=True, ahead=_ahead),
)

OPERATIONS: Operations = (
    Operation(
        command=AskSecondPerson,
        run=confirm,
        may=_may_see,
        button="ask-second",
        fill=_confirmed,
        form=lambda command: ShowSecondRequest(request_id=command.request_id),
    ),
    Operation(command=ShowSecondRequest, run=show, may=_may_see, reads=True, button="second-asked"),
    Operation(
        command=ApproveRequest,
        run=approve,
        may=approver,
        button="approve-second",
        refreshes_home=True,
    ),
    Operation(
        command=ShowDeclineRequest,
        run=lambda store, _, command, now: show_decline_form(store, command, now),
        may=approver,
        reads=True,
        button="decline-2nd-form",
    ),
    Operation(
        command=DeclineRequest,
        run=decline,
        may=approver,
        button="decline-second",
        takes=("why",),
        form=lambda command: ShowDeclineRequest(request_id=command.request_id),
        refreshes_home=True,
    ),
    Operation(command=WithdrawRequest, run=withdraw, may=_may_see, button="withdraw-second"),
    Operation(
        command=LapseRequest,
        run=lambda store, _, command, now: lapse(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=LAPSE, command=lambda subject, _: LapseRequest(request_id=subject)),
    ),
)
