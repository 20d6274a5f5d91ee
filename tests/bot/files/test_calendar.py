"""The calendar of district.yaml reads as it is meant, and is written back the same."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from bot.files.district import LoadedDistrict, load_district
from bot.files.exporting import export_district
from core.people import Role
from core.school_calendar import Calendar, Holiday, Hours, Period, Summer
from governance.encoding import district_from_json, district_to_json
from tests.bot.files import small


def read(folder: Path) -> LoadedDistrict:
    loaded = load_district(folder)
    assert isinstance(loaded, LoadedDistrict), "\n".join(map(str, loaded))
    return loaded


def test_it_says_when_nobody_is_messaged(tmp_path: Path) -> None:
    small.write(tmp_path)
    calendar = read(tmp_path).district.calendar
    assert calendar == Calendar(
        quiet=Hours(begins=time(18), ends=time(7)),
        weekends=False,
        holidays=(
            Holiday(name="Labor Day", first=date(2026, 9, 7), last=date(2026, 9, 7)),
            Holiday(name="Winter break", first=date(2026, 12, 21), last=date(2027, 1, 4)),
        ),
        contract_hours={Role.OFFICE: Hours(begins=time(7, 30), ends=time(15, 30))},
        summer=Summer(first=(6, 5), last=(8, 10)),
        periods=(Period(name="Midterm exams", first=date(2026, 12, 14), last=date(2026, 12, 18)),),
    )


def test_it_is_exported_and_stored_and_reads_back_as_the_same(tmp_path: Path) -> None:
    small.write(tmp_path)
    loaded = read(tmp_path)
    export_district(
        tmp_path,
        district=loaded.district,
        surveys=loaded.surveys,
        announcements=loaded.announcements,
    )
    assert read(tmp_path).district == loaded.district
    assert district_from_json(district_to_json(loaded.district)) == loaded.district


def test_without_it_there_are_no_quiet_hours(tmp_path: Path) -> None:
    small.write(tmp_path)
    path = tmp_path / "district.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("calendar:")[0], encoding="utf-8")
    assert read(tmp_path).district.calendar is None
