"""Lists of people: imported, kept while something names them, and sent to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.operator.operations import do
from core.people import Audience, Level
from governance.announcements.asked import by_name
from governance.announcements.commands import SendAnnouncement, WriteAnnouncement
from governance.committees.model import GroupKind
from governance.forms.messages import FormView
from governance.lists.commands import DeleteList, ShowList, WriteList
from governance.lists.messages import ListsView, ListView
from governance.lists.model import Imported
from governance.messages import AnnouncementDrafted, AnnouncementScheduled, Refused
from storage.ledger_tables import delivery
from storage.tables import person as people
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.journeys.town import CTO, OFFICE, TEACHER
from tests.postgres import migrated_database

EXPORT = f"""Name,E-mail,Last sign-in
"Whitehorse, Naomi",{TEACHER.upper()},2026-09-01
Brandvold Ottilie,{OFFICE},2026-09-02
Somebody Else,gone@elsewhere.example,2026-09-02
Twice,{TEACHER},2026-09-03
No address at all
"""


@pytest.fixture(params=["sqlite", "postgres"])
async def town(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Hall]:
    async with AsyncExitStack() as stack:
        url = ""
        if request.param == "postgres":
            url = stack.enter_context(migrated_database(hasty=True))
        yield await stack.enter_async_context(hall(tmp_path, url=url))


async def imported(town: Hall, text: str = EXPORT, name: str = "Who uses PowerSchool") -> ListView:
    found = await town.ask(CTO, WriteList(name=name, addresses=text))
    assert isinstance(found, ListView), found
    return found


async def on(town: Hall, key: str) -> set[str]:
    audience = Audience(lists=frozenset({key}))
    return {one.email for one in await town.core.store.read(lambda tx: tx.people_of(audience))}


async def got(town: Hall) -> list[str]:
    wanted = (
        select(people.c.email)
        .join(delivery, delivery.c.person_id == people.c.id)
        .where(delivery.c.kind == "notice")
    )
    rows = await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalars().all())
    return sorted(rows)


async def test_an_import_says_who_is_on_the_list_and_which_lines_are_nobody(town: Hall) -> None:
    found = await imported(town)
    assert found.found.key == "who-uses-powerschool"
    assert found.imported == Imported(
        people=2,
        strangers=((4, "gone@elsewhere.example"),),
        unread=((6, "No address at all"),),
        twice=1,
    )
    assert await on(town, "who-uses-powerschool") == {TEACHER, OFFICE}
    key, name = found.found.key, found.found.name
    again = await town.ask(CTO, WriteList(key=key, name=name, addresses=OFFICE))
    assert (again.found.name, again.imported.people) == ("Who uses PowerSchool", 1)
    assert await on(town, "who-uses-powerschool") == {OFFICE}


async def test_an_import_that_names_nobody_changes_nothing(town: Hall) -> None:
    await imported(town)
    for text in ("", "Name,E-mail\nfoo,bar", "gone@elsewhere.example"):
        no = await town.ask(CTO, WriteList(key="who-uses-powerschool", name="X", addresses=text))
        assert isinstance(no, Rejected) == bool(text), "without addresses it gets another name"
    assert await on(town, "who-uses-powerschool") == {TEACHER, OFFICE}
    taken = await town.ask(CTO, WriteList(name="Who uses: PowerSchool?", addresses=EXPORT))
    assert isinstance(taken, FormView)
    assert set(taken.unfit) == {"name"}
    assert taken.values["addresses"] == EXPORT, "what was pasted is kept"


async def test_only_the_office_sees_lists(town: Hall) -> None:
    await imported(town)
    for command in (ShowList(key="who-uses-powerschool"), WriteList(name="Mine", addresses=CTO)):
        assert isinstance(await town.ask(TEACHER, command), Refused)


async def test_an_announcement_goes_to_a_list_and_the_list_stays(town: Hall) -> None:
    await imported(town)
    announcement = uuid4()
    audience = Audience(lists=frozenset({"who-uses-powerschool"}))
    command = WriteAnnouncement(announcement_id=announcement, **by_name(WORDS), audience=audience)
    drafted = await town.ask(CTO, command)
    assert isinstance(drafted, AnnouncementDrafted)
    assert drafted.reach.people == 2
    delete = DeleteList(key="who-uses-powerschool")
    no = await town.ask(CTO, delete)
    assert isinstance(no, Refused)
    assert WORDS["title"] in no.why.values["uses"]
    sent = await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    assert isinstance(sent, AnnouncementScheduled)
    assert await got(town) == sorted([TEACHER, OFFICE])
    assert isinstance(await town.ask(CTO, delete), ListsView), "nothing asks for it any more"


async def test_a_list_that_is_not_there_or_still_empty_reaches_nobody(town: Hall) -> None:
    made = WriteList(name="Pilots", kind=GroupKind.SLACK, group="S0615G0KT")
    assert isinstance(await town.ask(CTO, made), ListView)
    for key in ("gone", "pilots"):
        audience = Audience(lists=frozenset({key}), levels=frozenset({Level.HIGH}))
        write = WriteAnnouncement(announcement_id=uuid4(), **by_name(WORDS), audience=audience)
        no = await town.ask(CTO, write)
        assert isinstance(no, FormView), key
        assert set(no.unfit) == {"lists"}


async def test_the_command_line_imports_a_file(town: Hall, tmp_path: Path) -> None:
    file = tmp_path / "users.csv"
    await_text = EXPORT.encode("utf-8-sig")
    file.write_bytes(await_text)
    given = {"key": "powerschool", "path": str(file), "called": "Who uses PowerSchool"}
    told = await do(town.core, "list-import", given)
    assert told.ok, told.lines
    assert told.lines[:4] == (
        "2 people on the roster are on this list now.",
        "1 address is listed more than once.",
        "1 address is not on the roster: line 4 (gone@elsewhere.example)",
        "1 line has no email address: line 6 (No address at all)",
    )
    assert await on(town, "powerschool") == {TEACHER, OFFICE}
    file.write_bytes(b"\xff\xfe\x00")
    assert not (await do(town.core, "list-import", given)).ok
    assert await on(town, "powerschool") == {TEACHER, OFFICE}
    file.write_bytes(await_text)
    long = await do(town.core, "list-import", {**given, "called": "x" * 81})
    assert not long.ok
    assert long.lines == ("name: This is 81 characters long. Please keep it to 80.",)
    assert (await do(town.core, "list-import", {"key": "powerschool", "path": str(file)})).ok
    shown = await do(town.core, "list-show", {})
    assert "powerschool · Who uses PowerSchool · 2 people · Imported" in shown.lines[0]
    assert (await do(town.core, "list-delete", {"key": "powerschool"})).ok
