"""How a goal stands against its plan: one rule, which every page, report, and chat uses.

A straight line leads from an indicator's first reading to its target on the target's date. Its last
reading is compared with where that line is today. What was measured before a goal was reworded is
of another goal, as its chart has it too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from governance.goals.model import Indicator, Reading

ON_TRACK_FROM: Final = 0.9
"""Of what was expected by now."""
BEHIND_FROM: Final = 0.5


class GoalState(StrEnum):
    """From the best to the worst."""

    REACHED = "reached"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    OFF_TRACK = "off-track"


_WORST_FIRST = tuple(reversed(GoalState))


class Lack(StrEnum):
    """Why there is no state yet."""

    NO_INDICATOR = "no-indicator"
    NO_READING = "no-reading"
    NO_DATE = "no-date"
    ONE_READING = "one-reading"
    BEGAN_LATE = "began-late"
    """Its first reading is not earlier than the day on which the target is due."""
    REWORDED = "reworded"
    """It was measured before its goal was reworded, and not since."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Of an indicator. ``state`` None: there is none yet, because of ``lack``. ``expected``: where
    the line is today, if there is one. ``overdue``: the target's day is over. ``lost``: it was at
    its target when it was first measured."""

    state: GoalState | None = None
    lack: Lack | None = None
    expected: float | None = None
    overdue: bool = False
    lost: bool = False


UNREAD: Final = Progress(lack=Lack.NO_READING)


def reached(indicator: Indicator, value: float) -> bool:
    """Whether a value is at the target or better."""
    return value <= indicator.target if indicator.lower else value >= indicator.target


def since(readings: Iterable[Reading], reworded: date | None) -> tuple[Reading, ...]:
    """Those that may be compared with each other: none from before the goal was reworded."""
    return tuple(one for one in readings if reworded is None or one.on >= reworded)


def progress_of(
    indicator: Indicator, readings: Sequence[Reading], today: date, reworded: date | None = None
) -> Progress:
    """``readings``: of this indicator, the oldest first. Those after ``today`` do not count, and
    none from before ``reworded``, the day on which its goal got the words of today."""
    there = [one for one in readings if one.on <= today]
    known = since(there, reworded)
    if not known:
        return Progress(lack=Lack.REWORDED) if there else UNREAD
    first, last = known[0], known[-1]
    if reached(indicator, last.value):
        return Progress(state=GoalState.REACHED)
    if indicator.by is None:
        return Progress(lack=Lack.NO_DATE)
    if first is last:
        return Progress(lack=Lack.ONE_READING)
    if first.on >= indicator.by:
        return Progress(lack=Lack.BEGAN_LATE)
    overdue = today > indicator.by
    if reached(indicator, first.value):
        return Progress(
            state=GoalState.OFF_TRACK, expected=indicator.target, overdue=overdue, lost=True
        )
    due = min(1.0, (today - first.on).days / (indicator.by - first.on).days)
    way = indicator.target - first.value
    return Progress(
        state=_state((last.value - first.value) / way, due, overdue=overdue),
        expected=first.value + due * way,
        overdue=overdue,
    )


def _state(done: float, due: float, *, overdue: bool) -> GoalState:
    """``done`` and ``due``: shares of the way to the target. After its day nothing is on track."""
    if done >= ON_TRACK_FROM * due and not overdue:
        return GoalState.ON_TRACK
    return GoalState.BEHIND if done >= BEHIND_FROM * due else GoalState.OFF_TRACK


def decides(found: Iterable[Progress]) -> Progress:
    """Which of a goal's indicators says how the goal stands: the worst of those that have a state;
    where none has one, the first. A goal is reached once all its indicators are."""
    each = list(found)
    if not each:
        return Progress(lack=Lack.NO_INDICATOR)
    for state in _WORST_FIRST:
        one = next((one for one in each if one.state is state), None)
        if one is None:
            continue
        without = next((other for other in each if other.state is None), None)
        return without if state is GoalState.REACHED and without else one
    return each[0]
