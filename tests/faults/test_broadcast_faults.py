"""Broadcasts through the real clients, to platforms that enforce their limits (a scaled clock) and
misbehave: 5% throttled, 2% answered with a 5xx (half of them taken), 1% taken and the answer lost.

Nobody is lost, nobody is written to twice, nothing is sent again on a guess, and what cannot be
known says so.

A seed fixes what goes wrong and when: the n-th call to a platform is throttled, broken or lost in
every run with it, and Slack's hidden limit is the same. It does not fix which message that call
carries, nor the moments: the service is a real process on real sockets, and the order of calls
that are under way together is the machine's. Runs that a seed fixes whole are those in virtual
time (``tests/scheduler/test_virtual_faults.py``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.faults.child import Task
from tests.faults.lives import lived
from tests.faults.towns import (
    large_slack_town,
    ledger,
    slack_settings,
    staff,
    teams_settings,
    teams_town,
)
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_limits import HIDDEN, POST, Moods, SlackLimits
from tests.stand_ins.teams import TeamsStandIn

SPEED = 20
FAULTS = {"throttled": 0.05, "broken": 0.02, "lost": 0.01}
MANY_FAULTS = {"throttled": 0.05, "broken": 0.15, "lost": 0.15}
"""So that thirty people see each of them."""


async def slack(folder: Path, seed: int, people: int, faults: Mapping[str, float]) -> None:
    """Slack can be asked afterwards: everybody has it once, and the ledger says so."""
    emails = staff(people)
    limits = SlackLimits(speed=SPEED, seed=seed)
    async with SlackStandIn(limits=limits, moods=Moods(seed=seed, **faults)) as platform:
        database = large_slack_town(folder, platform, emails)
        settings = slack_settings(platform) | {"slack_per_minute": HIDDEN[1] * SPEED}
        assert await lived(_task(folder, database, emails, settings)) == 0
    rows = _invited(database, people)
    assert Counter(row.state for row in rows) == {"sent": people}
    sends = platform.journal.sends(POST)
    assert {what for what in sends if what} == {str(row.id) for row in rows}
    times_taken = {what: sum(c.taken for c in calls) for what, calls in sends.items()}
    assert set(times_taken.values()) == {1}
    assert _repeated_on_a_guess(platform) == []
    assert platform.journal.most_in(limits.minute, POST) <= limits.workspace
    assert [c for c in platform.journal.calls if c.uncertain], "it misbehaved"


def _repeated_on_a_guess(platform: SlackStandIn) -> list[str]:
    """Deliveries that were sent again after an answer that says nothing, without a look at the
    conversation in between."""
    calls = platform.journal.calls
    place = {id(call): number for number, call in enumerate(calls)}
    looks = [
        (number, call.where)
        for number, call in enumerate(calls)
        if call.method == "conversations.history" and call.status == 200
    ]
    return [
        what
        for what, sends in platform.journal.sends(POST).items()
        for before, after in pairwise(sends)
        if before.uncertain
        and not any(
            place[id(before)] < number < place[id(after)] and where == after.where
            for number, where in looks
        )
    ]


async def teams(folder: Path, seed: int, people: int, faults: Mapping[str, float]) -> None:
    """Teams cannot be asked: what is uncertain is marked so, nothing else is, and it is not sent
    again."""
    emails = staff(people)
    moods = Moods(seed=seed, **faults)
    async with TeamsStandIn(limits=True, speed=SPEED / 5, moods=moods) as platform:
        database = teams_town(folder, platform, emails)
        settings = teams_settings(platform) | {"teams_per_second": 30 * SPEED / 5}
        assert await lived(_task(folder, database, emails, settings)) == 0
    rows = _invited(database, people)
    sends = platform.journal.sends("post")
    taken = Counter(one.conversation for one in platform.posted)
    uncertain = {where for where, calls in sends.items() if any(c.uncertain for c in calls)}
    assert {row.conversation for row in rows if row.state == "unknown"} == uncertain
    assert {row.state for row in rows} <= {"sent", "unknown"}
    assert [row for row in rows if row.state == "sent" and taken[row.conversation] != 1] == []
    assert max(taken.values()) == 1
    assert uncertain, "it misbehaved"
    statuses = {call.status for calls in sends.values() for call in calls}
    assert statuses & {502, 504}, "a gateway, too"
    blind = [w for w in uncertain if not (sends[w][-1].uncertain)]
    assert blind == [], "sent again after an answer that says nothing"


def _task(folder: Path, database: Path, emails: tuple[str, ...], settings: dict[str, Any]) -> Task:
    return Task(
        database_url=f"sqlite:///{database}",
        trip="broadcast",
        folder=str(folder),
        people=emails,
        settings=settings,
    )


def _invited(database: Path, people: int) -> list[Any]:
    rows = [row for row in ledger(f"sqlite:///{database}") if row.kind == "invitation"]
    assert len(rows) == people
    return rows


@pytest.mark.parametrize("seed", [4])
async def test_slack_misbehaves(tmp_path: Path, seed: int) -> None:
    await slack(tmp_path, seed, people=30, faults=MANY_FAULTS)


@pytest.mark.parametrize("seed", [4])
async def test_teams_misbehaves(tmp_path: Path, seed: int) -> None:
    await teams(tmp_path, seed, people=30, faults=MANY_FAULTS)


@pytest.mark.prove
@pytest.mark.parametrize("seed", [11, 12])
async def test_slack_misbehaves_for_hundreds(tmp_path: Path, seed: int) -> None:
    await slack(tmp_path, seed, people=400, faults=FAULTS)


@pytest.mark.prove
@pytest.mark.parametrize("seed", [11, 12])
async def test_teams_misbehaves_for_hundreds(tmp_path: Path, seed: int) -> None:
    await teams(tmp_path, seed, people=400, faults=FAULTS)
