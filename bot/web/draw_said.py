"""What somebody answered, and the surveys that they were asked, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from bot.conversation import Reader
from bot.web import rendering
from bot.web.notices import lines
from bot.web.render_card import one_button, rendered
from bot.web.rendering import drawn_by, written
from core.cards import Card, Facts, Line, Look, Secrecy
from core.commands import Command
from core.words import Words
from governance import links
from governance.conclusions.commands import ReadConclusions
from governance.waves import my_survey_wording as my_survey_words
from governance.waves import said_wording as said_words
from governance.waves.my_surveys import MySurvey, MySurveys
from governance.waves.said_wording import SaidLine
from surveys.commands import ShowPage, ShowResults, ShowSaid
from surveys.messages import WhatYouSaid
from surveys.survey import Participation


def draw_said(message: WhatYouSaid, reader: Reader, *, csrf: str, level: int) -> Markup:
    """Each question with what they answered, words of an author marked with their language."""
    words = Words(reader.locale, reader.timezone)
    say, text = partial(rendering.said, words), partial(written, words=words)
    said = said_words.said(words, message, text=text, say=say)
    pairs = tuple((one.prompt, Markup("\n").join(map(_answer, one.lines))) for one in said)
    card = Card(
        title=said_words.title(words, message, text=text),
        secrecy=Secrecy.SIGNED_IN,
        outside=words.text(message.title),
        parts=(
            *lines(said_words.state(words, message)),
            Line(
                text=said_words.only_you(words, message),
                secrecy=Secrecy.SIGNED_IN,
                look=Look.QUIET,
            ),
            *((Facts(pairs=pairs, secrecy=Secrecy.SIGNED_IN),) if pairs else ()),
        ),
    )
    ways = _ways(words, message, reader, csrf)
    return rendered(card, reader, csrf=csrf, level=level, end=ways)


def _answer(line: SaidLine) -> Markup:
    """One answer, behind what it answers within its question."""
    label = Markup('<span class="quiet">{}{}</span> ').format(line.label, line.colon)
    said = Markup("{}") if line.answered else Markup('<span class="quiet">{}</span>')
    return (label if line.label else Markup("")) + said.format(line.said)


def _ways(words: Words, message: WhatYouSaid, reader: Reader, csrf: str) -> Markup:
    at = links.survey("", message.wave_id)
    made = []
    if go_on := said_words.press(words, message):
        made.append(Markup('<a class="button primary" href="{}">{}</a>').format(at, go_on))
    if said_words.may_decline(message):
        title = Markup("“{}”").format(written(message.title, words))
        no = one_button(reader, f"{at}/decline", words.say("No, thank you"), csrf, "plain", title)
        made.append(no)
    way = Markup('<a class="button plain" href="{}">{}</a>')
    made.append(way.format(links.my_surveys(""), my_survey_words.title(words)))
    return Markup('<div class="buttons">{}</div>').format(Markup(" ").join(made))


def draw_my_surveys(message: MySurveys, reader: Reader, *, level: int) -> Markup:
    """A line for each, with its buttons: those that are open, then those that have closed. What
    waits for an answer stands out."""
    words = Words(reader.locale, reader.timezone)
    title = my_survey_words.title(words)
    card = Card(title=title, secrecy=Secrecy.SIGNED_IN, outside=title)
    if not message.surveys:
        end = Markup('<p class="empty">{}</p>').format(my_survey_words.nothing(words))
        return rendered(card, reader, csrf="", level=level, end=end)
    is_open = [one for one in message.surveys if one.open]
    closed = [one for one in message.surveys if not one.open]
    end = _lines(words, is_open)
    if closed:
        heading = Markup("<h{0}>{1}</h{0}>\n").format(level + 1, my_survey_words.closed(words))
        end += heading + _lines(words, closed)
    if why := my_survey_words.own_building(words, message):
        end += Markup('<p class="quiet small">{}</p>\n').format(why)
    address, page = links.my_surveys(""), message.paging.page
    newer, older = f"{address}?page={page}", f"{address}?page={page + 2}"
    ways = drawn_by("macros/tiles.html", "paging", reader, message.paging, title, newer, older)
    return rendered(card, reader, csrf="", level=level, end=end + ways)


def _lines(words: Words, surveys: Sequence[MySurvey]) -> Markup:
    if not surveys:
        return Markup("")
    drawn = Markup("\n").join(_mine(words, one) for one in surveys)
    return Markup('<ul class="waiting-lines">\n{}\n</ul>\n').format(drawn)


def _mine(words: Words, one: MySurvey) -> Markup:
    waits = one.open and one.became in (Participation.ASKED, Participation.PARTIAL)
    title = written(one.title, words)
    buttons = Markup(" ").join(
        Markup('<a class="button{}" href="{}">{}<span class="unseen">: {}</span></a>').format(
            " plain" if n else " primary" if waits else "", path_of(command), label, title
        )
        for n, (label, command) in enumerate(my_survey_words.presses(words, one))
    )
    ways = Markup('<span class="buttons">{}</span>').format(buttons) if buttons else buttons
    return Markup(
        '<li><span class="waiting-words"><strong>{}</strong> '
        '<span class="quiet small">{}</span></span>{}</li>'
    ).format(title, my_survey_words.state(words, one), ways)


def path_of(command: Command) -> str:
    """The page that a button of the list leads to."""
    match command:
        case ShowPage(wave_id=wave):
            return f"/surveys/{wave}"
        case ShowSaid(wave_id=wave):
            return f"/surveys/{wave}/said"
        case ReadConclusions(wave_id=wave):
            return f"/heard/{wave}"
        case ShowResults(wave_id=wave):
            return links.results("", wave)
        case _:
            raise ValueError(f"no page of one's own: {type(command).__name__}")
