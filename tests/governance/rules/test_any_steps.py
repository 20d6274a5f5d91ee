"""Any sequence of steps by anybody keeps what the process promises; and what differs between two
texts, applied to the one, gives the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.commands import DisposeComments, ShowRule, TakeStep
from governance.rules.handlers import STEPS
from governance.rules.messages import RuleView
from governance.rules.model import Disposition, RuleState, RuleStep, Step, Version
from governance.rules.text import digest_of, sections
from tests.attacks.hall import Hall, hall
from tests.governance.rules.test_process import TEXT, VOTE, say, written
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER

PEOPLE = (CHAIR, CTO, ISO, OFFICE, TEACHER)
WHOSE = {
    RuleStep.PROPOSED: ISO,
    RuleStep.RETURNED: CHAIR,
    RuleStep.WITHDRAWN: ISO,
    RuleStep.OPENED: CHAIR,
    RuleStep.EXTENDED: ISO,
    RuleStep.AMENDED: ISO,
    RuleStep.SUBMITTED: ISO,
    RuleStep.RATIFIED: CHAIR,
    RuleStep.NOT_RATIFIED: CHAIR,
    RuleStep.PUBLISHED: CTO,
    RuleStep.NOT_APPROVED: CTO,
    RuleStep.REVISING: ISO,
    RuleStep.REVIEWED: ISO,
    RuleStep.INTERIM: CTO,
    RuleStep.SUPERSEDED: CTO,
    RuleStep.RETIRED: CTO,
}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


@pytest.mark.parametrize("seed", range(6))
async def test_any_steps_by_anybody_keep_what_the_process_promises(town: Hall, seed: int) -> None:
    chance, rule = Random(seed), uuid4()  # noqa: S311 - replayed
    await town.ask(ISO, written(rule))
    said: dict[UUID, int] = {}
    kept: dict[int, Version] = {}
    for turn in range(80):
        await _turn(town, rule, chance, said, turn)
        versions, steps, comments = await _seen(town, rule)
        for one in versions:
            assert kept.setdefault(one.number, one) == one, "a version was changed"
            assert digest_of(one) == one.digest
        assert {one.item_id: one.version for one in comments} == said, "a comment was lost or moved"
        _by_whom(steps, await _names(town))
        _agreed(steps)
    assert len({one.step for one in (await _seen(town, rule))[1]}) >= 5, "the walk went nowhere"


async def _turn(town: Hall, rule: UUID, chance: Random, said: dict[UUID, int], turn: int) -> None:
    """Mostly what is possible now, by whose it is; else anything by anybody."""
    view = await town.ask(ISO, ShowRule(rule_id=rule))
    state = view.rule.state
    possible = [step for step, way in STEPS.items() if state in way.come_from]
    what = chance.random()
    if what < 0.15 and state is RuleState.COMMENTING:
        item = await say(town, chance.choice(PEOPLE), rule, f"Comment {turn}", chance.randint(0, 2))
        said[item] = view.rule.version
    elif what < 0.3:
        town.clock.moved += timedelta(days=chance.choice((1, 8, 40)))
        await town.core.dispatch.keep_time()
    elif what < 0.45:
        await town.ask(ISO, written(rule, f"{TEXT}\nTurn {turn}.", changed="More"))
    elif what < 0.6:
        for item in said:
            answered = DisposeComments(
                rule_id=rule,
                item_id=item,
                comments=(str(item),),
                disposition=chance.choice(list(Disposition)),
                reason="Thank you.",
            )
            await town.ask(chance.choice((ISO, ISO, ISO, TEACHER)), answered)
    else:
        anything = chance.random() < 0.2 or not possible
        ends = {RuleStep.WITHDRAWN, RuleStep.RETIRED} if chance.random() < 0.95 else set()
        among = list(STEPS) if anything else possible
        step = chance.choice([step for step in among if step not in ends] or among)
        who = chance.choice(PEOPLE) if chance.random() < 0.2 else WHOSE[step]
        day = town.clock().date() + timedelta(days=chance.choice((0, 0, 3, 45)))
        if step is RuleStep.RATIFIED:
            day = town.clock().date()
        votes = VOTE if chance.random() < 0.8 else VOTE | {"favor": "1", "against": "8"}
        votes = votes if chance.random() < 0.8 else votes | {"present": "1"}
        command = TakeStep(rule_id=rule, step=step, why="So it is.", on=day, **votes)
        before = view.rule
        answer = await town.ask(who, command)
        if not isinstance(answer, RuleView):
            assert (await town.ask(ISO, ShowRule(rule_id=rule))).rule == before, "it was refused"


async def _seen(town: Hall, rule: UUID) -> tuple[list[Version], list[Step], list[object]]:
    return await town.core.store.read(
        lambda tx: (
            list(tx.rule_versions(rule)),
            list(tx.rule_steps(rule)),
            list(tx.rule_comments(rule)),
        )
    )


async def _names(town: Hall) -> dict[UUID, str]:
    found = await town.core.store.read(lambda tx: [tx.person_by_email(email) for email in PEOPLE])
    return {one.id: one.email for one in found if one is not None}


def _by_whom(steps: list[Step], names: dict[UUID, str]) -> None:
    for one in steps:
        if one.step in WHOSE:
            assert one.by is not None
            assert names[one.by] == WHOSE[one.step], one.step


def _agreed(steps: list[Step]) -> None:
    """Nothing is published that its committee did not ratify, in this very version, with more
    votes for it than against it."""
    for place, one in enumerate(steps):
        if one.step is RuleStep.PUBLISHED:
            ratified = [
                other
                for other in steps[:place]
                if other.step is RuleStep.RATIFIED and other.version == one.version
            ]
            assert ratified
            vote = ratified[-1].vote
            assert vote is not None
            assert vote.favor > vote.against


@given(st.text(max_size=400))
def test_sections_of_any_text_are_numbered_in_order(text: str) -> None:
    numbers = [one.number for one in sections(text)]
    assert numbers in (list(range(len(numbers))), list(range(1, len(numbers) + 1)))
