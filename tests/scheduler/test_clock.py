"""The clock looks when it was told to, whatever it missed, and stops when it is stopped."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from bot.registry import at_its_time
from core.commands import Command
from governance.announcements.commands import StartAnnouncement
from governance.series.commands import RepeatSurvey
from scheduler import clock as clock_module
from scheduler.clock import Clock
from surveys.commands import CloseWave, OpenWave, RemindWave

LOADED = 60.0
"""Seconds for a moment: a busy machine is no failure."""


class Looks:
    def __init__(self) -> None:
        self.count = 0
        self.happened = asyncio.Event()

    async def __call__(self) -> None:
        self.count += 1
        self.happened.set()

    async def once_more(self) -> None:
        self.happened.clear()
        await asyncio.wait_for(self.happened.wait(), LOADED)


async def test_it_looks_at_the_moment_it_was_told_of_once() -> None:
    looks = Looks()
    clock = Clock(looks)
    clock.start()
    assert clock.running
    soon = datetime.now(UTC) + timedelta(seconds=0.2)
    clock.at(soon)
    clock.at(soon)  # told twice
    await looks.once_more()
    assert datetime.now(UTC) >= soon
    await asyncio.sleep(0.2)
    assert looks.count == 1
    clock.stop()
    await asyncio.sleep(0)
    assert not clock.running


async def test_a_moment_that_has_passed_is_looked_at_at_once() -> None:
    looks = Looks()
    clock = Clock(looks)
    clock.start()
    clock.at(datetime.now(UTC) - timedelta(days=30))
    await looks.once_more()
    clock.stop()


async def test_it_looks_now_and_then_without_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_module, "_TICK_SECONDS", 0.1)
    looks = Looks()
    clock = Clock(looks)
    clock.start()
    await looks.once_more()
    await looks.once_more()
    clock.stop()
    seen = looks.count
    await asyncio.sleep(0.3)
    assert looks.count == seen, "a stopped clock looks at nothing"


async def test_a_look_that_fails_does_not_stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_module, "_TICK_SECONDS", 0.1)
    looks = 0
    again = asyncio.Event()

    async def failing() -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise RuntimeError("no database")
        again.set()

    clock = Clock(failing)
    clock.start()
    await asyncio.wait_for(again.wait(), LOADED)
    clock.stop()


async def test_a_wall_clock_that_is_set_back_does_not_stop_the_ticks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock_module, "_TICK_SECONDS", 0.1)
    looks, wall = Looks(), [5000.0]
    clock = Clock(looks, wall=lambda: wall[0], monotonic=lambda: 0.0)
    clock.start()
    await looks.once_more()
    # To APScheduler its next tick lies an hour ahead now.
    clock._scheduler.modify_job("tick", next_run_time=datetime.now(UTC) + timedelta(hours=1))
    wall[0] -= 3600
    await looks.once_more()
    await looks.once_more()
    clock.stop()


async def test_stopping_in_the_middle_of_a_look_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    begun, broken_off = asyncio.Event(), asyncio.Event()

    async def lasting() -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            broken_off.set()
            raise

    clock = Clock(lasting)
    clock.start()
    clock.at(datetime.now(UTC))
    await asyncio.wait_for(begun.wait(), LOADED)
    clock.stop()
    await asyncio.wait_for(broken_off.wait(), LOADED)
    await asyncio.sleep(0)
    assert [record.getMessage() for record in caplog.records if record.exc_info] == []


def test_stopping_what_never_ran_is_no_fault() -> None:
    Clock(Looks.__call__).stop()  # type: ignore[arg-type]


def test_every_entry_that_a_schedule_may_hold_is_a_command() -> None:
    """``entries_written.txt`` has those of November 2026, and is never shortened."""
    for kind in (Path(__file__).parent / "entries_written.txt").read_text("utf-8").split():
        assert isinstance(at_its_time(kind, uuid4(), 1), Command)


def test_each_entry_is_one_command() -> None:
    subject = uuid4()
    assert at_its_time("open", subject, 0) == OpenWave(wave_id=subject)
    assert at_its_time("remind", subject, 2) == RemindWave(wave_id=subject, number=2)
    assert at_its_time("close", subject, 0) == CloseWave(wave_id=subject, due=True)
    assert at_its_time("repeat", subject, 0) == RepeatSurvey(series_id=subject)
    assert at_its_time("announce", subject, 0) == StartAnnouncement(announcement_id=subject)
    with pytest.raises(ValueError, match="unknown kind"):
        at_its_time("bake", subject, 0)
