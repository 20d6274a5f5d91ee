"""A Slack, a service of which only the Slack platform is real, and who talks in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.conversation import Reader, Reply, Speaker
from bot.slack.client import SlackClient
from bot.slack.listen import SlackDoor
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import OneWorkspace
from core.commands import Command
from governance.home.commands import NoteAddress
from governance.messages import Done, Message
from governance.views import View
from surveys.messages import Rejected
from tests.stand_ins.slack import SlackStandIn

WEB = "https://soundingboard.example.org"

Said = Message | View | Rejected
Answering = Callable[[Command], Said]


@dataclass
class Talk:
    """Stands for the dispatch: keeps what was asked, answers as told, and knows repetitions."""

    answering: Answering = lambda command: Done()
    heard: list[tuple[Speaker, Command, str | None]] = field(default_factory=list)
    addresses: list[NoteAddress] = field(default_factory=list)
    failure: Exception | None = None

    async def handle(
        self, speaker: Speaker, command: Command, *, event_id: str | None = None
    ) -> Reply:
        if isinstance(command, NoteAddress):
            self.addresses.append(command)
            return Reply(message=Done(), reader=Reader())
        if self.failure is not None:
            raise self.failure
        reader = Reader(locale="en", timezone="America/Chicago", web_url=WEB)
        repeated = event_id is not None and any(known == event_id for *_, known in self.heard)
        if not repeated:
            self.heard.append((speaker, command, event_id))
        return Reply(message=self.answering(command), reader=reader, repeated=repeated)

    async def answered(self, reply: Reply, *, arrived: bool) -> None:
        pass

    def answers(self, message: Said) -> None:
        self.answering = lambda command: message

    @property
    def commands(self) -> list[Command]:
        return [command for _, command, _ in self.heard]


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn() as stand_in:
        yield stand_in


@pytest.fixture
def settings(slack: SlackStandIn) -> SlackSettings:
    return SlackSettings(
        signing_secret=slack.signing_secret,
        bot_token=slack.bot_token,
        api_url=slack.api_url,
        web_url=WEB,
        timeout=60,
    )


@pytest.fixture
async def client(settings: SlackSettings) -> AsyncIterator[SlackClient]:
    client = SlackClient(settings)
    yield client
    await client.close()


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
async def teacher(
    slack: SlackStandIn, settings: SlackSettings, client: SlackClient, talk: Talk
) -> str:
    """A teacher in a workspace where the service listens; their user id."""
    endpoint = SlackDoor(settings, talk, OneWorkspace(client)).endpoint
    slack.app = Starlette(routes=[Route("/slack/events", endpoint, methods=["POST"])])
    return slack.add_user("t.rivera@district.example", name="T. Rivera")
