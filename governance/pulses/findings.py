"""What the released results of a pulse say of readiness. Nothing is read but what was released.

The barrier point is the first of ADKAR's elements that scores 3 or less of 5; what follows it is
worked on later (J. M. Hiatt, ADKAR: A Model for Change in Business, Government and Our Community,
2006, chapter 8). Here it is read off the whole audience's means. What holds back each person first
is counted person by person (``surveys.results.barriers``) and stands among the results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from governance.pulses.model import STATEMENTS
from surveys.results.barriers import BARRIER, NOT_YET
from surveys.results.beside import Group
from surveys.results.model import Cell, Share, ShareResult, WaveResults

NONE = "none"

_HALF = 0.5


@dataclass(frozen=True, kw_only=True)
class Rated:
    """An element's mean of the whole audience with its 95% interval."""

    mean: float
    low: float
    high: float

    @property
    def said(self) -> float:
        """As it is shown."""
        return round(self.mean, 1)


@dataclass(frozen=True, kw_only=True)
class Low:
    """Of a group, the first element with which surely fewer than half agree."""

    group: Group
    element: str
    agree: Share


@dataclass(frozen=True, kw_only=True)
class Findings:
    """``rated``: by element, where it is shown. ``barrier``: its key, "none", or "" where it is not
    shown. ``first``: what holds back the most people first, counted person by person: means can be
    high where many have a barrier. ``low``: the least agreement first. ``withheld``: groups of
    which nothing is shown."""

    rated: Mapping[str, Rated]
    barrier: str
    first: Share | None
    low: tuple[Low, ...]
    withheld: tuple[Group, ...]


def findings(results: WaveResults) -> Findings:
    groups = [one for table in results.tables if table.plan.by for one in table.cells]
    rated = _rated(results)
    low = [found for one in groups if (found := _low(one)) is not None]
    return Findings(
        rated=rated,
        barrier=barrier(rated),
        first=_first(results),
        low=tuple(sorted(low, key=lambda one: (_agree(one.agree), one.group))),
        withheld=tuple(one.group for one in groups if not any(_scales(one))),
    )


def barrier(rated: Mapping[str, Rated]) -> str:
    if set(rated) != set(STATEMENTS):
        return ""
    return next((key for key in STATEMENTS if rated[key].said <= NOT_YET), NONE)


def _rated(results: WaveResults) -> dict[str, Rated]:
    whole = [one for table in results.tables if not table.plan.by for one in table.cells]
    return {
        one.question: Rated(mean=one.mean, low=one.mean_low, high=one.mean_high)
        for cell in whole
        for one in _scales(cell)
        if one.mean is not None and one.mean_low is not None and one.mean_high is not None
    }


def _first(results: WaveResults) -> Share | None:
    counted = [
        share
        for table in results.tables
        for cell in table.cells
        for one in cell.questions
        if isinstance(one, ShareResult) and one.question == BARRIER and not table.plan.by
        for share in one.shares
        if share.key in STATEMENTS and share.share
    ]
    return max(counted, key=lambda one: one.share or 0, default=None)


def _scales(cell: Cell) -> Iterator[ShareResult]:
    for one in cell.questions:
        if isinstance(one, ShareResult) and one.question in STATEMENTS:
            yield one


def _low(cell: Cell) -> Low | None:
    """Below the district a scale has its ends alone: 1–2, and 4–5, which agrees."""
    found = {one.question: one for one in _scales(cell)}
    for key in STATEMENTS:
        shares = found[key].shares if key in found else ()
        agree = next((one for one in shares if one.key == "high"), None)
        if agree is not None and _surely_few(agree):
            return Low(group=cell.group, element=key, agree=agree)
    return None


def _surely_few(agree: Share) -> bool:
    """By the whole of its interval; or its side is named, and that is the small one."""
    if agree.share is not None:
        return agree.high is not None and agree.high < _HALF
    return agree.coded is not None and agree.coded.startswith("<")


def _agree(share: Share) -> float:
    return share.share if share.share is not None else 0.0
