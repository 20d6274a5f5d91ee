"""What each reader is shown of an assessment, and what the audit has of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest
from sqlalchemy import text

from core.text import text as text_
from governance.controls import addresses
from governance.controls.commands import ShowAssessment, ShowControl
from governance.controls.figure_commands import (
    RemoveTarget,
    SetTarget,
    ShowPracticesReport,
)
from governance.controls.figures import shown
from governance.controls.model import (
    Answer,
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Dimension,
)
from governance.controls.running_commands import OpenAssessment, WriteAssessment
from governance.controls.targets import NO_SCORE
from governance.controls.views import (
    AssessmentView,
    ControlView,
    PracticesReport,
    TargetChanged,
)
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Refused
from governance.refusals import GONE, ISO_AND_CTO, ISO_ONLY
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.governance.announcements.test_campaigning import audited
from tests.governance.controls.assessed import opened
from tests.governance.controls.eighteen import EIGHTEEN
from tests.governance.controls.frameworks import SMALL
from tests.governance.controls.test_assessing_pages import hand_in
from tests.governance.controls.test_figures import by_chance
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

DUE = date(2026, 11, 2)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def assessed(
    town: Hall,
    *,
    state: AssessmentState = AssessmentState.OPEN,
    seed: int = 7,
    days: int = 0,
    confirmed: bool = False,
    group: str = "ig3",
    **more: Any,
) -> Assessment:
    """Answers by chance, of which fewer than half count unless they are ``confirmed``; the teacher
    owns 1.1."""
    teacher = (await person(town.core, TEACHER)).id
    given = Assessment(
        id=uuid4(),
        name="Winter",
        framework="eighteen",
        version="8.1",
        group=group,
        due=DUE,
        committee="network",
        state=AssessmentState.OPEN,
        made_at=town.clock() - timedelta(days=days),
        **more,
    )

    def own(one: Assessed) -> Assessed:
        owner = teacher if one.number == "1.1" else None
        state = AnswerState.CONFIRMED if confirmed and one.answer.given else one.state
        return replace(one, assessment_id=given.id, owner=owner, due=DUE, state=state)

    ended = replace(given, state=state, closed_at=town.clock())

    def put(tx: Transaction) -> None:
        tx.put_framework(EIGHTEEN, None, town.clock())
        tx.put_assessment(given)
        tx.put_assessed([own(one) for one in by_chance(seed)])
        if state is not AssessmentState.OPEN:
            tx.put_assessment(ended)

    await town.core.store.write(put)
    return ended


# -- figures -------------------------------------------------------------------------------------


async def from_the_rows(town: Hall, given: Assessment) -> Fraction:
    """The overall score out of what the database holds: decrypted, read as JSON, and added up."""

    def read(tx: Transaction) -> Fraction:
        rows = tx.connection.execute(
            text("SELECT number, state, secret FROM assessed_safeguard WHERE assessment_id = :id"),
            {"id": given.id.hex},
        )
        scores: dict[str, list[Fraction]] = {}
        for number, state, secret in rows:
            plain = tx.vault.decrypt("practices", uuid5(given.id, number), secret)
            answer = json.loads(plain)
            if answer.get("applicable") and state in ("done", "confirmed"):
                four = [int(one) for one in answer["scores"].values()]
                assert len(four) == 4
                scores.setdefault(number.split(".")[0], []).append(Fraction(sum(four), 4))
        of_controls = [sum(some) / len(some) for some in scores.values()]
        return Fraction(sum(of_controls), len(of_controls))

    return await town.core.store.read(read)


@pytest.mark.parametrize("seed", range(3))
async def test_the_page_has_the_score_that_the_stored_answers_add_up_to(
    town: Hall, seed: int
) -> None:
    given = await assessed(town, seed=seed)
    view = await town.ask(ISO, ShowAssessment(assessment_id=given.id))
    assert isinstance(view, AssessmentView)
    assert view.figures is not None
    assert view.figures.overall.mean == pytest.approx(float(await from_the_rows(town, given)))


async def test_the_trend_has_the_assessments_of_the_framework_that_have_begun(town: Hall) -> None:
    first = await assessed(town, state=AssessmentState.CLOSED, seed=1, days=700)
    second = await assessed(town, state=AssessmentState.CLOSED, seed=2, days=350)
    await assessed(town, state=AssessmentState.DRAFT, seed=3, days=1)
    now = await assessed(town, seed=4)
    view = await town.ask(ISO, ShowAssessment(assessment_id=now.id))
    assert [one.assessment.id for one in view.trend] == [first.id, second.id, now.id]
    of_control = await town.ask(ISO, ShowControl(assessment_id=now.id, control="4"))
    assert [one.assessment.id for one in of_control.trend] == [first.id, second.id, now.id]
    assert of_control.trend[-1].figure == of_control.control.figure


# -- who sees what -------------------------------------------------------------------------------


async def test_the_iso_and_the_cto_see_each_safeguard(town: Hall) -> None:
    given = await assessed(town)
    for email in (ISO, CTO):
        view = await town.ask(email, ShowAssessment(assessment_id=given.id))
        assert view.full
        assert view.sets is (email == ISO)
        control = await town.ask(email, ShowControl(assessment_id=given.id, control="4"))
        assert isinstance(control, ControlView)
        assert len(control.lines) == 12
        report = await town.ask(email, ShowPracticesReport(assessment_id=given.id))
        assert isinstance(report, PracticesReport)
        assert report.trend == ()  # nothing is finished


async def test_the_iso_alone_reviews_the_answers_of_a_control_while_it_is_open(town: Hall) -> None:
    given = await assessed(town)
    rows = await town.core.store.read(lambda tx: tx.assessed(given.id))
    done = sum(one.number.startswith("4.") and one.state is AnswerState.DONE for one in rows)
    show = ShowControl(assessment_id=given.id, control="4")
    assert (await town.ask(ISO, show)).reviews == done > 0
    assert (await town.ask(CTO, show)).reviews == 0
    closed = replace(given, state=AssessmentState.CLOSED, closed_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_assessment(closed))
    assert (await town.ask(ISO, show)).reviews == 0


async def test_the_committee_sees_counts_until_it_is_closed_and_then_means(town: Hall) -> None:
    given = await assessed(town)
    view = await town.ask(CHAIR, ShowAssessment(assessment_id=given.id))
    assert (view.full, view.waiting) == (False, None)
    every = [view.figures.overall, *(one.figure for one in view.figures.controls)]
    assert {one.mean for one in every} == {None}
    assert view.figures.overall.counts.in_scope == 153
    closed = replace(given, state=AssessmentState.CLOSED, closed_at=town.clock())
    await town.core.store.write(lambda tx: tx.put_assessment(closed))
    view = await town.ask(CHAIR, ShowAssessment(assessment_id=given.id))
    assert view.figures.overall.mean is not None
    assert any(one.figure.hidden for one in view.figures.controls)
    for one in view.figures.controls:
        if one.figure.mean is not None:
            assert one.figure.counts.assessed >= 5
        else:
            assert set(one.dimensions.values()) == {None}


async def test_a_member_who_owns_most_of_it_cannot_work_out_the_rest(town: Hall) -> None:
    """The chair owns four of five safeguards: the mean of the five would reveal the fifth."""
    chair, office = (await person(town.core, CHAIR)).id, (await person(town.core, OFFICE)).id
    given = await assessed(town, seed=8, controls=("1",), state=AssessmentState.DRAFT)

    def own(one: Assessed) -> Assessed:
        scores = dict.fromkeys(Dimension, 3)
        return replace(
            one,
            owner=office if one.number == "1.5" else chair,
            state=AnswerState.CONFIRMED,
            answer=Answer(applicable=True, scores=scores),
        )

    def put(tx: Transaction) -> None:
        tx.put_assessed([own(one) for one in tx.assessed(given.id) if one.number[:2] == "1."])
        tx.put_assessment(replace(given, state=AssessmentState.CLOSED, closed_at=town.clock()))

    await town.core.store.write(put)
    view = await town.ask(CHAIR, ShowAssessment(assessment_id=given.id))
    assert view.figures.overall.counts.assessed == 5
    every = [view.figures.overall, *(one.figure for one in view.figures.controls)]
    every += [one for _, one in (*view.figures.functions, *view.figures.groups)]
    every += [one.figure for one in view.trend]
    assert {one.mean for one in every} == {None}
    assert set(view.figures.dimensions.values()) == {None}
    iso = await town.ask(ISO, ShowAssessment(assessment_id=given.id))
    assert iso.figures.overall.mean == 3.0


async def test_the_committee_is_not_told_the_target_of_a_hidden_score_is_reached(
    town: Hall,
) -> None:
    given = await assessed(town)
    set_ = SetTarget(assessment_id=given.id, control="4", score="1", by=date(2027, 6, 30))
    await town.ask(ISO, set_)
    iso = await town.ask(ISO, ShowAssessment(assessment_id=given.id))
    chair = await town.ask(CHAIR, ShowAssessment(assessment_id=given.id))
    assert [one.reached for one in iso.targets] == [True]
    assert [(one.mean, one.reached) for one in chair.targets] == [(None, False)]


async def test_an_owner_sees_no_figure(town: Hall) -> None:
    given = await assessed(town)
    view = await town.ask(TEACHER, ShowAssessment(assessment_id=given.id))
    assert isinstance(view, AssessmentView)
    assert (view.figures, view.full, view.trend, view.targets) == (None, False, (), ())
    assert [[one.number for one in each.rows] for each in view.facets] == [["1.1"]]
    control = await town.ask(TEACHER, ShowControl(assessment_id=given.id, control="1"))
    assert control.why.why == ISO_AND_CTO
    report = await town.ask(TEACHER, ShowPracticesReport(assessment_id=given.id))
    assert report.why.why == ISO_AND_CTO


@pytest.mark.parametrize("committee", ["network", ""])
async def test_for_anyone_else_it_does_not_exist(town: Hall, committee: str) -> None:
    given = await assessed(town)
    named = replace(given, committee=committee)
    await town.core.store.write(lambda tx: tx.put_assessment(named))
    for email in (OFFICE, *([] if committee else [CHAIR])):
        refused = await town.ask(email, ShowAssessment(assessment_id=given.id))
        assert isinstance(refused, Refused)
        assert refused.why.why == GONE
        nowhere = await town.ask(email, ShowAssessment(assessment_id=UUID(int=75)))
        assert nowhere == refused


async def test_a_draft_is_there_for_the_iso_and_the_cto_alone(town: Hall) -> None:
    given = await assessed(town, state=AssessmentState.DRAFT)
    for email in (ISO, CTO):
        view = await town.ask(email, ShowAssessment(assessment_id=given.id))
        assert isinstance(view, AssessmentView)
    for email in (CHAIR, TEACHER):
        refused = await town.ask(email, ShowAssessment(assessment_id=given.id))
        assert refused.why.why == GONE


async def test_a_control_that_is_not_in_scope_is_not_there(town: Hall) -> None:
    given = await assessed(town, controls=("1", "2"))
    for control in ("3", "99"):
        refused = await town.ask(ISO, ShowControl(assessment_id=given.id, control=control))
        assert refused.why.why == GONE


async def test_the_audit_has_who_read_what_and_no_score(town: Hall) -> None:
    given = await assessed(town)
    await town.ask(ISO, ShowAssessment(assessment_id=given.id))
    await town.ask(CTO, ShowControl(assessment_id=given.id, control="4"))
    await town.ask(CTO, ShowPracticesReport(assessment_id=given.id))
    await town.ask(CHAIR, ShowAssessment(assessment_id=given.id))
    await town.ask(TEACHER, ShowAssessment(assessment_id=given.id))
    set_ = SetTarget(assessment_id=given.id, control="4", score="3.5", by=date(2027, 6, 30))
    await town.ask(ISO, set_)
    said = [one for one in await audited(town) if one.startswith("Practices")]
    assert said == [
        "Practices read: assessment",
        "Practices read: CIS 4",
        "Practices read: report",
        "Practices read: assessment",
        "Practices: set the target of CIS 4",
    ]


# -- targets -------------------------------------------------------------------------------------


async def test_a_target_is_set_changed_and_removed(town: Hall) -> None:
    given = await assessed(town)
    form = await town.ask(ISO, Open(of=SetTarget(assessment_id=given.id)))
    assert isinstance(form, FormView)
    assert (form.values["score"], form.values["by"]) == ("", None)
    by = date(2027, 6, 30)
    for score, said in (("3.5", 3.5), ("3,6", 3.6), (" 4 ", 4.0)):
        changed = await town.ask(ISO, SetTarget(assessment_id=given.id, score=score, by=by))
        assert isinstance(changed, TargetChanged)
        assert (changed.score, changed.by) == (said, by)
        form = await town.ask(ISO, Open(of=SetTarget(assessment_id=given.id)))
        assert (form.values["score"], form.values["by"]) == (f"{said:g}", by)
        view = await town.ask(ISO, ShowAssessment(assessment_id=given.id))
        (line,) = view.targets
        assert (line.target.score, line.target.by, line.set_by) == (said, by, "Anders Holmquist")
    await town.ask(ISO, RemoveTarget(assessment_id=given.id))
    view = await town.ask(ISO, ShowAssessment(assessment_id=given.id))
    assert view.targets == ()


async def test_the_page_says_that_a_target_was_missed(town: Hall) -> None:
    given = await assessed(town)
    set_ = SetTarget(assessment_id=given.id, score="5.0", by=date(2026, 10, 20))
    await town.ask(ISO, set_)
    async with browser(town, ISO) as client:
        page = (await client.get(addresses.assessment(given.id))).text
        assert "Target: 5.0 by Oct 20, 2026.<" in page
        assert "missed" not in page
    town.clock.forward(days=60)
    async with browser(town, ISO) as client:
        page = (await client.get(addresses.assessment(given.id))).text
        assert "Target: 5.0 by Oct 20, 2026, missed.<" in page
        assert "5.0 by Oct 20, 2026, missed</td>" in page


async def test_the_pages_of_a_closed_assessment_say_that_its_targets_are_current_ones(
    town: Hall,
) -> None:
    closed = await assessed(town, state=AssessmentState.CLOSED)
    still_open = await assessed(town)
    for control in ("", "4"):
        by = date(2026, 10, 20)
        set_ = SetTarget(assessment_id=closed.id, control=control, score="5.0", by=by)
        await town.ask(ISO, set_)
    town.clock.forward(days=60)
    which = "Current targets are shown, not those from when the assessment closed."

    def paths(one: UUID) -> tuple[str, ...]:
        return addresses.assessment(one), addresses.control(one, "4"), addresses.report(one)

    async with browser(town, ISO) as client:
        pages = [(await client.get(one)).text for one in paths(closed.id)]
        others = [(await client.get(one)).text for one in paths(still_open.id)]
    for page in pages:
        assert "missed" not in page, "it was still to come on the day that the scores are of"
        assert page.count(which) == 1
        told = page.index("Current target: 5.0 by Oct 20, 2026.")
        assert told < page.index(which) < page.index('<th scope="col"', told)
    for page in (pages[0], pages[2]):
        assert '<th scope="col">Current target</th>' in page
    for page in others:
        assert "Target: 5.0 by Oct 20, 2026" in page
        assert "urrent target" not in page


async def test_a_target_goes_with_its_control_into_another_version(town: Hall) -> None:
    """What was control 2 is control 3 now, and control 2 is another one."""
    one, two = SMALL.controls
    leavers = replace(two.safeguards[0], number="3.1")
    new = replace(
        SMALL,
        version="3",
        renumbered={"3.1": "2.1"},
        controls=(
            one,
            replace(two, name=text_("Logs")),
            replace(two, number="3", safeguards=(leavers,)),
        ),
    )
    by = date(2027, 6, 30)
    old = await opened(town)
    for control, score in (("", "3.0"), ("2", "4.0")):
        await town.ask(ISO, SetTarget(assessment_id=old, control=control, score=score, by=by))
    town.clock.forward(days=1)
    await town.core.store.write(lambda tx: tx.put_framework(new, None, town.clock()))
    now = uuid4()
    begin = WriteAssessment(
        framework="small", assessment_id=now, name="Next", version="3", group="g1", due=DUE
    )
    await town.ask(ISO, begin)
    await town.ask(ISO, OpenAssessment(assessment_id=now, unowned=4))

    async def targets(which: UUID) -> list[tuple[str, float]]:
        view = await town.ask(ISO, ShowAssessment(assessment_id=which))
        assert isinstance(view, AssessmentView)
        return sorted((one.target.control, one.target.score) for one in view.targets)

    assert await targets(now) == [("", 3.0), ("3", 4.0)]
    await town.ask(ISO, SetTarget(assessment_id=now, control="3", score="4.5", by=by))
    await town.ask(ISO, SetTarget(assessment_id=now, control="2", score="2.0", by=by))
    await town.ask(ISO, SetTarget(assessment_id=now, score="3.2", by=by))
    assert await targets(now) == [("", 3.2), ("2", 2.0), ("3", 4.5)]
    assert await targets(old) == [("", 3.2), ("2", 4.5)]
    await town.ask(ISO, RemoveTarget(assessment_id=old, control="2"))
    assert await targets(now) == [("", 3.2), ("2", 2.0)]
    assert await targets(old) == [("", 3.2)]


@pytest.mark.parametrize("score", ["", "0.9", "5.1", "6", "3.55", "three", "1e0", "-2"])
async def test_only_a_score_from_1_to_5_is_a_target(town: Hall, score: str) -> None:
    given = await assessed(town)
    form = await town.ask(ISO, SetTarget(assessment_id=given.id, score=score, by=DUE))
    assert isinstance(form, FormView)
    assert form.unfit["score"].why == NO_SCORE
    assert await town.core.store.read(lambda tx: tx.targets("eighteen")) == []


@pytest.mark.parametrize("days", [None, 0, -1])
async def test_a_target_has_a_day_to_come(town: Hall, days: int | None) -> None:
    given = await assessed(town)
    by = None if days is None else town.clock().date() + timedelta(days=days)
    form = await town.ask(ISO, SetTarget(assessment_id=given.id, score="3", by=by))
    assert "by" in form.unfit


async def test_only_the_iso_sets_targets(town: Hall) -> None:
    given = await assessed(town)
    for email in (CTO, CHAIR, TEACHER):
        refused = await town.ask(email, SetTarget(assessment_id=given.id, score="3", by=DUE))
        assert refused.why.why == ISO_ONLY


async def test_a_target_is_stored_encrypted(town: Hall) -> None:
    given = await assessed(town)
    await town.ask(ISO, SetTarget(assessment_id=given.id, score="4.9", by=date(2027, 6, 30)))

    def stored(tx: Transaction) -> str:
        return repr(tx.connection.execute(text("SELECT * FROM practice_target")).all())

    assert "4.9" not in await town.core.store.read(stored)


async def test_a_report_has_targets_and_the_trend_of_what_is_finished(town: Hall) -> None:
    last = await assessed(town, state=AssessmentState.CLOSED, seed=3, days=300, confirmed=True)
    given = await assessed(town)
    aims = SetTarget(assessment_id=given.id, score="5", by=town.clock().date() + timedelta(days=9))
    await town.ask(ISO, aims)
    await town.ask(ISO, replace(aims, control="4", score="1"))
    report = await town.ask(ISO, ShowPracticesReport(assessment_id=given.id))
    assert [one.assessment.id for one in report.trend] == [last.id]
    assert report.target().mean is None, "it has no overall score yet"
    assert report.target("4").reached
    report = await town.ask(ISO, ShowPracticesReport(assessment_id=last.id))
    assert report.target().mean == report.figures.overall.mean is not None


async def test_a_report_has_no_overall_score_of_fewer_than_half_of_the_safeguards(
    town: Hall,
) -> None:
    before = await assessed(town, state=AssessmentState.CLOSED, days=600, confirmed=True)
    few = await assessed(town, state=AssessmentState.CLOSED, days=300)
    most = await assessed(town, state=AssessmentState.CLOSED, confirmed=True)
    target = SetTarget(assessment_id=few.id, score="1", by=town.clock().date() + timedelta(days=9))
    await town.ask(ISO, target)
    view = await town.ask(ISO, ShowAssessment(assessment_id=few.id))
    counts, score = view.figures.overall.counts, shown(view.figures.overall.mean)
    assert 0 < 2 * counts.assessed < counts.applicable
    report = await town.ask(ISO, ShowPracticesReport(assessment_id=few.id))
    assert report.target().mean is None
    told = [one.assessment.id for one in report.trend]
    assert told == [before.id, most.id], "nor is it in the trend"
    async with browser(town, ISO) as client:
        page = (await client.get(addresses.report(few.id))).text
        assert f"Overall score: {score} of 5" not in page
        of_all = f"({counts.assessed} of {counts.applicable})"
        assert f"Fewer than half of the safeguards that apply are assessed {of_all}, so" in page
        assert "reached" not in page
        view = await town.ask(ISO, ShowAssessment(assessment_id=most.id))
        counts, score = view.figures.overall.counts, shown(view.figures.overall.mean)
        of_all = f"{counts.assessed} of {counts.applicable} applicable safeguards assessed"
        page = (await client.get(addresses.report(most.id))).text
        assert f'<p class="lead">Overall score: {score} of 5, with {of_all}</p>' in page


async def test_the_committee_does_not_read_that_a_single_safeguard_does_not_apply(
    town: Hall,
) -> None:
    """Control 17 has one safeguard in this scope, and its row is the same whatever was answered."""
    (only,) = [one.number for one in EIGHTEEN.in_group("ig1") if one.number.startswith("17.")]
    for state in (AssessmentState.OPEN, AssessmentState.CLOSED):
        rows = []
        for answer in (
            Answer(applicable=False, why_not="Elsewhere"),
            Answer(applicable=True, scores=dict.fromkeys(Dimension, 3)),
        ):
            given = await assessed(town, group="ig1", confirmed=True)
            ended = replace(given, state=state, closed_at=town.clock())

            def put(
                tx: Transaction,
                given: Assessment = given,
                answer: Answer = answer,
                ended: Any = ended,
            ) -> None:
                row = tx.assessed_one(given.id, only)
                assert row
                tx.put_assessed([replace(row, state=AnswerState.CONFIRMED, answer=answer)])
                if ended.state is AssessmentState.CLOSED:
                    tx.put_assessment(ended)

            await town.core.store.write(put)
            async with browser(town, CHAIR) as client:
                page = (await client.get(addresses.assessment(given.id))).text
            rows.append(next(one for one in page.split("<tr") if ">17. " in one))
        assert rows[0] == rows[1]
        assert "does not apply" not in rows[0]
        assert "1 of 1" in rows[0]
        assert ("not shown" in rows[0]) == (state is AssessmentState.CLOSED)


async def test_a_control_s_target_leads_back_to_its_control(town: Hall) -> None:
    given = await assessed(town)
    async with browser(town, ISO) as client:
        for control, at in (
            ("4", addresses.control(given.id, "4")),
            ("", addresses.assessment(given.id)),
        ):
            form = await client.get(f"/do/target-form|{given.id}|{control}")
            wrong = await hand_in(client, form, "/do/set-target", score="4.26", by="2027-06-30")
            assert "from 1 to 5 with at most one decimal, such as 3.5" in wrong.text
            saved = await hand_in(client, wrong, "/do/set-target", score="4.2", by="2027-06-30")
            assert saved.url.path == at, control
            assert "The target was saved." in saved.text
            removed = await hand_in(client, saved, "/do/remove-target")
            assert removed.url.path == at
