"""Metrics and readiness: what is told, to whom, and what never is."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import update

from bot.app import heartbeat, wiring
from bot.app.metrics import Metrics
from bot.app.serving import listening, watched
from bot.registry import OPERATIONS, encode
from core.people import Audience, Level, Role
from governance.access import PERSON
from governance.announcements.commands import SendAnnouncement
from governance.docket.commands import GiveFeedback
from governance.lessons.commands import AnswerQuestion, ShowQuestion, WriteLesson
from storage import deadline
from storage.figures import lanes
from storage.ledger_tables import delivery, lane
from storage.transaction import Transaction
from surveys.commands import AnswerPage
from tests.attacks.hall import RoteReader
from tests.attacks.visiting import ask, send, signed_in, stranger
from tests.journeys.logged import logged
from tests.journeys.running import Running, running, until
from tests.journeys.town import CTO, TEACHER, person, settle
from tests.journeys.trips import launch

TOKEN = "a-token-of-the-tests"


@pytest.fixture
async def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
    async with running(tmp_path, settle(staff=5), metrics_token=TOKEN) as found:
        yield found


async def scraped(service: Running, **headers: str) -> httpx.Response:
    async with stranger(service) as client:
        return await client.get("/metrics", headers=headers)


def value(page: str, name: str, **labels: str) -> float:
    """A sample's value, 0 where there is none."""
    for line in page.splitlines():
        found = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
        if found and found[1] == f"soundingboard_{name}":
            held = dict(re.findall(r'(\w+)="([^"]*)"', found[2] or ""))
            if labels.items() <= held.items():
                return float(found[3])
    return 0.0


async def test_metrics_are_for_this_machine_and_for_whoever_has_the_token(
    service: Running,
) -> None:
    assert (await scraped(service)).status_code == 200
    elsewhere = {"x-forwarded-for": "203.0.113.7"}
    assert (await scraped(service, **elsewhere)).status_code == 401
    for given in ("Bearer guess", f"Basic {TOKEN}", TOKEN, "Bearer"):
        answer = await scraped(service, **elsewhere, authorization=given)
        assert answer.status_code == 401
    right = await scraped(service, **elsewhere, authorization=f"Bearer {TOKEN}")
    assert right.status_code == 200
    assert right.headers["content-type"].startswith("text/plain; version=")


async def test_without_a_token_nobody_elsewhere_reads_them(tmp_path: Path) -> None:
    async with running(tmp_path, settle(staff=5)) as service:
        elsewhere = {"x-forwarded-for": "203.0.113.7"}
        for given in ("Bearer", "Bearer None", ""):
            answer = await scraped(service, **elsewhere, authorization=given)
            assert answer.status_code == 401


async def test_what_happened_is_counted_and_nobody_is_named(service: Running) -> None:
    wave = await launch(service, [TEACHER])
    await until(lambda: service.sent("invitation", wave))
    async with signed_in(service, TEACHER) as client:
        assert (await client.get("/")).status_code == 200
        assert (await client.get("/no-such-page")).status_code == 404
    await ask(service, TEACHER, AnswerPage(wave_id=wave, page=0, answers={"week": "3"}))
    said = "The wifi in the portables drops every afternoon, again"
    await ask(service, TEACHER, GiveFeedback(item_id=uuid4(), text=said))

    async def read() -> str | None:
        page = (await scraped(service)).text
        return (
            page if value(page, "deliveries_total", platform="web", outcome="sent") >= 2 else None
        )

    page = await until(read)
    assert value(page, "commands_total", command="AnswerPage") == 0
    assert value(page, "commands_total", command="person") >= 2
    assert value(page, "commands_total", command="FileReading") == 1
    assert value(page, "reading_seconds_count") == 1
    assert value(page, "request_seconds_count", door="web", status="404") == 1
    assert value(page, "request_seconds_count", door="web", status="200") >= 2
    assert value(page, "transaction_seconds_count", kind="write") > 3
    assert value(page, "transaction_seconds_count", kind="read") > 3
    assert value(page, "queued_to_sent_seconds_count", platform="web") >= 2
    assert value(page, "lane_rate", lane="web:") == 2000
    assert value(page, "ready") == 1
    assert value(page, "clock_last_tick_age_seconds") < 30
    who = await person(service.core, TEACHER)
    for private in (TEACHER, who.given_name, str(who.id), who.id.hex, str(wave), "pulse", "wifi"):
        assert private.casefold() not in page.casefold()


async def test_whether_a_lesson_was_answered_right_is_neither_logged_nor_counted(
    service: Running,
) -> None:
    lesson = uuid4()
    written = WriteLesson(
        announcement_id=lesson,
        title="Spot a phishing mail",
        text="Look at the address first.",
        question="What do you do with such a mail?",
        choice_1="Open it",
        choice_2="Report it",
        right="2",
        explanation="The help desk can warn others.",
        due=service.clock().date() + timedelta(days=20),
        audience=Audience(people=frozenset({TEACHER})),
    )
    await ask(service, CTO, written)
    await ask(service, CTO, SendAnnouncement(announcement_id=lesson))
    await until(lambda: service.sent("notice", lesson))
    answers = f"/do/{encode(AnswerQuestion(announcement_id=lesson))}"
    with logged() as log:
        async with signed_in(service, TEACHER) as client:
            assert (
                await client.get(f"/do/{encode(ShowQuestion(announcement_id=lesson))}")
            ).is_success
            wrong = await send(client, answers, choice="1")
            assert "That is not right" in wrong.text
            right = await send(client, answers, choice="2")
            assert right.status_code == 303, right.text
        page = (await scraped(service)).text
        done = {line["command"] for line in log.lines(event="handled")}
        statuses = {line["status"] for line in log.lines(event="answered", door="web")}
    assert "person" in done, "the probe works"
    for command in ("AnswerQuestion", "ShowQuestion"):
        assert command not in done
        assert value(page, "commands_total", command=command) == 0
    assert statuses == {200, 303}, "a wrong answer is a page as any other"


async def test_no_count_and_no_line_is_of_answers_alone(service: Running) -> None:
    """At 589ad58b a scrape before and after a press said that a survey was answered, and when. The
    registry says what the service and its operator do; all else has one name together."""
    own = {one.command.__name__ for one in OPERATIONS.values() if one.by - PERSON}
    wave = await launch(service, [TEACHER])
    await until(lambda: service.sent("invitation", wave))
    with logged() as log:
        before = (await scraped(service)).text
        await ask(service, TEACHER, AnswerPage(wave_id=wave, page=0, answers={"week": "3"}))
        after = (await scraped(service)).text
        lines = {line["command"] for line in log.lines(event="handled")}
    counted = set(re.findall(r'commands_total\{command="(\w+)"\}', after))
    assert "person" in counted
    assert (counted | lines) - own == {"person"}
    new = {line.rpartition(" ")[0] for line in after.splitlines()} - {
        line.rpartition(" ")[0] for line in before.splitlines()
    }
    assert not [one for one in new if "nswer" in one or "urvey" in one], new


async def test_an_entry_that_fails_is_counted(
    service: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> bool:
        raise RuntimeError("no")

    await launch(service, [TEACHER])
    monkeypatch.setattr("bot.app.dispatch._occur", broken)
    await service.pass_time(days=8)
    page = (await scraped(service)).text
    assert value(page, "clock_entries_failed_total") >= 1


async def test_a_message_that_cannot_be_read_is_counted() -> None:
    class Broken:
        async def read(self, text: str, role: Role, level: Level) -> object:
            raise RuntimeError("no")

    metrics, others = Metrics(), Metrics()
    with pytest.raises(RuntimeError):
        await metrics.timing(Broken()).read("x", Role.TEACHER, Level.HIGH)  # type: ignore[arg-type]
    page = metrics.page((), tick_age=0, ready=True).decode()
    assert value(page, "reading_failures_total") == 1
    other = others.page((), tick_age=0, ready=True).decode()
    assert value(other, "reading_failures_total") == 0, "each house has figures of its own"


async def test_a_lane_tells_what_waits_in_it_and_since_when(service: Running) -> None:
    core = service.core
    wave = await launch(service, [TEACHER])
    await until(lambda: service.sent("invitation", wave))

    def stand_still(tx: Transaction) -> None:
        now = core.now()
        tx.connection.execute(update(lane).values(blocked_until=now.replace(year=now.year + 1)))
        tx.connection.execute(
            update(delivery).values(state="queued", not_before=now.replace(year=now.year - 1))
        )

    await core.store.write(stand_still)
    page = (await scraped(service)).text
    assert value(page, "lane_queued", lane="web:") >= 1
    assert value(page, "lane_overdue_seconds", lane="web:") > 3e7
    assert value(page, "lane_blocked_seconds", lane="web:") > 3e7


async def test_reading_the_lanes_reads_no_message_that_is_done(service: Running) -> None:
    """However many were sent: the index leads to those that wait."""

    def plan(tx: Transaction) -> list[str]:
        asked = lanes().compile(tx.connection, compile_kwargs={"literal_binds": True})
        rows = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")
        return [row.detail for row in rows if "delivery" in row.detail]

    steps = await service.core.store.read(plan)
    assert len(steps) == 2
    assert all(
        "SEARCH" in step and "ix_delivery_turn (lane=? AND state=?)" in step for step in steps
    )


async def ready(service: Running) -> tuple[int, str | None]:
    async with stranger(service) as client:
        answer = await client.get("/readyz")
        healthy = await client.get("/healthz")
        assert healthy.status_code == 200, "the process answers all the same"
    return answer.status_code, answer.json().get("why")


async def test_a_dead_scheduler_is_not_ready(service: Running) -> None:
    assert await ready(service) == (200, None)
    service.house.clock._scheduler.shutdown(wait=False)
    assert await ready(service) == (503, "the clock was stopped")


async def test_a_clock_that_stands_is_not_ready_though_it_says_that_it_runs(
    service: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = service.house.clock
    later = clock._monotonic() + 31
    monkeypatch.setattr(clock, "_monotonic", lambda: later)
    monkeypatch.setattr(clock, "_ticked", later - 31)
    assert clock.running
    status, why = await ready(service)
    assert (status, why) == (503, "the clock has not ticked for 31 s")


async def test_a_database_that_takes_no_write_is_not_ready(
    service: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "EVERY", 0.1)
    monkeypatch.setattr(heartbeat, "STALE", 6.0)
    monkeypatch.setattr(deadline, "SECONDS", 1.0)

    async def says(status: int, why: str) -> bool:
        found, given = await ready(service)
        return found == status and (given or "").startswith(why)

    other = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")  # reading goes on
    try:
        await until(partial(says, 503, "the database has taken no write for"))
    finally:
        other.rollback()
        other.close()
    await until(partial(says, 200, ""))


async def test_an_inner_loop_that_ended_is_not_ready(service: Running) -> None:
    (pump,) = [task for task in service.house.tasks if task.get_name() == "pump"]
    pump.cancel()
    await asyncio.wait([pump], timeout=10)
    assert await ready(service) == (503, "ended: pump")
    page = (await scraped(service)).text
    assert value(page, "ready") == 0


async def test_a_process_without_doors_says_how_it_is_on_a_port_of_its_own(
    service: Running,
) -> None:
    async with listening(service.settings.model_copy(update={"port": 0})) as (_, free):
        port = free.port
    house = service.house
    settings = house.core.settings.model_copy(update={"metrics_port": port})
    alone = replace(house, core=replace(house.core, settings=settings))
    base = f"http://127.0.0.1:{port}"
    async with watched(alone), httpx.AsyncClient(base_url=base, trust_env=False) as client:

        async def answers() -> bool:
            with suppress(httpx.ConnectError):
                return (await client.get("/healthz")).text == "ok\n"
            return False

        await until(answers)
        assert (await client.get("/readyz")).json() == {"ready": True}
        assert value((await client.get("/metrics")).text, "ready") == 1
        assert (await client.get("/")).status_code == 404, "it has no pages"
    with pytest.raises(httpx.ConnectError):
        async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
            await client.get("/healthz")
