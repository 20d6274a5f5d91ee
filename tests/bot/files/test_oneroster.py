"""A OneRoster folder becomes the district's staff, or a list of what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files.oneroster import read_roster
from bot.files.problems import Problem
from bot.files.roster import Roster, RosterPerson
from core.people import Building, Level, Role
from tests.bot.files import small

M, O, U, R = "manifest.csv", "orgs.csv", "users.csv", "roles.csv"  # noqa: E741
ANN = "u1,,,true,ann,Ann,Lee,Ann.Lee@example.org,,"


def read(tmp_path: Path, changed: dict[str, str | bytes] | None = None) -> Roster | list[Problem]:
    named = {f"roster/{name}": content for name, content in (changed or {}).items()}
    return read_roster(small.write(tmp_path, named) / "roster")


def staff(tmp_path: Path, changed: dict[str, str | bytes] | None = None) -> Roster:
    roster = read(tmp_path, changed)
    assert isinstance(roster, Roster), "\n".join(map(str, roster))
    return roster


def test_staff_are_read_and_everyone_else_is_counted(tmp_path: Path) -> None:
    roster = staff(tmp_path)
    assert [person.email for person in roster.people] == [
        "ann.lee@example.org",
        "bo.kay@example.org",
        "cy.ray@example.org",
    ]
    assert roster.skipped == {"students": 1, "guardians": 1, "inactive": 1}
    assert roster.buildings == (
        Building(key="oak-high", name="Oak High School", level=Level.HIGH),
        Building(key="elm", name="Elm Elementary School", level=Level.ELEMENTARY),
        Building(key="oak-valley", name="Oak Valley", level=Level.DISTRICT),
    )


def test_the_primary_role_the_preferred_name_and_the_own_language_count(tmp_path: Path) -> None:
    assert staff(tmp_path).people[1] == RosterPerson(
        sourced_id="u2",
        email="bo.kay@example.org",
        given_name="Bo",
        family_name="Kay",
        role=Role.OFFICE,
        level=Level.HIGH,
        building="oak-high",
        locale="es",
        timezone="America/Chicago",
    )


@pytest.mark.parametrize(
    ("standard", "ours"),
    [
        ("aide", Role.SUPPORT),
        ("counselor", Role.SUPPORT),
        ("systemAdministrator", Role.SUPPORT),
        ("principal", Role.ADMINISTRATOR),
        ("siteAdministrator", Role.ADMINISTRATOR),
        ("ext:board", Role.BOARD),
    ],
)
def test_the_standards_roles_become_ours(tmp_path: Path, standard: str, ours: Role) -> None:
    roles = small.ROLES.replace("u3,primary,teacher", f"u3,primary,{standard}")
    assert staff(tmp_path, {R: roles}).people[2].role is ours


def test_whoever_is_also_a_student_is_left_out(tmp_path: Path) -> None:
    roster = staff(tmp_path, {R: small.ROLES + "r8,,,u3,secondary,student,,,o1\n"})
    assert "cy.ray@example.org" not in [person.email for person in roster.people]
    assert roster.skipped["students"] == 2


def test_whoever_is_to_be_deleted_is_left_out(tmp_path: Path) -> None:
    roster = staff(tmp_path, {U: small.USERS.replace("u3,,", "u3,tobedeleted,")})
    assert len(roster.people) == 2
    assert roster.skipped["inactive"] == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_names_survive_the_encodings_that_spreadsheets_write(tmp_path: Path, encoding: str) -> None:
    users = small.USERS.replace("Ann,Lee", "Ánh,Nguyễn").replace("\n", "\r\n").encode(encoding)
    assert staff(tmp_path, {U: users}).people[0].family_name == "Nguyễn"


# file, passage, what it becomes, line, column, message, fix
WRONG = [
    (M, "version,1.2", "version,1.1", 3, 2, "OneRoster 1.1", "1.2"),
    (M, "oneroster.version,1.2\n", "", 1, None, 'no "oneroster.version"', "Add"),
    (M, "file.users,bulk", "file.users,delta", 5, 2, "said to be delta", "bulk"),
    (O, ",type,", ",kind,", 1, None, 'column "type" is missing', "Add it"),
    (O, "o2,,", "o1,,", 3, 1, '"o1" is sourcedId of line 2', "once"),
    (O, ",elm,", ",oak-high,", 3, 6, 'identifier "oak-high"', "its own"),
    (O, ",elm,", ",elm tree,", 3, 6, "cannot be a building's key", "hyphens"),
    (O, "o9,elementary", "o9,elementry", 3, 8, '"elementry" is not a level', '"elementary"?'),
    (O, "o9,elementary", "o9,", 3, 8, "level of Elm Elementary School", "buildings.yaml"),
    (U, "email,pref", "emial,pref", 1, None, 'column "email" is missing', '"emial"?'),
    (U, "familyName,", "givenName,", 1, 6, '"givenName" appears twice', "Remove"),
    (U, "u3,,", "u1,,", 4, 1, '"u1" is sourcedId of line 2', "once"),
    (U, "cy.ray@", "ANN.LEE@", 4, 8, '"ann.lee@example.org" is email of line 2', "once"),
    (U, "cy.ray@example.org", "cy.ray", 4, 8, "not an email", "name@"),
    (U, "cy.ray@example.org", "", 4, 8, '"email" is empty', "Fill it in"),
    (U, "Cy,Ray", "Cy,", 4, 7, '"familyName" is empty', "Correct"),
    (U, ANN, ANN + ",extra", 2, None, "11 cells, the first line has 10", "comma in quotes"),
    (U, ",Bo,es", ",Bo,spanish!", 3, 10, '"spanish!" is not known', "leave it empty"),
    (U, ANN, 'u1,,,true,"ann"x,A,L,a@b.c,,', 2, None, "not CSV", "quotes"),
    (R, "primary,teacher,,,o1", "primary,techer,,,o1", 5, 6, '"techer" is not a role', "teacher"),
    (R, "u3,primary", "u3,main", 5, 5, '"main" is not a type', "primary or secondary"),
    (R, "teacher,,,o2", "teacher,,,o7", 3, 9, 'no building "o7"', "orgs.csv"),
    (R, "r7,,,u6", "r7,,,u8", 1, None, 'not in users.csv: "u8"', "same time"),
    (R, "r4,,,u3", "r4,tobedeleted,,u3", 4, 1, "Cy Ray has no role", "enabledUser"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "message", "fix"),
    WRONG,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(WRONG)],
)
def test_an_error_names_its_file_line_column_and_fix(
    tmp_path: Path,
    file: str,
    old: str,
    new: str,
    line: int,
    column: int | None,
    message: str,
    fix: str,
) -> None:
    content, _ = small.replaced(f"roster/{file}", old, new)
    problems = read(tmp_path, {file: content})
    assert isinstance(problems, list), "no problem was found"
    fitting = [p for p in problems if message in p.message and fix in p.fix]
    assert fitting, "\n".join(map(str, problems))
    noticed = U if "has no role" in message else file
    assert (fitting[0].file, fitting[0].line, fitting[0].column) == (noticed, line, column)


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    problems = read(tmp_path, {U: small.USERS.replace("Cy,", "Çy,").encode("latin-1")})
    assert isinstance(problems, list)
    assert [(p.file, p.line) for p in problems] == [(U, 4)]
    assert "UTF-8" in problems[0].fix


def test_a_missing_or_empty_file_is_named(tmp_path: Path) -> None:
    problems = read(tmp_path, {O: "", U: ""})
    assert isinstance(problems, list)
    assert {p.file for p in problems} >= {O, U}
    (tmp_path / "roster" / "manifest.csv").unlink()
    again = read_roster(tmp_path / "roster", folder="roster")
    assert isinstance(again, list)
    assert again[0].file == "roster/manifest.csv"


def test_a_cell_over_several_lines_does_not_move_the_line_numbers(tmp_path: Path) -> None:
    users = small.USERS.replace("true,ann,", 'true,"a\nn\nn",').replace("cy.ray@", "cy@ray@")
    problems = read(tmp_path, {U: users})
    assert isinstance(problems, list)
    assert [p.line for p in problems] == [6]


def test_buildings_of_the_districts_own_file_give_the_level(tmp_path: Path) -> None:
    known = (
        Building(key="o1", name="Oak High", level=Level.MIDDLE),
        Building(key="elm", name="Elm", level=Level.ELEMENTARY),
        Building(key="oak-valley", name="Office", level=Level.DISTRICT),
    )
    folder = small.write(tmp_path, {"roster/orgs.csv": small.ORGS.replace(",high", ",")})
    roster = read_roster(folder / "roster", buildings=known)
    assert isinstance(roster, Roster)
    assert roster.buildings == known
    assert (roster.people[2].building, roster.people[2].level) == ("o1", Level.MIDDLE)
    fewer = read_roster(folder / "roster", buildings=known[:2])
    assert isinstance(fewer, list)
    assert "buildings.yaml" in fewer[0].fix
