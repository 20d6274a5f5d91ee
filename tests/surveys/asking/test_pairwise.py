"""Pairs from question to results: own pairs only, counted right, and shown of nobody alone."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from core.people import Person
from core.text import text
from surveys.asking.answering import answer_page, show_page
from surveys.asking.pairing import own_pairs, preferred, undecided
from surveys.commands import AnswerPage, CloseWave, ShowPage
from surveys.encoding import results_to_json, survey_from_json, survey_to_json
from surveys.messages import Answered, QuestionPage, Rejected
from surveys.ports import OpenResponse
from surveys.questions import Choice, Pairwise, Question
from surveys.results.model import RankingResult, Withheld
from surveys.results.release import final_results, live_results
from surveys.survey import Dimension, Page, PlannedTable, Wave, WaveState
from tests.surveys.store import NOON, DictStore, close_wave, person, wave

KEYS = "abcdef"
ASKED = Pairwise(
    key="first",
    prompt=text("Which matters more?"),
    choices=tuple(Choice(key=key, label=text(key.upper())) for key in KEYS),
    pairs=4,
)


def asked_wave(*questions: Question) -> Wave:
    made = wave()
    pages = (Page(questions=questions or (ASKED,)),)
    by_level = (PlannedTable(), PlannedTable(by=(Dimension.LEVEL,)))
    return replace(made, id=UUID(int=7), survey=replace(made.survey, pages=pages, tables=by_level))


def mine(who: Person, of: Wave) -> list[tuple[str, str]]:
    return list(own_pairs(KEYS, 4, of.id, who.id, "first"))


@pytest.fixture
def ana() -> Person:
    return person()


@pytest.fixture
def asked() -> Wave:
    return asked_wave()


@pytest.fixture
def store(asked: Wave, ana: Person) -> DictStore:
    made = DictStore([ana])
    made.add_wave(asked)
    made.freeze_panel(asked.id, [ana])
    return made


def hand_in(store: DictStore, who: Person, of: Wave, entries: tuple[str, ...]) -> object:
    command = AnswerPage(wave_id=of.id, page=0, answers={"first": entries})
    return answer_page(store, who, command, NOON)


def test_somebody_is_shown_their_own_pairs_each_time(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    for _ in range(2):
        page = show_page(store, ana, ShowPage(wave_id=asked.id), NOON)
        assert isinstance(page, QuestionPage)
        (question,) = page.questions
        assert isinstance(question, Pairwise)
        assert list(question.shown) == mine(ana, asked)


def test_what_is_kept_does_not_tell_the_order_of_asking(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    (one, two), (three, four), *rest = mine(ana, asked)
    entries = (preferred(two, one), undecided(four, three), *(preferred(*pair) for pair in rest))
    assert isinstance(hand_in(store, ana, asked, entries[::-1]), Answered)
    (kept,) = store.open_responses(asked.id)
    assert kept.answers == {"first": tuple(sorted(entries))}


def test_a_pair_that_was_not_asked_is_refused(store: DictStore, ana: Person, asked: Wave) -> None:
    pairs = mine(ana, asked)
    foreign = next(
        (a, b) for a in KEYS for b in KEYS if a < b and not {(a, b), (b, a)} & set(pairs)
    )
    entries = (*(preferred(*pair) for pair in pairs[:3]), preferred(*foreign))
    refused = hand_in(store, ana, asked, entries)
    assert isinstance(refused, Rejected)
    assert refused.unfit["first"].why == "That is not one of your pairs. Please choose again."


def test_an_open_pair_is_asked_for_and_the_others_are_still_there(
    store: DictStore, ana: Person, asked: Wave
) -> None:
    entries = tuple(preferred(*pair) for pair in mine(ana, asked)[:3])
    refused = hand_in(store, ana, asked, entries)
    assert isinstance(refused, Rejected)
    assert refused.unfit["first"].values == {"n": 1}
    assert refused.page is not None
    assert refused.page.raw == {"first": entries}


def test_both_answers_to_one_pair_are_refused(store: DictStore, ana: Person, asked: Wave) -> None:
    (a, b), *rest = mine(ana, asked)
    twice = (preferred(a, b), preferred(b, a), *(preferred(*pair) for pair in rest[:2]))
    assert isinstance(hand_in(store, ana, asked, twice), Rejected)


def test_a_survey_with_pairs_reads_back_as_it_was(asked: Wave) -> None:
    assert survey_from_json(survey_to_json(asked.survey)) == asked.survey


# -- results ------------------------------------------------------------------------------------


def people(level: str, n: int, order: str, of: Wave, *, sure: int = 100) -> list[OpenResponse]:
    """Who all prefer what stands first in ``order``; ``sure``: in so many of 100 pairs."""
    found = []
    for i in range(n):
        one = uuid5(NAMESPACE_URL, f"{level} {order} {i}")
        entries = []
        for nth, pair in enumerate(own_pairs(KEYS, 4, of.id, one, "first")):
            better, worse = sorted(pair, key=order.index)
            if (i * 4 + nth) * 37 % 100 >= sure:
                better, worse = worse, better
            entries.append(preferred(better, worse))
        found.append(
            OpenResponse(
                answers={"first": tuple(sorted(entries))},
                role="teacher",
                level=level,
                building=level,
            )
        )
    return found


def results(of: Wave, responses: list[OpenResponse]) -> dict[str, object]:
    groups = Counter((r.role, r.level, r.building) for r in responses)
    found = final_results(of, responses, groups, len(responses), str, NOON)
    cells = {
        (cell.group[0][1] if cell.group else ""): cell.questions[0]
        for table in found.tables
        for cell in table.cells
    }
    return dict(cells)


@pytest.mark.usefixtures("exact")
def test_choices_stand_in_the_order_of_how_often_they_were_preferred(asked: Wave) -> None:
    responses = people("high", 60, "fedcba", asked)
    told = results(asked, responses)[""]
    assert isinstance(told, RankingResult)
    assert [one.key for one in told.ranked] == list("fedcba")
    assert (told.n, told.pairs) == (60, 240)
    assert sum(one.met or 0 for one in told.ranked) == 480
    assert sum(one.strength or 0 for one in told.ranked) == pytest.approx(0)
    assert {(r.wins, r.losses, r.estimate) for r in told.ranked} == {(None, None, None)}


@pytest.mark.usefixtures("exact")
def test_what_could_not_be_decided_is_no_pair(asked: Wave) -> None:
    responses = people("high", 40, "abcdef", asked)
    unsure = [
        replace(one, answers={"first": tuple(_without_a(one.answers["first"]))})
        for one in responses
    ]
    told = results(asked, unsure)[""]
    assert isinstance(told, RankingResult)
    about_a = sum("a" in entry for one in responses for entry in _entries(one))
    assert told.pairs == 160 - about_a


def _entries(one: OpenResponse) -> tuple[str, ...]:
    entries = one.answers["first"]
    assert isinstance(entries, tuple)
    return entries


def _without_a(entries: object) -> list[str]:
    assert isinstance(entries, tuple)
    return [entry.replace(">", "=") if "a" in entry else entry for entry in entries]


@pytest.mark.usefixtures("exact")
def test_live_figures_come_at_a_look(asked: Wave) -> None:
    open_wave = replace(asked, state=WaveState.OPEN)
    responses = people("high", 110, "abcdef", asked, sure=70)
    few = live_results(open_wave, responses[:99], 250, None, NOON)
    assert isinstance(few.tables[0].cells[0].questions[0], Withheld)
    many = live_results(open_wave, responses, 250, few, NOON)
    assert isinstance(many.tables[0].cells[0].questions[0], RankingResult)


def test_after_the_closing_no_single_comparison_is_kept(asked: Wave) -> None:
    """Which pairs somebody was asked can be computed of each person: they would be a name."""
    everyone = [replace(person(), id=uuid5(NAMESPACE_URL, f"{n}")) for n in range(30)]
    store = DictStore(everyone)
    store.add_wave(asked)
    store.freeze_panel(asked.id, everyone)
    for who in everyone:
        entries = tuple(preferred(*pair) for pair in mine(who, asked))
        assert isinstance(hand_in(store, who, asked, entries), Answered)
    close_wave(store, CloseWave(wave_id=asked.id), asked.closes_at, str)
    assert store.responses == {}
    kept = store.released[asked.id].tables[0].cells[0].questions[0]
    assert isinstance(kept, RankingResult), "what they come to is"
    assert not re.search(r"[a-f]>[a-f]", results_to_json(store.released[asked.id]))
