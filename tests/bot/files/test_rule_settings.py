"""What a district says of its IT rules is read, stored and written back."""

from __future__ import annotations

from pathlib import Path

from bot.files.district import LoadedDistrict, load_district
from bot.files.exporting import export_district
from governance.committees.model import RuleSettings
from governance.encoding import district_from_json, district_to_json
from governance.rules.handlers import quorum
from tests.bot.files import small

RULES = "rules: {comment_days: 21, public: true, acknowledge_days: 20, new_staff_days: 10}\n"


def read(folder: Path) -> LoadedDistrict:
    loaded = load_district(folder)
    assert isinstance(loaded, LoadedDistrict), "\n".join(map(str, loaded))
    return loaded


def changed(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))


def test_left_out_the_usual_holds(tmp_path: Path) -> None:
    small.write(tmp_path)
    district = read(tmp_path).district
    assert district.rules == RuleSettings()
    assert quorum(district.committee("network")) == 2, "more than half of three"


def test_settings_and_quorum_are_read_stored_and_exported(tmp_path: Path) -> None:
    small.write(tmp_path)
    changed(tmp_path, "district.yaml", "key: oak\n", "key: oak\n" + RULES)
    changed(tmp_path, "committees.yaml", "answer_days: 14", "answer_days: 14\n    quorum: 3")
    loaded = read(tmp_path)
    assert loaded.district.rules == RuleSettings(
        comment_days=21, public=True, acknowledge_days=20, new_staff_days=10
    )
    assert quorum(loaded.district.committee("network")) == 3
    assert district_from_json(district_to_json(loaded.district)) == loaded.district
    export_district(
        tmp_path,
        district=loaded.district,
        surveys=loaded.surveys,
        announcements=loaded.announcements,
    )
    assert read(tmp_path) == loaded


def test_a_quorum_of_a_group_is_not_measured_by_the_file(tmp_path: Path) -> None:
    small.write(tmp_path)
    members = "    members: [cy.ray@example.org]\n"
    group = "    members_from: {slack: S1}\n    quorum: 9\n"
    changed(tmp_path, "committees.yaml", members, group)
    assert read(tmp_path).district.committee("network").quorum == 9
