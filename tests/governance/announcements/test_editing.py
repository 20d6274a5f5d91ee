"""Editing what was sent: whose message changes where it stands, and who gets a correction."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from bot.app.core import Core
from core.people import Person, Platform
from core.words import Words
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    EditAnnouncement,
    RecallAnnouncement,
)
from governance.announcements.commands import AcknowledgeAnnouncement, ShowAnnouncement
from governance.announcements.editing_cards import correction
from governance.composing import compose
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import AnnouncementEdited, Notice, Progress, Refused
from storage.change_tables import announcement_edit
from storage.ledger_tables import delivery
from tests.attacks.hall import Hall, hall
from tests.governance.announcements.test_announcing import WORDS
from tests.governance.announcements.test_campaigning import (
    audited,
    became,
    leave,
    progress,
    rows,
    sent,
)
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

CORRECTED = {**WORDS, "when": "From 8 March."}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def in_chat(town: Hall, *emails: str) -> None:
    for email in emails:
        await became(town, email, state="sent", platform=Platform.SLACK, lane="slack:T1")


async def out(town: Hall) -> UUID:
    """Sent to two in chat and one on the web; one message still waits."""
    announcement = await sent(town)
    await in_chat(town, TEACHER, OFFICE)
    await became(town, CHAIR, state="sent")
    return announcement


async def edit(town: Hall, announcement: UUID, who: str = CTO, **words: str) -> Any:
    given = {**CORRECTED, **words}
    return await town.ask(who, EditAnnouncement(announcement_id=announcement, **by_name(given)))


async def settle(town: Hall, kind: str, state: str, email: str) -> None:
    who = await person(town.core, email)
    same = (delivery.c.person_id == who.id, delivery.c.kind == kind)
    change = update(delivery).where(*same).values(state=state)
    await town.core.store.write(lambda tx: tx.connection.execute(change))


async def a_quarter_later(town: Hall) -> None:
    town.clock.moved += timedelta(minutes=16)
    await town.core.dispatch.keep_time()


async def _composed(core: Core, kind: str, subject: UUID, who: Person, now: datetime) -> Any:
    return await core.store.read(lambda tx: compose(tx, kind, subject, None, None, now, who))


async def shown(town: Hall, announcement: UUID, kind: str, email: str) -> Any:
    who = await person(town.core, email)
    return await _composed(town.core, kind, announcement, who, town.clock())


async def test_messages_change_where_they_stand_and_the_rest_get_a_correction(town: Hall) -> None:
    announcement = await out(town)
    done = await edit(town, announcement)
    assert isinstance(done, Progress)
    assert set(await rows(town, "edited-now")) == {TEACHER, OFFICE}
    assert set(await rows(town, "edited")) == {CHAIR}
    assert done.tally.editing == 3
    assert done.tally.people == 4, "a correction counts nobody twice"
    assert "announcement edited for 3" in await audited(town)

    message = await shown(town, announcement, "edited-now", TEACHER)
    assert isinstance(message, Notice)
    assert message.edited_at is not None
    assert message.change.when.default == "From 8 March."
    mailed = await shown(town, announcement, "edited", CHAIR)
    assert isinstance(mailed, AnnouncementEdited)
    assert correction(Words("en"), mailed).subject == "Correction: New phones in every classroom"
    page = await town.ask(CHAIR, ShowAnnouncement(announcement_id=announcement))
    assert isinstance(page, Notice)
    assert page.change.when.default == "From 8 March."
    waits = await shown(town, announcement, "notice", ISO)
    assert isinstance(waits, Notice), "who waits gets the new words, and no correction"
    assert waits.change.when.default == "From 8 March."


async def test_whoever_confirmed_it_is_not_asked_again(town: Hall) -> None:
    announcement = await out(town)
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    await edit(town, announcement)
    theirs = await shown(town, announcement, "edited-now", TEACHER)
    others = await shown(town, announcement, "edited-now", OFFICE)
    assert theirs.acknowledged_at is not None
    assert others.acknowledged_at is None
    assert (await progress(town, announcement)).tally.acknowledged == 1


async def test_what_could_not_be_changed_gets_a_correction_once(town: Hall) -> None:
    announcement = await out(town)
    await edit(town, announcement)
    await settle(town, "edited-now", "sent", TEACHER)
    await settle(town, "edited-now", "failed", OFFICE)
    await settle(town, "edited", "sent", CHAIR)
    for _ in range(3):
        await a_quarter_later(town)
    assert set(await rows(town, "edited")) == {CHAIR, OFFICE}
    tally = (await progress(town, announcement)).tally
    assert (tally.edited, tally.corrected, tally.editing) == (1, 1, 1)


async def test_what_was_composed_before_the_edit_and_sent_after_it_is_changed_too(
    town: Hall,
) -> None:
    announcement = await out(town)
    await edit(town, announcement)
    town.clock.moved += timedelta(seconds=20)
    await in_chat(town, ISO)
    await a_quarter_later(town)
    assert set(await rows(town, "edited-now")) == {TEACHER, OFFICE, ISO}


async def test_what_is_sent_with_the_new_words_is_left_alone(town: Hall) -> None:
    announcement = await out(town)
    await edit(town, announcement)
    town.clock.moved += timedelta(minutes=10)
    await in_chat(town, ISO)
    await a_quarter_later(town)
    assert ISO not in await rows(town, "edited-now")
    assert ISO not in await rows(town, "edited")


async def test_a_second_edit_reaches_everybody_again(town: Hall) -> None:
    announcement = await out(town)
    await edit(town, announcement)
    town.clock.moved += timedelta(minutes=1)
    await edit(town, announcement, when="From 15 March.")
    both = select(delivery.c.recipient).where(delivery.c.kind == "edited-now")
    reached = await town.core.store.read(lambda tx: tx.connection.execute(both).scalars().all())
    assert sorted(Counter(reached).values()) == [2, 2]


async def test_the_same_again_changes_nothing(town: Hall) -> None:
    announcement = await out(town)
    await edit(town, announcement)
    await edit(town, announcement)
    kept = await town.core.store.read(
        lambda tx: tx.connection.execute(select(announcement_edit)).all()
    )
    assert len(kept) == 1
    assert "From 1 March." in kept[0].before, "what it said before stays on record"


async def test_what_does_not_fit_is_said(town: Hall) -> None:
    announcement = await out(town)
    rejected = await edit(town, announcement, what="")
    assert isinstance(rejected, FormView)
    assert set(rejected.unfit) == {"what"}
    assert not await rows(town, "edited-now")


async def test_only_the_office_edits_and_only_what_is_out(town: Hall) -> None:
    announcement = await out(town)
    assert isinstance(await edit(town, announcement, TEACHER), Refused)
    form = await town.ask(CTO, Open(of=EditAnnouncement(announcement_id=announcement)))
    assert isinstance(form, FormView)
    assert form.opening.above[0].n == 3
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert isinstance(await edit(town, announcement), Refused)


async def test_a_recall_takes_the_correction_back_as_well(town: Hall) -> None:
    announcement = await out(town)
    await edit(town, announcement)
    await settle(town, "edited-now", "failed", OFFICE)
    await a_quarter_later(town)
    await became(town, OFFICE, "edited", state="sent", platform=Platform.SLACK, lane="slack:T1")
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    back = await town.core.store.read(
        lambda tx: tx.connection.execute(
            select(delivery.c.campaign, delivery.c.person_id).where(delivery.c.kind == "recall")
        ).all()
    )
    office = await person(town.core, OFFICE)
    assert len([one for one in back if one.person_id == office.id]) == 2
    assert (await shown(town, announcement, "edited", OFFICE)) is None
    tally = (await progress(town, announcement)).tally
    assert tally.recalling == 3, "each person once"


async def test_whoever_left_gets_no_correction(town: Hall) -> None:
    announcement = await out(town)
    await leave(town, CHAIR)
    await edit(town, announcement)
    assert not await rows(town, "edited")
