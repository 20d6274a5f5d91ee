"""Groups are those that were asked: not where somebody stands today, nor a whole audience of which
few were drawn."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.text import text
from surveys.disclosure import tables
from surveys.disclosure.noise import Noisy
from surveys.ports import OpenResponse
from surveys.questions import Scale
from surveys.results.model import ShareResult, WaveResults
from surveys.results.release import final_results
from surveys.results.setting_beside import Known
from surveys.results.tabulating import Atom
from tests.attacks.disclosure.door import NOON, wave_of
from tests.surveys.disclosure.plans import BY_BUILDING, WHOLE, response, survey_of

pytestmark = pytest.mark.usefixtures("exact")

EAST, WEST = ("teacher", "high", "east"), ("teacher", "high", "west")
SCALE = Scale(key="q", prompt=text("?"))


def closed(
    asked: dict[Atom, int], invited: dict[Atom, int], given: list[OpenResponse]
) -> WaveResults:
    survey = survey_of([SCALE], tables=(WHOLE, BY_BUILDING))
    known = Known(asked=invited)
    return final_results(wave_of(survey), given, asked, sum(invited.values()), str, NOON, known)


def test_a_move_to_where_nobody_was_asked_adds_no_row() -> None:
    """It said that somebody of that group answered: "asked 0"."""
    given = [response(EAST, {"q": 1 + at % 5}) for at in range(40)]
    moved = response(("office", "middle", "new"), {"q": 3})
    asked = {EAST: 60}
    for results in (closed(asked, asked, given), closed(asked, asked, [*given[1:], moved])):
        assert [[row.asked for row in one.rows] for one in results.make_up] == [[60]] * 3
        assert [cell.group for table in results.tables for cell in table.cells] == [
            (),
            (("building", "east"),),
        ]


def test_a_group_of_which_fewer_than_twelve_were_drawn_is_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However large it is, and whatever noise makes of how many answered."""

    def more(count: int, moves: int, part: Fraction, below: object) -> Noisy:
        return Noisy(count + 5, 1.0)

    monkeypatch.setattr(tables, "noisy", more)
    asked = {EAST: 400, WEST: 400}
    given = [response(atom, {"q": 1 + at % 5}) for at in range(11) for atom in (EAST, WEST)]
    given += [response(EAST, {"q": 1 + at % 5}) for at in range(60)]
    results = closed(asked, {EAST: 80, WEST: 11}, given)
    cells = {cell.group: cell.questions[0] for table in results.tables for cell in table.cells}
    assert isinstance(cells[("building", "east"),], ShareResult)
    assert not isinstance(cells[("building", "west"),], ShareResult)
