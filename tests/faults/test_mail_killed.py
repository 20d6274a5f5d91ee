"""The service is killed while people with the web only are told by mail, and started again. A mail
server cannot be asked what it took: what was in flight says that it is uncertain, and nobody is
mailed twice.

It dies between two claims, between a mail and its record, before and after the server answered, and
once a record is committed.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.broadcasts import RECOVERED_WITHIN, survived
from tests.faults.child import Task
from tests.faults.failpoints import At
from tests.faults.lives import KILLED, begin, lived, side_by_side
from tests.faults.towns import STAFF, ledger, web_town
from tests.stand_ins.mail import MailStandIn, mail_stand_in

PEOPLE, BATCH = 8, 3
KILLS: tuple[At, ...] = (
    ("before the commit (LedgerStore.claim)", 3),
    ("after the mail", 4),
    ("after the commit (LedgerStore.record)", 1),
)
TAKEN = 4

Opening = Callable[[], AbstractAsyncContextManager[tuple[Task, MailStandIn]]]


@pytest.fixture
def town(tmp_path: Path) -> Opening:
    @asynccontextmanager
    async def opening() -> AsyncIterator[tuple[Task, MailStandIn]]:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        async with mail_stand_in() as mail:
            settings = {
                "smtp_host": "127.0.0.1",
                "smtp_port": mail.port,
                "mail_from": "sounding-board@schools.example.org",
                "mail_per_second": 100,
            }
            task = Task(
                database_url=f"sqlite:///{web_town(folder)}",
                trip="broadcast",
                folder=str(folder),
                people=STAFF[:PEOPLE],
                settings=settings,
                batch=BATCH,
            )
            yield task, mail

    return opening


def told(task: Task) -> list[Any]:
    return [row for row in ledger(task.database_url) if row.kind == "invitation"]


def in_flight(task: Task) -> set[Any]:
    return {row.id for row in told(task) if row.state in ("leased", "unknown")}


def once_or_uncertain(task: Task, mail: MailStandIn, uncertain: set[Any]) -> None:
    rows = told(task)
    mails = Counter(str(one.mail["Message-ID"])[1:].partition("@")[0] for one in mail.arrived)
    assert len(rows) == PEOPLE
    assert {row.state for row in rows} <= {"sent", "unknown"}
    assert {row.id for row in rows if row.state == "unknown"} <= uncertain
    assert [row.id for row in rows if row.state == "unknown" and not row.why] == []
    assert [row.id for row in rows if row.state == "sent" and mails[str(row.id)] != 1] == []
    assert max(mails.values(), default=0) <= 1
    assert len({one.to for one in mail.arrived}) == mails.total()


async def test_mail(town: Opening) -> None:
    async def killed(at: At) -> None:
        async with town() as (task, mail):
            assert await lived(task, kill_at=at) == KILLED
            uncertain = in_flight(task)
            await survived(task, within=RECOVERED_WITHIN)
            once_or_uncertain(task, mail, uncertain)

    await side_by_side(KILLS, killed)


async def test_mail_between_taking_and_answering(town: Opening) -> None:
    async with town() as (task, mail):
        first = begin(task)
        mail.on_taken = lambda: first.kill() if len(mail.arrived) == TAKEN else None
        assert await first.end() == KILLED
        uncertain = in_flight(task)
        assert uncertain, "the one that was being answered"
        await survived(task, within=RECOVERED_WITHIN)
        once_or_uncertain(task, mail, uncertain)
