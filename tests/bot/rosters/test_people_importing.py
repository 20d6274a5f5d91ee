"""``people import``: who is added, changed and left is shown, and nothing else happens."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.demo.examples import example_district
from bot.files.people_yaml import dump_people, load_people
from bot.files.writing import to_yaml
from bot.operator import people_importing
from bot.operator.operations import do
from bot.operator.telling import Told
from bot.rosters import taking_in
from core.people import Audience, Person, Role
from governance.people.rosters import RosterRules, RosterSource, Share
from storage import importing
from storage.store import Store
from storage.tables import person as person_table
from storage.transaction import Transaction
from storage.unavailable import DiskError
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CTO, TEACHER

GOLDEN = Path(__file__).parent / "people_import.txt"
ROSTER = example_district() / "roster"

MAPPING = """\
columns: {email: E-mail, name: Employee, role: Position, building: Campus, active: Status,
          language: Speaks}
roles:
  Teacher*: teacher
  Paraeducator: support
  Student helper: student
buildings:
  Antelope Run: antelope-run-elementary
languages: {Spanish: es}
inactive: [Terminated]
"""

STAFF = """\
E-mail,Employee,Position,Campus,Status,Speaks
new.one@schools.example.org,"Lee, Ánh",Teacher (Grade 3),Antelope Run,,Spanish
gone.one@schools.example.org,Gone One,Teacher,Antelope Run,Terminated,
helper@schools.example.org,Stu Dent,Student helper,Antelope Run,,
"""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def take(town: Hall, source: Path | str, **given: Any) -> Told:
    return await do(town.core, "people-import", {"source": str(source), "apply": True, **given})


async def changes(town: Hall) -> int:
    """Rows that the database's one writer has ever written."""

    def count(tx: Transaction) -> int:
        driver: Any = tx.connection.connection.driver_connection
        return int(driver.total_changes)

    return await town.core.store.write(count)


async def staff(town: Hall) -> list[Person]:
    return list(await town.core.store.read(lambda tx: tx.people_of(Audience())))


async def named(town: Hall, email: str) -> Person | None:
    return await town.core.store.read(lambda tx: tx.person_by_email(email))


def written(tmp_path: Path, text: str, name: str = "staff.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


async def rows(town: Hall, *more: str) -> str:
    """Everybody who is here in the columns of the mapping, and some more."""
    here = [
        f'{p.email},"{p.family_name}, {p.given_name}",{p.role},{p.building},,'
        for p in await staff(town)
    ]
    return "\n".join([STAFF.splitlines()[0], *here, *more]) + "\n"


async def test_a_dry_run_reads_as_in_the_golden_file_and_changes_nothing(
    town: Hall, tmp_path: Path
) -> None:
    text = await rows(town, *STAFF.splitlines()[1:])
    kept = [line for line in text.splitlines() if not line.startswith(CTO)]
    teacher = await named(town, TEACHER)
    assert teacher is not None
    changed = "\n".join(kept).replace(
        f'{TEACHER},"{teacher.family_name}, {teacher.given_name}",teacher',
        f'{TEACHER},"{teacher.family_name}, Nomi",office',
    )
    mapping = written(tmp_path, MAPPING, "people.yaml")
    before = await changes(town)
    told = await take(town, written(tmp_path, changed), mapping=str(mapping), apply=False)
    assert await changes(town) == before
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("\n".join(told.lines) + "\n", encoding="utf-8")
    assert "\n".join(told.lines) + "\n" == GOLDEN.read_text(encoding="utf-8")


async def test_a_plain_file_becomes_staff_by_its_mapping(town: Hall, tmp_path: Path) -> None:
    mapping = written(tmp_path, MAPPING, "people.yaml")
    file = written(tmp_path, await rows(town, *STAFF.splitlines()[1:]))
    ids = {one.email: one.id for one in await staff(town)}
    assert (await take(town, file, mapping=str(mapping))).ok
    new = await named(town, "new.one@schools.example.org")
    assert new is not None
    assert (new.name, new.role, new.locale) == ("Ánh Lee", Role.TEACHER, "es")
    assert new.building == "antelope-run-elementary"
    assert await named(town, "helper@schools.example.org") is None, "a student is never asked"
    assert await named(town, "gone.one@schools.example.org") is None
    now = {one.email: one.id for one in await staff(town)}
    assert ids.items() <= now.items(), "joined by e-mail: everybody is who they were"
    before = await changes(town)
    assert (await take(town, file, mapping=str(mapping))).ok
    assert await changes(town) == before, "the same again writes nothing"


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("Teacher (Grade 3)", "Techer", 'staff.csv:2:3: "Techer" is not a role here.'),
        ("Antelope Run,,Spanish", "Moon,,Spanish", 'staff.csv:2:4: "Moon" is not a building'),
        ("new.one@schools", "new.one", 'staff.csv:2:1: "new.one.example.org" is not an email'),
        ('"Lee, Ánh"', "Lee", "staff.csv:2:2: The given name is empty or too long."),
        ("Spanish", "Klingonese!", 'staff.csv:2:6: "Klingonese!" is not a language here.'),
        ("E-mail", "Email", 'staff.csv:1: The column "E-mail" is missing. Did you mean "Email"?'),
        ("helper@", "new.one@", 'staff.csv:4:1: "new.one@schools.example.org" is in line 2'),
    ],
)
async def test_a_broken_file_names_line_and_column_and_changes_nothing(
    town: Hall, tmp_path: Path, wrong: str, right: str, said: str
) -> None:
    mapping = written(tmp_path, MAPPING, "people.yaml")
    before = await changes(town)
    broken = STAFF.replace(wrong, right, 1)
    told = await take(town, written(tmp_path, broken), mapping=str(mapping), confirmed=True)
    assert not told.ok
    assert any(line.startswith(said) for line in told.lines), told.lines
    assert await changes(town) == before


async def test_a_truncated_file_lets_nobody_leave_until_somebody_says_so(
    town: Hall, tmp_path: Path
) -> None:
    mapping = written(tmp_path, MAPPING, "people.yaml")
    file = written(tmp_path, STAFF)
    here = len(await staff(town))
    assert f"{here} of {here} people (100%) would leave." in "\n".join(
        (await take(town, file, mapping=str(mapping), apply=False)).lines
    )
    told = await take(town, file, mapping=str(mapping))
    assert not told.ok
    assert "--confirm-leaving" in told.lines[0]
    assert len(await staff(town)) == here
    assert (await take(town, file, mapping=str(mapping), confirmed=True)).ok
    assert [one.email for one in await staff(town)] == ["new.one@schools.example.org"]


async def test_a_source_changes_only_what_it_owns(town: Hall, tmp_path: Path) -> None:
    owns = MAPPING + "owns: {oneroster: [active, role, building], csv: [names, language]}\n"
    mapping = written(tmp_path, owns, "people.yaml")
    teacher = await named(town, TEACHER)
    assert teacher is not None
    row = f'{TEACHER},"{teacher.family_name}, Nomi",Paraeducator,antelope-run-elementary,,Spanish'
    file = written(tmp_path, "\n".join([*STAFF.splitlines()[:2], row]))
    here = len(await staff(town))
    told = await take(town, file, mapping=str(mapping))
    assert "Not on the roster, and not added: 1." in told.lines
    assert len(await staff(town)) == here, "nobody leaves, and nobody is added"
    assert await named(town, TEACHER) == replace(teacher, given_name="Nomi", locale="es")


@pytest.mark.parametrize(
    ("owns", "said"),
    [
        (
            "owns: {oneroster: [active, role], graph: [role]}\n",
            'people.yaml:1:43: "role" belongs to oneroster already. Let one source own it.',
        ),
        (
            "owns: {graph: [names]}\n",
            'people.yaml:1:7: No source owns "active", so nobody would be added or removed. Add '
            '"active" to one source.',
        ),
        ("daily: [csv]\n", 'people.yaml:1:9: "csv" is not known as daily of the file.'),
    ],
)
def test_what_cannot_be_owned_or_asked_so_is_refused(tmp_path: Path, owns: str, said: str) -> None:
    problems = load_people(written(tmp_path, owns, "people.yaml"))
    assert isinstance(problems, list)
    assert str(problems[0]).startswith(said)


def test_the_rules_are_exported_as_they_are_read(tmp_path: Path) -> None:
    text = (
        MAPPING + "default_role: support\nowns: {csv: [active], slack: [names]}\ndaily: [slack]\n"
    )
    rules = load_people(written(tmp_path, text, "people.yaml"))
    assert isinstance(rules, RosterRules)
    assert rules.owns == {RosterSource.CSV: (Share.ACTIVE,), RosterSource.SLACK: (Share.NAMES,)}
    assert load_people(written(tmp_path, to_yaml(dump_people(rules)), "again.yaml")) == rules


async def test_seven_thousand_people_come_in_and_the_same_again_changes_nothing(
    town: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.perf_counter()
    told = await take(town, ROSTER)
    took = time.perf_counter() - began
    with capsys.disabled():
        print(f"\n7,000 people of OneRoster: {took:.1f} s")
    assert told.ok
    assert len(await staff(town)) == 7000
    assert took < 60, "10 s on a machine that does nothing else (bench)"
    before = await changes(town)
    again = await take(town, ROSTER)
    assert again.lines[0] == "0 added, 0 changed, 0 left, 7000 as before."
    assert await changes(town) == before, "0 rows written"


# -- in parts ----------------------------------------------------------------------------------


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "PART", 2)


async def everybody_moved(town: Hall, tmp_path: Path) -> Path:
    """A plain file in which everybody has another given name, and one more person comes."""
    people = await staff(town)
    lines = [f"{p.email},Sam{n} {p.family_name},{p.building}" for n, p in enumerate(people)]
    new = f"new.one@schools.example.org,Ada New,{people[0].building}"
    text = "\n".join(["email,name,building", *lines, new]) + "\n"
    return written(tmp_path, text)


MOVED = "columns: {name: name}\ndefault_role: teacher\n"


@pytest.mark.usefixtures("small_parts")
async def test_others_write_between_the_parts_of_an_import(town: Hall, tmp_path: Path) -> None:
    """No transaction writes more than a part, and none that writes reads the whole roster."""
    mapping = written(tmp_path, MOVED, "people.yaml")
    file = await everybody_moved(town, tmp_path)
    here = len(await staff(town))
    people, most, whole, others = [0], [0], [], []

    @event.listens_for(town.core.store.engine, "commit")
    def committed(connection: Any) -> None:
        most[0], people[0] = max(most[0], people[0]), 0

    @event.listens_for(town.core.store.engine, "after_cursor_execute")
    def executed(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith(("UPDATE person", "INSERT INTO person")):
            people[0] += len(given) if isinstance(given, list) else 1
        if statement.startswith("SELECT person") and " IN (" not in statement:
            whole.append(statement)

    async def write() -> None:
        while True:
            await town.core.store.write(lambda tx: tx.first_time(str(len(others)), town.clock()))
            others.append(len(await staff(town)))

    writing = asyncio.create_task(write())
    told = await take(town, file, mapping=str(mapping))
    writing.cancel()
    assert told.ok, told.lines
    assert most[0] == 2 < here
    assert [one for one in whole if "duty" not in one] == []
    assert len(others) > here / 2 / 4, "they had their turns"
    assert len(await staff(town)) == here + 1


@pytest.mark.usefixtures("small_parts")
async def test_an_import_that_ends_early_says_so_and_the_same_again_completes_it(
    town: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = written(tmp_path, MOVED, "people.yaml")
    file = await everybody_moved(town, tmp_path)
    here, real, parts = len(await staff(town)), taking_in._write_part, [0]

    def full(tx: Transaction, **given: Any) -> int:
        parts[0] += 1
        if parts[0] > 3:
            raise DiskError("13")
        return real(tx, **given)

    with monkeypatch.context() as patch:
        patch.setattr(taking_in, "_write_part", full)
        told = await take(town, file, mapping=str(mapping))
    assert not told.ok
    end = f"6 of {here + 1} people were applied; run the same command again to complete it."
    assert told.lines[0].endswith(end)
    assert "The disk of the database is full" in told.lines[0]
    assert sum(one.given_name.startswith("Sam") for one in await staff(town)) == 6
    again = await take(town, file, mapping=str(mapping))
    assert again.lines[0] == f"1 added, {here - 6} changed, 0 left, 6 as before."
    assert len(await staff(town)) == here + 1


@pytest.mark.usefixtures("small_parts")
async def test_somebody_who_was_changed_meanwhile_stays_so_and_is_counted(
    town: Hall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = written(tmp_path, MOVED, "people.yaml")
    file = await everybody_moved(town, tmp_path)
    here, real = len(await staff(town)), people_importing.write_roster

    async def meanwhile(store: Store, *given: Any) -> None:
        moved = update(person_table).where(person_table.c.email == TEACHER)
        await store.write(lambda tx: tx.connection.execute(moved.values(role="office")))
        chosen = await named(town, CTO)
        assert chosen is not None
        await store.write(lambda tx: tx.choose_language(chosen.id, "es"))
        await real(store, *given)

    with monkeypatch.context() as patch:
        patch.setattr(people_importing, "write_roster", meanwhile)
        told = await take(town, file, mapping=str(mapping))
    assert told.lines == (
        "Someone else changed some of the people at the same time. "
        f"{here} of {here + 1} people were applied; run the same command again to complete it.",
    )
    teacher, cto = await named(town, TEACHER), await named(town, CTO)
    assert teacher is not None
    assert cto is not None
    assert (teacher.role, teacher.given_name[:3] == "Sam") == (Role.OFFICE, False)
    assert (cto.locale, cto.given_name[:3]) == ("es", "Sam"), "a language is their own"
    assert (await take(town, file, mapping=str(mapping))).ok
    teacher = await named(town, TEACHER)
    assert teacher is not None
    assert teacher.given_name.startswith("Sam")


async def test_a_broken_oneroster_folder_changes_nothing(town: Hall, tmp_path: Path) -> None:
    folder = tmp_path / "roster"
    shutil.copytree(ROSTER, folder)
    users = folder / "users.csv"
    users.write_text(users.read_text().replace("anders.holmquist@schools.example.org", "x", 1))
    before = await changes(town)
    told = await take(town, folder, confirmed=True)
    assert told.lines[0].startswith('users.csv:3:11: "x" is not an email address.')
    assert await changes(town) == before
