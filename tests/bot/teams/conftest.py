"""A conversation that says what it is told to, behind the endpoint and a Teams that behaves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette

from bot.conversation import Reader, Reply, Speaker
from bot.teams.listen import TeamsListener
from bot.teams.platform import TeamsPlatform
from core.commands import Command
from governance.home.commands import NoteAddress
from governance.messages import Done, Message
from governance.views import View
from storage.unavailable import UnavailableError
from surveys.messages import Rejected
from tests.stand_ins.teams import TeamsStandIn

READER = Reader(web_url="https://sounding.example.org")


@dataclass
class FakeConversation:
    """Keeps what was asked of it; answers with what ``answers`` says for a kind of command."""

    heard: list[tuple[Speaker, Command, str | None]] = field(default_factory=list)
    answers: dict[type, Callable[[Command], Message | View | Rejected]] = field(
        default_factory=dict
    )
    reader: Reader = READER
    fault: Exception | None = None

    async def handle(
        self, speaker: Speaker, command: Command, *, event_id: str | None = None
    ) -> Reply:
        repeated = event_id is not None and event_id in {event for _, _, event in self.heard}
        self.heard.append((speaker, command, event_id))
        away = isinstance(self.fault, UnavailableError)
        if self.fault is not None and (away or not isinstance(command, NoteAddress)):
            raise self.fault
        answer = self.answers.get(type(command))
        message = Done() if answer is None or repeated else answer(command)
        return Reply(message=message, reader=self.reader, repeated=repeated)

    async def answered(self, reply: Reply, *, arrived: bool) -> None:
        pass

    @property
    def commands(self) -> list[Command]:
        """What was asked, without addresses."""
        return [one for _, one, _ in self.heard if not isinstance(one, NoteAddress)]

    @property
    def addresses(self) -> list[NoteAddress]:
        return [one for _, one, _ in self.heard if isinstance(one, NoteAddress)]


@pytest.fixture
def conversation() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
async def teams(conversation: FakeConversation) -> AsyncIterator[TeamsStandIn]:
    """A Teams whose requests reach our endpoint."""
    async with TeamsStandIn() as stand_in:
        settings = stand_in.settings()
        platform = TeamsPlatform(settings)
        listener = TeamsListener(settings, conversation, platform)
        stand_in.reach(Starlette(routes=listener.routes))
        yield stand_in
        await platform.close()
