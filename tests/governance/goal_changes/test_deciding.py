"""A change of the plan: proposed by the steering committee, decided by the Board, entered by the
CTO's office, and taken back where that was a mistake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.cards import card_of
from core.words import Words
from governance.composing import compose
from governance.docket.commands import ShowItem
from governance.goal_changes.commands import (
    EnterPlanDecision,
    MoveBound,
    ReviseProposal,
    SendProposal,
    ShowBound,
    ShowPlanDecision,
    ShowProposal,
    ShowProposalForm,
    ShowProposals,
    TakeBackPlanDecision,
    UndoMove,
    WriteProposal,
)
from governance.goal_changes.handlers import NO_LONGER, PLAN_DECISION, PLAN_PROPOSAL
from governance.goal_changes.messages import (
    BoundView,
    PlanDecisionForm,
    ProposalForm,
    ProposalsView,
    ProposalView,
)
from governance.goal_changes.model import HolderKind, ProposalKind, ProposalState
from governance.goal_changes.moving import STAY
from governance.goals.commands import ShowGoal, ShowGoals
from governance.goals.model import Goal, StepKind
from governance.goals.stepping import goals_of
from governance.messages import Refused
from governance.recommendations.commands import DecideAdvice, SendAdvice, WriteAdvice
from governance.references.commands import LinkItem
from governance.refusals import STEERING_ONLY
from governance.school_days import today
from storage.transaction import Transaction
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, TEACHER, example, person

WIFI, EQUAL, REFRESH = "reliable-wifi", "equal-classrooms", "classroom-refresh"
OVER = "interactive-boards"
RESOLUTION = "resolution 2027-14"


def steering() -> list[str]:
    found = example().district.committee(example().district.plan.steering)
    assert found is not None
    return [found.chair, found.deputy, *found.members]


LEAD, DEPUTY, MEMBER = steering()[:3]


def deputy_of_cto() -> str:
    officer = next(one for one in example().district.officers if one.office == "cto")
    return officer.deputies[0]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def goals(town: Hall) -> dict[str, Goal]:
    return await town.core.store.read(lambda tx: goals_of(tx.district().components))


async def history(town: Hall, key: str) -> list[tuple[StepKind, int]]:
    steps = await town.core.store.read(lambda tx: tx.plan_steps(key))
    return [(one.kind, one.goal.version) for one in steps]


async def proposed(town: Hall, kind: ProposalKind, **more: Any) -> UUID:
    said = {"proposal_id": uuid4(), "reason": "They are about the same rooms.", **more}
    draft = WriteProposal(kind=kind, **said)
    shown = await town.ask(LEAD, draft)
    assert isinstance(shown, ProposalView), getattr(shown, "unfit", shown)
    sent = await town.ask(LEAD, SendProposal(proposal_id=draft.proposal_id))
    assert sent.proposal.state is ProposalState.PROPOSED
    return draft.proposal_id


async def decided(
    town: Hall, proposal: UUID, *, accept: bool = True, who: str = CTO, **more: Any
) -> Any:
    on = await town.core.store.read(lambda tx: today(tx, town.clock()))
    entry = EnterPlanDecision(
        proposal_id=proposal,
        accept=accept,
        times=1,
        on=on,
        body="Board of Education",
        reference=RESOLUTION,
        reason="One goal is easier to follow.",
    )
    return await town.ask(who, replace(entry, **more))


async def merged(town: Hall) -> UUID:
    subject = await proposed(town, ProposalKind.MERGE, goals=(EQUAL, REFRESH), stays=EQUAL)
    town.clock.forward(minutes=5)
    done = await decided(town, subject)
    assert done.proposal.state is ProposalState.ACCEPTED
    return subject


# -- each kind of change -----------------------------------------------------------------------


async def test_goals_are_merged_and_the_history_says_who_decided(town: Hall) -> None:
    before = await goals(town)
    await merged(town)
    now = await goals(town)
    assert now[EQUAL].version == before[EQUAL].version + 1
    assert now[EQUAL].title == before[EQUAL].title
    assert (now[REFRESH].retired, now[REFRESH].became) == (True, (EQUAL,))
    assert now[EQUAL].decided_by == f"Board of Education, {RESOLUTION}"
    assert now[EQUAL].reason == "They are about the same rooms."
    assert await history(town, EQUAL) == [(StepKind.ADOPTED, 1), (StepKind.ADAPTED, 2)]
    assert await history(town, REFRESH) == [(StepKind.ADOPTED, 1), (StepKind.MERGED, 1)]


async def test_goals_are_merged_into_a_new_one(town: Hall) -> None:
    words = {"title": "Classrooms that work alike", "title.es": "Salones que funcionan igual"}
    subject = await proposed(town, ProposalKind.MERGE, goals=(EQUAL, REFRESH), words=words)
    town.clock.forward(minutes=5)
    await decided(town, subject)
    now = await goals(town)
    new = now["classrooms-that-work-alike"]
    assert new.title.in_locale("es") == "Salones que funcionan igual"
    assert now[EQUAL].became == now[REFRESH].became == (new.key,)
    assert new.version == 1


async def test_a_goal_is_split(town: Hall) -> None:
    words = {
        "title1": "Wi-Fi in classrooms",
        "title2": "Wi-Fi in portables",
        "description2": "All.",
    }
    subject = await proposed(town, ProposalKind.SPLIT, goals=(WIFI,), words=words)
    town.clock.forward(minutes=5)
    await decided(town, subject)
    now = await goals(town)
    assert now[WIFI].became == ("wi-fi-in-classrooms", "wi-fi-in-portables")
    assert now["wi-fi-in-portables"].description.default == "All."
    assert (await history(town, WIFI))[-1][0] is StepKind.SPLIT


async def test_a_goal_is_adapted_and_what_was_left_empty_stays(town: Hall) -> None:
    before = (await goals(town))[WIFI]
    words = {"title": "Wi-Fi that works everywhere"}
    subject = await proposed(town, ProposalKind.ADAPT, goals=(WIFI,), words=words)
    town.clock.forward(minutes=5)
    await decided(town, subject)
    now = (await goals(town))[WIFI]
    assert (now.version, now.title.default) == (before.version + 1, "Wi-Fi that works everywhere")
    assert now.description == before.description


async def test_goals_are_adopted_retired_and_restored(town: Hall) -> None:
    words = {"title": "Quiet rooms", "why": "Noise."}
    subject = await proposed(
        town, ProposalKind.ADOPT, component="connected-classrooms", words=words
    )
    town.clock.forward(minutes=5)
    await decided(town, subject)
    assert (await goals(town))["quiet-rooms"].why.default == "Noise."
    for kind, key in ((ProposalKind.RETIRE, "quiet-rooms"), (ProposalKind.RESTORE, OVER)):
        town.clock.forward(minutes=5)
        subject = await proposed(town, kind, goals=(key,))
        town.clock.forward(minutes=5)
        await decided(town, subject)
    now = await goals(town)
    assert now["quiet-rooms"].retired
    assert not now[OVER].retired
    assert [kind for kind, _ in await history(town, OVER)][-1] is StepKind.RESTORED


# -- what does not fit -------------------------------------------------------------------------


async def test_a_form_that_does_not_fit_loses_nothing(town: Hall) -> None:
    draft = WriteProposal(
        proposal_id=uuid4(), kind=ProposalKind.MERGE, goals=(EQUAL,), words={"why": "So."}
    )
    form = await town.ask(LEAD, draft)
    assert isinstance(form, ProposalForm)
    assert set(form.unfit) == {"goals", "title", "reason"}
    assert (form.goals, form.words) == ((EQUAL,), {"why": "So."})


async def test_names_are_asked_about_before_they_are_kept(town: Hall) -> None:
    draft = WriteProposal(
        proposal_id=uuid4(),
        kind=ProposalKind.RETIRE,
        goals=(WIFI,),
        reason="My student Jayden Morales in room 12 says so.",
    )
    asked = replace(draft, put_back=replace(draft.put_back, seen=""))
    form = await town.ask(LEAD, asked)
    assert isinstance(form, ProposalForm)
    assert form.doubt is not None


async def test_a_goal_that_changed_meanwhile_is_refused_with_what_changed(town: Hall) -> None:
    late = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    await merged(town)
    answer = await town.ask(CTO, ShowPlanDecision(proposal_id=late, accept=True, times=1))
    assert isinstance(answer, ProposalView)
    assert [one.title.default for one in answer.outdated] == [
        (await goals(town))[EQUAL].title.default
    ]
    assert isinstance(await decided(town, late), ProposalView)
    assert not (await goals(town))[EQUAL].retired
    form = await town.ask(LEAD, ReviseProposal(proposal_id=late))
    assert isinstance(form, ProposalForm)
    again = WriteProposal(
        proposal_id=late, kind=form.kind, goals=form.goals, reason=form.reason, words=form.words
    )
    assert (await town.ask(LEAD, again)).outdated == ()


async def test_a_day_in_the_future_is_refused(town: Hall) -> None:
    subject = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    on = await town.core.store.read(lambda tx: today(tx, town.clock()))
    form = await decided(town, subject, on=on + timedelta(days=1), reason="")
    assert isinstance(form, PlanDecisionForm)
    assert set(form.unfit) == {"on", "reason"}


# -- who ---------------------------------------------------------------------------------------


async def test_who_may_propose_decide_and_read(town: Hall) -> None:
    new = ShowProposalForm(proposal_id=uuid4(), kind=ProposalKind.RETIRE)
    for who in (TEACHER, CHAIR, MEMBER):
        refused = await town.ask(who, new)
        assert isinstance(refused, Refused), who
        assert refused.why.why == STEERING_ONLY
    assert isinstance(await town.ask(DEPUTY, new), ProposalForm)
    subject = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    assert isinstance(await town.ask(TEACHER, ShowProposal(proposal_id=subject)), Refused)
    assert isinstance(await town.ask(MEMBER, ShowProposal(proposal_id=subject)), ProposalView)
    assert isinstance(await town.ask(TEACHER, ShowProposals()), Refused)
    assert isinstance(await town.ask(MEMBER, ShowProposals()), ProposalsView)
    assert isinstance(await decided(town, subject, who=LEAD), Refused)
    await decided(town, subject)
    shown = await town.ask(TEACHER, ShowProposal(proposal_id=subject))
    assert isinstance(shown, ProposalView), "what was accepted is everybody's to read"
    assert not shown.decides


async def test_the_cto_and_then_the_committee_hear_of_it(town: Hall) -> None:
    subject = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    cto, member, teacher = [await person(town.core, one) for one in (CTO, MEMBER, TEACHER)]

    def heard(tx: Transaction, kind: str, who: Any) -> Any:
        return compose(tx, kind, subject, who, None, town.clock())

    asked = await town.core.store.read(lambda tx: heard(tx, PLAN_PROPOSAL, cto))
    assert isinstance(asked, ProposalView)
    assert asked.decides
    await decided(town, subject, accept=False)
    told = await town.core.store.read(lambda tx: heard(tx, PLAN_DECISION, member))
    assert told.proposal.state is ProposalState.DECLINED
    subject_line = card_of(told, Words("en")).subject
    assert subject_line == "A change to the plan: Declined", "a mail does not say which"
    assert await town.core.store.read(lambda tx: heard(tx, PLAN_DECISION, teacher)) is None


async def test_a_decision_on_words_that_were_replaced_meanwhile_is_not_entered(town: Hall) -> None:
    subject = await proposed(
        town, ProposalKind.ADAPT, goals=(WIFI,), words={"title": "Wi-Fi in gyms"}
    )
    form = await town.ask(LEAD, ReviseProposal(proposal_id=subject))
    await proposed(
        town,
        ProposalKind.ADAPT,
        goals=form.goals,
        words={"title": "No Wi-Fi"},
        proposal_id=subject,
    )
    shown = await decided(town, subject)
    assert isinstance(shown, ProposalView)
    assert shown.proposal.state is ProposalState.PROPOSED
    drawn = repr(card_of(shown, Words("en")))
    assert "This proposal has changed since you opened it." in drawn
    assert "No Wi-Fi" in drawn
    accept, _ = card_of(shown, Words("en")).presses
    assert isinstance(await town.ask(CTO, accept.command), PlanDecisionForm)
    done = await decided(town, subject, times=2)
    assert done.proposal.state is ProposalState.ACCEPTED


async def test_of_two_deputies_who_decide_at_once_one_is_told_what_stands(town: Hall) -> None:
    subject = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,))
    town.clock.forward(minutes=5)
    assert isinstance(
        await town.ask(
            deputy_of_cto(), ShowPlanDecision(proposal_id=subject, accept=True, times=1)
        ),
        PlanDecisionForm,
    )
    await decided(town, subject, accept=False)
    late = await decided(town, subject, who=deputy_of_cto())
    assert isinstance(late, PlanDecisionForm), "nothing that was typed is dropped"
    assert late.view.proposal.state is ProposalState.DECLINED
    assert late.reason
    assert late.unfit["reason"].why.startswith("This was already decided")
    again = await decided(town, subject, accept=False)
    assert isinstance(again, ProposalView), "the same press again"
    assert not (await goals(town))[EQUAL].retired


async def test_it_can_rest_on_an_accepted_recommendation(town: Hall) -> None:
    key, advice = example().district.plan.steering, uuid4()
    said = WriteAdvice(
        recommendation_id=advice, queue=key, title="Retire it", advice="Do.", goals=(EQUAL,)
    )
    await town.ask(LEAD, said)
    await town.ask(LEAD, SendAdvice(recommendation_id=advice))
    await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=True, reason="Yes."))
    new = ShowProposalForm(proposal_id=uuid4(), kind=ProposalKind.RETIRE, goal=EQUAL)
    form = await town.ask(LEAD, new)
    assert (str(advice), "Retire it") in form.advices
    subject = await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,), advice=str(advice))
    shown = await town.ask(CTO, ShowProposal(proposal_id=subject))
    assert shown.advice == "Retire it"


# -- taking a decision back --------------------------------------------------------------------


async def test_a_decision_entered_by_mistake_is_taken_back_as_a_further_step(town: Hall) -> None:
    before = await goals(town)
    subject = await merged(town)
    town.clock.forward(minutes=5)
    back = await town.ask(CTO, TakeBackPlanDecision(proposal_id=subject))
    assert back.proposal.state is ProposalState.PROPOSED
    now = await goals(town)
    assert (now[EQUAL].version, now[EQUAL].title) == (3, before[EQUAL].title)
    assert (now[REFRESH].version, now[REFRESH].retired) == (1, False)
    kinds = [kind for kind, _ in await history(town, REFRESH)]
    assert kinds == [StepKind.ADOPTED, StepKind.MERGED, StepKind.RESTORED]
    page = repr(card_of(await town.ask(TEACHER, ShowGoal(goal=REFRESH)), Words("es")))
    assert "La decisión se registró por error y se revocó." in page
    town.clock.forward(minutes=5)
    again = await decided(town, subject)
    assert again.proposal.state is ProposalState.ACCEPTED
    assert len(again.proposal.decisions) == 2, "both stay on record"
    assert (await goals(town))[EQUAL].version == 4


async def test_a_decline_is_taken_back_also_where_the_goal_changed_since(town: Hall) -> None:
    both = [
        await proposed(town, ProposalKind.RETIRE, goals=(EQUAL,)),
        await proposed(town, ProposalKind.ADAPT, goals=(EQUAL,), words={"title": "Equal"}),
    ]
    await decided(town, both[0], accept=False)
    town.clock.forward(minutes=5)
    await decided(town, both[1])
    back = await town.ask(CTO, TakeBackPlanDecision(proposal_id=both[0]))
    assert [one.retired for one in back.outdated] == [False], "it was about the words before"

    def without(tx: Transaction) -> None:
        components = [replace(one, goals=()) for one in tx.district().components]
        tx.put_plan(components, (), town.clock())

    await decided(town, both[0], accept=False)
    town.clock.forward(minutes=5)
    await town.core.store.write(without)
    back = await town.ask(CTO, TakeBackPlanDecision(proposal_id=both[0]))
    assert back.proposal.state is ProposalState.PROPOSED


async def test_it_cannot_be_taken_back_a_day_later(town: Hall) -> None:
    subject = await merged(town)
    town.clock.forward(hours=25)
    refused = await town.ask(CTO, TakeBackPlanDecision(proposal_id=subject))
    assert isinstance(refused, Refused)
    assert refused.why.why == NO_LONGER


async def test_nor_where_something_was_bound_to_the_new_version(town: Hall) -> None:
    subject = await merged(town)
    item = await town.item(TEACHER, "The display in our room is broken")
    await town.ask(CHAIR, LinkItem(item_id=item, to=f"goal:{EQUAL}"))
    refused = await town.ask(CTO, TakeBackPlanDecision(proposal_id=subject))
    assert isinstance(refused, Refused)


# -- what is bound to a goal -------------------------------------------------------------------


async def linked(town: Hall, key: str) -> UUID:
    item = await town.item(TEACHER, "No display")
    await town.ask(CHAIR, LinkItem(item_id=item, to=f"goal:{key}"))
    return item


async def named_on(town: Hall, item: UUID) -> list[tuple[str, int | None]]:
    shown = await town.ask(CHAIR, ShowItem(item_id=item))
    return [(one.name, one.now) for one in shown.links]


async def test_what_was_bound_to_the_old_goal_is_moved_and_moved_back(town: Hall) -> None:
    item, titles = await linked(town, REFRESH), await goals(town)
    await merged(town)
    was = [(titles[REFRESH].title.default, 0)]
    assert await named_on(town, item) == was, "it stays bound to the retired goal"
    page = await town.ask(LEAD, ShowBound(goal=REFRESH))
    assert isinstance(page, BoundView)
    assert page.counts == ((HolderKind.ITEM, 0),)
    assert page.things == (), "the steering committee does not read the network's messages"
    town.clock.forward(minutes=5)
    moved = await town.ask(LEAD, MoveBound(goal=REFRESH, what=(HolderKind.ITEM.value,), to=EQUAL))
    assert (moved.counts, moved.moved[0].counts) == ((), ((HolderKind.ITEM, 0),))
    assert await named_on(town, item) == [(titles[EQUAL].title.default, None)]
    batch = moved.moved[0].batch
    back = await town.ask(CTO, UndoMove(goal=REFRESH, batch=batch))
    assert back.counts == ((HolderKind.ITEM, 0),)
    assert back.moved[0].undone_at is not None
    assert await named_on(town, item) == was


async def test_it_can_be_left_as_it_was(town: Hall) -> None:
    item = await linked(town, EQUAL)
    await merged(town)
    left = await town.ask(CTO, MoveBound(goal=EQUAL, what=(HolderKind.ITEM.value,), to=STAY))
    assert left.counts == ()
    assert left.moved[0].to is None
    assert (await named_on(town, item))[0][1] == 2, "it is still said that the goal was reworded"


async def test_it_is_asked_again_once_something_happens_to_the_goal(town: Hall) -> None:
    await linked(town, WIFI)
    for kind in (ProposalKind.RETIRE, ProposalKind.RESTORE, ProposalKind.RETIRE):
        town.clock.forward(minutes=5)
        await decided(town, await proposed(town, kind, goals=(WIFI,)))
        shown = await town.ask(CTO, ShowBound(goal=WIFI))
        assert bool(shown.counts) is (kind is ProposalKind.RETIRE)
        town.clock.forward(minutes=5)
        what = (HolderKind.ITEM.value,)
        left = await town.ask(CTO, MoveBound(goal=WIFI, what=what, to=STAY))
        assert left.counts == ()


async def test_what_is_linked_anew_after_a_move_is_linked_to_the_goal_named(town: Hall) -> None:
    item, title = await linked(town, REFRESH), (await goals(town))[REFRESH].title.default
    town.clock.forward(minutes=5)
    await decided(town, await proposed(town, ProposalKind.RETIRE, goals=(REFRESH,)))
    await town.ask(LEAD, MoveBound(goal=REFRESH, what=(HolderKind.ITEM.value,), to=EQUAL))
    town.clock.forward(minutes=5)
    await decided(town, await proposed(town, ProposalKind.RESTORE, goals=(REFRESH,)))
    assert await named_on(town, item) != [(title, None)]
    town.clock.forward(minutes=5)
    (link,) = (await town.ask(CHAIR, ShowItem(item_id=item))).links
    await town.ask(CHAIR, LinkItem(item_id=item, away=link.bound.token))
    await town.ask(CHAIR, LinkItem(item_id=item, to=f"goal:{REFRESH}"))
    assert await named_on(town, item) == [(title, None)]


async def test_a_move_says_what_does_not_fit(town: Hall) -> None:
    await linked(town, REFRESH)
    await merged(town)
    shown = await town.ask(LEAD, MoveBound(goal=REFRESH, to="nowhere"))
    assert set(shown.unfit) == {"what", "to"}
    assert isinstance(await town.ask(TEACHER, ShowBound(goal=REFRESH)), Refused)


# -- on the pages of the plan ------------------------------------------------------------------


def offered(view: Any) -> list[str]:
    card = card_of(view, Words("en"))
    return [one.label for one in (*card.presses, *card.more)]


async def test_a_goals_page_offers_changes_to_those_who_propose_them(town: Hall) -> None:
    await linked(town, REFRESH)
    changes = {"Change this goal", "Merge it with others", "Split it", "Retire it"}
    assert changes <= set(offered(await town.ask(LEAD, ShowGoal(goal=REFRESH))))
    for who in (CTO, MEMBER, TEACHER):
        assert not changes & set(offered(await town.ask(who, ShowGoal(goal=REFRESH)))), who
    waits = await proposed(town, ProposalKind.RETIRE, goals=(REFRESH,))
    title = (await goals(town))[REFRESH].title.default
    shown = repr(card_of(await town.ask(MEMBER, ShowGoal(goal=REFRESH)), Words("en")))
    assert f"Retire “{title}”" in shown
    assert "Waiting for a decision" in shown
    hidden = repr(card_of(await town.ask(TEACHER, ShowGoal(goal=REFRESH)), Words("en")))
    assert "Waiting for a decision" not in hidden
    plan = await town.ask(MEMBER, ShowGoals())
    assert "Changes to the plan" in offered(plan)
    assert "Changes to the plan" not in offered(await town.ask(TEACHER, ShowGoals()))
    await decided(town, waits)
    over = offered(await town.ask(LEAD, ShowGoal(goal=REFRESH)))
    assert {"Move what is linked to it", "Restore it"} <= set(over)
