"""Our stand-in for Teams beside Microsoft's own playground: where the service reads an answer or
an activity, both say the same. What the playground does not do is held here too, so that we
notice when it begins to, and nobody takes its silence for Teams' yes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.teams.activities import at, is_in_team
from bot.teams.cards import CONTENT_TYPE, card, execute, line
from bot.teams.connector import Connector, activities_path, member_path
from bot.teams.directory import account_of
from bot.teams.listen import TeamsListener
from bot.teams.places import team_of
from bot.teams.platform import TeamsPlatform, result_of
from governance.docket.commands import GiveFeedback
from governance.feedback.model import Naming
from governance.home.commands import ShowHelp
from governance.messages import FeedbackReceived, Help
from scheduler.ports import Sent
from tests.bot.teams.conftest import FakeConversation
from tests.journeys.running import until
from tests.stand_ins.adaptive_cards import actions
from tests.stand_ins.playground import COMMITTEE, OTHERS, TRIAGE, Playground
from tests.stand_ins.teams import TeamsStandIn, TeamsUser
from tests.stand_ins.teams_kinds import CONVERSATION_LIMITS, Posted, TeamsTeam

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNKNOWN = "a:nobody-has-this-conversation"

TOO_MANY = next(most for most, seconds in CONVERSATION_LIMITS if seconds == 30.0) + 1
"""At once, in one conversation; a machine that is busy still sends them within the time."""


@dataclass
class Both:
    """The two, and a service that answers each in its turn."""

    teams: TeamsStandIn
    playground: Playground
    me: TeamsUser
    conversation: FakeConversation
    connector: Connector
    channels: tuple[str, str]
    """The same channel as each of them calls it."""

    async def ask(
        self, method: str, path: str, body: object = None
    ) -> tuple[httpx.Response, httpx.Response]:
        """The stand-in's answer and the playground's. ``CHANNEL`` in a path is the channel."""
        answers = []
        urls = (self.teams.service_url, self.playground.service_url)
        for url, channel in zip(urls, self.channels, strict=True):
            there = path.replace("CHANNEL", activities_path(channel).split("/")[3])
            answers.append(await self.connector.call(method, url, there, body))
        return answers[0], answers[1]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def both(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Both]:
    conversation, folder = FakeConversation(), tmp_path_factory.mktemp("playground")
    async with TeamsStandIn() as teams:
        me, *others = (teams.person(f"Person {letter}") for letter in "ABCDEF"[: OTHERS + 1])
        async with Playground.opened(folder, teams, me, others) as playground:
            settings = teams.settings()
            platform = TeamsPlatform(settings)
            app = Starlette(routes=TeamsListener(settings, conversation, platform).routes)
            teams.reach(app)
            playground.reach(app)
            await teams.install(me)
            await playground.install(me.chat)
            channels = (teams.channel("network"), COMMITTEE)
            yield Both(teams, playground, me, conversation, platform.connector, channels)
            await platform.close()


def message(text: str = "How is your Wi-Fi?") -> Mapping[str, Any]:
    drawn = card([line(text)], [execute("Answer", ShowHelp())], summary=text)
    attachment = {"contentType": CONTENT_TYPE, "content": drawn.card}
    return {"type": "message", "summary": text, "attachments": [attachment]}


def shape(found: object) -> object:
    """The names and kinds of what is there, without its values."""
    if isinstance(found, Mapping):
        return {key: shape(value) for key, value in sorted(found.items())}
    return [shape(one) for one in found] if isinstance(found, list) else type(found).__name__


def _without(found: Mapping[str, Any], names: set[str]) -> Mapping[str, Any]:
    return {key: value for key, value in found.items() if key not in names}


def _broken(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same message with an element that no Teams knows."""
    content = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Slider", "id": "a"}]}
    return {**body, "attachments": [{"contentType": CONTENT_TYPE, "content": content}]}


# -- what the service asks of Teams --------------------------------------------------------------


@pytest.mark.parametrize("where", ["chat", "channel"])
async def test_a_message_is_sent_and_replaced(both: Both, where: str) -> None:
    path = activities_path(both.me.chat if where == "chat" else "CHANNEL")
    sent = await both.ask("POST", path, message())
    assert [one.status_code for one in sent] == [201, 201]
    assert [shape(one.json()) for one in sent] == [{"id": "str"}] * 2
    urls = (both.teams.service_url, both.playground.service_url)
    conversations = both.channels if where == "channel" else (both.me.chat, both.me.chat)
    for url, conversation, first in zip(urls, conversations, sent, strict=True):
        again = activities_path(conversation, first.json()["id"])
        replaced = await both.connector.call("PUT", url, again, message("How was it?"))
        assert (replaced.status_code, replaced.json()) == (200, first.json())
        assert result_of(replaced) == Sent(reference=first.json()["id"])


async def test_a_member_is_told_alike(both: Both) -> None:
    ours, theirs = await both.ask("GET", member_path(both.me.chat, both.me.id))
    assert ours.status_code == theirs.status_code == 200
    names = {"givenName", "surname"}  # the service reads neither
    assert shape(ours.json()) == shape(_without(theirs.json(), names))
    assert account_of(ours.json()) == account_of(theirs.json())
    assert ours.json()["aadObjectId"] == theirs.json()["aadObjectId"] == both.me.user


async def test_a_conversation_with_a_person_is_begun_alike(both: Both) -> None:
    asked = {"members": [{"id": both.me.id}], "tenantId": both.teams.tenant, "isGroup": False}
    ours, theirs = await both.ask("POST", "/v3/conversations", asked)
    assert ours.status_code == theirs.status_code == 201
    assert shape(ours.json()) == shape(_without(theirs.json(), {"activityId"})) == {"id": "str"}


REFUSED = {
    "a message into no conversation": ("POST", activities_path(UNKNOWN), True),
    "a message that is not there": ("PUT", "CHAT/1999999999999", True),
    "a member of no conversation": ("GET", member_path(UNKNOWN, "29:anybody"), False),
    "nobody in the conversation": ("GET", "MEMBER/29:nobody", False),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_not_there_is_refused_alike(both: Both, what: str) -> None:
    method, path, says = REFUSED[what]
    chat = activities_path(both.me.chat)
    members = chat.replace("activities", "members")
    path = path.replace("CHAT", chat).replace("MEMBER", members)
    ours, theirs = await both.ask(method, path, message() if says else None)
    assert ours.status_code == theirs.status_code == 404
    assert result_of(ours) == result_of(theirs)
    assert ours.json()["error"]["code"] == theirs.json()["error"]["code"]
    assert {"code", "message"} <= ours.json()["error"].keys() & theirs.json()["error"].keys()


# -- what Teams says to the service --------------------------------------------------------------

ALWAYS = (
    ("type",),
    ("id",),
    ("channelId",),
    ("serviceUrl",),
    ("from", "id"),
    ("from", "aadObjectId"),
    ("conversation", "id"),
    ("conversation", "tenantId"),
    ("conversation", "conversationType"),
    ("recipient", "id"),
    ("channelData", "tenant", "id"),
)
"""What the service reads in every activity."""

SPOKEN = (*ALWAYS, ("locale",), ("localTimezone",))
READ: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "installationUpdate": (*ALWAYS, ("action",)),
    "conversationUpdate": ALWAYS,
    "message": (*SPOKEN, ("text",)),
    "invoke": (
        *SPOKEN,
        ("name",),
        ("replyToId",),
        ("value", "trigger"),
        ("value", "action", "type"),
        ("value", "action", "verb"),
        ("value", "action", "data", "action"),
    ),
}


async def test_what_is_said_and_pressed_arrives_alike(both: Both) -> None:
    """Installed, written to and pressed: the service reads the same from both, and what it
    answers to a pressed button is what the playground hands to the page."""
    conversation, playground, me = both.conversation, both.playground, both.me
    conversation.answers = {
        GiveFeedback: lambda command: FeedbackReceived(item_id=uuid4(), naming=Naming.WITHHELD),
        ShowHelp: lambda command: Help(district="Cedar Valley"),
    }
    told = await both.teams.say(me, "The projector hums.")
    pressed = await both.teams.execute(
        me, Posted(id="1000000000001", conversation=me.chat, activity=dict(message())), "Answer"
    )
    await playground.say(me.chat, "The projector hums.")
    card_id = (await both.ask("POST", activities_path(me.chat), message()))[1].json()["id"]
    (answer,) = actions(message()["attachments"][0]["content"])
    shown = await playground.invoke(me, me.chat, card_id, answer)

    await until(lambda: heard(playground, *READ))
    theirs = {one.sent["type"]: one.sent for one in playground.heard}
    ours = {one["type"]: one for one in both.teams.delivered}
    for kind, paths in READ.items():
        for path in paths:
            found = shape(at(theirs[kind], *path))
            assert found == shape(at(ours[kind], *path)) != "NoneType", f"{kind}: {path}"
    bot = both.teams.activity(me)["recipient"]["id"]
    for update in (ours["conversationUpdate"], theirs["conversationUpdate"]):
        assert bot in [one["id"] for one in update["membersAdded"]]
    assert conversation.commands.count(ShowHelp()) == 2
    assert [type(one) for one in conversation.commands].count(GiveFeedback) == 2
    assert told[-1].activity in [one.sent for one in playground.asked]
    assert shown == {"type": pressed.body["type"], "value": pressed.body["value"]}


async def test_a_team_has_the_app_and_presses_alike(both: Both) -> None:
    """The app comes into a team, and a button is pressed in one of its channels. Where the
    playground says more than our stand-in, Teams does: the thread that a card began is part of
    the conversation's id, and a press names its team."""
    teams, playground, me = both.teams, both.playground, both.me
    both.conversation.answers = {ShowHelp: lambda command: Help(district="Cedar Valley")}
    team = TeamsTeam(name="Technology committees")
    await teams.add_to(me, team)
    await playground.install(TRIAGE)
    await until(lambda: added(playground))
    ours = [one for one in teams.delivered if is_in_team(one)]
    theirs = [one.sent for one in playground.heard if is_in_team(one.sent)]
    for kind in ("installationUpdate", "conversationUpdate"):
        mine, its = (next(one for one in all_ if one["type"] == kind) for all_ in (ours, theirs))
        for path in ALWAYS:
            assert shape(at(mine, *path)) == shape(at(its, *path)) != "NoneType", path
        assert shape(team_of(mine)) == shape(team_of(its)) == "ChatTeam"
        told = team_of(its)
        assert told is not None
        assert (told.workspace, told.thread, told.installed) == (teams.tenant, TRIAGE, True)
        assert told.team, "the group's id, as a committee's file has it"

    sent = await both.ask("POST", activities_path("CHANNEL"), message())
    card, thread = sent[1].json()["id"], f"{COMMITTEE};messageid={sent[1].json()['id']}"
    (button,) = actions(message()["attachments"][0]["content"])
    await playground.invoke(me, thread, card, button)
    pressed = playground.heard[-1].sent
    assert pressed["conversation"]["id"] == thread
    told = team_of(pressed)
    assert told is not None
    assert (told.thread, told.team) == (TRIAGE, ""), "a press names the team, and no group"
    replaced = await both.connector.call(
        "PUT", playground.service_url, activities_path(thread, card), message("How was it?")
    )
    assert result_of(replaced) == Sent(reference=card)


async def added(playground: Playground) -> bool:
    """The app is in the playground's team, and the service has heard it."""
    kinds = {one.sent["type"] for one in playground.heard if is_in_team(one.sent)}
    return {"installationUpdate", "conversationUpdate"} <= kinds


async def heard(playground: Playground, *kinds: str) -> bool:
    """The playground answers who presses in it before it has told the service."""
    return set(kinds) <= {one.sent["type"] for one in playground.heard}


# -- what the playground does not do -------------------------------------------------------------


async def test_the_playground_takes_nothing_back(both: Both) -> None:
    sent = await both.ask("POST", activities_path(both.me.chat), message())
    urls = (both.teams.service_url, both.playground.service_url)
    paths = [activities_path(both.me.chat, one.json()["id"]) for one in sent]
    gone = [
        await both.connector.call("DELETE", url, path)
        for url, path in zip(urls, paths, strict=True)
    ]
    assert [one.status_code for one in gone] == [200, 501]


async def test_the_playground_is_no_judge_of_what_teams_refuses(both: Both) -> None:
    """It throttles nothing, asks nobody for a token, and takes cards that Teams does not take."""
    both.teams.limits = True
    path = activities_path(both.me.chat)
    fast = [await both.ask("POST", path, message()) for _ in range(8)]
    fast = await asyncio.gather(*(both.ask("POST", path, message()) for _ in range(TOO_MANY)))
    assert 429 in {ours.status_code for ours, _ in fast}
    assert {theirs.status_code for _, theirs in fast} == {201}
    both.teams.limits = False
    unsigned = [f"{both.teams.service_url}{path}", f"{both.playground.url}/_connector{path}"]
    async with httpx.AsyncClient(trust_env=False) as client:
        answers = [await client.post(url, json=message()) for url in unsigned]
        gate = await client.post(f"{both.playground.service_url}{path}", json=message())
    assert [one.status_code for one in answers] == [401, 201]
    assert gate.status_code == 401, "our gate asks for one in its place"
    for wrong in (message("x" * 30_000), _broken(message())):
        ours, theirs = await both.ask("POST", path, wrong)
        assert (ours.status_code // 100, theirs.status_code) == (4, 201)


async def test_the_playground_opens_no_dialog(both: Both) -> None:
    """Its page warns of a button that asks for one, and the rest of it knows no such invoke. So
    dialogs are held against our stand-in alone."""
    asked = {
        "name": "task/fetch",
        "conversation": {"id": both.me.chat},
        "from": {"id": both.me.id},
        "value": {"data": {"action": "help"}, "context": {"theme": "default"}},
    }
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{both.playground.url}/_conversation/v1/invoke", json=asked)
    assert answer.status_code == 400
    assert not [one for one in both.playground.heard if one.sent.get("name") == "task/fetch"]
