"""Urgent cases as mails: that there is one, and never a word of it."""

from __future__ import annotations

from bot import case_words, links
from bot.mail.drawn import Drawn
from bot.words import Words
from governance.case_messages import CaseNews, UrgentAlert


def draw_case(message: UrgentAlert | CaseNews, words: Words, web_url: str) -> Drawn:
    match message:
        case UrgentAlert():
            return _urgent(message, words, web_url)
        case CaseNews():
            return _case_news(message, words, web_url)


def _urgent(message: UrgentAlert, words: Words, web_url: str) -> Drawn:
    say, follows = words.say, case_words.follows(words, message)
    return Drawn(
        subject=say("Urgent: this needs a person now"),
        heading=say("This needs a person now"),
        parts=(
            ("", say("Somebody told us something that reads as urgent.")),
            ("", say("Who and what stands on its page. Open it now and say that you take it.")),
            *((("", follows),) if follows else ()),
        ),
        press=say("Open it on its page"),
        url=links.case(web_url, message.item_id, message.urgency),
    )


def _case_news(message: CaseNews, words: Words, web_url: str) -> Drawn:
    said = case_words.news(words, message)
    return Drawn(
        subject=said,
        heading=said,
        parts=(),
        press=words.say("Open it on its page"),
        url=links.case(web_url, message.item_id, message.urgency),
    )
