"""What somebody answered, and the surveys that they were asked, as HTML."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from bot.conversation import Reader
from bot.web import rendering
from bot.web.rendering import render, written
from core.commands import Command
from core.words import Words
from governance.conclusions.commands import ReadConclusions
from governance.waves import my_survey_wording as my_survey_words
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import MySurveys
from surveys.commands import ShowPage, ShowSaid
from surveys.messages import WhatYouSaid
from surveys.survey import Participation


def draw_said(message: WhatYouSaid, reader: Reader, *, csrf: str, level: int) -> Markup:
    """Each question with what they answered, words of an author marked with their language."""
    words = Words(reader.locale, reader.timezone)
    return render(
        "messages/what_you_said.html",
        reader,
        m=message,
        csrf=csrf,
        level=level,
        state=said_words.state(words, message),
        only_you=said_words.only_you(words, message),
        said=said_words.said(
            words,
            message,
            text=partial(written, words=words),
            say=partial(rendering.said, words),
        ),
        go_on=said_words.press(words, message),
        may_decline=said_words.may_decline(message),
    )


def draw_my_surveys(message: MySurveys, reader: Reader, *, level: int) -> Markup:
    """What waits for an answer stands out."""
    words = Words(reader.locale, reader.timezone)
    surveys = [
        {
            "title": written(one.title, words),
            "state": my_survey_words.state(words, one),
            "waits": one.open and one.became in (Participation.ASKED, Participation.PARTIAL),
            "presses": [
                (label, path_of(command)) for label, command in my_survey_words.presses(words, one)
            ],
        }
        for one in message.surveys
    ]
    return render(
        "messages/my_surveys.html",
        reader,
        m=message,
        level=level,
        surveys=surveys,
        nothing=my_survey_words.nothing(words),
        older=my_survey_words.older(words),
    )


def path_of(command: Command) -> str:
    """The page that a button of the list leads to."""
    match command:
        case ShowPage(wave_id=wave):
            return f"/surveys/{wave}"
        case ShowSaid(wave_id=wave):
            return f"/surveys/{wave}/said"
        case ReadConclusions(wave_id=wave):
            return f"/heard/{wave}"
        case _:
            raise ValueError(f"no page of one's own: {type(command).__name__}")
