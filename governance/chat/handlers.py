"""Chatting: what somebody asks of the bot itself is answered from what is known of them, and what
is too short to tell waits for their yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from core.people import Person
from governance.access import Actor, anybody, refusal
from governance.chat.model import (
    HELD_FOR,
    ChatAnswer,
    ChatCommand,
    Converse,
    HoldWords,
    Intent,
    LetGo,
    MyMessage,
    PassOn,
    ShallIPassItOn,
)
from governance.conversations.model import open_question
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.faq.asking import answered_before, helped
from governance.faq.messages import FaqHelped
from governance.feedback.author_news import answered
from governance.feedback.excerpts import excerpt
from governance.feedback.handlers import LONGEST, give_feedback
from governance.home.handlers import queue_shown
from governance.messages import FeedbackReceived, Refused, Told
from governance.operations import Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.refusals import WORDS_GONE
from governance.typed import typed
from governance.urgent.alarming import urgent_at_once
from governance.waves.handlers import show_my_surveys
from surveys.messages import Rejected
from surveys.questions import Unfit

TYPED_WITHIN = timedelta(minutes=5)
"""How long after the question a typed yes or no is the answer to it; a button always is."""

MOST_MESSAGES = 3

_ABOUT_MESSAGES = (Intent.MY_MESSAGE,)
_ABOUT_SURVEYS = (
    Intent.GREETING,
    Intent.DONE,
    Intent.STOP,
    Intent.CLOSES,
    Intent.HOW_LONG,
    Intent.RESULTS,
)

Answer = ChatAnswer | ShallIPassItOn | FeedbackReceived | FaqHelped | Rejected | Refused


def chat(
    store: GovernanceStore, actor: Actor, person: Person, command: ChatCommand, now: datetime
) -> Answer:
    match command:
        case Converse():
            return _converse(store, actor, person, command, now)
        case HoldWords():
            return hold(store, person, command, now)
        case PassOn():
            return _pass_on(store, person, command, now)
        case LetGo(item_id=item_id):
            dropped = store.drop_words(item_id, person.id)
            return _answer(store, actor, Intent.NO, now, dropped=dropped)
        case _:
            assert_never(command)


def _converse(
    store: GovernanceStore, actor: Actor, person: Person, command: Converse, now: datetime
) -> Answer:
    intent = command.intent
    if command.plain and intent in (Intent.YES, Intent.NO):
        waiting = store.last_held(person.id, now - TYPED_WITHIN)
        if waiting is not None:
            yes = intent is Intent.YES
            if store.offered(waiting, person.id) is not None:  # "did this help?"
                if yes:
                    return helped(store, person, waiting)
                yes = True
            answered = PassOn if yes else LetGo
            return chat(store, actor, person, answered(item_id=waiting), now)
        items = store.items_by(person.id, most=MOST_MESSAGES)
        if any(open_question(store.exchanges(item.id)) for item in items):
            return _answer(store, actor, Intent.MY_MESSAGE, now)
    return _answer(store, actor, intent, now)


def hold(
    store: GovernanceStore, person: Person, command: HoldWords, now: datetime
) -> ShallIPassItOn | FeedbackReceived | Rejected:
    """What may be danger is passed on at once, however short it is."""
    text, unfit = typed(command.text, LONGEST)
    if not text:
        unfit = Unfit(why="Write what you want to tell us.")
    if unfit is not None:
        return Rejected(unfit={"text": unfit})
    if urgent_at_once(text, command.glanced):
        given = GiveFeedback(item_id=command.item_id, text=text, glanced=command.glanced)
        return give_feedback(store, person, given, now)
    store.hold_words(command.item_id, person.id, text, now)
    return ShallIPassItOn(item_id=command.item_id, until=now + HELD_FOR)


def _pass_on(
    store: GovernanceStore, person: Person, command: PassOn, now: datetime
) -> FeedbackReceived | Rejected | Refused:
    text = store.held_words(command.item_id, person.id, now - HELD_FOR)
    if text is not None:
        given = GiveFeedback(item_id=command.item_id, text=text)
        if offer := store.offered(command.item_id, person.id):
            given = replace(given, about=offer.about, naming=offer.naming)
        received = give_feedback(store, person, given, now)
        store.drop_words(command.item_id, person.id)
        return received
    there = store.item(command.item_id)
    if there is not None and there.author == person.id:  # pressed twice
        return FeedbackReceived(item_id=there.id, naming=there.naming)
    return refusal(WORDS_GONE)


def _answer(
    store: GovernanceStore,
    actor: Actor,
    intent: Intent,
    now: datetime,
    *,
    dropped: bool = False,
) -> ChatAnswer:
    district, person = store.district(), actor.somebody
    surveys = show_my_surveys(store, actor, now).surveys if intent in _ABOUT_SURVEYS else ()
    items = store.items_by(person.id, most=MOST_MESSAGES) if intent in _ABOUT_MESSAGES else ()
    return ChatAnswer(
        intent=intent,
        district=district.name,
        surveys=surveys,
        messages=tuple(
            MyMessage(
                item_id=item.id,
                received_at=item.received_at,
                said=excerpt(item),
                state=item.state,
                committee=queue_shown(store, item),
                asked_back=open_question(store.exchanges(item.id)) is not None,
            )
            for item in items
        ),
        contacts=district.contacts,
        anonymous_door=store.anonymous_doors(now)[0],
        dropped=dropped,
    )


def _chatted(
    store: GovernanceStore, actor: Actor, command: ChatCommand, now: datetime
) -> Answer | Told:
    said = chat(store, actor, actor.somebody, command, now)
    return answered(store, said) if isinstance(said, FeedbackReceived) else said


OPERATIONS: Operations = (
    Operation(
        command=GiveFeedback,
        refreshes_home=True,
        form=lambda command: ShowFeedbackForm(about=command.about),
        run=lambda store, actor, command, now: (
            answered_before(store, actor.somebody, command, now)
            or answered(store, give_feedback(store, actor.somebody, command, now))
        ),
        may=anybody,
        wakes=frozenset({Wake.READER}),
        button="tell",
        carries=("naming", "about"),
        takes=("text", "naming", "about"),
    ),
    Operation(command=Converse, run=_chatted, may=anybody, wakes=frozenset({Wake.READER})),
    Operation(command=HoldWords, run=_chatted, may=anybody, wakes=frozenset({Wake.READER})),
    Operation(
        command=PassOn, run=_chatted, may=anybody, wakes=frozenset({Wake.READER}), button="pass-on"
    ),
    Operation(command=LetGo, run=_chatted, may=anybody, button="let-go"),
)
