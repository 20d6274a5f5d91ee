"""The plan in versions: what staff read of a goal, how it came to be, and how it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event

from bot.cards import card_of
from core.cards import Card, Entries, flat
from core.text import text
from core.words import Words
from governance.board_reports import wording as board_wording
from governance.board_reports.gathering import gather
from governance.board_reports.periods import Period
from governance.changes.commands import ShowChange
from governance.docket.brief_cards import brief as brief_card
from governance.docket.commands import ShowItem
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.goal_changes.model import Holder, HolderKind, Remapping
from governance.goals import wording
from governance.goals.commands import EnterReading, ShowGoal, ShowGoals
from governance.goals.details import goal_detail
from governance.goals.facets import linked_drawn
from governance.goals.lists import plan_list
from governance.goals.messages import GoalsView, GoalView
from governance.goals.model import Component, Goal, Indicator
from governance.goals.numbers import EITHER_NUMBER
from governance.messages import Refused
from governance.recommendations.commands import DecideAdvice, SendAdvice, WriteAdvice
from governance.redaction.put_back import PutBack
from governance.references.commands import LinkItem
from governance.references.model import Bound, BoundKind
from governance.refusals import CTO_ONLY, NOT_HERE
from tests.attacks.hall import Hall, hall
from tests.bot.rosters.test_loading import differences, files
from tests.governance.announcements.test_campaigning import audited
from tests.governance.changes.test_process import approved
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, small_roster, teachers

COVERAGE = Indicator(
    key="coverage",
    name=text("Rooms with coverage", es="Salones con cobertura"),
    target=98,
    unit=text("%"),
    by=date(2027, 6, 30),
)
WIFI = Goal(
    key="wifi",
    title=text("Wi-Fi in every classroom", es="Wi-Fi en cada salón"),
    description=text("Every classroom has coverage."),
    indicators=(COVERAGE,),
)
REWORDED = replace(
    WIFI,
    title=text("Wi-Fi in every room where people teach"),
    reason="Gyms and portables were left out.",
    decided_by="Board resolution 2026-31",
    decided_on=date(2026, 10, 5),
)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=10) as found:
        await loaded(found, WIFI)
        yield found


async def loaded(town: Hall, *goals: Goal) -> None:
    """``district load`` of a plan with these goals, on the next day."""
    town.clock.forward(days=1)
    component = Component(key="rooms", name=text("Connected classrooms"), goals=goals)
    await differences(town, files(components=(component,)))


async def goal(town: Hall, who: str = TEACHER, key: str = "wifi") -> GoalView:
    found = await town.ask(who, ShowGoal(goal=key))
    assert isinstance(found, GoalView), found
    return found


def said(card: Card) -> str:
    return str(card.parts)


async def shown(town: Hall, who: str = TEACHER, *, locale: str = "en", key: str = "wifi") -> str:
    return said(card_of(await goal(town, who, key), Words(locale)))


async def table(town: Hall, key: str = "wifi", who: str = TEACHER) -> list[str]:
    """What the plan's table says is linked to a goal."""
    found = await town.ask(who, ShowGoals())
    assert isinstance(found, GoalsView), found
    return linked_drawn(Words("en"), found.linked.get(key, ()))


async def test_everybody_reads_the_plan_with_its_goals_and_how_they_stand(town: Hall) -> None:
    found = await town.ask(OFFICE, ShowGoals())
    assert isinstance(found, GoalsView), found
    card = card_of(found, Words("en"))
    assert flat(card.title) == "The plan and its goals"
    assert "Connected classrooms" in said(card)
    assert "Rooms with coverage: Not measured yet. Target: 98% by June 30, 2027." in said(card)
    assert [press.label for press in card.more] == ["Wi-Fi in every classroom"]
    assert "Wi-Fi en cada salón" in said(card_of(found, Words("es")))


async def test_a_goal_reworded_by_the_files_shows_its_history(town: Hall) -> None:
    await loaded(town, REWORDED)
    told = await shown(town)
    assert "Reworded on October 5, 2026 (version 2). Decided by: Board resolution 2026-31." in told
    assert "Gyms and portables were left out." in told
    assert "('Title before', 'Wi-Fi in every classroom')" in told
    assert "('Title after', 'Wi-Fi in every room where people teach')" in told
    assert "On record since October 6, 2026 (version 1)" in told


async def test_an_item_linked_to_the_words_before_says_that_they_changed(town: Hall) -> None:
    item = await town.item(TEACHER, "The wifi in the gym drops")
    await town.ask(CHAIR, LinkItem(item_id=item, to="goal:wifi"))
    before = brief_card(Words("en"), await town.ask(CHAIR, ShowItem(item_id=item)))
    assert "Goal: Wi-Fi in every classroom" in said(before)
    assert "reworded since" not in said(before)
    await loaded(town, REWORDED)
    after = brief_card(Words("es"), await town.ask(CHAIR, ShowItem(item_id=item)))
    assert "/plan/wifi" in said(after)
    english = brief_card(Words("en"), await town.ask(CHAIR, ShowItem(item_id=item)))
    assert "Goal: Wi-Fi in every room where people teach (reworded since)" in said(english)
    await loaded(town, replace(REWORDED, retired=True))
    retired = brief_card(Words("en"), await town.ask(CHAIR, ShowItem(item_id=item)))
    assert "(retired since)" in said(retired)


async def test_a_goal_that_was_merged_or_retired_stays_on_the_page_with_its_reason(
    town: Hall,
) -> None:
    other = Goal(key="rooms", title=text("The same in every room"))
    over = replace(WIFI, retired=True, became=("rooms",), reason="Part of it now.")
    await loaded(town, over, other)
    found = await town.ask(TEACHER, ShowGoals())
    assert [one.goal.key for one in found.components[0].goals] == ["rooms"]
    assert [one.goal.key for one in found.components[0].retired] == ["wifi"]
    assert "It is now part of “The same in every room”." in said(card_of(found, Words("en")))
    assert "Merged into another goal on" in await shown(town)


async def test_a_goal_that_never_was_is_not_here(town: Hall) -> None:
    found = await town.ask(TEACHER, ShowGoal(goal="robots"))
    assert isinstance(found, Refused)
    assert found.why.why == NOT_HERE


# -- what supports it, and what staff said ---------------------------------------------------------


async def test_a_change_supports_a_goal_as_it_was_worded_when_it_was_approved(town: Hall) -> None:
    change = await approved(town, serves="wifi")
    told = await shown(town)
    assert f"/calendar/{change}" in told
    assert await table(town) == ["1 change"]
    assert "The goal has been reworded since." not in told
    town.clock.forward(days=2)
    await loaded(town, replace(REWORDED, decided_on=None))
    assert "The goal has been reworded since." in await shown(town)
    seen = card_of(await town.ask(TEACHER, ShowChange(change_id=change)), Words("en"))
    assert "Wi-Fi in every room where people teach (reworded since)" in said(seen)


async def linked(town: Hall, authors: list[str]) -> list[UUID]:
    words = [f"The wifi drops again, says {n}" for n in range(len(authors))]
    found = [await town.item(who, said) for who, said in zip(authors, words, strict=True)]
    for item in found:
        await town.ask(CHAIR, LinkItem(item_id=item, to="goal:wifi"))
    return found


async def test_messages_are_counted_in_steps_and_only_of_five_people_or_more(town: Hall) -> None:
    staff = [one.email for one in teachers(small_roster(10), 7)]
    assert len(staff) == 7
    await linked(town, [*staff[:4], *staff[:4]])
    assert "What staff said about it" in await shown(town)
    assert "staff messages" not in await shown(town), "four people are behind them"
    assert await table(town) == []
    await linked(town, staff[4:])
    assert await table(town) == ["10+ messages"]
    assert "Committees linked at least 10 staff messages to this goal." in await shown(town)


async def test_a_recommendation_about_a_goal_is_there_once_it_was_accepted(town: Hall) -> None:
    advice = uuid4()
    await town.ask(
        CHAIR,
        WriteAdvice(
            recommendation_id=advice,
            queue="network",
            title="Measure every portable",
            advice="Before winter.",
            goals=("wifi",),
        ),
    )
    await town.ask(CHAIR, SendAdvice(recommendation_id=advice))
    assert "Measure every portable" not in await shown(town)
    await town.ask(CTO, DecideAdvice(recommendation_id=advice, accept=True, reason="We will."))
    told = await shown(town)
    assert "Measure every portable" in told
    assert "Accepted on" in told


async def test_what_was_moved_to_another_goal_stands_on_that_goals_page(town: Hall) -> None:
    other = Goal(key="rooms", title=text("The same in every room"))
    await loaded(town, WIFI, other)
    change = await approved(town, serves="wifi")
    staff = [one.email for one in teachers(small_roster(10), 6)]
    holders = [Holder(kind=HolderKind.CHANGE, key=str(change))]
    items = await linked(town, staff)
    holders += [Holder(kind=HolderKind.ITEM, key=str(one)) for one in items]
    assert str(change) in await shown(town)
    batch, now = uuid4(), town.clock()
    source = Bound(kind=BoundKind.GOAL, key="wifi", version=1)
    moved = [
        Remapping(
            id=uuid4(),
            batch=batch,
            holder=one,
            source=source,
            target=Bound(kind=BoundKind.GOAL, key="rooms", version=1),
            at=now,
        )
        for one in holders
    ]
    await town.core.store.write(lambda tx: tx.add_remappings(moved))
    assert str(change) not in await shown(town)
    assert "staff messages" not in await shown(town)
    there = await shown(town, key="rooms")
    assert str(change) in there
    assert "at least 5 staff messages" in there
    assert await table(town, "rooms") == ["5+ messages", "1 change"]
    assert await table(town) == []
    await town.core.store.write(lambda tx: tx.undo_remappings(batch, None, now))
    assert str(change) in await shown(town)
    assert str(change) not in await shown(town, key="rooms")


MOST_STATEMENTS = 25
"""Of one page."""


async def statements(town: Hall) -> int:
    """How many the plan asks of the database, of the CTO."""
    seen: list[str] = []

    def saw(connection: object, cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", saw)
    try:
        assert isinstance(await town.ask(CTO, ShowGoals()), GoalsView)
    finally:
        event.remove(Engine, "before_cursor_execute", saw)
    return len(seen)


async def test_the_plan_asks_as_much_of_many_goals_and_links_as_of_one(town: Hall) -> None:
    staff = [one.email for one in teachers(small_roster(10), 6)]
    await approved(town, serves="wifi")
    await linked(town, staff[:1])
    few = await statements(town)
    more = [Goal(key=f"goal-{n}", title=text(f"Goal {n}")) for n in range(40)]
    await loaded(town, WIFI, *more)
    for one in more[:3]:
        await approved(town, serves=one.key)
    await linked(town, staff)
    assert await statements(town) == few
    assert 0 < few <= MOST_STATEMENTS


# -- readings --------------------------------------------------------------------------------------


async def enter(town: Hall, who: str = CTO, **more: object) -> object:
    given = {"indicator": "coverage", "on": date(2026, 10, 1), "value": "92,5 %", **more}
    return await town.ask(who, EnterReading(goal="wifi", **given))


async def test_the_ctos_office_enters_a_reading_and_all_staff_see_it(town: Hall) -> None:
    assert isinstance(await town.ask(CTO, Open(of=EnterReading(goal="wifi"))), FormView)
    assert isinstance(await enter(town, note="September's survey."), GoalView)
    told = await shown(town, OFFICE)
    assert "92.5% on October 1, 2026. Target: 98% by June 30, 2027. September's survey." in told
    await enter(town, on=date(2026, 10, 6), value="98")
    assert "98% on October 6, 2026. Target reached." in await shown(town, OFFICE)
    assert len((await goal(town)).line.indicators[0].readings) == 2


async def test_what_was_measured_before_the_rewording_is_compared_with_nothing(town: Hall) -> None:
    """On the plan, on the goal's page, and in the Board report: else one reads a rise, and one a
    fall."""
    await enter(town, on=date(2026, 9, 10), value="95")
    await loaded(town, REWORDED)  # on October 5
    await enter(town, on=date(2026, 10, 5), value="84")
    words = Words("en")

    async def earlier() -> tuple[str, str, str]:
        rows = plan_list(words, await town.ask(TEACHER, ShowGoals())).rows
        (row,) = [one for one in rows if one.key == "wifi"]
        tile = goal_detail(words, await goal(town)).tiles[0]
        figures = await town.core.store.read(
            lambda tx: gather(
                tx, Period(first=date(2026, 9, 1), last=date(2026, 10, 7)), town.clock()
            )
        )
        goals = [goal for one in figures.components for goal in one.goals]
        titles = WIFI.title.default, REWORDED.title.default
        (line,) = [one for one in goals if one.title.default in titles]
        return (
            row.cells[3].text,
            tile.trend_says,
            board_wording.indicator(words, line.indicators[0]),
        )

    assert await earlier() == ("", "", "84%. Target: 98% by June 30, 2027.")
    await enter(town, on=date(2026, 10, 6), value="86")
    assert await earlier() == (
        "84% in Oct 2026",
        "84% in Oct 2026",
        "86% (was 84%). Target: 98% by June 30, 2027.",
    )


async def stated(town: Hall) -> set[str]:
    """The goal's state in the plan, in its table, on its own page, and in a report to the Board."""
    plan = await town.ask(TEACHER, ShowGoals())
    assert isinstance(plan, GoalsView), plan
    words = Words("en")
    (row,) = [one for one in plan_list(words, plan).rows if one.key == "wifi"]
    entry = next(one for one in card_of(plan, words).parts if isinstance(one, Entries))
    period = Period(first=date(2026, 9, 1), last=date(2026, 10, 5))
    figures = await town.core.store.read(lambda tx: gather(tx, period, town.clock()))
    of_report = next(
        goal
        for one in figures.components
        for goal in one.goals
        if goal.title.default == WIFI.title.default
    )
    tag = board_wording.state(words, of_report)
    return {
        entry.rows[0][1].partition(".")[0],
        row.cells[4].text,
        card_of(await goal(town), words).badge,
        tag.text if tag else wording.state(words, None),
    }


async def test_one_state_stands_in_chat_on_pages_and_in_the_report(town: Hall) -> None:
    assert await stated(town) == {"No state yet"}
    await enter(town, on=date(2026, 1, 4), value="80")
    assert await stated(town) == {"No state yet"}
    for value, state in (("90", "On track"), ("88", "Behind"), ("84", "Off track")):
        await enter(town, on=date(2026, 10, 5), value=value)
        assert await stated(town) == {state}
    assert "Off track. Expected by now: 89.1%." in await shown(town)
    await enter(town, on=date(2026, 10, 5), value="98")
    assert await stated(town) == {"Target met"}


async def test_a_reading_of_the_same_day_is_replaced_and_the_audit_says_so(town: Hall) -> None:
    await enter(town)
    await enter(town)
    await enter(town, value="93")
    (only,) = (await goal(town)).line.indicators[0].readings
    assert only.value == 93
    said_of_it = [one for one in await audited(town) if "reading" in one]
    assert said_of_it == [
        "reading entered: wifi coverage 2026-10-01: 92.5",
        "reading corrected: wifi coverage 2026-10-01: 93 (was 92.5)",
    ]


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"value": "many"}, "value", "Enter a number, such as 92 or 4.5."),
        ({"value": ""}, "value", "Enter a number, such as 92 or 4.5."),
        ({"value": "1e400"}, "value", "Enter a number, such as 92 or 4.5."),
        ({"value": "1,234"}, "value", EITHER_NUMBER),
        ({"value": "-12,500 %"}, "value", EITHER_NUMBER),
        ({"on": None}, "on", "Choose a day."),
        ({"on": date(2026, 10, 9)}, "on", "Choose today or an earlier day."),
        ({"indicator": "robots"}, "indicator", "Please choose from the list."),
        ({"note": "x" * 301}, "note", "This is {n} characters long. Please keep it to {most}."),
    ],
)
async def test_what_is_no_reading_is_told_and_not_kept(
    town: Hall, given: dict[str, object], field: str, why: str
) -> None:
    found = await enter(town, **given)
    assert isinstance(found, FormView), found
    assert [(key, one.why) for key, one in found.unfit.items()] == [(field, why)]
    assert (await goal(town)).line.indicators[0].readings == ()


async def test_a_name_in_a_note_is_asked_about_before_staff_see_it(town: Hall) -> None:
    note = "Counted by Naomi Whitehorse on Monday."
    found = await enter(town, note=note, put_back=PutBack(seen=""))
    assert isinstance(found, FormView)
    assert found.doubt is not None
    assert (await goal(town)).line.indicators[0].readings == ()


async def test_only_the_ctos_office_enters_readings(town: Hall) -> None:
    for command in (Open(of=EnterReading(goal="wifi")), EnterReading(goal="wifi")):
        found = await town.ask(CHAIR, command)
        assert isinstance(found, Refused)
        assert found.why.why == CTO_ONLY
    assert not (await goal(town, CHAIR)).measures
    assert (await goal(town, CTO)).measures


async def test_readings_before_and_after_a_rewording_are_of_two_versions(town: Hall) -> None:
    await loaded(town, replace(REWORDED, decided_on=date(2026, 10, 3)))
    assert (await goal(town)).breaks == (date(2026, 10, 3),)
    await loaded(town, replace(REWORDED, decided_on=date(2026, 10, 3), indicators=()))
    assert (await goal(town)).breaks == (date(2026, 10, 3),), "what measures it is not its words"
    assert isinstance(await town.ask(CTO, Open(of=EnterReading(goal="wifi"))), Refused)


async def test_what_the_files_do_not_change_is_no_step(town: Hall) -> None:
    await loaded(town, WIFI)
    await loaded(town, WIFI)
    assert len((await goal(town)).steps) == 1
