"""Who has read an assessment, as its page tells the ISO and the CTO."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.words import Words
from governance.access import Actor
from governance.controls.audit import note_read
from governance.controls.exported import ExportAssessment, FileForm
from governance.controls.facets import Place, drawn, facets_at
from governance.controls.model import Assessment
from governance.controls.reads import MOST
from governance.controls.running_commands import ShowRun
from governance.gaps.commands import ShowGaps
from governance.gaps.model import Gap, GapChoice, GapDecision
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.governance.controls.filled import AT, DUE, assessment, rows
from tests.governance.controls.frameworks import SMALL
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, person
from tests.postgres import migrated_database

READ = "Who has read it"


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def filled(town: Hall) -> Assessment:
    given = assessment()
    owner, iso = await person(town.core, TEACHER), await person(town.core, ISO)

    def put(tx: Transaction) -> None:
        tx.put_framework(SMALL, None, town.clock())
        tx.put_assessment(given)
        tx.put_assessed(rows(given, owner.id, iso.id))

    await town.core.store.write(put)
    return given


async def told(
    town: Hall, given: Assessment, email: str, locale: str = "en"
) -> tuple[str, ...] | None:
    """The facet's sentences for somebody; None: they have no such facet."""
    who = await person(town.core, email)

    def find(tx: Transaction) -> tuple[object, ...]:
        actor = Actor(person=who, standing=tx.standing(who.id))
        return facets_at(tx, actor, Place(assessment=given, framework=SMALL), town.clock())

    words = Words(locale, "America/Chicago")
    lines = drawn(words, await town.core.store.read(find))
    name = words.say(READ)
    return next((one.said for one in lines if one.name == name), None)


async def noted(town: Hall, email: str, subject: UUID, what: str) -> None:
    who = await person(town.core, email)
    await town.core.store.write(
        lambda tx: note_read(tx, Actor(person=who), subject, what, town.clock())
    )


async def test_the_offices_see_who_read_it_and_nobody_else_does(town: Hall) -> None:
    given = await filled(town)
    assert await told(town, given, ISO) == ("Nobody has read it yet.",)
    await town.ask(CTO, ExportAssessment(assessment_id=given.id, form=FileForm.CSV))
    await noted(town, TEACHER, given.id, "SC 1.1")
    await noted(town, TEACHER, uuid4(), "SC 1.1")
    assert await told(town, given, ISO) == (
        "Naomi Whitehorse: SC 1.1, Monday, October 5 at 10:00 AM",
        "Ramona Castellanos: download (CSV), Monday, October 5 at 10:00 AM",
    )
    assert await told(town, given, CTO) == await told(town, given, ISO)
    assert "Ramona Castellanos: descarga (CSV)" in str(await told(town, given, ISO, "es"))
    assert await told(town, replace(given, committee="network"), CHAIR) is None
    assert await told(town, given, TEACHER) is None


async def test_reads_of_its_gaps_are_there_and_only_the_last_are_listed(town: Hall) -> None:
    given = await filled(town)
    owner = (await person(town.core, TEACHER)).id
    decision = GapDecision(
        choice=GapChoice.MEND, why="Soon", by_day=DUE, owner=owner, decided_at=AT
    )
    gap = Gap(
        id=uuid4(), framework="small", number="1.2", assessment_id=given.id, decisions=(decision,)
    )
    await town.core.store.write(lambda tx: tx.put_gap(gap))
    for n in range(MOST):
        await noted(town, TEACHER, given.id, f"SC 2.{n}")
    await noted(town, TEACHER, given.id, "assessment")
    await noted(town, ISO, gap.id, "SC 1.2")
    found = await told(town, given, ISO)
    assert found is not None
    assert len(found) == MOST + 1
    assert found[-1] == "And 2 earlier in the audit."
    assert found[0].startswith("Anders Holmquist: SC 1.2")
    assert found[1].startswith("Naomi Whitehorse: this page")


async def test_somebody_who_looks_often_hides_nobody_else(town: Hall) -> None:
    given = await filled(town)
    await noted(town, CTO, given.id, "assessment")
    await town.ask(CTO, ExportAssessment(assessment_id=given.id, form=FileForm.CSV))
    for _ in range(2 * MOST):
        await town.ask(ISO, ShowGaps())
    assert await told(town, given, ISO) == (
        "Anders Holmquist: the list of decisions, Monday, October 5 at 10:00 AM",
        "Ramona Castellanos: download (CSV), Monday, October 5 at 10:00 AM",
        "Ramona Castellanos: this page, Monday, October 5 at 10:00 AM",
    )
    town.clock.forward(days=1)
    await town.ask(ISO, ShowRun(assessment_id=given.id))
    await town.ask(ISO, ShowGaps())
    found = await told(town, given, ISO)
    assert found
    assert found[:2] == (
        "Anders Holmquist: the list of decisions, Tuesday, October 6 at 10:00 AM",
        "Anders Holmquist: owners and progress, Tuesday, October 6 at 10:00 AM",
    )
    assert len(found) == 4  # each thing once, with the last time
