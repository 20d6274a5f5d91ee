"""What an author hears, as HTML."""

from __future__ import annotations

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
from governance.messages import News, Told


def draw_told(message: Told, reader: Reader, *, csrf: str, level: int) -> Markup:
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
