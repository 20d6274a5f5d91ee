"""Surveys in Slack: the invitation that is answered in place, the pages of a modal, the thanks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.registry import encode
from bot.slack.asking import question_blocks
from bot.slack.blocks import (
    MESSAGE_BLOCKS,
    Block,
    Pen,
    actions,
    bold,
    button,
    header,
    link,
    note,
    paragraph,
)
from bot.slack.draw_help import whole_on_the_web
from bot.slack.draw_results import results_blocks
from bot.slack.draw_said import said_in_message
from bot.slack.drawn import Drawn, Form
from bot.slack.tapping import tap_blocks, tappable
from governance import links, wording
from governance.languages import survey_note
from governance.waves.promise_wording import promised, protection, protection_title
from surveys.commands import AnswerPage, DeclineWave, ShowPage
from surveys.messages import (
    Invitation,
    QuestionPage,
    Results,
    WhatYouSaid,
)
from surveys.questions import Question


def draw_survey(message: Invitation | QuestionPage | WhatYouSaid | Results, pen: Pen) -> Drawn:
    match message:
        case Invitation():
            return _invitation(message, pen)
        case QuestionPage():
            return _page_in_message(message, pen)
        case WhatYouSaid():
            return said_in_message(message, pen)
        case Results():
            return Drawn(
                text=pen.say("Results: {title}", title=pen.text(message.results.title)),
                blocks=results_blocks(message.results, pen),
            )
        case _:
            assert_never(message)


# -- being asked ------------------------------------------------------------------------------


def _invitation(message: Invitation, pen: Pen) -> Drawn:
    who, title = pen.text(message.asked_by), pen.text(message.title)
    asks, text = (
        pen.say("{who} asks.", who=who),
        pen.say("{who} asks: {title}", who=who, title=title),
    )
    if message.reminder:
        text = pen.say("Reminder: {title}", title=title)
    blocks = [
        header(title),
        paragraph(bold(asks + " "), pen.text(message.purpose)),
        note(_effort(message, pen)),
        _promise(message, pen),
    ]
    foreign = survey_note(pen.words, message)
    if foreign:
        blocks.append(note(foreign))
    if message.reminder:
        blocks.insert(1, note(pen.say("A reminder")))
    return Drawn(text=text, blocks=[*blocks, *_ways_to_answer(message, pen, len(blocks))])


def _ways_to_answer(message: Invitation, pen: Pen, above: int) -> list[Block]:
    """One tap for one simple question; a few questions in the message; more of them in a modal."""
    no = button(pen.say("No, thank you"), encode(DeclineWave(wave_id=message.wave_id)))
    answer = encode(AnswerPage(wave_id=message.wave_id, page=0))
    if tappable(message.inline, pen):
        return [*tap_blocks(message.inline[0], pen, answer), actions(no)]
    inline = _questions(message.inline, pen)
    if not inline or above + len(inline) >= MESSAGE_BLOCKS:
        inline, answer = [], encode(ShowPage(wave_id=message.wave_id))
    return [*inline, actions(button(pen.say("Answer"), answer, style="primary"), no)]


def _promise(message: Invitation | QuestionPage, pen: Pen) -> Block:
    """The sentence, and the way to how it is kept; without a web page all of that."""
    said = promised(pen.words, message.promise)
    if not pen.web_url:
        return note(" ".join([said, *protection(pen.words, message.promise)]))
    url = links.protection(pen.web_url, message.wave_id)
    return paragraph(f"{said} ", link(url, protection_title(pen.words)))


def _effort(message: Invitation, pen: Pen) -> str:
    return pen.say(
        "{effort} Open until {when}.",
        effort=wording.effort(pen.words, message.question_count, message.minutes),
        when=pen.words.when(message.closes_at),
    )


def _questions(questions: Sequence[Question], pen: Pen) -> list[Block]:
    blocks: list[Block] = []
    for question in questions:
        blocks += question_blocks(question, pen, given={}, raw={}, unfit={})
    return blocks


def _page_questions(page: QuestionPage, pen: Pen) -> list[Block]:
    blocks: list[Block] = []
    for question in page.questions:
        blocks += question_blocks(question, pen, given=page.given, raw=page.raw, unfit=page.unfit)
    return blocks


def _page_in_message(page: QuestionPage, pen: Pen) -> Drawn:
    """A page where no modal can be: in the message itself, with what did not fit."""
    title = text = pen.text(page.title)
    blocks = [header(title)]
    if page.unfit:
        text = pen.say("Some answers need fixing. The rest are saved.")
        blocks.append(paragraph(text))
    questions = _page_questions(page, pen)
    foreign = survey_note(pen.words, page)
    blocks += [note(foreign)] if foreign else []
    if len(questions) + len(blocks) >= MESSAGE_BLOCKS:
        whole = whole_on_the_web(links.survey(pen.web_url, page.wave_id), pen)
        return Drawn(text=text, blocks=[*blocks, whole])
    answer = AnswerPage(wave_id=page.wave_id, page=page.page)
    blocks += [
        _promise(page, pen),
        *questions,
        actions(button(pen.say("Answer"), encode(answer), style="primary")),
    ]
    return Drawn(text=text, blocks=blocks)


def page_form(page: QuestionPage, pen: Pen) -> Form:
    """A page as a modal. The next page replaces it; an earlier one is a button away."""
    blocks = [header(pen.text(page.title))]
    if page.pages > 1:
        blocks.append(note(f"{wording.place_of(pen.words, page)}."))
    if page.page == 0:
        blocks.append(_promise(page, pen))
        foreign = survey_note(pen.words, page)
        blocks += [note(foreign)] if foreign else []
    blocks += _page_questions(page, pen)
    if page.earlier is not None:
        back = encode(AnswerPage(wave_id=page.wave_id, page=page.page, back=True))
        blocks.append(actions(button(pen.say("Back"), back)))
    return Form(
        title=pen.text(page.title),
        submit=pen.say("Answer") if page.last else pen.say("Save and continue"),
        token=encode(AnswerPage(wave_id=page.wave_id, page=page.page)),
        blocks=blocks,
        web_link=links.survey(pen.web_url, page.wave_id),
    )
