"""A rule's file says what it means, its faults say where, and a round trip loses nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.examples import example_district
from bot.files.problems import Problem
from bot.files.rule_markdown import RuleFile, check_rules, dump_rule, load_rules
from core.people import Audience, Role
from governance.rules.model import Draft, Rule, RuleKind, Version
from governance.rules.text import digest

RULE = """\
---
kind: procedure
number: ITP 3
title: {en: Doors, es: Puertas}
owner: ann.lee@example.org
committee: network
audience:
  roles: [teacher]
serves: [one-sign-in, "5.2"]
changed: The second door
editorial: yes
read-first: yes
---

For all.

## Front
Close it.

## Back
Lock it.
"""
SPANISH = "Para todos.\n\n## Frente\nCiérrela.\n\n## Atrás\nPonga llave.\n"
KNOWN = {
    "person": {"ann.lee@example.org"},
    "committee": {"network"},
    "goal": {"one-sign-in"},
    "building": set[str](),
}


def written(folder: Path, text: str = RULE, spanish: str = SPANISH) -> Path:
    (folder / "itp-3.es.md").write_text(spanish, encoding="utf-8")
    file = folder / "itp-3.md"
    file.write_text(text, encoding="utf-8", newline="")
    return file


def read(*paths: Path) -> list[RuleFile]:
    found = load_rules(paths, KNOWN)
    assert all(isinstance(one, RuleFile) for one in found), found
    return [one for one in found if isinstance(one, RuleFile)]


def problems(*paths: Path) -> list[Problem]:
    found = load_rules(paths, KNOWN)
    return [one for one in found if isinstance(one, Problem)]


def drafted(rule: Rule) -> Draft:
    assert rule.draft is not None
    return rule.draft


def version_of(rule: Rule) -> Version:
    draft = drafted(rule)
    return Version(
        rule_id=rule.id,
        number=1,
        title=draft.title,
        texts=draft.texts,
        language=rule.language,
        digest=digest(draft.title, draft.texts, rule.language, draft.audience),
        changed=draft.changed,
        answers=(),
        material=draft.material,
        read_first=draft.read_first,
        at=datetime(2026, 9, 1, tzinfo=UTC),
        by=None,
        audience=draft.audience,
    )


def test_it_says_what_it_means(tmp_path: Path) -> None:
    [one] = read(written(tmp_path))
    assert (one.file, one.line, one.owner) == ("itp-3.md", 3, "ann.lee@example.org")
    rule, draft = one.rule, drafted(one.rule)
    assert (rule.kind, rule.number, rule.committee) == (RuleKind.PROCEDURE, "ITP 3", "network")
    assert draft.audience == Audience(roles=frozenset({Role.TEACHER}))
    assert rule.serves == ("one-sign-in", "5.2")
    assert draft.title.in_locale("es") == "Puertas"
    assert set(draft.texts) == {"en", "es"}
    assert draft.texts["en"].startswith("For all.\n\n## Front")
    assert (draft.changed, draft.material) == ("The second door", False)
    assert draft.read_first


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_is_exported_reads_back_to_the_same_digest(tmp_path: Path, ends: str) -> None:
    [one] = read(written(tmp_path, RULE.replace("\n", ends)))
    again = tmp_path / "again"
    again.mkdir()
    for name, text in dump_rule(one.rule, version_of(one.rule), one.owner).items():
        (again / name).write_text(text, encoding="utf-8", newline="")
    [back] = read(again)
    assert version_of(back.rule).digest == version_of(one.rule).digest
    assert back.owner == one.owner
    for what in ("kind", "number", "title", "committee", "serves", "language", "draft"):
        assert getattr(back.rule, what) == getattr(one.rule, what), what


WRONG = [
    ("kind: procedure", "kind: rule", 2, '"rule"', "regulation"),
    ("number: ITP 3", "number: '???'", 3, "not a number", "ITR 4"),
    ("number: ITP 3\n", "", 2, 'no "number"', "Add"),
    ("{en: Doors, es: Puertas}", "{es: Puertas}", 4, "lacks", '"en:"'),
    ("ann.lee", "ann.le", 5, "not in the roster", "ann.lee@example.org"),
    ("committee: network", "committee: netwrok", 6, "committees.yaml", '"network"?'),
    ("roles: [teacher]", "roles: [techer]", 8, '"techer"', '"teacher"?'),
    ("one-sign-in", "one-signin", 9, "plan.yaml", '"one-sign-in"?'),
    ('"5.2"', '"5,2"', 9, "neither a goal nor a safeguard", "5.2"),
    ("editorial: yes", "editorial: maybe", 11, "maybe", "true or false"),
    ("changed:", "change:", 10, 'no field "change"', '"changed"?'),
    ("## Front\nClose it.\n\n## Back\nLock it.\n", "Nothing.\n", 14, "no section", "## "),
    ("---\nkind", "kind", 1, "missing, or have no end", '"---"'),
    ("read-first: yes\n---\n", "read-first: yes\n", 1, "missing, or have no end", '"---"'),
    ("kind: procedure", "kind: [", 4, "not YAML", "brackets"),
    ("editorial: yes", "language: Spanish", 11, "not a language", '"en"'),
]


@pytest.mark.parametrize(("old", "new", "line", "message", "fix"), WRONG)
def test_what_is_wrong_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str, fix: str
) -> None:
    assert old in RULE
    file = written(tmp_path, RULE.replace(old, new, 1))
    found = [one for one in problems(file) if one.file == "itp-3.md"]
    assert (found[0].line, message in found[0].message, fix in found[0].fix) == (
        line,
        True,
        True,
    ), found


@pytest.mark.parametrize(
    ("spanish", "message"),
    [
        ("## Frente\nCiérrela.\n", "The sections are 1"),
        ("Nada.\n", "The sections are 0"),
        (RULE, "no fields"),
    ],
)
def test_a_translation_has_the_same_sections(tmp_path: Path, spanish: str, message: str) -> None:
    found = problems(written(tmp_path, spanish=spanish))
    assert {one.file for one in found} == {"itp-3.es.md"}
    assert message in found[0].message


def test_in_a_folder_each_number_and_each_file_is_one_rule(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "twin.md").write_text(RULE.replace("ITP 3", "itp-3"))
    (tmp_path / "lost.es.md").write_text(SPANISH)
    said = [str(one) for one in problems(tmp_path)]
    assert len(said) == 2
    assert "lost.es.md:1: There is no lost.md next to it." in said[0]
    assert 'twin.md:3: "itp-3" is in' in said[1]
    assert "translation" in str(problems(tmp_path / "itp-3.es.md")[0])


def test_the_example_district_s_rules_have_nothing_to_fix() -> None:
    folder = example_district()
    for rules in (folder / "rules", folder.parent / "rules_before"):
        found = check_rules([rules], folder)
        assert all(isinstance(one, RuleFile) for one in found), found
    assert len(load_rules([folder / "rules"])) == 4
