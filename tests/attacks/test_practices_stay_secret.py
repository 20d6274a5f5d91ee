"""No score, no answer, no gap and no decision of an assessment leaves it: words and numbers that
stand nowhere else are put into one, and everything that leaves the house is read. The same search
is made of leaks that were planted, and finds each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, get_args
from uuid import UUID, uuid4

import pytest
import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.conversation import Reader
from bot.jobs.composing import person_of, queue_of
from bot.mail.draw import draw as draw_mail
from bot.operator.operations import do
from bot.registry import OPERATIONS
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message
from bot.teams.draw import draw as draw_teams
from core.commands import Command
from core.words import Words
from governance.access import Actor
from governance.composing import compose
from governance.controls.audit import note_read
from governance.forms.commands import Open
from governance.gaps.commands import DeclineRisk, ReturnGaps
from governance.messages import Message
from storage.ledger_tables import audit, delivery
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.attacks.practice_canaries import (
    CANARY,
    OF_SAFEGUARDS,
    Town,
    in_log,
    leaks,
    put,
    scores_in,
    typed,
    visible,
    words_in,
    words_of_others,
)
from tests.attacks.practice_play import OWNS, Play
from tests.attacks.test_anonymous import everything
from tests.journeys.logged import Log, logged
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person
from tests.postgres import migrated_database

DUE, BY_DAY = date(2026, 11, 2), date(2026, 12, 1)
"""School days."""
LOCALES = ("en", "es")


def member(committee: str = "network") -> str:
    found = example().district.committee(committee)
    assert found is not None
    return found.members[0]


OWNER, OTHER, MEMBER = TEACHER, OFFICE, member()
EVERYBODY = (ISO, CTO, CHAIR, MEMBER, OWNER, OTHER)
SEE_ALL = (ISO, CTO)


@pytest.fixture
def log() -> Iterator[Log]:
    with logged() as log:
        yield log


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest, log: Log) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def people(town: Hall) -> Town:
    iso, cto, owner, other = [await person(town.core, one) for one in (ISO, CTO, OWNER, OTHER)]
    return Town(iso=iso.id, cto=cto.id, owner=owner.id, other=other.id)


@dataclass
class Walk:
    """Everything that anybody was shown or sent: (who or "", how, message)."""

    town: Hall
    assessment: UUID
    gap: UUID
    owns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: list[tuple[str, str, object]] = field(default_factory=list)

    async def asks(self, who: str, command: Command) -> Any:
        said = await self.town.ask(who, command)
        self.shown.append((who, type(command).__name__, said))
        return said

    async def deliveries(self) -> None:
        """What every delivery that there is says, just now and on the page of who gets it."""

        def composed(tx: Transaction) -> list[tuple[str, str, object]]:
            made: list[tuple[str, str, object]] = []
            for row in tx.connection.execute(select(delivery)):
                queue = queue_of(row.recipient)
                mine = row.recipient.startswith("person:")
                for reader in [None, tx.person(person_of(row))] if mine else [None]:
                    now = self.town.clock()
                    said = compose(tx, row.kind, row.subject, reader, queue, now)
                    made.append(("", row.kind, said))
            return made

        self.shown += await self.town.core.store.read(composed)


async def walked(town: Hall) -> Walk:
    who = await people(town)
    made = await town.core.store.write(lambda tx: put(tx, who, town.clock(), DUE))
    walk = Walk(town, *made, {OWNER: ("71",), OTHER: ("72",)})
    for command in shown_of(*made):
        for email in EVERYBODY:
            await walk.asks(email, command)
    await walk.deliveries()
    return walk


def shown_of(assessment: UUID, gap: UUID) -> Iterator[Command]:
    """Every command that shows something of an assessment or a gap, about this one."""
    known: dict[str, Any] = {
        "assessment_id": assessment,
        "gap_id": gap,
        "number": "71.1",
        "control": "71",
        "framework": "zones",
        "subject": gap,
    }
    for kind in OPERATIONS:
        if kind.__module__.startswith(("governance.controls", "governance.gaps")):
            yield from _made(kind, known)


def _made(kind: type[Command], known: dict[str, Any]) -> Iterator[Command]:
    needed = [
        one.name
        for one in fields(kind)
        if one.default is MISSING and one.default_factory is MISSING
    ]
    names = {one.name for one in fields(kind)}
    given = {key: value for key, value in known.items() if key in names}
    if kind.__name__ == "ExportAssessment":
        given["form"] = "csv"
    if kind is DeclineRisk:
        given["number"] = 2  # of the decision that holds: an earlier one is not shown
    if OPERATIONS[kind].opens:
        yield Open(of=kind(**given))
    if kind.__name__.startswith("Show") or kind.__name__ == "ExportAssessment":
        assert set(needed) <= set(given), f"{kind.__name__} needs {set(needed) - set(given)}"
        yield kind(**given)


# -- what a message looks like where it is kept ---------------------------------------------------


def kept(message: object) -> Iterator[tuple[str, str]]:
    """(where, what it says) of a message in a chat, in a notification and in a mail."""
    if message is None:
        return
    for locale in LOCALES:
        reader = Reader(locale=locale, timezone="America/Chicago", web_url="https://sb.example")
        slack = draw_message(message, pen_for(reader, uuid4()))  # type: ignore[arg-type]
        yield f"Slack {locale}", json.dumps(slack, ensure_ascii=False)
        card = draw_teams(message, reader)  # type: ignore[arg-type]
        if card is not None:
            yield f"Teams {locale}", json.dumps(card.card, ensure_ascii=False)
            yield f"Teams' notification {locale}", card.summary
        if isinstance(message, get_args(Message)):
            words = Words(locale, "America/Chicago")
            mail = draw_mail(message, words, "https://sb.example")  # type: ignore[arg-type]
            yield f"mail {locale}", repr(mail)


def told_in_chat(walk: Walk) -> list[str]:
    return [
        f"{how} to {who or 'its reader'}, {where}: {found}"
        for who, how, message in walk.shown
        for where, said in kept(message)
        for found in leaks(said)
    ]


def told_to_others(walk: Walk) -> list[str]:
    """What people are shown of an assessment that they have nothing to do with, or too much of."""
    found = []
    for who, how, message in walk.shown:
        if who in SEE_ALL:
            continue
        said = repr(message)
        words = words_of_others(said, walk.owns.get(who, ()))
        scores = scores_in(said, OF_SAFEGUARDS) if who == MEMBER else []
        found += [f"{how} to {who}: {one}" for one in (*words, *scores)]
    return found


async def test_no_chat_no_mail_and_no_notification_holds_an_answer_or_a_score(town: Hall) -> None:
    walk = await walked(town)
    everything_shown = repr([one for who, _, one in walk.shown if who == ISO])
    assert typed("proof", "71.2") in everything_shown, "the ISO is shown answers: the probe works"
    assert told_in_chat(walk) == []
    assert told_to_others(walk) == []


async def test_the_log_the_audit_and_the_tables_tell_nothing(town: Hall, log: Log) -> None:
    await walked(town)
    assert log.text
    assert in_log(log.text) == []
    assert await in_tables(town) == []
    read = await town.core.store.read(
        lambda tx: list(tx.connection.execute(select(audit.c.what)).scalars())
    )
    assert [one for one in read if one.startswith("Practices read: ")], "it was read, and noted"
    assert [one for what in read for one in leaks(what)] == []


async def in_tables(town: Hall) -> list[tuple[str, str, str]]:
    """(table, column, leak)."""
    return await town.core.store.read(
        lambda tx: [
            (table, column, one)
            for table, row in everything(tx)
            for column, value in row.items()
            for one in leaks_in_column(table, value)
        ]
    )


def leaks_in_column(table: str, value: object) -> list[str]:
    """In a value as it is stored. Of a database's other numbers only words are looked at."""
    said = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    found = words_in(said)
    practices = ("assess", "practice_", "gap", "said_evidence", "audit", "delivery")
    if table.startswith(practices) and not isinstance(value, bytes):
        found += scores_in(said)
    return found


async def test_nothing_that_the_operator_takes_along_tells_anything(
    tmp_path: Path, log: Log
) -> None:
    async with hall(tmp_path) as town:
        before, _ = await taken_along(town, tmp_path / "before")
        await walked(town)
        after, said = await taken_along(town, tmp_path / "after")
        assert after == before, "a district's files know nothing of assessments"
        assert [one for line in said for one in leaks(line)] == []
        made = await do(town.core, "backup", {"path": str(tmp_path / "copy.sqlite3")})
        assert made.ok, made.lines
        for name in ("copy.sqlite3", "hall.sqlite3", "hall.sqlite3-wal"):
            assert CANARY.encode() not in bytes_of(tmp_path / name).lower(), name
        assert in_log(log.text) == []


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def files_in(folder: Path) -> Mapping[str, bytes]:
    found = {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    assert found
    return found


async def taken_along(town: Hall, folder: Path) -> tuple[Mapping[str, bytes], list[str]]:
    """The files of ``district export``, and what the command line says."""
    said = []
    for name in ("district-export", "records-list", "framework-list", "list-show", "rule-list"):
        told = await do(town.core, name, {"path": str(folder)})
        said += told.lines
    return files_in(folder), said


async def test_from_its_beginning_to_its_close_nothing_is_told(town: Hall, log: Log) -> None:
    walk = Walk(town, uuid4(), uuid4(), OWNS)
    play = Play(walk.asks, town.core.store, DUE, BY_DAY)
    for step in (play.opened, play.answered, play.reviewed, play.decided, play.closed):
        await step()
        await walk.deliveries()
    town.clock.forward(days=(BY_DAY - town.clock().date()).days + 3)
    await town.core.dispatch.by_itself(ReturnGaps())
    await walk.deliveries()
    await play.given_up()
    for command in shown_of(play.assessment, play.gaps[0]):
        for email in EVERYBODY:
            await walk.asks(email, command)
    kinds = {how for _, how, one in walk.shown if one is not None}
    assert {"assess", "assess-done", "practice-due"} <= kinds, kinds
    assert told_in_chat(walk) == []
    assert told_to_others(walk) == []
    assert in_log(log.text) == []
    assert await in_tables(town) == []


# -- leaks that were planted ----------------------------------------------------------------------

PLANTED = {
    "typed words": f"Please look at ZN 71.2: {typed('proof', '71.2')}.",
    "a score": "ZN 71.2 has 1.25 now.",
    "a rounded score": "ZN 71.1: 3.8",
    "a score in Spanish": "ZN 71.1 tiene 3,75.",
    "out of five": "ZN 71.2 is 2 of 5.",
    "with a slash": "ZN 71.2: 2/5",
    "a gap": "ZN 71.2 has a gap.",
    "a target": "The target of ZN 71 is 4.7.",
}
HARMLESS = (
    "Please assess ZN 71.1, 71.2 and 71.10 by Friday, January 15.",
    "Work on security practices needs a decision",
    '{"type": "AdaptiveCard", "version": "1.8"}',
    "9 of 56 safeguards are assessed.",
    "on 1/5/2027 at 3:15 PM",
)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_leak_in_words_is_found(planted: str) -> None:
    assert leaks(PLANTED[planted])
    assert leaks(visible(f"<p title='x'>{PLANTED[planted]}</p>"))


def test_what_may_be_said_is_no_leak() -> None:
    assert [one for said in HARMLESS for one in leaks(said)] == []


async def test_a_leak_anywhere_is_found(tmp_path: Path, log: Log) -> None:
    async with hall(tmp_path) as town:
        walk = await walked(town)
        who = await person(town.core, OWNER)
        for planted in PLANTED.values():
            structlog.get_logger().info("assessed", what=planted)
            assert in_log(log.text)

            def note(tx: Transaction, planted: str = planted) -> None:
                note_read(tx, Actor(person=who), walk.assessment, planted, town.clock())

            await town.core.store.write(note)
        rows = await town.core.store.read(
            lambda tx: [row for table, row in everything(tx) if table == "audit"]
        )
        found = [one for row in rows for one in leaks_in_column("audit", row["what"])]
        assert len(found) >= len(PLANTED) - 1, "all but the word for a gap"
        walk.shown.append((MEMBER, "planted", "71.2 has 1.25"))
        walk.shown.append((MEMBER, "planted", typed("proof", "71.2")))
        walk.shown.append((OTHER, "planted", typed("proof", "71.2")))
        walk.shown.append((OTHER, "its owner", typed("proof", "72.2")))
        assert len(told_to_others(walk)) == 3


async def test_a_fault_while_answering_or_deciding_logs_nothing_of_it(
    tmp_path: Path, log: Log
) -> None:
    async with hall(tmp_path) as town:
        play = Play(town.ask, town.core.store, DUE, BY_DAY)
        await play.opened()
        await play.answered()
        for table in ("assessed_safeguard", "gap", "practice_target"):
            broken = (
                f"CREATE TRIGGER fault_{table} BEFORE INSERT ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'disk'); END"
            )
            await town.core.store.write(
                lambda tx, broken=broken: tx.connection.exec_driver_sql(broken).rowcount
            )
        for fails in (lambda: play.answers("71.2"), play.decided):
            try:
                await fails()
            except DBAPIError:
                structlog.get_logger().exception("page_failed")  # as the pages do
            else:
                pytest.fail("the database refused it")
    assert "Traceback" in log.text, "the operator gets to know where it broke"
    assert words_in(log.text) == []
    assert [one for one in in_log(log.text) if "gap" not in one] == [], "lines of code aside"
