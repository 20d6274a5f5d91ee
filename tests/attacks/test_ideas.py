"""Whose idea it is: nobody can find out, neither who reads ideas nor who holds the tables, the log
and what is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, select, text

from governance.access import Source
from governance.home.commands import ShowInbox
from governance.messages import Refused
from governance.priorities import handlers
from governance.priorities.commands import DecideIdea, Decision, ShowIdea, ShowIdeas, TendIdeas
from governance.priorities.messages import IdeaToRead
from storage.ledger_tables import delivery
from storage.priority_tables import idea
from surveys.commands import CloseWave, ShowSaid
from surveys.priorities.model import Idea, Reason
from tests.attacks.hall import Hall, hall
from tests.bot.samples.priority import FIRST
from tests.governance.priorities.town import DAYS, adds, compares, kept, launched
from tests.journeys.logged import logged
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person
from tests.postgres import migrated_database

WORDS = "Spare chargers in the library"


def everything(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    found = {}
    for name in inspect(connection).get_table_names():
        rows = connection.execute(text(f'SELECT * FROM "{name}"')).mappings()  # noqa: S608
        found[name] = [dict(one) for one in rows]
    return found


async def tables(town: Hall) -> dict[str, list[dict[str, Any]]]:
    return await town.core.store.read(lambda tx: everything(tx.connection))


def naming(rows: dict[str, list[dict[str, Any]]], *what: str) -> set[str]:
    """The tables with a row that has one of these in it."""
    return {
        name for name, there in rows.items()
        if any(one in str(row).replace("-", "") for row in there for one in what)
    }  # fmt: skip


def marks(one: Idea) -> tuple[str, ...]:
    return WORDS, one.id.hex, one.key.replace("-", "")


async def test_no_table_links_an_idea_to_anybody(either: Hall) -> None:
    """While the survey is open only its author's own encrypted response knows the idea."""
    wave = await launched(either)
    before = await tables(either)
    found = await adds(either, wave, WORDS)
    after = await tables(either)
    assert naming(after, *marks(found)) == {"idea"}
    new = {name for name in after if after[name] != before.get(name)}
    assert new <= {"idea", "participation", f"response_{wave.hex}", "wave_key"}
    (row,) = after["idea"]
    who = await person(either.core, TEACHER)
    people = {one["id"] for one in after["person"]}
    assert who.id.hex in {str(one).replace("-", "") for one in people}
    for value in row.values():
        assert str(value).replace("-", "") not in {str(one).replace("-", "") for one in people}
        assert not isinstance(value, datetime)
    columns = {one.name for one in idea.columns}
    assert not columns & {"at", "created_at", "person_id", "author", "number"}


async def test_rows_of_ideas_are_in_no_order_of_time(tmp_path: Path) -> None:
    """SQLite numbers rows as they come, where nothing forbids it."""
    async with hall(tmp_path, staff=5) as town:
        written = await town.core.store.read(
            lambda tx: (
                tx.connection.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE name IN ('idea', 'choice_shown')"
                )
                .scalars()
                .all()
            )
        )
        assert len(written) == 2
        assert all("WITHOUT ROWID" in one for one in written)


async def test_whoever_reads_ideas_is_told_nothing_of_their_authors(either: Hall) -> None:
    wave = await launched(either)
    first = await adds(either, wave, WORDS)
    await adds(either, wave, "Pens for all", OFFICE)
    await either.core.dispatch.by_itself(TendIdeas())
    names = [(await person(either.core, who)) for who in (TEACHER, OFFICE)]
    for reader in (CHAIR, CTO):
        shown = await either.ask(reader, ShowIdeas(wave_id=wave))
        assert isinstance(shown, IdeaToRead)
        seen = str(shown)
        for one in names:
            assert one.family_name not in seen
            assert str(one.id) not in seen
        assert TEACHER not in str(await either.ask(reader, ShowInbox()))
        said = await either.ask(reader, ShowSaid(wave_id=wave))
        assert WORDS not in str(said)
    for nosy in (TEACHER, OFFICE):
        for command in (ShowIdeas(wave_id=wave), ShowIdea(idea_id=first.id)):
            assert isinstance(await either.ask(nosy, command), Refused)


async def test_ideas_that_wait_come_in_random_order(town: Hall) -> None:
    wave = await launched(town)
    for number in range(3):
        await adds(town, wave, f"{WORDS} {number}")
    await town.core.dispatch.by_itself(TendIdeas())
    first = {str(await town.ask(CHAIR, ShowIdeas(wave_id=wave))) for _ in range(40)}
    assert len(first) == 3, "any of them comes first"


async def test_nothing_is_sent_logged_or_audited_at_the_moment_of_an_idea(town: Hall) -> None:
    wave = await launched(town)
    with logged() as log:
        found = await adds(town, wave, WORDS)
        shown = log.text
    assert "AddIdea" not in shown
    assert WORDS not in shown
    assert found.key not in shown
    sent = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(delivery.c.kind).where(delivery.c.kind == handlers.WAITING)
        ).all()
    )
    assert sent == []


async def test_what_is_sent_and_audited_later_names_the_survey_only(either: Hall) -> None:
    wave = await launched(either)
    found = await adds(either, wave, WORDS)
    await either.core.dispatch.by_itself(TendIdeas())
    no = DecideIdea(idea_id=found.id, decision=Decision.DECLINE, reason=Reason.DONE)
    await either.ask(CHAIR, no)
    after = await tables(either)
    assert naming(after, *marks(found)) == {"idea"}
    (row,) = [one for one in after["audit"] if "idea" in str(one["what"])]
    assert str(row["subject"]).replace("-", "") == wave.hex


async def test_after_the_closing_not_even_the_idea_that_waited_is_there(either: Hall) -> None:
    wave = await launched(either)
    added = await adds(either, wave, WORDS)
    await adds(either, wave, "Pens for all", OFFICE)
    await either.ask(CHAIR, DecideIdea(idea_id=added.id, decision=Decision.ADD))
    await compares(either, wave)
    assert added.key in str((await kept(either, wave)).answers), "their own response knows it"
    await either.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    after = await tables(either)
    assert f"response_{wave.hex}" not in after
    assert wave.hex not in {str(one["wave_id"]) for one in after["wave_key"]}
    (row,) = after["idea"]
    assert row["meaning"] is None
    assert row["rounds"] == 0
    assert not naming(after, "Pens for all")
    assert after["choice_shown"] == []


async def test_what_a_decided_idea_means_is_forgotten(either: Hall) -> None:
    """Nor is it kept beside what choices mean."""
    wave = await launched(either)
    decisions = (Decision.ADD, Decision.SAME, Decision.DECLINE)
    for decision in decisions:
        waits = await adds(either, wave, f"{WORDS} {decision}")
        await either.core.store.write(
            lambda tx, waits=waits: tx.put_idea(replace(waits, meaning=b"1"))
        )
        await either.ask(
            CHAIR,
            DecideIdea(
                idea_id=waits.id,
                decision=decision,
                same_as=FIRST.choices[0].key,
                reason=Reason.DONE,
            ),
        )
    waits = await adds(either, wave, "Pens for all", OFFICE)
    await either.core.store.write(lambda tx: tx.put_idea(replace(waits, meaning=b"1")))
    either.clock.forward(days=DAYS)
    await either.core.dispatch.by_itself(TendIdeas())
    after = await tables(either)
    assert len(after["idea"]) == len(decisions) + 1
    assert {one["meaning"] for one in after["idea"]} == {None}
    assert naming(after, WORDS, "Pens for all") == {"idea"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=20) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=20) as found:
            yield found
        return
    with migrated_database() as url:
        async with hall(tmp_path, staff=20, url=url) as found:
            yield found
