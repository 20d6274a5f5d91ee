"""Rules come in as files, all of them or none, and go out as the files they came from."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.demo.examples import example_district
from bot.files.rule_markdown import RuleFile, load_rules
from bot.operator.operations import do
from bot.operator.telling import Told
from governance.rules.commands import ShowRule, TakeStep
from governance.rules.messages import RuleView
from governance.rules.model import Rule, RuleState, RuleStep
from governance.rules.text import digest
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited
from tests.journeys.town import ISO, person

RULES = example_district() / "rules"
LEADS = "delphine.okoro@schools.example.org"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def brought(town: Hall, *paths: Path) -> Told:
    return await do(town.core, "rule-import", {"paths": [str(one) for one in paths]})


async def rules(town: Hall) -> dict[str, Rule]:
    return {one.number: one for one in await town.core.store.read(lambda tx: tx.rules())}


def copied(folder: Path, name: str, **changes: str) -> Path:
    """A rule of the example with its translations, and with ``changes`` in its own text."""
    folder.mkdir(exist_ok=True)
    for file in RULES.glob(f"{name}*.md"):
        text = file.read_text(encoding="utf-8")
        for old, new in changes.items():
            text = text.replace(old, new) if file.stem == name else text
        (folder / file.name).write_text(text, encoding="utf-8")
    return folder / f"{name}.md"


async def test_new_ones_become_drafts_of_their_owner_and_the_same_again_changes_nothing(
    town: Hall,
) -> None:
    told = await brought(town, RULES)
    assert told.ok, told.lines
    assert set(told.lines) == {
        f"{one}: a new draft." for one in ("ITP 7", "ITR 1", "ITR 4", "ITR 9")
    }
    first = await rules(town)
    assert {one.state for one in first.values()} == {RuleState.DRAFT}
    assert first["ITR 4"].draft.owner == (await person(town.core, ISO)).id
    assert first["ITR 4"].title.in_locale("es").startswith("Contraseñas")
    assert "rule imported" in await audited(town)

    again = await brought(town, RULES)
    assert all("unchanged" in one for one in again.lines), again.lines
    assert await rules(town) == first


async def test_a_draft_is_replaced_under_its_id(town: Hall, tmp_path: Path) -> None:
    await brought(town, copied(tmp_path, "itr-9"))
    before = (await rules(town))["ITR 9"]
    told = await brought(town, copied(tmp_path, "itr-9", **{"can help in class": "may help"}))
    assert told.lines == ("ITR 9: its draft is replaced.",)
    after = (await rules(town))["ITR 9"]
    assert after.id == before.id
    assert after.draft is not None
    assert "may help" in after.draft.texts["en"]


async def test_a_broken_file_changes_nothing(town: Hall, tmp_path: Path) -> None:
    good = copied(tmp_path, "itr-4")
    bad = copied(tmp_path, "itr-9", **{"committee: governance-security": "committee: nobody"})
    told = await brought(town, good, bad)
    assert not told.ok
    assert told.lines[0].startswith("itr-9.md:6:12: ")
    assert told.lines[-1] == "1 to fix; nothing was changed."
    assert await rules(town) == {}


async def test_what_is_elsewhere_in_the_process_is_refused_and_nothing_else_comes_in(
    town: Hall, tmp_path: Path
) -> None:
    await brought(town, copied(tmp_path, "itr-4"))
    rule = (await rules(town))["ITR 4"]
    await town.ask(ISO, TakeStep(rule_id=rule.id, step=RuleStep.PROPOSED))
    await town.ask(LEADS, TakeStep(rule_id=rule.id, step=RuleStep.OPENED))
    open_now = await rules(town)
    same = await brought(town, tmp_path / "itr-4.md")
    assert same.lines == ("ITR 4: unchanged.",)
    changed = copied(tmp_path, "itr-4", **{"at least 14": "at least 20"})
    told = await brought(town, changed, copied(tmp_path, "itr-9"))
    assert not told.ok
    assert told.lines[0].startswith("itr-4.md:3: ITR 4 cannot be imported. It is open for comment.")
    assert await rules(town) == open_now


async def test_a_version_is_exported_as_the_files_it_came_from(town: Hall, tmp_path: Path) -> None:
    await brought(town, RULES)
    rule = (await rules(town))["ITR 4"]
    early = await do(town.core, "rule-export", {"number": "itr 4", "path": str(tmp_path)})
    assert early.lines == ("ITR 4 has no version yet: its draft was not proposed.",)
    await town.ask(ISO, TakeStep(rule_id=rule.id, step=RuleStep.PROPOSED))
    out = tmp_path / "out"
    told = await do(town.core, "rule-export", {"number": "itr 4", "path": str(out)})
    assert told.ok
    assert sorted(one.name for one in out.iterdir()) == ["itr-4.es.md", "itr-4.md"]
    [back] = load_rules([out])
    assert isinstance(back, RuleFile)
    draft = back.rule.draft
    assert draft is not None
    view = await town.ask(ISO, ShowRule(rule_id=rule.id))
    assert isinstance(view, RuleView)
    assert view.version is not None
    assert (
        digest(draft.title, draft.texts, back.rule.language, draft.audience) == view.version.digest
    )
    assert (await brought(town, out)).lines == ("ITR 4: unchanged.",)
    none = await do(town.core, "rule-export", {"number": "ITR 4", "version": 7, "path": str(out)})
    assert none.lines == ("ITR 4 has no version 7; the newest is 1.",)


async def test_the_list_says_where_each_stands(town: Hall) -> None:
    assert (await do(town.core, "rule-list", {})).lines == ("There are no rules yet.",)
    await brought(town, RULES)
    rule = (await rules(town))["ITR 1"]
    await town.ask(ISO, TakeStep(rule_id=rule.id, step=RuleStep.PROPOSED))
    told = await do(town.core, "rule-list", {})
    assert told.lines == (
        "ITP 7: Lost and stolen devices; Draft",
        "ITR 1: Acceptable use; Proposed to its committee",
        "ITR 4: Passwords and passphrases; Draft",
        "ITR 9: Generative AI in classrooms; Draft",
    )
    holds = replace(rule, state=RuleState.PUBLISHED, in_force=1, effective=town.clock().date())
    await town.core.store.write(lambda tx: tx.put_rule(holds))
    told = await do(town.core, "rule-list", {})
    assert told.lines[1].endswith("use; In effect; version 1 in effect from 2026-10-05")


def test_files_are_checked_without_a_database(tmp_path: Path) -> None:
    fine = CliRunner().invoke(app, ["rule", "check", str(RULES), "--district", str(RULES.parent)])
    assert fine.exit_code == 0, fine.output
    assert "rules/itr-4.md: ITR 4. Nothing to fix." in fine.output
    bad = copied(tmp_path, "itr-9", **{"number: ITR 9\n": ""})
    wrong = CliRunner().invoke(app, ["rule", "check", str(bad)])
    assert wrong.exit_code == 1
    assert 'itr-9.md:2:1: The rule has no "number". Add "number:".' in wrong.output
    assert "1 to fix." in wrong.output


async def test_a_file_of_something_else_is_no_file_of_acknowledgements(
    town: Hall, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name\nAnn\n")
    told = await do(town.core, "rule-verify", {"path": str(other)})
    assert not told.ok
    assert told.lines == ("This is not a file of acknowledgements: it has other columns.",)
