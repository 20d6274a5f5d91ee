"""The ledger of deliveries: one per recipient and campaign, to where somebody can be reached."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from core.people import Audience, Person, Platform
from governance.announcements.model import Announcement
from governance.committees.model import RESTRICTED, TRIAGE, Channel
from scheduler.lanes import DEFAULT_BUDGETS, Budget, disturbs
from storage.ledger import LedgerStore
from storage.ledger_tables import delivery
from storage.store import Store
from storage.transaction import Transaction
from tests.journeys.town import example
from tests.storage.stores import empty_store, import_people, row, rows

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with empty_store(tmp_path) as found:
        yield found


def person(tx: Transaction, number: int) -> Person:
    found = tx.person_by_email(row(number)["email"])
    assert found is not None
    return found


def on_slack(number: int) -> dict[str, object]:
    return row(number, platform=Platform.SLACK)


def note(
    tx: Transaction, number: int, conversation: str | None = "D1", *, reachable: bool = True
) -> None:
    tx.note_address(
        person(tx, number),
        platform=Platform.SLACK,
        workspace="T1",
        user=f"U{number}",
        conversation=conversation,
        service_url=None,
        reachable=reachable,
    )


def tell(tx: Transaction, number: int, subject: UUID, kind: str = "told-answered") -> None:
    tx.deliver_to_person(
        person(tx, number), campaign="item:1", kind=kind, subject=subject, now=NOON
    )


def lanes(tx: Transaction) -> list[tuple[str | None, str | None]]:
    found = tx.connection.execute(
        select(delivery.c.lane, delivery.c.conversation).order_by(delivery.c.recipient)
    )
    return [(r.lane, r.conversation) for r in found]


async def test_the_same_news_is_queued_once(store: Store) -> None:
    subject = uuid4()
    await store.write(lambda tx: import_people(tx, rows(1)))
    for kind in ("told-answered", "told-answered", "told-filed"):
        await store.write(lambda tx, k=kind: tell(tx, 0, subject, k))
    queued = await store.read(lambda tx: tx.deliveries_by_state("told-answered", subject))
    assert queued == {"queued": 1}
    assert await store.read(lambda tx: tx.deliveries_of_kind("told-filed")) == {"queued": 1}


async def test_somebody_without_an_address_waits_and_joins_the_lane_once_there_is_one(
    store: Store,
) -> None:
    await store.write(lambda tx: import_people(tx, [on_slack(0)]))
    await store.write(lambda tx: tell(tx, 0, uuid4()))
    assert await store.read(lanes) == [(None, None)]
    await store.write(lambda tx: note(tx, 0, None))
    assert await store.read(lanes) == [(None, None)], "known, but nothing to post to yet"
    await store.write(lambda tx: note(tx, 0, "D1"))
    assert await store.read(lanes) == [("slack:T1", "D1")]


async def test_who_blocked_us_is_not_written_to_and_who_left_neither(store: Store) -> None:
    await store.write(lambda tx: import_people(tx, [on_slack(0), row(1)]))
    await store.write(lambda tx: note(tx, 0, reachable=False))
    await store.write(lambda tx: tell(tx, 0, uuid4()))
    assert await store.read(lanes) == [(None, None)]
    left = await store.read(lambda tx: person(tx, 1))
    await store.write(lambda tx: import_people(tx, [on_slack(0)]))
    await store.write(
        lambda tx: tx.deliver_to_person(left, campaign="x", kind="x", subject=uuid4(), now=NOON)
    )
    assert len(await store.read(lanes)) == 1


async def test_two_addresses_of_one_person_get_one_message(store: Store) -> None:
    await store.write(lambda tx: import_people(tx, [on_slack(0)]))
    for user in ("U1", "U2"):
        await store.write(
            lambda tx, u=user: tx.note_address(
                person(tx, 0),
                platform=Platform.SLACK,
                workspace="T1",
                user=u,
                conversation=u,
                service_url=None,
                reachable=True,
            )
        )
    await store.write(lambda tx: tell(tx, 0, uuid4()))
    assert len(await store.read(lanes)) == 1


async def test_a_noted_address_keeps_its_conversation_when_told_of_without_one(
    store: Store,
) -> None:
    await store.write(lambda tx: import_people(tx, [on_slack(0)]))
    await store.write(lambda tx: note(tx, 0, "D1"))
    await store.write(lambda tx: note(tx, 0, None))
    await store.write(lambda tx: tell(tx, 0, uuid4()))
    assert await store.read(lanes) == [("slack:T1", "D1")]


async def test_a_queue_is_told_in_its_channels_and_always_on_its_page(store: Store) -> None:
    chat = Channel(platform=Platform.SLACK, workspace="T1", conversation="C9")
    district = example().district
    placed = replace(
        district,
        triage_channels=(chat,),
        committees=tuple(
            replace(c, channels=(chat,) if c.key == "network" else ()) for c in district.committees
        ),
    )
    await store.write(lambda tx: tx.put_district(placed, "", NOON))
    for queue in ("network", "library-media", TRIAGE, RESTRICTED, "no-more"):
        await store.write(
            lambda tx, q=queue: tx.deliver_to_queue(
                q, campaign=f"item:{q}", kind="brief", subject=uuid4(), now=NOON
            )
        )

    def told(tx: Transaction) -> list[str]:
        return sorted(tx.connection.execute(select(delivery.c.recipient)).scalars())

    assert await store.read(told) == [
        "queue:library-media@web:queue:library-media",
        "queue:network@slack:C9",
        "queue:network@web:queue:network",
        "queue:no-more@web:queue:no-more",
        "queue:restricted@web:queue:restricted",
        "queue:triage@slack:C9",
        "queue:triage@web:queue:triage",
    ], "nothing restricted goes to a channel"


async def test_an_announcement_reaches_each_once_and_says_beforehand_whom(store: Store) -> None:
    await store.write(lambda tx: import_people(tx, [*rows(3), on_slack(3), on_slack(4)]))
    await store.write(lambda tx: note(tx, 3, "D3"))
    reach = await store.read(lambda tx: tx.reach(Audience(), NOON))
    assert (reach.people, reach.by_platform, reach.waiting) == (
        5,
        (("slack", 2), ("web", 3)),
        1,
    )
    sending = Announcement(
        id=uuid4(),
        change=example().announcements[0].change,
        audience=Audience(),
        written_by=None,
    )
    await store.write(lambda tx: tx.put_announcement(sending))
    await store.write(lambda tx: tx.announce(sending, NOON))
    await store.write(lambda tx: tx.announce(sending, NOON))
    tally = await store.read(lambda tx: tx.tally(sending.id, NOON))
    assert (tally.people, tally.queued, tally.waiting, tally.sent) == (5, 4, 1, 0)


async def test_the_hot_questions_use_an_index(store: Store) -> None:
    """At seven thousand people a scan each is the difference between a page and a wait."""

    def plans(tx: Transaction) -> list[str]:
        questions = (
            "SELECT id FROM delivery WHERE person_id = ? AND state = 'sent'",
            "SELECT id FROM delivery WHERE campaign = ? AND kind = 'notice' AND recipient = ?",
            "SELECT state FROM delivery WHERE lane = ? AND state = 'queued'",
            "SELECT count(*) FROM delivery WHERE kind = ? AND subject = ?",
            "SELECT id FROM item WHERE queue = ?",
            "SELECT id FROM item WHERE author = ?",
            "SELECT id FROM item WHERE state = 'received' ORDER BY received_at",
            "SELECT id FROM person WHERE email = ?",
            "SELECT person_id FROM address WHERE platform = ? AND workspace = ? AND user = ?",
            "SELECT person_id FROM duty WHERE duty = 'office' AND key = ?",
            "SELECT state FROM participation WHERE wave_id = ? AND person_id = ?",
            "SELECT at FROM acknowledgement WHERE announcement_id = ? AND person_id = ?",
            "SELECT id FROM schedule WHERE at <= ?",
        )
        found = []
        for question in questions:
            nothing = tuple([None] * question.count("?"))
            plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", nothing)
            found += [f"{question}: {r.detail}" for r in plan if r.detail.startswith("SCAN")]
        return found

    assert await store.read(plans) == []


async def test_a_page_shows_what_is_queued_for_it_whatever_became_of_the_mail(
    store: Store,
) -> None:
    def state(tx: Transaction, is_now: str) -> list[UUID]:
        tx.connection.execute(update(delivery).values(state=is_now, sent_at=None))
        return [one.subject for one in tx.delivered_to(person(tx, 1).id)]

    subject = uuid4()
    await store.write(lambda tx: import_people(tx, [row(1, platform=Platform.WEB)]))
    await store.write(lambda tx: tell(tx, 1, subject))
    for is_now in ("queued", "leased", "unknown", "failed", "unreachable"):
        assert await store.write(lambda tx, now=is_now: state(tx, now)) == [subject], is_now  # type: ignore[misc]
    assert await store.write(lambda tx: state(tx, "recalled")) == []


async def test_a_page_shows_of_a_chat_only_what_was_sent_there(store: Store) -> None:
    subject = uuid4()
    await store.write(lambda tx: import_people(tx, [on_slack(1)]))
    await store.write(lambda tx: note(tx, 1))
    await store.write(lambda tx: tell(tx, 1, subject))
    shown = await store.read(lambda tx: tx.delivered_to(person(tx, 1).id))
    assert shown == []


@pytest.mark.parametrize(("mails", "lane"), [(False, "web:"), (True, "web:mail")])
async def test_mails_have_a_lane_of_their_own_that_briefs_do_not_wait_in(
    tmp_path: Path, mails: bool, lane: str
) -> None:
    (tmp_path / "other").mkdir()
    async with empty_store(tmp_path / "other", mails=mails) as store:
        await store.write(lambda tx: import_people(tx, [row(1, platform=Platform.WEB)]))
        await store.write(lambda tx: tell(tx, 1, uuid4()))
        await store.write(
            lambda tx: tx.deliver_to_queue(
                RESTRICTED, campaign="item:1", kind="brief", subject=uuid4(), now=NOON
            )
        )
        assert sorted(found or "" for found, _ in await store.read(lanes)) == ["web:", lane]
        ledger = LedgerStore(store, DEFAULT_BUDGETS, locale="en", timezone="UTC")
        for each in {"web:", lane}:
            assert await ledger.claim(each, NOON, 400, 60.0)
        await ledger.recover(NOON, everything=True)
        states = await store.read(
            lambda tx: set(tx.connection.execute(select(delivery.c.lane, delivery.c.state)).all())
        )
        told = (lane, "unknown" if mails else "queued")
        assert states == {("web:", "queued"), told}, "a mail may have gone out; a page cannot have"
        assert [disturbs(each) for each in ("web:", "web:mail", "slack:T1")] == [False, True, True]


async def test_a_message_goes_out_in_the_language_that_somebody_chose(store: Store) -> None:
    people = [row(number, platform=Platform.SLACK, locale="es-MX") for number in range(2)]
    await store.write(lambda tx: import_people(tx, people))
    for number in range(2):
        await store.write(lambda tx, n=number: note(tx, n, f"D{n}"))
        await store.write(lambda tx, n=number: tell(tx, n, UUID(int=n)))
    await store.write(lambda tx: tx.choose_language(person(tx, 0).id, "en"))
    ledger = LedgerStore(store, DEFAULT_BUDGETS, locale="en", timezone="UTC")
    claimed = await ledger.claim("slack:T1", NOON, 400, 60.0)
    assert {one.conversation: one.locale for one in claimed} == {"D0": "en", "D1": "es-MX"}
    await ledger.recover(NOON, everything=True)
    again = await ledger.uncertain(Platform.SLACK, NOON + timedelta(minutes=5), 10)
    assert {one.conversation: one.locale for one in again} == {"D0": "en", "D1": "es-MX"}


async def test_mails_keep_to_their_pace_and_pages_to_none(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with empty_store(tmp_path / "other", mails=True) as store:
        people = [row(number, platform=Platform.WEB) for number in range(60)]
        await store.write(lambda tx: import_people(tx, people))

        def queue(tx: Transaction) -> None:
            for number in range(60):
                tell(tx, number, UUID(int=number))
                tx.deliver_to_queue(
                    RESTRICTED,
                    campaign=f"item:{number}",
                    kind="brief",
                    subject=UUID(int=number),
                    now=NOON,
                )

        await store.write(queue)
        pace = Budget(per_second=5, burst=5)
        ledger = LedgerStore(store, DEFAULT_BUDGETS, locale="en", timezone="UTC", mail=pace)
        assert len(await ledger.claim("web:", NOON, 400, 60.0)) == 60
        claimed = 0
        for second in range(1, 11):
            claimed += len(
                await ledger.claim("web:mail", NOON + timedelta(seconds=second), 400, 60)
            )
            assert claimed <= 5 * second + 5, "never faster than the mail server takes it"
        assert claimed >= 45
