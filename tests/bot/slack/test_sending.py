"""Sending to Slack: what became of a message, in the ledger's words."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import replace
from uuid import UUID, uuid4

import aiohttp
import pytest

from bot.slack.client import SlackClient
from bot.slack.platform import HISTORY, SlackPlatform
from bot.slack.refusals import FAILED, NOBODY, UNREACHABLE
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import OneWorkspace
from core.people import Platform
from core.words import Words
from governance import wording
from governance.delivery_reasons import DeliveryReason
from scheduler.ports import (
    Away,
    Failed,
    NotTaken,
    Outgoing,
    Result,
    Sent,
    Throttled,
    Unknown,
    Unreachable,
)
from tests.bot.slack.samples import SAMPLES
from tests.stand_ins.slack import SlackStandIn, texts
from tests.stand_ins.slack_world import Fault, broken, dropped, garbled, refused, slow, throttled

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
    return SlackPlatform(OneWorkspace(client))


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
        assert wording.delivery_reason(Words(), found.why).endswith(".")  # type: ignore[union-attr]
    else:
        assert found == result
    assert len(slack.calls("chat.postMessage")) == 1, "asked twice"


FINAL: list[tuple[str, type[Result], str]] = [
    # The person: gone from Slack, switched off, a bot, or in another workspace.
    ("users.not_found", Unreachable, "Is not known to Slack anymore."),
    ("users_not_found", Unreachable, "Is not known to Slack anymore."),
    ("user_not_found", Unreachable, "Is not known to Slack anymore."),
    ("user_disabled", Unreachable, "Has an account in Slack that is switched off."),
    ("cannot_dm_bot", Unreachable, "Is a bot account in Slack."),
    ("user_not_visible", Unreachable, "Can't be seen from this Slack workspace."),
    ("team_access_not_granted", Unreachable, "The app is not installed in their workspace."),
    # The conversation: closed to the app, put away, or for threads only.
    ("channel_not_found", Unreachable, "Slack does not show this conversation to the app."),
    ("is_archived", Unreachable, "The channel is archived in Slack."),
    ("not_in_channel", Unreachable, "The app is not in this channel."),
    ("restricted_action", Unreachable, "This conversation does not accept messages from apps."),
    (
        "restricted_action_read_only_channel",
        Unreachable,
        "This conversation does not accept messages from apps.",
    ),
    (
        "messages_tab_disabled",
        Unreachable,
        "The app's messages tab is switched off, so it can't write to anyone.",
    ),
    # The app: everybody is concerned, until somebody mends it.
    (
        "account_inactive",
        Away,
        "The app is not in the workspace anymore, so nobody there gets anything.",
    ),
    ("invalid_auth", Away, "Slack does not accept the app's token, so nobody gets anything."),
    ("token_revoked", Away, "Slack does not accept the app's token, so nobody gets anything."),
    ("not_authed", Away, "No Slack token is set, so nobody gets anything."),
    ("missing_scope", Failed, "The app lacks a permission in Slack."),
    # The message.
    ("msg_too_long", Failed, "The message is too long for Slack."),
    ("invalid_blocks", Failed, "Slack could not read the message."),
    ("no_text", Failed, "The message was empty."),
    # A word that Slack has made since is told as it is.
    ("something_new", Failed, "Slack did not accept the message (something_new)."),
]


@pytest.mark.parametrize(("code", "kind", "words"), FINAL, ids=[code for code, _, _ in FINAL])
async def test_a_final_no_is_told_in_words_with_what_to_do(
    slack: SlackStandIn,
    platform: SlackPlatform,
    person: str,
    code: str,
    kind: type[Unreachable] | type[Failed] | type[Away],
    words: str,
) -> None:
    slack.fail("chat.postMessage", refused(code))
    found = await platform.send(outgoing(person))
    assert isinstance(found, kind)
    told = wording.delivery_reason(Words(), found.why)
    assert told.startswith(words)
    assert code == "something_new" or len(told) > len(words), "and what helps"


def test_each_word_of_slacks_says_what_is_the_matter_and_what_helps() -> None:
    assert len({*UNREACHABLE, *FAILED, *NOBODY}) == len(UNREACHABLE) + len(FAILED) + len(NOBODY)
    for code, why in {**UNREACHABLE, **FAILED, **NOBODY}.items():
        told = why.sentence
        assert told[0].isupper(), code
        assert told[-1] == ".", code
        assert told.count(". ") + told.count("; ") >= 1 or ", so " in told, code


# -- taking back ---------------------------------------------------------------------------------


async def test_a_message_is_taken_back_by_its_conversation_and_ts(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    sent = await platform.send(outgoing(person))
    other = await platform.send(outgoing(person))
    assert isinstance(sent, Sent)
    assert isinstance(other, Sent)
    assert sent.conversation is not None
    gone = await platform.recall(outgoing(sent.conversation), sent.reference)
    assert gone == Sent(reference=sent.reference)
    assert [message["ts"] for message in slack.messages(person)] == [other.reference]


async def test_of_an_older_one_the_conversation_is_looked_up(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    sent = await platform.send(outgoing(person))
    assert isinstance(sent, Sent)
    assert isinstance(await platform.recall(outgoing(person), sent.reference), Sent)
    assert slack.messages(person) == []


async def test_what_is_not_there_counts_as_taken_back_and_twice_does_no_harm(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    sent = await platform.send(outgoing(person))
    assert isinstance(sent, Sent)
    slack.fail("chat.delete", dropped(taken=True))
    assert isinstance(await platform.recall(outgoing(person), sent.reference), Unknown)
    assert await platform.recall(outgoing(person), sent.reference) == Sent(reference=sent.reference)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (throttled(9), Throttled),
        (broken(), Unknown),
        (garbled("[1, 2]", taken=False), Unknown),  # the SDK itself stumbles over it
        (refused("cant_delete_message"), Failed),
        (refused("compliance_exports_prevent_deletion"), Failed),
        (refused("invalid_auth"), Away),
    ],
)
async def test_what_cannot_be_taken_back_says_why(
    slack: SlackStandIn,
    platform: SlackPlatform,
    person: str,
    fault: Fault,
    kind: type[Result],
) -> None:
    sent = await platform.send(outgoing(person))
    assert isinstance(sent, Sent)
    slack.fail("chat.delete", fault)
    assert isinstance(await platform.recall(outgoing(person), sent.reference), kind)
    assert len(slack.messages(person)) == 1


async def test_no_connection_is_surely_not_taken() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings = SlackSettings(
        signing_secret="s", bot_token="t", api_url=f"http://127.0.0.1:{port}/api/", timeout=2
    )
    client = SlackClient(settings)
    try:
        found = await SlackPlatform(OneWorkspace(client)).send(outgoing("U1"))
    finally:
        await client.close()
    assert found == Away(why=DeliveryReason.SLACK_AWAY)


async def test_tokens_that_cannot_be_read_just_now_fail_nobody(
    client: SlackClient, person: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(self: OneWorkspace, workspace: str) -> None:
        raise RuntimeError("the database is away")

    monkeypatch.setattr(OneWorkspace, "of", away)
    platform = SlackPlatform(OneWorkspace(client))
    waits = Away(why=DeliveryReason.SLACK_TOKEN_UNREAD)
    assert await platform.send(outgoing(person)) == waits
    assert await platform.reconcile(outgoing(person)) == waits


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
    assert await platform.send(outgoing(gone)) == Unreachable(why=DeliveryReason.SLACK_SWITCHED_OFF)


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


async def test_a_reply_goes_into_the_thread_and_is_looked_for_there(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    first = await platform.send(outgoing(person))
    assert isinstance(first, Sent)
    lost = outgoing(person, thread=first.reference)
    slack.fail("chat.postMessage", dropped(taken=True))
    assert isinstance(await platform.send(lost), Unknown)
    _, reply = slack.messages(person)
    assert reply["thread_ts"] == first.reference
    assert await platform.reconcile(lost) == Sent(
        reference=reply["ts"], conversation=slack.world.direct(person)
    )
    never = outgoing(person, thread=first.reference)
    assert isinstance(await platform.reconcile(never), NotTaken)


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


async def test_in_a_busy_channel_the_newest_messages_are_looked_through(
    slack: SlackStandIn, platform: SlackPlatform, person: str
) -> None:
    channel = slack.world.direct(person)
    for _ in range(HISTORY):
        before = {"type": "message", "ts": slack.world.next_ts(), "text": "and another"}
        slack.world.messages[channel].append(before)
    lost = outgoing(person)
    slack.fail("chat.postMessage", dropped(taken=True))
    assert isinstance(await platform.send(lost), Unknown)
    ts = slack.messages(person)[-1]["ts"]
    assert await platform.reconcile(lost) == Sent(reference=ts, conversation=channel)


@pytest.mark.parametrize(("fault", "kind"), [(throttled(5), Throttled), (broken(), Unknown)])
async def test_a_history_that_cannot_be_read_leaves_it_unknown(
    slack: SlackStandIn,
    platform: SlackPlatform,
    person: str,
    fault: Fault,
    kind: type[Result],
) -> None:
    slack.fail("conversations.history", fault)
    assert isinstance(await platform.reconcile(outgoing(person)), kind)


async def test_an_answer_that_does_not_come_leaves_it_unknown(
    slack: SlackStandIn, settings: SlackSettings, person: str
) -> None:
    client = SlackClient(replace(settings, timeout=1))
    platform = SlackPlatform(OneWorkspace(client))
    for method in ("chat.postMessage", "conversations.history"):
        slack.fail(method, slow(60))
    try:
        found = await platform.send(outgoing(person))
        assert isinstance(await platform.reconcile(outgoing(person)), Unknown)
    finally:
        await client.close()
    assert isinstance(found, Unknown)
    assert wording.delivery_reason(Words(), found.why).endswith(".")
    assert len(slack.calls("chat.postMessage")) == 1, "asked twice"


async def test_many_sends_share_one_session(
    slack: SlackStandIn, platform: SlackPlatform, client: SlackClient, person: str
) -> None:
    await asyncio.gather(*(platform.send(outgoing(person)) for _ in range(20)))
    session = client.web.session
    assert isinstance(session, aiohttp.ClientSession)
    await platform.send(outgoing(person))
    assert client.web.session is session
    assert len(slack.messages(person)) == 21
