"""Readings of the plan's indicators as a CSV file: goal, indicator, on, value, note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from bot.files.csv_source import Row, Table
from bot.files.problems import Problem, in_order, one_of
from governance.goals.model import LONGEST_NOTE, Component, Reading
from governance.goals.numbers import number_of, reads_twice
from governance.goals.stepping import goals_of

_NEEDS = ("goal", "indicator", "on", "value")


def read_readings(
    path: Path, plan: Sequence[Component], today: date, now: datetime
) -> list[Reading] | list[Problem]:
    """The readings of a file, or everything that is wrong in it."""
    reading = _Reading(path, plan, today)
    found = [one for row in reading.table.rows() if (one := reading.of(row, now))]
    return in_order(reading.table.problems) or found


class _Reading:
    def __init__(self, path: Path, plan: Sequence[Component], today: date) -> None:
        self.table = Table(path=path, file=path.name, needs=_NEEDS)
        self._goals = goals_of(plan)
        self._today = today
        self._lines: dict[tuple[str, str, date], int] = {}

    def of(self, row: Row, now: datetime) -> Reading | None:
        before = len(self.table.problems)
        key, indicator, note = row["goal"], row["indicator"], row["note"]
        goal = self._goals.get(key)
        if goal is None:
            fix = one_of(key, list(self._goals))
            self.table.problem(row.line, f'The plan has no goal "{key}".', fix, "goal")
        elif indicator not in (known := [one.key for one in goal.indicators]):
            message = f'The goal "{key}" has no indicator "{indicator}".'
            fix = one_of(indicator, known) if known else "Add it to plan.yaml."
            self.table.problem(row.line, message, fix, "indicator")
        on, value = self._day(row), number_of(row["value"])
        if value is None:
            message, fix = (
                f'"{row["value"]}" is not a number.',
                "Write a number, such as 92 or 4.5.",
            )
            if reads_twice(row["value"]):
                message = f'"{row["value"]}" can be read in two ways.'
                fix = "Write it without a comma, such as 1234 or 1.234."
            self.table.problem(row.line, message, fix, "value")
        if len(note) > LONGEST_NOTE:
            message = f"The note has {len(note)} characters."
            self.table.problem(row.line, message, f"Shorten it to {LONGEST_NOTE}.", "note")
        if on is not None:
            self._once(row, (key, indicator, on))
        if len(self.table.problems) > before or on is None or value is None:
            return None
        return Reading(goal=key, indicator=indicator, on=on, value=value, note=note, at=now)

    def _day(self, row: Row) -> date | None:
        try:
            on = date.fromisoformat(row["on"])
        except ValueError:
            message = f'"{row["on"]}" is not a day.'
            self.table.problem(row.line, message, 'Write it as "2026-11-29".', "on")
            return None
        if on > self._today:
            self.table.problem(row.line, f"{on} has not come yet.", "Use an earlier day.", "on")
        return on

    def _once(self, row: Row, what: tuple[str, str, date]) -> None:
        first = self._lines.setdefault(what, row.line)
        if first != row.line:
            message = f"This indicator has two readings on {what[2]}; the first is in line {first}."
            self.table.problem(row.line, message, "Keep one of them.", "on")
