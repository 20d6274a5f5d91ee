"""A wave's times: each activity happens once, however often and late the clock calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from core.people import Audience, Level, Role
from surveys.asking.answering import answer_page
from surveys.commands import AnswerPage, CloseWave, ExtendWave, LaunchSurvey, OpenWave, RemindWave
from surveys.messages import Rejected, WaveLaunched
from surveys.results.model import CommentsResult
from surveys.survey import Dimension, Page, Participation, WaveState
from surveys.waves.pulsing import extend_wave, launch, open_wave, remind_wave
from tests.surveys.store import NOON, WEEK, WIFI, WORDS, DictStore, close_wave, person, survey

DAY = timedelta(days=1)
SHORT = replace(survey((Dimension.LEVEL,)), pages=(Page(questions=(WIFI, WORDS)),))
PULSE = LaunchSurvey(
    wave_id=uuid4(),
    survey=SHORT,
    audience=Audience(),
    opens_at=NOON + DAY,
    closes_at=NOON + WEEK,
    reminders=(NOON + 5 * DAY, NOON + 3 * DAY),
)
WAVE = PULSE.wave_id


@pytest.fixture
def store() -> DictStore:
    return DictStore(
        [
            *(person() for _ in range(8)),
            *(person(Role.OFFICE, Level.MIDDLE, "east") for _ in range(6)),
        ]
    )


def redact(said: str) -> str:
    return said.replace("Bob", "[name]")


def everybody_answers(store: DictStore, at: datetime) -> None:
    for place, who in enumerate(store.people):
        answers = {"wifi": str(place % 5 + 1), "words": f"Ask Bob {place}"}
        answer_page(store, who, AnswerPage(wave_id=WAVE, page=0, answers=answers), at)


def test_a_launch_plans_the_times_and_repeating_it_changes_nothing(store: DictStore) -> None:
    once = launch(store, store.people[0], PULSE, NOON)
    assert isinstance(once, WaveLaunched)
    assert (once.people, once.opens_at) == (14, NOON + DAY)
    assert store.clock == {
        ("open", WAVE, 0): NOON + DAY,
        ("remind", WAVE, 1): NOON + 3 * DAY,
        ("remind", WAVE, 2): NOON + 5 * DAY,
        ("close", WAVE, 0): NOON + WEEK,
    }
    later = replace(PULSE, closes_at=NOON + 2 * WEEK)
    again = launch(store, None, later, NOON + 30 * DAY)
    assert again == replace(once, again=True)
    assert store.waves[WAVE].state is WaveState.PLANNED
    assert store.waves[WAVE].launched_by == store.people[0].id


@pytest.mark.parametrize("opens_at", [None, NOON])
def test_without_a_later_time_it_opens_at_once(store: DictStore, opens_at: datetime | None) -> None:
    launched = launch(store, None, replace(PULSE, opens_at=opens_at), NOON)
    assert isinstance(launched, WaveLaunched)
    assert launched.opens_at == NOON
    assert store.waves[WAVE].state is WaveState.OPEN
    assert len(store.asked) == 14
    store.people.append(person())
    open_wave(store, OpenWave(wave_id=WAVE), NOON + DAY)  # the clock comes, too
    assert (len(store.asked), store.panel_size(WAVE)) == (14, 14)


def test_an_opening_in_the_past_is_refused(store: DictStore) -> None:
    refused = launch(store, None, replace(PULSE, opens_at=NOON - DAY), NOON)
    assert isinstance(refused, Rejected)
    assert set(refused.unfit) == {"opens_at"}
    assert store.waves == {}


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (replace(PULSE, closes_at=NOON - DAY), "closes_at"),
        (replace(PULSE, closes_at=NOON + DAY, reminders=()), "closes_at"),
        (replace(PULSE, reminders=(NOON + 2 * DAY,) * 2), "reminders"),
        (replace(PULSE, reminders=tuple(NOON + n * DAY for n in (2, 3, 4))), "reminders"),
        (replace(PULSE, reminders=(NOON + DAY,)), "reminders"),
        (replace(PULSE, reminders=(NOON + WEEK,)), "reminders"),
        (replace(PULSE, audience=Audience(roles=frozenset({Role.BOARD}))), "audience"),
        (replace(PULSE, survey=replace(SHORT, pages=())), "survey"),
    ],
)
def test_a_launch_that_cannot_work_says_why(
    store: DictStore, command: LaunchSurvey, field: str
) -> None:
    rejected = launch(store, None, command, NOON)
    assert isinstance(rejected, Rejected)
    assert field in rejected.unfit
    assert store.waves == {}
    assert store.clock == {}


def test_reminders_go_once_to_those_who_have_neither_answered_nor_declined(
    store: DictStore,
) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    store.set_participation(WAVE, store.people[0].id, Participation.ANSWERED)
    store.set_participation(WAVE, store.people[1].id, Participation.DECLINED)
    store.set_participation(WAVE, store.people[2].id, Participation.PARTIAL)
    for _ in range(2):
        remind_wave(store, RemindWave(wave_id=WAVE, number=1), NOON + 3 * DAY)
    reminded = {who for _, number, who in store.asked if number == 1}
    assert reminded == {p.id for p in store.people[2:]}


@pytest.mark.parametrize(
    ("number", "at"),
    [(1, NOON + 5 * DAY), (1, NOON + WEEK), (2, NOON + WEEK), (3, NOON + 6 * DAY), (0, NOON + DAY)],
)
def test_a_reminder_too_late_or_never_planned_is_not_sent(
    store: DictStore, number: int, at: datetime
) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    remind_wave(store, RemindWave(wave_id=WAVE, number=number), at)
    assert {n for _, n, _ in store.asked} == {0}


def test_nobody_is_reminded_before_the_opening_or_after_the_closing(store: DictStore) -> None:
    launch(store, None, PULSE, NOON)
    remind_wave(store, RemindWave(wave_id=WAVE, number=2), NOON + 6 * DAY)
    open_wave(store, OpenWave(wave_id=WAVE), NOON + 6 * DAY)
    close_wave(store, CloseWave(wave_id=WAVE), NOON + 6 * DAY, redact)
    remind_wave(store, RemindWave(wave_id=WAVE, number=2), NOON + 6 * DAY)
    assert {n for _, n, _ in store.asked} == {0}


@pytest.mark.usefixtures("exact")
def test_closing_releases_deletes_and_tells_once(store: DictStore) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    everybody_answers(store, NOON + DAY)
    for _ in range(2):
        close_wave(store, CloseWave(wave_id=WAVE), NOON + WEEK, redact)
    assert store.waves[WAVE].state is WaveState.CLOSED
    assert store.told == [WAVE]
    assert store.responses == {}
    results = store.released[WAVE]
    assert (results.final, results.asked, results.answered) == (True, 14, 14)
    district, levels = results.tables
    comments = next(r for r in district.cells[0].questions if r.question == "words")
    assert isinstance(comments, CommentsResult)
    assert sorted(comments.comments) == sorted(f"Ask [name] {i}" for i in range(14))
    assert [cell.n for cell in levels.cells] == [None, None], "fewer than twelve in each"
    assert sorted(said for _, said in store.comments[WAVE]) == sorted(comments.comments)


def test_what_four_said_is_neither_shown_nor_stored(store: DictStore) -> None:
    store.people = store.people[:4]
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    everybody_answers(store, NOON + DAY)
    close_wave(store, CloseWave(wave_id=WAVE), NOON + WEEK, redact)
    assert (store.released[WAVE].answered, store.released[WAVE].tables[0].cells[0].n) == (None,) * 2
    assert (store.responses, list(store.comments[WAVE])) == ({}, [])
    assert store.told == [WAVE]


def test_a_wave_closed_early_stays_closed_when_the_clock_comes(store: DictStore) -> None:
    launch(store, None, PULSE, NOON)
    close_wave(store, CloseWave(wave_id=WAVE), NOON, redact)
    open_wave(store, OpenWave(wave_id=WAVE), NOON + DAY)
    assert store.waves[WAVE].state is WaveState.CLOSED
    assert store.asked == set()


def test_opening_after_the_closing_time_closes_without_asking(store: DictStore) -> None:
    launch(store, None, PULSE, NOON)
    open_wave(store, OpenWave(wave_id=WAVE), NOON + WEEK)
    assert store.waves[WAVE].state is WaveState.CLOSED
    assert store.asked == set()
    close_wave(store, CloseWave(wave_id=WAVE), NOON + WEEK, redact)  # its remaining steps
    assert store.released[WAVE].answered is None


def test_a_wave_that_is_not_there_is_nothing_to_do(store: DictStore) -> None:
    open_wave(store, OpenWave(wave_id=WAVE), NOON)
    remind_wave(store, RemindWave(wave_id=WAVE, number=1), NOON)
    close_wave(store, CloseWave(wave_id=WAVE), NOON, redact)
    assert store.waves == {}


@pytest.mark.usefixtures("exact")
def test_a_wave_that_was_extended_closes_at_its_new_time_only(store: DictStore) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    for _ in range(2):
        extend_wave(store, ExtendWave(wave_id=WAVE, closes_at=NOON + 2 * WEEK), NOON + DAY)
    assert sorted(at for (kind, *_), at in store.clock.items() if kind == "close") == [
        NOON + WEEK,
        NOON + 2 * WEEK,
    ]
    due = CloseWave(wave_id=WAVE, due=True)
    close_wave(store, due, NOON + WEEK, redact)
    assert store.waves[WAVE].state is WaveState.OPEN
    everybody_answers(store, NOON + WEEK + DAY)
    close_wave(store, due, NOON + 2 * WEEK, redact)
    assert store.released[WAVE].answered == 14


def test_a_wave_that_is_closed_early_says_when_it_was_closed(store: DictStore) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    close_wave(store, CloseWave(wave_id=WAVE), NOON + DAY, redact)
    assert store.waves[WAVE].closes_at == NOON + DAY


def test_a_wave_that_is_closed_late_keeps_the_time_that_people_were_told(store: DictStore) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    close_wave(store, CloseWave(wave_id=WAVE, due=True), NOON + 2 * WEEK, redact)
    assert store.waves[WAVE].closes_at == NOON + WEEK


@pytest.mark.parametrize(
    ("closes_at", "at"), [(NOON + WEEK, NOON), (NOON + DAY, NOON), (NOON + 9 * WEEK, NOON + WEEK)]
)
def test_a_closing_is_only_moved_back_and_only_before_it(
    store: DictStore, closes_at: datetime, at: datetime
) -> None:
    launch(store, None, replace(PULSE, opens_at=None), NOON)
    rejected = extend_wave(store, ExtendWave(wave_id=WAVE, closes_at=closes_at), at)
    assert isinstance(rejected, Rejected)
    assert store.waves[WAVE].closes_at == NOON + WEEK
