"""What somebody answered, and the surveys that they were asked, in Slack.

Answers are shown in a modal alone, which Slack keeps nowhere; in a message stands the way to them.
"""

from __future__ import annotations

from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    button,
    chunks,
    header,
    link,
    note,
    paragraph,
)
from bot.slack.drawn import Drawn
from governance import links
from governance.waves import my_survey_wording as my_survey_words
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import MySurvey, MySurveys, ShowMySurveys
from governance.waves.said_wording import SaidLine, SaidQuestion
from surveys.commands import DeclineWave, ShowPage
from surveys.messages import WhatYouSaid


def said_blocks(message: WhatYouSaid, pen: Pen) -> list[Block]:
    """For a modal: each question with what they answered, and what they can do now."""
    words = pen.words
    blocks: list[Block] = [
        header(pen.text(message.title)),
        paragraph(bold(said_words.state(words, message))),
        note(said_words.only_you(words, message)),
    ]
    for question in said_words.said(words, message):
        blocks += _question(question)
    wave, press = message.wave_id, said_words.press(words, message)
    form = [button(press, encode(ShowPage(wave_id=wave)), style="primary")] if press else []
    no = button(pen.say("No, thank you"), encode(DeclineWave(wave_id=wave)))
    buttons = [*form, *([no] if said_words.may_decline(message) else []), all_mine(pen)]
    return [*blocks, actions(*buttons)]


def _question(question: SaidQuestion) -> list[Block]:
    """Its answers in one block: a window has room for a hundred."""
    runs: list[Element | str] = [bold(f"{question.prompt}\n")]
    blocks: list[Block] = []
    for place, one in enumerate(question.lines):
        end = "\n" if place < len(question.lines) - 1 else ""
        first, *rest = chunks(one.said)
        runs.append(_line(one, first) + end)
        if rest:  # of a long text, what one block cannot hold
            blocks += [paragraph(*runs), *map(paragraph, rest)]
            runs = []
    return [*blocks, paragraph(*runs)] if runs else blocks


def _line(one: SaidLine, said: str) -> str:
    return f"{one.label}{one.colon} {said}" if one.label else said


def said_in_message(message: WhatYouSaid, pen: Pen) -> Drawn:
    """Where a history keeps it: nothing of the answers, only where they are shown."""
    text = said_words.title(pen.words, message)
    url = links.said(pen.web_url, message.wave_id)
    about = paragraph(said_words.state(pen.words, message) + " ", link(url, pen.say("Open it")))
    return Drawn(text=text, blocks=[paragraph(bold(text)), about])


def my_surveys(message: MySurveys, pen: Pen) -> Drawn:
    """Each survey with what it waits for and what can be done."""
    title = my_survey_words.title(pen.words)
    blocks: list[Block] = [header(title)]
    for one in message.surveys:
        blocks += _mine(one, pen)
    if not message.surveys:
        blocks.append(paragraph(my_survey_words.nothing(pen.words)))
    if why := my_survey_words.own_building(pen.words, message):
        blocks.append(note(why))
    if message.more:
        blocks.append(note(my_survey_words.older(pen.words)))
    return Drawn(text=title, blocks=blocks)


def _mine(one: MySurvey, pen: Pen) -> list[Block]:
    told = paragraph(bold(pen.text(one.title) + "\n"), my_survey_words.state(pen.words, one))
    presses = my_survey_words.presses(pen.words, one)
    if not presses:
        return [told]
    return [told, actions(*(button(label, encode(command)) for label, command in presses))]


def all_mine(pen: Pen) -> Element:
    """The button to the list."""
    return button(my_survey_words.title(pen.words), encode(ShowMySurveys()))
