"""Messages as accessible HTML: one ``match`` over everything Sounding Board says."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup

from bot.cards import card_of
from bot.conversation import Reader
from bot.native import Native
from bot.web.asking import fields, inline_fields
from bot.web.card_pictures import draw_results
from bot.web.draw_dockets import draw_docket
from bot.web.draw_help import help_card, signin_card
from bot.web.draw_personal import draw_personal
from bot.web.draw_said import draw_my_surveys, draw_said
from bot.web.render_card import rendered
from bot.web.rendering import drawn_by, render
from bot.web.rules.editing import draw_editor
from core.cards import flat
from core.words import Words
from governance import links
from governance.conversations import wording as conversing_words
from governance.messages import (
    Brief,
    Done,
    FeedbackForm,
    Help,
    Message,
    SignInLink,
)
from governance.redaction import wording as personal_words
from governance.redaction.messages import TakenOutForm
from governance.rules.messages import DraftForm
from governance.waves import my_survey_wording as my_survey_words
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import MySurveys
from surveys.messages import (
    Invitation,
    QuestionPage,
    Results,
    WhatYouSaid,
)

_QUESTIONS = "macros/questions.html"


def draw(
    message: Message,
    reader: Reader,
    *,
    csrf: str = "",
    level: int = 2,
    did: str = "",
    here: str = "",
) -> Markup:
    """A message as HTML for one reader.

    ``csrf`` is the token of the forms inside; ``level`` the heading's (1 where the message is the
    page). ``did`` is what the reader did with an invitation; ``here`` is the page's path. What
    people typed is escaped; only the templates' own text is markup.
    """
    words = Words(reader.locale, reader.timezone)

    # Announcements are written and checked on their own pages, which also show translations,
    # feedback on one whose address was given out, and items beside others of their docket.
    if isinstance(message, Brief):
        return draw_docket(message, reader, csrf=csrf, level=level)
    if isinstance(message, FeedbackForm):
        return _feedback_form(message, reader, csrf, level)
    if isinstance(message, DraftForm):
        return draw_editor(message, reader, csrf=csrf, level=level)
    if not isinstance(message, Native):
        return rendered(card_of(message, words), reader, csrf=csrf, level=level, here=here)
    match message:
        case TakenOutForm():
            return draw_personal(message, reader, csrf=csrf, level=level)
        case Invitation():
            asked = inline_fields(message)
            return drawn_by(_QUESTIONS, "invitation", reader, message, asked, did, level, csrf)
        case QuestionPage():
            asked = fields(message, words)
            return drawn_by(_QUESTIONS, "question_page", reader, message, asked, csrf)
        case WhatYouSaid():
            return draw_said(message, reader, csrf=csrf, level=level)
        case MySurveys():
            return draw_my_surveys(message, reader, level=level)
        case Results(results=results):
            return draw_results(results, reader, level=level)
        case Help():
            return rendered(help_card(words, message), reader, csrf=csrf, level=level, here=here)
        case SignInLink():
            card = signin_card(words, reader.web_url)
            return rendered(card, reader, csrf=csrf, level=level, here=here)
        case Done():
            return Markup("")
        case _:
            assert_never(message)


def _feedback_form(message: FeedbackForm, reader: Reader, csrf: str, level: int) -> Markup:
    words = Words(reader.locale, reader.timezone)
    return render(
        "messages/feedback_form.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        way=conversing_words.anonymous_way(words),
        named_way=conversing_words.named(words),
        at=links.anonymous("", message.anonymous_door, message.token),
    )


def draw_badge(message: Message, words: Words) -> str:
    """The word in front of a message's title: how it stands by now."""
    return "" if isinstance(message, Native) else card_of(message, words).badge


def draw_title(message: Message, words: Words) -> str:
    """A message in a few words: the page's title, and the line of an older one in the inbox."""
    say = words.say
    if not isinstance(message, Native):
        return flat(card_of(message, words).title)
    match message:
        case TakenOutForm():
            return personal_words.form_title(words)
        case Invitation() | QuestionPage():
            return words.text(message.title)
        case WhatYouSaid():
            return said_words.title(words, message)
        case MySurveys():
            return my_survey_words.title(words)
        case Results(results=results):
            return say("Results: {title}", title=words.text(results.title))
        case Help():
            return say("What you can do here")
        case SignInLink():
            return say("Home on the web")
        case Done():
            return ""
        case _:
            assert_never(message)
