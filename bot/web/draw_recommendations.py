"""A committee's recommendation as HTML: to the CTO, and what was decided."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot import recommendation_words as say
from bot.conversation import Reader
from bot.web.rendering import render
from bot.words import Words
from governance.recommendation_messages import (
    AdviceSent,
    AdviceSettled,
    DecisionForm,
    RecommendationMessage,
)


def draw_recommendation(
    message: RecommendationMessage, reader: Reader, *, csrf: str, level: int
) -> Markup:
    words = Words(reader.locale, reader.timezone)
    more: dict[str, object]
    match message:
        case AdviceSent():
            template, more = "advice_sent", {"lines": say.sent_lines(words, message)}
        case DecisionForm():
            template, more = "decision_form", {"hint": say.hint(words, message)}
        case AdviceSettled():
            template, more = "advice_settled", {"lines": say.settled_lines(words, message)}
        case _:
            assert_never(message)
    name, said = f"messages/{template}.html", say.title(words, message)
    return render(name, reader, m=message, csrf=csrf, level=level, said=said, **more)
