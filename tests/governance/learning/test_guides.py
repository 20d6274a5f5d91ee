"""Guides that people go through by themselves, with and without a date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from core.people import Audience, Role
from governance.changes.model import ChangeStep
from governance.duties.commands import TendDuties
from governance.duties.handlers import OUTGREW
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.learning.commands import (
    DoGuide,
    RetireGuide,
    ShowGuide,
    ShowLearning,
    UndoGuide,
    WriteGuide,
)
from governance.learning.messages import GuideAsked, GuideView
from governance.learning.model import GUIDE_DUE
from governance.messages import Refused
from governance.second_person.messages import SecondForm
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import audited, rows
from tests.governance.announcements.test_guarding import settings
from tests.governance.changes.test_process import approved, drafted, take
from tests.governance.learning.test_sessions import facet
from tests.governance.test_composing import composed
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER, person
from tests.second_person import approve_all

DUE = date(2026, 10, 19)
"""Two weeks after the hall opens."""
TWO = Audience(people=frozenset({TEACHER, OFFICE}))


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


def guide(guide_id: UUID, **more: object) -> WriteGuide:
    given: dict[str, object] = {"title": "Try it", "text": "Sign in once.", "audience": TWO}
    return WriteGuide(guide_id=guide_id, **(given | more))  # type: ignore[arg-type]


async def offered(town: Hall, **more: object) -> UUID:
    guide_id = uuid4()
    view = await town.ask(CTO, guide(guide_id, **more))
    assert isinstance(view, GuideView), view
    return guide_id


async def did(town: Hall, guide_id: UUID) -> int:
    view = await town.ask(CTO, ShowGuide(guide_id=guide_id))
    assert isinstance(view, GuideView)
    return view.did


async def mornings(town: Hall, days: int) -> None:
    for _ in range(days):
        town.clock.moved += timedelta(days=1)
        await town.core.dispatch.by_itself(TendDuties())


async def test_somebody_says_that_they_did_it_once_and_takes_it_back(town: Hall) -> None:
    guide_id = await offered(town)
    assert not await rows(town, GUIDE_DUE), "nobody has to"
    for _ in range(2):
        view = await town.ask(TEACHER, DoGuide(guide_id=guide_id))
        assert view.done_at is not None
        assert view.did == 0, "only who runs it sees how many"
    assert await did(town, guide_id) == 1
    (listed,) = (await town.ask(TEACHER, ShowLearning())).guides
    assert listed.done_at is not None
    view = await town.ask(TEACHER, UndoGuide(guide_id=guide_id))
    assert view.done_at is None
    assert await did(town, guide_id) == 0
    await mornings(town, 20)
    assert not await rows(town, "guide-due-again")


async def test_a_guide_is_for_its_audience_and_those_who_run_it(town: Hall) -> None:
    guide_id = await offered(town, audience=Audience(roles=frozenset({Role.OFFICE})))
    for command in (ShowGuide(guide_id=guide_id), DoGuide(guide_id=guide_id)):
        assert isinstance(await town.ask(TEACHER, command), Refused)
    for command_ in (guide(guide_id), RetireGuide(guide_id=guide_id), guide(uuid4())):
        assert isinstance(await town.ask(OFFICE, command_), Refused)


async def test_what_must_be_done_by_a_date_reminds_only_the_rest(town: Hall) -> None:
    guide_id = await offered(town, due=DUE)
    assert set(await rows(town, GUIDE_DUE)) == {TEACHER, OFFICE}
    view = await composed(town, GUIDE_DUE, guide_id, await person(town.core, TEACHER))
    assert isinstance(view, GuideAsked)
    assert view.view.due == DUE
    await town.ask(TEACHER, DoGuide(guide_id=guide_id))
    await mornings(town, 14)
    assert set(await rows(town, "guide-due-again")) == {OFFICE}
    again = await composed(town, "guide-due-again", guide_id, await person(town.core, OFFICE))
    assert isinstance(again, GuideAsked)
    assert again.reminder


async def test_who_takes_it_back_is_reminded_again(town: Hall) -> None:
    guide_id = await offered(town, due=DUE)
    await town.ask(TEACHER, DoGuide(guide_id=guide_id))
    view = await town.ask(TEACHER, UndoGuide(guide_id=guide_id))
    assert view.due == DUE
    await mornings(town, 14)
    assert set(await rows(town, "guide-due-again")) == {TEACHER, OFFICE}


async def test_who_did_it_before_it_had_a_date_is_not_asked(town: Hall) -> None:
    guide_id = await offered(town)
    await town.ask(TEACHER, DoGuide(guide_id=guide_id))
    await town.ask(CTO, guide(guide_id, due=DUE))
    assert set(await rows(town, GUIDE_DUE)) == {OFFICE}
    later = date(2026, 10, 26)
    await town.ask(CTO, guide(guide_id, due=later))
    view = await town.ask(OFFICE, ShowGuide(guide_id=guide_id))
    assert view.due == later
    await town.ask(CTO, guide(guide_id))
    assert (await town.ask(OFFICE, ShowGuide(guide_id=guide_id))).due is None, "nobody has to"


async def test_a_guide_that_is_retired_is_asked_of_nobody(town: Hall) -> None:
    guide_id = await offered(town, due=DUE)
    await town.ask(TEACHER, DoGuide(guide_id=guide_id))
    await town.ask(CTO, RetireGuide(guide_id=guide_id))
    assert await composed(town, GUIDE_DUE, guide_id, await person(town.core, OFFICE)) is None
    await mornings(town, 14)
    assert not await rows(town, "guide-due-again")
    assert (await town.ask(OFFICE, ShowLearning())).guides == ()
    assert isinstance(await town.ask(OFFICE, DoGuide(guide_id=guide_id)), Refused)


async def test_what_does_not_fit_is_said(town: Hall) -> None:
    bad = guide(uuid4(), title="", text="", due=date(2026, 10, 5))
    got = await town.ask(CTO, bad)
    assert isinstance(got, FormView)
    assert set(got.unfit) == {"title", "due"}
    got = await town.ask(CTO, guide(uuid4(), text=""))
    assert isinstance(got, FormView)
    assert set(got.unfit) == {"text"}


async def test_a_change_says_how_many_did_its_guide(town: Hall) -> None:
    change = await approved(town)
    guide_id = uuid4()
    await town.ask(CHAIR, guide(guide_id, change_id=change))
    await town.ask(TEACHER, DoGuide(guide_id=guide_id))
    assert await facet(town, CHAIR, change) == ("1 person did the guide", "")
    assert await facet(town, TEACHER, change) == ("1 guide", "")


async def test_a_date_that_asks_many_waits_for_a_second_person(town: Hall) -> None:
    await settings(town, approve_above=1)
    dated = guide(uuid4(), due=DUE)
    assert isinstance(await town.ask(CTO, dated), SecondForm)
    assert await rows(town, GUIDE_DUE) == {}
    assert await approve_all(town) == 1
    assert len(await rows(town, GUIDE_DUE)) > 1
    await offered(town)  # without a date nobody is asked


async def test_a_guide_is_for_those_its_change_is_for(town: Hall) -> None:
    change = await approved(town, audience=TWO)
    form = await town.ask(CTO, Open(of=WriteGuide(change_id=change)))
    assert isinstance(form, FormView)
    assert form.values["audience"].people == TWO.people, "it stands in the form"
    given = guide(form.of.guide_id, change_id=change, audience=Audience())  # as a form hands it in
    view = await town.ask(CTO, given)
    assert isinstance(view, GuideView)
    assert view.guide.audience.people == TWO.people


async def test_what_waits_for_its_change_is_approved_before_the_morning_asks(town: Hall) -> None:
    change = await drafted(town)
    await settings(town, approve_above=2)
    dated = guide(uuid4(), due=DUE, change_id=change, audience=Audience())
    assert isinstance(await town.ask(CTO, dated), SecondForm), "the morning would ask everybody"
    await take(town, CTO, change, ChangeStep.PROPOSED)
    await take(town, CHAIR, change, ChangeStep.APPROVED, "Good timing.")
    await mornings(town, 3)
    assert await rows(town, GUIDE_DUE) == {}


async def test_an_approval_of_a_guide_counts_for_its_words_and_its_people_only(town: Hall) -> None:
    await settings(town, approve_above=1)
    guide_id = uuid4()
    assert isinstance(await town.ask(CTO, guide(guide_id, due=DUE)), SecondForm)
    assert await approve_all(town) == 1
    same = await town.ask(CTO, guide(guide_id, due=DUE))
    assert isinstance(same, GuideView), "nothing is changed"
    others = Audience(roles=frozenset({Role.TEACHER}))
    for changed in ({"text": "Do something else."}, {"audience": others}):
        assert isinstance(await town.ask(CTO, guide(guide_id, due=DUE, **changed)), SecondForm)
    kept = await town.ask(CTO, ShowGuide(guide_id=guide_id))
    assert kept.guide.text.default == "Sign in once."


async def test_the_morning_asks_no_more_than_was_decided(town: Hall) -> None:
    await settings(town, approve_above=2)
    guide_id = await offered(town, due=DUE)

    def grow(tx: Any) -> None:  # as a list grows
        tx.put_guide(replace(tx.guide(guide_id), audience=Audience()))

    await town.core.store.write(grow)
    await mornings(town, 3)
    assert set(await rows(town, GUIDE_DUE)) == {TEACHER, OFFICE}
    assert (await audited(town)).count(OUTGREW) == 1
