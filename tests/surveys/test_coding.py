"""Near-unanimity below the district is coded, with codes that are true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.beside import Group
from surveys.codes import CODED_FROM, between, bottom_code, few_code, top_code
from surveys.coding import Counted, code
from surveys.questions import Answer, Number
from surveys.results import RankingResult, ShareResult
from surveys.survey import Dimension, PlannedTable
from surveys.tabulating import Atom, PlannedCell, ScoreQuestion, tabulate
from surveys.withdrawing import nearly_all, nearly_nobody
from surveys.words import text
from tests.surveys.store import DEVICE, FIRST, WIFI, wave

HOURS = Number(key="hours", prompt=text("Hours?"))


@pytest.mark.parametrize(
    ("count", "n", "near"),
    [
        (81, 100, True),
        (80, 100, False),
        (13, 20, True),
        (12, 20, False),
        (7, 13, True),
        (6, 13, False),
    ],
)
def test_85_per_cent_of_all_but_four_or_all_but_six_is_nearly_everybody(
    count: int, n: int, near: bool
) -> None:
    assert nearly_all(count, n) is near


def test_codes_say_more_the_larger_the_group() -> None:
    sizes = (13, 16, 20, 40, 400)
    assert [top_code(n) for n in sizes] == [">50%", ">60%", ">60%", ">70%", ">80%"]
    assert [bottom_code(n) for n in (13, 400)] == ["<50%", "<20%"]
    assert [few_code(n) for n in (13, 19, 20, 400)] == ["<30%", "<20%", "<10%", "<10%"]
    assert [between(n) for n in (16, 40, 400)] == ["40–60%", "20–80%", "10–90%"]


@given(st.integers(CODED_FROM, 500), st.integers(0, 500))
def test_every_code_is_true_of_what_it_hides(n: int, c: int) -> None:
    count = min(c, n)
    if nearly_all(count, n):
        assert 100 * count > int(top_code(n)[1:-1]) * n
    elif nearly_all(n - count, n):
        assert 100 * count < int(bottom_code(n)[1:-1]) * n
    else:
        low, high = (int(bound) for bound in between(n)[:-1].split("–"))
        assert low * n <= 100 * count <= high * n
    if nearly_nobody(count, n):
        # "<10%" is said of 10% exactly, too: the rule codes from there.
        assert 100 * count < int(few_code(n)[1:-1]) * n or 10 * count == n


def groups(question: ScoreQuestion, said: Mapping[str, Sequence[Answer]]) -> list[object]:
    """The question coded over a district and its levels (its answers by level)."""
    atoms: dict[str, Atom] = {level: ("teacher", level, "b") for level in said}
    everything = [answer for answers in said.values() for answer in answers]
    cells: list[tuple[frozenset[Atom], Group, Sequence[Answer]]] = [
        (frozenset(atoms.values()), (), everything),
        *((frozenset({atoms[x]}), (("level", x),), answers) for x, answers in said.items()),
    ]
    counted = [
        Counted(
            cell=PlannedCell(
                table=PlannedTable(by=(Dimension.LEVEL,) if group else ()), group=group, atoms=of
            ),
            answers=answers,
            result=tabulate(question, answers, len(answers), wave().id),
        )
        for of, group, answers in cells
    ]
    return [*code(question, counted, {atoms[x]: answers for x, answers in said.items()})]


def figures(result: object) -> list[str | None]:
    assert isinstance(result, ShareResult)
    return [share.coded or str(share.count) for share in result.shares]


def test_a_near_unanimous_group_is_coded_and_so_is_what_would_give_it_away() -> None:
    """High says laptop 95 to 5. District minus middle would tell: so middle is banded."""
    high: Sequence[Answer] = ["laptop"] * 95 + ["tablet"] * 5
    middle: Sequence[Answer] = ["laptop"] * 30 + ["tablet"] * 20 + ["board"] * 10
    district, of_high, of_middle = groups(DEVICE, {"high": high, "middle": middle})
    assert figures(district) == ["125", "25", "10"]
    assert figures(of_high) == [">80%", "<10%", "<10%"]
    assert figures(of_middle) == ["20–80%", "20–80%", "20–80%"]


def test_in_a_district_without_near_unanimity_every_group_is_exact() -> None:
    some: Sequence[Answer] = ["laptop"] * 5 + ["tablet"] * 4 + ["board"] * 4
    _, high, middle = groups(DEVICE, {"high": some, "middle": some})
    assert figures(high) == figures(middle) == ["5", "4", "4"]


def test_one_coded_share_is_not_the_rest_of_the_others() -> None:
    """Of 45, 50 and 5 per cent the small one is coded; one of the others must not be exact."""
    mixed: Sequence[Answer] = ["laptop"] * 45 + ["tablet"] * 50 + ["board"] * 5
    even: Sequence[Answer] = ["laptop"] * 40 + ["tablet"] * 30 + ["board"] * 30
    also: Sequence[Answer] = ["laptop"] * 40 + ["tablet"] * 35 + ["board"] * 25
    _, first, second, third = groups(DEVICE, {"high": mixed, "middle": even, "elementary": also})
    assert figures(first) == ["40–50%", "50", "<10%"]
    assert figures(second) == ["40", "30", "30"]
    assert "–" in " ".join(map(str, figures(third)))


def test_a_mean_goes_where_a_share_is_coded() -> None:
    varied: Sequence[Answer] = [1, 2, 3, 4, 5] * 12
    agreed: Sequence[Answer] = [5] * 56 + [1] * 4
    district, high, middle = groups(WIFI, {"high": agreed, "middle": varied})
    assert isinstance(district, ShareResult)
    assert isinstance(high, ShareResult)
    assert isinstance(middle, ShareResult)
    assert district.mean == pytest.approx((180 + 284) / 120)
    assert high.mean is None
    assert middle.mean is None  # else district minus middle would be high's


def test_a_ranking_everybody_agrees_on_is_not_shown_below_the_district() -> None:
    agreed: Sequence[Answer] = [("a", "b", "c")] * 20
    varied: Sequence[Answer] = [tuple("abcd"[i:] + "abcd"[:i])[:3] for i in range(4)] * 6
    district, high, middle, elementary = groups(
        FIRST, {"high": agreed, "middle": varied, "elementary": varied}
    )
    assert isinstance(district, RankingResult)
    assert district.ranked[0].firsts == 32
    assert high is None
    assert isinstance(middle, RankingResult)
    assert {ranked.firsts for ranked in middle.ranked} == {None}
    assert district.majorities[0] == ("a",)
    assert (middle.majorities, middle.circles) == ((), ())  # varied ones go in a circle
    assert elementary is None  # else the district minus both would be high's


def test_a_number_nearly_everybody_gave_is_not_shown_below_the_district() -> None:
    district, high, middle = groups(
        HOURS, {"high": [8.0] * 9 + [2.0], "middle": [float(i) for i in range(10)]}
    )
    assert district is not None
    assert (high, middle) == (None, None)
