"""A workspace of the Slack stand-in as a test sets it up and sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.stand_ins.slack_world import BOT_USER, Fault, Json, World


class Showing:
    """``world`` is what Slack knows of the workspace."""

    world: World

    # -- the world ----------------------------------------------------------------------------

    def add_user(self, email: str | None, *, name: str = "", **marks: Any) -> str:
        """A member. ``marks`` are Slack's own: ``is_restricted``, ``deleted``, ``is_bot``,
        ``team_id`` (a stranger's)."""
        user = self.world.next_id("U")
        self.world.users[user] = {
            "id": user,
            "team_id": self.world.team,
            "name": name or user.lower(),
            "deleted": False,
            "is_bot": False,
            "is_restricted": False,
            "is_ultra_restricted": False,
            "profile": {"email": email, "real_name": name},
            **marks,
        }
        return user

    def add_channel(self, name: str, *, member: bool = True, **marks: Any) -> str:
        """A channel; ``member``: the app was invited."""
        channel = self.world.next_id("C")
        self.world.channels[channel] = {
            "id": channel,
            "name": name,
            "is_member": member,
            "is_private": True,
            "is_archived": False,
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "members": [],
            **marks,
        }
        return channel

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of a method (``"chat.postMessage"``, ``"response_url"``) go wrong so."""
        self.world.faults[method].extend(faults)

    def calls(self, method: str) -> list[Json]:
        """What was asked of a method, in order."""
        return [body for called, body in self.world.calls if called == method]

    # -- what people see ----------------------------------------------------------------------

    def messages(self, where: str) -> list[Json]:
        """A channel's messages, or a person's conversation with the app; oldest first."""
        channel = self.world.conversation(where)
        return list(self.world.messages[channel]) if channel else []

    def from_app(self, where: str) -> list[Json]:
        return [m for m in self.messages(where) if m.get("user") == BOT_USER]

    def ephemeral(self, user: str) -> list[Json]:
        """What only this person saw."""
        return list(self.world.ephemeral[user])

    def modal(self, user: str) -> Json | None:
        """The view on top of a person's screen."""
        stack = self.world.modals[user]
        return stack[-1] if stack else None

    def home(self, user: str) -> Json | None:
        return self.world.homes.get(user)

    def pictures(self, shown: Mapping[str, Any]) -> list[Json]:
        """The files that a message shows, with their ``content``, and their blocks' ``alt``."""
        return [
            {**self.world.files[block["slack_file"]["id"]], "alt": block["alt_text"]}
            for block in shown.get("blocks") or ()
            if block["type"] == "image"
        ]

    async def until(self, found: Callable[[], Any], seconds: float = 60.0) -> Any:
        """What ``found`` returns once it is something; AssertionError when it stays nothing."""
        deadline = time.monotonic() + seconds
        while not (result := found()):
            assert time.monotonic() < deadline, "nothing came"
            await asyncio.sleep(0.01)
        return result

    async def next_message(self, where: str, after: int = 0, seconds: float = 60.0) -> Json:
        """The app's message number ``after`` (from 0) there, once it has come."""
        found = await self.until(lambda: self.from_app(where)[after:], seconds)
        return dict(found[0])
