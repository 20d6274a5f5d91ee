"""The places of the side bar: who has which, what waits there, and what they cost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event

from bot.web.navigation import (
    MORE,
    ON_THE_BAR,
    Usable,
    committee_places,
    navigation,
    queue_place,
    usable,
)
from core.cards import Page
from core.people import Audience
from core.words import Words
from governance.access import Source
from governance.feedback.model import Urgency
from governance.home.commands import ShowInbox
from surveys.commands import DeclineWave, LaunchSurvey
from tests.attacks.hall import Hall, hall
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, example, person

TRIAGE_OWNER = "marguerite.solano@schools.example.org"
READER = "bertrand.oyelaran@schools.example.org"
RESPONDER = "cormac.ashgrove@schools.example.org"
EVERYBODY = (TEACHER, OFFICE, CHAIR, CTO, ISO, TRIAGE_OWNER, READER, RESPONDER)

MOST_STATEMENTS = 4
"""Of the database for one side bar."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def places(town: Hall, email: str) -> tuple[Usable, ...]:
    who = await person(town.core, email)
    return await town.core.store.read(lambda tx: usable(tx, who.id, town.clock()))


async def paths(town: Hall, email: str) -> set[str]:
    return {one.place.path for one in await places(town, email)}


async def waiting(town: Hall, email: str) -> dict[str, int]:
    return {one.place.path: one.waits for one in await places(town, email) if one.waits}


async def launched(town: Hall, *emails: str) -> LaunchSurvey:
    survey = next(one for one in example().surveys if one.key == "weekly-pulse")
    command = LaunchSurvey(
        wave_id=uuid4(),
        survey=survey,
        audience=Audience(people=frozenset(emails)),
        opens_at=None,
        closes_at=town.clock() + timedelta(days=7),
        reminders=(),
    )
    await town.core.dispatch.by_itself(command, Source.OPERATOR)
    return command


async def test_nobody_is_shown_a_place_that_its_own_guard_refuses(town: Hall) -> None:
    offices = {"/announcements", "/desk/surveys", "/lists"}
    for email in EVERYBODY:
        assert (offices <= await paths(town, email)) is (email == CTO), email
        assert offices.isdisjoint(await paths(town, email)) is (email != CTO), email
    assert "/committees/network" in await paths(town, CHAIR)
    assert "/committees/network" not in await paths(town, TEACHER)
    committees = [one for one in await paths(town, TEACHER) if one.startswith("/committees")]
    assert committees == []
    assert "/committees/triage" in await paths(town, TRIAGE_OWNER)
    assert "/committees/restricted" in await paths(town, READER)
    assert {"/acknowledgements", "/owed", "/practices/tasks"} <= await paths(town, ISO)
    assert "/urgent" in await paths(town, RESPONDER)
    assert "/urgent" not in await paths(town, TEACHER)


async def test_what_waits_is_counted_for_those_for_whom_it_waits(town: Hall) -> None:
    assert await waiting(town, CHAIR) == {}
    first = await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    await town.item(TEACHER, "The Wi-Fi in the library is slow.")
    assert await waiting(town, CHAIR) == {"/committees/network": 2}
    chair = await person(town.core, CHAIR)
    await town.core.store.write(lambda tx: tx.keep_from(first, chair.id))
    assert await waiting(town, CHAIR) == {"/committees/network": 1}, "what names them is not theirs"
    await town.item(TEACHER, "Someone has a gun.", "restricted", urgency=Urgency.SAFETY)
    assert (await waiting(town, RESPONDER))["/urgent"] == 1
    assert (await town.ask(RESPONDER, ShowInbox())).urgent_cases == 1
    assert await waiting(town, TEACHER) == {}


async def test_a_survey_waits_until_it_is_answered_declined_or_over(town: Hall) -> None:
    command = await launched(town, TEACHER, OFFICE)
    assert await waiting(town, TEACHER) == {"/surveys": 1}
    await town.ask(TEACHER, DeclineWave(wave_id=command.wave_id))
    assert await waiting(town, TEACHER) == {}
    assert await waiting(town, OFFICE) == {"/surveys": 1}
    town.clock.forward(days=8)
    assert await waiting(town, OFFICE) == {}


async def test_it_costs_a_few_statements_however_much_waits(town: Hall) -> None:
    await statements(town, TEACHER)  # the district is read once, and remembered
    before = [await statements(town, one) for one in EVERYBODY]
    for number in range(30):
        await town.item(TEACHER, f"The Wi-Fi in room {number} is slow.")
    await launched(town, *EVERYBODY)
    after = [await statements(town, one) for one in EVERYBODY]
    assert after == before
    assert max(after) <= MOST_STATEMENTS


async def statements(town: Hall, email: str) -> int:
    who, seen = await person(town.core, email), [0]

    def counted(*_: Any) -> None:
        seen[0] += 1

    event.listen(Engine, "after_cursor_execute", counted)
    try:
        await town.core.store.read(lambda tx: usable(tx, who.id, town.clock()))
    finally:
        event.remove(Engine, "after_cursor_execute", counted)
    return seen[0]


# -- as it is drawn --------------------------------------------------------------------------------


WORDS = Words("en", "America/Chicago")


def current(
    given: Sequence[Usable], here: str, parent: Page | None = None
) -> list[tuple[str, str]]:
    shown = navigation(given, WORDS, here, parent)
    return [(one.path, one.current) for _, some in shown.groups for one in some if one.current]


async def test_a_page_belongs_to_the_place_that_it_is_a_part_of(town: Hall) -> None:
    office, teacher = await places(town, CTO), await places(town, TEACHER)
    wave, item = uuid4(), uuid4()
    assert current(teacher, "/surveys") == [("/surveys", "page")]
    assert current(teacher, f"/surveys/{wave}") == [("/surveys", "true")]
    assert current(teacher, f"/results/{wave}") == [("/surveys", "true")]
    assert current(office, f"/results/{wave}") == [("/desk/surveys", "true")]
    assert current(office, "/desk/surveys") == [("/desk/surveys", "page")]
    assert current(office, f"/desk/asking/{wave}") == [("/desk/surveys", "true")]
    chair = await places(town, CHAIR)
    assert current(chair, f"/items/{item}") == []
    docket = Page(label="Network", path=f"/committees/network?item={item}")
    assert current(chair, f"/items/{item}", docket) == [("/committees/network", "true")]
    assert current(teacher, "/privacy") == []


async def test_a_page_leads_up_to_its_parent_and_a_place_to_nothing(town: Hall) -> None:
    office, teacher = await places(town, CTO), await places(town, TEACHER)
    wave, report = uuid4(), Page(label="The report", path=f"/board/{uuid4()}")
    home = Page(label="Home", path="/")

    def up(given: Sequence[Usable], here: str, parent: Page | None = None) -> str:
        found = navigation(given, WORDS, here, parent).up
        return found.path if found else ""

    assert up(teacher, f"{report.path}/you-said", report) == report.path
    assert up((), f"{report.path}/you-said", report) == report.path, "nobody is signed in"
    assert up(teacher, f"/heard/{wave}") == "/surveys"
    assert up(office, f"/heard/{wave}") == "/surveys"
    assert up(office, "/announcements/new") == "/announcements"
    assert up(teacher, f"/announcements/{wave}") == ""
    every = Page(label="Announcements", path="/announcements")
    assert up(office, f"/announcements/{wave}/progress", every) == "/announcements"
    assert up(teacher, f"/announcements/{wave}/progress", every) == "", "it would be refused"
    assert up(office, "/desk/surveys", Page(label="Results", path=f"/results/{wave}")) == ""
    assert up(teacher, "/board", home) == ""
    assert up(teacher, "/second", home) == ""


PAGES = ("", "/week", "/trends", "/agenda", "/recommendations")
"""Of a committee, below its own address."""


async def test_whoever_works_on_one_committee_has_a_group_of_its_pages(town: Hall) -> None:
    await town.item(TEACHER, "The Wi-Fi in the gym is slow.")
    given = await places(town, CHAIR)
    own = [f"/committees/network{page}" for page in PAGES]
    for here in ("/", own[2], "/plan"):
        groups = dict(navigation(given, WORDS, here, None).groups)
        group = groups["Network and Infrastructure"]
        assert [one.path for one in group] == own
        assert [one.waits for one in group] == ["1", "", "", "", ""]
        assert [one.current for one in group if one.current] == (["page"] if here in own else [])
        assert "Answer" not in groups
        assert not any(one.below for one in group)
    bar = {one.label: one.current for one in navigation(given, WORDS, own[2], None).bar}
    assert bar["Messages"] == "true", "a phone says which committee its page is of"


async def test_of_several_committees_only_the_open_one_shows_its_pages(town: Hall) -> None:
    given = [one for one in await places(town, TEACHER) if one.place.bar != 3]
    one, other = ([f"/committees/{key}{page}" for page in PAGES] for key in "ab")
    some = [
        Usable(place=place)
        for key in "ab"
        for place in committee_places(key, key.upper(), alone=False)
    ]

    def shown(here: str, parent: Page | None = None) -> list[str]:
        groups = dict(navigation([*given, *some], WORDS, here, parent).groups)
        assert [link.path for link in groups["Answer"] if not link.below] == [one[0], other[0]]
        return [link.path for link in groups["Answer"]]

    assert shown("/") == [one[0], other[0]]
    assert shown(one[0]) == [*one, other[0]]
    assert shown(other[3]) == [one[0], *other]
    assert shown(f"{one[0]}/chair") == [*one, other[0]]
    advice = Page(label="Recommendations", path=other[4])
    assert shown(f"/recommendations/{uuid4()}", advice) == [one[0], *other]


async def test_a_phone_has_four_places_and_says_when_a_page_is_under_more(town: Hall) -> None:
    for email in EVERYBODY:
        given = await places(town, email)
        assert [one.path for one in navigation(given, WORDS, "/", None).bar][:1] == ["/"]
        assert len(navigation(given, WORDS, "/", None).bar) == ON_THE_BAR
    given = await places(town, TEACHER)
    assert navigation(given, WORDS, "/learning", None).under_more
    assert not navigation(given, WORDS, "/surveys", None).under_more
    assert not navigation(given, WORDS, "/privacy", None).under_more


async def test_a_phone_sums_what_waits_in_several_committees_and_leads_to_them(town: Hall) -> None:
    given = [one for one in await places(town, TEACHER) if one.place.bar != 3]
    boxes = [
        Usable(place=queue_place(key, name), waits=waits)
        for key, name, waits in (("a", "A", 1), ("b", "B", 3), ("c", "C", 0))
    ]
    shown = navigation([*given, *boxes], WORDS, boxes[0].place.path, None)
    (messages,) = [one for one in shown.bar if one.label == "Messages"]
    assert (messages.waits, messages.current) == ("4", "true")
    path, _, number = messages.path.partition("#all-")
    assert path == MORE
    assert shown.groups[int(number) - 1][0] == "Answer", "the heading above the three"
    alone = navigation([*given, *boxes[1:]], WORDS, "/", None)
    (messages,) = [one for one in alone.bar if one.label == "Messages"]
    assert (messages.waits, messages.path) == ("3", boxes[1].place.path), "no list for one"
