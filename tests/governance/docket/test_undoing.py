"""A change that nobody was told of can be undone for a few seconds, whatever operation made it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from bot.registry import OPERATIONS
from core.commands import Command
from core.school_calendar import Calendar
from governance.docket.commands import (
    AnswerItem,
    AssignItem,
    AssignTogether,
    BringBack,
    MoveItem,
    PutAside,
    PutAsideTogether,
    ShowItem,
    UndoChange,
    WriteSubject,
)
from governance.docket.history import StepKind
from governance.docket.undoing import UNDO_FOR
from governance.messages import Brief, Refused
from governance.redaction.commands import RemoveStudentData
from storage.docket_tables import docket_change
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, TEACHER, example, person

SAID = "The wifi in the portables drops every afternoon."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def member() -> str:
    committee = example().district.committee("network")
    assert committee is not None
    return committee.members[0]


def soon(town: Hall, days: int) -> date:
    return Calendar().school_day_after(town.clock().date(), days)


async def changes(town: Hall, items: tuple[UUID, ...]) -> Mapping[type, Command]:
    """For each operation that can be undone a command that changes something."""
    item, day, chair = items[0], soon(town, 4), await person(town.core, CHAIR)
    several = tuple(str(one) for one in items)
    return {
        PutAside: PutAside(item_id=item, until=day, why="The access points arrive."),
        BringBack: BringBack(item_id=item),
        WriteSubject: WriteSubject(item_id=item, subject="Portables"),
        AssignItem: AssignItem(item_id=item, to=str(chair.id)),
        AssignTogether: AssignTogether(queue="network", items=several, to="nobody"),
        PutAsideTogether: PutAsideTogether(
            queue="network", items=several, until=day, why="They can wait."
        ),
    }


UNDOABLE = {one.command for one in OPERATIONS.values() if one.undo}


async def standing(town: Hall, items: tuple[UUID, ...]) -> list[Any]:
    """All that is kept of some items, but for when somebody pressed what."""

    def look(tx: Any) -> list[Any]:
        ids = list(items)
        asides, subjects = tx.asides_of(ids, date.min), tx.subjects_of(ids)
        return [(tx.item(one), asides.get(one), subjects.get(one)) for one in ids]

    return list(await town.core.store.read(look))


async def sent(town: Hall) -> int:
    counted = select(func.count()).select_from(delivery)
    return int(await town.core.store.read(lambda tx: tx.connection.execute(counted).scalar_one()))


async def two_items(town: Hall) -> tuple[UUID, ...]:
    """One as it came, and one with all that can stand on it."""
    plain = await town.item(TEACHER, SAID)
    full = await town.item(TEACHER, "The printer jams.")
    member_id = (await person(town.core, member())).id
    await town.ask(CHAIR, PutAside(item_id=full, until=soon(town, 2), why="It can wait."))
    await town.ask(CHAIR, WriteSubject(item_id=full, subject="Printer"))
    await town.ask(CHAIR, AssignItem(item_id=full, to=str(member_id)))
    return full, plain


async def test_whatever_declares_an_undo_puts_all_of_it_back(town: Hall) -> None:
    items = await two_items(town)
    commands = await changes(town, items)
    assert set(commands) == UNDOABLE, "say here what each of them changes"
    for kind, command in commands.items():
        before, told = await standing(town, items), await sent(town)
        done = await town.ask(CHAIR, command)
        assert done.undo is not None, kind
        assert await standing(town, items) != before, f"{kind} changes something"
        assert await sent(town) == told, f"nothing was sent by {kind}"
        undone = await town.ask(CHAIR, UndoChange(change_id=done.undo))
        assert isinstance(undone, Brief), undone
        assert await standing(town, items) == before, kind
        assert await sent(town) == told
        page = await town.ask(CHAIR, ShowItem(item_id=undone.item_id))
        assert page.steps[-1].kind is StepKind.UNDONE
        twice = await town.ask(CHAIR, UndoChange(change_id=done.undo))
        assert isinstance(twice, Refused)
        assert await standing(town, items) == before


async def test_on_what_has_nothing_yet_it_goes_back_to_nothing(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    before = await standing(town, (item,))
    until = soon(town, 4)
    done = await town.ask(CHAIR, PutAside(item_id=item, until=until, why="It can wait."))
    await town.ask(CHAIR, UndoChange(change_id=done.undo))
    assert await standing(town, (item,)) == before


async def test_after_the_time_it_is_refused_and_says_so(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    done = await town.ask(CHAIR, WriteSubject(item_id=item, subject="Portables"))
    before = await standing(town, (item,))
    town.clock.forward(seconds=(UNDO_FOR + timedelta(seconds=1)).total_seconds())
    late = await town.ask(CHAIR, UndoChange(change_id=done.undo))
    assert isinstance(late, Refused)
    assert "too late to undo" in late.why.why
    assert await standing(town, (item,)) == before
    unknown = await town.ask(CHAIR, UndoChange(change_id=uuid4()))
    assert isinstance(unknown, Refused)


async def test_nobody_else_undoes_it(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    done = await town.ask(CHAIR, WriteSubject(item_id=item, subject="Portables"))
    for somebody in (member(), TEACHER):
        refused = await town.ask(somebody, UndoChange(change_id=done.undo))
        assert isinstance(refused, Refused), somebody
    assert (await standing(town, (item,)))[0][2] == "Portables"


async def test_what_somebody_has_changed_since_stays(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    done = await town.ask(CHAIR, WriteSubject(item_id=item, subject="Portables"))
    await town.ask(member(), WriteSubject(item_id=item, subject="Wifi"))
    refused = await town.ask(CHAIR, UndoChange(change_id=done.undo))
    assert isinstance(refused, Refused)
    assert "changed this since" in refused.why.why
    assert (await standing(town, (item,)))[0][2] == "Wifi"


async def test_what_moved_on_stays_where_it_is(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    until = soon(town, 4)
    done = await town.ask(CHAIR, PutAside(item_id=item, until=until, why="It can wait."))
    await town.ask(member(), MoveItem(item_id=item, to="library-media", why="Books."))
    before = await standing(town, (item,))
    assert isinstance(await town.ask(CHAIR, UndoChange(change_id=done.undo)), Refused)
    assert await standing(town, (item,)) == before


async def test_what_tells_somebody_is_not_offered(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    member_id = (await person(town.core, member())).id
    done = await town.ask(CHAIR, AssignItem(item_id=item, to=str(member_id)))
    assert done.undo is None
    again = await town.ask(member(), AssignItem(item_id=item, to=str(member_id)))
    assert again.undo is None, "nothing has changed"


async def test_words_that_stood_there_do_not_outlive_what_they_were_about(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, WriteSubject(item_id=item, subject="About the portables"))
    await town.ask(CHAIR, WriteSubject(item_id=item, subject="Wifi"))
    await town.ask(CHAIR, RemoveStudentData(item_id=item, words="portables"))
    kept = select(docket_change.c.subject, docket_change.c.why)
    rows = await town.core.store.read(lambda tx: tx.connection.execute(kept).all())
    assert "portables" not in f"{rows}"
    town.clock.forward(minutes=1)
    await town.ask(CHAIR, WriteSubject(item_id=item, subject="Wifi again"))
    assert len(await town.core.store.read(lambda tx: tx.connection.execute(kept).all())) == 1


@pytest.mark.parametrize("words", ["portables", ""])
async def test_undo_brings_back_no_subject_of_words_that_were_removed(
    town: Hall, words: str
) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, WriteSubject(item_id=item, subject="The blind child of room 12"))
    done = await town.ask(CHAIR, PutAside(item_id=item, until=soon(town, 4), why="It can wait."))
    removed = RemoveStudentData(item_id=item, words=words, whole=not words)
    assert isinstance(await town.ask(CHAIR, removed), Brief)
    assert isinstance(await town.ask(CHAIR, UndoChange(change_id=done.undo)), Refused)
    assert not (await standing(town, (item,)))[0][2]


async def test_who_has_left_the_committee_undoes_nothing(town: Hall) -> None:
    item = await town.item(TEACHER, SAID)
    await town.ask(CHAIR, WriteSubject(item_id=item, subject="Portables"))
    done = await town.ask(CHAIR, WriteSubject(item_id=item, subject="Wifi"))
    await town.core.store.write(lambda tx: tx.assign_duties([]))
    assert isinstance(await town.ask(CHAIR, UndoChange(change_id=done.undo)), Refused)
    assert (await standing(town, (item,)))[0][2] == "Wifi"


async def test_several_messages_say_what_was_done_with_them(town: Hall) -> None:
    first, second = await town.item(TEACHER, SAID), await town.item(TEACHER, "The printer jams.")
    chair = str((await person(town.core, CHAIR)).id)
    await town.ask(member(), AnswerItem(item_id=first, text="It is fixed."))
    both = (str(first), str(second))
    form = await town.ask(CHAIR, AssignTogether(queue="network", items=both, to=chair))
    assert "no longer in this list" in form.unfit["items"].why
    assert [key for key, _ in form.opening.choices["items"]] == [str(second)]
    assert (await town.stored(second)).assigned_to is None
    done = await town.ask(CHAIR, AssignTogether(queue="network", items=(str(second),), to=chair))
    assert done.changed == 1
    gone = await town.ask(CHAIR, AssignTogether(queue="network", items=(str(first),), to=chair))
    assert gone.changed == 0, "it says that nothing was changed"
