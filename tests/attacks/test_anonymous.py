"""Somebody tries to find who spoke anonymously: in the database, its files and its backups, in the
log, the metrics and the audit, by names, by addresses, by times and by the order of rows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from sqlalchemy import select, text

from bot.app.wiring import Part
from core.people import Person
from governance.conversations.commands import AskAuthor
from governance.docket.commands import AnswerItem
from governance.feedback.model import ItemState
from storage.anonymous_tables import anonymous_waiting
from storage.columns import metadata
from storage.ledger_tables import audit, inbox, web_session
from storage.postgres import plain_address
from storage.tables import item as items
from storage.transaction import Transaction
from tests.attacks.visiting import ask, send, signed_in
from tests.journeys import running
from tests.journeys.logged import Log, logged
from tests.journeys.running import Running, until
from tests.journeys.town import CHAIR, OFFICE, TEACHER, person, settle

BROWSER = "Naomis-Own-Browser/77.7"
NETWORK = "203.0.113.77"
SAID = [f"The heron number {number} stands in the server room." for number in range(8)]
REPLY = "It is the one beside the window."


POSTGRES = pytest.param("postgres", marks=pytest.mark.prove)
on_postgres = pytest.mark.parametrize("database", [POSTGRES], indirect=True)
"""What only PostgreSQL keeps: SQLite's rows do not know their transaction."""


@pytest.fixture(params=["sqlite", POSTGRES])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(running, "which_database", request.param)
    monkeypatch.setattr(Running, "_part", Part.EVERYTHING)  # no processes beside this one
    return str(request.param)


@pytest.fixture
def log() -> Iterator[Log]:
    with logged() as log:
        yield log


@pytest.fixture
async def service(tmp_path: Path, database: str, log: Log) -> AsyncIterator[Running]:
    async with running.running(tmp_path, settle(staff=5)) as service:
        yield service


@dataclass
class Used:
    """What is known of a day on which Naomi, signed in, also spoke anonymously."""

    service: Running
    naomi: Person
    cookie: str
    codes: list[str] = field(default_factory=list)
    named: list[UUID] = field(default_factory=list)
    began: datetime = field(default_factory=datetime.now)
    morning: datetime = field(default_factory=datetime.now)
    requests: int = 0
    """Requests to pages that know who comes."""

    @property
    def marks(self) -> list[str]:
        """What would lead to her, as text."""
        who = self.naomi
        names = [who.name, who.email, str(who.id), who.id.hex, self.cookie, BROWSER, NETWORK]
        return [name.casefold() for name in names]


async def door(client: httpx.AsyncClient) -> str:
    page = (await client.get("/feedback")).text
    found = re.search(r'href="(/say-anonymously/[^"]+)"', page)
    assert found is not None
    return found.group(1)


async def say(client: httpx.AsyncClient, at: str, words: str) -> str:
    """Say something anonymously, with every cookie of the browser; its code."""
    form = (await client.get(at)).text
    nonce = re.search(r'name="nonce" value="([^"]+)"', form)
    assert nonce is not None
    page = await client.post(at, data={"nonce": nonce.group(1), "text": words})
    assert page.status_code == 200, page.text
    assert "set-cookie" not in page.headers
    code = re.search(r"<strong>([0-9A-Z-]{24})</strong>", page.text)
    assert code is not None
    return code.group(1)


async def a_day(service: Running) -> Used:
    """She says something with her name withheld, something anonymously, and so on in turn."""
    used = Used(service=service, naomi=await person(service.core, TEACHER), cookie="")
    used.began = service.clock()
    async with signed_in(service, TEACHER) as client:
        client.headers.update({"user-agent": BROWSER, "x-forwarded-for": NETWORK})
        used.cookie = client.cookies["soundingboard"]
        at = await door(client)
        used.requests = 3
        for words in SAID:
            used.named.append(uuid4())
            given = {"item_id": str(used.named[-1]), "text": f"Not {words}", "naming": "withheld"}
            await send(client, "/feedback", **given)
            used.requests += 2
            # PostgreSQL writes a row anew when it is read, so the next one waits for that.
            await until(partial(_is_read, service, used.named[-1]))
            used.codes.append(await say(client, at, words))
    # What is still on its way to her would be written beside the messages of the morning.
    await service.at_rest()
    return used


async def _is_read(service: Running, item_id: UUID) -> bool:
    found = await service.core.store.read(lambda tx: tx.item(item_id))
    return found is not None and found.state is not ItemState.RECEIVED


async def brought_in(used: Used) -> list[UUID]:
    """The next morning: the items of the codes."""
    service = used.service
    used.morning = await service.core.store.read(
        lambda tx: tx.connection.execute(select(anonymous_waiting.c.morning).limit(1)).scalar_one()
    )
    gone = used.morning - service.clock() + timedelta(minutes=5)
    await service.pass_time(seconds=gone.total_seconds())
    service.core.ears.reading()

    async def all_read() -> list[UUID]:
        return await service.core.store.read(lambda tx: _read_items(tx, used.codes))

    found: list[UUID] = await until(all_read)
    return found


def _read_items(tx: Transaction, codes: list[str]) -> list[UUID]:
    found = [item_id for code in codes if (item_id := tx.item_of_receipt(code))]
    read = [one for one in map(tx.item, found) if one and one.state is not ItemState.RECEIVED]
    return found if len(read) == len(codes) else []


def everything(tx: Transaction) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every row of every table."""
    for table in metadata.sorted_tables:
        for row in tx.connection.execute(select(table)):
            yield table.name, dict(row._mapping)


def tells_of(row: dict[str, Any], ids: set[str]) -> bool:
    told = " ".join(str(value) for value in row.values())
    return any(one in told or UUID(one).hex in told for one in ids)


# -- what is looked for --------------------------------------------------------------------------


async def test_no_row_about_an_anonymous_item_leads_to_its_author(service: Running) -> None:
    used = await a_day(service)
    spoken = {str(one) for one in await brought_in(used)}
    (first, *_) = used.codes
    about = await service.core.store.read(
        lambda tx: [(name, row) for name, row in everything(tx) if tells_of(row, spoken)]
    )
    assert {name for name, _ in about} >= {"item", "item_original", "receipt", "delivery"}
    for name, row in about:
        told = repr(row).casefold()
        assert not [mark for mark in used.marks if mark in told], name
        for value in row.values():
            if isinstance(value, datetime):
                assert value >= used.morning, f"{name} knows a time of the day: {value}"
    hers = await service.core.store.read(
        lambda tx: [row for _, row in everything(tx) if tells_of(row, {str(used.naomi.id)})]
    )
    trips = {row["trip"] for _, row in about if row.get("trip")}
    assert len(hers) > len(SAID), "the probe works: what she said with her name withheld is found"
    assert not trips & {row.get("trip") for row in hers}
    assert first  # and the answer can still be collected: see below


async def test_the_order_of_rows_does_not_tell_the_order_of_speaking(service: Running) -> None:
    used = await a_day(service)
    spoken = await brought_in(used)
    named = await service.core.store.read(lambda tx: _in_order(tx, used.named))
    assert named == used.named, "the probe works: those of named authors lie in their order"
    found = await service.core.store.read(lambda tx: _in_order(tx, [*used.named, *spoken]))
    assert found[: len(named)] == named, "none lies between those of the day"
    assert found[len(named) :] != spoken, "one day in 40,320 they fall in order"


def _in_order(tx: Transaction, ids: list[UUID]) -> list[UUID]:
    """As they were written first: by SQLite's rowid; PostgreSQL's rows are rewritten when read,
    so there by the transaction."""
    order = "rowid" if tx.connection.dialect.name == "sqlite" else "xmin::text::bigint, ctid"
    rows = tx.connection.execute(
        select(items.c.id).where(items.c.id.in_(ids)).order_by(text(order))
    )
    return list(rows.scalars())


@on_postgres
async def test_no_transaction_wrote_both_of_her_and_of_what_she_said(service: Running) -> None:
    used = await a_day(service)
    ids = {str(one) for one in await brought_in(used)}
    address = plain_address(service.core.store.url)
    hers, spoken = set[str](), set[str]()
    with psycopg.connect(address, autocommit=True) as connection:
        for table in metadata.sorted_tables:
            query = f'SELECT xmin::text, t::text FROM "{table.name}" t'  # noqa: S608
            for xmin, row in connection.execute(query):  # type: ignore[call-overload]
                if str(used.naomi.id) in row:
                    hers.add(xmin)
                if any(one in row for one in ids):
                    spoken.add(xmin)
    assert hers
    assert spoken
    assert not hers & spoken


async def test_the_log_and_the_metrics_know_of_no_visit(service: Running, log: Log) -> None:
    used = await a_day(service)
    answered = log.lines(event="answered", door="web")
    assert len(answered) == used.requests, "each visit to the other pages, and no more"
    assert not [line for line in log.lines(event="handled") if "nonymous" in line["command"]]
    metrics = (await service.house.figures()).decode()
    counted = re.findall(r'requests?_seconds_count{door="web",[^}]*} ([\d.]+)', metrics)
    assert sum(map(float, counted)) == used.requests
    await brought_in(used)
    spoken = log.text.casefold()
    assert "bringin" in spoken, "the probe works: the morning is logged"
    assert not [mark for mark in used.marks if mark in spoken]
    assert not [code for code in used.codes if code.casefold() in spoken]


async def test_speaking_touches_no_session_no_event_and_no_audit(service: Running) -> None:
    def seen(tx: Transaction) -> object:
        tables = (web_session, inbox, audit)
        return [[tuple(row) for row in tx.connection.execute(select(t))] for t in tables]

    async with signed_in(service, TEACHER) as client:
        at = await door(client)
        before = await service.core.store.read(seen)
        service.clock.forward(minutes=20)  # any page that knows her would note now
        code = await say(client, at, SAID[0])
        page = await client.post("/collect", data={"code": code})
        assert "We have your message" in page.text
        assert await service.core.store.read(seen) == before
        await client.get("/")
        assert await service.core.store.read(seen) != before, "the probe works"


async def test_no_file_and_no_backup_holds_anything_that_joins(
    service: Running, database: str, tmp_path: Path
) -> None:
    used = await a_day(service)
    waiting = await service.core.store.read(
        lambda tx: tx.connection.execute(select(anonymous_waiting)).all()
    )
    kept = [part for row in waiting for part in (row.once, row.encrypted[:200])]
    assert len({len(row.encrypted) % 1024 for row in waiting}) == 1, "sizes are rounded"
    if database == "sqlite":
        by_day = await asyncio.to_thread(_files, service)
        assert all(part in by_day for part in kept), "the probe works: while they wait"
        await service.core.store.backup(tmp_path / "day.sqlite3")
    ids = await brought_in(used)
    if database != "sqlite":
        return  # its files are looked into below
    await service.core.store.backup(tmp_path / "morning.sqlite3")
    after = await asyncio.to_thread(_files, service)
    day, morning = ((tmp_path / f"{name}.sqlite3").read_bytes() for name in ("day", "morning"))
    for held in (after, morning):
        assert not [part for part in kept if part in held], "what waited is gone, copies and all"
        assert BROWSER.encode() not in held
        assert NETWORK.encode() not in held
        assert not [code for code in used.codes if code.encode() in held]
    receipts = await service.core.store.read(
        lambda tx: list(tx.connection.execute(text("SELECT code FROM receipt")).scalars())
    )
    assert all(one in morning for one in receipts), "the probe works"
    assert not [one for one in receipts if one in day], "two backups cannot be laid on each other"
    assert not [one for one in ids if one.hex.encode() in day]


@on_postgres
async def test_neither_postgres_files_nor_its_log_nor_two_dumps_join_day_and_morning(
    service: Running,
) -> None:
    used = await a_day(service)
    waiting = await service.core.store.read(
        lambda tx: tx.connection.execute(select(anonymous_waiting)).all()
    )
    kept = [part for row in waiting for part in (row.once, row.encrypted[:200])]
    day, log, dump = await asyncio.to_thread(_held, service)
    assert all(part in day and part.hex() in dump for part in kept), "the probe works: by day"
    ids = await brought_in(used)
    receipts = await service.core.store.read(
        lambda tx: list(tx.connection.execute(text("SELECT code FROM receipt")).scalars())
    )
    after, _, dumped = await asyncio.to_thread(_held, service)
    assert all(one in after and one.hex() in dumped for one in receipts), "the probe works"
    assert not [part for part in kept if part in after or part.hex() in dumped]
    for one in (*receipts, *(item.bytes for item in ids)):
        assert one not in day + log, "nothing of the day names what came of it"
        assert one.hex() not in dump.replace("-", "")
    for mark in (BROWSER, NETWORK, *used.codes):
        assert mark.encode() not in day + log + after
        assert mark not in dump + dumped


@on_postgres
async def test_no_number_counts_who_came_before_whom_and_no_job_is_remembered(
    service: Running,
) -> None:
    used = await a_day(service)
    await brought_in(used)

    def ask(query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(plain_address(service.core.store.url)) as connection:
            return connection.execute(query).fetchall()  # type: ignore[call-overload,no-any-return]

    named = "SELECT sequencename FROM pg_sequences WHERE sequencename NOT LIKE 'procrastinate%'"
    assert await asyncio.to_thread(ask, named) == []

    async def forgotten() -> bool:
        jobs = "SELECT id FROM procrastinate_jobs WHERE task_name = 'read'"
        events = (
            "SELECT e.id FROM procrastinate_events e LEFT JOIN procrastinate_jobs j "
            "ON j.id = e.job_id WHERE j.id IS NULL OR j.task_name = 'read'"
        )
        return not await asyncio.to_thread(ask, jobs) and not await asyncio.to_thread(ask, events)

    await until(forgotten)


def _held(service: Running) -> tuple[bytes, bytes, str]:
    """Every byte of PostgreSQL's tables and of its write-ahead log, and a dump."""
    with psycopg.connect(plain_address(service.core.store.url), autocommit=True) as admin:
        admin.execute("CHECKPOINT")
        (folder,) = admin.execute("SHOW data_directory").fetchone() or ("",)
        (number,) = admin.execute(_OWN_NUMBER).fetchone() or (0,)
        own = (Path(folder) / "base" / str(number)).iterdir()
        tables = b"".join(file.read_bytes() for file in own if file.is_file())
        logs = sorted((Path(folder) / "pg_wal").glob("0*"))
        log = b"".join(file.read_bytes() for file in logs)
        dump = ""
        for table in metadata.sorted_tables:
            query = f'SELECT t::text FROM "{table.name}" t'  # noqa: S608
            for (row,) in admin.execute(query):  # type: ignore[call-overload]
                dump += row
    return tables, log, dump


_OWN_NUMBER = "SELECT oid FROM pg_database WHERE datname = current_database()"


def _files(service: Running) -> bytes:
    path = service.core.store.path
    assert path is not None
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


# -- and yet -------------------------------------------------------------------------------------


async def test_yet_with_the_code_question_and_answer_are_collected(service: Running) -> None:
    used = await a_day(service)
    spoken = await brought_in(used)
    item, code = spoken[0], used.codes[0]
    asked = (await ask(service, CHAIR, AskAuthor(item_id=item, text="Which rack?"))).message
    assert asked.asked_back
    async with signed_in(service, TEACHER) as client:
        page = (await client.post("/collect", data={"code": code.lower()})).text
        assert "Which rack?" in page
        given = await client.post("/collect/reply", data={"code": code, "text": REPLY})
        assert "We have your reply" in given.text
        await service.pass_time(hours=24)

        async def replied() -> bool:
            said = await service.core.store.read(lambda tx: tx.exchanges(item))
            return len(said) == 2 and said[1].words == REPLY

        await until(replied)
        await ask(service, CHAIR, AnswerItem(item_id=item, text="The heron may stay."))
        page = (await client.post("/collect", data={"code": code})).text
        assert "The heron may stay." in page
        assert REPLY in page
    async with signed_in(service, OFFICE) as other:
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        nothing = await other.post("/collect", data={"code": wrong})
        assert nothing.status_code == 404
        assert "The heron may stay." not in nothing.text
