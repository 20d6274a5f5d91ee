"""Recommending: a committee writes advice to the CTO, who accepts or declines it and says why;
everybody who contributed hears it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from core.forms import Opening
from core.people import Person
from core.words import Words
from governance.access import Actor, anybody, office, refusal, worker_on_queue
from governance.committees.model import RESTRICTED, Office
from governance.deliveries import Deliveries, Delivery, Occasion
from governance.docket.handlers import HIDDEN, queue_name
from governance.docket.history import StepKind
from governance.docket.stepping import note_step
from governance.duplicates.model import said_by
from governance.feedback.excerpts import excerpt
from governance.feedback.handlers import tell_author
from governance.feedback.model import Item
from governance.forms.messages import FormView, again
from governance.goal_changes.model import Holder, HolderKind
from governance.messages import News, Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.recommendations import forms, wording
from governance.recommendations.commands import (
    DecideAdvice,
    SendAdvice,
    ShowAdvice,
    ShowChanges,
    ShowRecommendations,
    TellOutcome,
    WriteAdvice,
)
from governance.recommendations.lists import of_committee
from governance.recommendations.messages import AdviceSent, AdviceSettled
from governance.recommendations.model import (
    LONGEST_REASON,
    AdviceState,
    AdviceView,
    ChangesView,
    Recommendation,
    RecommendationsView,
)
from governance.redaction.screening import note_returned, screen
from governance.references.binding import goal_bound, goals_of, line, voices
from governance.references.model import Bound, BoundKind, BoundLine
from governance.refusals import LEADERS_ONLY, NOT_HERE
from governance.second_tabs import says_another
from governance.second_tabs import settled as already
from governance.typed import typed
from surveys.messages import Rejected
from surveys.questions import Unfit

ADVICE, ADVICE_SETTLED = "advice", "advice-settled"
"""Of deliveries: to the CTO, and to the committee when it is decided."""


# -- writing ----------------------------------------------------------------------------------


def open_advice(
    store: GovernanceStore, actor: Actor, command: WriteAdvice, _: datetime
) -> Opening | AdviceView:
    found = store.recommendation(command.recommendation_id)
    if found is not None and found.state is not AdviceState.DRAFT:
        return view(store, actor, found)
    district, hidden = store.district(), store.kept_from(actor.somebody.id)
    items = [one for one in store.items_in(command.queue) if one.id not in hidden]
    people = store.people_saying_each([one.id for one in items])
    return forms.advice(
        found,
        queue=command.queue,
        committee=queue_name(district, command.queue),
        items=tuple((str(one.id), _choice(one, people.get(one.id, 1))) for one in items),
        goals=tuple((one.key, one.title.default) for one in goals_of(district) if not one.retired),
        of_survey=store.wave_advised(command.recommendation_id) is not None,
    )


def _choice(item: Item, people: int) -> Callable[[Words], str]:
    return lambda words: wording.choice(words, excerpt(item), said_by(people))


def unfit_advice(
    store: GovernanceStore, actor: Actor, command: WriteAdvice, now: datetime
) -> dict[str, Unfit]:
    """It is about something, where it is not of what staff put first."""
    if (
        command.items
        or command.goals
        or command.rule
        or store.wave_advised(command.recommendation_id)
    ):
        return {}
    hidden = store.kept_from(actor.somebody.id)
    there = any(one.id not in hidden for one in store.items_in(command.queue))
    why = Unfit(why="Choose what it is about: messages, a goal or a rule.")
    return {"items" if there else "rule": why}


def write(
    store: GovernanceStore, actor: Actor, command: WriteAdvice, now: datetime
) -> FormView | AdviceView:
    """Keep a draft. Everybody may read it in the end: no name that was typed may travel along."""
    opening = open_advice(store, actor, command, now)
    if not isinstance(opening, Opening):
        return opening
    found = store.recommendation(command.recommendation_id)
    before = (found.title, found.advice) if found else ()
    screened = screen((command.title, command.advice), command.put_back, before)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    title, advice = screened.texts
    draft = Recommendation(
        id=command.recommendation_id,
        queue=command.queue,
        title=title,
        advice=advice,
        items=tuple(UUID(one) for one in command.items),
        about=_about(store, command),
        written_by=actor.person_id,
        written_at=now,
    )
    store.put_recommendation(draft)
    store.audit(actor.person_id, "recommendation drafted", draft.id, now)
    note_returned(store, actor.person_id, screened, draft.id, now)
    return view(store, actor, draft)


def _about(store: GovernanceStore, command: WriteAdvice) -> tuple[Bound, ...]:
    goals = (goal_bound(store.district(), key) for key in command.goals)
    rules = [Bound(kind=BoundKind.RULE, key=command.rule)] if command.rule else []
    return (*(one for one in goals if one is not None), *rules)


def send(
    store: GovernanceStore, actor: Actor, command: SendAdvice, now: datetime
) -> AdviceView | Refused:
    """To the CTO, once. What was sent is not changed anymore."""
    found = store.recommendation(command.recommendation_id)
    if found is None:
        return refusal(NOT_HERE)
    if found.state is not AdviceState.DRAFT:
        return view(store, actor, found)
    sent = replace(found, state=AdviceState.SENT, sent_by=actor.person_id, sent_at=now)
    store.put_recommendation(sent)
    store.audit(actor.person_id, "recommendation sent to the CTO", sent.id, now)
    for item_id in sent.items:
        item = store.item(item_id)
        if item is not None and item.queue == sent.queue:
            note_step(store, actor, item, StepKind.RECOMMENDED, now, about=sent.title)
    for officer in store.holders(Office.CTO)[:1]:
        store.deliver_to_person(
            officer, campaign=f"advice:{sent.id}", kind=ADVICE, subject=sent.id, now=now
        )
    return view(store, actor, sent)


# -- deciding ---------------------------------------------------------------------------------


def open_decision(
    store: GovernanceStore, _: Actor, command: DecideAdvice, __: datetime
) -> Opening | AdviceSettled | Refused:
    found = store.recommendation(command.recommendation_id)
    if found is None or found.state is AdviceState.DRAFT:
        return refusal(NOT_HERE)
    return settled(store, found) or forms.deciding(found.id, found.title, accept=command.accept)


def decide(
    store: GovernanceStore, actor: Actor, command: DecideAdvice, now: datetime
) -> AdviceSettled | FormView | Refused:
    """Accept or decline it, with a reason. The committee hears it, and so does everybody whose
    words it was made of, each in the way in which they spoke."""
    found = store.recommendation(command.recommendation_id)
    if found is None or found.state is AdviceState.DRAFT:
        return refusal(NOT_HERE)
    opening = forms.deciding(found.id, found.title, accept=command.accept)
    if (stands := settled(store, found)) is not None:  # the same press again, or a second one
        another = says_another(command.reason, stands.reason, command.put_back)
        if stands.accepted is command.accept and not another:
            return stands
        return again(command, opening, unfit={"reason": already(found.reason or "")})
    screened = screen((command.reason,), command.put_back)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    (reason,) = screened.texts
    state = AdviceState.ACCEPTED if command.accept else AdviceState.DECLINED
    decided = replace(found, state=state, reason=reason, decided_by=actor.person_id, decided_at=now)
    store.put_recommendation(decided)
    store.audit(actor.person_id, f"recommendation {state}", decided.id, now)
    note_returned(store, actor.person_id, screened, decided.id, now)
    _tell(store, decided, now)
    done = settled(store, decided)
    return done if done is not None else refusal(NOT_HERE)


def _tell(store: GovernanceStore, decided: Recommendation, now: datetime) -> None:
    store.renew_sent(ADVICE, decided.id, now)
    for member in store.members(decided.queue):
        store.deliver_to_person(
            member,
            campaign=f"advice:{decided.id}",
            kind=ADVICE_SETTLED,
            subject=decided.id,
            now=now,
        )
    news = News.ACCEPTED if decided.state is AdviceState.ACCEPTED else News.DECLINED
    for item_id in decided.items:
        item = store.item(item_id)
        if item is not None:
            tell_author(store, item, news, now, about=decided.id)


def tell_outcome(
    store: GovernanceStore, actor: Actor, command: TellOutcome, now: datetime
) -> AdviceView | Rejected | Refused:
    """What has changed because of it: everybody can read it from now on."""
    found = store.recommendation(command.recommendation_id)
    if found is None or found.state is not AdviceState.ACCEPTED:
        return refusal(NOT_HERE)
    outcome, too_long = typed(command.outcome, LONGEST_REASON)
    if too_long:
        return Rejected(unfit={"outcome": too_long})
    if not outcome:
        return Rejected(unfit={"outcome": Unfit(why="Say what has changed.")})
    screened = screen((outcome,), command.put_back, (found.outcome,) if found.outcome else ())
    if screened.doubt:
        return replace(view(store, actor, found), outcome=outcome, doubt=screened.doubt)
    (outcome,) = screened.texts
    told = replace(found, outcome=outcome, outcome_by=actor.person_id, outcome_at=now)
    store.put_recommendation(told)
    store.audit(actor.person_id, "recommendation's outcome told", told.id, now)
    note_returned(store, actor.person_id, screened, told.id, now)
    return view(store, actor, told)


# -- showing ----------------------------------------------------------------------------------


def show(store: GovernanceStore, actor: Actor, command: ShowAdvice) -> AdviceView | Refused:
    found = store.recommendation(command.recommendation_id)
    return refusal(NOT_HERE) if found is None else view(store, actor, found)


def show_recommendations(
    store: GovernanceStore, actor: Actor, command: ShowRecommendations
) -> RecommendationsView:
    return RecommendationsView(
        queue=command.queue,
        name=queue_name(store.district(), command.queue),
        recommendations=of_committee(store, command.queue),
        leads=command.queue in actor.standing.leads,
    )


def show_changes(store: GovernanceStore) -> ChangesView:
    """For everybody: no name beyond the office's, and no word of an item."""
    accepted = store.recommendations(AdviceState.ACCEPTED)
    return ChangesView(changes=tuple(_seen(store, one) for one in accepted))


def view(store: GovernanceStore, actor: Actor, found: Recommendation) -> AdviceView:
    mine = found.queue in actor.standing.sits
    return replace(
        _seen(store, found),
        items=tuple(_said(store, found, one) for one in found.items) if mine else (),
        sent_by=_name(store, found.sent_by) if mine or actor.cto else None,
        mine=mine,
        leads=found.queue in actor.standing.leads,
        decides=actor.cto and found.state is not AdviceState.DRAFT,
    )


def _seen(store: GovernanceStore, found: Recommendation) -> AdviceView:
    return AdviceView(
        recommendation=found,
        committee=queue_name(store.district(), found.queue),
        about=_lines(store, found),
        voices=voices(store, found.items),
        decided_by=_name(store, found.decided_by),
    )


def _lines(store: GovernanceStore, found: Recommendation) -> tuple[BoundLine, ...]:
    holder = Holder(kind=HolderKind.RECOMMENDATION, key=str(found.id))
    return tuple(line(store, one, holder) for one in found.about)


def _said(store: GovernanceStore, found: Recommendation, item_id: UUID) -> str:
    """What was moved to the restricted page since is not said again."""
    item = store.item(item_id)
    return HIDDEN if item is None or item.queue == RESTRICTED else excerpt(item)


def sent(store: GovernanceStore, recommendation_id: UUID) -> AdviceSent | AdviceSettled | None:
    """What the CTO is sent; once it is decided, what was decided."""
    found = store.recommendation(recommendation_id)
    if found is None or found.sent_at is None:
        return None
    return settled(store, found) or AdviceSent(
        recommendation_id=found.id,
        committee=queue_name(store.district(), found.queue),
        title=found.title,
        advice=found.advice,
        about=tuple(one.name for one in _lines(store, found)),
        voices=voices(store, found.items),
        sent_at=found.sent_at,
    )


def settled(
    store: GovernanceStore, found: Recommendation, *, to_committee: bool = False
) -> AdviceSettled | None:
    """What was decided; None: nothing yet."""
    if found.decided_at is None:
        return None
    return AdviceSettled(
        recommendation_id=found.id,
        committee=queue_name(store.district(), found.queue),
        title=found.title,
        accepted=found.state is AdviceState.ACCEPTED,
        reason=found.reason or "",
        by=_name(store, found.decided_by) or "\u2013",
        at=found.decided_at,
        to_committee=to_committee,
    )


def settled_for(
    store: GovernanceStore, recommendation_id: UUID, reader: Person | None
) -> AdviceSettled | None:
    """What a member of the committee is told; None for whoever has left it."""
    found = store.recommendation(recommendation_id)
    if found is None:
        return None
    if reader is not None and found.queue not in store.committees_of(reader.id):
        return None
    return settled(store, found, to_committee=True)


def _name(store: GovernanceStore, person_id: UUID | None) -> str | None:
    person = store.person(person_id) if person_id else None
    return person.name if person else None


def _writer(actor: Actor, command: WriteAdvice, store: GovernanceStore) -> Refused | None:
    """Who leads a committee, for it."""
    found = store.recommendation(command.recommendation_id)
    its_own = found is None or found.queue == command.queue
    leads = command.queue in actor.standing.leads
    return None if leads and its_own else refusal(LEADERS_ONLY)


def _sender(actor: Actor, command: SendAdvice, store: GovernanceStore) -> Refused | None:
    found = store.recommendation(command.recommendation_id)
    leads = found is not None and found.queue in actor.standing.leads
    return None if leads else refusal(LEADERS_ONLY)


def _reader(actor: Actor, command: ShowAdvice, store: GovernanceStore) -> Refused | None:
    """Everybody on the committee; the CTO what was sent, and everybody what was accepted."""
    found = store.recommendation(command.recommendation_id)
    if found is None:
        return refusal(LEADERS_ONLY)
    sent = found.state is not AdviceState.DRAFT and actor.cto
    known = found.state is AdviceState.ACCEPTED or found.queue in actor.standing.sits
    return None if sent or known else refusal(LEADERS_ONLY)


def _for_decision(on: Occasion) -> AdviceSent | AdviceSettled | None:
    return sent(on.store, on.subject) if on.for_cto else None


def _ahead(store: GovernanceStore, subjects: Sequence[UUID], _: Person) -> Iterable[UUID | None]:
    store.recommendations_ahead(subjects)
    found = [one for it in subjects if (one := store.recommendation(it)) is not None]
    store.items_ahead([item for one in found for item in one.items])
    store.remappings_ahead(
        Holder(kind=HolderKind.RECOMMENDATION, key=str(one.id)) for one in found if one.about
    )
    return (one.decided_by for one in found)


DELIVERIES: Deliveries = (
    Delivery(kind=ADVICE, compose=_for_decision, may_wait=True, ahead=_ahead),
    Delivery(kind=ADVICE_SETTLED, compose=lambda on: settled_for(on.store, on.subject, on.reader)),
)


OPERATIONS: Operations = (
    Operation(
        command=WriteAdvice,
        run=write,
        may=_writer,
        button="advice",
        opens=open_advice,
        fits=unfit_advice,
    ),
    Operation(command=SendAdvice, run=send, may=_sender, button="send-advice"),
    Operation(
        command=ShowAdvice,
        run=lambda store, actor, command, _: show(store, actor, command),
        may=_reader,
        reads=True,
        button="recommendation",
    ),
    Operation(command=DecideAdvice, run=decide, may=office, button="decide", opens=open_decision),
    Operation(
        command=TellOutcome,
        form=lambda command: ShowAdvice(recommendation_id=command.recommendation_id),
        run=tell_outcome,
        may=office,
        button="outcome",
        takes=("outcome", "put_back"),
    ),
    Operation(
        command=ShowRecommendations,
        run=lambda store, actor, command, _: show_recommendations(store, actor, command),
        may=worker_on_queue,
        reads=True,
    ),
    Operation(
        command=ShowChanges,
        run=lambda store, _, __, ___: show_changes(store),
        may=anybody,
        reads=True,
    ),
)
