"""The demo's practices: last year's assessment is over, and this year's is under way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from statistics import fmean

import pytest

from bot.demo import past
from bot.demo.examples import example_past
from bot.demo.practices import LAST_YEAR, THIS_YEAR, past_practices
from bot.files.framework_yaml import included
from bot.files.said_yaml import Past
from governance.controls.commands import ShowPractices
from governance.controls.messages import PracticesView
from governance.controls.model import AnswerState, Assessed, AssessmentState, Dimension
from governance.gaps.commands import ShowGaps
from governance.gaps.messages import GapsView
from governance.gaps.model import GapChoice
from governance.rules.model import RuleState
from governance.school_days import today
from tests.attacks import hall as halls
from tests.attacks.hall import Hall, RoteReader, hall
from tests.bot.demo.test_demo_changes import STARTS
from tests.journeys.town import ISO, TEACHER, example, settle

OWNER = "marguerite.solano@schools.example.org"
PAST = past_practices()
CIS = included()["cis-8.1"]


@pytest.fixture(params=STARTS, ids=lambda at: f"{at:%b %d}")
async def town(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> AsyncIterator[Hall]:
    monkeypatch.setattr(past, "read_past", lambda _: Past(said=(), advised=()))
    monkeypatch.setattr(past, "plan_survey", lambda _: None)
    monkeypatch.setattr(past, "DistrictReader", RoteReader)
    monkeypatch.setattr(halls, "MONDAY", request.param)
    calendar = example().district.calendar
    monkeypatch.setattr(halls, "settle", partial(settle, calendar=calendar))
    async with hall(tmp_path, staff=7_100) as found:
        await past.play_past(found.core, example_past())
        yield found


def mean(row: Assessed) -> float:
    return fmean(row.answer.scores[one] for one in Dimension)


async def test_the_iso_finds_two_years_and_an_owner_their_own(town: Hall) -> None:
    view = await town.ask(ISO, ShowPractices())
    assert isinstance(view, PracticesView)
    assert [(one.id, one.state) for one, _ in view.all] == [
        (THIS_YEAR, AssessmentState.OPEN),
        (LAST_YEAR, AssessmentState.CLOSED),
    ]
    assert {one.key for one in view.frameworks} == {"cis", "student-data-privacy"}
    this, last = (one for one, _ in view.all)
    assert all(re.fullmatch(r"CIS Controls IG1, \w+ 202\d", one.name) for one in (this, last))
    assert this.name != last.name
    assert this.after == last.id

    before = await town.core.store.read(lambda tx: tx.assessed(LAST_YEAR))
    rows = await town.core.store.read(lambda tx: tx.assessed(THIS_YEAR))
    scope = [one.number for one in CIS.in_group("ig1")]
    assert [one.number for one in before] == [one.number for one in rows] == scope
    assert {one.state for one in before} == {AnswerState.CONFIRMED}
    assert sum(one.answer.applicable is False for one in before) == 3
    assert len({one.owner for one in rows}) == 11
    states = Counter(one.state for one in rows)
    assert states[AnswerState.SENT_BACK] == 1
    assert states[AnswerState.OPEN] == len(rows) - len(PAST.answered)
    answered = states[AnswerState.DONE] + states[AnswerState.CONFIRMED]
    assert 0.6 < answered / len(rows) < 0.72, "about two thirds"
    assert min(states[AnswerState.DONE], states[AnswerState.CONFIRMED]) > 8

    day = await town.core.store.read(lambda tx: today(tx, town.clock()))
    assert last.due < day < this.due
    for row in (*before, *rows):
        assert not row.answered_at or row.answered_at <= town.clock()
        if row.answer.applicable:
            assert row.answer.scores.keys() == set(Dimension)
            assert row.answer.evidence
    # The controls differ, and most are better than they were.
    old = {one.number: mean(one) for one in before if one.answer.applicable}
    new = {one.number: mean(one) for one in rows if one.answer.applicable}
    better = [new[one] > old[one] for one in new if one in old]
    assert 0.6 < fmean(better) < 1
    assert max(new.values()) - min(new.values()) > 1.5

    own = await town.ask(OWNER, ShowPractices())
    assert isinstance(own, PracticesView)
    [(assessment, _, lines)] = own.own
    assert assessment.id == THIS_YEAR
    assert {one.number: one.state for one in lines} == {
        "1.1": AnswerState.CONFIRMED,
        "1.2": AnswerState.CONFIRMED,
        "14.6": AnswerState.OPEN,
        "17.2": AnswerState.DONE,
        "17.3": AnswerState.SENT_BACK,
    }
    assert [one.id for one, _ in own.all] == [LAST_YEAR], "closed, and they owned some of it"
    assert (await town.ask(TEACHER, ShowPractices())) == PracticesView()


async def test_there_are_targets_and_a_gap_of_each_kind(town: Hall) -> None:
    day = await town.core.store.read(lambda tx: today(tx, town.clock()))
    targets = await town.core.store.read(lambda tx: tx.targets("cis"))
    assert [one.control for one in targets] == ["", "6", "8", "11"]
    gaps = await town.core.store.read(lambda tx: tx.gaps())
    assert {one.decision.choice for one in gaps} == set(GapChoice)
    assert all(one.by > day for one in targets)
    assert all(one.decision.by_day > day for one in gaps)
    [accepted] = [one for one in gaps if one.decision.choice is GapChoice.ACCEPT]
    assert accepted.decision.accepted_by
    assert accepted.decision.agreed_at, "the CTO said so"
    [mended] = [one for one in gaps if one.decision.choice is GapChoice.MEND]
    [work] = await town.core.store.read(lambda tx: tx.gap_work(mended.id))
    rule = await town.core.store.read(lambda tx: tx.rule(work.subject))
    assert rule is not None
    assert rule.state is RuleState.DRAFT

    register = await town.ask(ISO, ShowGaps())
    assert isinstance(register, GapsView)
    answered = set(PAST.answered) - {PAST.sent_back}
    undecided = {one.number for one in register.undecided if one.assessment_id == THIS_YEAR}
    assert undecided
    assert undecided <= answered, "last year's scores are no gaps of this year"
    before = {one.number for one in register.undecided if one.assessment_id != THIS_YEAR}
    assert before
    assert not before & answered, "the newer answer counts"
    owners = {one.owner for one in await town.core.store.read(lambda tx: tx.assessed(THIS_YEAR))}
    assert {one.decision.owner for one in gaps} <= owners


def test_everybody_and_every_number_is_known() -> None:
    numbers = {one.number for one in CIS.in_group("ig1")}
    assert {one.partition(".")[0] for one in numbers} == PAST.areas.keys()
    named = {*PAST.others, *PAST.not_applicable, *PAST.answered, PAST.sent_back}
    assert named | {one.number for one in PAST.gaps} <= numbers
    assert PAST.not_applicable.keys() <= set(PAST.answered)
