"""Owners are named in a table on the web."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from core.people import Audience
from governance.controls import addresses, owner_table
from governance.controls.model import AnswerState
from tests.attacks.hall import Hall
from tests.bot.web.reading import offered
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import costs
from tests.governance.controls.assessed import DUE, answer, begun, opened, row
from tests.governance.controls.test_assessing_pages import hand_in, words_of
from tests.governance.controls.test_assessment_page import large
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

LATER = date(2026, 11, 16)
MOST_STATEMENTS = 25
MOST_BYTES = 60_000


async def owner_of(town: Hall, which: UUID, number: str) -> tuple[UUID | None, date]:
    found = await row(town, which, number)
    return found.owner, found.due


async def test_a_row_names_the_owner_of_a_control(town: Hall) -> None:
    which = await begun(town, owners="")
    teacher, office = await person(town.core, TEACHER), await person(town.core, OFFICE)
    async with browser(town, ISO) as client:
        run = offered((await client.get(addresses.run(which))).text)
        button = next(one for one in run.links if one.startswith("/do/owners-form"))
        page = await client.get(button, follow_redirects=True)
        assert page.url.path == addresses.owners(which), "the run's button leads to the table"
        typed = {"person.1": teacher.name, "person.2": OFFICE, "day.2": LATER.isoformat()}
        after = await hand_in(client, page, addresses.owners(which), **typed)
        assert after.url.path == addresses.run(which)
        assert "Saved." in words_of(after.text)
        assert await owner_of(town, which, "1.1") == (teacher.id, DUE)
        assert await owner_of(town, which, "1.2") == (teacher.id, DUE)
        assert await owner_of(town, which, "2.1") == (office.id, LATER)
        again = offered((await client.get(addresses.owners(which))).text)
        data = again.form(addresses.owners(which)).data
    assert (data["person.1"], data["day.1"]) == (teacher.name, DUE.isoformat())
    assert (data["person.2"], data["day.2"]) == (office.name, LATER.isoformat())


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("nobody@example.org", "nobody on the staff roster has the name or address nobody@"),
        ("Naomi", "nobody on the staff roster is called Naomi. Enter one of these: Naomi White"),
        ("lan truong", "nobody on the staff roster is called lan truong. Enter one of these: Lan "),
    ],
)
async def test_who_is_unknown_is_named_at_their_row(town: Hall, said: str, why: str) -> None:
    which = await begun(town, owners="")
    async with browser(town, ISO) as client:
        page = await client.get(addresses.owners(which))
        typed = {"person.1": said, "person.2": OFFICE, "day.1": "2026-11-15", "day.2": "2026-11-16"}
        wrong = await hand_in(client, page, addresses.owners(which), **typed)
        assert wrong.status_code == 422
        assert f"1: {why}" in words_of(wrong.text)
        assert "1: choose a school day within the next two years." in words_of(wrong.text)
        for key in ("person.1", "day.1"):
            assert f'aria-describedby="f-{key}-why" aria-invalid="true"' in wrong.text
            assert f'href="#f-{key}"' in wrong.text
        assert 'href="#f-person.2"' not in wrong.text
        data = offered(wrong.text).form(addresses.owners(which)).data
        assert {key: data[key] for key in typed} == typed, "all that was typed is kept"
        assert await owner_of(town, which, "2.1") == (None, DUE), "nothing is saved in part"
        right = {"person.1": TEACHER, "day.1": LATER.isoformat()}
        after = await hand_in(client, wrong, addresses.owners(which), **right)
        assert after.url.path == addresses.run(which)
    teacher, office = await person(town.core, TEACHER), await person(town.core, OFFICE)
    assert await owner_of(town, which, "1.2") == (teacher.id, LATER)
    assert await owner_of(town, which, "2.1") == (office.id, LATER)


async def test_each_safeguard_of_a_control_on_its_page(town: Hall) -> None:
    which = await opened(town)
    await town.ask(TEACHER, answer(which, "1.1"))
    chair, teacher = await person(town.core, CHAIR), await person(town.core, TEACHER)
    path = addresses.owners(which, "1")
    async with browser(town, ISO) as client:
        table = await client.get(addresses.owners(which))
        assert "2 safeguards · 1 answered" in words_of(table.text)
        assert f'href="{path}"' in table.text
        page = await client.get(path)
        after = await hand_in(client, page, path, **{"day.1.2": LATER.isoformat()})
        assert after.url.path == addresses.owners(which)
        assert await owner_of(town, which, "1.2") == (teacher.id, LATER), "the date alone"
        assert (await row(town, which, "1.1")).state is AnswerState.DONE, "nobody touched its row"
        await hand_in(client, await client.get(path), path, **{"person.1.1": CHAIR})
        changed = await row(town, which, "1.1")
        assert (changed.owner, changed.state) == (chair.id, AnswerState.OPEN)
        mixed = await client.get(addresses.owners(which))
        assert f"2 safeguards · {teacher.name}, {chair.name}" in words_of(mixed.text)
        cleared = await hand_in(client, page, path, **{"person.1.2": ""})
        assert "1.2: enter a person. You can replace an owner" in words_of(cleared.text)
        assert (await client.get(addresses.owners(which, "99"))).status_code == 403


async def test_a_row_that_nobody_changed_changes_nothing(town: Hall) -> None:
    which = await begun(town)
    path = addresses.owners(which)
    office, chair = await person(town.core, OFFICE), await person(town.core, CHAIR)
    async with browser(town, ISO) as client:
        opened_before = await client.get(path)
        await hand_in(client, await client.get(path), path, **{"person.1": OFFICE})
        await hand_in(client, opened_before, path, **{"person.2": CHAIR})
    assert (await owner_of(town, which, "1.1"))[0] == office.id, "named since the page was opened"
    assert (await owner_of(town, which, "2.1"))[0] == chair.id


async def test_a_date_needs_an_owner(town: Hall) -> None:
    which = await begun(town, owners="")
    path = addresses.owners(which)
    async with browser(town, ISO) as client:
        page = await client.get(path)
        wrong = await hand_in(client, page, path, **{"day.1": LATER.isoformat()})
        assert "1: enter a person before you change the date." in words_of(wrong.text)


async def test_lines_and_a_file_are_under_more(town: Hall) -> None:
    which = await begun(town, owners="")
    async with browser(town, ISO) as client:
        table = await client.get(addresses.owners(which))
        assert f'href="{addresses.owners_file(which)}"' in table.text
        page = await client.get(addresses.owners_file(which))
        await hand_in(client, page, "/do/name-owners|", owners=f"1 {TEACHER}")
    teacher = await person(town.core, TEACHER)
    assert (await owner_of(town, which, "1.2"))[0] == teacher.id


async def test_only_the_iso_names_owners(town: Hall) -> None:
    which = await opened(town)
    path = addresses.owners(which)
    async with browser(town, ISO) as client:
        page = await client.get(path)
    for email in (CTO, TEACHER, CHAIR):
        async with browser(town, email) as client:
            for refused in (path, addresses.owners(which, "1"), addresses.owners_file(which)):
                assert (await client.get(refused)).status_code == 403, (email, refused)
            own = offered((await client.get("/more")).text).forms
            csrf = next(one.data["csrf"] for one in own if "csrf" in one.data)
            typed = {**offered(page.text).form(path).data, "csrf": csrf, "person.1": CHAIR}
            assert (await client.post(path, data=typed)).status_code == 403, email
    teacher = await person(town.core, TEACHER)
    assert (await owner_of(town, which, "1.1"))[0] == teacher.id


async def test_153_safeguards_take_few_statements_and_bytes(town: Hall) -> None:
    which = await large(town, 153)
    staff = await town.core.store.read(lambda tx: len(tx.people_of(Audience())))
    async with browser(town, ISO) as client:
        for path in (addresses.owners(which), addresses.owners(which, "3")):
            page, statements = await costs(client, path)
            assert page.status_code == 200
            assert statements <= MOST_STATEMENTS, path
            assert len(page.content) <= MOST_BYTES, path
            assert page.text.count("<option") >= min(staff, 20), "people to pick"


async def test_of_a_large_staff_owners_are_offered_and_others_are_found(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner_table, "MOST_TO_PICK", 1)
    which = await begun(town)
    async with browser(town, ISO) as client:
        page = await client.get(addresses.owners(which))
        offers = set(re.findall(r'<option value="([^"]+)"', page.text))
        assert offers == {(await person(town.core, one)).name for one in (TEACHER, OFFICE)}
        wrong = await hand_in(client, page, addresses.owners(which), **{"person.2": "nikolai"})
        chair = await person(town.core, CHAIR)
        assert f'<option value="{chair.name}">' in wrong.text, "who is like what was typed"
