"""What is shown of a wave: its tables and comments when it is closed, and looks while it is open.

Noise is left out, so that figures can be told by hand; ``disclosure`` has the tests of noise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from uuid import NAMESPACE_URL, uuid5

import pytest

from bot.charts.beside_words import least
from core.text import Text
from surveys.commands import ShowResults
from surveys.disclosure.noise import Noisy
from surveys.encoding import results_from_json, results_to_json
from surveys.messages import NotForYou, Results
from surveys.ports import OpenResponse, Response
from surveys.questions import Answer, Scale
from surveys.results.model import Cell, CommentsResult, ShareResult, WaveResults, Withheld
from surveys.results.release import final_results, live_results
from surveys.results.setting_beside import NOTHING_MORE, Known
from surveys.results.tabulating import Atom, atom_of
from surveys.results.viewing import show_results
from surveys.survey import (
    USUAL,
    Condition,
    Dimension,
    Page,
    Participation,
    PlannedTable,
    Rules,
    Survey,
    WaveState,
)
from tests.surveys.store import NOON, WEEK, DictStore, person, survey, wave

pytestmark = pytest.mark.usefixtures("exact")

ROLE, LEVEL, BUILDING = Dimension.ROLE, Dimension.LEVEL, Dimension.BUILDING
BUILDINGS = {"north": "high", "south": "high", "east": "middle"}


def said(
    answers: dict[str, Answer], role: str = "teacher", building: str = "north"
) -> OpenResponse:
    level = BUILDINGS[building]
    return OpenResponse(answers=answers, role=role, level=level, building=building)


def answers(n: int, building: str = "north", **more: Answer) -> list[OpenResponse]:
    spread = ["laptop", "tablet", "board"]
    return [
        said({"wifi": i % 5 + 1, "device": spread[i % 3], **more}, building=building)
        for i in range(n)
    ]


def closed(
    responses: list[OpenResponse],
    *plan: tuple[Dimension, ...],
    asks: Survey | None = None,
    asked: dict[Atom, int] | None = None,
    rules: Rules = USUAL,
    known: Known = NOTHING_MORE,
) -> WaveResults:
    """Everybody who was asked answered, unless ``asked`` says otherwise."""
    panel = asked or Counter(map(atom_of, responses))
    return final_results(
        replace(wave(asks or survey(*plan)), rules=rules),
        responses,
        panel,
        sum(panel.values()),
        lambda w: w.upper(),
        NOON,
        known,
    )


def district(results: WaveResults) -> Cell:
    return results.tables[0].cells[0]


def found(cell: Cell, key: str) -> object:
    return next(result for result in cell.questions if result.question == key)


def test_eleven_answers_show_nothing_and_look_like_none() -> None:
    nothing = district(closed([], asked={("teacher", "high", "north"): 30}))
    eleven = district(closed(answers(11), asked={("teacher", "high", "north"): 30}))
    assert eleven == nothing
    assert eleven.n is None
    assert {r.least for r in eleven.questions if isinstance(r, Withheld)} == {12}


def test_a_panel_of_a_few_people_closes_and_shows_nothing() -> None:
    """A survey that was launched before a launch to so few was refused."""
    results = closed(answers(3, words="Hello"), (LEVEL,))
    assert (results.asked, results.answered, district(results).n) == (None, None, None)
    assert all(isinstance(one, Withheld) for one in district(results).questions)


def test_twelve_answers_show_scores_and_no_count() -> None:
    cell = district(closed(answers(12)))
    assert cell.n == 10, "how many is rounded to five"
    device = found(cell, "device")
    assert isinstance(device, ShareResult)
    assert [share.share for share in device.shares] == pytest.approx([1 / 3] * 3)
    assert {share.count for share in device.shares} == {None}
    assert isinstance(found(cell, "first"), Withheld), "nobody ranked"


def test_a_larger_smallest_group_holds_for_everything_that_is_released() -> None:
    """18 people in the east, beside 60 in the north and 60 in the south."""
    east = [
        said({"wifi": i % 5 + 1, "device": "board"}, role="office", building="east")
        for i in range(18)
    ]
    given = [*answers(60), *answers(60, "south"), *east]
    known = Known(asked=Counter(map(atom_of, given)))

    def told(rules: Rules) -> WaveResults:
        return closed(given, (BUILDING,), (LEVEL,), (ROLE,), rules=rules, known=known)

    def of_few(results: WaveResults) -> list[Cell]:
        few = {("building", "east"), ("level", "middle"), ("role", "office")}
        return [cell for table in results.tables for cell in table.cells if few & {*cell.group}]

    usual, larger = told(USUAL), told(Rules(smallest_group=20))
    assert all(cell.n for cell in of_few(usual))
    assert len(of_few(larger)) == 3
    for cell in of_few(larger):
        assert cell.n is None
        assert all(isinstance(one, Withheld) and one.least == 20 for one in cell.questions)
    few = {(("building", "east"),), (("level", "middle"),), (("role", "office"),)}
    for results, told_of in ((usual, True), (larger, False)):
        assert results.rates
        coded = {one.group: one.coded for one in results.rates.groups}
        assert {bool(coded[group]) for group in few} == {told_of}
    assert (larger.smallest_group, least(larger)) == (20, 20)
    assert results_from_json(results_to_json(larger)) == larger


def test_a_smaller_epsilon_means_more_noise_in_what_is_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[Fraction] = []

    def noting(count: int, moves: int, part: Fraction, below: object) -> Noisy:
        drawn.append(part)
        return Noisy(count, 0.0)

    monkeypatch.setattr("surveys.disclosure.tables.noisy", noting)
    parts = {}
    for epsilon in (1, 1.5, 2):
        drawn.clear()
        closed(answers(60), rules=Rules(epsilon=epsilon))
        parts[epsilon] = max(drawn[2:])  # after how many answered, completely and partly
    assert parts == {1: Fraction(1), 1.5: Fraction(3, 2), 2: Fraction(2)}


def test_every_figure_comes_from_a_count_with_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two closings of the same answers differ."""
    monkeypatch.undo()
    one, other = (closed(answers(60) + answers(40, "east"), (LEVEL,)) for _ in range(2))
    assert one.noisy
    assert one.tables != other.tables


def test_comments_are_shown_from_ten_who_wrote_one_redacted_and_for_the_district_only() -> None:
    nine = closed(answers(9, words="call Bob") + answers(20))
    assert isinstance(found(district(nine), "words"), Withheld)
    ten = closed(answers(10, words="call Bob") + answers(20), (ROLE,))
    told = found(district(ten), "words")
    assert isinstance(told, CommentsResult)
    assert told.comments == ("CALL BOB",) * 10
    assert all(r.question != "words" for cell in ten.tables[1].cells for r in cell.questions)


def test_what_is_told_of_a_page_that_depends_on_an_answer_has_no_comments() -> None:
    first, last = survey().pages[0].questions, survey().pages[-1].questions
    words = next(one for one in (*first, *last) if one.key == "words")
    rest = tuple(one for one in first if one.key != "words")
    asks = replace(
        survey(),
        pages=(
            Page(questions=rest),
            Page(questions=(words,), show_if=Condition(question="device", any_of=("laptop",))),
        ),
    )
    told = closed(answers(60, words="call Bob"), asks=asks)
    assert isinstance(found(district(told), "words"), Withheld)


def test_questions_stand_in_the_surveys_order() -> None:
    told = district(closed(answers(30, words="x")))
    assert [one.question for one in told.questions] == [q.key for q in survey().counted]


def test_a_group_that_was_asked_is_listed_whether_or_not_it_answered() -> None:
    asked: dict[Atom, int] = {("teacher", "high", "north"): 40, ("office", "middle", "east"): 19}
    results = closed(answers(20), (LEVEL,), asked=asked)
    groups = {cell.group: cell.n for cell in results.tables[1].cells}
    assert groups == {(("level", "middle"),): None, (("level", "high"),): 20}


def test_who_moved_to_where_nobody_was_asked_counts_for_the_district_only() -> None:
    asked: dict[Atom, int] = {("teacher", "high", "north"): 40}
    results = closed(answers(20) + answers(10, "east"), (BUILDING,), asked=asked)
    assert district(results).n == 30
    assert [cell.group for cell in results.tables[1].cells] == [(("building", "north"),)]


def test_how_many_answered_in_all_is_told_also_where_the_district_is_not_planned() -> None:
    asks = replace(survey(), tables=(PlannedTable(by=(LEVEL,)),))
    results = closed(answers(20), asks=asks)
    assert results.answered == 20
    assert [cell.n for cell in results.tables[0].cells] == [20]


def test_results_read_back_as_they_were_kept() -> None:
    mixed = answers(30, first=("a", "b"), words="yes") + answers(20, "east")
    results = closed(mixed, (LEVEL,), (ROLE,))
    assert results_from_json(results_to_json(results)) == results


def live(n: int, before: WaveResults | None = None, *plan: tuple[Dimension, ...]) -> WaveResults:
    return live_results(wave(survey(*plan)), answers(n, words="x"), 1000, before, NOON)


def test_live_figures_are_of_the_first_look_and_then_of_the_next() -> None:
    first = live(199)
    waiting = found(district(first), "wifi")
    assert isinstance(waiting, Withheld)
    assert (first.answered, waiting.live, waiting.least) == (None, True, 200)
    then = live(237, first)
    wifi = found(district(then), "wifi")
    assert isinstance(wifi, ShareResult)
    assert then.answered == district(then).n == wifi.n == 200
    assert live(399, then) is then, "nothing is told in between"
    assert live(400, then).answered == 400


def test_live_results_are_the_districts_only_and_without_comments() -> None:
    seen = live(230, None, (LEVEL,))
    assert [table.plan.by for table in seen.tables] == [()]
    assert isinstance(found(district(seen), "words"), Withheld)


def answered(store: DictStore, n: int) -> DictStore:
    (asked,) = store.waves.values()
    waiting = [one for one in store.people if store.panel[asked.id][one.id] is Participation.ASKED]
    for response, someone in zip(answers(n), waiting, strict=False):
        store.panel[asked.id][someone.id] = Participation.ANSWERED
        kept = Response(answers=response.answers, complete=True)
        store.put_response(asked.id, someone, kept)
    return store


def look(store: DictStore, *, everything: bool = True, late: bool = False) -> Results:
    (asked,) = store.waves.values()
    at = NOON + WEEK if late else NOON + timedelta(hours=1)
    shown = show_results(store, person(), ShowResults(wave_id=asked.id), at, everything)
    assert isinstance(shown, Results)
    return shown


@pytest.fixture
def store() -> DictStore:
    """250 people are asked: there is one look, at 100 answers."""
    everybody = [replace(person(), id=uuid5(NAMESPACE_URL, f"{n}")) for n in range(250)]
    made, asked = DictStore(everybody), wave(survey((LEVEL,)))
    made.add_wave(asked)
    made.freeze_panel(asked.id, everybody)
    return made


def test_a_look_is_taken_once_and_kept(store: DictStore) -> None:
    answered(store, 120)
    first = look(store).results
    assert first.answered == 100
    assert look(answered(store, 30)).results == first


def test_nothing_is_taken_anew_after_the_closing_time(store: DictStore) -> None:
    look(answered(store, 120))
    assert look(answered(store, 100), late=True).results.answered == 100


def test_the_ledger_says_who_was_shown_what(store: DictStore) -> None:
    look(answered(store, 120))
    assert [what for _, what in store.ledger] == ["live: district; 100 answers"]


def test_who_may_not_see_all_tables_sees_the_districts(store: DictStore) -> None:
    (asked,) = store.waves.values()
    store.put_results(asked.id, closed(answers(30), (LEVEL,)))
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


def test_ends_of_a_scale_stand_for_it_below_the_district() -> None:
    results = closed(answers(60) + answers(40, "east"), (LEVEL,))
    whole, high = district(results), results.tables[1].cells[1]
    of_all, of_high = found(whole, "wifi"), found(high, "wifi")
    assert isinstance(of_all, ShareResult)
    assert isinstance(of_high, ShareResult)
    assert [share.key for share in of_all.shares] == ["1", "2", "3", "4", "5"]
    assert (of_all.mean, of_all.mean_low, of_all.mean_high) == (3.0, 3.0, 3.0), "all answered"
    assert of_all.high is not None
    points = [share.share or 0 for share in of_all.shares]
    assert of_all.high.share == pytest.approx(sum(points[3:])), "the same counts, no new draw"
    assert (of_all.high.key, of_all.high.label) == ("high", Text(default="4–5"))
    assert of_high.high is None, "it is among its bars"
    assert [share.label.default for share in of_high.shares] == ["1–2", "3", "4–5"]
    assert of_high.mean is None
    assert isinstance(next(q for q in survey().counted if q.key == "wifi"), Scale)


@pytest.mark.parametrize("plan", [(), ((LEVEL,),)], ids=["the district alone", "by level"])
def test_of_a_scale_of_two_points_the_second_is_what_the_first_leaves(
    plan: tuple[tuple[Dimension, ...], ...],
) -> None:
    two = Scale(key="two", prompt=Text(default="?"), points=2)
    asks = replace(survey(*plan), pages=(Page(questions=(two,)),))
    results = closed([said({"two": 2 if i % 4 else 1}) for i in range(100)], asks=asks)
    of_all = found(district(results), "two")
    assert isinstance(of_all, ShareResult)
    assert of_all.high is not None
    assert of_all.high.share == pytest.approx(0.75)
    if plan:
        of_level = found(results.tables[1].cells[0], "two")
        assert isinstance(of_level, ShareResult)
        assert [share.share for share in of_level.shares] == pytest.approx([0.25, 0.75])
