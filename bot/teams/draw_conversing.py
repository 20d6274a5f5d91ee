"""Talking with an author, as cards."""

from __future__ import annotations

from typing import assert_never

from bot import conversing_words
from bot.teams.cards import (
    FIELD,
    Drawn,
    Element,
    card,
    execute,
    heading,
    labelled,
    line,
    quoted,
    short,
    text_input,
)
from bot.teams.draw_feedback import reason
from bot.words import Words
from governance.commands import AskAuthor, ReplyToCommittee, ShowItem
from governance.conversing import LONGEST_QUESTION, LONGEST_REPLY
from governance.conversing_messages import AskForm, ConversingMessage, ReplyForm, ReplyKept
from governance.messages import Brief

_SHOWN = 4
"""Questions and replies on a brief: its page has them all."""


def conversation(words: Words, item: Brief) -> list[Element]:
    """What was asked and replied, under a brief."""
    said = conversing_words.lines(words, item.conversation[-_SHOWN:])
    made = [labelled(f"{label}:", short(text, 600)) for label, text in said]
    waits = conversing_words.waits(words, item)
    return [*made, line(waits, strong=True)] if waits else made


def draw(words: Words, message: ConversingMessage) -> Drawn:
    match message:
        case AskForm():
            return _ask(words, message)
        case ReplyForm():
            return _reply(words, message)
        case ReplyKept():
            said = conversing_words.kept(words, message.committee)
            body = [heading(said), line(words.not_monitored(), quiet=True)]
            return card(body, [], summary=said, locale=words.locale)
        case _:
            assert_never(message)


def _ask(words: Words, form: AskForm) -> Drawn:
    title = words.say("Ask the author")
    body = [
        heading(title),
        quoted(short(form.redacted, 600)),
        line(conversing_words.asks(words)),
        *reason(words, form.unfit, "text"),
        text_input(
            f"{FIELD}text",
            words.say("Your question"),
            value=form.text,
            required=True,
            longest=LONGEST_QUESTION,
            error=words.say("Please write something."),
        ),
    ]
    send = AskAuthor(item_id=form.item_id, text="")
    actions = [
        execute(words.say("Ask"), send, primary=True, inputs=True),
        execute(words.say("Back"), ShowItem(item_id=form.item_id)),
    ]
    return card(body, actions, summary=title, locale=words.locale)


def _reply(words: Words, form: ReplyForm) -> Drawn:
    title = words.say("{committee} has a question for you.", committee=form.committee)
    body = [
        heading(title),
        labelled(conversing_words.asked_by(words, form.committee), form.question),
        labelled(words.say("On this you said:"), short(form.said, 600)),
        line(words.leave_names_out()),
        *reason(words, form.unfit, "text"),
        text_input(
            f"{FIELD}text",
            words.say("Your reply"),
            value=form.text,
            required=True,
            longest=LONGEST_REPLY,
            error=words.say("Please write something."),
        ),
        line(conversing_words.replies(words), quiet=True),
        line(words.not_monitored(), quiet=True),
    ]
    send = ReplyToCommittee(item_id=form.item_id, text="")
    actions = [execute(words.say("Send the reply"), send, primary=True, inputs=True)]
    return card(body, actions, summary=title, locale=words.locale)
