"""Importing people on a page: what a file would change is seen first, and nothing else is done."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from bot.demo.examples import example_district
from bot.rosters import uploaded
from bot.rosters.uploaded import UploadedRosters
from core.words import Words
from governance.office.files import (
    MOST_SHOWN,
    FileDifference,
    FilesChecked,
    differences_list,
    not_shown,
)
from governance.office.importing import (
    KEPT,
    LARGEST,
    Becomes,
    BuildingDifference,
    ImportDifference,
)
from governance.people.rosters import RosterSource
from storage import deadline
from storage.tables import building, person
from storage.unavailable import EndedEarlyError, SlowError
from storage.unsent import unsent_form
from tests.attacks.visiting import signed_in, token
from tests.journeys.running import Running, running
from tests.journeys.town import CHAIR, CTO, TEACHER, settle

_COLUMNS = ("identifier", "email", "given_name", "family_name", "role", "building", "language")
_NEW = "new.hire@schools.example.org"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path, settle()) as found:
        yield found


async def rows(town: Running) -> list[dict[str, str]]:
    """Everybody of the roster, as a file has them."""

    def read(tx: Any) -> list[dict[str, str]]:
        found = tx.connection.execute(select(person).where(person.c.active)).mappings()
        names = {**{name: name for name in _COLUMNS}, "identifier": "sourced_id"}
        names["language"] = "locale"
        return [{name: str(one[column]) for name, column in names.items()} for one in found]

    return await town.core.store.read(read)


def written(some: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    writer.writerows(some)
    return out.getvalue().encode()


async def sent(client: httpx.AsyncClient, body: bytes, path: str = "/people/import") -> Any:
    csrf = await token(client, "/")
    return await client.post(path, data={"csrf": csrf}, files={"file": ("people.csv", body)})


async def press(client: httpx.AsyncClient, path: str, **more: str) -> httpx.Response:
    return await client.post(path, data={"csrf": await token(client, "/"), **more})


async def apply(client: httpx.AsyncClient, **more: str) -> httpx.Response:
    """The button of the page that shows what would change."""
    page = await client.get("/people/import/check")
    return await press(client, "/people/import/apply", seen=seen(page), **more)


def seen(page: httpx.Response) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page.text)
    return found[1] if found else ""


async def active(town: Running) -> int:
    counted = select(func.count()).select_from(person).where(person.c.active)
    return await town.core.store.read(lambda tx: tx.connection.execute(counted).scalar_one())


async def kept(town: Running) -> int:
    counted = select(func.count()).select_from(unsent_form)
    return await town.core.store.read(lambda tx: tx.connection.execute(counted).scalar_one())


async def with_changes(town: Running) -> list[dict[str, str]]:
    """One joins, one has another role, and one leaves."""
    there = [one for one in await rows(town) if one["email"] != CHAIR]
    for one in there:
        if one["email"] == TEACHER:
            one["role"] = "office"
    new = {**there[0], "identifier": "n-1", "email": _NEW, "given_name": "Nia"}
    return [*there, {**new, "family_name": "Newhire", "role": "support"}]


def text_of(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def test_a_file_is_seen_before_it_changes_anybody(town: Running) -> None:
    before = await active(town)
    async with signed_in(town, CTO) as client:
        form = text_of(await client.get("/people/import"))
        assert "Up to 10 MB" in form, "the limit is said"
        answer = await sent(client, written(await with_changes(town)))
        assert (answer.status_code, answer.headers["location"]) == (303, "/people/import/check")
        page = await client.get("/people/import/check")
        said = text_of(page)
        assert "1 person joins, 1 changes, 1 leaves." in said
        assert "Role: Teacher → Office professional." in said
        assert "Nia Newhire" in said
        only = text_of(await client.get("/people/import/check?state=leaves"))
        assert CHAIR in only
        assert _NEW not in only
        assert await active(town) == before, "nothing is changed yet"
        assert (await client.get("/people/import/apply")).status_code == 405
        done = await apply(client)
        assert done.status_code == 422, "the chair leaves"
        assert "hold an office or lead a committee" in said
        done = await apply(client, confirmed="yes")
        assert (done.status_code, done.headers["location"]) == (303, "/people")
        people = text_of(await client.get("/people"))
        assert "The roster is updated. 1 person joins, 1 changes, 1 leaves." in people
        assert "from a CSV file. 1 added, 1 changed, 1 left." in people
        audit = text_of(await client.get("/audit"))
        assert "Roster import started on a page" in audit, "who did it"
        again = await client.get("/people/import/check")
        assert again.headers["location"] == "/people/import", "it can be applied once"
    assert await kept(town) == 0
    assert _NEW in {one["email"] for one in await rows(town)}


async def test_what_was_seen_is_what_is_done(town: Running) -> None:
    """Somebody else changes the roster between both."""
    async with signed_in(town, CTO) as client:
        await sent(client, written(await with_changes(town)))

        def change(tx: Any) -> None:
            gone = person.update().where(person.c.email == TEACHER).values(role="support")
            tx.connection.execute(gone)

        looked = seen(await client.get("/people/import/check"))
        await town.core.store.write(change)
        answer = await press(client, "/people/import/apply", seen=looked, confirmed="yes")
        assert answer.status_code == 409
        assert "The roster has changed since you looked" in text_of(answer)
        assert "Role: Support staff → Office professional." in text_of(answer)
        assert 'action="/people/import/check" role="search"' in answer.text
        assert _NEW not in {one["email"] for one in await rows(town)}
        assert (await apply(client, confirmed="yes")).status_code == 303


async def test_a_file_that_is_cut_short_needs_somebodys_word(town: Running) -> None:
    some = (await rows(town))[:5]
    some = [*some, *(one for one in await rows(town) if one["email"] == CTO and one not in some)]
    before = await active(town)
    async with signed_in(town, CTO) as client:
        await sent(client, written(some))
        page = text_of(await client.get("/people/import/check"))
        assert "An unusual number of people would leave" in page
        assert f"{before - len(some)} of {before} people have left the district" in page
        assert (await apply(client)).status_code == 422
        assert await active(town) == before
        done = await apply(client, confirmed="yes")
        assert done.headers["location"] == "/people"
    assert await active(town) == len(some)


async def test_what_is_wrong_in_a_file_is_named_and_nothing_is_kept(town: Running) -> None:
    wrong = await with_changes(town)
    wrong[-1]["role"] = "wizard"
    async with signed_in(town, CTO) as client:
        answer = await sent(client, written(wrong))
        assert answer.status_code == 422
        assert "This file has 1 thing to fix." in text_of(answer)
        assert f"people.csv:{len(wrong) + 1}" in text_of(answer)
        assert "“wizard”" in text_of(answer) or '"wizard"' in text_of(answer)
        none = await client.post("/people/import", data={"csrf": await token(client, "/")})
        assert none.status_code == 422
        assert "Choose a file." in text_of(none)
        assert (await sent(client, b"PK\x03\x04 not one")).status_code == 422
        assert (await sent(client, b"x" * (LARGEST + 100_000))).status_code == 413
    assert await kept(town) == 0


async def test_oneroster_files_come_in_a_zip_file_without_students(town: Running) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for path in (example_district() / "roster").glob("*.csv"):
            packed.write(path, f"export/{path.name}")
    async with signed_in(town, CTO) as client:
        answer = await sent(client, out.getvalue())
        assert answer.status_code == 303, text_of(answer)
        page = await client.get("/people/import/check")
        assert "Page 1 of" in text_of(page)
        assert page.text.count('<th scope="row">') == 20
        assert len(page.content) < 60_000
        assert "students" in text_of(page)

    def sealed(tx: Any) -> bytes:
        return bytes(tx.connection.execute(select(unsent_form.c.sealed)).scalar_one())

    assert b"schools.example.org" not in await town.core.store.read(sealed)


async def test_a_file_waits_for_an_hour_and_for_its_sender_alone(town: Running) -> None:
    async with signed_in(town, CTO) as client:
        await sent(client, written(await with_changes(town)))
        assert (await client.get("/people/import/check")).status_code == 200
        assert "See the file that waits" in (await client.get("/people/import")).text
        town.clock.forward(seconds=KEPT.total_seconds() + 60)
        answer = await press(client, "/people/import/apply")
        assert answer.headers["location"] == "/people/import"
        await sent(client, written(await with_changes(town)))
        dropped = await press(client, "/people/import/drop")
        assert dropped.headers["location"] == "/people"
    assert await kept(town) == 0
    assert _NEW not in {one["email"] for one in await rows(town)}


async def test_only_the_office_imports_people_and_checks_files(town: Running) -> None:
    async with signed_in(town, CHAIR) as client:
        for path in ("/people/import", "/people/import/check", "/files", "/held"):
            assert (await client.get(path)).status_code == 403, path
        assert (await sent(client, b"email\n")).status_code == 403
        assert (await press(client, "/people/import/apply")).status_code == 403
        assert (await press(client, "/people/import/drop")).status_code == 403
        assert (await sent(client, b"PK\x03\x04", "/files")).status_code == 403


def packed(changes: dict[str, str]) -> bytes:
    """The example district's files, with some lines written otherwise."""
    out, folder = io.BytesIO(), example_district()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file():
                said = path.read_bytes()
                for before, after in changes.items():
                    said = said.replace(before.encode(), after.encode())
                file.writestr(f"district/{name}", said)
    return out.getvalue()


async def test_the_districts_files_are_checked_and_not_loaded(town: Running) -> None:
    async with signed_in(town, CTO) as client:
        assert "Up to 20 MB" in text_of(await client.get("/files"))
        page = await sent(client, packed({"Bluestem Public Schools": "Bluestem Schools"}), "/files")
        assert page.status_code == 200, text_of(page)
        assert "Nothing was changed now." in text_of(page)
        assert "District: name" in text_of(page)
        wrong = await sent(client, packed({"timezone:": "timezon:"}), "/files")
        assert wrong.status_code == 422
        assert "district.yaml, " in text_of(wrong)
        assert (await sent(client, b"not a file", "/files")).status_code == 422
    name = await town.core.store.read(lambda tx: tx.district().name)
    assert name == "Bluestem Public Schools"
    counted = select(func.count()).select_from(building)
    assert await town.core.store.read(lambda tx: tx.connection.execute(counted).scalar_one())


async def test_only_the_file_on_the_page_is_applied(town: Running) -> None:
    async with signed_in(town, CTO) as client:
        await sent(client, written(await with_changes(town)))
        first = seen(await client.get("/people/import/check"))
        everyone = await rows(town)
        await sent(client, written([one for one in everyone if one["email"] != TEACHER]))
        done = await press(client, "/people/import/apply", seen=first, confirmed="yes")
        assert done.status_code == 409
        assert "This is not what you looked at" in text_of(done)
        assert TEACHER in text_of(done), "the file that waits is shown"
    assert len(await rows(town)) == len(everyone)


async def test_who_imports_is_warned_before_they_leave(town: Running) -> None:
    async with signed_in(town, CTO) as client:
        await sent(client, written([one for one in await rows(town) if one["email"] != CTO]))
        page = text_of(await client.get("/people/import/check"))
        assert "You are one of the people who would leave." in page
        assert "hold an office or lead a committee, and would leave: " in page
        assert (await apply(client)).status_code == 422
        assert CTO in {one["email"] for one in await rows(town)}


async def test_a_new_address_of_somebody_who_leads_is_warned_of(town: Running) -> None:
    """The district's files name them by the old one."""
    other = {CHAIR: "new.chair@schools.example.org", TEACHER: "new.teacher@schools.example.org"}
    changed = [{**one, "email": other.get(one["email"], one["email"])} for one in await rows(town)]
    async with signed_in(town, CTO) as client:
        await sent(client, written(changed))
        page = text_of(await client.get("/people/import/check"))
        (said,) = re.findall(r"would get another email address: ([^.]+\.[^)]+)\)\.", page)
        assert f"({CHAIR} → new.chair@schools.example.org" in said
        assert "new.teacher" not in said, "they hold no office"
        assert (await apply(client)).status_code == 303


@pytest.mark.parametrize("where", ["compare", "write"])
async def test_an_import_that_failed_is_not_called_saved(
    town: Running, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    async def slow(*_: Any, **__: Any) -> Any:
        raise SlowError if where == "compare" else EndedEarlyError("Slow.", 1, 3)

    async with signed_in(town, CTO) as client:
        await sent(client, written(await with_changes(town)))
        looked = seen(await client.get("/people/import/check"))
        with monkeypatch.context() as broken:
            if where == "compare":
                broken.setattr(UploadedRosters, "_compared", slow)
            else:
                broken.setattr(uploaded, "write_roster", slow)
            done = await press(client, "/people/import/apply", seen=looked, confirmed="yes")
        assert done.status_code == 303
        said = text_of(await client.get(done.headers["location"]))
        told = {"compare": "Nothing was imported", "write": "1 of 3 people were updated"}
        assert told[where] in said
        assert "no need to send it again" not in said
        assert await kept(town) == 1, "the file still waits"
        assert (await apply(client, confirmed="yes")).headers["location"] == "/people"


async def test_long_computing_does_not_cost_the_database_its_time(
    town: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "SECONDS", 1.0)
    real = uploaded._unfolded

    def slow(*given: Any) -> Any:
        time.sleep(1.2)
        return real(*given)

    monkeypatch.setattr(uploaded, "_unfolded", slow)
    async with signed_in(town, CTO) as client:
        assert (await sent(client, written(await with_changes(town)))).status_code == 303


async def test_buildings_that_change_are_shown(town: Running) -> None:
    def rename(tx: Any) -> None:
        first = select(building.c.key).order_by(building.c.key).limit(1).scalar_subquery()
        tx.connection.execute(building.update().where(building.c.key == first).values(name="Old"))
        tx.connection.execute(
            building.insert().values(key="gone", name="Gone School", level="high", active=True)
        )

    await town.core.store.write(rename)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for path in (example_district() / "roster").glob("*.csv"):
            file.write(path, f"export/{path.name}")
    async with signed_in(town, CTO) as client:
        assert (await sent(client, out.getvalue())).status_code == 303
        page = text_of(await client.get("/people/import/check"))
        assert re.search(r"1 building changes: Old → \w", page)
        assert re.search(r"buildings? closes?: .*Gone School", page)


def test_other_buildings_are_another_difference() -> None:
    one = ImportDifference(
        source=RosterSource.CSV,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        people=(),
        same=1,
        here=1,
        many_leave=False,
    )
    opened = (BuildingDifference(becomes=Becomes.JOINS, name="Oak"),)
    other = replace(one, places=opened)
    assert other.changes
    assert not one.changes
    assert not other.same_as(one)
    assert other.digest != one.digest


async def test_only_the_first_problems_of_files_are_shown(town: Running) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("d/plan.yaml", "".join(f"k{n}: 1\n" for n in range(100)))
        file.writestr("d/privacy.fr.md/x", "")
        for n in range(60):
            file.writestr(f"d/feedback/a{n}.jsonl/x", "")
    async with signed_in(town, CTO) as client:
        answer = await sent(client, out.getvalue(), "/files")
        assert answer.status_code == 422
        assert answer.text.count('<th scope="row">') == MOST_SHOWN
        assert "There are 11 more." in text_of(answer)


def test_only_the_first_differences_of_files_are_shown() -> None:
    some = tuple(FileDifference(sign="+", said=f"survey {n}") for n in range(MOST_SHOWN + 3))
    found = FilesChecked(differences=some)
    assert len(differences_list(Words(), found).rows) == MOST_SHOWN
    (said,) = not_shown(Words(), found)
    assert said == f"The first {MOST_SHOWN} are shown. There are 3 more."
    assert not_shown(Words(), FilesChecked(differences=some[:MOST_SHOWN])) == ()
