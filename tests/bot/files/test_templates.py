"""The surveys to start from: launched, drawn on every platform and answered, within two minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from bot.conversation import Reader
from bot.files.survey_yaml import dump_survey, load_survey
from bot.files.templates import FOLDER, Template, TemplateError, start_survey, templates
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message, draw_modal
from bot.slack.objections import objections as in_slack
from bot.teams.draw import draw as draw_card
from bot.teams.objections import objections as in_teams
from bot.web.draw import draw as draw_page
from core.people import Audience
from core.text import places, texts_of
from core.words import Words
from governance import wording
from governance.languages import lacking
from governance.waves.messages import invitation
from surveys.asking.answering import answer_page, show_page
from surveys.asking.counted import counted
from surveys.commands import AnswerPage, LaunchSurvey, ShowPage
from surveys.messages import Answered, Invitation, QuestionPage, Rejected, WaveLaunched
from surveys.promise import promise
from surveys.questions import FreeText, Question, RawAnswer, Scale
from surveys.survey import Survey
from surveys.waves.pulsing import launch
from tests.stand_ins.adaptive_cards import faults
from tests.stand_ins.slack_blocks import message_faults, view_faults
from tests.surveys.store import NOON, WEEK, DictStore, person

ALL = templates()
IDS = [one.key for one in ALL]
EACH = pytest.mark.parametrize("template", ALL, ids=IDS)


def filled(template: Template, folder: Path) -> Survey:
    """A template whose places somebody has written something into."""
    path = folder / f"{template.key}.yaml"
    words = (FOLDER / f"{template.key}.yaml").read_text(encoding="utf-8")
    path.write_text(re.sub(r"\[\[.+?\]\]", "PowerGrade", words), encoding="utf-8")
    survey = load_survey(path)
    assert isinstance(survey, Survey), survey
    return survey


def raw(question: Question) -> RawAnswer:
    """An answer that a person could give, read from what is asked."""
    match question:
        case FreeText():
            return "More outlets."
        case Scale():
            return str(question.highest - 1)
        case _ if hasattr(question, "choices"):
            return str(question.choices[0].key)
        case _:
            raise AssertionError(f"how is {question} answered?")


def started(survey: Survey) -> tuple[DictStore, QuestionPage, Invitation]:
    store = DictStore([person()])
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=NOON + WEEK,
    )
    assert isinstance(launch(store, None, command, NOON), WaveLaunched)
    page = show_page(store, store.people[0], ShowPage(wave_id=command.wave_id), NOON)
    assert isinstance(page, QuestionPage)
    wave = store.waves[command.wave_id]
    return store, page, invitation(wave, promise(wave.survey))


def walked(survey: Survey) -> Iterator[QuestionPage | Answered]:
    """Each page as it is shown to somebody who answers them all, and the thanks."""
    store, page, _ = started(survey)
    yield page
    while True:
        answers = {one.key: raw(one) for asked in page.questions for one in counted(asked)}
        command = AnswerPage(wave_id=page.wave_id, page=page.page, answers=answers)
        reply = answer_page(store, store.people[0], command, NOON)
        assert isinstance(reply, QuestionPage | Answered), reply
        yield reply
        if isinstance(reply, Answered):
            return
        page = reply


def test_every_file_is_offered_and_every_offer_has_a_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(IDS)
    assert all(one.survey.key == one.key for one in ALL)


@EACH
def test_it_says_everything_in_english_and_in_spanish(template: Template) -> None:
    assert lacking(Words(), template.survey) == []
    assert template.about.in_locale("es") != template.about.default


@EACH
def test_it_is_launched_and_answered_to_the_end(template: Template, tmp_path: Path) -> None:
    survey = filled(template, tmp_path)
    seen = list(walked(survey))
    assert isinstance(seen[-1], Answered)
    asked = [q.key for page in seen[:-1] if isinstance(page, QuestionPage) for q in page.questions]
    assert asked == [question.key for question in survey.questions]


@EACH
@pytest.mark.parametrize("locale", ["en", "es"])
def test_it_fits_and_is_drawn_on_every_platform(
    template: Template, locale: str, tmp_path: Path
) -> None:
    survey = filled(template, tmp_path)
    assert in_slack(survey) == ()
    assert in_teams(Words(), survey) == []
    reader = Reader(locale=locale, web_url="https://soundingboard.example.org")
    pen = pen_for(reader, uuid4())
    for message in (started(survey)[2], *walked(survey)):
        assert message_faults(draw_message(message, pen)) == []
        card = draw_card(message, reader)
        assert card is not None
        assert faults(card.card) == []
        page = str(draw_page(message, reader, csrf="token"))
        if isinstance(message, QuestionPage):
            assert view_faults(draw_modal(message, pen)) == []
            assert all(question.prompt.in_locale(locale) in page for question in message.questions)


@EACH
def test_it_takes_two_minutes_at_most(template: Template) -> None:
    """Reading at 200 words a minute (M. Brysbaert: How many words do we read per minute?, 2019,
    has 238 for prose), five seconds to decide on each question, and 20 to write a comment."""
    survey = template.survey
    asked = survey.counted
    words = sum(len(said.default.split()) for said in texts_of([survey.purpose, survey.pages]))
    comments = sum(isinstance(question, FreeText) for question in asked)
    seconds = words / 200 * 60 + 5 * (len(asked) - comments) + 20 * comments
    assert survey.minutes <= 2
    assert seconds <= survey.minutes * 60 * 1.25
    assert not any(q.required for q in survey.questions if isinstance(q, FreeText))


@EACH
def test_its_scales_are_balanced(template: Template) -> None:
    """An odd number of points, each with words, so that there is a middle to stand on."""
    for question in template.survey.counted:
        if isinstance(question, Scale) and not question.enps:
            assert question.points % 2 == 1
            assert len(question.labels) == question.points


def test_what_is_not_filled_in_is_not_launched() -> None:
    tool = next(one for one in ALL if one.key == "tool-review").survey
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=tool,
        audience=Audience(),
        opens_at=None,
        closes_at=NOON + WEEK,
    )
    reply = launch(DictStore([person()]), None, command, NOON)
    assert isinstance(reply, Rejected)
    assert "[[the tool]]" in wording.unfit(Words(), reply.unfit["survey"])
    forgotten = replace(tool, title=replace(tool.title, default="PowerGrade"))
    assert "[[la herramienta]]" in places(forgotten)


def test_a_started_survey_is_the_template_with_the_files_name_as_its_key(tmp_path: Path) -> None:
    path = tmp_path / "powergrade-2027.yaml"
    start_survey("tool-review", path)
    survey = load_survey(path)
    assert isinstance(survey, Survey)
    assert survey.key == "powergrade-2027"
    template = next(one for one in ALL if one.key == "tool-review")
    assert replace(survey, key="tool-review") == template.survey
    assert path.read_text(encoding="utf-8").startswith("#")  # how to use it comes along
    odd = tmp_path / "Our Review.yaml"
    start_survey("tool-review", odd)
    assert load_survey(odd) == template.survey


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("mine")
    with pytest.raises(TemplateError, match="already exists"):
        start_survey("weekly-pulse", path)
    assert path.read_text() == "mine"


@EACH
def test_it_reads_back_as_it_is_written(template: Template, tmp_path: Path) -> None:
    path = tmp_path / "copy.yaml"
    path.write_text(dump_survey(template.survey), encoding="utf-8")
    assert load_survey(path) == template.survey
