"""The library asks the database as often for fifty rules as for five, and shows of each what its
reader may see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from core.text import Text
from governance.acknowledgements.commands import ShowAcknowledgements
from governance.rules.commands import ShowRules
from governance.rules.handlers import fix_version
from governance.rules.messages import RulesView
from governance.rules.model import Draft, RuleState, RuleStep, Step
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser, publish_to_everybody
from tests.governance.acknowledgements.rules_in_force import publish
from tests.governance.office.counting import statements
from tests.journeys.town import ISO, TEACHER


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def fill(town: Hall, rules: range) -> None:
    """Rules in force, of each a second version that only those who work on it may see."""

    def made(tx: Transaction) -> None:
        now = town.clock()
        for n in rules:
            key = publish(tx, f"ITR {n}", now)
            rule = tx.rule(key)
            assert rule is not None
            tx.add_rule_step(
                Step(id=key, rule_id=key, step=RuleStep.PUBLISHED, version=1, by=None, at=now)
            )
            draft = Draft(title=Text(default="A secret title"), texts={"en": "Secret words."})
            newer = fix_version(tx, replace(rule, draft=draft), None, now)
            tx.put_rule(replace(newer, title=draft.title, state=RuleState.PROPOSED))

    await town.core.store.write(made)


@pytest.mark.parametrize(
    ("who", "command"),
    [
        (TEACHER, ShowRules()),
        (TEACHER, ShowRules(query="text")),
        (ISO, ShowRules()),
        (ISO, ShowAcknowledgements()),
    ],
)
async def test_fifty_rules_take_as_many_statements_as_five(
    town: Hall, who: str, command: Any
) -> None:
    await fill(town, range(5))
    await statements(town, who, command)  # what is read once for good
    few, view = await statements(town, who, command)
    await fill(town, range(5, 50))
    many, later = await statements(town, who, command)
    assert many == few
    if isinstance(view, RulesView):
        assert isinstance(later, RulesView)
        assert (len(view.rows), len(later.rows)) == (5, 50)
        secret = [one for one in later.rows if one.title.default == "A secret title"]
        assert len(secret) == (50 if who == ISO else 0)
        assert {one.state for one in later.rows} == {
            RuleState.PROPOSED if who == ISO else RuleState.PUBLISHED
        }


async def test_so_it_is_for_anybody_where_the_rules_are_public(town: Hall) -> None:
    await publish_to_everybody(town)
    seen = []
    for more in (range(5), range(5, 50)):
        await fill(town, more)
        async with browser(town) as client:
            await client.get("/rules")
            count = [0]

            def counted(*_: Any, count: list[int] = count) -> None:
                count[0] += 1

            event.listen(town.core.store.engine, "after_cursor_execute", counted)
            page = await client.get("/rules")
            event.remove(town.core.store.engine, "after_cursor_execute", counted)
        assert page.status_code == 200
        assert "Title of ITR 0" in page.text
        assert "secret" not in page.text
        seen.append(count[0])
    assert seen[0] == seen[1]
    assert seen[0] <= 25
