"""An item of a docket, and what its committee does with it among themselves, as HTML."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot import conversing_words, docket_words, link_words, matter_words, personal_words
from bot.conversation import Reader
from bot.web.rendering import render
from bot.words import Words
from governance.docket_messages import AssignForm, DocketMessage, LinkForm, MatterForm
from governance.messages import Brief


def draw_docket(message: Brief | DocketMessage, reader: Reader, *, csrf: str, level: int) -> Markup:
    words = Words(reader.locale, reader.timezone)

    def ink(template: str, **more: object) -> Markup:
        name = f"messages/{template}.html"
        return render(name, reader, m=message, csrf=csrf, level=level, **more)

    match message:
        case Brief():
            beside = [
                *matter_words.beside(words, message),
                *link_words.beside(words, message.links),
            ]
            return ink(
                "brief",
                personal=personal_words,
                **docket_words.beside(words, message),
                beside=beside,
                waits=conversing_words.waits(words, message),
                link=link_words.opens(words),
                all_of_it=matter_words.all_of_it(words),
            )
        case AssignForm():
            return ink("assign_form", choices=docket_words.choices(words, message))
        case LinkForm():
            return ink("link_form", link=link_words)
        case MatterForm():
            asked, said = docket_title(message, words), matter_words.all_of_it(words)
            return ink("matter_form", asked=asked, all_of_it=said)
        case _:
            assert_never(message)


def docket_title(message: DocketMessage, words: Words) -> str:
    match message:
        case AssignForm():
            return words.say("Who looks after it?")
        case LinkForm():
            return link_words.title(words)
        case MatterForm():
            return matter_words.asked(words, message)
        case _:
            assert_never(message)
