"""Unfinished responses: kept until the closing, and counted where enough is there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from surveys.asking.answering import answer_page, decline, show_page
from surveys.commands import AnswerPage, CloseWave, DeclineWave, LaunchSurvey, ShowPage
from surveys.messages import QuestionPage
from surveys.questions import RawAnswer
from surveys.results.model import ShareResult, Withheld
from surveys.results.partials import is_partial
from surveys.survey import Page, Participation
from surveys.waves.pulsing import launch
from tests.surveys.store import (
    DEVICE,
    FIRST,
    NOON,
    WEEK,
    WIFI,
    WORDS,
    DictStore,
    close_wave,
    person,
    survey,
)

LATER = NOON + timedelta(days=1)
FULL: dict[str, RawAnswer] = {"wifi": "4", "device": "laptop"}
TWO_PAGES = replace(
    survey(), pages=(Page(questions=(WIFI,)), Page(questions=(DEVICE, FIRST, WORDS)))
)

pytestmark = pytest.mark.usefixtures("exact")


@pytest.fixture
def store() -> DictStore:
    return DictStore([person() for _ in range(40)])


def open_wave(store: DictStore) -> UUID:
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=TWO_PAGES,
        audience=Audience(),
        opens_at=None,
        closes_at=NOON + WEEK,
    )
    launch(store, None, command, NOON)
    return command.wave_id


def answer(store: DictStore, wave: UUID, people: slice, *, pages: int) -> None:
    for who in store.people[people]:
        for page in range(pages):
            answer_page(store, who, AnswerPage(wave_id=wave, page=page, answers=FULL), LATER)


def counted(store: DictStore, wave: UUID) -> dict[str, int]:
    """How many answers each question has in the district's table."""
    close_wave(store, CloseWave(wave_id=wave), NOON + WEEK, str)
    (cell,) = store.released[wave].tables[0].cells
    return {
        one.question: one.n if isinstance(one, ShareResult) else 0
        for one in cell.questions
        if isinstance(one, ShareResult | Withheld)
    }


def test_what_everybody_has_to_answer_counts_complete_responses(store: DictStore) -> None:
    """So it needs no noisy count of its own of how many did."""
    wave = open_wave(store)
    answer(store, wave, slice(0, 12), pages=2)
    answer(store, wave, slice(12, 19), pages=1)
    said = counted(store, wave)
    assert (said["wifi"], said["device"]) == (10, 10), "12, to the nearest five"
    assert store.released[wave].answered == 20, "19: partial responses are responses"
    assert store.responses == {}


def test_who_broke_off_early_does_not_count() -> None:
    three = replace(survey(), pages=(Page(questions=(WIFI,)), Page(questions=(DEVICE, FIRST))))
    needed = replace(three, pages=(*three.pages, Page(questions=(replace(WORDS, required=True),))))
    assert is_partial(three, {"wifi": 3})
    assert not is_partial(needed, {"wifi": 3})
    assert is_partial(needed, {"wifi": 3, "device": "laptop"})
    assert not is_partial(three, {})


def test_where_nothing_had_to_be_answered_half_of_all_counts() -> None:
    free = tuple(replace(q, required=False) for q in (WIFI, DEVICE, FIRST, WORDS))
    asked = replace(survey(), pages=(Page(questions=free),))
    assert not is_partial(asked, {"wifi": 3})
    assert is_partial(asked, {"wifi": 3, "words": "Slow."})


def test_who_declines_after_the_first_page_takes_it_back(store: DictStore) -> None:
    wave = open_wave(store)
    answer(store, wave, slice(0, 12), pages=2)
    answer(store, wave, slice(12, 22), pages=1)
    for who in store.people[12:16]:
        decline(store, who, DeclineWave(wave_id=wave), LATER)
    declined = store.people[12]
    assert store.participation(wave, declined.id) is Participation.DECLINED
    page = show_page(store, declined, ShowPage(wave_id=wave), LATER)
    assert isinstance(page, QuestionPage)
    assert page.given == {}
    assert counted(store, wave)["wifi"] == 10, "12, to the nearest five"
    assert store.released[wave].answered == 20, "18, to the nearest five"
