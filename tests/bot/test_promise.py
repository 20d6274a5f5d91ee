"""The sentence before the first question: it says what the survey's plan says, and no more."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import pytest

from bot.conversation import Reader
from bot.examples import example_district
from bot.files.survey_yaml import load_survey
from bot.mail.draw import draw as draw_mail
from bot.promise_words import group_words, promised
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message, draw_modal
from bot.teams.draw import draw as draw_card
from bot.web.draw import draw as draw_page
from bot.words import Words
from governance.composing import invitation
from surveys.messages import Invitation, QuestionPage
from surveys.promise import Promise, promise
from surveys.questions import FreeText
from surveys.survey import Dimension, Page, PlannedTable, Survey
from tests.stand_ins.teams import text_of
from tests.surveys.store import NOON, WEEK, WIFI, survey, wave

DOCS = Path(__file__).parents[2] / "docs"
GOLDEN = Path(__file__).parent / "golden" / "promises.txt"
LEVEL, ROLE, BUILDING = Dimension.LEVEL, Dimension.ROLE, Dimension.BUILDING
PLANS = {
    "the district alone": Promise(),
    "comments": Promise(comments=True),
    "every table": promise(survey((LEVEL,), (ROLE,), (LEVEL, ROLE), (BUILDING,))),
    "a committee": Promise(committees=("Network and Infrastructure",)),
    "committees": Promise(committees=("Network and Infrastructure", "CLASS Plan Steering")),
    "a records hold": Promise(held=True),
}


@pytest.mark.parametrize("locale", ["en", "es"])
def test_it_reads_as_it_was_agreed(locale: str) -> None:
    """``GOLDEN=write`` writes it anew; it is quoted in docs/confidentiality.md."""
    said = "".join(f"{name}: {promised(Words(locale), plan)}\n\n" for name, plan in PLANS.items())
    path = GOLDEN.with_stem(f"promises-{locale}")
    if os.environ.get("GOLDEN") == "write":
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_table_that_can_be_planned_has_words_of_its_own(locale: str) -> None:
    plans = [by for size in range(4) for by in combinations(Dimension, size)]
    assert len({group_words(Words(locale), by) for by in plans}) == len(plans) == 8


def test_a_table_that_is_not_planned_is_not_named_and_none_is_named_twice() -> None:
    plan = promise(survey((LEVEL, ROLE), (ROLE, LEVEL)))
    assert plan.groups == (frozenset(), frozenset({LEVEL, ROLE}))
    said = promised(Words(), plan)
    assert "each role at each level" in said
    assert "building" not in said
    only = promise(replace(survey(), tables=(PlannedTable(by=(ROLE,)),)))
    assert "results for each role, and" in promised(Words(), only)


def test_comments_are_spoken_of_where_something_can_be_written() -> None:
    asks = survey()
    assert "Comments show" in promised(Words(), promise(asks))
    scores = [q for q in asks.questions if not isinstance(q, FreeText)]
    without = replace(asks, pages=(Page(questions=tuple(scores)),))
    assert "omment" not in promised(Words(), promise(without))


def test_nobody_is_called_anonymous() -> None:
    for locale in ("en", "es"):
        for plan in PLANS.values():
            assert "nonym" not in promised(Words(locale), plan)
            assert "nónim" not in promised(Words(locale), plan)


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_platform_says_the_same_before_the_first_question(locale: str) -> None:
    asks = survey((LEVEL,))
    asked = wave(asks)
    said = promised(Words(locale), promise(asks))
    reader = Reader(locale=locale, web_url="https://soundingboard.example.org")
    pen = pen_for(reader, uuid4())
    letter = draw_mail(
        invitation(asked, promise(asks)), Words(locale), "https://soundingboard.example.org"
    )
    assert letter.note == said
    page = QuestionPage(
        wave_id=asked.id,
        title=asks.title,
        page=0,
        pages=2,
        questions=(WIFI,),
        closes_at=NOON + WEEK,
        promise=promise(asks),
    )
    first: list[Invitation | QuestionPage] = [invitation(asked, promise(asks)), page]
    for message in first:
        assert said in _plain(json.dumps(draw_message(message, pen), ensure_ascii=False))
        card = draw_card(message, reader)
        assert card is not None
        assert said in _plain(text_of(card.card))
    assert said in _plain(json.dumps(draw_modal(page, pen), ensure_ascii=False))
    assert said in _plain(str(draw_page(invitation(asked, promise(asks)), reader, csrf="token")))


def test_the_documentation_quotes_what_the_example_says() -> None:
    pulse = load_survey(example_district() / "surveys" / "weekly-pulse.yaml")
    assert isinstance(pulse, Survey)
    quoted = (DOCS / "confidentiality.md").read_text(encoding="utf-8").replace("\n> ", " ")
    assert f" {promised(Words(), promise(pulse))}\n" in quoted


def _plain(drawn: str) -> str:
    return drawn.replace("&#39;", "'").replace("&amp;", "&").replace("\\'", "'")
