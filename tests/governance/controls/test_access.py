"""Real people of the town and every command about assessments and gaps. Who may do what by role
alone stands in ``tests/governance/test_access.py``; here are those who differ by more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from bot.registry import OPERATIONS, may
from core.commands import Command
from governance.access import Actor, Source
from governance.committees.model import Office
from governance.forms.commands import Open
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.governance.controls.access_table import ASSESSED, OTHERS, OWN, Rows, furnish, rows
from tests.journeys.town import CHAIR, ISO, OFFICE, TEACHER, example, person

ROWS = rows()
NETWORK = example().district.committee("network")
assert NETWORK is not None
LIBRARY = example().district.committee("library-media")
assert LIBRARY is not None
OFFICERS = {one.office: one for one in example().district.officers}
AUTHOR = OFFICE
"""Whose message was taken as evidence for a safeguard."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        teacher, other = await person(found.core, TEACHER), await person(found.core, CHAIR)
        now = found.clock()
        await found.core.store.write(lambda tx: furnish(tx, teacher.id, other.id, now))
        yield found


def known(commands: Iterable[Command]) -> set[str]:
    return {repr(one) for one in commands}


async def allowed(town: Hall, email: str) -> set[str]:
    who = await person(town.core, email)

    def asked(tx: Transaction) -> set[str]:
        actor = Actor(person=who, standing=tx.standing(who.id))
        return known(one for one in ROWS.all if may(actor, one, tx) is None)

    return await town.core.store.read(asked)


def about(number: str, commands: Iterable[Command]) -> list[Command]:
    return [one for one in commands if getattr(one, "number", number) == number]


def test_each_command_about_assessments_and_gaps_has_its_row() -> None:
    there = {
        kind
        for kind in OPERATIONS
        if kind.__module__.startswith(("governance.controls", "governance.gaps"))
    }
    assert {type(one) for one in ROWS.all} - {Open} == there


async def test_the_cto_and_a_deputy_read_all_and_run_nothing(town: Hall) -> None:
    everything = [*ROWS.everybody, *ROWS.readers, *ROWS.summary, *ROWS.offices]
    office = OFFICERS[Office.CTO]
    for email in (office.person, *office.deputies):
        assert await allowed(town, email) == known(everything), email


async def test_the_iso_runs_assessments_and_answers_for_nobody(town: Hall) -> None:
    offices = [*ROWS.readers, *ROWS.summary, *ROWS.offices, *ROWS.iso]
    assert await allowed(town, ISO) == known([*ROWS.everybody, *offices])


async def test_a_committee_sees_the_summary_and_another_one_nothing(town: Hall) -> None:
    for email in NETWORK.members:
        assert await allowed(town, email) == known([*ROWS.everybody, *ROWS.summary]), email
    others = {*LIBRARY.members} - {*NETWORK.members, NETWORK.chair, NETWORK.deputy}
    assert others
    for email in others:
        assert await allowed(town, email) == known(ROWS.everybody), email


async def test_an_owner_answers_for_their_own_and_sees_no_other(town: Hall) -> None:
    own = [*ROWS.everybody, *ROWS.owner, *ROWS.readers]
    assert await allowed(town, TEACHER) == known(own)


async def test_another_owner_has_nothing_of_the_first_ones(town: Hall) -> None:
    """The chair owns another safeguard in it, and sits on the committee."""
    may_do = await allowed(town, CHAIR)
    of_the_first = known(one for one in ROWS.owner if getattr(one, "number", "") == OWN)
    assert of_the_first
    assert not may_do & of_the_first
    assert not may_do & known(ROWS.iso)
    theirs = {type(one) for one in ROWS.owner if getattr(one, "number", "") == OWN}
    own = [one for one in ROWS.nobodys if getattr(one, "number", "") == OTHERS]
    assert (
        known(one for one in own if type(one) in theirs and one.assessment_id == ASSESSED) <= may_do
    )  # type: ignore[attr-defined]


async def handed_over(town: Hall, to: UUID) -> None:
    def hand(tx: Transaction) -> None:
        found = tx.assessed_one(ASSESSED, OWN)
        assert found is not None
        tx.put_assessed([replace(found, owner=to)])

    await town.core.store.write(hand)


async def test_a_former_owner_has_nothing_of_it_anymore(town: Hall) -> None:
    """Of what is open. What they answered in a closed one stays theirs to read."""
    before = await allowed(town, TEACHER)
    await handed_over(town, (await person(town.core, OFFICE)).id)
    after = await allowed(town, TEACHER)
    of_it = known(
        one
        for one in (*ROWS.owner, *ROWS.readers)
        if getattr(one, "assessment_id", None) == ASSESSED and getattr(one, "number", "") == OWN
    )
    assert of_it <= before
    assert not of_it & after
    assert of_it <= await allowed(town, OFFICE), "the new owner has it"


async def test_whose_message_is_evidence_has_nothing_of_it(town: Hall) -> None:
    from governance.controls.model import SaidEvidence

    item = await town.item(AUTHOR, "The cabinet with the switches stands open.")
    taken = SaidEvidence(framework="small", number=OWN, item_id=item, used=True, at=town.clock())
    await town.core.store.write(lambda tx: tx.put_said_evidence(taken))
    assert await allowed(town, AUTHOR) == known(ROWS.everybody)


@pytest.mark.parametrize("source", list(Source))
async def test_nobody_and_programs_do_what_is_theirs(town: Hall, source: Source) -> None:
    theirs: Rows | list[Command] = {
        Source.CLOCK: ROWS.clock,
        Source.OPERATOR: ROWS.operator,
    }.get(source, [])
    found = await town.core.store.read(
        lambda tx: known(one for one in ROWS.all if may(Actor(source=source), one, tx) is None)
    )
    assert found == known(theirs)


async def test_to_others_it_is_as_if_it_were_not_there(town: Hall) -> None:
    """A refusal is the same for an assessment that is there and for one that is not."""
    who = await person(town.core, OFFICE)
    nowhere = UUID(int=4711)

    def compared(tx: Transaction) -> list[tuple[str, object, object]]:
        actor = Actor(person=who, standing=tx.standing(who.id))
        found = []
        for one in ROWS.all:
            if getattr(one, "assessment_id", None) is not None:
                there = may(actor, one, tx)
                other = may(actor, replace(one, assessment_id=nowhere), tx)  # type: ignore[type-var]
                if there != other:
                    found.append((repr(one), there, other))
        return found

    assert await town.core.store.read(compared) == []
