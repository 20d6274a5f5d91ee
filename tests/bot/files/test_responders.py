"""Who responds to what is urgent: in the district's files, in the doctor's words, at the start."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from bot.app.settings import SettingsError
from bot.doctor.checking import district_lines
from bot.doctor.responder_findings import refuse_without_responders, responder_findings
from bot.files.district import check_district, load_district
from bot.files.exporting import export_district
from bot.operator.loading import load
from core.school_calendar import Hours
from governance.committees.model import Office, Officer
from tests.attacks.hall import hall
from tests.bot.files import small
from tests.journeys.town import example, small_roster

START = "  responder-safety:\n    person: ann.lee@example.org\n    deputies: [bo.kay@example.org]\n"


def with_lines(lines: str) -> dict[str, str | bytes]:
    assert START in small.DISTRICT
    return {"district.yaml": small.DISTRICT.replace(START, START + lines)}


def test_hours_and_minutes_are_read_and_written_back(tmp_path: Path) -> None:
    said = '    hours: {from: "06:30", until: "17:00"}\n    answer_within: 10\n'
    folder = small.write(tmp_path / "in", with_lines(said))
    loaded = load_district(folder)
    assert not isinstance(loaded, list)
    officer = loaded.district.officer(Office.RESPONDER_SAFETY)
    hours = Hours(begins=time(6, 30), ends=time(17))
    assert officer == Officer(
        office=Office.RESPONDER_SAFETY,
        person="ann.lee@example.org",
        deputies=("bo.kay@example.org",),
        hours=hours,
        answer_within=10,
    )
    lines, problems = district_lines(folder)
    assert problems == 0
    said = " ".join(lines)
    assert "ann.lee@example.org is alerted first. If nobody takes the case in 10 minutes" in said
    assert "at work from 6:30 AM to 5:00 PM on school days" in said.replace("\u202f", " ")
    export_district(tmp_path / "out", district=loaded.district)
    again = load_district(tmp_path / "out")
    assert not isinstance(again, list)
    assert again.district == loaded.district


@pytest.mark.parametrize(
    ("lines", "message", "fix"),
    [
        ("    answer_within: 0\n", '"answer_within"', "from 1 to 240"),
        ("    answer_within: soon\n", '"answer_within"', "from 1 to 240"),
        ('    hours: {from: "7", until: "16:00"}\n', "not a time of day", "07:30"),
        ('    hours: {from: "07:00", until: "07:00"}\n', "same time", "Give them a length"),
        ("    deputy: x@example.org\n", 'no field "deputy"', '"deputies"'),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_a_fix(
    tmp_path: Path, lines: str, message: str, fix: str
) -> None:
    (problem,) = check_district(small.write(tmp_path, with_lines(lines)))
    assert message in problem.message
    assert fix in problem.fix
    assert problem.file == "district.yaml"
    assert problem.line == small.DISTRICT[: small.DISTRICT.index(START)].count("\n") + 4


def test_only_responders_have_hours(tmp_path: Path) -> None:
    at = small.DISTRICT.index("  operator:")
    end = small.DISTRICT.index("\n", small.DISTRICT.index("deputies", at)) + 1
    changed = small.DISTRICT[:end] + "    answer_within: 5\n" + small.DISTRICT[end:]
    (problem,) = check_district(small.write(tmp_path, {"district.yaml": changed}))
    assert 'no field "answer_within"' in problem.message


async def test_the_service_does_not_start_when_nobody_would_be_called(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        await refuse_without_responders(town.core)
        loaded = replace(example(), roster=None)
        officers = tuple(
            Officer(office=one.office, person="gone@schools.example.org", deputies=())
            if one.office is Office.RESPONDER_PRIVACY
            else one
            for one in loaded.district.officers
        )
        gone = replace(loaded, district=replace(loaded.district, officers=officers))
        await load(town.core.store, gone, town.clock(), apply=True)
        with pytest.raises(SettingsError, match=r"urgent messages \(privacy\).*district load"):
            await refuse_without_responders(town.core)


async def test_the_doctor_warns_where_only_one_is_left(tmp_path: Path) -> None:
    async with hall(tmp_path) as town:
        roster = small_roster(5)
        officer = example().district.officer(Office.RESPONDER_PRIVACY)
        assert officer is not None
        left = tuple(one for one in roster.people if one.email != officer.person)
        fewer = replace(example(), roster=replace(roster, people=left))
        await load(town.core.store, fewer, town.clock(), apply=True)
        found = await town.core.store.read(
            lambda tx: list(responder_findings(tx, example().district))
        )
        bad = [said for good, said in found if not good]
        assert bad == [
            "Urgent: privacy. Only one person on the roster is left for these messages. Name a "
            'deputy as "responder-privacy" in district.yaml.'
        ]
