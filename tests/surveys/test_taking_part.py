"""Response rates and who answered beside who was asked: right, and of nobody alone."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.beside import MakeUpRow, Rates
from surveys.ports import Disposed, OpenResponse
from surveys.release import final_results, live_results
from surveys.results import WaveResults
from surveys.setting_beside import Known
from surveys.survey import Dimension, Participation
from surveys.taking_part import rates
from tests.surveys.store import NOON, survey, wave

ASKED, PARTIAL, ANSWERED, DECLINED = (
    Participation.ASKED,
    Participation.PARTIAL,
    Participation.ANSWERED,
    Participation.DECLINED,
)
ROLE, LEVEL, BUILDING = Dimension.ROLE, Dimension.LEVEL, Dimension.BUILDING
LEVELS = {"north": "high", "south": "high", "east": "middle"}


def some(
    people: int,
    became: Participation,
    *,
    role: str = "teacher",
    building: str = "north",
    reached: bool = True,
    left: bool = False,
) -> Disposed:
    return Disposed(
        role=role,
        level=LEVELS[building],
        building=building,
        became=became,
        reached=reached,
        left=left,
        people=people,
    )


def told(*disposed: Disposed, broke_off: int = 0) -> Rates:
    """Of those who began and did not end, all but ``broke_off`` count as partial responses."""
    began = sum(one.people for one in disposed if one.became is PARTIAL)
    found = rates(disposed, began - broke_off)
    assert found is not None
    return found


def test_the_rates_are_aapors_with_whoever_was_not_reached_below_the_line() -> None:
    """I=60, P=10, R=6, NC=24 (8 of them not reached): 60/100, 70/100, 60/76."""
    found = told(
        some(60, ANSWERED),
        some(10, PARTIAL),
        some(6, DECLINED),
        some(16, ASKED),
        some(8, ASKED, reached=False),
    )
    assert found == Rates(
        asked=100,
        answered=60,
        response_rate_1=0.6,
        response_rate_2=0.7,
        cooperation_rate_1=60 / 76,
        partial=10,
        declined=6,
        not_reached=8,
    )


def test_who_broke_off_early_is_a_refusal() -> None:
    """I=60, P=8, R=6+7, NC=19: AAPOR's 2.10 holds refusals and break-offs. 68/100, 60/81."""
    found = told(
        some(60, ANSWERED), some(15, PARTIAL), some(6, DECLINED), some(19, ASKED), broke_off=7
    )
    assert (found.partial, found.declined) == (8, 13)
    assert (found.response_rate_2, found.cooperation_rate_1) == (0.68, 60 / 81)
    none_count = told(
        some(60, ANSWERED), some(9, PARTIAL), some(6, DECLINED), some(25, ASKED), broke_off=9
    )
    assert (none_count.partial, none_count.response_rate_2) == (None, None)
    assert none_count.cooperation_rate_1 == 60 / 75


def test_who_left_unanswered_is_not_eligible_where_that_tells_of_nobody() -> None:
    stayed = (some(60, ANSWERED), some(40, ASKED))
    gone = (some(20, ASKED, left=True), some(5, ANSWERED, left=True))
    found = told(*stayed, *gone)
    assert (found.left, found.asked, found.answered) == (20, 105, 65)
    # The roster tells that 24 left: had 20 of them not answered, it would tell that four had.
    hidden = told(*stayed, gone[0], some(4, ANSWERED, left=True))
    assert (hidden.left, hidden.asked) == (None, 124)


@pytest.mark.parametrize("few", [0, 1, 4])
def test_a_count_of_fewer_than_five_takes_the_rates_along_that_would_tell_it(few: int) -> None:
    partials = told(some(60, ANSWERED), some(few, PARTIAL), some(9, DECLINED), some(31, ASKED))
    assert (partials.partial, partials.response_rate_2) == (None, None)
    refusals = told(some(60, ANSWERED), some(9, PARTIAL), some(few, DECLINED), some(31, ASKED))
    assert (refusals.declined, refusals.cooperation_rate_1) == (None, None)


def test_fewer_than_five_answers_have_no_rate() -> None:
    assert rates([some(4, ANSWERED), some(90, ASKED)], 0) is None
    assert rates([], 0) is None


COUNT = st.integers(0, 9)


@settings(max_examples=300)
@given(st.integers(5, 40), COUNT, COUNT, COUNT)
def test_what_is_told_never_gives_a_small_class_away(
    complete: int, partial: int, refused: int, away: int
) -> None:
    """By brute force: every set of the three other classes that follows from the figures told, be
    it by taking one from another, is of five people at least, or all who did not answer."""
    found = told(
        some(complete, ANSWERED), some(partial, PARTIAL), some(refused, DECLINED), some(away, ASKED)
    )
    classes = {"p": partial, "r": refused, "a": away}
    known = [frozenset(classes)]
    if found.response_rate_2 is not None:
        known.append(frozenset("p"))
    if found.cooperation_rate_1 is not None:
        known.append(frozenset("pr"))
    for one, other in [(k, frozenset[str]()) for k in known] + list(combinations(known, 2)):
        rest = one ^ other
        if rest != known[0]:
            assert sum(classes[name] for name in rest) >= 5
    assert (found.partial is None) == (found.response_rate_2 is None)


def responses(n: int, role: str = "teacher", building: str = "north") -> list[OpenResponse]:
    answer = {"wifi": 3}
    return [OpenResponse(answers=answer, role=role, level=LEVELS[building], building=building)] * n


def closed(
    answered: list[OpenResponse], disposed: list[Disposed], *tables: tuple[Dimension, ...]
) -> WaveResults:
    known = Known(disposed=disposed)
    return final_results(wave(survey(*tables)), answered, {}, 200, str, NOON, known)


DISPOSED = [
    some(30, ANSWERED),
    some(30, ASKED),
    some(19, ANSWERED, building="south"),
    some(1, ASKED, building="south"),
    some(3, ANSWERED, role="office", building="east"),
    some(17, ASKED, role="office", building="east"),
    some(8, ANSWERED, role="support", building="east"),
]
ANSWERS = (
    responses(30)
    + responses(19, building="south")
    + responses(3, "office", "east")
    + responses(8, "support", "east")
)


def test_a_groups_rate_is_shown_with_the_group_and_coded_where_nearly_all_answered() -> None:
    found = closed(ANSWERS, DISPOSED, (BUILDING,)).rates
    assert found is not None
    shown = {dict(rate.group)["building"]: rate for rate in found.groups}
    assert (shown["north"].share, shown["north"].asked) == (0.5, 60)
    assert (shown["south"].share, shown["south"].coded) == (None, ">90%")
    assert shown["east"].share == 11 / 28


def test_a_group_that_is_withheld_has_no_rate() -> None:
    found = closed(ANSWERS, DISPOSED, (ROLE,)).rates
    assert found is not None
    office = next(rate for rate in found.groups if dict(rate.group)["role"] == "office")
    assert (office.share, office.coded, office.asked) == (None, None, 20)


def test_who_answered_stands_beside_who_was_asked_also_where_no_group_is_planned() -> None:
    by_role, by_level = closed(ANSWERS, DISPOSED).make_up
    assert (by_role.by, by_level.by) == (ROLE, LEVEL)
    teachers, office, support = by_role.rows
    assert teachers == MakeUpRow(
        value="teacher", asked=80, asked_share=80 / 108, answered=49, answered_share=49 / 60
    )
    # Three of the office answered; were the eight of support told, so would the three be.
    assert office.answered is None
    assert support.answered is None
    assert [row.answered for row in by_level.rows] == [11, 49]


def test_by_building_only_where_a_table_by_building_is_planned() -> None:
    assert BUILDING not in {part.by for part in closed(ANSWERS, DISPOSED).make_up}
    *_, by_building = closed(ANSWERS, DISPOSED, (BUILDING,)).make_up
    assert [(row.value, row.answered) for row in by_building.rows] == [
        ("east", 11),
        ("north", 30),
        ("south", 19),
    ]


def test_who_answered_takes_no_planned_figure_away() -> None:
    with_levels = closed(ANSWERS, DISPOSED, (ROLE, BUILDING))
    without = final_results(wave(survey((ROLE, BUILDING))), ANSWERS, {}, 200, str, NOON)
    shown = [[cell.n for cell in table.cells] for table in with_levels.tables]
    assert shown == [[cell.n for cell in table.cells] for table in without.tables]


def test_live_rates_tell_what_the_batch_tells_and_no_more() -> None:
    live = live_results(wave(), responses(20), 50, None, NOON)
    assert live.rates == Rates(asked=50, answered=20, response_rate_1=0.4)
    assert live_results(wave(), responses(4), 50, None, NOON).rates is None
