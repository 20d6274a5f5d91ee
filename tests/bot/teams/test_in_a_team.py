"""In a team: what is told of it, what is said in its channels, and what never is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.teams.draw import draw
from bot.teams.listen import TeamsListener
from bot.teams.platform import TeamsPlatform
from governance.docket.commands import AcknowledgeItem
from governance.home.commands import ShowHelp
from storage.chat_teams import ChatTeam
from tests.bot.teams.conftest import READER, FakeConversation
from tests.bot.teams.samples import BRIEF, MESSAGES
from tests.stand_ins.teams import Posted, TeamsStandIn, TeamsTeam, TeamsUser, titles

pytestmark = [
    # Both come from inside Microsoft's SDK, about parts of it that we do not use.
    pytest.mark.filterwarnings("ignore:.*in preview and may change:FutureWarning:microsoft_teams"),
    pytest.mark.filterwarnings(
        "ignore:The bot client is deprecated:DeprecationWarning:microsoft_teams"
    ),
]

TEAM = TeamsTeam(name="Connected Classrooms")


@dataclass
class Place:
    teams: TeamsStandIn
    conversation: FakeConversation
    platform: TeamsPlatform
    noted: list[ChatTeam] = field(default_factory=list)

    async def show(self, message: Any) -> Posted:
        """A message of ours in the team's channel."""
        drawn = draw(message, READER)
        assert drawn is not None
        await self.platform.post(self.teams.service_url, TEAM.thread, drawn)
        return self.teams.messages(TEAM.thread)[-1]


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    async with TeamsStandIn() as teams:
        platform = TeamsPlatform(teams.settings())
        made = Place(teams, FakeConversation(), platform)

        async def note(seen: ChatTeam) -> None:
            if made.noted[-1:] != [seen]:  # an install is told twice, in two kinds of activity
                made.noted.append(seen)

        listener = TeamsListener(platform.settings, made.conversation, platform, note)
        teams.reach(Starlette(routes=listener.routes))
        yield made
        await platform.close()


@pytest.fixture
def dana(place: Place) -> TeamsUser:
    return place.teams.person("Dana Lee")


async def test_adding_the_app_to_a_team_is_noted_and_answered_once(
    place: Place, dana: TeamsUser
) -> None:
    (said,) = await place.teams.add_to(dana, TEAM)
    assert "committees read what you tell me" in said.text
    assert "in our own chat" in said.text
    assert titles(said.card) == ["Open our chat"]
    (noted,) = place.noted
    assert (noted.workspace, noted.thread, noted.team) == (
        place.teams.tenant,
        TEAM.thread,
        TEAM.group,
    )
    assert noted.service_url == place.teams.service_url + "/"
    assert noted.installed
    assert place.conversation.heard == [], "a team is nobody's address"


@pytest.mark.parametrize(
    "how",
    [
        {"type": "installationUpdate", "action": "remove"},
        {"type": "conversationUpdate", "membersRemoved": [{"id": "28:BOT"}]},
        {"type": "conversationUpdate", "eventType": "teamDeleted"},
        {"type": "conversationUpdate", "eventType": "teamArchived"},
    ],
)
async def test_a_removal_from_a_team_is_noted(
    place: Place, dana: TeamsUser, how: dict[str, Any]
) -> None:
    await place.teams.add_to(dana, TEAM)
    activity = place.teams.in_team(dana, TEAM, **how)
    for gone in activity.get("membersRemoved", ()):
        gone["id"] = f"28:{place.teams.app_id}"
    if event := activity.pop("eventType", ""):
        activity["channelData"]["eventType"] = event
    assert (await place.teams.deliver(activity)).status_code == 200
    assert [one.installed for one in place.noted] == [True, False]
    await place.teams.add_to(dana, TEAM)
    assert [one.installed for one in place.noted] == [True, False, True]


async def test_members_who_come_and_go_say_nothing_of_the_app(
    place: Place, dana: TeamsUser
) -> None:
    for key in ("membersAdded", "membersRemoved"):
        activity = place.teams.in_team(
            dana, TEAM, **{"type": "conversationUpdate", key: [{"id": dana.id}]}
        )
        assert (await place.teams.deliver(activity)).status_code == 200
    assert place.noted == []
    assert place.teams.posted == []


async def test_a_strangers_tenant_tells_nothing_of_teams(place: Place) -> None:
    stranger = place.teams.person("Mal", tenant="another-tenant")
    await place.teams.add_to(stranger, TEAM)
    assert place.noted == []


async def test_a_mention_is_answered_with_the_way_to_a_chat_of_ones_own(
    place: Place, dana: TeamsUser
) -> None:
    await place.teams.add_to(dana, TEAM)
    for typed in ("help", "sign in", "My principal is a bully"):
        said = (await place.teams.say(dana, typed, conversation=TEAM.thread))[-1]
        assert "in our own chat" in said.text
        (way,) = said.card["actions"]
        assert way["url"] == f"https://teams.microsoft.com/l/app/{place.teams.app_id}"
    assert place.conversation.commands == []


PRIVATE = {
    "invitation": "Answer",
    "notice": "I have read this",
    "told-asked": "Reply",
    "help-cto": "Sign in on the web",
    "progress": "Check again",
}


async def test_what_is_somebodys_own_is_not_answered_in_a_channel(
    place: Place, dana: TeamsUser
) -> None:
    """Somebody copies a card of their own chat into a channel, and a colleague presses it."""
    await place.teams.add_to(dana, TEAM)
    for name, button in PRIVATE.items():
        card = await place.show(MESSAGES[name])
        answer = await place.teams.execute(dana, card, button)
        assert "in our own chat" in answer.words, name
        (told,) = await place.teams.submit(dana, card, button)  # a client without Execute
        assert "in our own chat" in told.text, name
    assert place.conversation.commands == []


async def test_a_committee_works_on_its_items_in_its_channel(place: Place, dana: TeamsUser) -> None:
    await place.teams.add_to(dana, TEAM)
    place.conversation.answers[AcknowledgeItem] = lambda _: BRIEF
    for press in (place.teams.execute, place.teams.submit):
        await press(dana, await place.show(BRIEF), "Acknowledge")
    assert place.conversation.commands == [AcknowledgeItem(item_id=BRIEF.item_id)] * 2


async def test_in_ones_own_chat_the_same_buttons_are_answered(
    place: Place, dana: TeamsUser
) -> None:
    await place.teams.install(dana)
    await place.teams.say(dana, "help")
    assert place.conversation.commands == [ShowHelp()]
    assert place.noted == []


UNKNOWN: list[dict[str, Any]] = [
    {"type": "conversationUpdate", "eventType": "channelCreated"},
    {"type": "conversationUpdate", "eventType": "teamRenamed"},
    {"type": "conversationUpdate", "eventType": "somethingNew"},
    {"type": "installationUpdate", "action": "remove-upgrade"},
    {"type": "installationUpdate"},
    {"type": "messageDelete"},
    {"type": "event", "name": "application/vnd.microsoft.meetingStart", "value": {}},
    {"type": "event", "name": "application/vnd.microsoft.readReceipt", "value": {}},
    {"type": "endOfConversation"},
    {"type": "handoff"},
    {"type": "trace"},
    {"type": "command", "name": "x"},
    {"type": "invoke"},
    {"type": "invoke", "name": "composeExtension/query", "value": {"commandId": "x"}},
    {"type": "invoke", "name": "config/fetch", "value": {}},
    {"type": "invoke", "name": "fileConsent/invoke", "value": {"action": "accept"}},
    {"type": "invoke", "name": "adaptiveCard/action", "value": [1]},
    {"type": "invoke", "name": "application/search", "value": {"queryText": "x"}},
]


async def test_activities_that_nobody_knows_are_answered_200_everywhere(
    place: Place, dana: TeamsUser
) -> None:
    for parts in UNKNOWN:
        for activity in (
            place.teams.activity(dana, **parts),
            place.teams.in_team(dana, TEAM, **parts),
            place.teams.activity(dana, **parts, conversation=TEAM.thread),
        ):
            if event := activity.pop("eventType", ""):
                activity["channelData"]["eventType"] = event
            assert (await place.teams.deliver(activity)).status_code == 200, parts
    assert place.conversation.commands == []
    assert place.teams.posted == []
