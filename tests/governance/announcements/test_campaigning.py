"""A campaign under way: stopped, gone on with, sent again to who missed it, taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from core.people import Audience, Platform
from core.words import Words
from governance.access import Source
from governance.announcements import campaign_wording as campaign_words
from governance.announcements.asked import by_name
from governance.announcements.campaign_commands import (
    CheckRecall,
    CheckResend,
    RecallAnnouncement,
    ResendAnnouncement,
    ResumeCampaign,
    ShowProgress,
    StopCampaign,
)
from governance.announcements.commands import (
    AcknowledgeAnnouncement,
    SendAnnouncement,
    ShowAnnouncement,
    StartAnnouncement,
    WriteAnnouncement,
)
from governance.announcements.model import AnnouncementState, Missed, Outcome, Step, steps
from governance.delivery_reasons import DeliveryReason
from governance.home.commands import ShowInbox
from governance.messages import (
    AnnouncementDrafted,
    Notice,
    Progress,
    RecallCheck,
    Refused,
    ResendCheck,
)
from governance.views import InboxView
from scheduler.lanes import recall_lane
from scheduler.ports import Away, NotTaken, Sent, Unknown
from storage.ledger_tables import audit, delivery
from storage.restoring import keep_mark
from storage.tables import person as person_table
from tests.attacks.hall import Hall, hall, ledger_of
from tests.governance.announcements.test_announcing import WORDS
from tests.journeys.town import CHAIR, CTO, ISO, OFFICE, TEACHER, person

ALL = (TEACHER, OFFICE, CHAIR, ISO)
PLEASE = DeliveryReason.STOPPED.about("Ramona Castellanos")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Hall]:
    async with hall(tmp_path) as found:
        yield found


async def sent(town: Hall) -> UUID:
    """An announcement that is going out to four people."""
    announcement = uuid4()
    audience = Audience(people=frozenset(ALL))
    await town.ask(
        CTO, WriteAnnouncement(announcement_id=announcement, **by_name(WORDS), audience=audience)
    )
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement))
    return announcement


async def became(town: Hall, email: str, kind: str = "notice", **values: Any) -> None:
    """What the pump would have written of somebody's message."""
    who = await person(town.core, email)
    if values.get("state") == "sent":
        values |= {"sent_at": town.clock(), "reference": "m-1"}
    where = (delivery.c.person_id == who.id, delivery.c.kind == kind)
    await town.core.store.write(
        lambda tx: tx.connection.execute(update(delivery).where(*where).values(**values))
    )


async def rows(town: Hall, kind: str = "notice") -> dict[str, Any]:
    """Each person's row, by their address."""
    wanted = (
        select(delivery, person_table.c.email)
        .join(person_table, person_table.c.id == delivery.c.person_id)
        .where(delivery.c.kind == kind)
    )
    found = await town.core.store.read(lambda tx: tx.connection.execute(wanted).all())
    return {row.email: row for row in found}


async def states(town: Hall, kind: str = "notice") -> Counter[str]:
    return Counter(row.state for row in (await rows(town, kind)).values())


async def leave(town: Hall, email: str) -> None:
    gone = update(person_table).where(person_table.c.email == email).values(active=False)
    await town.core.store.write(lambda tx: tx.connection.execute(gone))


async def audited(town: Hall) -> list[str]:
    return await town.core.store.read(
        lambda tx: list(
            tx.connection.execute(select(audit.c.what).order_by(audit.c.number)).scalars()
        )
    )


async def progress(town: Hall, announcement: UUID) -> Progress:
    found = await town.ask(CTO, ShowProgress(announcement_id=announcement))
    assert isinstance(found, Progress)
    return found


# -- stopping ------------------------------------------------------------------------------------


async def test_what_waits_is_recalled_in_words_and_sent_when_it_goes_on(town: Hall) -> None:
    announcement = await sent(town)
    await became(town, TEACHER, state="sent")
    stopped = await town.ask(CTO, StopCampaign(subject=announcement))
    assert isinstance(stopped, Progress)
    assert (stopped.tally.sent, stopped.tally.stopped, stopped.tally.queued) == (1, 3, 0)
    assert steps(stopped.announcement, stopped.tally) == (Step.RESUME, Step.RECALL)
    assert {r.why for r in (await rows(town)).values() if r.state == "recalled"} == {PLEASE}
    await town.ask(CTO, StopCampaign(subject=announcement))
    going = await town.ask(CTO, ResumeCampaign(subject=announcement))
    assert (going.tally.sent, going.tally.queued, going.tally.stopped) == (1, 3, 0)
    await town.ask(CTO, ResumeCampaign(subject=announcement))
    assert [what for what in await audited(town) if "campaign" in what] == [
        "campaign stopped",
        "campaign resumed",
    ]


async def test_who_left_meanwhile_does_not_get_the_rest(town: Hall) -> None:
    announcement = await sent(town)
    await town.ask(CTO, StopCampaign(subject=announcement))
    await leave(town, OFFICE)
    going = await town.ask(CTO, ResumeCampaign(subject=announcement))
    assert (going.tally.queued, going.tally.stopped) == (3, 1)


async def test_the_operator_may_stop_and_is_named_as_such(town: Hall) -> None:
    announcement = await sent(town)
    await town.core.dispatch.by_itself(StopCampaign(subject=announcement), Source.OPERATOR)
    words = {row.why for row in (await rows(town)).values()}
    assert words == {DeliveryReason.STOPPED_BY_OPERATOR}


async def test_a_scheduled_one_is_a_draft_again_and_its_old_time_starts_nothing(
    town: Hall,
) -> None:
    announcement = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=announcement, **by_name(WORDS)))
    first, second = town.clock() + timedelta(hours=1), town.clock() + timedelta(hours=5)
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=first))
    stopped = await town.ask(CTO, StopCampaign(subject=announcement))
    assert isinstance(stopped, AnnouncementDrafted)
    assert stopped.announcement.state is AnnouncementState.DRAFT
    await town.ask(CTO, SendAnnouncement(announcement_id=announcement, at=second))
    town.clock.forward(hours=2)
    await town.core.dispatch.keep_time()
    await town.core.dispatch.by_itself(StartAnnouncement(announcement_id=announcement))
    assert await states(town) == Counter()
    town.clock.forward(hours=4)
    await town.core.dispatch.keep_time()
    assert set(await states(town)) == {"queued"}


async def test_a_draft_and_nothing_at_all_cannot_be_stopped(town: Hall) -> None:
    announcement = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=announcement, **by_name(WORDS)))
    for subject in (announcement, uuid4()):
        assert isinstance(await town.ask(CTO, StopCampaign(subject=subject)), Refused)


# -- sending again -------------------------------------------------------------------------------


async def all_kinds(town: Hall) -> UUID:
    """One has it, one failed, one is unknown, one could not be reached."""
    announcement = await sent(town)
    await became(town, TEACHER, state="sent")
    await became(town, OFFICE, state="failed", why=DeliveryReason.SLACK_TOO_LONG, attempts=3)
    await became(town, CHAIR, state="unknown", why=DeliveryReason.NO_ANSWER, looks=5)
    await became(town, ISO, state="unreachable", why=DeliveryReason.TEAMS_BLOCKED)
    return announcement


async def test_the_preview_says_how_many_of_each(town: Hall) -> None:
    announcement = await all_kinds(town)
    form = await town.ask(CTO, CheckResend(announcement_id=announcement))
    assert isinstance(form, ResendCheck)
    assert form.missed == Missed(failed=1, unreachable=1, unknown=1, seconds=form.missed.seconds)
    assert form.missed.ready == 2
    await leave(town, ISO)
    form = await town.ask(CTO, CheckResend(announcement_id=announcement))
    assert (form.missed.unreachable, form.missed.left) == (0, 1)


async def test_only_those_who_did_not_get_it_get_it_again_in_the_same_rows(town: Hall) -> None:
    announcement = await all_kinds(town)
    before = {row.id for row in (await rows(town)).values()}
    await town.ask(CTO, ResendAnnouncement(announcement_id=announcement))
    after = await rows(town)
    assert {row.id for row in after.values()} == before, "one row for each person, for ever"
    assert {email: row.state for email, row in after.items()} == {
        TEACHER: "sent",
        OFFICE: "queued",
        CHAIR: "unknown",
        ISO: "queued",
    }
    assert (after[OFFICE].attempts, after[OFFICE].why) == (0, None)
    assert "announcement sent again to 2" in await audited(town)
    await town.ask(CTO, ResendAnnouncement(announcement_id=announcement))
    assert await states(town) == Counter(queued=2, sent=1, unknown=1)


async def test_those_of_whom_nobody_knows_get_it_only_when_that_was_asked_for(town: Hall) -> None:
    announcement = await all_kinds(town)
    await town.ask(CTO, ResendAnnouncement(announcement_id=announcement, unknown=True))
    after = await rows(town)
    assert (after[CHAIR].state, after[CHAIR].why) == ("queued", DeliveryReason.REPEATED)
    assert after[OFFICE].why is None
    assert after[TEACHER].state == "sent"


async def test_it_goes_to_where_somebody_is_reached_now(town: Hall) -> None:
    announcement = await all_kinds(town)
    who = await person(town.core, ISO)

    def moved(tx: Any) -> None:
        tx.connection.execute(
            update(person_table).where(person_table.c.id == who.id).values(platform=Platform.SLACK)
        )
        tx.note_address(
            who,
            platform=Platform.SLACK,
            workspace="T1",
            user="U1",
            conversation="D1",
            service_url=None,
            reachable=True,
        )

    await town.core.store.write(moved)
    await town.ask(CTO, ResendAnnouncement(announcement_id=announcement))
    row = (await rows(town))[ISO]
    assert (row.lane, row.conversation, row.platform) == ("slack:T1", "D1", "slack")


async def test_sending_again_what_was_stopped_goes_on_with_it(town: Hall) -> None:
    announcement = await all_kinds(town)
    await became(town, ISO, state="queued")
    await town.ask(CTO, StopCampaign(subject=announcement))
    await town.ask(CTO, ResendAnnouncement(announcement_id=announcement))
    found = await progress(town, announcement)
    assert found.announcement.stopped_at is None
    assert (found.tally.queued, found.tally.stopped) == (2, 0)


# -- taking back ---------------------------------------------------------------------------------


async def test_taking_back_asks_first_then_stops_and_recalls(town: Hall) -> None:
    announcement = await sent(town)
    await became(town, TEACHER, state="sent")
    await became(town, OFFICE, state="sent")
    await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    form = await town.ask(CTO, CheckRecall(announcement_id=announcement))
    assert isinstance(form, RecallCheck)
    assert (form.sent, form.queued, form.unknown) == (2, 2, 0)
    assert await states(town, "recall") == Counter()
    recalled = await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert (recalled.tally.recalling, recalled.tally.stopped) == (2, 2)
    assert recalled.tally.acknowledged == 1, "who has read it stays on record"
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert await states(town, "recall") == Counter(queued=2), "twice is once"
    carried = {(row.reference, row.subject) for row in (await rows(town, "recall")).values()}
    assert carried == {("m-1", announcement)}
    assert "announcement recalled from 2" in await audited(town)


async def test_what_was_on_its_way_at_a_restore_is_taken_back_where_it_went(town: Hall) -> None:
    announcement, now = await sent(town), town.clock()
    there = {"state": "leased", "platform": Platform.SLACK, "lane": "slack:T1"}
    for email in ALL:
        await became(town, email, **there)
    await town.core.store.write(lambda tx: keep_mark(tx, None, now, said=True))
    for email in ALL:
        await became(town, email, state="sent")
    assert {row.lane for row in (await rows(town)).values()} == {"restored:slack:T1"}
    form = await town.ask(CTO, CheckRecall(announcement_id=announcement))
    assert form.seconds > 0
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    recalls = (await rows(town, "recall")).values()
    assert [row.lane for row in recalls] == [recall_lane("slack:T1")] * len(ALL)


async def test_what_was_taken_back_is_gone_from_every_page_and_is_not_sent_again(
    town: Hall,
) -> None:
    announcement = await sent(town)
    for email in ALL:
        await became(town, email, state="sent")
    assert isinstance(
        await town.ask(TEACHER, ShowAnnouncement(announcement_id=announcement)), Notice
    )
    read = await town.ask(TEACHER, AcknowledgeAnnouncement(announcement_id=announcement))
    assert isinstance(read, Notice)
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    inbox = await town.ask(TEACHER, ShowInbox())
    assert isinstance(inbox, InboxView)
    assert inbox.entries == ()
    for command in (
        ShowAnnouncement(announcement_id=announcement),
        AcknowledgeAnnouncement(announcement_id=announcement),
    ):
        assert isinstance(await town.ask(OFFICE, command), Refused)
    for command in (
        ResumeCampaign(subject=announcement),
        CheckResend(announcement_id=announcement),
        ResendAnnouncement(announcement_id=announcement, unknown=True),
    ):
        assert isinstance(await town.ask(CTO, command), Refused)
    assert await states(town) == Counter(sent=4), "the pump marks each when it is gone"


async def test_what_could_not_be_taken_back_is_tried_again_on_asking(town: Hall) -> None:
    announcement = await sent(town)
    for email in ALL:
        await became(town, email, state="sent")
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    await became(town, ISO, kind="recall", state="failed", why=DeliveryReason.SLACK_CANNOT_DELETE)
    found = await progress(town, announcement)
    assert (found.tally.recalling, found.tally.kept) == (3, 1)
    assert [r.why for r in found.tally.reasons] == [DeliveryReason.SLACK_CANNOT_DELETE]
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert await states(town, "recall") == Counter(queued=4)


async def test_what_was_on_its_way_when_it_was_taken_back_goes_as_well(town: Hall) -> None:
    """Two were being sent, of one nobody knew; the page said "sent" of them, and they had it."""
    announcement = await sent(town)
    store, ledger = town.core.store, ledger_of(town)
    claimed = await ledger.claim("web:", town.clock(), 4, 60)
    assert len(claimed) == 4
    await ledger.record([(claimed[0], Unknown(why=DeliveryReason.NO_ANSWER))], town.clock())
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    assert await states(town, "recall") == Counter()
    got = Sent(reference="m-2")
    results = [
        (claimed[1], got),
        (claimed[2], got),
        (claimed[3], NotTaken(why=DeliveryReason.MAIL_NOT_NOW)),
    ]
    await ledger.record(results, town.clock())
    assert await states(town, "recall") == Counter(queued=2)
    assert await states(town) == Counter(sent=2, unknown=1, recalled=1)
    await ledger.settle([(claimed[0], got)], town.clock())
    assert await states(town, "recall") == Counter(queued=3)
    failed = update(delivery).where(delivery.c.kind == "recall").values(state="failed")
    await store.write(lambda tx: tx.connection.execute(failed))
    await ledger.tidy(town.clock())
    assert await states(town, "recall") == Counter(failed=3), "again only when somebody asks"


async def test_what_two_processes_missed_between_them_is_taken_back_within_a_minute(
    town: Hall,
) -> None:
    announcement = await sent(town)
    await town.ask(CTO, RecallAnnouncement(announcement_id=announcement))
    await became(town, ISO, state="sent")
    await ledger_of(town).tidy(town.clock())
    assert set(await rows(town, "recall")) == {ISO}


async def test_a_draft_cannot_be_taken_back(town: Hall) -> None:
    announcement = uuid4()
    await town.ask(CTO, WriteAnnouncement(announcement_id=announcement, **by_name(WORDS)))
    for command in (
        CheckRecall(announcement_id=announcement),
        RecallAnnouncement(announcement_id=announcement),
        RecallAnnouncement(announcement_id=uuid4()),
    ):
        assert isinstance(await town.ask(CTO, command), Refused)


# -- how it stands -------------------------------------------------------------------------------


async def test_reasons_are_counted_and_the_most_frequent_comes_first(town: Hall) -> None:
    announcement = await sent(town)
    for email in (TEACHER, OFFICE):
        await became(town, email, state="unreachable", why=DeliveryReason.LEFT)
    await became(town, CHAIR, state="failed", why=DeliveryReason.SLACK_TOO_LONG)
    found = (await progress(town, announcement)).tally.reasons
    assert [(r.outcome, r.why, r.people) for r in found] == [
        (Outcome.UNREACHABLE, DeliveryReason.LEFT, 2),
        (Outcome.FAILED, DeliveryReason.SLACK_TOO_LONG, 1),
    ]


async def test_what_waits_for_a_connection_says_so_and_nobody_says_when_it_ends(
    town: Hall,
) -> None:
    announcement = await sent(town)
    claimed = await ledger_of(town).claim("web:", town.clock(), 2, 60)
    away = Away(why=DeliveryReason.SLACK_AWAY)
    await ledger_of(town).record([(one, away) for one in claimed], town.clock())
    found = await progress(town, announcement)
    assert [(r.outcome, r.people) for r in found.tally.reasons] == [(Outcome.QUEUED, 2)]
    english = Words("en", "UTC")
    told = campaign_words.notes(english, found)
    assert told == ["2 people are waiting: No connection to Slack could be made."]
    again = await ledger_of(town).claim("web:", town.clock() + timedelta(seconds=11), 4, 60)
    got = Sent(reference="m-1")
    await ledger_of(town).record([(one, got) for one in again], town.clock())
    assert (await progress(town, announcement)).tally.reasons == ()


async def test_its_end_minds_the_lanes_rate_what_goes_before_it_and_a_block(town: Hall) -> None:
    from storage.ledger_tables import lane

    announcement = await sent(town)
    now = town.clock()
    found = (await progress(town, announcement)).tally.expected_end
    assert found is not None
    assert found - now < timedelta(seconds=2)

    def slow(tx: Any) -> None:
        tx.connection.execute(update(delivery).values(lane="slack:T1", not_before=now))
        tx.connection.execute(
            lane.insert(),
            {
                "key": "slack:T1",
                "arrival": now,
                "epoch": 0,
                "blocked_until": now + timedelta(seconds=90),
            },
        )

    await town.core.store.write(slow)
    end = (await progress(town, announcement)).tally.expected_end
    assert end is not None
    per_second = town.core.budgets[Platform.SLACK].per_second * 0.98
    assert end == now + timedelta(seconds=90) + timedelta(seconds=4 / per_second)

    def busy(tx: Any) -> None:
        rows = [
            {
                "id": uuid4(), "campaign": "x", "kind": "x", "recipient": f"queue:{n}",
                "subject": uuid4(), "platform": "slack", "workspace": "T1", "lane": "slack:T1",
                "state": "queued", "priority": 5, "not_before": now, "attempts": 0,
                "queued_at": now,
            }
            for n in range(40)
        ]  # fmt: skip
        tx.connection.execute(delivery.insert(), rows)

    await town.core.store.write(busy)
    later = (await progress(town, announcement)).tally.expected_end
    assert later == end + timedelta(seconds=40 / per_second)
    held = update(delivery).values(not_before=now + timedelta(hours=9))
    await town.core.store.write(lambda tx: tx.connection.execute(held))
    assert (await progress(town, announcement)).tally.expected_end is None, "all is held"
