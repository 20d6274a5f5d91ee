"""A draft is there for the ISO and the CTO, and for nobody else."""

from __future__ import annotations

from core.commands import Command
from governance.controls.answer_commands import (
    AnswerNext,
    AnswerSafeguard,
    HandOverSafeguards,
    KeepAnswer,
)
from governance.controls.commands import (
    ShowAssessment,
    ShowControl,
    ShowPractices,
    ShowSafeguard,
)
from governance.controls.running_commands import ReviewNext, ReviewSafeguard, ShowRun
from governance.forms.commands import Open
from governance.messages import Refused
from governance.refusals import GONE
from tests.attacks.hall import Hall
from tests.governance.controls.assessed import answer, begun
from tests.journeys.town import CHAIR, CTO, ISO, TEACHER


async def test_the_iso_and_the_cto_read_a_draft(town: Hall) -> None:
    which = await begun(town, committee="network")
    for who in (ISO, CTO):
        for command in (
            ShowAssessment(assessment_id=which),
            ShowControl(assessment_id=which, control="1"),
            ShowSafeguard(assessment_id=which, number="1.1"),
            ShowRun(assessment_id=which),
        ):
            assert not isinstance(await town.ask(who, command), Refused), (who, command)
        view = await town.ask(who, ShowPractices())
        assert [one.id for one, _ in view.all] == [which]


async def test_a_draft_is_not_there_for_its_owners_and_its_committee(town: Hall) -> None:
    which = await begun(town, committee="network")
    asked: list[Command] = [
        ShowAssessment(assessment_id=which),
        ShowSafeguard(assessment_id=which, number="1.1"),
        AnswerNext(assessment_id=which),
        Open(of=AnswerSafeguard(assessment_id=which, number="1.1")),
        answer(which, "1.1"),
        KeepAnswer(assessment_id=which, number="1.1", seen=0),
        Open(of=HandOverSafeguards(assessment_id=which, number="1.1")),
        HandOverSafeguards(assessment_id=which, number="1.1", to=CHAIR),
    ]
    for who in (TEACHER, CHAIR):
        for command in asked:
            told = await town.ask(who, command)
            assert isinstance(told, Refused), (who, command)
            assert told.why.why == GONE, (who, command)
        view = await town.ask(who, ShowPractices())
        assert (view.own, view.all) == ((), ())


async def test_nothing_of_a_draft_can_be_reviewed(town: Hall) -> None:
    which = await begun(town)
    told = await town.ask(ISO, Open(of=ReviewSafeguard(assessment_id=which, number="1.1")))
    assert isinstance(told, Refused)
    assert told.why.why == GONE
    assert not isinstance(await town.ask(ISO, ReviewNext(assessment_id=which)), Refused)
