"""Whoever writes a district's files is told the file, the line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.files.district import check_district
from bot.files.problems import Problem
from tests.bot.files import small

D, C, P = "district.yaml", "committees.yaml", "plan.yaml"
LEADER = "answer_days: 14\n    technology_leaders: {oak-high: cy.ray@example.org}"
OUTSIDER = "    technology_leaders: {oak-high: di.fox@example.org}"
S, A, F = "surveys/priorities.yaml", "announcements/move.yaml", "feedback/dev.jsonl"
ANN = "person: ann.lee@example.org"

# file, passage, what it becomes, how many lines from there it is noticed (a missing field where
# its entry begins, above), message, fix
WRONG = [
    # -- YAML itself
    (D, "name: Oak", "name: The: Oak", 0, "colon", "quotes"),
    (D, "  help-desk:", "\thelp-desk:", 0, "tab", "spaces"),
    (D, "[students.example.org]", "[students.example.org", 1, "not YAML", "brackets"),
    (D, "name: Oak Valley Schools", "name: &x Oak", 0, "Anchors", "quote"),
    (D, "name: Oak Valley Schools", "name: *x", 0, "aliases", "quote"),
    (D, "name: Oak Valley Schools", "name: !!python/name:os.system x", 0, "tag", "quotes"),
    (D, "name: Oak Valley Schools", "<<: {a: b}", 0, 'no field "<<"', "to choose from"),
    (D, "name: Oak", "name: \x07Oak", 0, "control character", "Remove"),
    (D, "key: oak\n", "key: oak\nkey: elm\n", 1, "appears twice; the first is in line 1", "Remove"),
    (D, "key: oak\n", "- oak\n---\n", 1, "second document", "---"),
    (D, "accent:", "accent: " + "[" * 30 + "]" * 30 + "\nx:", 0, "nested", "20"),
    # -- the district
    (D, "timezone: America/Chicago", "time_zone: America/Chicago", 0, "no field", '"timezone"?'),
    (D, "America/Chicago", "America/Chicgo", 0, "no time zone", '"America/Chicago"?'),
    (D, "America/Chicago", "../../etc/passwd", 0, "no time zone", "America/Chicago"),
    (D, "locale: en", "locale: english!", 0, "not a language", "es-MX"),
    (D, '"#1d5fa8"', "blue", 0, "not a color", "hex"),
    (D, '"#1d5fa8"', '"#ffdd00"', 0, "hard to read", "darker"),
    (D, "platform: web", "platform: slak", 0, '"slak"', '"slack"?'),
    (D, "[students.example.org]", "[pupils@x]", 0, "not a domain", "after the @"),
    (D, "[students.example.org]", "x.org", 0, "must be a list", "- "),
    (D, "name: Oak Valley Schools", "name:", 0, "is empty", "after"),
    (D, "name: Oak Valley Schools", "name: " + "x" * 81, 0, "81 characters", "Shorten it to 80"),
    (D, "name: Oak Valley Schools", "name: [Oak]", 0, "must be a text", "one value"),
    (D, "key: oak", "key: Oak Valley", 0, "cannot be a key", "small letters"),
    (D, "  title-ix: 555-0102\n", "", -2, 'no "title-ix"', "Add"),
    (D, "  safety:", "  saftey:", 0, 'no field "saftey"', '"safety"?'),
    (D, "  responder-safety:", "  responder-safty:", 0, "no field", '"responder-safety"?'),
    (D, ANN, "person: zed@example.org", 0, "not in the roster", "add the person"),
    (D, ANN, "person: ann.leee@example.org", 0, "roster", '"ann.lee@example.org"?'),
    (D, ANN, "person: Ann Lee", 0, "not an email", "name@example.org"),
    (D, ANN, "person: bo.kay@example.org", 1, "stand in for themselves", "someone else"),
    # -- the calendar
    (D, "  quiet: {from", "  quite: {from", 0, 'no field "quite"', '"quiet"?'),
    (D, "from: 07:30", "from: 7.30", 0, "not a time of day", '"07:30"'),
    (D, "from: 07:30", "from: 25:30", 0, "not a time of day", "24 hours"),
    (D, "from: 07:30", "from: [7, 30]", 0, "must be a time of day", "one value"),
    (D, '{from: "18:00", until: "07:00"}', '{from: "18:00"}', 0, 'no "until"', "Add"),
    (D, 'until: "07:00"', 'until: "18:00"', 0, "begin and end at the same time", "length"),
    (D, "    office: {", "    offfice: {", 0, 'no field "offfice"', '"office"?'),
    (D, "    office: {", "    student: {", 0, 'no field "student"', "office"),
    (D, "date: 2026-09-07", "date: 2026-02-30", 0, "not a date", "2026-09-07"),
    (D, "date: 2026-09-07", "date: 9/7/2026", 0, "not a date", "year-month-day"),
    (D, "date: 2026-09-07", "first: 2026-09-07", 0, 'no "last"', "Add"),
    (D, "date: 2026-09-07", "date: 2026-09-07, last: 2026-09-08", 0, '"date" and "last"', "Give"),
    (D, "last: 2027-01-04", "last: 2026-01-04", 0, "before", "Swap"),
    (D, "last: 2027-01-04", "last: 2028-01-04", 0, "lasts 380 days", "check the years"),
    (D, "date: 2026-09-07", "date: 2026-12-24", 0, 'before "Winter break" is over', "Correct"),
    (D, "{name: Labor Day, date", "{date", 0, 'no "name"', "Add"),
    # -- the rules of results
    (D, "key: oak\n", "key: oak\nresults: {epsilon: 3}\n", 1, 'is "3"', "from 1 to 2"),
    (D, "key: oak\n", "key: oak\nresults: {epsilon: .5}\n", 1, 'is ".5"', "such as"),
    (D, "key: oak\n", "key: oak\nresults: {smallest_group: 8}\n", 1, 'is "8"', "from 12 to 100"),
    (D, "key: oak\n", "key: oak\nresults: {least: 20}\n", 1, 'no field "least"', "epsilon"),
    (D, "key: oak\n", "key: oak\nresults: 2\n", 1, "must have fields", "Indent"),
    # -- IT rules
    (D, "key: oak\n", "key: oak\nrules: {comment_days: 0}\n", 1, 'is "0"', "from 1 to 180"),
    (D, "key: oak\n", "key: oak\nrules: {public: maybe}\n", 1, '"maybe"', "true or false"),
    (D, "key: oak\n", "key: oak\nrules: {coment_days: 9}\n", 1, "no field", '"comment_days"?'),
    (D, "key: oak\n", "key: oak\nrules: 30\n", 1, "must have fields", "Indent"),
    (C, "answer_days: 14", "quorum: 4", 0, "quorum is 4", "up to 3"),
    (C, "answer_days: 14", "quorum: 0", 0, 'is "0"', "from 1 to"),
    # -- committees and the plan
    (C, "key: class-high", "key: network", 0, "first is in line 2", "another key"),
    (C, "key: network", "key: triage", 0, "queue of the service", "another key"),
    (C, "chair: ann.lee@example.org", "chair: a@example.org", 0, "chair of", "roster"),
    (C, "    deputy: bo.kay", "    deputy: ann.lee", 0, "the chair already", "someone else"),
    (C, "members: [cy.ray", "members: [ann.lee", 0, "a member as well", "Remove them"),
    (C, "members: [cy.ray@example.org]", "members: []", 0, "empty list", "at least one"),
    (
        C,
        "    members: [cy.ray",
        "    members_from: {slak: S1}\n    members: [cy.ray",
        0,
        '"slak"',
        '"slack"?',
    ),
    (C, "serves: high", "serves: hihg", 0, '"hihg"', '"high"?'),
    (C, "cadence: monthly", "cadence: montly", 0, '"montly"', '"monthly"?'),
    (C, "[wifi, outage]", "[wifi, outtage]", 0, 'no theme "outtage"', '"outage"?'),
    (C, "[wifi, outage]", "[wifi, wifi]", 0, '"wifi" appears twice', "Remove one"),
    (D, '{first: "06-05"', '{first: "02-29"', 0, '"02-29"', "month-day"),
    (C, "answer_days: 14", "answer_days: soon", 0, '"soon"', "from 1 to 120"),
    (C, "answer_days: 14", LEADER, 1, "Only a school-level", 'Add "serves"'),
    (
        C,
        "serves: high",
        "serves: high\n    technology_leaders: {moon: cy.ray@example.org}",
        1,
        '"moon"',
        "one of",
    ),
    (C, "serves: high", f"serves: high\n{OUTSIDER}", 1, "not on the committee", "to the members"),
    (C, "platform: slack", "platform: teems", 0, '"teems"', '"teams"?'),
    (C, "charter: Wi-Fi", "charta: Wi-Fi", 0, 'no field "charta"', '"charter"?'),
    (P, "key: old-goal", "key: one-sign-in", 0, "first is in line 5", "another key"),
    (P, "version: 2", "version: 0", 0, '"0"', "from 1 to"),
    (P, "retired: true", "retired: maybe", 0, '"maybe"', "true or false"),
    (P, "became: [one-sign-in]", "became: [sign-in]", 0, "not another goal", "another goal"),
    (P, "became: [one-sign-in]", "became: [old-goal]", 0, "not another goal", "another goal"),
    (P, "        retired: true\n", "", 0, "is not retired", '"retired: true"'),
    (P, "            target: 90\n", "", -2, 'no "target"', "Add"),
    (P, "target: 90", "target: ninety", 0, '"ninety"', "2.5"),
    (P, "target: 90", "target: .inf", 0, '".inf"', "2.5"),
    (P, "key: resets", "key: covered", 0, "first is in line 8", "another key"),
    (P, "lower_is_better: true", "lower_is_better: maybe", 0, '"maybe"', "true or false"),
    (P, "steering: network", "steering: netwrok", 0, '"netwrok"', '"network"?'),
    (P, "2026-05-12", "May 12", 0, "May 12", "2026"),
    (P, "2026-05-12", "2026-02-30", 0, "2026-02-30", "2026"),
    (P, "key: systems\n    name:", "name:", 0, 'no "key"', "Add"),
    (P, "steering:", "stearing:", 0, 'no field "stearing"', '"steering"?'),
    # -- surveys
    (S, "kind: scale", "kind: scal", 0, "not a kind", '"scale"?'),
    (S, "prompt: How is the Wi-Fi?", "hint: x", -2, 'The question "wifi" has no "prompt"', "Add"),
    (S, "key: device", "key: wifi", 0, "first is in line 10", "another key"),
    (S, "key: tablet", "key: laptop", 0, "first is in line 21", "another key"),
    (S, "top: 2", "top: 3", 0, "is 3, but there are 2 choices", "2 or less"),
    (S, "at_most: 1", "at_most: 9", 0, "is 9, but there are 2 choices", "2 or less"),
    (S, "goal: one-sign-in", "goal: one-signin", 0, "plan.yaml", '"one-sign-in"?'),
    (S, "goal: one-sign-in", "goal: old-goal", 0, "not retired", "one of: one-sign-in"),
    (S, "role]]", "shoes]]", 0, 'cannot be split by "shoes"', "district, role"),
    (S, "role]]", "level]]", 0, '"level" twice', "once"),
    (S, "[level, role]]", "district]", 0, "planned twice", "Remove"),
    (S, "          5: Good\n", "          4: Good\n", -1, "Point 5", 'Add "5:"'),
    (S, "          5: Good\n", "          5: Good\n          6: X\n", 1, 'no point "6"', "1 to 5"),
    (S, "points: 5", "points: 40", 0, '"40"', "from 2 to 11"),
    (S, "minimum: 0", "minimum: 99", 0, "greater than", "Exchange"),
    (S, "minimum: 0", "minimum: .nan", 0, '".nan"', "2.5"),
    (S, "{en: Priorities, es", "{fr: Priorities, es", 0, "lacks the district's language", '"en:"'),
    (S, "{en: Priorities, es", "{en: Priorities, spanish", 0, "not a language", "es-MX"),
    (S, "{en: Priorities, es: Prioridades}", '""', 0, "empty", "Write"),
    (S, "label: Laptop", "label: " + "x" * 76, 0, "76 characters", "Shorten it to 75"),
    (S, "          - {key: money, label: Money}\n", "", -1, "1 choices", "2 to 50"),
    (S, "minutes: 3", "minutes: -3", 0, '"-3"', "from 1 to 60"),
    # -- announcements
    (A, "https://schools", "javascript:schools", 0, "not a web address", "https://"),
    (A, "https://schools.example.org/gradebook", "http://", 0, "not a web address", "https://"),
    (A, "https://schools.example.org", "http://schools.example.org", 0, "not a web", "https://"),
    (A, "https://schools.example.org/gradebook", "http://[::x/", 0, "not a web address", "https"),
    (A, "roles: [teacher]", "roles: [techer]", 0, '"techer"', '"teacher"?'),
    (A, "roles: [teacher]", "roles: [student]", 0, '"student"', "teacher, office"),
    (A, "roles: [teacher]", "levels: [hi]", 0, '"hi"', "elementary, middle"),
    (A, "[oak-high]", "[oak-hihg]", 0, "district's buildings", '"oak-high"?'),
    (A, "[network]", "[netwrok]", 0, "committees.yaml", '"network"?'),
    (A, "[cy.ray@example.org]", "[cy.rey@example.org]", 0, "the roster", '"cy.ray@example.org"?'),
    (A, "why: One place for grades.\n", "", -3, 'no "why"', "Add"),
    (A, "audience:\n", "audience: all\nx:\n", 0, '"all" is not known', "everyone"),
    # -- examples
    (F, '"network"', '"netwrk"', 0, 'no committee "netwrk"', '"network"?'),
    (F, '"text"', '"txt"', 0, 'no "text"', "Add"),
    (F, "{", "{{", 0, "not JSON", "one object a line"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "further", "message", "fix"),
    WRONG,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(WRONG)],
)
def test_an_error_names_its_file_its_line_and_its_fix(
    tmp_path: Path, file: str, old: str, new: str, further: int, message: str, fix: str
) -> None:
    content, line = small.replaced(file, old, new)
    problems = check_district(small.write(tmp_path, {file: content}))
    fitting = [p for p in problems if message in p.message and fix in p.fix]
    assert fitting, "\n".join(map(str, problems)) or "no problem was found"
    assert (fitting[0].file, fitting[0].line) == (file, line + further), fitting


def test_a_right_district_has_no_problems(tmp_path: Path) -> None:
    assert check_district(small.write(tmp_path)) == []


def test_the_product_refuses_a_district_without_named_responders(tmp_path: Path) -> None:
    start = small.DISTRICT.index("  responder-privacy:")
    end = small.DISTRICT.index("  operator:")
    without = small.DISTRICT[:start] + small.DISTRICT[end:]
    (problem,) = check_district(small.write(tmp_path, {"district.yaml": without}))
    assert problem.message == 'Nobody is named as "responder-privacy".'
    assert "Urgent messages must reach someone" in problem.fix
    assert (problem.file, problem.line) == ("district.yaml", 17)


def test_a_responder_needs_a_deputy(tmp_path: Path) -> None:
    at = small.DISTRICT.index("  responder-safety:")
    alone = small.DISTRICT[:at] + small.DISTRICT[at:].replace("[bo.kay@example.org]", "[]", 1)
    (problem,) = check_district(small.write(tmp_path, {"district.yaml": alone}))
    assert "empty list" in problem.message
    assert 'the office "responder-safety"' in problem.message


def test_every_problem_of_every_file_is_found_in_one_reading(tmp_path: Path) -> None:
    changed: dict[str, str | bytes] = {
        "district.yaml": small.DISTRICT.replace("platform: web", "platform: fax"),
        "plan.yaml": small.PLAN.replace("version: 2", "version: two"),
        "surveys/priorities.yaml": small.SURVEY.replace("top: 2", "top: 9"),
    }
    found = check_district(small.write(tmp_path, changed))
    assert [problem.file for problem in found] == sorted(changed)


def test_a_missing_file_is_named_with_the_one_that_was_probably_meant(tmp_path: Path) -> None:
    small.write(tmp_path)
    (tmp_path / "committees.yaml").rename(tmp_path / "comittees.yaml")
    found = check_district(tmp_path)
    missing = next(p for p in found if p.file == "committees.yaml")
    assert missing.fix == 'Rename "comittees.yaml".'
    assert any(p.file == "comittees.yaml" and "Nothing reads" in p.message for p in found)


def test_a_survey_that_nobody_would_read_is_noticed(tmp_path: Path) -> None:
    small.write(tmp_path, {"surveys/pulse.yml": small.SURVEY})
    (problem,) = check_district(tmp_path)
    assert (problem.file, problem.message) == ("surveys/pulse.yml", "Nothing reads this file.")


@pytest.mark.parametrize(
    ("folder", "content", "line"),
    [("surveys", small.SURVEY, 1), ("announcements", small.ANNOUNCEMENT, 1)],
)
def test_two_files_may_not_have_the_same_key(
    tmp_path: Path, folder: str, content: str, line: int
) -> None:
    small.write(tmp_path, {f"{folder}/z.yaml": content})
    (problem,) = check_district(tmp_path)
    assert (problem.file, problem.line) == (f"{folder}/z.yaml", line)
    assert "already" in problem.message


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    latin = small.PLAN.replace("title: One sign-in", "title: Sesión").encode("latin-1")
    (problem,) = [
        p for p in check_district(small.write(tmp_path, {P: latin})) if p.file == "plan.yaml"
    ]
    assert problem.line == 6
    assert "UTF-8" in problem.fix


def test_a_file_too_large_or_empty_is_refused(tmp_path: Path) -> None:
    changed: dict[str, str | bytes] = {P: "# " + "x" * 1_000_001, "committees.yaml": "# soon\n"}
    found = {p.file: p.message for p in check_district(small.write(tmp_path, changed))}
    assert "too large" in found["plan.yaml"]
    assert "empty" in found["committees.yaml"]


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    marked = small.PLAN.encode("utf-8-sig")
    assert check_district(small.write(tmp_path, {P: marked})) == []


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    (problem,) = check_district(tmp_path / "nowhere")
    assert "no folder" in problem.message


def test_a_problem_prints_as_an_editor_can_jump_to_it() -> None:
    problem = Problem(file="a.yaml", line=3, column=5, message="It is wrong.", fix="Mend it.")
    assert str(problem) == "a.yaml:3:5: It is wrong. Mend it."
