"""The example district is right, whole and reproducible."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.demo.start import _PARTS
from bot.files.district import LoadedDistrict, load_district
from bot.files.exporting import export_district
from bot.files.oneroster import read_roster
from bot.files.question_data import kind_of
from bot.files.roster import Roster
from core.people import Level, Role
from governance.committees.model import Office
from governance.reading.themes import all_themes, owners
from surveys.questions import Pairwise, Ranking

EXAMPLES = Path(__file__).parents[3] / "examples"
DISTRICT = EXAMPLES / "district"


@pytest.fixture(scope="module")
def loaded() -> LoadedDistrict:
    district = load_district(DISTRICT)
    assert isinstance(district, LoadedDistrict), "\n".join(map(str, district))
    return district


@pytest.fixture(scope="module")
def roster(loaded: LoadedDistrict) -> Roster:
    assert loaded.roster is not None
    return loaded.roster


def test_it_has_nineteen_committees_four_components_and_sixty_schools(
    loaded: LoadedDistrict,
) -> None:
    district = loaded.district
    assert len(district.committees) == 19
    assert [component.key for component in district.components] == [
        "connected-classrooms",
        "device-learning",
        "systems-for-learning",
        "professional-learning",
    ]
    for component in district.components:
        assert 2 <= sum(not goal.retired for goal in component.goals) <= 4
    levels = Counter(building.level for building in district.buildings)
    assert levels == {Level.ELEMENTARY: 40, Level.MIDDLE: 12, Level.HIGH: 8, Level.DISTRICT: 3}


def test_it_has_seven_thousand_staff_of_every_role_and_leaves_students_out(roster: Roster) -> None:
    assert len(roster.people) == 7000
    assert {person.role for person in roster.people} == set(Role) - {Role.STUDENT}
    assert roster.skipped == {"students": 6, "guardians": 4, "inactive": 12}
    assert all(person.email.endswith("@schools.example.org") for person in roster.people)


def test_every_committee_mixes_the_people_the_framework_names(
    loaded: LoadedDistrict, roster: Roster
) -> None:
    people = {person.email: person for person in roster.people}
    for committee in loaded.district.committees:
        seats = [people[email] for email in (committee.chair, committee.deputy, *committee.members)]
        assert 5 <= len(committee.members) <= 12, committee.key
        assert {Role.TEACHER, Role.OFFICE, Role.ADMINISTRATOR} <= {p.role for p in seats}
        if committee.serves is not None:
            assert {p.level for p in seats} == {committee.serves}
    seated = {email for c in loaded.district.committees for email in (c.deputy, *c.members)}
    assert any(people[email].role is Role.BOARD for email in seated)


def test_every_theme_has_one_committee_and_a_buildings_own_go_to_its_schools(
    loaded: LoadedDistrict,
) -> None:
    taken = owners(loaded.district.committees)
    assert set(taken) == set(all_themes())
    for theme, committees in taken.items():
        own = theme.startswith(("building-", "technology-leader"))
        assert len(committees) == (3 if own else 1), theme
        serving = [c.serves for c in loaded.district.committees if c.key in committees]
        assert all(serving) is own, theme


def test_its_surveys_ask_every_kind_and_its_pulse_fits_in_a_message(
    loaded: LoadedDistrict,
) -> None:
    platform, two_at_a_time, priorities, pulse = loaded.surveys
    assert len(platform.questions) == 10
    kinds = {kind_of(question) for question in (*platform.questions, *priorities.questions)}
    assert kinds >= {"single", "several", "scale", "frequency", "matrix", "enps"}
    assert kinds >= {"ranking", "number", "date", "text"}
    assert any(page.show_if for page in platform.pages)
    ranking = next(q for q in priorities.questions if isinstance(q, Ranking))
    assert all(choice.goal for choice in ranking.choices)
    assert pulse.short
    assert not priorities.short
    (pairs,) = two_at_a_time.questions
    assert isinstance(pairs, Pairwise)
    assert pairs.ideas is not None
    assert kind_of(pairs) == "pairwise"


def test_its_announcements_fill_every_field_and_one_speaks_spanish(loaded: LoadedDistrict) -> None:
    changes = [draft.change for draft in loaded.announcements]
    assert len(changes) == 2
    assert all(change.learn and change.learn_url and change.ask for change in changes)
    assert [bool(change.what.translations.get("es")) for change in changes] == [False, True]


def test_its_personas_are_those_of_the_demo(loaded: LoadedDistrict, roster: Roster) -> None:
    people = {person.email: person for person in roster.people}
    holders = {officer.office: officer.person for officer in reversed(loaded.district.officers)}
    network = loaded.district.committee("network")
    assert network is not None
    personas = [persona.email for persona in loaded.personas]
    teacher, office, chair, member, cto, iso, board = personas[:7]
    assert people[teacher].role is Role.TEACHER
    assert people[office].role is Role.OFFICE
    assert chair == network.chair
    assert member in network.members
    assert member not in network.leaders
    assert (cto, iso) == (holders[Office.CTO], holders[Office.ISO])
    assert people[board].role is Role.BOARD
    more = (Office.TRIAGE_OWNER, Office.RESPONDER_SAFETY, Office.RESTRICTED_READER)
    assert {holders[one] for one in more} <= set(personas)
    assert len(personas) == len(_PARTS), "each has a key in the demo"
    heads = [people[one] for one in personas if people[one].role is Role.ADMINISTRATOR]
    assert people[teacher].building in {one.building for one in heads}, "a school's administrator"


def test_an_export_of_it_reads_back_as_the_same(tmp_path: Path, loaded: LoadedDistrict) -> None:
    export_district(
        tmp_path,
        district=loaded.district,
        surveys=loaded.surveys,
        announcements=loaded.announcements,
    )
    assert load_district(tmp_path) == loaded


def test_the_script_makes_the_committed_roster_byte_for_byte(tmp_path: Path) -> None:
    script = EXAMPLES / "make_roster.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, timeout=60)
    for committed in sorted((DISTRICT / "roster").iterdir()):
        assert (tmp_path / committed.name).read_bytes() == committed.read_bytes(), committed.name


def test_seven_thousand_rows_are_read_in_under_two_seconds() -> None:
    begun = time.process_time()
    assert isinstance(read_roster(DISTRICT / "roster"), Roster)
    assert time.process_time() - begun < 2
