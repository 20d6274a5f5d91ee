"""Every message as an Adaptive Card: one ``match`` over the whole union."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bot.cards import card_of, has_card
from bot.conversation import Reader
from bot.native import Native
from bot.registry import encode
from bot.teams import dialogs
from bot.teams import draw_personal as personal
from bot.teams.cards import (
    LARGEST,
    Drawn,
    Element,
    card,
    execute,
    heading,
    labelled,
    line,
    link,
    size,
)
from bot.teams.draw_said import all_mine, my_surveys
from bot.teams.draw_signin import signin_link
from bot.teams.draw_surveys import draw_survey_message
from bot.teams.draw_views import part_of_home
from bot.teams.pictures import PictureLinks
from bot.teams.render import rendered
from bot.whole_pages import way
from core.words import Words
from governance import links, wording
from governance.announcements.commands import WriteAnnouncement
from governance.chat import wording as chat_words
from governance.chat.shortcuts import shortcuts
from governance.docket.commands import ShowFeedbackForm
from governance.forms.commands import Open
from governance.home.commands import HomePart
from governance.messages import (
    Done,
    Help,
    Message,
    SignInLink,
)
from governance.people.ways_in import AskSignInLink
from governance.redaction.messages import TakenOutForm
from governance.views import HomeView, View
from governance.waves.my_surveys import MySurveys
from surveys.messages import (
    Invitation,
    QuestionPage,
    Rejected,
    Results,
    WhatYouSaid,
)
from surveys.questions import Unfit


def draw(
    message: Message | View | Rejected,
    reader: Reader,
    *,
    pictures: PictureLinks | None = None,
    window: bool = False,
) -> Drawn | None:
    """The card of a message; None where there is nothing to show (``Done``).
    ``pictures`` gives released charts their addresses (None: there are none). Views are pages of
    the web platform; here they become a link. So does a card that Teams would refuse as too large.
    ``window``: it is for a dialog.
    """
    words = Words(locale=reader.locale, timezone=reader.timezone)
    drawn = _draw(words, message, reader, pictures, window=window)
    if drawn is not None and window:
        drawn = dialogs.in_one(drawn)
    if drawn is None or size(drawn.card) <= LARGEST:
        return drawn
    said = words.say("This is too long for {platform}.", platform="Teams")
    way = link(words.say("Open it on the web"), f"{reader.web_url}{_place(words, message)}")
    actions = [way] if reader.web_url else []
    return card([heading(drawn.summary), line(said)], actions, summary=drawn.summary)


def _place(words: Words, message: Message | View | Rejected) -> str:
    """Where the whole of it is on the web."""
    shown = card_of(message, words) if has_card(message) else None
    if shown is not None and shown.form is not None:
        return links.doing("", encode(shown.form.opens.command))
    return shown.page.path if shown is not None and shown.page else links.inbox("")


def _draw(
    words: Words,
    message: Message | View | Rejected,
    reader: Reader,
    pictures: PictureLinks | None,
    *,
    window: bool,
) -> Drawn | None:
    if isinstance(message, HomeView) and message.part is not HomePart.ALL:
        return part_of_home(words, message, reader)
    if isinstance(message, View):
        return rendered(words, way(words, message), reader)
    if not isinstance(message, Native):
        card = card_of(message, words)
        return rendered(words, card, reader, pictures=pictures, window=window)
    match message:
        case Invitation() | QuestionPage() | WhatYouSaid() | Results():
            return draw_survey_message(words, message, reader, pictures)
        case TakenOutForm():
            return personal.taken_out_form(words, message)
        case MySurveys():
            return my_surveys(words, message, reader)
        case Help():
            return _help(words, message, reader)
        case SignInLink():
            return signin_link(words, message, reader)
        case Done():
            return None
        case Rejected():
            return _rejected(words, message, reader)
    assert_never(message)


def _rejected(words: Words, message: Rejected, reader: Reader) -> Drawn:
    if message.page is not None:
        return draw_survey_message(words, message.page, reader)
    return reasons(words, message.unfit)


def reasons(words: Words, unfit: Mapping[str, Unfit]) -> Drawn:
    """Why something does not fit, where there is no form to show it in."""
    said = [wording.unfit(words, why) for why in unfit.values()]
    body = [line(one, alarm=True) for one in said]
    return card(body, summary=" ".join(said), locale=words.locale)


def _elsewhere(words: Words, web_url: str) -> Element:
    """The ways to the pages for all staff, in one line."""
    ways = (
        (words.say("Home"), links.inbox(web_url)),
        (words.say("Change calendar"), links.change_calendar(web_url)),
        (words.say("Training"), links.learning(web_url)),
        (words.say("Service status"), links.service_status(web_url)),
        *((one.label(words), f"{web_url}{one.path}") for one in shortcuts()),
    )
    runs: list[Element] = []
    for label, address in ways:
        if runs:
            runs.append({"type": "TextRun", "text": " · "})
        runs.append({"type": "TextRun", "text": label, "selectAction": link(label, address)})
    return {"type": "RichTextBlock", "inlines": runs}


def _help(words: Words, message: Help, reader: Reader) -> Drawn:
    said = chat_words.help_title(words, message)
    body: list[Element] = [
        heading(said),
        line(wording.not_monitored(words), strong=True),
        line(chat_words.what_i_do(words)),
        *(line(one) for one in chat_words.can_type(words, message)),
    ]
    body += [labelled(f"{who}:", how) for who, how in wording.contacts(words, message.contacts)]
    if reader.web_url:  # a card has six buttons at most
        body.append(_elsewhere(words, reader.web_url))
    actions = [execute(words.say("Tell us something"), ShowFeedbackForm(), primary=True)]
    actions.append(all_mine(words))
    if message.cto:
        actions.append(execute(words.say("Write an announcement"), Open(of=WriteAnnouncement())))
    if reader.web_url:
        actions.append(execute(words.say("Sign in on the web"), AskSignInLink()))
    return card(body, actions, summary=said, locale=words.locale)
