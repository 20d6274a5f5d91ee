"""What a change's page says of who has confirmed its messages; and a planned message's date."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from core.people import Audience
from core.words import Words
from governance.announcements.campaign_commands import StopCampaign
from governance.changes.commands import PlanMessage, ShowChange
from governance.changes.messages import ChangeView, SequenceView
from governance.changes.model import ChangeStep, Phase
from governance.forms.commands import Open
from governance.messages import Refused
from governance.read_reminders.facet import FACETS, Confirmed
from surveys.messages import Rejected
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import ALL, became
from tests.governance.changes.test_process import DAY, approved, drafted, messages, take
from tests.governance.read_reminders.test_by_a_date import mornings, press, reminders
from tests.journeys.town import CHAIR, CTO, OFFICE, TEACHER

DUE = DAY - timedelta(days=3)
"""The Friday before the change."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def planned(town: Hall, due: date = DUE) -> tuple[UUID, UUID]:
    """A change whose first message is to be confirmed by a date, before it is approved."""

    change = await drafted(town, audience=Audience(people=frozenset(ALL)))
    first = (await messages(town, change))[Phase.HEADS_UP].id
    command = PlanMessage(
        change_id=change,
        announcement_id=first,
        days="15",
        at="07:30",
        audience=Audience(people=frozenset(ALL)),
        due=due,
    )
    assert isinstance(await town.ask(CTO, command), SequenceView)
    await take(town, CTO, change, ChangeStep.PROPOSED)
    await take(town, CHAIR, change, ChangeStep.APPROVED, "Good timing.")
    return change, first


async def facet(town: Hall, change: UUID, who: str = CTO) -> Confirmed | None:
    view = await town.ask(who, ShowChange(change_id=change))
    assert isinstance(view, ChangeView), view
    return next((one for one in view.facets if isinstance(one, Confirmed)), None)


async def test_the_page_says_how_many_confirmed_and_when_reminders_go_out(town: Hall) -> None:
    change, _ = await planned(town)
    assert await facet(town, change) is None, "it has not gone out"
    while (await messages(town, change))[Phase.HEADS_UP].sent_at is None:
        await mornings(town)
    for email in ALL:
        await became(town, email, state="sent")
    await press(town, TEACHER, (await messages(town, change))[Phase.HEADS_UP].id)
    found = await facet(town, change)
    assert found is not None
    assert (found.asked, found.done) == (4, 1)
    assert await facet(town, change, OFFICE) is None, "for who works on the change"
    line = FACETS[0].draw(Words("en", "America/Chicago"), found)
    assert line.said == "1 of 4 asked to confirm."
    assert "have not confirmed. The next reminder goes out on " in line.todo
    said = found.next_on
    before = await _reminded(town)
    for _ in range(40):
        await mornings(town)
        if await _reminded(town) > before:
            break
    assert town.clock().date() == said, "it goes out on the day that the page named"


async def _reminded(town: Hall) -> int:

    return sum((await reminders(town)).values())


async def test_the_date_moves_with_the_change_and_never_before_the_message(town: Hall) -> None:
    change, first = await planned(town)
    form = await town.ask(CTO, Open(of=PlanMessage(change_id=change, announcement_id=first)))
    assert isinstance(form, Refused), "it is on the clock"
    assert (await messages(town, change))[Phase.HEADS_UP].due == DUE
    await take(town, CTO, change, ChangeStep.MOVED, "Parts are late.", DAY + timedelta(days=7))
    assert (await messages(town, change))[Phase.HEADS_UP].due == DUE + timedelta(days=7)
    other = await approved(town)
    second = (await messages(town, other))[Phase.HOW_TO].id

    await town.ask(CTO, StopCampaign(subject=second))
    early = PlanMessage(
        change_id=other, announcement_id=second, days="5", at="07:30", due=date(2026, 10, 6)
    )
    found = await town.ask(CTO, early)
    assert isinstance(found, Rejected)
    assert set(found.unfit) == {"due"}
