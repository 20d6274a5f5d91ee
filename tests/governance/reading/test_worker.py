"""The reading room reads in a child process, survives its death and leaves nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import psutil
import pytest
import pytest_asyncio

from core.people import Level, Role
from governance.committees.model import Committee
from governance.feedback.model import Urgency
from governance.reading import child, reader, worker
from governance.reading.child import ChildAwayError, ChildFaultError
from governance.reading.embedding import SIZE
from governance.reading.examples import Example
from governance.reading.worker import ReadingRoom, UnreadError
from tests.governance.reading import breaking
from tests.governance.reading.few_lessons import SERVE

FEW = (
    Committee(key="net", name="Network", charter="Wi-Fi, outages.", chair="c@x", deputy="d@x"),
    Committee(key="pay", name="Pay", charter="Payroll, leave.", chair="c@x", deputy="d@x"),
)
TEACHER = (Role.TEACHER, Level.HIGH)


@pytest.fixture(scope="module")
def others() -> set[psutil.Process]:
    """Who reads already, for somebody else."""
    return readers()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def room(others: set[psutil.Process]) -> AsyncIterator[ReadingRoom]:
    """One for all: each child loads for seconds before it reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "SERVE", SERVE)
        room = ReadingRoom(FEW, [], names=["Tam Sung"])
        yield room
        await room.close()


def readers() -> set[psutil.Process]:
    """Our child processes that read."""
    children = psutil.Process().children()
    return {c for c in children if any("serve" in part for part in c.cmdline())}


@pytest.mark.asyncio(loop_scope="module")
async def test_nothing_starts_before_the_first_message_and_a_cancelled_read_harms_nobody(
    room: ReadingRoom, others: set[psutil.Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    await room.retrain(FEW, [], names=["Tam Sung"])
    assert await room.meaning("wi-fi") is None
    assert readers() == others
    waiting = asyncio.create_task(room.read("wi-fi", *TEACHER))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    reading = await room.read("tam sung has no wi-fi", *TEACHER)
    assert reading.redacted == "[name] has no wi-fi"
    assert reading.committees[0].committee == "net"
    assert len(readers() - others) == 1

    monkeypatch.setattr(worker, "BATCH", 20)
    messages = [(f"{'wi-fi' if i % 2 else 'payroll'} {i}", *TEACHER) for i in range(45)]
    readings = await room.read_many(messages)
    assert [r.redacted for r in readings] == [text for text, _, _ in messages]
    assert [r.committees[0].committee for r in readings[:4]] == ["pay", "net", "pay", "net"]

    renamed = [replace(c, key=c.key + "-2") for c in FEW]
    await room.retrain(renamed, [])
    assert (await room.read("wi-fi", *TEACHER)).committees[0].committee == "net-2"
    assert len(readers() - others) == 1

    monkeypatch.setattr(worker, "GLANCE_SECONDS", 30.0)  # on a busy machine
    told = await room.meanings(["no wi-fi", "wrong paycheck"])
    assert told is not None
    assert (len(told), await room.meaning("no wi-fi")) == (2 * SIZE, told[:SIZE])


def test_who_sits_on_a_committee_is_nothing_to_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[Any] = []
    told: list[Any] = []

    class Counting:
        @classmethod
        def train(cls, *lessons: Any) -> Counting:
            learned.append(lessons)
            return cls()

        def correct(self, corrections: Any) -> None:
            told.append(corrections)

        def read(self, *message: Any) -> None:
            return

    monkeypatch.setattr(reader, "Reader", Counting)
    monkeypatch.setattr(worker, "_reader", None)
    monkeypatch.setattr(worker, "_learned", None)
    one = Committee(key="network", name="Network", charter="Wi-Fi.", chair="a", deputy="b")
    right = Example(text="No wifi", role=Role.TEACHER, level=Level.HIGH, committees=("network",))
    lessons = worker._Lessons(committees=(one,), examples=(), names=frozenset())
    worker._learn(lessons)
    worker._learn(replace(lessons, committees=(replace(one, chair="c"),), corrections=(right,)))
    assert len(learned) == 1
    assert told == [(), (right,)]
    worker._learn(replace(lessons, committees=(replace(one, charter="Cables."),)))
    worker._learn(replace(lessons, names=frozenset({"Ada Byron"})))
    assert len(learned) == 3
    assert told[-1] == ()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_reader_that_dies_is_replaced_nothing_put_right_is_lost_and_nothing_stays(
    room: ReadingRoom, others: set[psutil.Process]
) -> None:
    await room.retrain(FEW, [])
    said = ("the time clock in the boiler room is dead", *TEACHER)
    before = await room.read(*said)
    assert before.committees[0].committee == "pay"
    put = Example(text="our time clock is dead again", role=said[1], level=said[2])
    await room.correct([replace(put, committees=("net",))])
    assert (await room.read(*said)).committees[0].committee == "net"
    (dying,) = readers() - others
    os.kill(dying.pid, signal.SIGKILL)
    readings = await asyncio.gather(
        room.read(*said), *(room.read(f"payroll {i}", *TEACHER) for i in range(5))
    )
    assert [r.committees[0].committee for r in readings] == ["net", *["pay"] * 5]
    (another,) = readers() - others
    assert another.pid != dying.pid
    await room.correct([])
    assert (await room.read(*said)).committees[0].committee == "pay"
    await room.close()
    assert readers() == others
    await room.close()


@pytest_asyncio.fixture(loop_scope="module")
async def broken(
    others: set[psutil.Process], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[ReadingRoom]:
    monkeypatch.setattr(worker, "SERVE", breaking.SERVE)
    monkeypatch.setattr(worker, "READING_SECONDS", 0.5)
    monkeypatch.setattr(child, "_SILENCE", 4.5)
    room = ReadingRoom(FEW, [], [f"Ada{at} Byron{at}" for at in range(20_000)])
    assert len(pickle.dumps(room._lessons)) > 65_536, "more than fits into a pipe"
    yield room
    await room.close()
    assert readers() == others


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("how", ["raise", "loop", "stop", "die"])
async def test_a_message_that_cannot_be_read_holds_up_nobody(broken: ReadingRoom, how: str) -> None:
    """It raises, loops, hangs beyond that, or takes the reader down: the next one is read."""
    with pytest.raises(UnreadError) as unread:
        await broken.read(f"{how}: there is a man with a gun in the hall", *TEACHER)
    assert unread.value.alarms == (Urgency.SAFETY,)
    assert "gun" not in str(unread.value)
    assert (await broken.read("the wi-fi is slow", *TEACHER)).committees[0].committee == "net"


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("how", ["raise", "loop"])
async def test_a_text_of_many_that_cannot_be_read_is_on_no_theme(
    broken: ReadingRoom, how: str
) -> None:
    said = ("the wi-fi is slow", f"{how}: there is a man with a gun", "and again")
    assert await broken.themes_of(said) == ["wifi", "", "wifi"]


@pytest.mark.asyncio(loop_scope="module")
async def test_a_text_that_takes_the_reader_down_leaves_many_unread(broken: ReadingRoom) -> None:
    with pytest.raises(ChildAwayError):
        await broken.themes_of(("the wi-fi is slow", "die: at once"))
    assert await broken.themes_of(("the wi-fi is slow",)) == ["wifi"]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("moment", [0.0, 0.001, 0.02])
async def test_a_reader_that_is_killed_as_it_starts_hangs_nobody(
    broken: ReadingRoom, others: set[psutil.Process], moment: float
) -> None:
    opening = asyncio.create_task(broken.open())
    while not (found := readers() - others):  # noqa: ASYNC110  (nobody tells)
        await asyncio.sleep(0)
    await asyncio.sleep(moment)
    found.pop().kill()
    with contextlib.suppress(ChildFaultError):  # or it had learned already, and was replaced
        await asyncio.wait_for(opening, 30)
    await broken.open()


@pytest.mark.asyncio(loop_scope="module")
async def test_a_reader_that_stopped_is_replaced_before_the_next_message(
    broken: ReadingRoom, others: set[psutil.Process]
) -> None:
    await broken.open()
    (stopped,) = readers() - others
    stopped.suspend()
    await broken.open()
    (another,) = readers() - others
    assert another.pid != stopped.pid
