"""What became of messages is kept for 400 days: then the rows go, a part at a time, and what a
campaign's counts say stays as it was."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from bot.app.settings import Settings
from bot.doctor.checking import upgrade_database
from core.words import Words
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.campaign_commands import (
    CheckRecall,
    RecallAnnouncement,
    ShowCampaign,
    ShowProgress,
)
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.announcements.model import Tally, steps
from governance.chat.model import HoldWords, PassOn
from governance.delivery_reasons import DeliveryReason
from governance.home.commands import KeepHouse
from governance.messages import Notice, Progress, Refused
from governance.upkeep.handlers import DELIVERIES_KEPT
from governance.views import CampaignView
from storage import ageing
from storage.exchange_tables import held_words
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_campaigning import became, sent
from tests.journeys.running import SECRET
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER
from tests.postgres import fresh_database


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with fresh_database() as url:
        upgrade_database(Settings(database_url=url, secret_key=SecretStr(SECRET)))
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hall]:
    with _database(request.param) as url:
        async with hall(tmp_path, url=url) as found:
            yield found


async def announced(town: Hall) -> UUID:
    """One that the CTO sent to four people, each of whom it went otherwise with."""
    announcement = await sent(town)
    await became(town, TEACHER, state="sent")
    await became(town, OFFICE, state="unreachable", why=DeliveryReason.TEAMS_BLOCKED)
    await became(town, CHAIR, state="unknown", why=DeliveryReason.NO_ANSWER)
    await became(town, ISO, state="queued", lane=None)
    read = await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    assert isinstance(read, Notice)
    return announcement


async def tally(town: Hall, announcement: UUID) -> Tally:
    found = await town.ask(CTO, ShowProgress(announcement_id=announcement))
    assert isinstance(found, Progress)
    return found.tally


async def kept(town: Hall, **where: Any) -> int:
    wanted = select(func.count()).select_from(delivery).filter_by(**where)
    return await town.core.store.read(lambda tx: tx.connection.execute(wanted).scalar_one())


async def night(town: Hall) -> None:
    await town.core.dispatch.by_itself(KeepHouse())


async def test_after_400_days_the_rows_are_gone_and_the_counts_are_as_before(town: Hall) -> None:
    announcement = await announced(town)
    before = await tally(town, announcement)
    assert (before.people, before.sent, before.unreachable) == (4, 1, 1)
    assert (before.unknown, before.waiting, before.acknowledged) == (1, 1, 1)
    town.clock.forward(days=399)
    await night(town)
    assert await tally(town, announcement) == before
    assert await kept(town, subject=announcement) == 4
    town.clock.forward(days=2)
    for _ in range(2):
        await night(town)
        assert await kept(town, subject=announcement) == 0
        after = await tally(town, announcement)
        assert after == replace(before, forgotten=4, reasons=())
    view = await town.ask(CTO, ShowCampaign(announcement_id=announcement))
    assert isinstance(view, CampaignView)
    assert view.recipients == ()
    assert steps(view.announcement, after) == ()
    said = campaign_words.notes(Words(), Progress(announcement=view.announcement, tally=after))
    assert "kept for 400 days. For 4 people only the counts are left, not the names" in said[-1]


async def test_words_that_wait_for_a_yes_are_gone_after_seven_days(town: Hall) -> None:
    item_id = uuid4()
    await town.ask(TEACHER, HoldWords(item_id=item_id, text="zzkword"))
    town.clock.forward(days=6, hours=23)
    await night(town)
    assert await waiting(town) == 1
    town.clock.forward(hours=2)
    await night(town)
    assert await waiting(town) == 0
    assert isinstance(await town.ask(TEACHER, PassOn(item_id=item_id)), Refused)


async def test_words_that_are_let_go_leave_no_bytes_behind(town: Hall) -> None:
    item_id = uuid4()
    await town.ask(TEACHER, HoldWords(item_id=item_id, text="zzkword"))

    def let_go(tx: Any) -> bool:
        tx.drop_words(item_id, tx.person_by_email(TEACHER).id)
        return bool(tx.wants_rewrite)

    assert await town.core.store.write(let_go)
    assert await waiting(town) == 0


async def waiting(town: Hall) -> int:
    def count(tx: Any) -> int:
        return int(tx.connection.execute(select(func.count()).select_from(held_words)).scalar_one())

    found: int = await town.core.store.read(count)
    return found


async def test_a_part_at_a_time_and_what_is_still_to_be_sent_not_at_all(
    town: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ageing, "PART", 1)
    announcement = await announced(town)
    await became(town, CHAIR, state="queued", why=None)
    before = await tally(town, announcement)
    assert before.queued == 1
    town.clock.forward(days=DELIVERIES_KEPT.days + 1)
    for left in (3, 2, 1, 1):
        await night(town)
        assert await kept(town, subject=announcement) == left
        now = await tally(town, announcement)
        assert replace(now, forgotten=0, reasons=(), expected_end=None) == replace(
            before, reasons=(), expected_end=None
        )


async def test_what_is_not_known_any_more_is_not_taken_back_and_not_confirmed(town: Hall) -> None:
    announcement = await announced(town)
    town.clock.forward(days=401)
    await night(town)
    for command in (
        CheckRecall(announcement_id=announcement),
        RecallAnnouncement(announcement_id=announcement),
    ):
        refused = await town.ask(CTO, command)
        assert isinstance(refused, Refused), command
        assert "more than {days} days old" in refused.why.why
        assert refused.why.values == {"days": "400"}
    refused = await town.ask(OFFICE, AcknowledgeAnnouncement(announcement_id=announcement))
    assert isinstance(refused, Refused)
    assert "not here anymore" in refused.why.why
    view = await town.ask(CTO, ShowCampaign(announcement_id=announcement))
    assert isinstance(view, CampaignView)
    assert view.announcement.recalled_at is None


async def test_a_newer_announcement_is_left_alone(town: Hall) -> None:
    await announced(town)
    town.clock.forward(days=300)
    newer = await sent(town)
    town.clock.forward(days=101)
    await night(town)
    assert await kept(town, subject=newer, kind="notice") == 4
    assert (await tally(town, newer)).forgotten == 0
