"""A text that is not there in the reader's language says so, in the reader's words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.conversation import Reader
from bot.mail.draw import draw as draw_mail
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message, draw_modal
from bot.teams.draw import draw as draw_card
from bot.web.draw import draw as draw_html
from core.text import Text, text
from core.words import Words
from governance.announcements.model import Change
from governance.languages import announcement_note, language_name, survey_note
from governance.messages import Notice
from governance.series.model import Repeat
from governance.series.wording import sentence
from surveys.encoding import text_from_data, text_to_data
from surveys.messages import Invitation, QuestionPage
from surveys.promise import Promise
from surveys.questions import Choice, SingleChoice
from tests.bot.slack import samples
from tests.bot.slack.test_golden import strings
from tests.bot.web import examples

SPANISH = Reader(locale="es-MX", web_url="https://soundingboard.example.org")
PEN = pen_for(SPANISH, samples.FRESH)
THIS_SURVEY = "Esta encuesta está en inglés."
THIS_NEWS = "Este texto está en inglés."
ENGLISH_ONLY = SingleChoice(
    key="device",
    prompt=text("Which device?"),
    choices=(Choice(key="a", label=text("Laptop")), Choice(key="b", label=text("Tablet"))),
)
INVITATION = samples.invitation(
    title=text("Devices"), purpose=text("So that we buy the right ones."), inline=(ENGLISH_ONLY,)
)
INVITATION = replace(INVITATION, asked_by=text("Computing Services"))
PAGE = QuestionPage(
    wave_id=samples.WAVE,
    title=text("Devices"),
    page=0,
    pages=1,
    questions=(ENGLISH_ONLY,),
    closes_at=samples.CLOSES,
    promise=Promise(),
)
NEWS = Notice(
    announcement_id=samples.NEWS,
    change=Change(
        **{key: text("Words") for key in ("title", "what", "why", "when", "who", "action")}
    ),
    sender="Dana",
    acknowledge=True,
)


def everywhere(message: Any) -> dict[str, str]:
    """What the platforms and the mail say to a reader of Spanish, as text."""
    card = draw_card(message, SPANISH)
    assert card is not None
    said = {
        "slack": "\n".join(strings(draw_message(message, PEN))),
        "teams": "\n".join(strings(card.card)),
        "web": str(draw_html(message, SPANISH, csrf="token")),
    }
    if isinstance(message, (Invitation, Notice)):
        mail = draw_mail(message, Words("es-MX"), SPANISH.web_url)
        said["mail"] = "\n".join(part for _, part in mail.parts)
    return said


def test_a_survey_that_is_only_there_in_english_says_so_on_every_platform() -> None:
    for said in everywhere(INVITATION).values():
        assert THIS_SURVEY in said


def test_a_page_of_questions_says_so_too() -> None:
    said = everywhere(PAGE)
    assert THIS_SURVEY in said["slack"]
    assert THIS_SURVEY in said["teams"]
    assert THIS_SURVEY in "\n".join(strings(draw_modal(PAGE, PEN)))


def test_an_announcement_says_so_on_every_platform() -> None:
    for said in everywhere(NEWS).values():
        assert THIS_NEWS in said


@pytest.mark.parametrize("message", [INVITATION, PAGE, NEWS])
def test_nobody_is_told_about_their_own_language(message: Any) -> None:
    english = Reader(web_url="https://soundingboard.example.org")
    assert "This survey is in" not in str(draw_message(message, pen_for(english, samples.FRESH)))
    assert "lang=" not in str(draw_html(message, english, csrf="token"))


def test_a_survey_that_is_translated_in_part_says_that() -> None:
    part = replace(INVITATION, title=text("Devices", es="Dispositivos"))
    words = Words("es")
    assert survey_note(words, part) == "Una parte de esta encuesta está en inglés."
    whole = replace(PAGE, title=text("A", es="B"), questions=())
    assert survey_note(words, whole) == ""
    assert announcement_note(Words("es"), examples.CHANGE) != ""


def test_a_reader_whose_language_we_do_not_speak_is_told_in_english() -> None:
    assert survey_note(Words("pt-BR"), PAGE) == "This survey is in English."
    spanish = replace(PAGE, title=Text(default="Equipos", language="es"), questions=())
    assert survey_note(Words("en"), spanish) == "This survey is in Spanish."


def test_on_a_page_such_words_carry_their_language_for_screen_readers() -> None:
    """WCAG 2.2, 3.1.2."""
    html = everywhere(INVITATION)["web"]
    assert '<span lang="en">Devices</span>' in html
    assert '<span lang="en">Which device?</span>' in html
    assert '<span lang="en">Laptop</span>' in html
    assert '<span lang="en">Words</span>' in everywhere(NEWS)["web"]


def test_what_somebody_typed_stays_text_inside_its_language() -> None:
    hostile = replace(NEWS, change=replace(NEWS.change, what=text("<b>bold</b>")))
    assert "<b>bold" not in everywhere(hostile)["web"]
    assert re.search(r'<span lang="en">&lt;b&gt;bold', everywhere(hostile)["web"])


def test_the_language_of_a_text_is_kept() -> None:
    kept = Text(default="Equipos", translations={"en": "Devices"}, language="es")
    assert text_from_data(text_to_data(kept)) == kept
    assert text_from_data(text_to_data(text("Devices"))) == text("Devices")
    assert (kept.language_for("en-US"), kept.language_for("pt"), kept.language_for(None)) == (
        "en",
        "es",
        "es",
    )


def test_a_language_that_nobody_knows_is_called_by_its_tag() -> None:
    assert language_name(Words("es"), "qqq") == "qqq"


def test_a_rule_that_ends_with_a_time_has_one_point() -> None:
    weekly = Repeat(rule="40 9 * * wed", begins=date(2026, 9, 2))
    assert sentence(Words("en"), weekly) == "Every Wednesday at 9:40 AM."
    assert sentence(Words("es"), weekly).replace("\N{NO-BREAK SPACE}", " ") == (
        "Cada miércoles a las 9:40 a.m."
    )
