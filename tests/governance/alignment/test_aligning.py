"""Priorities are bound to goals by a person, sent to the steering committee, recommended on, and
what was decided is told to everyone who was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.cards import card_of
from bot.conversation import Reader
from bot.teams.cards import LARGEST, size
from bot.teams.render import rendered
from core.words import Words
from governance.access import Source
from governance.alignment.commands import (
    AlignPriorities,
    DraftGoalAdvice,
    DraftOutcome,
    SendAlignment,
    ShowAlignForm,
    ShowAlignment,
)
from governance.alignment.goal_facet import PutFirst
from governance.alignment.handlers import (
    BRIEF,
    MOVED,
    NOTHING_RANKED,
    STILL_OPEN,
    TO_ALIGN,
    TOO_FEW,
)
from governance.alignment.messages import AlignForm, AlignmentView, PrioritiesToAlign
from governance.alignment.model import LATER, NONE
from governance.board_reports.aligning import goals_for
from governance.composing import compose
from governance.conclusions.commands import PublishConclusions, WriteConclusions
from governance.conclusions.model import ConclusionsForm
from governance.forms.messages import FormView
from governance.goal_changes.bindings import bindings
from governance.goal_changes.model import Holder, HolderKind, Remapping, choice_key
from governance.goals.commands import ShowGoal, ShowGoals
from governance.goals.facets import Part, drawn, linked_drawn
from governance.goals.messages import GoalsView, GoalView
from governance.goals.model import PlanSettings
from governance.goals.stepping import next_versions
from governance.messages import Refused
from governance.recommendations.commands import DecideAdvice, SendAdvice, WriteAdvice
from governance.recommendations.model import AdviceState, AdviceView
from governance.references.model import Bound, BoundKind
from storage.alignment import priority_goal, text_meaning
from storage.ledger_tables import delivery
from storage.tables import release_note
from surveys.commands import CloseWave
from surveys.messages import Rejected
from surveys.results.model import RankingResult
from surveys.survey import Page
from tests.attacks.hall import Hall, hall
from tests.bot.exports.closing import asked
from tests.governance.alignment.ranked import (
    CHAIR_OF_STEERING,
    CHOICES,
    MEMBER,
    POINTS,
    closed,
    results,
    survey,
    with_more,
)
from tests.governance.announcements.test_campaigning import audited
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person
from tests.postgres import migrated_database

WORDS = Words("en", "America/Chicago")

WIFI, SIGN_IN = "reliable-wifi:2", "one-sign-in:1"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.prove)])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    with ExitStack() as stack:
        postgres = request.param == "postgres"
        url = stack.enter_context(migrated_database()) if postgres else ""
        async with hall(tmp_path, url=url) as found:
            yield found


def said(**goals: str) -> Mapping[str, str]:
    return {f"goal.first.{key.replace('_', '-')}": value for key, value in goals.items()}


WIFI_LAST = (
    ("parking", 0.8, False),
    ("sign-in", 0.7, False),
    ("robots", 0.6, False),
    ("wifi", 0.2, False),
)

ALL = said(wifi=WIFI, sign_in=SIGN_IN, parking=NONE, robots=NONE)


async def aligned(town: Hall, wave: UUID, goals: Mapping[str, str] = ALL) -> AlignmentView:
    view = await town.ask(CTO, AlignPriorities(wave_id=wave, goals=goals))
    assert isinstance(view, AlignmentView), view
    return view


async def shown(town: Hall, wave: UUID, who: str = CTO) -> AlignmentView:
    view = await town.ask(who, ShowAlignment(wave_id=wave))
    assert isinstance(view, AlignmentView), view
    return view


async def sent_to(town: Hall, wave: UUID, kind: str) -> set[UUID]:
    query = select(delivery.c.person_id).where(delivery.c.subject == wave, delivery.c.kind == kind)
    return set(await town.core.store.read(lambda tx: tx.connection.execute(query).scalars().all()))


async def change_plan(town: Hall, key: str, **changes: object) -> None:
    """A goal is another one from now on."""

    def put(tx: object) -> None:
        before = tx.district().components  # type: ignore[attr-defined]
        after = tuple(
            replace(
                one,
                goals=tuple(
                    replace(goal, **changes) if goal.key == key else goal for goal in one.goals
                ),
            )
            for one in before
        )
        tx.put_plan(next_versions(before, after), [], town.clock())  # type: ignore[attr-defined]

    await town.core.store.write(put)


async def test_when_a_survey_closes_the_office_and_the_leads_are_asked_for_goals(
    town: Hall,
) -> None:
    wave = await closed(town)
    leads = {(await person(town.core, one)).id for one in (CTO, CHAIR_OF_STEERING)}
    told = await sent_to(town, wave, TO_ALIGN)
    assert leads <= told
    assert (await person(town.core, MEMBER)).id not in told
    for who, reads in ((CTO, True), (CHAIR_OF_STEERING, False)):
        reader = await person(town.core, who)
        message = await town.core.store.read(
            lambda tx, reader=reader: compose(tx, TO_ALIGN, wave, reader, None, town.clock())
        )
        many = len(CHOICES)
        assert message == PrioritiesToAlign(
            wave_id=wave, title=survey().title, many=many, open=many, reads=reads
        )


async def test_a_survey_without_a_ranking_asks_for_no_goals(town: Hall) -> None:
    wave = await asked(town, 5)
    refused = await town.ask(CTO, ShowAlignment(wave_id=wave))
    assert isinstance(refused, Refused)
    assert refused.why.why == STILL_OPEN
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    assert await sent_to(town, wave, TO_ALIGN) == set()
    refused = await town.ask(CTO, ShowAlignment(wave_id=wave))
    assert isinstance(refused, Refused)
    assert refused.why.why == NOTHING_RANKED


async def test_the_form_has_the_authors_goal_first_and_leaves_the_rest_open(town: Hall) -> None:
    wave = await closed(town)
    form = await town.ask(CTO, ShowAlignForm(wave_id=wave))
    assert isinstance(form, AlignForm)
    rows = {one.key: one for one in form.rows}
    wifi, parking = rows["goal.first.wifi"], rows["goal.first.parking"]
    assert wifi.chosen == WIFI
    assert wifi.goals[0][0] == WIFI
    assert parking.chosen == LATER, "nothing is known of what it means yet"
    assert all("interactive-boards" not in value for value, _ in wifi.goals), "it is retired"
    assert [one.key.rpartition(".")[2] for one in form.rows] == [one.key for one in CHOICES]


async def test_a_lead_confirms_without_seeing_what_came_first(town: Hall) -> None:
    wave = await closed(town)
    form = await town.ask(CHAIR_OF_STEERING, ShowAlignForm(wave_id=wave))
    assert isinstance(form, AlignForm)
    assert [one.aligned.priority.ranked for one in form.rows] == [None] * len(CHOICES)
    after = await town.ask(CHAIR_OF_STEERING, AlignPriorities(wave_id=wave, goals=ALL))
    assert after == PrioritiesToAlign(wave_id=wave, title=survey().title, many=len(CHOICES), open=0)
    assert isinstance(await town.ask(MEMBER, ShowAlignForm(wave_id=wave)), Refused)
    assert isinstance(await town.ask(MEMBER, AlignPriorities(wave_id=wave, goals=ALL)), Refused)


async def test_goals_are_proposed_by_what_priorities_mean(town: Hall) -> None:
    matching = pytest.importorskip("governance.reading.matching")
    wave = await closed(town)
    texts = await town.core.store.read(lambda tx: tx.texts_without_meaning(1000))
    assert "One password for all our programs" in texts
    vectors = {one: matching.meanings([one]) for one in texts}
    await town.core.store.write(lambda tx: tx.keep_meanings(vectors))
    form = await town.ask(CTO, ShowAlignForm(wave_id=wave))
    rows = {one.key: one for one in form.rows}
    assert rows["goal.first.sign-in"].chosen == SIGN_IN
    assert rows["goal.first.parking"].chosen == LATER
    assert rows["goal.first.parking"].proposed is not None, "the nearest is still on top"
    assert await town.core.store.read(lambda tx: tx.texts_without_meaning(1000)) == []
    kept = select(text_meaning.c.text).distinct()
    words = await town.core.store.read(lambda tx: tx.connection.execute(kept).scalars().all())
    assert words == [""], "no words are kept beside their vectors"


async def test_what_is_confirmed_is_kept_with_its_version_and_can_be_changed(town: Hall) -> None:
    wave = await closed(town)
    view = await aligned(town, wave)
    assert view.alignment.open == ()
    assert [(one.key, len(one.priorities)) for one in view.alignment.energy] == [
        ("reliable-wifi", 1),
        ("one-sign-in", 1),
    ]
    assert [one.choice for one in view.alignment.uncovered] == ["parking", "robots"]
    await aligned(town, wave)
    await aligned(town, wave, said(wifi="equal-classrooms:1"))
    kept = select(priority_goal).where(priority_goal.c.wave_id == wave)
    history = await town.core.store.read(lambda tx: tx.connection.execute(kept).all())
    assert len(history) == len(CHOICES) + 1, "the same again is no second line"
    held = {one.choice: one for one in await town.core.store.read(lambda tx: tx.bindings(wave))}
    assert (held["wifi"].goal, held["wifi"].version) == ("equal-classrooms", 1)
    assert "priority first/wifi aligned with goal equal-classrooms version 1" in await audited(town)


async def test_decide_later_and_what_is_not_a_choice_bind_nothing(town: Hall) -> None:
    wave = await closed(town)
    later = await aligned(town, wave, said(wifi=LATER, parking="", unknown=NONE))
    assert len(later.alignment.open) == len(CHOICES)
    wrong = await town.ask(CTO, AlignPriorities(wave_id=wave, goals=said(wifi="reliable-wifi:1")))
    assert isinstance(wrong, Rejected)
    assert wrong.unfit == {"goal.first.wifi": MOVED}


async def test_a_goal_that_was_retired_keeps_what_was_bound_and_asks_again(town: Hall) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    await change_plan(town, "reliable-wifi", retired=True)
    view = await shown(town, wave)
    [wifi] = [one for one in view.alignment.energy if one.key == "reliable-wifi"]
    assert wifi.retired
    assert [one.priority.choice for one in view.alignment.open] == ["wifi"]
    drawn = repr(card_of(view, WORDS))
    assert "retired since" in drawn
    form = await town.ask(CTO, ShowAlignForm(wave_id=wave))
    [row] = [one for one in form.rows if one.key == "goal.first.wifi"]
    assert row.chosen == LATER
    assert "has been retired. Choose again." in repr(card_of(form, WORDS))
    held = {one.choice: one for one in await town.core.store.read(lambda tx: tx.bindings(wave))}
    assert held["wifi"].version == 2, "it stays bound to what the goal said"


async def test_a_goal_that_was_retired_before_anybody_confirmed_is_named_and_not_proposed(
    town: Hall,
) -> None:
    wave = await closed(town)
    await change_plan(town, "reliable-wifi", retired=True)
    form = await town.ask(CTO, ShowAlignForm(wave_id=wave))
    [row] = [one for one in form.rows if one.key == "goal.first.wifi"]
    assert row.chosen == LATER
    assert all(value != WIFI for value, _ in row.goals)
    title = "Wi-Fi that works in every room where people teach"
    drawn = repr(card_of(form, WORDS))
    assert f"Its goal, “{title}”, has been retired. Choose again." in drawn
    gone = await town.ask(CTO, AlignPriorities(wave_id=wave, goals=said(wifi=WIFI)))
    assert isinstance(gone, Rejected)
    assert (await shown(town, wave)).alignment.energy == ()


async def test_a_goal_that_was_reworded_is_named_so(town: Hall) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    await change_plan(town, "one-sign-in", title=replace(CHOICES[1].label))
    view = await shown(town, wave)
    [line] = [one for one in view.alignment.energy if one.key == "one-sign-in"]
    assert line.reworded
    assert view.alignment.open == (), "a person confirmed it, and the goal stands"


async def test_the_page_says_what_came_first_and_what_to_discuss(town: Hall) -> None:
    wave = await closed(town)
    view = await aligned(town, wave)
    drawn = repr(card_of(view, WORDS))
    assert "Staff put “More parking for staff” first." in drawn
    assert "2 of 13 goals have a priority behind them. 2 priorities have no goal." in drawn
    assert "Wi-Fi in the portables (places 2 to 3, 60 ± 5 of 100)" in drawn
    assert "“More parking for staff” (place 1) has no goal" in drawn
    assert "“A robotics club" not in drawn.split("Proposals for discussion")[1], "it has no place"
    assert "Goals this survey did not ask about" in drawn
    assert "Discuss whether to adapt or retire" not in drawn, "nobody was asked about the others"
    assert all(one.priority is not None for one in view.alignment.ideas)


async def test_only_a_goal_that_staff_put_last_is_proposed_to_be_adapted_or_retired(
    town: Hall,
) -> None:
    wave = await closed(town, WIFI_LAST)
    view = await aligned(town, wave)
    proposed = [one.goal.key for one in view.alignment.ideas if one.priority is None and one.goal]
    assert proposed == ["reliable-wifi"]
    assert "Discuss whether to adapt or retire “Wi-Fi that works" in repr(card_of(view, WORDS))


async def test_before_all_is_confirmed_no_goal_is_called_quiet(town: Hall) -> None:
    wave = await closed(town)
    view = await aligned(town, wave, said(wifi=WIFI, parking=NONE))
    assert all(one.priority is not None for one in view.alignment.ideas)
    drawn = repr(card_of(view, WORDS))
    assert "Goals this survey did not ask about" not in drawn
    assert "2 priorities still need to be matched." in drawn


async def test_too_few_answers_say_so_and_are_not_sent(town: Hall) -> None:
    wave = await closed(town, points=())
    view = await aligned(town, wave)
    drawn = repr(card_of(view, WORDS))
    assert "There were too few answers to show what comes first." in drawn
    assert view.alignment.ideas == ()
    assert "Send it" not in drawn
    refused = await town.ask(CTO, SendAlignment(wave_id=wave))
    assert isinstance(refused, Refused)
    assert refused.why.why == TOO_FEW


async def test_the_steering_committee_sees_it_when_it_is_sent_and_not_before(town: Hall) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    for who in (MEMBER, CHAIR_OF_STEERING, TEACHER, CHAIR):
        assert isinstance(await town.ask(who, ShowAlignment(wave_id=wave)), Refused), who
    sent = await town.ask(CTO, SendAlignment(wave_id=wave))
    assert isinstance(sent, AlignmentView)
    assert sent.alignment.sent_at is not None
    view = await shown(town, wave, MEMBER)
    assert (view.aligns, view.sends, view.leads, view.sees) == (False, False, False, False)
    for who in (TEACHER, CHAIR):
        assert isinstance(await town.ask(who, ShowAlignment(wave_id=wave)), Refused), who
    member, chair = (await person(town.core, MEMBER)), await person(town.core, CHAIR_OF_STEERING)
    assert {member.id, chair.id} <= await sent_to(town, wave, BRIEF)
    notes = await town.core.store.read(
        lambda tx: (
            tx.connection.execute(
                select(release_note.c.what).where(
                    release_note.c.wave_id == wave, release_note.c.to_person == member.id
                )
            )
            .scalars()
            .all()
        )
    )
    assert "final: district; first; 812 answers; as a message" in notes
    again = await town.core.store.read(
        lambda tx: compose(tx, BRIEF, wave, member, None, town.clock())
    )
    assert isinstance(again, AlignmentView)


async def test_who_presses_twice_sends_it_once_and_may_send_it_again(town: Hall) -> None:
    wave = await closed(town)
    view = await aligned(town, wave)
    query = select(delivery.c.campaign).where(delivery.c.subject == wave, delivery.c.kind == BRIEF)

    async def press(view: AlignmentView) -> AlignmentView:
        [send] = [
            one.command
            for one in card_of(view, WORDS).presses
            if isinstance(one.command, SendAlignment)
        ]
        town.clock.forward(seconds=2)
        after = await town.ask(CTO, send)
        assert isinstance(after, AlignmentView)
        return after

    async def sendings() -> int:
        found = await town.core.store.read(lambda tx: tx.connection.execute(query).scalars().all())
        return len(set(found))

    first = await press(view)
    assert await press(view) == first, "what stands"
    assert await sendings() == 1
    await press(first)
    assert await sendings() == 2


async def test_a_proposal_is_of_its_own_question(town: Hall) -> None:
    """Two rankings may have choices with the same key."""
    [ranking] = survey().questions
    asked = replace(
        survey(),
        pages=(Page(questions=(ranking,)), Page(questions=(replace(ranking, key="second"),))),
    )
    wave = await closed(town, points=(), of=asked)
    found = results(wave, survey(), town.clock(), POINTS)
    [table] = found.tables
    [cell] = table.cells
    [first] = cell.questions
    assert isinstance(first, RankingResult)
    wifi, parking = first.ranked[1], first.ranked[0]
    swapped = (replace(wifi, points=0.8, low=0.75, high=0.85), replace(parking, points=0.6))
    second = replace(first, question="second", ranked=(*swapped, *first.ranked[2:]))
    both = replace(table, cells=(replace(cell, questions=(first, second)),))
    await town.core.store.write(lambda tx: tx.put_results(wave, replace(found, tables=(both,))))
    goals = {f"goal.{key}.parking": NONE for key in ("first", "second")}
    await aligned(town, wave, goals)
    await town.ask(CTO, SendAlignment(wave_id=wave))
    view = await shown(town, wave, CHAIR_OF_STEERING)
    drafts = [one.command for one in card_of(view, WORDS).more]
    forms = [await town.ask(CHAIR_OF_STEERING, one) for one in drafts]
    assert len({one.values["advice"] for one in forms}) == len(forms) == 2
    assert "(place 1)" in forms[0].values["advice"]
    assert "(place 1)" not in forms[1].values["advice"]


async def test_without_a_steering_committee_it_goes_to_the_office_and_names_the_file(
    town: Hall,
) -> None:
    def unnamed(tx: object) -> None:
        district = replace(tx.district(), plan=PlanSettings())  # type: ignore[attr-defined]
        tx.put_district(district, tx.examples(), town.clock())  # type: ignore[attr-defined]

    await town.core.store.write(unnamed)
    wave = await closed(town)
    assert "Name it in plan.yaml" in repr(card_of(await shown(town, wave), WORDS))
    await town.ask(CTO, SendAlignment(wave_id=wave))
    assert await sent_to(town, wave, BRIEF) == {(await person(town.core, CTO)).id}
    assert isinstance(await town.ask(MEMBER, ShowAlignment(wave_id=wave)), Refused)


async def recommended(town: Hall, wave: UUID, **what: str) -> UUID:
    """The lead makes a recommendation of a proposal."""
    form = await town.ask(CHAIR_OF_STEERING, DraftGoalAdvice(wave_id=wave, **what))
    assert isinstance(form, FormView), form
    assert isinstance(form.of, WriteAdvice)
    assert "Based on the survey “Technology priorities”" in str(form.values["advice"])
    kept = await town.ask(CHAIR_OF_STEERING, replace(form.of, **form.values))
    assert isinstance(kept, AdviceView), kept
    await town.ask(CHAIR_OF_STEERING, SendAdvice(recommendation_id=form.of.recommendation_id))
    return form.of.recommendation_id


async def test_a_proposal_becomes_a_recommendation_and_everyone_asked_hears_what_was_decided(
    town: Hall,
) -> None:
    wave = await closed(town, WIFI_LAST)
    await aligned(town, wave)
    await town.ask(CTO, SendAlignment(wave_id=wave))
    for who in (MEMBER, CTO, TEACHER):
        drafted = await town.ask(
            who, DraftGoalAdvice(wave_id=wave, question="first", choice="parking")
        )
        assert isinstance(drafted, Refused), who
    new = await recommended(town, wave, question="first", choice="parking")
    old = await recommended(town, wave, goal="reliable-wifi")
    view = await shown(town, wave)
    assert {one.id for one in view.alignment.advice} == {new, old}
    assert "Tell everyone" not in repr(card_of(view, WORDS)), "nothing is decided yet"
    why = "There is room behind the gym."
    await town.ask(CTO, DecideAdvice(recommendation_id=new, accept=True, reason=why))
    await town.ask(CTO, DecideAdvice(recommendation_id=old, accept=False, reason="It still holds."))
    view = await shown(town, wave)
    assert {one.state for one in view.alignment.advice} == {
        AdviceState.ACCEPTED,
        AdviceState.DECLINED,
    }
    assert "Tell everyone who was asked" in repr(card_of(view, WORDS))
    assert isinstance(await town.ask(CHAIR_OF_STEERING, DraftOutcome(wave_id=wave)), Refused)
    form = await town.ask(CTO, DraftOutcome(wave_id=wave))
    assert isinstance(form, ConclusionsForm)
    typed = dict(form.words)
    assert (
        "Staff put “One password for all our programs” and “More parking for staff” first."
        in typed["heard"]
    )
    assert "CLASS Plan Steering recommended" in typed["heard"]
    assert why in typed["what_1"]
    assert "It still holds." in typed["not_done"]
    assert form.figures == ("first",)
    typed["by_1"] = "August"
    kept = await town.ask(CTO, WriteConclusions(wave_id=wave, words=typed, figures=form.figures))
    assert kept.unfit == {}
    await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
    told = await sent_to(town, wave, "conclusions")
    everyone = {(await person(town.core, one)).id for one in (TEACHER, OFFICE, CHAIR, CTO)}
    assert told == everyone
    later = await town.ask(CTO, DraftOutcome(wave_id=wave))
    assert dict(later.words) == typed, "what was told before is not said twice"


async def test_what_is_told_later_takes_the_place_of_what_was_told_before(town: Hall) -> None:
    wave = await closed(town, WIFI_LAST)
    await aligned(town, wave)
    await town.ask(CTO, SendAlignment(wave_id=wave))
    new = await recommended(town, wave, question="first", choice="parking")
    old = await recommended(town, wave, goal="reliable-wifi")

    async def heard(then: str = "") -> str:
        form = await town.ask(CTO, DraftOutcome(wave_id=wave))
        assert isinstance(form, ConclusionsForm)
        typed = dict(form.words)
        kept = {**typed, "heard": typed["heard"] + then, "by_1": "August"}
        await town.ask(CTO, WriteConclusions(wave_id=wave, words=kept, figures=form.figures))
        return typed["heard"]

    await town.ask(CTO, DecideAdvice(recommendation_id=new, accept=True, reason="There is room."))
    first = await heard(then="\n\nThank you.")
    await town.ask(CTO, DecideAdvice(recommendation_id=old, accept=False, reason="It holds."))
    later = await heard()
    assert (
        later.count(
            "Staff put “One password for all our programs” and “More parking for staff” first."
        )
        == 1
    )
    assert later.count("recommended") == 1
    assert later != first
    assert later.endswith("\n\nThank you.")


async def test_five_hundred_ideas_are_confirmed_page_by_page(town: Hall) -> None:
    wave = await closed(town, of=with_more(500))
    form = await town.ask(CTO, ShowAlignForm(wave_id=wave))
    assert len(form.rows) == 14, "a message takes no more choices of thirteen goals each"
    assert form.paging.pages == 36
    goals = {one.key: NONE for one in form.rows}
    second = await town.ask(CTO, AlignPriorities(wave_id=wave, goals=goals))
    assert isinstance(second, AlignForm)
    assert second.paging.page == 1
    assert {one.key for one in second.rows}.isdisjoint(goals)
    view = await shown(town, wave)
    assert len(view.alignment.open) == 490
    assert len(repr(card_of(view, WORDS))) < 20_000
    last = await town.ask(CTO, ShowAlignForm(wave_id=wave, page=35))
    assert len(last.rows) == 14
    reader = Reader(locale="en", timezone="America/Chicago", web_url="https://board.example.org")
    for message in (view, form, second, last):
        card = rendered(WORDS, card_of(message, WORDS), reader)
        assert size(card.card) <= LARGEST


async def facet(town: Hall, who: str, goal: str = "reliable-wifi") -> str:
    """What a goal's page says of it to somebody."""
    view = await town.ask(who, ShowGoal(goal=goal))
    assert isinstance(view, GoalView), view
    found = [one for one in view.facets if isinstance(one, PutFirst)]
    return repr(drawn(WORDS, found, Part.SAID))


async def in_the_table(town: Hall, who: str, goal: str = "reliable-wifi") -> list[str]:
    """The same in the plan's table."""
    view = await town.ask(who, ShowGoals())
    assert isinstance(view, GoalsView), view
    return linked_drawn(WORDS, view.linked.get(goal, ()))


async def test_the_plans_table_says_what_a_goals_page_says_and_to_the_same_people(
    town: Hall,
) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    assert await in_the_table(town, CTO) == ["ranked 2–3 by staff"]
    assert await in_the_table(town, CTO, "equal-classrooms") == []
    assert await in_the_table(town, TEACHER) == [], "nothing of it was published"
    words = {"heard": "The Wi-Fi.", "what_1": "New access points", "by_1": "March"}
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=words, figures=("first",)))
    await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
    assert await in_the_table(town, TEACHER) == ["ranked 2–3 by staff"]


async def test_a_goals_page_says_what_staff_put_first_once_it_is_published(town: Hall) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    assert "Wi-Fi in the portables (places 2 to 3, 60 ± 5 of 100)" in await facet(town, CTO)
    assert f"/results/{wave}/goals" in await facet(town, CTO)
    assert await facet(town, CTO, "equal-classrooms") == "[]"
    assert await facet(town, TEACHER) == "[]", "nothing of it was published"
    words = {"heard": "The Wi-Fi.", "what_1": "New access points", "by_1": "March"}
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=words, figures=("first",)))
    assert await facet(town, TEACHER) == "[]", "it is a draft"
    await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))
    assert "Wi-Fi in the portables" in await facet(town, TEACHER)
    assert f"/heard/{wave}" in await facet(town, TEACHER)
    assert "/goals" not in await facet(town, TEACHER)


async def test_what_a_person_confirmed_counts_and_not_what_the_author_said(town: Hall) -> None:
    wave = await closed(town)

    async def bound() -> list[tuple[str, str, int]]:
        found = await town.core.store.read(bindings)
        return [
            (one.holder.key.rpartition("/")[2], one.now.key, one.now.version)
            for one in found
            if one.holder.kind is HolderKind.CHOICE and str(wave) in one.holder.key
        ]

    assert await bound() == [("wifi", "reliable-wifi", 2)], "the author's"
    await aligned(town, wave, said(wifi="equal-classrooms:1"))
    assert await bound() == [("wifi", "equal-classrooms", 1)]
    await aligned(town, wave, said(wifi=NONE))
    assert await bound() == []


async def test_a_priority_moves_along_with_its_goal_and_back(town: Hall) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    source = Bound(kind=BoundKind.GOAL, key="one-sign-in", version=1)
    target = Bound(kind=BoundKind.GOAL, key="fewer-systems", version=2)
    holder = Holder(kind=HolderKind.CHOICE, key=choice_key(wave, "first", "sign-in"))
    moved = Remapping(
        id=uuid4(), batch=uuid4(), holder=holder, source=source, target=target, at=town.clock()
    )
    await change_plan(town, "one-sign-in", retired=True)
    assert len((await shown(town, wave)).alignment.open) == 1
    await town.core.store.write(lambda tx: tx.add_remappings([moved]))
    view = await shown(town, wave)
    assert view.alignment.open == ()
    assert "fewer-systems" in {one.key for one in view.alignment.energy}
    await change_plan(town, "one-sign-in", retired=False)
    town.clock.forward(minutes=5)
    view = await aligned(town, wave, said(sign_in=SIGN_IN))
    assert "fewer-systems" not in {one.key for one in view.alignment.energy}, "said after the move"
    found = await town.core.store.read(bindings)
    assert [one.now for one in found if one.holder == holder] == [source], "once"


async def test_a_priority_that_was_moved_is_put_back(town: Hall) -> None:
    wave = await closed(town)
    await aligned(town, wave)
    source = Bound(kind=BoundKind.GOAL, key="one-sign-in", version=1)
    target = Bound(kind=BoundKind.GOAL, key="fewer-systems", version=2)
    holder = Holder(kind=HolderKind.CHOICE, key=choice_key(wave, "first", "sign-in"))
    moved = Remapping(
        id=uuid4(), batch=uuid4(), holder=holder, source=source, target=target, at=town.clock()
    )
    await change_plan(town, "one-sign-in", retired=True)
    await town.core.store.write(lambda tx: tx.add_remappings([moved]))
    assert (await shown(town, wave)).alignment.open == ()
    await town.core.store.write(lambda tx: tx.undo_remappings(moved.batch, None, town.clock()))
    assert len((await shown(town, wave)).alignment.open) == 1


async def test_a_board_report_has_the_goals_that_a_person_confirmed(town: Hall) -> None:
    subject = await closed(town)
    wave = await town.core.store.read(lambda tx: tx.wave(subject))
    assert wave is not None

    async def goals() -> dict[str, tuple[str, ...]]:
        found = await town.core.store.read(lambda tx: goals_for(tx, wave))
        return {key: tuple(one.default for one in some) for (_, key), some in found.items()}

    assert await goals() == {}
    await aligned(town, subject, said(sign_in=SIGN_IN, parking=NONE))
    assert await goals() == {
        "sign-in": ("One sign-in to everything for learning",),
        "parking": (),
    }
