"""What is a building's matter goes to its Technology Leader on the school-level committee."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from core.people import Level, Role
from governance.docket.commands import AnswerItem, MoveItem
from governance.feedback.model import Naming
from governance.home.commands import ShowDocket, ShowInbox
from governance.messages import Brief
from governance.views import DocketView, InboxView
from storage.importing import Arrival, Ownership
from tests.attacks.hall import Hall, hall
from tests.journeys.town import person
from tests.storage.stores import row, take_in

CLASS = "class-high"
SAID = "Our commons needs its own charging cart."


class School(Hall):
    building: str
    leader: str
    author: str
    chair: str


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    """A high school with one teacher beside whoever had a duty there already."""
    async with hall(tmp_path) as found:
        town = School(found.core, found.clock)
        district = await town.core.store.read(lambda tx: tx.district())
        committee = district.committee(CLASS)
        assert committee is not None
        town.building, town.leader = next(iter(committee.technology_leaders.items()))
        town.chair = committee.chair
        await employ(town, 1)
        town.author = "colleague0@schools.example.org"
        yield town


async def employ(town: School, people: int) -> None:
    """There are so many teachers in the building."""
    arrivals = [
        Arrival(
            columns=row(
                n,
                sourced_id=f"colleague-{n}",
                email=f"colleague{n}@schools.example.org",
                role=Role.TEACHER,
                level=Level.HIGH,
                building=town.building,
            )
        )
        for n in range(people)
    ]

    await town.core.store.write(lambda tx: take_in(tx, arrivals, Ownership(), leavers=()))


async def told(town: School, kind: str) -> list[str]:
    asked = (
        "SELECT email FROM person JOIN delivery ON person.id = delivery.person_id "
        "WHERE delivery.kind = ?"
    )
    return await town.core.store.read(
        lambda tx: [row[0] for row in tx.connection.exec_driver_sql(asked, (kind,))]
    )


async def brief_seen_by(town: School, email: str, item_id: UUID) -> Brief:
    view = await town.ask(email, ShowDocket(queue=CLASS))
    assert isinstance(view, DocketView)
    return next(one for one in view.open_items if one.item_id == item_id)


async def inbox_of(town: School, email: str) -> list[str]:
    """What the briefs on somebody's page say."""
    view = await town.ask(email, ShowInbox())
    assert isinstance(view, InboxView)
    return [one.message.redacted for one in view.entries if isinstance(one.message, Brief)]


async def test_the_leader_is_told_and_the_others_see_whose_it_is(school: School) -> None:
    await employ(school, 10)
    item_id = await school.item(school.author, SAID, CLASS)
    leader = await person(school.core, school.leader)
    assert (await school.stored(item_id)).assigned_to == leader.id
    assert await told(school, "assigned") == [school.leader]
    assert (await brief_seen_by(school, school.chair, item_id)).assigned_to == leader.name
    assert SAID in await inbox_of(school, school.leader)
    answered = await school.ask(school.leader, AnswerItem(item_id=item_id, text="It is bought."))
    assert isinstance(answered, Brief)
    assert answered.answered_by == leader.name


async def test_where_few_share_the_authors_role_a_withheld_name_stays_withheld(
    school: School,
) -> None:
    item_id = await school.item(school.author, SAID, CLASS)
    assert (await school.stored(item_id)).assigned_to is None
    assert await told(school, "assigned") == []
    assert (await brief_seen_by(school, school.chair, item_id)).assigned_to is None
    named = await school.item(school.author, SAID + " Please.", CLASS, naming=Naming.NAMED)
    assert (await school.stored(named)).assigned_to is not None


async def test_what_moves_on_is_nobodys_of_the_building(school: School) -> None:
    await employ(school, 10)
    item_id = await school.item(school.author, SAID, CLASS)
    await school.ask(school.chair, MoveItem(item_id=item_id, to="network", why="Wires."))
    assert (await school.stored(item_id)).assigned_to is None
    assert SAID not in await inbox_of(school, school.leader), "it is another committee's now"


async def test_a_leaders_own_message_and_a_district_committees_have_none(school: School) -> None:
    await employ(school, 10)
    own = await school.item(school.leader, SAID, CLASS, naming=Naming.NAMED)
    assert (await school.stored(own)).assigned_to is None
    wires = await school.item(school.author, "The Wi-Fi is slow.", "network")
    assert (await school.stored(wires)).assigned_to is None


async def test_a_leader_who_is_not_on_the_committee_any_more_gets_nothing(school: School) -> None:
    await employ(school, 10)
    leader = await person(school.core, school.leader)
    await school.core.store.write(
        lambda tx: tx.connection.exec_driver_sql(
            "DELETE FROM duty WHERE person_id = ?", (leader.id.hex,)
        )
    )
    item_id = await school.item(school.author, SAID, CLASS)
    assert (await school.stored(item_id)).assigned_to is None
