"""What came of surveys, for all of the staff: which ones they know of, what they may open, and that
administrators are shown nothing of their own building that was not published."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.people import Audience
from core.words import Words
from governance.access import Source, reader_of_results
from governance.conclusions.commands import (
    PublishConclusions,
    ReadConclusions,
    ShowConclusionsForm,
    WriteConclusions,
)
from governance.conclusions.model import Conclusions
from governance.messages import Refused
from governance.waves import my_survey_wording
from governance.waves.handlers import show_my_surveys
from governance.waves.my_surveys import MOST_LISTED, MySurvey, MySurveys, ShowMySurveys
from storage.transaction import Transaction
from surveys.commands import (
    AnswerPage,
    CloseWave,
    ExportResults,
    LaunchSurvey,
    ReadComments,
    ShowResults,
)
from surveys.survey import Dimension, Participation, PlannedTable, Wave, WaveState
from surveys.waves.sampling import Sample
from tests.attacks.hall import Hall, hall
from tests.bot.web.rules.house import browser
from tests.bot.web.test_first_day import costs
from tests.governance.test_access import PEOPLE, actor
from tests.journeys.town import CHAIR, CTO, TEACHER, example, person

ADMINISTRATOR = next(p.email for p in example().personas if p.about.startswith("Administrator"))
PULSE = next(one for one in example().surveys if one.key == "weekly-pulse")
HEARD = {"heard": "The Wi-Fi is slow.", "not_done": "Nothing, until we know why."}
MOST_STATEMENTS = 25


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=30) as found:
        yield found


async def launched(town: Hall, audience: Audience = Audience(), **more: object) -> UUID:  # noqa: B008
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=PULSE,
        audience=audience,
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        despite_limit="One survey after another.",
    )
    command = replace(command, **more)  # type: ignore[arg-type]
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return command.wave_id


async def closed(town: Hall, audience: Audience = Audience(), **more: object) -> UUID:  # noqa: B008
    wave = await launched(town, audience, **more)
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    return wave


async def publish(town: Hall, wave: UUID, figures: tuple[str, ...] = ()) -> None:
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=HEARD, figures=figures))
    await town.ask(CTO, PublishConclusions(wave_id=wave, version=1))


async def shown(town: Hall, email: str, page: int = 0) -> MySurveys:
    found = await town.ask(email, ShowMySurveys(page=page))
    assert isinstance(found, MySurveys), found
    return found


async def of(town: Hall, email: str) -> dict[UUID, MySurvey]:
    return {one.wave_id: one for one in (await shown(town, email)).surveys}


# -- which surveys ---------------------------------------------------------------------------------


async def test_a_closed_survey_of_all_of_the_staff_is_there_for_who_was_not_in_its_sample(
    town: Hall,
) -> None:
    sampled = await closed(town, selection=Sample(people=20))
    everyone = {p.email for p in await town.core.store.read(lambda tx: tx.people_of(Audience()))}
    found = {email: (await of(town, email))[sampled] for email in sorted(everyone)}
    asked = [email for email, one in found.items() if one.became is not None]
    assert len(asked) == 20
    told = {email: my_survey_wording.state(Words(), one) for email, one in found.items()}
    day = Words().day(found[CTO].closes_at)
    told_asked = f"It closed on {day}. Results have not been published yet."
    for email, state in told.items():
        assert state == told_asked + ("" if email in asked else " You were not asked."), email


async def test_a_survey_of_some_is_for_nobody_else_to_see_until_it_is_published(
    town: Hall,
) -> None:
    teacher, other = await person(town.core, TEACHER), await person(town.core, CHAIR)
    mine = await closed(town, Audience(people=frozenset({teacher.email, *await some(town, 25)})))
    assert (await of(town, TEACHER))[mine].became is Participation.ASKED
    assert mine not in await of(town, other.email)
    await publish(town, mine)
    for email in (teacher.email, other.email):
        one = (await of(town, email))[mine]
        assert one.heard_at is not None, email
        (press,) = [c for _, c in my_survey_wording.presses(Words(), one) if c is not None][:1]
        assert press == ReadConclusions(wave_id=mine)
        assert isinstance(await town.ask(email, press), Conclusions)


async def some(town: Hall, most: int) -> list[str]:
    """Addresses of people without a duty."""
    busy = {TEACHER, CHAIR, CTO, ADMINISTRATOR}
    there = await town.core.store.read(lambda tx: tx.people_of(Audience()))
    return [one.email for one in there if one.email not in busy][:most]


async def test_an_open_survey_is_only_for_who_was_asked_and_comes_first(town: Hall) -> None:
    first = await launched(town, Audience(people=frozenset({TEACHER, *await some(town, 25)})))
    town.clock.forward(hours=1)
    second = await closed(town)
    listed = [one.wave_id for one in (await shown(town, TEACHER)).surveys]
    assert listed == [first, second]
    assert [one.wave_id for one in (await shown(town, CHAIR)).surveys] == [second]


async def test_a_draft_of_what_was_heard_is_nobodys_to_read(town: Hall) -> None:
    wave = await closed(town)
    await town.ask(CTO, WriteConclusions(wave_id=wave, words=HEARD))
    for email in (TEACHER, ADMINISTRATOR, CHAIR):
        assert (await of(town, email))[wave].heard_at is None, email


# -- who opens what --------------------------------------------------------------------------------


async def test_results_are_offered_to_everybody_who_may_open_them_and_to_nobody_else(
    town: Hall,
) -> None:
    plain = await closed(town)
    named = await closed(town, survey=replace(PULSE, committees=("network",)))
    teacher = await person(town.core, TEACHER)

    def compared(tx: Transaction) -> list[tuple[str, UUID, bool, bool]]:
        found = []
        for name, asking in PEOPLE.items():
            who = actor(asking, teacher)
            for one in show_my_surveys(tx, who, town.clock()).surveys:
                offered = ShowResults(wave_id=one.wave_id) in [
                    press for _, press in my_survey_wording.presses(Words(), one)
                ]
                guard = reader_of_results(who, ShowResults(wave_id=one.wave_id), tx)
                found.append((name, one.wave_id, offered, guard is None))
        return found

    found = await town.core.store.read(compared)
    assert {(name, wave) for name, wave, *_ in found} == {
        (name, wave) for name in PEOPLE for wave in (plain, named)
    }
    for name, wave, offered, may in found:
        assert offered is may, (name, wave)
    assert {name for name, wave, offered, _ in found if offered and wave == plain} == {
        "the CTO",
        "a CTO who left",
        "a guest account of the CTO",
    }, "the last two never come so far: the dispatch refuses them everything"
    assert "its chair" in {name for name, wave, offered, _ in found if offered and wave == named}


# -- administrators --------------------------------------------------------------------------------


async def test_an_administrator_is_shown_nothing_that_was_not_published(town: Hall) -> None:
    tables = (PlannedTable(), PlannedTable(by=(Dimension.BUILDING,)))
    wave = await launched(town, survey=replace(PULSE, tables=tables))
    for place, one in enumerate(await town.core.store.read(lambda tx: tx.people_of(Audience()))):
        week, helped = str(1 + place % 5), "yes" if place % 3 else "no"
        answers = {"week": week, "help": helped, "note": "secret"}
        await town.ask(one.email, AnswerPage(wave_id=wave, page=0, answers=answers))
    await town.core.dispatch.by_itself(CloseWave(wave_id=wave), Source.OPERATOR)
    for command in (
        ShowResults(wave_id=wave),
        ExportResults(wave_id=wave, form="csv"),
        ReadComments(wave_id=wave, question="note"),
        ShowConclusionsForm(wave_id=wave),
    ):
        assert isinstance(await town.ask(ADMINISTRATOR, command), Refused), command
    released = (await town.ask(CTO, ShowResults(wave_id=wave))).results
    district, schools = released.tables
    assert schools.plan.by == (Dimension.BUILDING,)

    theirs, teachers = await shown(town, ADMINISTRATOR), await shown(town, TEACHER)
    assert theirs.building
    assert replace(theirs, building="") == teachers, "the same as every teacher, and why"
    figures = [
        field
        for one in theirs.surveys
        for field in vars(one).values()
        if isinstance(field, int | float) and not isinstance(field, bool)
    ]
    assert figures == [len(PULSE.questions), PULSE.effort], "no figure of an answer is in it"

    await publish(town, wave, figures=("week", "help"))
    said = await town.ask(ADMINISTRATOR, ReadConclusions(wave_id=wave))
    assert isinstance(said, Conclusions)
    whole = [one for cell in district.cells for one in cell.questions]
    assert said.told
    assert all(one in whole for one in said.told), "the district's, as they were released"
    assert said == await town.ask(TEACHER, ReadConclusions(wave_id=wave))


async def test_an_administrator_reads_why_and_nobody_else_does(town: Hall) -> None:
    await closed(town)
    found = {}
    for email in (ADMINISTRATOR, TEACHER, CHAIR, CTO):
        async with browser(town, email) as client:
            page = (await client.get("/surveys")).text
        found[email] = "results go to the CTO&#39;s office" in re.sub(r"\s+", " ", page)
    assert found == {ADMINISTRATOR: True, TEACHER: False, CHAIR: False, CTO: False}


# -- the page --------------------------------------------------------------------------------------


def closed_waves(numbers: range, like: Wave) -> list[Wave]:
    return [
        replace(
            like,
            id=UUID(int=number + 1),
            opens_at=like.opens_at - timedelta(days=number + 1),
            closes_at=like.closes_at - timedelta(days=number + 1),
        )
        for number in numbers
    ]


async def test_the_page_costs_the_same_however_many_have_closed(town: Hall) -> None:
    wave, found = await closed(town), list[int]()
    like = await town.core.store.read(lambda tx: tx.wave(wave))
    assert like is not None
    async with browser(town, ADMINISTRATOR) as client:
        for numbers in (range(9), range(9, 499)):
            some = closed_waves(numbers, like)

            def keep(tx: Transaction, some: list[Wave] = some) -> None:
                for one in some:
                    tx.add_wave(one)
                    tx.set_wave_state(one.id, WaveState.CLOSED)
                    tx.put_final_count(one.id, 20, None)

            await town.core.store.write(keep)
            await client.get("/surveys")
            page, statements = await costs(client, "/surveys")
            assert page.text.count("<li><span") == min(numbers.stop + 1, MOST_LISTED)
            found.append(statements)
        last = (await client.get("/surveys?page=25")).text
        assert "Page 25 of 25" in last
        assert last.count("<li><span") == MOST_LISTED
    assert found[0] == found[1] <= MOST_STATEMENTS, found
