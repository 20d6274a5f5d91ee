"""The demo's rules came to where they stand through the district's own process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.demo import past
from bot.demo.examples import example_past
from bot.files.said_yaml import Past, read_past
from bot.web.tour import demo_rule
from governance.rules.commands import ShowComments, ShowRule
from governance.rules.messages import CommentsView, RuleView
from governance.rules.model import Disposition, Rule, RuleState, RuleStep
from tests.attacks import hall as halls
from tests.attacks.hall import Hall, RoteReader, hall
from tests.journeys.town import TEACHER, example, settle

ITR_1, ITR_4 = demo_rule("ITR 1"), demo_rule("ITR 4")


def only_rules(path: Path) -> Past:
    found = read_past(path)
    said = tuple(one for one in found.said if one.rule)
    return Past(said=said, advised=(), ruled=found.ruled)


STARTS = (
    datetime(2026, 10, 5, 15, tzinfo=UTC),
    datetime(2027, 1, 3, 2, tzinfo=UTC),  # a Saturday evening of the winter break
    datetime(2027, 8, 1, 15, tzinfo=UTC),
    datetime(2028, 2, 29, 15, tzinfo=UTC),
)


@pytest.fixture(params=STARTS, ids=lambda at: f"{at:%b %d}")
async def town(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> AsyncIterator[Hall]:
    monkeypatch.setattr(past, "read_past", only_rules)
    monkeypatch.setattr(past, "DistrictReader", RoteReader)
    monkeypatch.setattr(halls, "MONDAY", request.param)
    calendar = example().district.calendar
    monkeypatch.setattr(halls, "settle", partial(settle, calendar=calendar))
    async with hall(tmp_path, staff=60) as found:
        await past.play_past(found.core, example_past())
        yield found


async def test_each_rule_stands_in_a_place_of_its_own(town: Hall) -> None:
    rules: list[Rule] = list(await town.core.store.read(lambda tx: tx.rules()))
    assert {(one.number, one.state, one.version, one.in_force) for one in rules} == {
        ("ITR 1", RuleState.PUBLISHED, 2, 2),
        ("ITP 7", RuleState.PUBLISHED, 1, 1),
        ("ITR 4", RuleState.COMMENTING, 1, None),
        ("ITR 9", RuleState.PROPOSED, 1, None),
        ("CIS 11.4", RuleState.DRAFT, 0, None),  # begun for a safeguard below its target
    }
    by_number = {one.number: one for one in rules}
    effective = by_number["ITR 1"].effective
    assert effective is not None
    today = town.clock().astimezone(ZoneInfo("America/Chicago")).date()
    assert (effective.month, effective.day) == (8, 1)
    assert timedelta(0) <= today - effective <= timedelta(days=366)
    ends = by_number["ITR 4"].comments_end
    assert ends is not None
    assert ends > town.clock() + timedelta(days=7), "a visitor can comment"


async def test_each_step_was_taken_in_its_order_before_today(town: Hall) -> None:
    view = await town.ask(TEACHER, ShowRule(rule_id=ITR_1))
    assert isinstance(view, RuleView)
    steps = [step for step, _ in view.steps]
    once = ["proposed", "opened", "closed", "submitted", "ratified", "published"]
    assert [one.step for one in steps] == ["drafted", *once, "revising", *once]
    assert [one.at for one in steps] == sorted(one.at for one in steps)
    assert steps[-1].at < town.clock()
    votes = [one.vote for one in steps if one.step is RuleStep.RATIFIED]
    assert all(vote and vote.favor == 7 for vote in votes)
    days = [one.day for one in steps if one.step is RuleStep.PUBLISHED]
    assert days[0] is not None
    assert days[0] > date(2000, 1, 1)


async def test_five_staff_commented_and_one_was_answered(town: Hall) -> None:
    view = await town.ask(
        "anders.holmquist@schools.example.org", ShowComments(rule_id=ITR_4, version=1)
    )
    assert isinstance(view, CommentsView)
    said = [one.comment for one in view.lines]
    assert sorted(one.section for one in said) == [0, 2, 5, 6, 7]
    [answered] = [one for one in said if one.disposition]
    assert (answered.section, answered.disposition) == (7, Disposition.IN_PART)
    assert answered.reason.startswith("A picture alone")
    items = [await town.stored(one.item_id) for one in said]
    assert sum(one.author is None for one in items) == 1, "one spoke anonymously"
    seen = await town.ask(TEACHER, ShowComments(rule_id=ITR_4, version=1))
    assert [one.comment.item_id for one in seen.lines] == [answered.item_id]
