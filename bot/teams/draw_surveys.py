"""Surveys as cards: asking, the form, thanks, and released results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.charts.beside_words import lead, least, reading
from bot.conversation import Reader
from bot.teams.asking import question_inputs, shown
from bot.teams.cards import (
    LARGEST,
    Drawn,
    Element,
    card,
    execute,
    heading,
    line,
    link,
    size,
)
from bot.teams.draw_said import said_elsewhere
from bot.teams.pictures import Named, PictureLinks
from bot.teams.tabulating import PictureOf, beside_lines, cell_lines
from core.words import Words
from governance import links, wording
from governance.labels import Labels
from governance.languages import survey_note
from governance.waves.promise_wording import promised, protection, protection_title
from surveys.commands import AnswerPage, DeclineWave, ShowPage
from surveys.messages import (
    Invitation,
    QuestionPage,
    Results,
    WhatYouSaid,
)
from surveys.results.model import Cell, WaveResults

_CELLS_SHOWN = 4
"""Groups shown in the card; the page has the rest."""


def draw_survey_message(
    words: Words,
    message: Invitation | QuestionPage | WhatYouSaid | Results,
    reader: Reader,
    pictures: PictureLinks | None = None,
) -> Drawn:
    match message:
        case Invitation():
            return _invitation(words, message, reader)
        case QuestionPage():
            return _question_page(words, message, reader)
        case WhatYouSaid():
            return said_elsewhere(message, reader)
        case Results():
            return _results(words, message, reader, pictures)
    assert_never(message)


def _invitation(words: Words, invitation: Invitation, reader: Reader) -> Drawn:
    title = words.text(invitation.title)
    asks = words.say("{who} asks: {title}", who=words.text(invitation.asked_by), title=title)
    subject = words.say("Reminder: {title}", title=title) if invitation.reminder else asks
    effort = wording.effort(words, invitation.question_count, invitation.minutes)
    body = [
        *([line(words.say("A reminder"), quiet=True)] if invitation.reminder else []),
        heading(asks),
        line(words.text(invitation.purpose)),
        line(
            words.say(
                "{effort} Open until {when}.", effort=effort, when=words.when(invitation.closes_at)
            )
        ),
        *_promise(words, invitation, reader),
    ]
    foreign = survey_note(words, invitation)
    if foreign:
        body.append(line(foreign, quiet=True))
    for question in invitation.inline:
        body += question_inputs(words, question, {}, {})
    if invitation.inline:
        answer = execute(
            words.say("Send my answers"),
            AnswerPage(wave_id=invitation.wave_id, page=0),
            primary=True,
            inputs=True,
        )
    else:
        answer = execute(words.say("Answer"), ShowPage(wave_id=invitation.wave_id), primary=True)
    decline = execute(words.say("No, thank you"), DeclineWave(wave_id=invitation.wave_id))
    more = _protection(words, invitation, reader)
    return card(body, [answer, decline, *more], summary=f"{subject} {effort}", locale=words.locale)


def _promise(words: Words, message: Invitation | QuestionPage, reader: Reader) -> list[Element]:
    """The sentence; without a web page to lead to, how it is kept, too."""
    said = [promised(words, message.promise)]
    if not reader.web_url:
        said += protection(words, message.promise)
    return [line(" ".join(said), quiet=True)]


def _protection(words: Words, message: Invitation | QuestionPage, reader: Reader) -> list[Element]:
    """The button that leads to how it is kept."""
    if not reader.web_url:
        return []
    return [link(protection_title(words), links.protection(reader.web_url, message.wave_id))]


def _question_page(words: Words, page: QuestionPage, reader: Reader) -> Drawn:
    title = words.text(page.title)
    body = [heading(title)]
    if page.pages > 1:
        body.append(line(wording.place_of(words, page), quiet=True))
    if page.page == 0:
        body += _promise(words, page, reader)
        foreign = survey_note(words, page)
        body += [line(foreign, quiet=True)] if foreign else []
    if page.unfit:
        body.append(line(words.say("Some answers need fixing. The rest are saved."), alarm=True))
    raw = shown(page.questions, page.given, page.raw)
    for question in page.questions:
        inputs = question_inputs(words, question, raw, page.unfit)
        body += inputs if page.earlier is None else _not_held_back(inputs)
    send = execute(
        words.say("Send my answers") if page.last else words.say("Save and continue"),
        AnswerPage(wave_id=page.wave_id, page=page.page),
        primary=True,
        inputs=True,
    )
    actions = [send]
    if page.earlier is not None:
        back = AnswerPage(wave_id=page.wave_id, page=page.page, back=True)
        actions.append(execute(words.say("Back"), back, inputs=True))
    if reader.web_url and len(page.questions) > _LONG_PAGE:
        actions.append(
            link(words.say("Open it on the web"), links.survey(reader.web_url, page.wave_id))
        )
    if page.page == 0:
        actions += _protection(words, page, reader)
    return card(body, actions, summary=title, locale=words.locale)


def _not_held_back(inputs: list[Element]) -> list[Element]:
    """Teams presses no button that hands in a form while something required is empty, and going
    back is such a button: what is missing is said by us, when the page is sent."""
    return [{**one, "isRequired": False} if one.get("isRequired") else one for one in inputs]


_LONG_PAGE = 10


def _results(
    words: Words, message: Results, reader: Reader, pictures: PictureLinks | None
) -> Drawn:
    """With charts of the whole district where there are pictures of them and all of it fits."""
    found = message.results
    if pictures is None or not found.final or not found.tables or not found.tables[0].cells:
        return _results_card(words, message, reader, None)

    def of(place: int | str) -> str:
        named = Named(wave=found.wave_id, locale=reader.locale, timezone=reader.timezone)
        where = {"beside": place} if isinstance(place, str) else {"question": place}
        return pictures.address(replace(named, **where), found.as_of)

    drawn = _results_card(words, message, reader, of)
    return drawn if size(drawn.card) <= LARGEST else _results_card(words, message, reader, None)


def _results_card(
    words: Words, message: Results, reader: Reader, pictured: PictureOf | None
) -> Drawn:
    results = message.results
    said = words.say("Results: {title}", title=words.text(results.title))
    body = [heading(said), line(lead(results, words))]
    cells = [cell for table in results.tables for cell in table.cells]
    body += [*_cells(words, results, cells, pictured), *beside_lines(words, results, pictured)]
    told = words.say("As of {when}.", when=words.when(results.as_of))
    if results.answered is not None:
        chosen = words.say("People chose whether to answer, so this is not a random sample.")
        told = f"{told} {chosen}"
    body += [line(said, quiet=True) for said in (told, *reading(results, words)[-1:])]
    actions = []
    if reader.web_url:
        page = links.results(reader.web_url, results.wave_id)
        actions.append(link(words.say("See all results"), page))
    return card(body, actions, summary=said, locale=words.locale)


def _cells(
    words: Words, results: WaveResults, cells: Sequence[Cell], pictured: PictureOf | None
) -> list[Element]:
    """The first cell is the whole district's, and the only one with charts."""
    made: list[Element] = []
    named, few, titled = Labels(words, results.buildings), least(results), len(cells) > 1
    for place, cell in enumerate(cells[:_CELLS_SHOWN]):
        drawn = pictured if place == 0 and not cell.group else None
        made += cell_lines(words, cell, named, least=few, titled=titled, pictured=drawn)
    if len(cells) > _CELLS_SHOWN:
        more = len(cells) - _CELLS_SHOWN
        made.append(
            line(
                words.count(
                    "{n} more group is on the page.", "{n} more groups are on the page.", more
                )
            )
        )
    return made
