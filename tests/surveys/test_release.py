"""The gate: what is shown of a wave, audited by brute force over random small districts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.beside import Group
from surveys.commands import ShowResults
from surveys.encoding import results_from_json, results_to_json
from surveys.messages import NotForYou, Results
from surveys.ports import OpenResponse, Response
from surveys.questions import Answer
from surveys.release import final_results, live_results
from surveys.results import Cell, CommentsResult, ShareResult, Withheld
from surveys.survey import Dimension, Participation, PlannedTable, WaveState
from surveys.tabulating import Atom, atom_of, planned_cells
from surveys.viewing import show_results
from tests.surveys.audit import K, echelon, given_away, remainder
from tests.surveys.store import NOON, WEEK, DictStore, person, survey, wave

ROLE, LEVEL, BUILDING = Dimension.ROLE, Dimension.LEVEL, Dimension.BUILDING
PLANS = [
    (),
    ((LEVEL,),),
    ((LEVEL,), (ROLE,)),
    ((LEVEL,), (ROLE,), (BUILDING,)),
    ((LEVEL,), (ROLE,), (BUILDING,), (ROLE, LEVEL)),
    ((ROLE, LEVEL),),
    ((ROLE, BUILDING), (LEVEL,)),
]
BUILDINGS = {"north": "high", "south": "high", "east": "middle"}


At = tuple[tuple[Dimension, ...], Group]
"""Where a cell is: its table and its group."""


def said(
    answers: dict[str, Answer], role: str = "teacher", building: str = "north"
) -> OpenResponse:
    level = BUILDINGS[building]
    return OpenResponse(answers=answers, role=role, level=level, building=building)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "wifi": st.integers(1, 5),
        "device": st.sampled_from(["laptop", "laptop", "laptop", "tablet", "board"]),
        "first": st.permutations("abcd").map(lambda order: tuple(order[:2])),
        "words": st.just("so it is"),
    },
)
GROUP = st.builds(
    lambda role, building, answers: [said(a, role, building) for a in answers],
    st.sampled_from(["teacher", "office", "support"]),
    st.sampled_from(sorted(BUILDINGS)),
    st.lists(ANSWERS, min_size=1, max_size=9),
)
DISTRICT = st.lists(GROUP, max_size=8).map(lambda groups: [r for g in groups for r in g])


def released(
    plan: tuple[tuple[Dimension, ...], ...], responses: list[OpenResponse]
) -> dict[At, Cell]:
    asked = Counter(map(atom_of, responses))
    results = final_results(wave(survey(*plan)), responses, asked, len(responses), str, NOON)
    return {(t.plan.by, cell.group): cell for t in results.tables for cell in t.cells}


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PLANS), DISTRICT)
def test_no_sum_or_difference_of_released_cells_is_about_fewer_than_five(
    plan: tuple[tuple[Dimension, ...], ...], responses: list[OpenResponse]
) -> None:
    cells = released(plan, responses)
    atoms = {atom_of(r) for r in responses}
    members = {
        (table.by, cell.group): cell.atoms
        for table in survey(*plan).tables
        for cell in planned_cells(table, atoms)
    }
    for key in (None, "wifi", "device", "first"):
        people = Counter(atom_of(r) for r in responses if key is None or key in r.answers)
        shown = [
            members[at]
            for at, cell in cells.items()
            if (cell.n is not None if key is None else not isinstance(found(cell, key), Withheld))
        ]
        if key is None and len(responses) >= K:
            shown.append(frozenset(people))  # how many answered is told in any case
        assert given_away(shown, people) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLANS[1:]), DISTRICT)
def test_no_coded_share_can_be_computed_from_exact_ones(
    plan: tuple[tuple[Dimension, ...], ...], responses: list[OpenResponse]
) -> None:
    cells = released(plan, responses)
    atoms = sorted({atom_of(r) for r in responses})
    inside = {
        (table.by, cell.group): cell.atoms
        for table in survey(*plan).tables
        for cell in planned_cells(table, atoms)
    }
    items = ["laptop", "tablet", "board"]

    def row(at: At, *keys: str) -> list[int]:
        answered = {atom_of(r) for r in responses if "device" in r.answers} & inside[at]
        return [int(atom in answered and item in keys) for atom in atoms for item in items]

    shown = {at: r for at, c in cells.items() if isinstance(r := found(c, "device"), ShareResult)}
    told = [row(at, *items) for at in shown]
    whole = shown.get(((), ()))
    before = echelon([*told, *([row(((), ()), s.key) for s in whole.shares] if whole else [])])
    exact = [row(at, s.key) for at, r in shown.items() for s in r.shares if s.coded is None]
    basis = echelon([*told, *exact])
    for at, result in shown.items():
        for share in result.shares:
            n, count = result.n, truth(responses, inside[at], share.key)
            near = 10 * max(count, n - count) >= 9 * n or min(count, n - count) <= 2
            if not at[1]:
                assert share.coded is None
            elif near:
                assert share.coded is not None
                assert share.count is share.share is share.low is share.high is None
                target = [Fraction(v) for v in row(at, share.key)]
                # A group that is the district, or all of it that answered, is told by it anyway.
                assert any(remainder(basis, target)) or not any(remainder(before, target))


def truth(responses: list[OpenResponse], atoms: frozenset[Atom], key: str) -> int:
    return sum(atom_of(r) in atoms and r.answers.get("device") == key for r in responses)


def found(cell: Cell, key: str) -> object:
    return next(result for result in cell.questions if result.question == key)


def answers(n: int, **more: Answer) -> list[OpenResponse]:
    spread = ["laptop", "tablet", "board"]
    return [said({"wifi": i % 5 + 1, "device": spread[i % 3], **more}) for i in range(n)]


def test_four_answers_show_nothing_and_look_like_none() -> None:
    (nothing,) = released((), []).values()
    (four,) = released((), answers(4)).values()
    assert four == nothing
    assert four.n is None
    assert [r.least for r in four.questions if isinstance(r, Withheld)] == [5, 5, 5, 10]


def test_five_answers_show_scores() -> None:
    (five,) = released((), answers(5)).values()
    assert five.n == 5
    wifi = found(five, "wifi")
    assert isinstance(wifi, ShareResult)
    assert [share.count for share in wifi.shares] == [1, 1, 1, 1, 1]
    assert isinstance(found(five, "first"), Withheld)  # nobody ranked


def test_comments_are_shown_from_ten_who_wrote_one_redacted_and_for_the_district_only() -> None:
    nine = answers(9, words="call Bob") + answers(20)
    (cell,) = released((), nine).values()
    assert isinstance(found(cell, "words"), Withheld)
    wrote = wave(survey((ROLE,)))
    ten = answers(10, words="call Bob") + answers(20)
    results = final_results(wrote, ten, {}, 30, lambda w: w.replace("Bob", "[name]"), NOON)
    district, roles = results.tables
    told = found(district.cells[0], "words")
    assert isinstance(told, CommentsResult)
    assert told.comments == ("call [name]",) * 10
    assert all(r.question != "words" for cell in roles.cells for r in cell.questions)


def test_a_group_that_was_asked_is_listed_whether_or_not_it_answered() -> None:
    asked: dict[Atom, int] = {("teacher", "high", "north"): 9, ("office", "middle", "east"): 9}
    results = final_results(wave(survey((LEVEL,))), answers(8), asked, 18, str, NOON)
    groups = {cell.group: cell.n for cell in results.tables[1].cells}
    assert groups == {(("level", "middle"),): None, (("level", "high"),): 8}


def test_how_many_answered_in_all_is_told_also_where_the_district_is_not_planned() -> None:
    """Ten answered, of which eight in high schools: two in the only other level."""
    asks = replace(survey(), tables=(PlannedTable(by=(LEVEL,)),))
    two = [said({"wifi": 1}, building="east")] * 2
    results = final_results(wave(asks), answers(8) + two, {}, 20, str, NOON)
    assert results.answered == 10
    assert [cell.n for cell in results.tables[0].cells] == [None, None]


def test_results_read_back_as_they_were_kept() -> None:
    mixed = answers(12, first=("a", "b"), words="yes") + [said({"wifi": 2}, "office", "east")] * 7
    results = final_results(wave(survey((LEVEL,), (ROLE,))), mixed, {}, 19, str, NOON)
    assert results_from_json(results_to_json(results)) == results


def test_live_figures_are_of_a_half_so_that_the_last_are_never_singled_out() -> None:
    first = live_results(wave(), answers(99), 190, None, NOON)
    assert first.answered == 99
    waiting = found(first.tables[0].cells[0], "wifi")
    assert isinstance(waiting, Withheld)
    assert (waiting.live, waiting.least) == (True, 100), "it says what it waits for"
    then = live_results(wave(), answers(100), 190, first, NOON)
    wifi = found(then.tables[0].cells[0], "wifi")
    assert isinstance(wifi, ShareResult)
    assert wifi.n == then.tables[0].cells[0].n == 50


def test_a_question_few_more_answered_keeps_its_live_figures() -> None:
    first = live_results(wave(), answers(100), 190, None, NOON)
    more = answers(104) + [said({"wifi": 3})] * 6
    then = live_results(wave(), more, 190, first, NOON)
    before, after = first.tables[0].cells[0], then.tables[0].cells[0]
    assert found(after, "device") == found(before, "device")
    wifi = found(after, "wifi")
    assert isinstance(wifi, ShareResult)
    assert wifi.n == 55


def test_what_most_say_so_far_is_coded_and_its_mean_not_told() -> None:
    live = live_results(wave(), [said({"wifi": 5})] * 90 + answers(10), 110, None, NOON)
    wifi = found(live.tables[0].cells[0], "wifi")
    assert isinstance(wifi, ShareResult)
    assert all(share.coded and share.count is None for share in wifi.shares)
    assert wifi.mean is None


def test_live_results_are_the_districts_only_and_without_comments() -> None:
    live = live_results(wave(survey((LEVEL,))), answers(130, words="x"), 140, None, NOON)
    assert [table.plan.by for table in live.tables] == [()]
    assert isinstance(found(live.tables[0].cells[0], "words"), Withheld)


def answered(store: DictStore, n: int) -> DictStore:
    (asked,) = store.waves.values()
    for response in answers(n):
        someone = person()
        store.panel.setdefault(asked.id, {})[someone.id] = Participation.ANSWERED
        kept = Response(answers=response.answers, complete=True)
        store.put_response(asked.id, someone, kept)
    return store


def look(store: DictStore, *, everything: bool = True, late: bool = False) -> Results:
    (asked,) = store.waves.values()
    at = NOON + WEEK if late else NOON + timedelta(hours=1)
    found = show_results(store, person(), ShowResults(wave_id=asked.id), at, everything)
    assert isinstance(found, Results)
    return found


@pytest.fixture
def store() -> DictStore:
    made = DictStore()
    made.add_wave(wave(survey((LEVEL,))))
    return made


def test_live_results_are_taken_anew_in_batches_of_five(store: DictStore) -> None:
    ns = []
    for _ in range(21):
        ns.append(look(store).results.answered)
        answered(store, 1)
    assert ns == [None] * 5 + [5] * 5 + [10] * 5 + [15] * 5 + [20]


def test_nothing_is_taken_anew_after_the_closing_time(store: DictStore) -> None:
    look(answered(store, 10))
    assert look(answered(store, 50), late=True).results.answered == 10


def test_the_ledger_says_who_was_shown_what(store: DictStore) -> None:
    look(answered(store, 10))
    assert [what for _, what in store.ledger] == ["live: district; 10 answers"]


def test_who_may_not_see_all_tables_sees_the_districts(store: DictStore) -> None:
    (asked,) = store.waves.values()
    results = final_results(asked, answers(30), {}, 40, str, NOON)
    store.put_results(asked.id, results)
    store.set_wave_state(asked.id, WaveState.CLOSED)
    assert len(look(store).results.tables) == 2
    assert [t.plan.by for t in look(store, everything=False).results.tables] == [()]
    assert store.ledger[-1][1] == "final: district; 30 answers"


def test_a_wave_that_is_not_open_or_not_there_has_no_results(store: DictStore) -> None:
    (asked,) = store.waves.values()
    store.set_wave_state(asked.id, WaveState.PLANNED)
    for wave_id in (asked.id, person().id):
        command = ShowResults(wave_id=wave_id)
        assert isinstance(show_results(store, person(), command, NOON, True), NotForYou)
