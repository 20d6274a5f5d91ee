"""The half of the Graph that behaves that knows the app: the catalogue, who has it, and installs.

graph.catalogue["6f1b…"] = "catalogue-id"
graph.refuse_install(ann, 403, "Forbidden", "User is not licensed.")
graph.have(ben, chat="19:…")       # they had it all the time
graph.on_installed = tell           # called with whoever has it now
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Json = dict[str, Any]

MISSING = "Missing role permissions on the request. API requires one of 'A, B'."
"""What Graph says to an app that may not do it, as an example."""


class GraphApps:
    """See the module. ``tried`` are the accounts for which an install was asked, in order."""

    _users: dict[str, Json]

    def __init__(self) -> None:
        self.catalogue: dict[str, str] = {}
        self.chats: dict[str, str] = {}
        self.tried: list[str] = []
        self.installed: list[str] = []
        self.on_installed: Callable[[str], Awaitable[None]] | None = None
        self.notices: list[Json] = []
        """What was put into people's activity feeds, call by call."""
        self.feed_answers: list[tuple[int, str, str]] = []
        """What goes wrong with the next calls, in order."""
        self._refusals: dict[str, tuple[int, str, str]] = {}

    def have(self, user: str, chat: str) -> None:
        """They have the app, whatever this service knows."""
        self.chats[user] = chat

    def refuse_install(self, user: str, status: int, code: str, message: str = "made up") -> None:
        self._refusals[user] = (status, code, message)

    def allow(self, user: str) -> None:
        """The install is not refused any more."""
        self._refusals.pop(user, None)

    def account(self, mail: str) -> str:
        """The object id of the account with an address."""
        return next(user for user, one in self._users.items() if one["mail"] == mail)

    def app_routes(self) -> list[web.RouteDef]:
        at = "/v1.0/users/{user}/teamwork/installedApps"
        return [
            web.get("/v1.0/users", self._found),
            web.get("/v1.0/appCatalogs/teamsApps", self._catalogue),
            web.get(at, self._installs),
            web.post(at, self._install),
            web.get(at + "/{install}/chat", self._chat),
            web.post("/v1.0/teamwork/sendActivityNotificationToRecipients", self._notify),
        ]

    def _no(self, request: web.Request) -> web.Response | None:
        raise NotImplementedError

    async def _found(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        (address,) = set(re.findall(r"'((?:[^']|'')*)'", request.query["$filter"]))
        wanted = address.replace("''", "'").casefold()
        rows = [
            {"id": user, "userType": one["userType"]}
            for user, one in self._users.items()
            if wanted in {one["mail"].casefold(), one["userPrincipalName"].casefold()}
        ]
        return web.json_response({"value": rows})

    async def _catalogue(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        (wanted,) = re.findall(r"'([^']*)'", request.query["$filter"])
        rows = [
            {"id": id_, "externalId": external}
            for external, id_ in self.catalogue.items()
            if external == wanted
        ]
        return web.json_response({"value": rows})

    async def _installs(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        user = request.match_info["user"]
        rows = [{"id": f"install-of-{user}"}] if user in self.chats else []
        return web.json_response({"value": rows})

    async def _install(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        user = request.match_info["user"]
        self.tried.append(user)
        if user in self._refusals:
            return error(*self._refusals[user])
        if user not in self._users:
            return error(404, "NotFound", f"No user found with {user}")
        bound = str((await request.json())["teamsApp@odata.bind"]).rpartition("/teamsApps/")[2]
        if bound not in self.catalogue.values():
            return error(404, "NotFound", "No such app")
        if user in self.chats:
            return error(409, "Conflict", "App is already installed")
        self.chats[user] = f"a:{user}"
        self.installed.append(user)
        if self.on_installed is not None:
            await self.on_installed(user)
        return web.Response(status=201)

    async def _chat(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        return web.json_response({"id": self.chats[request.match_info["user"]]})

    async def _notify(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        if self.feed_answers:
            return error(*self.feed_answers.pop(0))
        notice: Json = await request.json()
        kind = "#microsoft.graph.aadUserNotificationRecipient"
        if not 0 < len(notice["recipients"]) <= 100:
            return error(400, "BadRequest", "Too many recipients")
        if any(one["@odata.type"] != kind or not one["userId"] for one in notice["recipients"]):
            return error(400, "BadRequest", "A recipient that is none")
        source, at = notice["topic"]["source"], notice["topic"]["value"]
        if source != "entityUrl" or at.rpartition("/")[2] not in self.catalogue.values():
            return error(400, "BadRequest", "No such topic")
        self.notices.append(notice)
        return web.Response(status=202)


def error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status)
