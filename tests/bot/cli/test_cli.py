"""The command line: what each command says and does, and that bad input ends in words and a 1."""

from __future__ import annotations

import json
import logging
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import typer
from typer import testing
from typer.testing import CliRunner

from bot.app.settings import PREFIX
from bot.cli import app
from bot.demo.examples import example_district
from bot.files import district
from bot.files.templates import FOLDER as TEMPLATES
from governance.delivery_reasons import DeliveryReason
from governance.reading import router
from governance.reading.written import written
from tests.faults.disks import disk
from tests.governance.reading.few_lessons import learn_from_few
from tests.journeys.running import SECRET
from tests.journeys.town import CTO, TEACHER
from tests.plain_logs import plain_logs
from tests.storage.test_backing_up import spoil

DISTRICT = example_district()
PULSE = str(DISTRICT / "surveys" / "weekly-pulse.yaml")
NEWS = str(DISTRICT / "announcements" / "mfa-for-staff.yaml")


class Line:
    """A command line on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "cli.sqlite3"
        self.env = {
            f"{PREFIX}DATABASE_URL": f"sqlite:///{self.database}",
            f"{PREFIX}SECRET_KEY": SECRET,
            f"{PREFIX}SMTP_HOST": "127.0.0.1",  # else nobody is reached, which the doctor finds
            f"{PREFIX}MAIL_FROM": "board@schools.example.org",
            f"{PREFIX}WEB_URL": "https://board.schools.example.org",
        }

    def __call__(self, *arguments: str, fails: bool = False, typed: str = "") -> str:
        """Run a command; what it printed. ``fails``: it must end with a 1 and without a trace."""
        result = CliRunner().invoke(app, list(arguments), env=self.env, input=typed)
        assert isinstance(result.exception, SystemExit | None), result.exception
        assert result.exit_code == int(fails), result.output
        assert "Traceback" not in result.output
        return result.output

    def rows(self, question: str) -> list[tuple[object, ...]]:
        opened = sqlite3.connect(self.database)
        try:
            return opened.execute(question).fetchall()
        finally:
            opened.close()


@pytest.fixture(autouse=True)
def logs() -> Iterator[None]:
    """The command sets up logs for its process, onto a stream that ends with the test."""
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.root.level
    yield
    plain_logs()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="module", autouse=True)
def once() -> Iterator[None]:
    """The command line is put together once (Typer does it anew for each call, a tenth of a
    second), and each roster read once: most commands are given the very same 7000 people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "_get_command", cache(testing._get_command))
        patch.setattr(district, "read_roster", _read_once(district.read_roster))
        yield


def _read_once(read: Callable[..., object]) -> Callable[..., object]:
    known: dict[str, object] = {}

    def remembered(path: Path, **more: object) -> object:
        files = [(one.name, one.read_bytes()) for one in sorted(path.iterdir())]
        key = sha256(repr((files, more)).encode()).hexdigest()
        if key not in known:
            known[key] = read(path, **more)
        return known[key]

    return remembered


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example district, loaded by the command."""
    line = Line(tmp_path_factory.mktemp("loaded"))
    said = line("district", "load", str(DISTRICT))
    assert "+ committee network" in said
    assert "+ people: 7000 added" in said
    assert "Loaded Bluestem Public Schools: 7000 people on the roster." in said
    return line.database


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.chdir(tmp_path)
    return Line(tmp_path)


@pytest.fixture
def line(empty: Line, loaded_once: Path) -> Line:
    shutil.copy(loaded_once, empty.database)
    return empty


@pytest.fixture
def decides_alone(line: Line) -> Line:
    """The same in a district in which one person may announce to everyone."""
    with closing(sqlite3.connect(line.database)) as opened:
        ((body,),) = opened.execute("SELECT body FROM district").fetchall()
        kept = json.loads(body)
        kept.setdefault("announcements", {})["approve_above"] = 1_000_000
        opened.execute("UPDATE district SET body = ?", (json.dumps(kept),))
        opened.commit()
    return line


# -- a district's files -------------------------------------------------------------------------


def test_check_says_what_is_there_or_what_to_mend(empty: Line, tmp_path: Path) -> None:
    assert "Nothing to fix." in empty("district", "check", str(DISTRICT))
    broken = tmp_path / "broken"
    shutil.copytree(DISTRICT, broken)
    file = broken / "committees.yaml"
    file.write_text(file.read_text().replace("cadence: monthly", "cadence: daily", 1))
    said = empty("district", "check", str(broken), fails=True)
    assert re.search(r"committees\.yaml:\d+", said)
    assert "1 to fix." in said
    assert not empty.database.exists(), "looking makes no database"


OUTSIDE = re.compile(r"  announcement-approver:\n    person: .+\n    deputies: .+\n")
ISO_OFFICE = re.compile(r"  iso:\n    person: .+\n    deputies: .+\n")
ONLY_THE_CTO = f"  iso:\n    person: {CTO}\n"


def test_check_says_who_may_approve_what_is_urgent(empty: Line, tmp_path: Path) -> None:
    assert "approved by 3 people" in empty("district", "check", str(DISTRICT))
    small = tmp_path / "small"
    shutil.copytree(DISTRICT, small)
    file = small / "district.yaml"
    file.write_text(OUTSIDE.sub("", file.read_text()))
    assert "The ISO and deputies approve urgent announcements" in empty(
        "district", "check", str(small)
    )
    file.write_text(ISO_OFFICE.sub(ONLY_THE_CTO, file.read_text()))
    said = empty("district", "check", str(small))
    assert "Nothing to fix." in said, "it is allowed"
    assert "Nobody outside the CTO's office may approve an urgent announcement." in said


def test_check_says_whose_language_is_missing(empty: Line, tmp_path: Path) -> None:
    said = empty("district", "check", str(DISTRICT))
    lacks = r"\d+ people on the roster read Spanish; announcement gradebook-move lacks 8 of 8 texts"
    assert re.search(lacks, said)
    assert "weekly-pulse lacks" not in said
    pulse = tmp_path / "pulse.yaml"
    whole = (DISTRICT / "surveys" / "weekly-pulse.yaml").read_text()
    assert "not there in Spanish" not in empty("survey", "check", str(_written(pulse, whole)))
    less = whole.replace(", es: Pulso semanal de tecnología", "")
    assert less != whole
    told = empty("survey", "check", str(_written(pulse, less)))
    assert "texts is missing in Spanish: people who read Spanish get English." in told


def _written(path: Path, words: str) -> Path:
    path.write_text(words, encoding="utf-8")
    return path


def test_load_shows_a_difference_before_it_makes_one(line: Line, tmp_path: Path) -> None:
    assert line("district", "load", str(DISTRICT)).startswith("Nothing changed.")
    changed = tmp_path / "changed"
    shutil.copytree(DISTRICT, changed)
    plan = changed / "plan.yaml"
    title = re.search(r"title:\s+en: (.+)", plan.read_text())
    assert title is not None
    plan.write_text(plan.read_text().replace(title[1], f"{title[1]} and more", 1))
    before = line.rows("SELECT body FROM district")
    dry = line("district", "load", str(changed), "--dry-run")
    assert "version 3" in dry, "the files say 2, and its words changed"
    assert "Dry run: nothing was changed." in dry
    assert line.rows("SELECT body FROM district") == before
    assert "version 3" in line("district", "load", str(changed))
    assert line.rows("SELECT body FROM district") != before


def test_a_broken_district_is_not_loaded(line: Line, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(DISTRICT, broken)
    (broken / "committees.yaml").write_text("committees: [")
    before = line.rows("SELECT body FROM district")
    assert "to fix; nothing was changed." in line("district", "load", str(broken), fails=True)
    assert line.rows("SELECT body FROM district") == before


def test_export_writes_what_load_reads(line: Line, tmp_path: Path) -> None:
    out = tmp_path / "out"
    line("district", "export", str(out))
    for part in ("roster", "feedback"):
        shutil.copytree(DISTRICT / part, out / part, dirs_exist_ok=True)
    assert "Nothing to fix." in line("district", "check", str(out))
    assert line("district", "load", str(out)).startswith("Nothing changed.")


def test_people_are_shown_with_a_dry_run_and_imported_without(line: Line, tmp_path: Path) -> None:
    roster = tmp_path / "roster"
    shutil.copytree(DISTRICT / "roster", roster)
    for file in roster.glob("*.csv"):
        kept = file.read_text().splitlines(keepends=True)
        file.write_text("".join(one for one in kept if "p-00001" not in one))  # the CTO
    said = line("people", "import", str(roster), "--dry-run")
    assert "0 added, 0 changed, 1 left, 6999 as before." in said
    assert "Dry run" in said
    left = "SELECT count(*) FROM person WHERE NOT active AND sourced_id = 'p-00001'"
    assert line.rows(left) == [(0,)]
    assert "Imported." in line("people", "import", str(roster))
    assert line.rows(left) == [(1,)]
    assert f"{CTO} holds the office cto but is not in the roster" not in line(
        "doctor", "--offline"
    ), "the deputy stands in"


# -- surveys --------------------------------------------------------------------------------------


def test_a_survey_is_checked(empty: Line, tmp_path: Path) -> None:
    said = empty("survey", "check", PULSE)
    assert "Nothing to fix." in said
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(Path(PULSE).read_text().replace("kind:", "kin:", 1))
    assert "wrong.yaml:" in empty("survey", "check", str(wrong), fails=True)


def test_a_survey_starts_from_a_template(empty: Line, tmp_path: Path) -> None:
    assert "tool-review: Whether to keep" in empty("survey", "templates")
    path = tmp_path / "kami.yaml"
    said = empty("survey", "new", "tool-review", str(path))
    assert "Fill in: [[the tool]]" in said
    assert "survey check" in said
    assert (tmp_path / "survey.schema.json").read_text() == empty("survey", "schema")
    assert '"audience"' in empty("survey", "schema", "--audience")
    said = empty("survey", "check", str(path), fails=True)
    assert "kami.yaml: [[the tool]] is still to be filled in." in said
    words = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\[\[.+?\]\]", "Kami", words), encoding="utf-8")
    assert "Nothing to fix." in empty("survey", "check", str(path))


ASKS_WHO = """\
key: training
title: Training
asked_by: Computing Services
purpose: To plan it.
tables: [district, building]
pages:
  - questions:
      - {key: who, kind: text, prompt: "Who helps you most?"}
      - {key: load, kind: single, prompt: "How is your workload?", choices: [
          {key: a, label: Fine}, {key: b, label: Too much}]}
"""


def test_who_writes_a_survey_is_warned_before_it_is_asked(line: Line, tmp_path: Path) -> None:
    path = tmp_path / "training.yaml"
    path.write_text(ASKS_WHO, encoding="utf-8")
    said = line("survey", "check", str(path), "--district", str(DISTRICT))
    assert "who: It asks about someone by name" in said
    assert "load: It is about workload" in said
    assert "fewer than 12 people" not in said  # every building of the example has more
    said = line("survey", "launch", str(path), "--person", TEACHER, "--check")
    assert "load: It is about workload" in said
    assert "Results for each building: 1 of 1 groups has fewer than 12 people." in said
    assert "Nothing was launched." in said
    assert line.rows("SELECT count(*) FROM wave") == [(0,)]
    assert "asks 1 people" in line("survey", "launch", str(path), "--person", TEACHER)
    assert "Nothing to fix." in line("survey", "check", PULSE, "--district", str(DISTRICT))


def test_a_survey_is_said_to_take_as_long_as_its_questions_need(line: Line, tmp_path: Path) -> None:
    one = "{{key: q{n}, kind: scale, prompt: How was {n}?, labels: {{1: Poor, 5: Good}}}}"
    questions = "\n".join(f"      - {one.format(n=n)}" for n in range(25))
    path = tmp_path / "long.yaml"
    path.write_text(
        "key: long\ntitle: Long\nasked_by: The CTO\npurpose: To see.\n"
        f"pages:\n  - questions:\n{questions}\n",
        encoding="utf-8",
    )
    assert "25 questions on 1 pages, about 4 min." in line("survey", "check", str(path))


@pytest.mark.usefixtures("real_launches")
def test_a_launch_to_few_people_or_of_tables_of_noise_is_refused(
    line: Line, tmp_path: Path
) -> None:
    said = line("survey", "launch", PULSE, "--person", TEACHER, fails=True)
    assert "audience: Ask at least 20 people." in said
    again = ("--repeat", "every tuesday 9:00")
    said = line("survey", "launch", PULSE, "--person", TEACHER, *again, fails=True)
    assert "audience: Ask at least 20 people." in said
    plan, path = tmp_path / "launch.yaml", tmp_path / "training.yaml"
    path.write_text(ASKS_WHO, encoding="utf-8")
    plan.write_text("audience: {roles: [teacher]}\nsample: 40%\n", encoding="utf-8")
    said = line("survey", "launch", str(path), "--plan", str(plan), fails=True)
    assert "tables: Results for each building would mostly be off by about" in said
    assert "Choose results for each level instead." in said
    assert line.rows("SELECT count(*) FROM wave") == [(0,)]
    assert line.rows("SELECT count(*) FROM series") == [(0,)]


def test_a_launch_to_many_says_who_has_to_approve_it(line: Line) -> None:
    said = line("survey", "launch", PULSE)
    assert "so a second person has to approve it first: " in said
    assert "Nothing is sent before that." in said
    assert not list(line.rows("SELECT id FROM wave"))


def test_a_survey_that_repeats_says_what_a_year_tells_of_one_person(
    decides_alone: Line,
) -> None:
    line = decides_alone
    said = line("survey", "launch", PULSE, "--repeat", "first school day of the month 9:00")
    assert "can become 89% sure at most (ε = 2)" in said
    many = re.search(r"in (\d+) waves, the most in which one person is asked in a year", said)
    assert many is not None
    waves = int(many[1])
    assert waves in (12, 13), "a school day in early January is the first of two years of 365 days"
    assert f"more than 99% sure (ε = {2 * waves})." in said


def test_the_operator_puts_a_records_hold_on_an_open_survey(decides_alone: Line) -> None:
    line = decides_alone
    line("survey", "launch", PULSE)
    ((wave,),) = line.rows("SELECT id FROM wave")
    why = "A court asked for it."
    said = line("records", "hold", str(UUID(wave)), "--reason", why)
    assert "On hold: the answers are kept until it is lifted" in said
    assert line.rows("SELECT hold, hold_why FROM wave") == [(1, why)]
    assert "already" in line("records", "hold", str(UUID(wave)), "--reason", why, fails=True)


def test_a_launchs_file_that_opens_in_the_past_is_refused(line: Line, tmp_path: Path) -> None:
    plan = tmp_path / "launch.yaml"
    plan.write_text(
        "audience:\n  roles: [teacher]\nonce:\n  opens: 2020-01-01 09:00\n", encoding="utf-8"
    )
    said = line("survey", "launch", PULSE, "--plan", str(plan), fails=True)
    assert "The opening time is in the past." in said


def test_a_survey_closes_by_itself_on_a_school_day(decides_alone: Line) -> None:
    """Opened on a Saturday, it would close on the next."""
    line = decides_alone
    line("survey", "launch", PULSE, "--opens", "2096-03-03 07:30")
    ((closes,),) = line.rows("SELECT closes_at FROM wave")
    at = datetime.fromtimestamp(closes / 1_000_000, ZoneInfo("America/Chicago"))
    assert f"{at:%A %H:%M}" == "Monday 16:00"


def test_a_page_for_the_association_says_what_a_launch_would_do(line: Line, tmp_path: Path) -> None:
    survey, out = tmp_path / "training.yaml", tmp_path / "page.html"
    survey.write_text(ASKS_WHO, encoding="utf-8")
    audience = tmp_path / "audience.yaml"
    audience.write_text("audience: {roles: [board, teacher], levels: [district]}", encoding="utf-8")
    asked = ("survey", "association-page", str(survey), str(out), "--audience", str(audience))
    assert f"Wrote {out}." in line(*asked, "--closes", "2096-03-09 16:00")
    page = out.read_text(encoding="utf-8")
    expected = "SELECT count(*) FROM person WHERE role IN ('teacher', 'board') AND active"
    ((people,),) = line.rows(f"{expected} AND level = 'district'")
    assert f": {people} people." in page
    assert "Board members" in page
    assert "Closes on Friday, March 9, 2096 at 4:00 PM." in page
    assert "results for everyone asked and each building." in page
    assert "Who helps you most?" in page
    assert "“How is your workload?” It is about workload" in page
    assert "Fine · Too much" in page
    assert line.rows("SELECT count(*) FROM wave") == [(0,)]
    assert "already exists" in line(*asked, fails=True)
    spanish = tmp_path / "pagina.html"
    told = (*asked[:3], str(spanish), "--locale")
    assert "not one of the languages: en, es" in line(*told, "fr", fails=True)
    said = line(*told, "es", "--sample", "20%", "--hold", "--despite-limit", "The state asks.")
    assert f"Wrote {spanish}." in said
    assert "cannot be launched" not in said
    page = spanish.read_text(encoding="utf-8")
    assert '<html lang="es' in page
    assert "Se eligen al azar entre" in page
    assert "Hasta que se levante, las respuestas" in page
    assert "The state asks." in page
    drawn = tmp_path / "drawn.html"
    line(*asked[:3], str(drawn), "--sample", "5%")
    page = drawn.read_text(encoding="utf-8")
    assert re.search(r"In about \d+ of \d+ groups fewer than 12 people will be asked", page)
    assert "nothing will ever be shown" not in page


def test_a_survey_is_launched_and_closed(decides_alone: Line) -> None:
    line = decides_alone
    said = line("survey", "launch", PULSE, "--role", "teacher", "--level", "middle")
    people = re.search(r"asks (\d+) people", said)
    assert people is not None
    expected = "SELECT count(*) FROM person WHERE role = 'teacher' AND level = 'middle' AND active"
    assert line.rows(expected) == [(int(people[1]),)]
    wave = re.search(r"Wave ([0-9a-f-]{36})", said)
    assert wave is not None
    assert line.rows("SELECT state FROM wave") == [("open",)]
    assert "its answers are deleted." in line("survey", "close", wave[1])
    assert line.rows("SELECT state FROM wave") == [("closed",)]


def test_a_survey_is_planned_in_the_districts_time(line: Line) -> None:
    said = line(
        *("survey", "launch", PULSE, "--opens", "2096-03-05 07:30", "--closes", "2096-03-09"),
        *("--remind", "2096-03-07 07:30", "--person", TEACHER),
    )
    assert "asks 1 people" in said
    assert "March 5" in said
    assert "7:30" in said
    assert line.rows("SELECT state FROM wave") == [("planned",)]
    assert line.rows("SELECT count(*) FROM schedule") == [(3,)]


# -- announcements ------------------------------------------------------------------------------


QUEUED = """SELECT (SELECT count(*) FROM delivery WHERE kind = 'notice' AND state = 'queued')
+ (SELECT coalesce(sum(people), 0) FROM fan_out_part WHERE kind = 'notice')"""
"""People of a first part have their row; the service writes the other parts."""


def one_person_decides(line: Line, folder: Path) -> None:
    """A district in which nothing needs a second person's yes."""
    copy = folder / "one-person"
    shutil.copytree(DISTRICT, copy)
    file = copy / "district.yaml"
    file.write_text(f"{file.read_text()}\nannouncements: {{approve_above: 1000000}}\n")
    line("district", "load", str(copy))


def test_nothing_goes_to_everyone_without_a_word_and_a_second_person(line: Line) -> None:
    said = line("announce", "--key", "mfa-for-staff", "--yes", fails=True)
    assert "This goes to everyone: 7000 people." in said
    assert line.rows(QUEUED) == [(0,)]
    said = line("announce", "--key", "mfa-for-staff", "--yes", "--everyone", "everyone")
    assert "Cormac Ashgrove" in said
    assert line.rows("SELECT state FROM announcement WHERE key = 'mfa-for-staff'") == [("waiting",)]
    assert line.rows("SELECT count(*) FROM delivery WHERE kind = 'notice'") == [(0,)]


def test_an_announcement_is_shown_and_asked_about_before_it_goes(
    line: Line, tmp_path: Path
) -> None:
    one_person_decides(line, tmp_path)
    said = line("announce", NEWS, typed="n\n")
    assert re.search(r"reaches \d+ people, takes", said)
    assert "Nothing was sent." in said
    assert line.rows(QUEUED) == [(0,)]
    said = line("announce", "--key", "mfa-for-staff", "--yes")
    people = re.search(r"Goes to (\d+) people now", said)
    assert people is not None
    assert line.rows(QUEUED) == [(int(people[1]),)]


def test_an_announcement_from_a_file_goes_out_as_the_file_says(line: Line, tmp_path: Path) -> None:
    one_person_decides(line, tmp_path)
    quiet = tmp_path / "quiet.yaml"
    lines = [one for one in Path(NEWS).read_text().splitlines() if "acknowledge" not in one]
    quiet.write_text("\n".join([*lines, "acknowledge: false", ""]))
    assert "Goes to" in line("announce", str(quiet), "--at", "2026-01-01", "--yes", fails=True) or (
        line.rows("SELECT count(*) FROM delivery") == [(0,)]
    )
    line("announce", str(quiet), "--yes")
    sending = "SELECT acknowledge FROM announcement WHERE state = 'sending'"
    assert line.rows(sending) == [(0,)]


def test_what_somebody_edited_stays_theirs_when_the_operator_looks_at_it(line: Line) -> None:
    opened = sqlite3.connect(line.database)
    opened.execute(
        "UPDATE announcement SET written_by = (SELECT id FROM person WHERE email = ?)", (CTO,)
    )
    opened.commit()
    opened.close()
    line("announce", "--key", "mfa-for-staff", typed="n\n")
    edited = "SELECT count(*) FROM announcement WHERE written_by IS NOT NULL"
    assert line.rows(edited) == [(2,)]


def test_what_goes_out_is_stopped_and_gone_on_with_by_its_key(line: Line, tmp_path: Path) -> None:
    one_person_decides(line, tmp_path)
    line("announce", "--key", "mfa-for-staff", "--yes")
    waiting = line.rows(QUEUED)[0][0]
    stopped = line("campaign", "mfa-for-staff", "--stop")
    assert f"Stopped before they were sent: {waiting:,}" in stopped
    why = "SELECT DISTINCT state, why FROM delivery"
    assert line.rows(why) == [("recalled", DeliveryReason.STOPPED_BY_OPERATOR)]
    assert f"Waiting to be sent: {waiting:,}" in line("campaign", "mfa-for-staff", "--resume")
    assert f"Waiting to be sent: {waiting:,}" in line("campaign", "mfa-for-staff")
    wave = line("survey", "launch", PULSE).split()[-1]
    assert "Nobody else is asked" in line("campaign", wave, "--stop")
    assert "Waiting to be sent: 7,000" in line("campaign", wave, "--resume")
    assert "0 of 7,000 invitations sent" in line("campaign", wave)
    assert "not both" in line("campaign", wave, "--stop", "--resume", fails=True)
    assert "is not an id" in line("campaign", "no-such-key", "--stop", fails=True)


# -- reading, the machine -------------------------------------------------------------------------


def test_route_reads_lines_and_answers_with_lines(
    empty: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Learning from everything that is shipped takes longer than all other tests.
    monkeypatch.setattr(router, "written", lambda: written()[::10])
    learn_from_few(monkeypatch)
    asked = tmp_path / "asked.jsonl"
    said = {"id": 7, "text": "The wifi in the portables drops", "role": "teacher", "level": "high"}
    asked.write_text(json.dumps(said) + "\n")
    little = tmp_path / "little"
    shutil.copytree(DISTRICT, little)
    for file in (little / "feedback").glob("*.jsonl"):
        file.write_text("".join(file.read_text().splitlines(keepends=True)[:20]))
    answered = json.loads(empty("route", str(asked), "--district", str(little)))
    assert answered["id"] == 7
    assert set(answered) >= {"committees", "confidence", "route", "sentiment", "urgent", "pii"}


def test_a_sign_in_link_is_for_somebody_of_the_roster(line: Line) -> None:
    assert "/signin?token=" in line("signin-link", TEACHER)
    assert "/signin?token=" in line("signin-link", TEACHER.upper()), "as people write addresses"


def test_the_audit_is_verified(line: Line) -> None:
    said = line("audit", "verify")
    assert "The audit is intact: 2 lines." in said
    assert "Keep it apart from the database" in said


def test_a_backup_is_a_new_file(line: Line, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    said = line("backup", str(copy))
    assert "Keep SECRET_KEY apart" in said
    assert "originals of feedback are encrypted" in said
    assert "who wrote them, can be read by anyone who holds this file" in said
    assert copy.stat().st_size > 100_000
    assert "choose a new name" in line("backup", str(copy), fails=True)
    line.env[f"{PREFIX}DATABASE_URL"] = f"sqlite:///{copy}"  # restored
    assert "/signin?token=" in line("signin-link", TEACHER)
    line.env[f"{PREFIX}SECRET_KEY"] = "another-secret-that-was-made-up-for-tests"
    assert "belongs to another SECRET_KEY" in line("signin-link", TEACHER, fails=True)


def test_the_database_is_made_and_brought_up_to_date(empty: Line) -> None:
    assert "at this version" in empty("database", "upgrade")
    assert empty.rows("SELECT count(*) FROM person") == [(0,)]


def test_the_doctor_says_what_to_mend(empty: Line) -> None:
    assert "FIX   There is no database at" in empty("doctor", fails=True)
    assert not empty.database.exists(), "looking makes no database"
    assert not list(empty.database.parent.glob("*.key")), "and no key"
    empty.env[f"{PREFIX}SECRET_KEY"] = "short"
    assert "32 characters" in empty("doctor", fails=True)


def test_the_doctor_says_whether_there_are_quiet_hours(line: Line) -> None:
    assert "Quiet hours are kept; holidays are known until Monday, July 5, 2027." in line(
        "doctor", "--offline"
    )


def test_the_doctor_finds_a_loaded_district_well(line: Line) -> None:
    assert "FIX " not in line("doctor", "--offline")


def test_the_doctor_warns_where_the_cto_would_approve_what_the_cto_asks(
    line: Line, tmp_path: Path
) -> None:
    assert "approved by 3 people" in line("doctor", "--offline")
    small = tmp_path / "small"
    shutil.copytree(DISTRICT, small)
    file = small / "district.yaml"
    file.write_text(ISO_OFFICE.sub(ONLY_THE_CTO, OUTSIDE.sub("", file.read_text())))
    line("district", "load", str(small))
    said = line("doctor", "--offline", fails=True)
    assert "FIX   Nobody outside the CTO's office may approve an urgent announcement." in said
    assert "Nobody holds the office announcement-approver" not in said, "it may be left out"


def test_an_operator_cannot_send_anything_as_urgent(line: Line) -> None:
    before = line.rows("SELECT state, urgent FROM announcement ORDER BY id")
    said = line("announce", "--key", "mfa-for-staff", "--urgent", "--yes", fails=True)
    assert "takes two people from the district" in said
    assert line.rows("SELECT state, urgent FROM announcement ORDER BY id") == before


def test_the_doctor_finds_an_officer_who_is_not_there(line: Line) -> None:
    opened = sqlite3.connect(line.database)
    opened.execute("DELETE FROM duty WHERE key = 'iso'")
    opened.commit()
    opened.close()
    assert "holds the office iso but is not on the roster" in line("doctor", fails=True)


# -- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["district", "check", "nowhere"], "nowhere"),
        (["district", "load", "nowhere"], "nowhere"),
        (["people", "import", "nowhere"], "nowhere"),
        (["survey", "check", "nowhere.yaml"], "nowhere.yaml"),
        (["survey", "launch", "nowhere.yaml"], "nowhere.yaml"),
        (["survey", "launch", PULSE, "--role", "pilot"], '"pilot" is not one of the roles'),
        (["survey", "launch", PULSE, "--role", "student"], '"student" is not one of the roles'),
        (["survey", "launch", PULSE, "--level", "moon"], '"moon" is not one of the levels'),
        (["survey", "launch", PULSE, "--building", "moon"], "audience"),
        (["survey", "launch", PULSE, "--opens", "soon"], '"soon" is not a time'),
        (["survey", "launch", PULSE, "--closes", "2020-01-01"], "closes_at"),
        (["survey", "launch", PULSE, "--opens", "2020-01-01"], "The opening time is in the past."),
        (["survey", "launch", PULSE, "--remind", "2020-01-01"], "reminders"),
        (["survey", "new", "tol-review"], 'Did you mean "tool-review"?'),
        (["survey", "new", "weekly-pulse", PULSE], "already exists"),
        (["survey", "new", "weekly-pulse", "no/such/pulse.yaml"], "No such file or directory."),
        (["survey", "launch", str(TEMPLATES / "tool-review.yaml")], "Fill in [[the tool]] first"),
        (["survey", "close", "x"], '"x" is not an id'),
        (["survey", "close", "00000000-0000-0000-0000-000000000000"], "no open survey"),
        (["announce"], "Name a file, or give --key"),
        (["announce", NEWS, "--key", "x"], "Name a file, or give --key"),
        (["announce", "nowhere.yaml"], "nowhere.yaml"),
        (["announce", "--key", "nothing"], 'no announcement "nothing"'),
        (["announce", NEWS, "--at", "soon", "--yes"], '"soon" is not a time'),
        (["announce", NEWS, "--at", "2096-01-01", "--yes"], "within a year"),
        (["route", "nowhere.jsonl"], "nowhere.jsonl"),
        (["signin-link", "nobody@schools.example.org"], "not on the staff roster"),
        (["backup", "no/such/folder/copy"], "There is no folder"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_bad_input_ends_in_words(line: Line, arguments: list[str], said: str) -> None:
    assert said in line(*arguments, fails=True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["survey", "launch", PULSE],
        ["announce", NEWS, "--yes"],
        ["people", "import", str(DISTRICT / "roster")],
        ["district", "export", "out"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_before_a_district_is_loaded_one_is_told_so(empty: Line, arguments: list[str]) -> None:
    assert "district load" in empty(*arguments, fails=True)


@pytest.mark.parametrize("command", ["run", "demo", "doctor", "backup"])
def test_a_wrong_setting_is_named(empty: Line, command: str) -> None:
    empty.env[f"{PREFIX}PORT"] = "eighty"
    if command == "demo":
        empty.env.pop(f"{PREFIX}DATABASE_URL")
        empty.env[f"{PREFIX}SESSION_HOURS"] = "0"
    said = empty(command, *(["copy"] if command == "backup" else []), fails=True)
    assert PREFIX in said


def test_another_key_than_the_databases_is_told(line: Line) -> None:
    opened = sqlite3.connect(line.database)
    person = opened.execute("SELECT id FROM person LIMIT 1").fetchone()[0]
    opened.execute(
        "INSERT INTO item (id, author, naming, role, level, received_at, state, moves) "
        "VALUES (?, ?, 'named', 'teacher', 'high', 0, 'received', 0)",
        (person, person),
    )
    opened.execute("INSERT INTO item_original VALUES (?, ?)", (person, b"x" * 40))
    opened.execute("DELETE FROM service_key")  # as an earlier version left it
    opened.commit()
    opened.close()
    assert "Start with the key that was in use" in line("signin-link", TEACHER, fails=True)
    assert "Start with the key that was in use" in line("doctor", fails=True)


def test_the_first_key_is_the_databases_although_nothing_is_encrypted_yet(line: Line) -> None:
    assert line.rows("SELECT count(*) FROM item_original") == [(0,)]
    line.env[f"{PREFIX}SECRET_KEY"] = "another-secret-that-was-made-up-for-tests"
    for command in (
        ["signin-link", TEACHER],
        ["database", "upgrade"],
        ["backup", "copy.sqlite3"],
        ["doctor", "--offline"],
        ["run"],
    ):
        assert "belongs to another SECRET_KEY" in line(*command, fails=True), command


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: line.database.write_bytes(b"this is no database" * 100),
        lambda line: line.database.mkdir(),
    ],
    ids=["no database", "a folder"],
)
def test_a_file_that_is_no_database_is_told(empty: Line, spoil: Callable[[Line], None]) -> None:
    spoil(empty)
    assert str(empty.database) in empty("signin-link", TEACHER, fails=True)
    assert str(empty.database) in empty("doctor", fails=True)


def test_the_demo_leaves_other_databases_alone(empty: Line) -> None:
    assert "makes its own database" in empty("demo", fails=True)


def test_the_installed_command_ends_without_a_trace(empty: Line) -> None:
    ran = subprocess.run(
        [Path(sys.executable).with_name("soundingboard"), "signin-link", "nobody@x"],
        env={**empty.env, "PATH": "/usr/bin"},
        cwd=empty.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "not on the staff roster" in ran.stdout
    assert "Traceback" not in ran.stderr


AFTER_HELP = """
import sys

from bot.cli import main

sys.argv = ["soundingboard", *sys.argv[1:]]
try:
    main()
except SystemExit:
    print("", *sys.modules, sep="\\n")
"""
ROOMS = ("bot", "governance", "scheduler", "storage", "surveys")
TYPERS = {"annotated_doc", "rich", "shellingham", "typer", "typing_extensions"}
TYPERS |= {"annotated_types", "pydantic", "pydantic_core", "typing_inspection"}
"""What typer itself imports, or may: the second line for the help of a subcommand."""


@pytest.mark.parametrize("command", [(), ("survey",), ("survey", "export"), ("database",)])
def test_help_imports_the_commands_and_nothing_behind_them(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", AFTER_HELP, *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = done.stdout.splitlines()
    assert "bot.cli.results" in imported, "this is what was imported"
    ours = {name for name in imported if name.partition(".")[0] in ROOMS}
    assert {name for name in ours if name != "bot" and not name.startswith("bot.cli")} == set()
    installed = {path.name for path in Path(typer.__file__).parents[1].iterdir()}
    assert {name for name in imported if name in installed} - {"bot", *TYPERS} == set()
    assert "asyncio" not in imported


def test_a_damaged_database_is_told_in_a_sentence(line: Line, tmp_path: Path) -> None:
    spoil(line.database)
    said = line("doctor", "--offline", fails=True)
    assert "FIX   The file of the database is damaged" in said
    assert "Database opened" not in said
    for command in (["run"], ["signin-link", TEACHER], ["database", "upgrade"]):
        said = line(*command, fails=True)
        assert "damaged, or is no database" in said, said
        assert said.count("\n") == 1, said
    copy = tmp_path / "copy.sqlite3"
    line("backup", str(copy), fails=True)
    assert not list(tmp_path.glob("copy*"))
    line.env[f"{PREFIX}DEBUG"] = "true"
    result = CliRunner().invoke(app, ["run"], env=line.env)
    assert "Traceback" in result.output, "an operator can see where it came from"


def test_an_empty_file_beside_its_key_is_no_empty_district(empty: Line) -> None:
    del empty.env[f"{PREFIX}SECRET_KEY"]
    empty("database", "upgrade")
    key = empty.database.with_name(empty.database.name + ".key").read_bytes()
    for left in empty.folder.glob("*.sqlite3-*"):
        left.unlink()
    empty.database.write_bytes(b"")
    for command in (["run"], ["database", "upgrade"], ["doctor", "--offline"]):
        said = empty(*command, fails=True)
        assert f"{empty.database} is empty" in said, said
        assert "newest good backup" in said
    assert empty.database.read_bytes() == b""
    assert empty.database.with_name(empty.database.name + ".key").read_bytes() == key


def test_a_read_only_disk_is_told_in_a_sentence(line: Line, tmp_path: Path) -> None:
    with disk(tmp_path) as small:
        if not small.real:
            pytest.skip("nothing can be mounted here")
        at = small.folder / "board.sqlite3"
        at.write_bytes(line.database.read_bytes())
        line.env[f"{PREFIX}DATABASE_URL"] = f"sqlite:///{at}"
        subprocess.run(["mount", "-o", "remount,ro", str(small.folder)], check=True)
        for command in (["run"], ["signin-link", TEACHER], ["doctor", "--offline"]):
            said = line(*command, fails=True)
            assert "Read-only file system" in said, said
            assert "must be able to write" in said, said
        del line.env[f"{PREFIX}DATABASE_URL"]
        said = line("demo", "--folder", str(small.folder), fails=True)
        assert "Read-only file system" in said, said


HOLD = (
    "import sys, time; from pathlib import Path; from bot.app.locking import DatabaseLock; "
    "DatabaseLock(Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
)


@contextmanager
def held(database: Path) -> Iterator[None]:
    """Another process has a database."""
    command = [sys.executable, "-c", HOLD, str(database)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        yield
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()


def test_a_file_that_is_open_under_another_name_is_not_opened_twice(
    line: Line, tmp_path: Path
) -> None:
    hard, soft = tmp_path / "hard.sqlite3", tmp_path / "soft.sqlite3"
    hard.hardlink_to(line.database)
    soft.symlink_to(line.database)
    with held(line.database):
        for name in (hard, soft):
            line.env[f"{PREFIX}DATABASE_URL"] = f"sqlite:///{name}"
            assert "under another name" in line("signin-link", TEACHER, fails=True)
    assert "/signin?token=" in line("signin-link", TEACHER)


def test_the_doctor_knows_another_key_while_the_service_runs(line: Line) -> None:
    line("signin-link", TEACHER)
    with held(line.database):
        assert "belongs to another SECRET_KEY" not in line("doctor", "--offline")
        line.env[f"{PREFIX}SECRET_KEY"] = "another-secret-that-was-made-up-for-tests"
        said = line("doctor", "--offline", fails=True)
        assert "ok    The service is running" in said
        assert "FIX   This database belongs to another SECRET_KEY" in said
