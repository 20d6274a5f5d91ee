"""What was decided comes back on the day after its day: once, to those whom it concerns."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from bot.app.core import Core, open_core
from bot.cards import card_of
from bot.conversation import Reader
from bot.mail.draw import draw as draw_mail
from bot.registry import RECURRING
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message
from core.cards import Secrecy, flat
from core.words import Words
from governance.committees.model import Office
from governance.gaps.commands import CloseGap, ReturnGaps, ShowGap
from governance.gaps.handlers import PRACTICE_DUE
from governance.gaps.messages import DecisionDue
from governance.gaps.model import GapChoice
from governance.home.commands import ShowInbox
from governance.upkeep.handlers import HOUSE
from storage.ledger_tables import delivery
from storage.tables import duty
from storage.tables import person as person_table
from tests.attacks.hall import Hall, hall
from tests.governance.gaps.towns import SECRETS, assessed, decided
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

DAY = date(2026, 10, 8)
"""A Thursday. The hall opens on Monday, October 5."""


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path, staff=5) as found:
        await started(found.core)
        yield found


async def started(core: Core) -> None:
    """What every start puts on the clock."""
    (entry,) = (one for one in RECURRING if one.kind == "practices-return")
    await core.store.write(lambda tx: tx.recur(entry.kind, HOUSE, entry.rule, core.now()))


async def accepted(town: Hall, winter: UUID) -> UUID:
    cto = await person(town.core, CTO)
    more = {"choice": GapChoice.ACCEPT, "accepted_by": str(cto.id), "by_day": DAY}
    return (await decided(town, winter, owner=OFFICE, **more)).gap_id


async def told(town: Hall, gap: UUID) -> list[str]:
    """Who was told, in order, by the person's id."""

    def look(tx: Any) -> list[str]:
        rows = select(delivery.c.person_id).where(
            delivery.c.kind == PRACTICE_DUE, delivery.c.subject == gap
        )
        people = (tx.person(one) for one in tx.connection.execute(rows).scalars())
        return sorted(one.email for one in people)

    return await town.core.store.read(look)


async def on_home(town: Hall, who: str) -> list[DecisionDue]:
    """What waits for somebody, once it was delivered."""

    def deliver(tx: Any) -> None:
        tx.connection.execute(
            delivery.update().where(delivery.c.kind == PRACTICE_DUE).values(state="sent")
        )

    await town.core.store.write(deliver)
    found = await town.ask(who, ShowInbox())
    return [
        one.message for one in found.entries if isinstance(one.message, DecisionDue) and one.waiting
    ]


async def to_day(town: Hall, day: int) -> None:
    """Go on to the morning of a day in October; the clock looks at each on the way."""
    while town.clock().day < day:
        town.clock.forward(days=1)
        await town.core.dispatch.keep_time()


async def offices(town: Hall) -> list[str]:
    holders = await town.core.store.read(lambda tx: tx.holders(Office.ISO))
    return [one.email for one in holders]


async def leaves(town: Hall, email: str) -> None:
    """Somebody is on the roster no longer."""
    gone = person_table.update().where(person_table.c.email == email).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(gone) and None)


async def holds(town: Hall, office: Office, people: list[str]) -> None:
    """An office changes hands."""

    def change(tx: Any) -> None:
        tx.connection.execute(
            duty.delete().where(duty.c.duty == "office", duty.c.key == str(office))
        )
        for rank, one in enumerate(people):
            row = {"duty": "office", "key": str(office), "rank": rank}
            row["person_id"] = tx.person_by_email(one).id
            tx.connection.execute(duty.insert().values(row))

    await town.core.store.write(change)


async def test_an_accepted_risk_comes_back_on_the_day_after(town: Hall) -> None:
    winter = await assessed(town.core)
    gap = await accepted(town, winter)
    await to_day(town, 8)
    assert await told(town, gap) == []
    await to_day(town, 9)
    assert await told(town, gap) == sorted([*await offices(town), CTO])
    await to_day(town, 12)
    await town.core.dispatch.by_itself(ReturnGaps())
    assert await told(town, gap) == sorted([*await offices(town), CTO])  # once
    for who, many in ((ISO, 1), (CTO, 1), (OFFICE, 0), (TEACHER, 0), (CHAIR, 0)):
        assert len(await on_home(town, who)) == many
    cto = await person(town.core, CTO)
    again = {"choice": GapChoice.ACCEPT, "accepted_by": str(cto.id), "by_day": date(2026, 10, 14)}
    await decided(town, winter, **again)
    for who in (ISO, CTO):
        assert await on_home(town, who) == []
    await to_day(town, 15)
    assert len(await told(town, gap)) == 2 * len(await offices(town)) + 2
    assert len(await on_home(town, ISO)) == 1  # once for this decision, however often it came
    await town.ask(ISO, CloseGap(gap_id=gap, why="It is fixed"))
    assert await on_home(town, ISO) == await on_home(town, CTO) == []


async def test_overdue_work_comes_back_to_whoever_has_it(town: Hall) -> None:
    winter = await assessed(town.core)
    gap = (await decided(town, winter, owner=OFFICE, by_day=DAY)).gap_id
    await to_day(town, 9)
    assert await told(town, gap) == sorted([*await offices(town), OFFICE])


async def test_a_risk_comes_back_when_its_accepter_leaves(town: Hall) -> None:
    winter = await assessed(town.core)
    gap = await accepted(town, winter)
    await to_day(town, 6)
    assert await told(town, gap) == []
    await leaves(town, CTO)
    await to_day(town, 7)
    assert await told(town, gap) == await offices(town)
    assert (await town.ask(ISO, ShowGap(gap_id=gap))).returned


async def test_a_risk_comes_back_when_its_accepter_leaves_the_office(town: Hall) -> None:
    gap = await accepted(town, await assessed(town.core))
    await holds(town, Office.CTO, [])
    await to_day(town, 6)
    assert await told(town, gap) == sorted([*await offices(town), CTO])


async def test_the_message_reaches_whoever_holds_the_office_now(town: Hall) -> None:
    winter = await assessed(town.core)
    gap = (await decided(town, winter, owner=OFFICE, by_day=DAY)).gap_id
    await holds(town, Office.ISO, [])
    await to_day(town, 9)
    assert await told(town, gap) == [OFFICE]
    await holds(town, Office.ISO, [TEACHER])
    await to_day(town, 12)
    assert await told(town, gap) == sorted([OFFICE, TEACHER])
    assert len(await on_home(town, TEACHER)) == 1
    await to_day(town, 14)
    assert await told(town, gap) == sorted([OFFICE, TEACHER])  # once


async def test_what_is_closed_does_not_come_back(town: Hall) -> None:
    winter = await assessed(town.core)
    gap = (await decided(town, winter, by_day=DAY)).gap_id
    await town.ask(ISO, CloseGap(gap_id=gap, why="It is fixed"))
    await to_day(town, 9)
    assert await told(town, gap) == []


async def test_a_stop_on_the_morning_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    async with hall(tmp_path, staff=5) as town:
        await started(town.core)
        gap = await accepted(town, await assessed(town.core))
        await to_day(town, 7)
        settings, clock = town.core.settings, town.clock
    for days in (2, 0, 1):  # it stands still over the day, starts, and starts again
        clock.forward(days=days)
        async with open_core(settings, clock=clock) as core:
            await started(core)
            await core.dispatch.keep_time()
            await core.dispatch.keep_time()
            town = Hall(core=core, clock=clock)
            assert await told(town, gap) == sorted([*await offices(town), CTO])


async def test_what_is_sent_says_what_it_is_about_in_a_chat_alone(town: Hall) -> None:
    """Only a gap makes such a message: a mail and a notification that named the safeguard would
    say that it is one."""
    winter = await assessed(town.core)
    await accepted(town, winter)
    await to_day(town, 9)
    (message,) = await on_home(town, ISO)
    for locale in ("en", "es"):
        card = card_of(message, Words(locale))
        (line,) = card.parts
        assert (line.text, line.secrecy) == ("SC 1.2", Secrecy.SIGNED_IN)
        assert [one.label for one in card.presses] == [Words(locale).say("Decide")]
        mail = draw_mail(message, Words(locale), "https://board.example.org")
        assert mail.subject == card.subject == flat(card.title)
        assert "1.2" not in repr(mail)
        reader = Reader(locale=locale, timezone="America/Chicago", web_url="https://b.example.org")
        assert (
            "1.2" not in draw_message(message, pen_for(reader, uuid4()))["text"]
        )  # the notification
        said = repr(card).casefold()
        assert not any(one.casefold() in said for one in SECRETS)
        assert "risk" not in said
        assert "riesgo" not in said
