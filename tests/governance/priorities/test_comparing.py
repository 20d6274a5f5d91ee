"""Comparing pairs: each is chosen once, answered once, and can be gone through again."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from core.text import text
from governance.access import Source
from governance.messages import Refused
from storage.priority_tables import choice_shown, idea
from surveys.commands import AnswerPage, CloseWave, ShowPage, ShowSaid
from surveys.messages import Answered, QuestionPage, WaveClosedAlready, WhatYouSaid
from surveys.ports import Trial
from surveys.priorities.commands import (
    BeginPairs,
    RestartPairs,
    ShowProtection,
    StopPairs,
    Verdict,
)
from surveys.priorities.messages import Comparing, Stage
from surveys.questions import Pairwise, Scale
from surveys.survey import Page, Participation
from tests.attacks.hall import Hall, hall
from tests.bot.samples.priority import FIRST
from tests.governance.priorities.town import compares, kept, launched, pair, says, sides
from tests.journeys.town import CHAIR, TEACHER, example, person, small_roster, teachers
from tests.postgres import migrated_database

TIMES = choice_shown.c.times
HOW = Scale(key="how", prompt=text("How is it?"))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=20) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
async def either(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    if request.param == "sqlite":
        async with hall(tmp_path, staff=20) as found:
            yield found
        return
    with migrated_database() as url:
        async with hall(tmp_path, staff=20, url=url) as found:
            yield found


async def shown_so_often(town: Hall) -> Counter[str]:
    rows = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(choice_shown.c.choice, func.sum(choice_shown.c.times)).group_by(
                choice_shown.c.choice
            )
        ).all()
    )
    return Counter({choice: int(times) for choice, times in rows})


async def test_a_pair_stays_until_it_is_answered(either: Hall) -> None:
    wave = await launched(either)
    first = await pair(either, wave)
    assert await pair(either, wave) == first, "a second press chooses none anew"
    assert sides(await either.ask(TEACHER, ShowPage(wave_id=wave))) == first
    assert await shown_so_often(either) == Counter(first)
    second = sides(await either.ask(TEACHER, says(wave, first)))
    assert frozenset(second) != frozenset(first)
    assert (await kept(either, wave)).answers["first"] == (f"{first[0]}>{first[1]}",)
    assert await shown_so_often(either) == Counter((*first, *second))


async def test_two_presses_of_a_pair_are_one_verdict(either: Hall) -> None:
    wave = await launched(either)
    first = await pair(either, wave)
    both = [either.ask(TEACHER, says(wave, first, one)) for one in (Verdict.ONE, Verdict.OTHER)]
    one, other = await asyncio.gather(*both)
    assert sides(one) == sides(other), "both are shown the same next pair"
    (entry,) = (await kept(either, wave)).answers["first"]
    assert entry in (f"{first[0]}>{first[1]}", f"{first[1]}>{first[0]}")
    late = await either.ask(TEACHER, says(wave, first, Verdict.NEITHER))
    assert sides(late) == sides(one)
    assert (await kept(either, wave)).answers["first"] == (entry,)
    assert sum((await shown_so_often(either)).values()) == 4


async def test_an_event_that_comes_twice_counts_once(town: Hall) -> None:
    wave = await launched(town)
    first = await pair(town, wave)
    for _ in range(2):
        await town.ask(TEACHER, says(wave, first), event_id="E1")
    assert len((await kept(town, wave)).answers["first"]) == 1


async def test_a_pair_of_somebody_else_is_refused(town: Hall) -> None:
    wave = await launched(town)
    first = await pair(town, wave)
    keys = [choice.key for choice in FIRST.choices]
    strange = next((a, b) for a in keys for b in keys if a != b and {a, b} != set(first))
    for never in (strange, (first[1], first[0]), ("c0", "idea-0")):
        said = await town.ask(TEACHER, says(wave, never))
        assert isinstance(said, Refused)
        assert said.why.why == "That is not one of your pairs. Please choose again."
    assert "first" not in (await kept(town, wave)).answers


async def test_whoever_skips_all_pairs_has_answered_and_decides_nothing(town: Hall) -> None:
    wave = await launched(town)
    assert isinstance(await compares(town, wave, verdict=Verdict.SKIP), Answered)
    found = await kept(town, wave)
    assert found.complete
    assert found.answers["first"] == ()


async def test_stopping_keeps_what_was_said_and_going_on_shows_the_same_pair(town: Hall) -> None:
    wave = await launched(town)
    second = sides(await town.ask(TEACHER, says(wave, await pair(town, wave))))
    stopped = await town.ask(TEACHER, StopPairs(wave_id=wave, page=0))
    assert (stopped.stage, stopped.done, stopped.of) == (Stage.STOPPED, 1, 6)
    assert sides(await town.ask(TEACHER, ShowPage(wave_id=wave))) == second
    someone = await person(town.core, TEACHER)
    became = await town.core.store.read(lambda tx: tx.participation(wave, someone.id))
    assert became is Participation.PARTIAL


async def test_how_it_is_protected_is_told_before_the_first_pair(town: Hall) -> None:
    wave = await launched(town)
    begins = await town.ask(TEACHER, ShowPage(wave_id=wave))
    assert begins.stage is Stage.BEGIN
    told = await town.ask(TEACHER, ShowProtection(wave_id=wave, page=0))
    assert told.stage is Stage.PROTECTED
    assert told.promise == begins.promise is not None
    assert "first.asked" not in (await kept(town, wave)).answers, "looking chooses no pair"


async def test_starting_over_asks_the_same_pairs_and_counts_none_of_them_again(
    town: Hall,
) -> None:
    wave = await launched(town)
    await compares(town, wave)
    before, times = await kept(town, wave), await shown_so_often(town)
    done = await town.ask(TEACHER, ShowPage(wave_id=wave))
    assert (done.stage, done.done) == (Stage.DONE, 6)
    shown = await town.ask(TEACHER, RestartPairs(wave_id=wave, page=0))
    again = []
    while isinstance(shown, Comparing):
        again.append(sides(shown))
        shown = await town.ask(TEACHER, says(wave, again[-1], Verdict.NEITHER))
    assert isinstance(shown, Answered)
    assert shown.changed
    after = await kept(town, wave)
    assert after.answers["first.asked"] == before.answers["first.asked"]
    assert all("=" in entry for entry in after.answers["first"])
    assert await shown_so_often(town) == times


async def test_pairs_between_other_pages(town: Hall) -> None:
    """Their page is passed like any other; what is kept beside the answers stays with them."""
    pages = (
        Page(questions=(HOW,)),
        Page(questions=(FIRST,)),
        Page(questions=(replace(HOW, key="end"),)),
    )
    wave = await launched(town, pages=pages)
    begins = await town.ask(TEACHER, AnswerPage(wave_id=wave, page=0, answers={"how": "4"}))
    assert isinstance(begins, Comparing)
    assert begins.stage is Stage.BEGIN
    shown = await town.ask(TEACHER, BeginPairs(wave_id=wave, page=1))
    first = sides(shown)
    while isinstance(shown, Comparing):
        shown = await town.ask(TEACHER, says(wave, sides(shown), page=1))
    assert isinstance(shown, QuestionPage)
    assert shown.page == 2
    again = await town.ask(TEACHER, AnswerPage(wave_id=wave, page=0, answers={"how": "5"}))
    assert isinstance(again, Comparing)
    assert (again.stage, again.last) == (Stage.DONE, False)
    thanks = await town.ask(TEACHER, AnswerPage(wave_id=wave, page=2, answers={"end": "2"}))
    assert isinstance(thanks, Answered)
    found = await kept(town, wave)
    assert found.complete
    assert len(found.answers["first.asked"]) == 6
    assert first[0] in found.answers["first"][0]


async def test_a_page_of_pairs_cannot_be_skipped(town: Hall) -> None:
    pages = (Page(questions=(FIRST,)), Page(questions=(HOW,)))
    wave = await launched(town, pages=pages)
    back = await town.ask(TEACHER, AnswerPage(wave_id=wave, page=1, answers={"how": "4"}))
    assert isinstance(back, Comparing)
    assert back.stage is Stage.BEGIN
    for answers in ({"first": ("c0>c1",)}, {}):
        same = await town.ask(TEACHER, AnswerPage(wave_id=wave, page=0, answers=answers))
        assert isinstance(same, Comparing), "pairs are not handed in as a form"
    assert "first" not in (await kept(town, wave)).answers


async def test_a_test_of_its_author_counts_nothing(town: Hall) -> None:
    survey = replace(example().surveys[0], pages=(Page(questions=(FIRST,)),))
    who, trial = await person(town.core, TEACHER), uuid4()
    until = town.clock().replace(year=2027)
    kept_for_them = Trial(id=trial, person_id=who.id, survey=survey, until=until)
    await town.core.store.write(lambda tx: tx.put_trial(kept_for_them))
    thanks = await compares(town, trial)
    assert isinstance(thanks, Answered)
    assert thanks.trial
    for table in (choice_shown, idea):
        rows = await town.core.store.read(
            lambda tx, table=table: tx.connection.execute(select(table)).all()
        )
        assert not rows


async def test_people_of_a_group_see_every_choice_equally_often(town: Hall) -> None:
    crowd = [one.email for one in teachers(small_roster(20), 16)]
    wave = await launched(town, *crowd)
    for email in crowd:
        await compares(town, wave, email)
    groups = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(
                choice_shown.c.people,
                func.min(choice_shown.c.times),
                func.max(choice_shown.c.times),
            ).group_by(choice_shown.c.people)
        ).all()
    )
    assert len(groups) == 3, "teachers of three levels"
    assert all(most - least <= 2 for _, least, most in groups)


async def test_what_you_said_has_your_own_pairs(town: Hall) -> None:
    wave = await launched(town)
    first = await pair(town, wave)
    await town.ask(TEACHER, says(wave, first))
    said = await town.ask(TEACHER, ShowSaid(wave_id=wave))
    assert isinstance(said, WhatYouSaid)
    (question,) = said.questions
    assert isinstance(question, Pairwise)
    assert question.shown[0] == first
    assert len(question.shown) == 2, "and the one that is open"


async def test_after_the_closing_nothing_is_left_but_results(either: Hall) -> None:
    wave = await launched(either)
    await compares(either, wave)
    await compares(either, wave, CHAIR)
    open_pair = says(wave, ("c0", "c1"))
    await either.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    assert not await shown_so_often(either)
    for command in (BeginPairs(wave_id=wave, page=0), open_pair, StopPairs(wave_id=wave, page=0)):
        assert isinstance(await either.ask(TEACHER, command), WaveClosedAlready)
