"""Sending to Slack: what became of a message, in the ledger's words."""

from __future__ import annotations

import asyncio
import socket
from uuid import UUID, uuid4

import aiohttp
import pytest

from bot.slack.client import SlackClient
from bot.slack.platform import HISTORY, SlackPlatform
from bot.slack.settings import SlackSettings
from scheduler.ports import (
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)
from surveys.people import Platform
from tests.bot.slack.samples import SAMPLES
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_world import Fault, broken, dropped, refused, slow, throttled

NOTICE = SAMPLES["notice"]


def outgoing(conversation: str, delivery: UUID | None = None, **changes: object) -> Outgoing:
    whole: dict[str, object] = {
        "delivery_id": delivery or uuid4(),
        "message": NOTICE,
        "workspace": "T0DISTRICT",
        "conversation": conversation,
        "service_url": None,
        "locale": "en",
        "timezone": "America/Chicago",
        **changes,
    }
    return Outgoing(**whole)  # type: ignore[arg-type]


@pytest.fixture
def platform(client: SlackClient) -> SlackPlatform:
    return SlackPlatform(client)


@pytest.fixture
def person(slack: SlackStandIn) -> str:
    return slack.add_user("t.rivera@district.example")


async def test_a_message_to_a_person_names_their_conversation(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    assert platform.name is Platform.SLACK
    result = await platform.send(outgoing(person))
    (message,) = slack.messages(person)
    assert result == Sent(reference=message["ts"], conversation=slack.world.direct(person))
    assert "I have read this" in texts(message)
    assert message["text"]


async def test_the_delivery_travels_with_its_message(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    delivery = uuid4()
    await platform.send(outgoing(person, delivery))
    (message,) = slack.messages(person)
    assert message["metadata"]["event_payload"] == {"delivery_id": str(delivery)}
    (call,) = slack.calls("chat.postMessage")
    assert call["unfurl_links"] is False
    assert call["parse"] == "none"


@pytest.mark.parametrize(
    ("fault", "result"),
    [
        (throttled(17), Throttled(seconds=17)),
        (Fault(status=429), Throttled(seconds=30)),
        (refused("rate_limited"), Throttled(seconds=30)),
        (broken(500), Unknown),
        (broken(503), Unknown),
        (refused("internal_error"), Unknown),
        (refused("fatal_error"), Unknown),
        (dropped(taken=True), Unknown),
        (dropped(taken=False), Unknown),
        (slow(3), Unknown),
        (refused("channel_not_found"), Unreachable),
        (refused("user_disabled"), Unreachable),
        (refused("is_archived"), Unreachable),
        (refused("not_in_channel"), Unreachable),
        (refused("invalid_auth"), Failed),
        (refused("missing_scope"), Failed),
        (refused("invalid_blocks"), Failed),
        (refused("something_new"), Failed),
    ],
)
async def test_what_slack_says_becomes_what_the_ledger_says(
    slack: SlackStandIn,
    platform: SlackPlatform,
    person: str,
    fault: Fault,
    result: Result | type[Result],
) -> None:
    slack.fail("chat.postMessage", fault)
    found = await platform.send(outgoing(person))
    if isinstance(result, type):
        assert isinstance(found, result)
        assert found.why.endswith(".")  # type: ignore[union-attr]
    else:
        assert found == result
    assert len(slack.calls("chat.postMessage")) == 1, "asked twice"


async def test_no_connection_is_surely_not_taken() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings = SlackSettings(
        signing_secret="s", bot_token="t", api_url=f"http://127.0.0.1:{port}/api/", timeout=2
    )
    client = SlackClient(settings)
    try:
        found = await SlackPlatform(client).send(outgoing("U1"))
    finally:
        await client.close()
    assert found == NotTaken(why="No connection to Slack could be made.")


async def test_a_message_that_cannot_be_drawn_does_not_stop_the_pump(
    platform: SlackPlatform, person: str
) -> None:
    timed = SAMPLES["invitation_inline"]
    found = await platform.send(outgoing(person, timezone="Mars/Olympus", message=timed))
    assert isinstance(found, Failed)


async def test_switched_off_accounts_are_unreachable(
    slack: SlackStandIn, platform: SlackPlatform
) -> None:
    gone = slack.add_user("gone@district.example", deleted=True)
    assert await platform.send(outgoing(gone)) == Unreachable(
        why="The person's Slack account is switched off."
    )


async def test_every_sample_is_taken_by_slack(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    for name, sample in SAMPLES.items():
        found = await platform.send(outgoing(person, message=sample))
        assert isinstance(found, Sent), (name, found)


# -- looking up what became of an uncertain one -------------------------------------------------


async def test_an_accepted_then_lost_message_is_found_in_the_history(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    lost = outgoing(person)
    slack.fail("chat.postMessage", dropped(taken=True))
    assert isinstance(await platform.send(lost), Unknown)
    (message,) = slack.messages(person)
    assert await platform.reconcile(lost) == Sent(
        reference=message["ts"], conversation=slack.world.direct(person)
    )
    assert len(slack.messages(person)) == 1


async def test_a_message_that_was_never_taken_is_not_in_the_history(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    lost = outgoing(person)
    slack.fail("chat.postMessage", dropped(taken=False))
    assert isinstance(await platform.send(lost), Unknown)
    assert isinstance(await platform.reconcile(lost), NotTaken)


async def test_absent_from_the_last_messages_of_a_busy_channel_is_not_absent(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    lost = outgoing(person)
    slack.fail("chat.postMessage", dropped(taken=True))
    assert isinstance(await platform.send(lost), Unknown)
    channel = slack.world.direct(person)
    for _ in range(HISTORY):
        later = {"type": "message", "ts": slack.world.next_ts(), "text": "and another"}
        slack.world.messages[channel].append(later)
    assert isinstance(await platform.reconcile(lost), Unknown)


@pytest.mark.parametrize(
    ("fault", "kind"), [(throttled(5), Throttled), (broken(), Unknown), (slow(3), Unknown)]
)
async def test_a_history_that_cannot_be_read_leaves_it_unknown(
    slack: SlackStandIn,
    platform: SlackPlatform,
    person: str,
    fault: Fault,
    kind: type[Result],
) -> None:
    slack.fail("conversations.history", fault)
    assert isinstance(await platform.reconcile(outgoing(person)), kind)


async def test_doctor_hears_who_the_token_is(platform: SlackPlatform) -> None:
    assert await platform.check() == "soundingboard in District (T0DISTRICT)"


async def test_many_sends_share_one_session(
    slack: SlackStandIn, platform: SlackPlatform, client: SlackClient, person: str
) -> None:
    await asyncio.gather(*(platform.send(outgoing(person)) for _ in range(20)))
    session = client.web.session
    assert isinstance(session, aiohttp.ClientSession)
    await platform.send(outgoing(person))
    assert client.web.session is session
    assert len(slack.messages(person)) == 21
