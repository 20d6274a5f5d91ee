"""A rule and the committee that has to agree: on its agenda, and where nobody leads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from governance.rules.commands import DisposeComments, ShowComments, TakeStep
from governance.rules.messages import CommentsView, RuleView
from governance.rules.model import Disposition, RuleStep
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.rules.test_process import (
    TEXT,
    commented,
    proposed,
    say,
    take,
    until_comments_end,
    written,
)
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def agenda(town: Hall, who: str = CHAIR, asked: str = "") -> str:
    async with browser(town, who) as client:
        page = await client.get(f"/committees/network/agenda{asked}")
        assert page.status_code == 200, page.text
        return page.text


async def settle_comments(town: Hall, rule: UUID) -> None:
    """Whoever may read a comment answers it."""
    for line in (await town.ask(ISO, ShowComments(rule_id=rule))).lines:
        item = line.comment.item_id
        answer = DisposeComments(
            rule_id=rule,
            item_id=item,
            comments=(str(item),),
            disposition=Disposition.ACCEPTED,
            reason="Carts have a card now.",
        )
        assert isinstance(await town.ask(ISO, answer), CommentsView)


async def test_a_rule_that_waits_for_its_committee_is_on_the_agenda_with_what_was_said(
    town: Hall,
) -> None:
    assert "Rules to decide</h2>" not in await agenda(town)
    rule = await proposed(town)
    await say(town, CHAIR, rule, "Say whom to call at night", section=2)
    page = await agenda(town)
    assert "Rules to decide</h2>" in page
    assert "ITR 4: Passwords" in page
    assert "Open it for comment, or send it back with a reason." in page
    assert "2. Lost devices" in page
    assert "Say whom to call at night" in page
    assert f'href="/rules/{rule}/1"' in page
    handed_on = await agenda(town, asked="?shared=yes")
    assert "ITR 4: Passwords" in handed_on
    assert "whom to call" not in handed_on


async def test_the_quorum_counts_who_belongs_by_a_group(town: Hall) -> None:
    rule = await commented(town)
    await until_comments_end(town)
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    district = await town.core.store.read(lambda tx: tx.district())
    network = next(one for one in district.committees if one.key == "network")
    joined = tuple(f"one-{n}@schools.example.org" for n in range(21))
    grown = replace(network, group_members=joined, quorum=0)
    others = [one for one in district.committees if one.key != "network"]
    changed = replace(district, committees=(*others, grown))
    await town.core.store.write(lambda tx: tx.put_district(changed, tx.examples(), town.clock()))
    needed = (len({*network.leaders, *network.members}) + 21) // 2 + 1
    form = await town.ask(CHAIR, Open(of=TakeStep(rule_id=rule, step=RuleStep.RATIFIED)))
    assert form.opening.hints["present"].n == needed
    votes = {"favor": "8", "against": "0", "abstained": "0", "on": town.clock().date()}
    few = await take(town, CHAIR, rule, RuleStep.RATIFIED, present=str(needed - 1), **votes)
    assert isinstance(few, FormView)
    assert "no quorum" in few.unfit["present"].why
    view = await take(town, CHAIR, rule, RuleStep.RATIFIED, present=str(needed), **votes)
    assert isinstance(view, RuleView), view


async def nobody_leads(town: Hall) -> None:
    """Chair and deputy have left."""
    district = await town.core.store.read(lambda tx: tx.district())
    committees = tuple(replace(one, chair="", deputy="") for one in district.committees)
    left = replace(district, committees=committees)
    await town.core.store.write(lambda tx: tx.put_district(left, tx.examples(), town.clock()))


async def test_nothing_is_proposed_to_a_committee_that_nobody_leads(town: Hall) -> None:
    waits = await proposed(town)
    draft = uuid4()
    await town.ask(ISO, written(draft, number="ITR 5"))
    await nobody_leads(town)
    refused = await take(town, ISO, draft, RuleStep.PROPOSED)
    assert isinstance(refused, Refused)
    assert "has no chair or deputy" in refused.why.why
    async with browser(town, ISO) as client:
        page = (await client.get(f"/rules/{waits}")).text
    assert "has no chair or deputy, so no one can decide" in page
    async with browser(town, CTO) as client:
        assert "chair or deputy" not in (await client.get(f"/rules/{waits}")).text


async def test_what_staff_said_is_there_when_the_committee_votes_and_names_no_member(
    town: Hall,
) -> None:
    rule = await commented(town)
    chair = await person(town.core, CHAIR)
    await say(town, TEACHER, rule, "Four words are a lot", section=1)
    await say(town, TEACHER, rule, f"{chair.name} never asked us", section=1)
    assert "ITR 4: Passwords" not in await agenda(town), "it is staff's turn"
    await until_comments_end(town)
    await settle_comments(town, rule)
    await take(town, ISO, rule, RuleStep.SUBMITTED)
    page = await agenda(town)
    assert "Vote on it." in page
    assert "Four words are a lot" in page
    assert "Accepted: Carts have a card now." in page
    assert "never asked us" not in page
    assert "Read all 2 comments" in page
    assert TEXT.splitlines()[0] not in page
