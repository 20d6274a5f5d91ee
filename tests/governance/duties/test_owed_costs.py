"""The list of who owes something takes the same statements, however many people and things it
names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, insert, select

from core.people import Role
from governance.acknowledgements.handlers import KIND
from governance.acknowledgements.model import AcknowledgementSet, changed_id
from governance.duties.commands import ShowOwed
from governance.duties.kinds import duty_kinds
from governance.duties.messages import OwedView
from storage.duties import asked_duty
from storage.tables import person as person_table
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import costs
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.office.counting import statements
from tests.journeys.town import CTO, ISO, person

FEW, MANY = 10, 500
THINGS = 6
"""What many people owe, where few owe one thing."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def _people(tx: Transaction, building: str) -> list[UUID]:
    """So many new people of a building."""
    like = tx.connection.execute(select(person_table).limit(1)).mappings().one()
    found = [uuid4() for _ in range(MANY)]
    rows = [
        {
            **like,
            "id": one,
            "sourced_id": f"owing-{n}",
            "email": f"owing-{n}@example.org",
            "family_name": f"Owing {n}",
            "role": Role.TEACHER,
            "building": building,
        }
        for n, one in enumerate(found)
    ]
    tx.connection.execute(insert(person_table), rows)
    return found


async def _owe(
    town: Hall, kind: str, people: Sequence[UUID], subjects: Sequence[UUID], *, listed: bool
) -> None:
    """Nobody owes anything but this."""
    now = town.core.now()
    rows = [
        {
            "kind": kind,
            "subject": subjects[n % len(subjects)],
            "person_id": one,
            "asked_at": now,
            "due": now.date(),
            "late": False,
            "reminders": 3,
            "listed_at": now if listed else None,
        }
        for n, one in enumerate(people)
    ]

    def put(tx: Transaction) -> None:
        tx.connection.execute(delete(asked_duty))
        tx.connection.execute(insert(asked_duty), rows)

    await town.core.store.write(put)


@pytest.mark.parametrize("kind", sorted(duty_kinds()))
@pytest.mark.parametrize("email", [ISO, CTO])
async def test_ten_people_cost_as_much_as_five_hundred(town: Hall, kind: str, email: str) -> None:
    """For the ISO, who reads all that is overdue, and for the administrator of a building."""
    building = (await person(town.core, CTO)).building
    people = await town.core.store.write(lambda tx: _people(tx, building))
    things = [uuid4() for _ in range(THINGS)]
    took = list[int]()
    for some, of in ((people[:FEW], things[:1]), (people, things)):
        await _owe(town, kind, some, of, listed=email == ISO or not duty_kinds()[kind].ahead)
        spent, view = await statements(town, email, ShowOwed(page=None))
        assert isinstance(view, OwedView)
        hidden = duty_kinds()[kind].private and email != ISO
        assert len(view.rows) == (0 if hidden else len(some))
        took.append(spent)
    assert took[0] == took[1], f"{kind}: {took}"


async def test_the_page_costs_the_same_for_many_rules_and_names_each(town: Hall) -> None:
    building = (await person(town.core, CTO)).building
    people = await town.core.store.write(lambda tx: _people(tx, building))
    sets = await town.core.store.write(lambda tx: _changed_rules(town, tx))
    took = list[int]()
    async with browser(town, ISO) as client:
        for some, of in ((people[:FEW], sets[:1]), (people, sets)):
            await _owe(town, KIND, some, of, listed=True)
            await client.get("/owed")
            page, spent = await costs(client, "/owed?all=yes")
            assert all(f"Title of ITR {n}" in page.text for n in range(1, len(of) + 1))
            took.append(spent)
    assert took[0] == took[1], took


def _changed_rules(town: Hall, tx: Transaction) -> list[UUID]:
    now, found = town.core.now(), list[UUID]()
    for n in range(1, THINGS + 1):
        rule = publish(tx, f"ITR {n}", now)
        given = AcknowledgementSet(
            id=changed_id(rule, 1),
            year="2026-27",
            due=now.date(),
            at=now,
            rule_id=rule,
            version=1,
        )
        tx.put_acknowledgement_set(given)
        found.append(given.id)
    return found
