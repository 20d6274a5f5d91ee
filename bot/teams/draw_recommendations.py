"""A committee's recommendation as cards: to the CTO, and what was decided."""

from __future__ import annotations

from typing import assert_never

from bot import links
from bot import recommendation_words as say
from bot.conversation import Reader
from bot.teams.cards import (
    FIELD,
    Drawn,
    card,
    execute,
    heading,
    line,
    link,
    paragraphs,
    short,
    text_input,
)
from bot.teams.draw_feedback import LONGEST_SHOWN, put_back, reason
from bot.words import Words
from governance.commands import DecideAdvice, ShowDecisionForm
from governance.recommendation_messages import (
    AdviceSent,
    AdviceSettled,
    DecisionForm,
    RecommendationMessage,
)
from governance.recommendations import LONGEST_REASON


def draw_recommendation(words: Words, message: RecommendationMessage, reader: Reader) -> Drawn:
    match message:
        case AdviceSent():
            return _sent(words, message)
        case DecisionForm():
            return _form(words, message)
        case AdviceSettled():
            return _settled(words, message, reader)
        case _:
            assert_never(message)


def _sent(words: Words, message: AdviceSent) -> Drawn:
    said, subject = say.sent(words, message), message.recommendation_id
    body = [
        heading(said),
        *paragraphs(short(message.advice, LONGEST_SHOWN)),
        *(line(one, quiet=True) for one in say.sent_lines(words, message)),
    ]
    actions = [
        execute(
            words.say("Accept"),
            ShowDecisionForm(recommendation_id=subject, accept=True),
            primary=True,
        ),
        execute(words.say("Decline"), ShowDecisionForm(recommendation_id=subject, accept=False)),
    ]
    return card(body, actions, summary=said, locale=words.locale)


def _form(words: Words, form: DecisionForm) -> Drawn:
    title = say.deciding(words, form)
    body = [
        heading(title),
        line(say.hint(words, form)),
        *put_back(words, form.doubt),
        *reason(words, form.unfit, "reason"),
        text_input(
            f"{FIELD}reason",
            words.say("Why?"),
            value=form.reason,
            required=True,
            longest=LONGEST_REASON,
            error=words.say("Please write something."),
        ),
    ]
    label = words.say("Accept") if form.accept else words.say("Decline")
    decide = DecideAdvice(recommendation_id=form.recommendation_id, accept=form.accept)
    actions = [execute(label, decide, primary=True, inputs=True, doubt=form.doubt)]
    return card(body, actions, summary=title, locale=words.locale)


def _settled(words: Words, message: AdviceSettled, reader: Reader) -> Drawn:
    said = say.settled(words, message)
    body = [
        heading(said),
        line(words.say("Why"), strong=True),
        *paragraphs(short(message.reason, LONGEST_SHOWN)),
        *(line(one, quiet=True) for one in say.settled_lines(words, message)),
    ]
    url = links.advice(reader.web_url, message.recommendation_id)
    actions = [link(words.say("Read it on the web"), url)] if reader.web_url else []
    return card(body, actions, summary=said, locale=words.locale)
