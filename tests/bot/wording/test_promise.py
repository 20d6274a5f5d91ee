"""What is said before the first question: one sentence, and how it is kept: what the plan says."""

from __future__ import annotations

import json
import math
import os
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import pytest

from bot.conversation import Reader
from bot.demo.examples import example_district
from bot.files.survey_yaml import load_survey
from bot.mail.draw import draw as draw_mail
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message, draw_modal
from bot.teams.draw import draw as draw_card
from bot.web.draw import draw as draw_page
from core.words import Words
from governance import wording
from governance.waves.messages import invitation
from governance.waves.promise_wording import promised, protection
from surveys.messages import Invitation, QuestionPage
from surveys.promise import Promise, promise
from surveys.questions import Choice, FreeText, Pairwise, SingleChoice
from surveys.survey import USUAL, Condition, Dimension, Page, PlannedTable, Survey
from tests.stand_ins.teams import text_of
from tests.surveys.store import NOON, WEEK, WIFI, survey, wave

DOCS = Path(__file__).parents[3] / "docs"
GOLDEN = Path(__file__).parent / "promises.txt"
_TWO = tuple(Choice(key=key, label=WIFI.prompt) for key in "ab")
LEVEL, ROLE, BUILDING = Dimension.LEVEL, Dimension.ROLE, Dimension.BUILDING
PLANS = {
    "the district alone": Promise(),
    "comments": Promise(comments=True),
    "comments with themes": Promise(comments=True, rules=replace(USUAL, themes=True)),
    "every table": promise(survey((LEVEL,), (ROLE,), (LEVEL, ROLE), (BUILDING,))),
    "a committee": Promise(committees=("Network and Infrastructure",)),
    "committees": Promise(committees=("Network and Infrastructure", "CLASS Plan Steering")),
    "a records hold": Promise(held=True),
    "nothing live": Promise(looks=()),
    "looks": Promise(looks=(350, 700, 1400, 2800)),
    "pages for some": Promise(some=((2, WIFI.prompt), (3, WIFI.prompt)), barriers=True),
    "ten pairs": Promise(pairs=10),
}


@pytest.mark.parametrize("locale", ["en", "es"])
def test_it_reads_as_it_was_agreed(locale: str) -> None:
    """``GOLDEN=write`` writes it anew; it is quoted in docs/confidentiality.md."""
    words = Words(locale)
    said = "".join(
        f"{name}: {promised(words, plan)}\n"
        + "".join(f"- {one}\n" for one in protection(words, plan))
        + "\n"
        for name, plan in PLANS.items()
    )
    path = GOLDEN.with_stem(f"promises-{locale}")
    if os.environ.get("GOLDEN") == "write":
        path.write_text(said, encoding="utf-8")
    assert said == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_table_that_can_be_planned_has_words_of_its_own(locale: str) -> None:
    plans = [by for size in range(4) for by in combinations(Dimension, size)]
    assert len({wording.groups(Words(locale), by) for by in plans}) == len(plans) == 8


def test_a_table_that_is_not_planned_is_not_named_and_none_is_named_twice() -> None:
    plan = promise(survey((LEVEL, ROLE), (ROLE, LEVEL)))
    assert plan.groups == (frozenset(), frozenset({LEVEL, ROLE}))
    said = " ".join(protection(Words(), plan))
    assert "each role at each level" in said
    assert "building" not in said
    only = promise(replace(survey(), tables=(PlannedTable(by=(ROLE,)),)))
    assert "results for each role." in " ".join(protection(Words(), only))


def test_comments_are_spoken_of_where_something_can_be_written() -> None:
    asks = survey()
    assert "Comments, and exactly how many" in " ".join(protection(Words(), promise(asks)))
    scores = [q for q in asks.questions if not isinstance(q, FreeText)]
    without = replace(asks, pages=(Page(questions=tuple(scores)),))
    assert "omment" not in " ".join(protection(Words(), promise(without)))


def test_themes_of_comments_are_spoken_of_where_they_will_be_counted() -> None:
    counted = "What they are about is counted, and no comment shows its theme."
    for themes in (True, False):
        told = promise(survey(), rules=replace(USUAL, themes=themes))
        assert (counted in " ".join(protection(Words(), told))) is themes
        assert told.epsilon == promise(survey()).epsilon, "they are within the sum that is printed"


def test_a_page_for_some_is_named_with_the_question_that_decides() -> None:
    asks = survey()
    decides = next(q for q in asks.questions if isinstance(q, SingleChoice))
    later = Page(questions=(replace(decides, key="why"),), show_if=Condition(question=decides.key))
    plan = promise(replace(asks, pages=(*asks.pages, later)))
    assert plan.some == ((len(asks.pages) + 1, decides.prompt),)
    said = " ".join(protection(Words(), plan))
    assert f"page {len(asks.pages) + 1} (after “{decides.prompt.default}”)" in said
    assert "Asked only of some" not in " ".join(protection(Words(), promise(asks)))


def test_it_says_that_comparisons_add_up_where_people_make_more_than_two() -> None:
    pairs = Pairwise(key="pairs", prompt=WIFI.prompt, choices=_TWO, pairs=10)
    asks = survey()
    plan = promise(replace(asks, pages=(*asks.pages, Page(questions=(pairs,)))))
    assert plan.pairs == 10
    assert "two of your 10 comparisons" in " ".join(protection(Words(), plan))
    assert "two of your" not in " ".join(protection(Words(), promise(asks)))


@pytest.mark.parametrize(
    ("plan", "epsilon", "sure"),
    [
        (Promise(), 2.0, 89),
        (Promise(some=((2, WIFI.prompt),)), 2.5, 93),
        (Promise(some=((2, WIFI.prompt),), barriers=True), 3.0, 96),
    ],
)
def test_the_bound_is_what_the_budget_gives(plan: Promise, epsilon: float, sure: int) -> None:
    """The tables, the looks, pages for some and barriers: every part that tells of an answer."""
    assert float(plan.epsilon) == epsilon
    odds = math.exp(epsilon)
    assert sure - 1 < 100 * odds / (1 + odds) <= sure == plan.most_sure


def test_nobody_reads_more_than_ten_sentences() -> None:
    all_of_it = replace(PLANS["pages for some"], comments=True, looks=(120,))
    assert len(protection(Words(), all_of_it)) == 10


def test_nobody_is_called_anonymous() -> None:
    for locale in ("en", "es"):
        for plan in PLANS.values():
            said = " ".join([promised(Words(locale), plan), *protection(Words(locale), plan)])
            assert "nonym" not in said
            assert "nónim" not in said


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
    assert letter.note.startswith(said)
    assert letter.note.endswith(f"/surveys/{asked.id}#protected")
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
        assert f"/surveys/{asked.id}#protected" in text_of(card.card) + json.dumps(card.card)
    assert said in _plain(json.dumps(draw_modal(page, pen), ensure_ascii=False))
    web = _plain(str(draw_page(invitation(asked, promise(asks)), reader, csrf="token")))
    assert said in web
    assert all(one in web for one in protection(Words(locale), promise(asks)))


def test_without_a_web_page_chats_say_all_of_it() -> None:
    asks = survey((LEVEL,))
    message, reader = invitation(wave(asks), promise(asks)), Reader()
    card = draw_card(message, reader)
    assert card is not None
    slack = json.dumps(draw_message(message, pen_for(reader, uuid4())), ensure_ascii=False)
    for said in protection(Words(), promise(asks)):
        assert said in _plain(slack)
        assert said in _plain(text_of(card.card))


def test_the_documentation_quotes_what_the_example_says() -> None:
    pulse = load_survey(example_district() / "surveys" / "weekly-pulse.yaml")
    assert isinstance(pulse, Survey)
    quoted = (DOCS / "confidentiality.md").read_text(encoding="utf-8").replace("\n> ", " ")
    assert f" {promised(Words(), promise(pulse))}\n" in quoted
    told = promise(pulse, asked=7000, rules=replace(USUAL, themes=True))
    for said in protection(Words(), told):
        assert said in quoted.replace("\n", " ")


def _plain(drawn: str) -> str:
    return drawn.replace("&#39;", "'").replace("&amp;", "&").replace("\\'", "'")
