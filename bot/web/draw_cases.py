"""What cannot wait as HTML: urgent cases, and what goes to the help desk."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot import case_words
from bot.conversation import Reader
from bot.web.draw_help_desk import draw_help_desk, help_desk_title
from bot.web.rendering import render
from bot.words import Words
from governance.case_messages import CaseMessage, CaseNews, CloseCaseForm, UrgentAlert
from governance.hand_over import HandOverMessage, HelpDeskOffer, Ticket

CannotWait = CaseMessage | HandOverMessage


def draw_case(message: CannotWait, reader: Reader, *, csrf: str, level: int) -> Markup:
    words = Words(reader.locale, reader.timezone)

    def ink(template: str, **more: object) -> Markup:
        name = f"messages/{template}.html"
        return render(name, reader, m=message, csrf=csrf, level=level, **more)

    match message:
        case UrgentAlert():
            return ink("urgent_alert", case=case_words)
        case CaseNews():
            return ink("case_news", said=case_words.news(words, message))
        case CloseCaseForm():
            return ink("close_case_form", outcomes=case_words.outcomes(words))
        case HelpDeskOffer() | Ticket():
            return draw_help_desk(message, reader, csrf=csrf, level=level)
        case _:
            assert_never(message)


def case_title(message: CannotWait, words: Words) -> str:
    match message:
        case UrgentAlert():
            return words.say("Urgent: this needs a person now")
        case CaseNews():
            return case_words.news(words, message)
        case CloseCaseForm():
            return words.say("How did it end?")
        case HelpDeskOffer() | Ticket():
            return help_desk_title(message, words)
        case _:
            assert_never(message)
