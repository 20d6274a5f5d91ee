"""The seam between a chat platform and the rest: who speaks, what they want, what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.commands import Command
from core.people import Platform
from governance.anonymous.commands import UnsignedCommand
from governance.committees.model import Office
from governance.messages import Message, News, Refused, Told
from governance.views import View
from surveys.messages import Rejected


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who sent something in, as the platform knows them.

    Chat: ``workspace`` (Slack team, Teams tenant) and ``user`` (U…, AAD object id), with the
    e-mail address where the platform could tell. Web: ``person`` from the session.
    ``guest`` marks accounts the platform calls guests, bots or deactivated.
    """

    platform: Platform
    workspace: str = ""
    user: str = ""
    email: str | None = None
    person: UUID | None = None
    guest: bool = False


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom something is drawn. ``web_url`` is the service's public address (no slash).
    ``offices``: those that they held when a command of theirs was answered."""

    locale: str = "en"
    timezone: str = "America/Chicago"
    web_url: str = ""
    offices: frozenset[Office] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the dispatch answers: a message or form errors, and for whom it is drawn."""

    message: Message | View | Rejected
    reader: Reader
    repeated: bool = False
    """The event was handled before: acknowledge it, show nothing again."""

    @property
    def taken(self) -> bool:
        """Whether the command was carried out: neither refused, nor answered with its form, which
        says what does not fit, what stands already, or what seems to be personal in it."""
        if isinstance(self.message, Refused | Rejected):
            return False
        back = ("unfit", "standing", "doubt")
        return not any(getattr(self.message, name, None) for name in back)

    @property
    def notice(self) -> UUID | None:
        """The item that the answer is an urgent notice about; None: it is none."""
        match self.message:
            case Told(item_id=item_id, news=News.URGENT):
                return item_id
        return None


class Conversation(Protocol):
    """The one way in (``bot/app/dispatch.py`` implements it)."""

    async def handle(
        self, speaker: Speaker, command: Command, *, event_id: str | None = None
    ) -> Reply:
        """One command, one transaction. Never raises for what a person did; a fault of ours
        raises after it was logged with an id."""
        ...

    async def answered(self, reply: Reply, *, arrived: bool) -> None:
        """What became of an answer in chat: an urgent notice that did not arrive is sent."""
        ...

    async def unsigned(self, command: UnsignedCommand) -> Reply:
        """One command of nobody: nothing is logged, counted or noted of it."""
        ...
