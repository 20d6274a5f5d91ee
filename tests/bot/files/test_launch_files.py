"""A launch in a file, and dates as somebody types them: what they mean, what is said of them."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from bot.files.launch_yaml import LaunchPlan, Once, load_launch
from bot.files.repeat_reading import repeat_rule
from core.people import Audience, Role
from governance.series.model import DaysOff, Repeat
from surveys.waves.sampling import Rotation, Sample

TODAY = date(2026, 11, 25)


def read(folder: Path, written: str) -> LaunchPlan | list[str]:
    path = folder / "launch.yaml"
    path.write_text(written, encoding="utf-8")
    found = load_launch(path, today=TODAY)
    return [str(problem) for problem in found] if isinstance(found, list) else found


def test_a_launch_that_repeats(tmp_path: Path) -> None:
    written = """
audience:
  roles: [teacher]
rotate: 4
repeat:
  on: every second tuesday 9:00
  begins: 2026-12-01
  days: 3
  closes: "15:30"
  reminders: 2
  days_off: skip
"""
    assert read(tmp_path, written) == LaunchPlan(
        audience=Audience(roles=frozenset({Role.TEACHER})),
        selection=Rotation(groups=4),
        when=Repeat(
            rule="0 9 * * tue",
            every=2,
            begins=date(2026, 12, 1),
            days=3,
            closes=time(15, 30),
            reminders=2,
            days_off=DaysOff.SKIP,
        ),
    )


def test_a_launch_that_happens_once(tmp_path: Path) -> None:
    written = """
audience: everyone
sample: 10%
despite_limit: The board asked for it.
once:
  opens: 2026-12-01 09:00
  closes: 2026-12-08 16:00
  remind: [2026-12-03 09:00]
"""
    opens, closes, remind = (
        datetime.fromisoformat(f"2026-12-{day}") for day in ("01 09:00", "08 16:00", "03 09:00")
    )
    assert read(tmp_path, written) == LaunchPlan(
        audience=Audience(),
        selection=Sample(share=0.1),
        despite_limit="The board asked for it.",
        when=Once(opens=opens, closes=closes, remind=(remind,)),
    )


def test_everything_that_is_wrong_is_told_with_its_line_and_how_to_mend_it(tmp_path: Path) -> None:
    written = """audience:
  roles: [teachr]
sample: many
repeat:
  on: now and then
  days: five
  closes: 4 pm
  days_off: never
  often: true
"""
    found = read(tmp_path, written)
    assert isinstance(found, list)
    assert [one.split(":")[:2] for one in found] == [
        ["launch.yaml", str(line)] for line in (2, 3, 5, 6, 7, 8, 9)
    ]
    assert 'Did you mean "teacher"?' in found[0]
    assert 'Write "every tuesday 9:00"' in found[2]
    assert "from 0 to 120" in found[3]


def test_once_and_again_and_again_are_not_both(tmp_path: Path) -> None:
    found = read(tmp_path, "audience: everyone\nonce: {}\nrepeat:\n  on: every monday 9:00\n")
    assert isinstance(found, list)
    assert any("Keep one of them." in one for one in found)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("every tuesday 9:00", ("0 9 * * tue", 1)),
        ("Every second Tuesday at 9:05", ("5 9 * * tue", 2)),
        ("each wednesday 14:30", ("30 14 * * wed", 1)),
        ("every fourth monday 8:00", ("0 8 * * mon", 4)),
        ("every 6 weeks on friday 8:00", ("0 8 * * fri", 6)),
        ("first school day of the month 9:00", ("0 9 1 * *", 1)),
        ("on the first school day of each month at 9:00", ("0 9 1 * *", 1)),
        ("0 9 8-14 * tue", ("0 9 8-14 * tue", 1)),
    ],
)
def test_dates_as_somebody_writes_them(written: str, meant: tuple[str, int]) -> None:
    assert repeat_rule(written) == meant


@pytest.mark.parametrize(
    "written", ["", "sometimes", "every day", "every sunday 9:00", "0 9 * * 2"]
)
def test_what_names_no_dates(written: str) -> None:
    with pytest.raises(ValueError, match=r"names no dates|days of the week"):
        repeat_rule(written)
