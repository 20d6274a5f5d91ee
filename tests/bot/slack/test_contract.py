"""Our stand-in for Slack beside somebody else's: PyPI's ``backlot``, whose answers are measured at
slack.com. What the service reads is in both with the same type, what our stand-in says beyond that
is in both or stands here with why, and both say no in the same word. What backlot does not serve
is held here too, so that we notice when it begins to."""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio

from bot.app.core import now
from bot.slack.channels import channel_members, openness
from bot.slack.checking import check_slack
from bot.slack.client import SlackClient
from bot.slack.directory import SlackDirectory
from bot.slack.platform import SlackPlatform
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import OneWorkspace
from governance.committees.model import Openness
from scheduler.ports import NotTaken, Sent, Unreachable
from tests.bot.slack.test_sending import outgoing
from tests.stand_ins.backlot import TOKEN, backlot
from tests.stand_ins.node import ROOT
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_oauth import CLIENT_ID, CLIENT_SECRET, InstallingSlack
from tests.stand_ins.slack_socket import SocketStandIn

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEACHER, CHAIR = "t.rivera@district.example", "c.okafor@district.example"


def _said(author: str, name: str, channel: str, visibility: str) -> Mapping[str, object]:
    return {
        "source_type": "slack",
        "channel": channel,
        "author_email": author,
        "author_name": name,
        "created": "2026-11-20T18:00:00Z",
        "content": f"{name} says in #{channel} that the Wi-Fi is slow.",
        "visibility": visibility,
    }


CORPUS = (
    _said(TEACHER, "Tomas Rivera", "network", "group"),
    _said(CHAIR, "Chidi Okafor", "network", "group"),
    _said(CHAIR, "Chidi Okafor", "everybody", "public"),
)


@dataclass(frozen=True)
class Slack:
    """One of the two, with what it calls the same people and channels."""

    client: SlackClient
    names: Mapping[str, str]

    async def ask(self, method: str, wanted: Mapping[str, str], token: str | None = None) -> Any:
        """A method's answer. What is named in capitals is what this Slack calls so."""
        return await _post(
            self.client.settings,
            method,
            {key: self.names.get(value, value) for key, value in wanted.items()},
            self.client.settings.bot_token if token is None else token,
        )


async def _post(
    settings: SlackSettings, method: str, form: Mapping[str, str], token: str = "", way: str = ""
) -> Any:
    headers = {"Authorization": way or f"Bearer {token}"} if way or token else {}
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        answer = await client.post(settings.api_url + method, data=dict(form), headers=headers)
    return answer.json() if answer.status_code == 200 else answer.status_code


@dataclass(frozen=True)
class Both:
    ours: Slack
    theirs: Slack

    async def ask(self, method: str, **wanted: str) -> tuple[Any, Any]:
        return await self.ours.ask(method, wanted), await self.theirs.ask(method, wanted)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Both]:
    with backlot(tmp_path_factory.mktemp("backlot"), CORPUS) as url:
        async with SlackStandIn() as stand_in:
            ours = SlackSettings(bot_token=stand_in.bot_token, api_url=stand_in.api_url)
            theirs = SlackSettings(bot_token=TOKEN, api_url=url)
            clients = SlackClient(ours), SlackClient(theirs)
            # What backlot serves are channels alone, and it checks no permissions.
            stand_in.scopes += ",channels:history,groups:history"
            known = _our_world(stand_in), await _their_world(theirs)
            yield Both(*map(Slack, clients, known))
            for client in clients:
                await client.close()


def _our_world(slack: SlackStandIn) -> Mapping[str, str]:
    teacher, chair = (
        slack.add_user(
            mail,
            tz="America/Los_Angeles",
            real_name=name,
            profile={
                "email": mail,
                "real_name": name,
                "first_name": name.split()[0],
                "last_name": name.split()[1],
                "title": "",
            },
        )
        for mail, name in ((TEACHER, "Tomas Rivera"), (CHAIR, "Chidi Okafor"))
    )
    network = slack.add_channel("network", members=[teacher, chair])
    everybody = slack.add_channel("everybody", is_private=False, members=[chair])
    said = slack.said(teacher, network, "The Wi-Fi is slow.")
    return {
        "TEACHER": teacher, "CHAIR": chair, "NETWORK": network, "EVERYBODY": everybody,
        "SAID": said["ts"],
    }  # fmt: skip


async def _their_world(settings: SlackSettings) -> Mapping[str, str]:
    async def told(method: str, **wanted: str) -> Any:
        return await _post(settings, method, wanted, TOKEN)

    listed = await told("conversations.list", types="public_channel,private_channel")
    channels = {one["name"].upper(): one["id"] for one in listed["channels"]}
    people = {one["profile"]["email"]: one["id"] for one in (await told("users.list"))["members"]}
    history = await told("conversations.history", channel=channels["NETWORK"])
    return {
        "TEACHER": people[TEACHER],
        "CHAIR": people[CHAIR],
        "SAID": history["messages"][0]["ts"],
        **channels,
    }


# -- which methods ------------------------------------------------------------------------------

SERVED = frozenset(
    {
        "auth.test",
        "chat.delete",
        "chat.postEphemeral",
        "chat.postMessage",
        "chat.update",
        "conversations.history",
        "conversations.info",
        "conversations.members",
        "conversations.replies",
        "users.info",
        "users.list",
    }
)
NOT_SERVED = frozenset(
    {
        "apps.connections.open",
        "auth.revoke",
        "auth.teams.list",
        "conversations.open",
        "files.completeUploadExternal",
        "files.getUploadURLExternal",
        "oauth.v2.access",
        "usergroups.users.list",
        "users.lookupByEmail",
        "views.open",
        "views.publish",
        "views.update",
    }
)
"""What backlot does not answer as Slack does: nobody but us says what these say."""

_CALLED = re.compile(r"\bweb\.((?!api_|async_)[a-z]+_\w+)|api_call\(\s*\"([\w.]+)\"")


def _called() -> set[str]:
    """The methods that the service calls, read off its code."""
    texts = [one.read_text(encoding="utf-8") for one in (ROOT / "bot" / "slack").glob("*.py")]
    found = [pair for text in texts for pair in _CALLED.findall(text)]
    return {name.replace("_", ".") or whole for name, whole in found}


async def test_every_method_that_is_called_is_held_here(both: Both) -> None:
    assert _called() == SERVED | NOT_SERVED
    for method in sorted(NOT_SERVED):
        answer = await both.theirs.ask(method, {})
        assert answer in (404, {"ok": False, "error": "invalid_code"}), f"served now: {method}"


@pytest.mark.parametrize("method", sorted(SERVED | NOT_SERVED))
async def test_who_has_no_token_is_refused_alike(both: Both, method: str) -> None:
    """backlot says of every method of Slack's what a token that is none gets."""
    for kind in (SlackStandIn, SocketStandIn, InstallingSlack):
        async with kind() as slack:
            ours = SlackSettings(api_url=slack.api_url)
            theirs = both.theirs.client.settings
            for token in ("", "xoxb-nobody"):
                if method == "oauth.v2.access":
                    continue  # it takes no token: below
                mine, its = [await _post(one, method, {}, token) for one in (ours, theirs)]
                assert mine == its, f"{kind.__name__}, token {token!r}"
                assert its["error"] == ("invalid_auth" if token else "not_authed")


async def test_a_code_that_is_none_installs_nothing(both: Both) -> None:
    proof = f"Basic {base64.b64encode(f'{CLIENT_ID}:{CLIENT_SECRET}'.encode()).decode()}"
    async with InstallingSlack() as slack:
        for settings in (SlackSettings(api_url=slack.api_url), both.theirs.client.settings):
            answer = await _post(settings, "oauth.v2.access", {"code": "none"}, way=proof)
            assert answer == {"ok": False, "error": "invalid_code"}


async def test_a_method_that_is_none_is_told_alike(both: Both) -> None:
    ours, theirs = await both.ask("chat.shout")
    assert ours == theirs == {"ok": False, "error": "unknown_method", "req_method": "chat.shout"}


# -- what an answer says ------------------------------------------------------------------------


def shape(found: Any, at: str = "") -> dict[str, str]:
    """Every path of an answer with the type of what is there; a list is told by its first."""
    if isinstance(found, Mapping):
        parts = [shape(one, f"{at}.{key}".lstrip(".")) for key, one in found.items()]
        return {path: kind for part in parts for path, kind in part.items()}
    if isinstance(found, list):
        return {at: "list", **(shape(found[0], f"{at}[]") if found else {})}
    return {at: type(found).__name__}


BLOCKS = '[{"type":"section","text":{"type":"plain_text","text":"Hello"}}]'
POST = {"channel": "NETWORK", "text": "Hello"}

_USER = (
    "id", "team_id", "deleted", "is_bot", "is_restricted", "is_ultra_restricted", "real_name", "tz",
    "profile.email", "profile.real_name", "profile.first_name", "profile.last_name",
    "profile.title",
)  # fmt: skip
_CHANNEL = ("is_private", "is_ext_shared", "is_pending_ext_shared", "is_org_shared", "is_shared")
READ: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "auth.test": ({}, ("user", "team", "team_id")),
    "users.info": ({"user": "TEACHER"}, tuple(f"user.{one}" for one in _USER)),
    "users.list": (
        {"limit": "1"},
        ("response_metadata.next_cursor", *(f"members[].{one}" for one in _USER)),
    ),
    "conversations.info": ({"channel": "NETWORK"}, tuple(f"channel.{one}" for one in _CHANNEL)),
    "conversations.members": (
        {"channel": "NETWORK", "limit": "1"},
        ("members[]", "response_metadata.next_cursor"),
    ),
    "conversations.history": (
        {"channel": "NETWORK", "limit": "1", "oldest": "1.0", "latest": "9999999999.0"},
        ("messages[].ts", "has_more"),
    ),
    "chat.postMessage": (POST, ("ts", "channel")),
    "chat.postEphemeral": ({**POST, "user": "TEACHER"}, ()),
    "chat.update": ({**POST, "ts": "POSTED"}, ()),
    "chat.delete": ({"channel": "NETWORK", "ts": "POSTED"}, ()),
}
"""What is asked, and what the service reads of the answer."""

OURS_ALONE = {
    "auth.test": {"bot_id"},
    "chat.postMessage": {"message.app_id", "message.unfurled"},
    "chat.update": {"message.app_id", "message.unfurled"},
    "conversations.history": {"messages[].app_id", "messages[].unfurled"},
}
"""What our stand-in says and backlot does not. ``bot_id`` and ``app_id``: Slack tells them where
the token is a bot's, and backlot answers as to a user's. ``unfurled`` is no word of Slack's: the
stand-in's note for tests of which addresses Slack would have fetched."""


@pytest.mark.parametrize("method", sorted(READ))
async def test_an_answer_has_the_same_shape(both: Both, method: str) -> None:
    wanted, read = READ[method]
    answers = []
    for slack in (both.ours, both.theirs):
        posted = await slack.ask("chat.postMessage", {**POST, "blocks": BLOCKS})
        here = {**wanted, "ts": posted["ts"]} if "ts" in wanted else wanted
        answers.append(await slack.ask(method, here))
    ours, theirs = answers
    assert ours["ok"] is theirs["ok"] is True
    mine, its = (
        {path: kind for path, kind in shape(one).items() if ".blocks" not in path}
        for one in answers
    )  # backlot answers with blocks of its own
    for path in read:
        assert mine.get(path) == its.get(path) is not None, path
    alone = mine.keys() - its.keys() - OURS_ALONE.get(method, set())
    assert not alone, "only our stand-in says this"
    assert {path: kind for path, kind in mine.items() if path in its} == {
        path: kind for path, kind in its.items() if path in mine
    }


async def test_a_history_is_read_from_the_same_end(both: Both) -> None:
    """The newest page first; with only a beginning, the page just after it."""
    for slack in (both.ours, both.theirs):
        said = [
            (await slack.ask("chat.postMessage", {"channel": "EVERYBODY", "text": f"{n}"}))["ts"]
            for n in range(4)
        ]
        pages = [
            (await slack.ask("conversations.history", {"channel": "EVERYBODY", "limit": "2", **at}))
            for at in ({}, {"oldest": said[0]}, {"oldest": said[0], "latest": "9999999999.0"})
        ]
        found = [[one["ts"] for one in page["messages"]] for page in pages]
        newest = [said[3], said[2]]
        assert found == [newest, [said[2], said[1]], newest]
        assert [page["has_more"] for page in pages] == [True] * 3


# -- what is refused ----------------------------------------------------------------------------

NOBODY, NOWHERE = "U0NOBODY0", "C0NOWHERE"
REFUSED = {
    "nobody has this id": ("users.info", {"user": NOBODY}, "user_not_found"),
    "no id at all": ("users.info", {}, "user_not_found"),
    **{
        f"{method} of no channel": (
            method,
            {"channel": NOWHERE, "text": "Hello", "ts": "1.000001", "user": "TEACHER"},
            "channel_not_found",
        )
        for method in sorted(SERVED)
        if method.startswith(("chat.", "conversations."))
    },
    **{
        f"{method} of nothing": (method, {}, "invalid_arguments")
        for method in sorted(SERVED)
        if method.startswith(("chat.", "conversations."))
    },
    "a message of nothing": ("chat.postMessage", {"channel": "NETWORK"}, "no_text"),
    "empty blocks": (
        "chat.postMessage",
        {"channel": "NETWORK", "text": "", "blocks": "[]"},
        "no_text",
    ),
    "an aside to nobody": ("chat.postEphemeral", {**POST, "user": NOBODY}, "user_not_in_channel"),
    "a change of no message": ("chat.update", {**POST, "ts": "1.000001"}, "message_not_found"),
    "a change of somebody else's": ("chat.update", {**POST, "ts": "SAID"}, "cant_update_message"),
    "an end of no message": (
        "chat.delete",
        {"channel": "NETWORK", "ts": "1.000001"},
        "message_not_found",
    ),
    "an end of somebody else's": (
        "chat.delete",
        {"channel": "NETWORK", "ts": "SAID"},
        "cant_delete_message",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_cannot_be_is_refused_alike(both: Both, what: str) -> None:
    method, wanted, code = REFUSED[what]
    ours, theirs = await both.ask(method, **wanted)
    assert ours == theirs
    assert ours["error"] == code


async def test_a_message_that_becomes_nothing_is_refused_alike(both: Both) -> None:
    for slack in (both.ours, both.theirs):
        posted = await slack.ask("chat.postMessage", POST)
        empty = {"channel": "NETWORK", "ts": posted["ts"], "text": ""}
        assert await slack.ask("chat.update", empty) == {"ok": False, "error": "no_text"}


# -- what the service makes of it ---------------------------------------------------------------


async def test_the_service_understands_both_alike(both: Both) -> None:
    for slack in (both.ours, both.theirs):
        directory = SlackDirectory(slack.client)
        people = {one.email: one async for one in directory.members()}
        assert set(people) == {TEACHER, CHAIR}
        teacher = people[TEACHER]
        assert (teacher.user, teacher.guest) == (slack.names["TEACHER"], False)
        assert (teacher.given_name, teacher.family_name) == ("Tomas", "Rivera")
        assert teacher.timezone == "America/Los_Angeles"
        network = slack.names["NETWORK"]
        assert await openness(slack.client, directory, network) is None
        public = await openness(slack.client, directory, slack.names["EVERYBODY"])
        assert public is Openness.PUBLIC
        inside = {one async for one in channel_members(slack.client, network)}
        assert inside == {slack.names["TEACHER"], slack.names["CHAIR"]}
        (taken, _), *_ = await check_slack(slack.client.settings, now)
        assert taken


async def test_the_service_sends_and_takes_back_alike(both: Both) -> None:
    for slack in (both.ours, both.theirs):
        platform = SlackPlatform(OneWorkspace(slack.client))
        message = outgoing(slack.names["NETWORK"])
        sent = await platform.send(message)
        assert isinstance(sent, Sent)
        assert sent.conversation == message.conversation
        assert isinstance(await platform.recall(message, sent.reference), Sent)
        assert isinstance(await platform.recall(message, sent.reference), Sent)
        assert isinstance(await platform.reconcile(message), NotTaken)
        assert isinstance(await platform.send(outgoing(NOWHERE, uuid4())), Unreachable)


# -- what backlot does not do -------------------------------------------------------------------


async def test_backlot_has_no_conversation_with_one_person_and_keeps_no_metadata(
    both: Both,
) -> None:
    """So nobody takes its silence for Slack's: Slack takes a person's id, and answers with the
    metadata that a delivery is found by."""
    metadata = '{"event_type":"a_kind","event_payload":{"delivery_id":"1"}}'
    ours, theirs = await both.ask("chat.postMessage", channel="TEACHER", text="Hello")
    assert (ours["ok"], theirs["error"]) == (True, "channel_not_found")
    posted = await both.ask("chat.postMessage", **POST, metadata=metadata)
    assert ["metadata" in one["message"] for one in posted] == [True, False]
    crowded = f"[{','.join([BLOCKS[1:-1]] * 51)}]"
    wrong = await both.ask("chat.postMessage", channel="NETWORK", blocks=crowded)
    assert [one.get("error") for one in wrong] == ["invalid_blocks", None]
