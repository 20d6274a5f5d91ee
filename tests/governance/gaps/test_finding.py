"""Which safeguards are gaps, in which assessment, and by which number."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from governance.controls import addresses
from governance.controls.model import Target
from governance.controls.running_commands import (
    CloseAssessment,
    DropAssessment,
    OpenAssessment,
    Verdict,
    WriteAssessment,
)
from governance.forms.commands import Open
from governance.gaps.commands import DecideGap, ShowGaps
from governance.gaps.finding import is_gap
from governance.gaps.handlers import NO_GAP
from governance.gaps.messages import GapsView, GapView
from governance.messages import Refused
from governance.refusals import GONE
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.controls import assessed as asking
from tests.governance.controls.test_assessing_pages import words_of
from tests.governance.gaps.towns import LATER, assessed, decided, deciding, renumbered
from tests.journeys.town import ISO, OFFICE, TEACHER, person


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        yield found


def why(found: object) -> str:
    assert isinstance(found, Refused), found
    return found.why.why


async def undecided(town: Hall) -> list[str]:
    found = await town.ask(ISO, ShowGaps())
    assert isinstance(found, GapsView)
    return [one.number for one in found.undecided]


async def earlier(town: Hall) -> list[str]:
    """The earlier assessments that the scores of the list are from."""
    return [one.earlier for one in (await town.ask(ISO, ShowGaps())).undecided]


async def next_year(town: Hall, **more: object) -> UUID:
    """The draft of another assessment."""
    found = uuid4()
    given = {"name": "Next", "group": "g1", "due": asking.DUE} | more
    await town.ask(ISO, WriteAssessment(framework="small", assessment_id=found, **given))  # type: ignore[arg-type]
    return found


async def test_what_was_sent_back_is_no_gap_until_it_is_answered_again(town: Hall) -> None:
    one = await asking.opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    for who, number in ((TEACHER, "1.1"), (TEACHER, "1.2"), (OFFICE, "2.1")):
        await town.ask(who, asking.answer(one, number, 2))
    await asking.review(town, one, "1.1", Verdict.SEND_BACK, "Look again")

    def gaps(tx: Transaction) -> list[str]:
        assessment, framework = tx.assessment(one), tx.framework("small")
        assert assessment
        assert framework
        return [row.number for row in tx.assessed(one) if is_gap(framework, row, ())]

    assert await town.core.store.read(gaps) == ["1.2", "2.1"] == await undecided(town)
    assert why(await town.ask(ISO, deciding(one, number="1.1"))) == NO_GAP
    assert await earlier(town) == ["", ""]
    await town.ask(ISO, CloseAssessment(assessment_id=one, left=3))
    two = await next_year(town, from_last=True)
    await town.ask(ISO, OpenAssessment(assessment_id=two, unowned=0))
    for number in ("1.1", "2.1"):  # nobody has said that they are still so
        assert why(await town.ask(ISO, deciding(two, number=number))) == NO_GAP
    assert await undecided(town) == ["1.2", "2.1"]  # as they were answered last
    assert await earlier(town) == ["Winter", "Winter"]
    async with browser(town, ISO) as client:
        register = words_of((await client.get(addresses.GAPS)).text)
        assert "2 of these scores are from earlier assessments." in register
        assert "Without a decision 2" in register
        assert register.count("Score 2.0, no target set. From an earlier assessment: Winter.") == 2
        page = await client.get(addresses.safeguard(two, "1.2"))
        assert "This score is from an earlier assessment. Decide about it there." in page.text
        assert "Decide about this gap" not in page.text
        assert f'href="{addresses.safeguard(one, "1.2")}"' in page.text
        there = await client.get(addresses.safeguard(one, "1.2"))
        assert "Decide about this gap" in there.text
        page = await client.get(addresses.safeguard(two, "1.1"))
        assert "no target set" not in page.text, "it was sent back, and has no score"
        await town.ask(TEACHER, asking.answer(two, "1.2", 3))
        page = await client.get(addresses.safeguard(two, "1.2"))
        assert "Score 3.0, no target set. Nothing is decided yet." in words_of(page.text)
        assert "Decide about this gap" in page.text
    assert await earlier(town) == ["", "Winter"]


async def test_each_tile_says_what_the_page_behind_it_lists(town: Hall) -> None:
    """Home counts the last answers of all assessments; an assessment its own."""
    one = await asking.opened(town, owners=f"1 {TEACHER}\n2 {OFFICE}")
    for who, number in ((TEACHER, "1.1"), (TEACHER, "1.2"), (OFFICE, "2.1")):
        await town.ask(who, asking.answer(one, number, 2))
    await town.ask(ISO, deciding(one, number="1.1"))
    await town.ask(ISO, deciding(one, number="1.2"))
    (returned, *_) = await town.core.store.read(lambda tx: tx.gaps(open_only=True))
    back = replace(returned, returned_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_gap(back))
    await town.ask(ISO, CloseAssessment(assessment_id=one, left=3))
    two = await next_year(town, from_last=True)
    await town.ask(ISO, OpenAssessment(assessment_id=two, unowned=0))
    await town.ask(TEACHER, asking.answer(two, returned.number, 3))
    shown = {}
    async with browser(town, ISO) as client:
        for at in ("/", addresses.assessment(two), addresses.assessment(one)):
            shown[at] = await tile(client, at)
        home = (await client.get("/")).text
    assert shown["/"] == ("2", 2), "2.1 was never decided, and one needs a new decision"
    assert "1 of them is from an earlier assessment." in home, "why the next page says 1"
    assert shown[addresses.assessment(two)] == ("1", 1), "of this assessment"
    assert shown[addresses.assessment(one)] == ("2", None), "what was scored anew is listed no more"


async def tile(client: httpx.AsyncClient, at: str) -> tuple[str, int | None]:
    """The figure of a page's tile of gaps, and how many the page behind it lists."""
    page = (await client.get(at)).text
    (found,) = [one for one in page.split('<li class="tile')[1:] if "without a decision" in one]
    figure = re.search(r'tile-figure">(\d+)', found)
    assert figure
    link = re.search(r'tile-label"><a href="([^"]+)"', found)
    if link is None:
        return figure[1], None
    behind = (await client.get(unescape(link[1]))).text
    return figure[1], behind.count('<th scope="row"')


async def test_nothing_is_decided_in_a_draft(town: Hall) -> None:
    """It can be deleted, and with it what a decision was about."""
    gap = await decided(town, await assessed(town.core))
    draft = await next_year(town)

    def answered(tx: Transaction) -> None:
        row = tx.assessed_one(gap.assessment_id, "1.2")
        assert row
        tx.put_assessed([replace(row, assessment_id=draft)])

    await town.core.store.write(answered)
    assert why(await town.ask(ISO, deciding(draft))) == GONE
    shows = Open(of=DecideGap(assessment_id=draft, number="1.2"))
    assert why(await town.ask(ISO, shows)) == GONE
    await town.ask(ISO, DropAssessment(assessment_id=draft))
    again = await decided(town, gap.assessment_id, why="Another reason")
    assert again.gap_id == gap.gap_id


async def test_a_newer_assessment_of_one_control_hides_no_gap_of_another(town: Hall) -> None:
    await assessed(town.core)
    assert await undecided(town) == ["1.2", "2.1"]
    town.clock.forward(days=1)
    two = await next_year(town, controls=("2",))
    await town.ask(ISO, OpenAssessment(assessment_id=two, unowned=1))
    assert await undecided(town) == ["1.2", "2.1"]
    await town.ask(ISO, asking.answer(two, "2.1", 5))
    assert await undecided(town) == ["1.2"]  # the newer answer counts


async def test_the_register_says_what_a_decision_needs(town: Hall) -> None:
    await assessed(town.core)
    target = Target(framework="small", control="2", score=3.5, by=LATER, set_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_target(target))
    found = await town.ask(ISO, ShowGaps())
    owner = (await person(town.core, TEACHER)).name
    assert [(one.score, one.target, one.owner) for one in found.undecided] == [
        (2.25, None, owner),
        (2.25, 3.5, owner),
    ]


# -- numbers that another version of the framework uses anew ---------------------------------------


async def test_a_decision_follows_its_safeguard_to_its_new_number(town: Hall) -> None:
    first = await assessed(town.core)
    gap = await decided(town, first)  # about 1.2
    second = await renumbered(town, first, "1.2")
    assert await undecided(town) == ["1.2", "2.1"]  # the new 1.2; 1.10 has the decision
    another = await decided(town, second, why="About the new safeguard")
    assert another.gap_id != gap.gap_id
    assert len(another.decisions) == 1
    moved = await decided(town, second, number="1.10", why="It has moved")
    assert (moved.gap_id, moved.safeguard, len(moved.decisions)) == (gap.gap_id, "SC 1.10", 2)
    back = await decided(town, first, why="On last year's page")
    assert isinstance(back, GapView)
    assert (back.gap_id, len(back.decisions)) == (gap.gap_id, 3)
