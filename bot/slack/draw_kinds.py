"""Every kind of message and every form, by whoever draws it: the one ``match`` over the union."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.cards import card_of, has_card
from bot.native import Native
from bot.slack import (
    draw_personal,
)
from bot.slack.blocks import Pen
from bot.slack.draw_help import draw_help, draw_signin_link, sentence
from bot.slack.draw_home import part_of_home
from bot.slack.draw_said import my_surveys
from bot.slack.draw_surveys import draw_survey, page_form
from bot.slack.drawn import Drawn, Form
from bot.slack.render import modal, rendered
from bot.whole_pages import way
from governance import wording
from governance.home.commands import HomePart
from governance.messages import (
    Done,
    Help,
    Message,
    SignInLink,
)
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


def drawn_of(message: Message | View | Rejected, pen: Pen) -> Drawn:
    if isinstance(message, HomeView) and message.part is not HomePart.ALL:
        return part_of_home(message, pen)
    if isinstance(message, View):
        return rendered(way(pen.words, message), pen)
    if not isinstance(message, Native):
        return rendered(card_of(message, pen.words), pen)
    match message:
        case Invitation() | QuestionPage() | WhatYouSaid() | Results():
            return draw_survey(message, pen)
        case TakenOutForm():
            return draw_personal.taken_out_offer(message, pen)
        case MySurveys():
            return my_surveys(message, pen)
        case Rejected(unfit=unfit, page=page):
            if page is not None:
                return draw_survey(replace(page, unfit=unfit), pen)
            return sentence(" ".join(wording.unfit(pen.words, why) for why in unfit.values()))
        case Help():
            return draw_help(message, pen)
        case SignInLink():
            return draw_signin_link(message, pen)
        case Done():
            return sentence(pen.say("Done."))
        case _:
            assert_never(message)


def form_of(message: Message | View | Rejected, pen: Pen) -> Form | None:
    if has_card(message):
        return modal(card_of(message, pen.words), pen)
    match message:
        case QuestionPage():
            return page_form(message, pen)
        case Rejected(page=QuestionPage() as page):
            return page_form(replace(page, unfit=message.unfit), pen)
        case TakenOutForm():
            return draw_personal.taken_out_form(message, pen)
        case _:
            return None
