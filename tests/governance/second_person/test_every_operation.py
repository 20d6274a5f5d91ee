"""No registered operation brings more than the district's number to people by one person alone.

Every command of the table of access, which has every registered one, is done as each of those who
may, in a town where three people are many. Whatever it queues has a decision, or it waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot.registry import OPERATIONS, may, perform
from core.commands import Command
from core.deciding import Basis, SecondPersonNeededError
from core.people import Audience, Role
from governance.access import Actor
from governance.board_reports.commands import PublishReport
from governance.committees.model import AnnouncementSettings
from governance.ports import Standing
from governance.second_person.handlers import hold
from governance.second_person.messages import SecondAsked, SecondForm
from storage import deciding
from storage.connection import Surroundings
from storage.deciding_tables import campaign_decision
from storage.ledger_tables import delivery, fan_out_part
from storage.store import Store
from storage.transaction import Transaction
from storage.vault import Vault
from surveys.commands import LaunchSurvey
from tests.attacks.hall import SECRET
from tests.governance import test_access as table
from tests.governance.test_access import EVERYTHING
from tests.journeys.town import TEACHER, example

MANY = 2
"""More people than this are many, here."""

HANDFUL = 20
"""Single messages of one kind to so many are none: committees have nine members."""

ACTORS = 2
"""Of those who may give a command, so many do: whoever holds everything, and another."""


def actors(tx: Transaction) -> Iterator[tuple[str, Actor]]:
    teacher = tx.person_by_email(TEACHER)
    assert teacher is not None
    everything = Standing(
        offices=frozenset(table.Office), sits=table.ON_NETWORK, leads=table.ON_NETWORK
    )
    yield (
        "everybody at once",
        Actor(person=replace(teacher, role=Role.ADMINISTRATOR), standing=everything),
    )


def queued(tx: Transaction) -> dict[tuple[str, str], int]:
    """How many people each campaign goes to."""
    to_people = delivery.c.person_id.is_not(None)
    found: dict[tuple[str, str], int] = {}
    for one, people in (
        (select(delivery.c.campaign, delivery.c.kind, func.count()).where(to_people), delivery),
        (
            select(fan_out_part.c.campaign, fan_out_part.c.kind, func.sum(fan_out_part.c.people)),
            fan_out_part,
        ),
    ):
        rows = tx.connection.execute(one.group_by(people.c.campaign, people.c.kind))
        for campaign, kind, n in rows:
            found[campaign, kind] = found.get((campaign, kind), 0) + n
    return found


def fitting(now: datetime) -> list[Command]:
    """Some of the table's commands as they fit in its town: there they are refused."""
    launch = LaunchSurvey(
        wave_id=uuid4(),
        survey=example().surveys[0],
        audience=Audience(),
        opens_at=None,
        closes_at=now + timedelta(days=7),
        despite_limit="To try it.",
    )
    return [launch, PublishReport(report_id=table.REPORTED, public=True)]


def many(tx: Transaction) -> int:
    """How many messages there are."""
    waiting = tx.connection.execute(select(func.sum(fan_out_part.c.people))).scalar() or 0
    return waiting + tx.connection.execute(select(func.count(delivery.c.id))).scalar_one()


def undecided(tx: Transaction, old: Collection[str]) -> list[str]:
    """New campaigns to many that rest on nothing."""
    wrong = []
    for (campaign, kind), people in queued(tx).items():
        same = campaign_decision.c.campaign == campaign, campaign_decision.c.kind == kind
        basis = tx.connection.execute(select(campaign_decision.c.basis).where(*same)).scalar()
        if people > HANDFUL and campaign not in old and basis not in (Basis.APPROVED, Basis.EXEMPT):
            wrong.append(f"{kind} to {people}")
    return wrong


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Transaction]:
    """One transaction on the town of the table of access."""
    url = f"sqlite:///{tmp_path / 'town.sqlite3'}"
    asyncio.run(table._furnish(url))
    around = Surroundings(vault=Vault(SECRET.encode()), signin_token=lambda *_: "link")
    store = Store(url, around)
    with store.engine.connect() as connection:
        yield Transaction(connection, around)
    asyncio.run(store.close())


def test_nothing_reaches_many_by_one_person_alone(
    town: Transaction, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {type(command) for command in EVERYTHING} == set(OPERATIONS)
    monkeypatch.setattr(deciding, "HANDFUL", HANDFUL)
    tx, now = town, table.MovableClock()()
    few = replace(tx.district(), announcements=AnnouncementSettings(approve_above=MANY))
    monkeypatch.setattr(tx, "loaded_district", lambda: few)
    monkeypatch.setattr(tx, "district", lambda: few)
    waits: set[type] = set()
    wrong: list[str] = []
    asking, old = list(actors(tx)), {campaign for campaign, _ in queued(tx)}
    for command in (*EVERYTHING, *fitting(now)):
        allowed = [one for one in asking if may(one[1], command, tx) is None]
        for name, actor in allowed[:ACTORS]:
            saved = tx.connection.begin_nested()
            tx.within.clear()
            what = f"{type(command).__name__} by {name}"
            there = many(tx)
            try:
                perform(tx, actor, command, now)
                if many(tx) > there:
                    wrong += [f"{what}: {one}" for one in undecided(tx, old)]
            except SecondPersonNeededError as needed:
                saved.rollback()
                saved = tx.connection.begin_nested()
                tx.within.clear()
                waits.add(type(command))
                asked: Any = hold(tx, actor, command, needed.reaching, now)
                if not isinstance(asked, SecondForm | SecondAsked):
                    wrong.append(f"{what}: nobody can be asked")
            except (LookupError, ValueError, AssertionError):
                pass  # the town has not what it is about
            finally:
                saved.rollback()
    assert wrong == []
    assert {type(one) for one in fitting(now)} < waits, "what fits does reach many"
