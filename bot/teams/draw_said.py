"""What somebody answered, and the surveys that they were asked, as cards.

Answers stand in the answer to a pressed button alone, which only whoever pressed it is shown and
no chat keeps; where a card would be posted, it has the way to them.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import Reader
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
    paragraphs,
    size,
)
from core.words import Words
from governance import links, wording
from governance.waves import my_survey_wording as my_survey_words
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import MySurvey, MySurveys, ShowMySurveys
from surveys.commands import DeclineWave, ShowPage
from surveys.messages import QuestionPage, WhatYouSaid
from surveys.questions import Unfit

MOST_BUTTONS = 5
"""Beside the one to the page: Teams shows six."""


def said_card(message: WhatYouSaid, reader: Reader) -> Drawn:
    """For who pressed the button: each question with what they answered. What is too large for a
    card is on their page."""
    words = Words(locale=reader.locale, timezone=reader.timezone)
    title = said_words.title(words, message)
    body: list[Element] = [
        heading(title),
        line(said_words.state(words, message)),
        line(said_words.only_you(words, message), quiet=True),
    ]
    for question in said_words.said(words, message):
        body.append(line(question.prompt, strong=True, gap="Medium"))
        for one in question.lines:
            if one.label:
                body.append(labelled(f"{one.label}{one.colon}", one.said) | {"spacing": "Small"})
            else:
                body += paragraphs(one.said)
    drawn = card(body, _steps(words, message), summary=title, locale=words.locale)
    return drawn if size(drawn.card) <= LARGEST else said_elsewhere(message, reader)


def _steps(words: Words, message: WhatYouSaid) -> list[Element]:
    wave, press = message.wave_id, said_words.press(words, message)
    steps = [execute(press, ShowPage(wave_id=wave), primary=True)] if press else []
    if said_words.may_decline(message):
        steps.append(execute(words.say("No, thank you"), DeclineWave(wave_id=wave)))
    return [*steps, all_mine(words)]


def said_elsewhere(message: WhatYouSaid, reader: Reader) -> Drawn:
    """Where a chat would keep it: nothing of the answers, only where they are shown."""
    words = Words(locale=reader.locale, timezone=reader.timezone)
    title = said_words.title(words, message)
    body = [heading(title), line(said_words.state(words, message))]
    url = links.said(reader.web_url, message.wave_id)
    actions = [link(words.say("Open the page"), url)] if reader.web_url else []
    return card(body, actions, summary=title, locale=words.locale)


def form_elsewhere(
    message: QuestionPage, reader: Reader, unfit: Mapping[str, Unfit] | None = None
) -> Drawn:
    """The same for a form that has what they said in it; ``unfit``: why some of it does not fit."""
    words = Words(locale=reader.locale, timezone=reader.timezone)
    title = words.text(message.title)
    body = [heading(title)]
    body += [line(wording.unfit(words, why), alarm=True) for why in (unfit or {}).values()]
    body.append(line(words.say("Your answers so far are filled in on the web page.")))
    url = links.survey(reader.web_url, message.wave_id)
    actions = [link(words.say("Open it on the web"), url)] if reader.web_url else []
    return card(body, actions, summary=title, locale=words.locale)


def my_surveys(words: Words, message: MySurveys, reader: Reader) -> Drawn:
    """Each survey with what it waits for, and what can be done: one thing each, as far as Teams
    shows buttons."""
    title = my_survey_words.title(words)
    body: list[Element] = [heading(title)]
    left = MOST_BUTTONS
    for one in message.surveys:
        pressed = _pressed(words, one)[: min(left, 1)]
        left -= len(pressed)
        body += _mine(words, one, pressed)
    if not message.surveys:
        body.append(line(my_survey_words.nothing(words)))
    if why := my_survey_words.own_building(words, message):
        body.append(line(why, quiet=True))
    if message.more:
        body.append(line(my_survey_words.older(words), quiet=True))
    url = links.my_surveys(reader.web_url)
    actions = [link(words.say("Open the page"), url)] if reader.web_url else []
    return card(body, actions, summary=title, locale=words.locale)


def _pressed(words: Words, one: MySurvey) -> list[Element]:
    return [execute(label, command) for label, command in my_survey_words.presses(words, one)]


def _mine(words: Words, one: MySurvey, pressed: list[Element]) -> list[Element]:
    told = [
        line(words.text(one.title), strong=True, gap="Medium"),
        line(my_survey_words.state(words, one), gap="Small"),
    ]
    return [*told, {"type": "ActionSet", "actions": pressed}] if pressed else told


def all_mine(words: Words) -> Element:
    """The button to the list."""
    return execute(my_survey_words.title(words), ShowMySurveys())
