"""Answering: what fits is kept, what does not is said, and nothing after the closing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.people import Person
from surveys.asking.answering import answer_page, decline, show_page
from surveys.commands import AnswerPage, DeclineWave, ShowPage
from surveys.messages import (
    Answered,
    Declined,
    NotForYou,
    QuestionPage,
    Rejected,
    WaveClosedAlready,
)
from surveys.questions import RawAnswer
from surveys.survey import Participation, Wave, WaveState
from tests.surveys.store import NOON, WEEK, DictStore, person, wave


@pytest.fixture
def ana() -> Person:
    return person()


@pytest.fixture
def asked() -> Wave:
    return wave()


@pytest.fixture
def store(asked: Wave, ana: Person) -> DictStore:
    made = DictStore([ana])
    made.add_wave(asked)
    made.freeze_panel(asked.id, [ana])
    return made


PAGE_0: dict[str, RawAnswer] = {"wifi": "4", "device": "tablet"}
PAGE_1: dict[str, RawAnswer] = {"first": ("b", "a"), "words": "Rooms 1 to 9"}


def hand_in(
    store: DictStore, who: Person, wave: Wave, page: int, answers: dict[str, RawAnswer]
) -> object:
    return answer_page(store, who, AnswerPage(wave_id=wave.id, page=page, answers=answers), NOON)


def test_page_by_page_to_a_complete_response(store: DictStore, ana: Person, asked: Wave) -> None:
    first = show_page(store, ana, ShowPage(wave_id=asked.id), NOON)
    assert isinstance(first, QuestionPage)
    assert (first.page, first.pages, first.given) == (0, 2, {})
    second = hand_in(store, ana, asked, 0, PAGE_0)
    assert isinstance(second, QuestionPage)
    assert [q.key for q in second.questions] == ["first", "words"]
    assert store.participation(asked.id, ana.id) is Participation.PARTIAL
    assert store.open_responses(asked.id) == []
    thanks = hand_in(store, ana, asked, 1, PAGE_1)
    assert isinstance(thanks, Answered)
    assert not thanks.changed
    assert store.participation(asked.id, ana.id) is Participation.ANSWERED
    (kept,) = store.open_responses(asked.id)
    assert kept.answers == {
        "wifi": 4,
        "device": "tablet",
        "first": ("b", "a"),
        "words": "Rooms 1 to 9",
    }


def test_what_fits_is_kept_beside_what_does_not(store: DictStore, ana: Person, asked: Wave) -> None:
    answers: dict[str, RawAnswer] = {"wifi": "4", "device": "phone"}
    rejected = hand_in(store, ana, asked, 0, answers)
    assert isinstance(rejected, Rejected)
    assert list(rejected.unfit) == ["device"]
    assert rejected.page is not None
    assert rejected.page.given == {"wifi": 4}
    assert rejected.page.raw == answers
    again = show_page(store, ana, ShowPage(wave_id=asked.id), NOON)
    assert isinstance(again, QuestionPage)
    assert again.given == {"wifi": 4}


def test_answers_are_changed_and_a_change_half_made_loses_none(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    hand_in(store, ana, asked, 0, PAGE_0)
    hand_in(store, ana, asked, 1, PAGE_1)
    assert isinstance(hand_in(store, ana, asked, 0, {"wifi": "2", "device": "?"}), Rejected)
    (kept,) = store.open_responses(asked.id)
    assert (kept.answers["wifi"], kept.answers["device"]) == (2, "tablet")
    thanks = hand_in(store, ana, asked, 1, {"first": ""})
    assert isinstance(thanks, Answered)
    assert thanks.changed
    (kept,) = store.open_responses(asked.id)
    assert kept.answers == {"wifi": 2, "device": "tablet"}  # the optional ones were cleared
    assert store.participation(asked.id, ana.id) is Participation.ANSWERED


def test_the_last_page_alone_does_not_complete(store: DictStore, ana: Person, asked: Wave) -> None:
    back = hand_in(store, ana, asked, 1, PAGE_1)
    assert isinstance(back, QuestionPage)
    assert (back.page, set(back.unfit)) == (0, {"wifi", "device"})
    assert store.open_responses(asked.id) == []
    assert store.participation(asked.id, ana.id) is Participation.PARTIAL


def test_a_page_that_is_not_there_shows_one_that_is(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    assert isinstance(hand_in(store, ana, asked, 7, PAGE_0), QuestionPage)
    assert store.response(asked.id, ana.id) is None
    shown = show_page(store, ana, ShowPage(wave_id=asked.id, page=7), NOON)
    assert isinstance(shown, QuestionPage)
    assert shown.page == 1


def test_until_the_closing_and_not_after(store: DictStore, ana: Person, asked: Wave) -> None:
    command = AnswerPage(wave_id=asked.id, page=0, answers=PAGE_0)
    just = NOON + WEEK - timedelta(seconds=1)
    assert isinstance(answer_page(store, ana, command, just), QuestionPage)
    late = answer_page(store, ana, command, NOON + WEEK)  # the clock has not closed it yet
    assert late == WaveClosedAlready(title=asked.survey.title, closed_at=asked.closes_at)
    store.set_wave_state(asked.id, WaveState.CLOSED)
    assert isinstance(show_page(store, ana, ShowPage(wave_id=asked.id), NOON), WaveClosedAlready)


def test_only_the_panel_is_asked(store: DictStore, asked: Wave) -> None:
    stranger = person()
    refused = hand_in(store, stranger, asked, 0, PAGE_0)
    assert isinstance(refused, NotForYou)
    assert "Pulse" in refused.why.why.format(**refused.why.values)
    assert store.response(asked.id, stranger.id) is None
    store.set_wave_state(asked.id, WaveState.PLANNED)
    assert isinstance(show_page(store, stranger, ShowPage(wave_id=asked.id), NOON), NotForYou)
    assert isinstance(decline(store, stranger, DeclineWave(wave_id=stranger.id), NOON), NotForYou)


def test_no_answer_is_a_fine_answer_and_can_still_become_one(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    command = DeclineWave(wave_id=asked.id)
    assert isinstance(decline(store, ana, command, NOON), Declined)
    assert store.participation(asked.id, ana.id) is Participation.DECLINED
    hand_in(store, ana, asked, 0, PAGE_0)
    hand_in(store, ana, asked, 1, PAGE_1)
    assert isinstance(decline(store, ana, command, NOON), Answered)
    assert store.participation(asked.id, ana.id) is Participation.ANSWERED
