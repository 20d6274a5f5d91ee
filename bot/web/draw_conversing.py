"""Talking with an author, as HTML."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot import (
    case_words,
    conversing_words,
    link_words,
    personal_words,
    recommendation_words,
    sensitive_words,
)
from bot.conversation import Reader
from bot.web.rendering import render
from bot.words import Words
from governance.conversing_messages import AskForm, ConversingMessage, ReplyForm, ReplyKept
from governance.messages import News, Told


def draw_conversing(message: ConversingMessage, reader: Reader, *, csrf: str, level: int) -> Markup:
    words = Words(reader.locale, reader.timezone)
    match message:
        case AskForm():
            name = "ask_form"
        case ReplyForm():
            name = "reply_form"
        case ReplyKept():
            name = "reply_kept"
        case _:
            assert_never(message)
    return render(
        f"messages/{name}.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        title=conversing_title(message, words),
        asks=conversing_words.asks(words),
        replies=conversing_words.replies(words),
    )


def draw_told(message: Told, reader: Reader, *, csrf: str, level: int) -> Markup:
    """What an author hears."""
    words = Words(reader.locale, reader.timezone)
    return render(
        "messages/told.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        urgent=case_words.notice(words, message) if message.news is News.URGENT else None,
        taken=case_words.taken(words, message),
        instead=sensitive_words.instead(words, message),
        heard=recommendation_words.heard(words, message),
        asked=conversing_words.asked(words, message),
        became=link_words.heard(words, message),
        came=link_words.news(words, message),
        personal=personal_words,
    )


def conversing_title(message: ConversingMessage, words: Words) -> str:
    match message:
        case AskForm():
            return words.say("Ask the author")
        case ReplyForm(committee=committee):
            return conversing_words.has_a_question(words, committee)
        case ReplyKept(committee=committee):
            return conversing_words.kept(words, committee)
        case _:
            assert_never(message)
