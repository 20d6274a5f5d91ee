"""A Microsoft Graph that behaves: accounts with delta links, groups, teams and their channels.

async with GraphStandIn() as graph:
    ann = graph.add("ann@x.example", "Ann Lee", jobTitle="Teacher")
    graph.throttle(2)           # the next two calls are answered 429
    graph.remove(ann)           # deleted in the tenant
    graph.expire()              # every delta link so far is answered 410
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self
from uuid import NAMESPACE_URL, uuid5

from aiohttp import web

from bot.teams.checking import PERMISSIONS
from bot.teams.settings import TeamsSettings
from tests.stand_ins.graph_apps import GraphApps
from tests.stand_ins.graph_permissions import denied, needed_for

Json = dict[str, Any]


@dataclass
class GraphStandIn(GraphApps):
    """See the module. ``calls`` are the paths that were asked for."""

    page: int = 2
    tenant: str = "2d9c7f10-5b8e-4c7f-8f1d-0a1b2c3d4e5f"
    calls: list[str] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    """Members of Microsoft 365 groups (and so of teams) by their object ids."""
    teams: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    """By the conversation's id; ``members`` are object ids."""

    granted: set[str] = field(default_factory=lambda: set(PERMISSIONS))
    """The application permissions that an administrator consented to."""

    any_token: bool = False
    """Take the token of another stand-in's login too."""

    def __post_init__(self) -> None:
        GraphApps.__init__(self)
        self._users: dict[str, Json] = {}
        self._changed: list[str] = []
        self._removed: dict[str, str] = {}
        self._oldest = 0
        self._busy = 0
        self._runner: web.AppRunner | None = None
        self.port = 0

    # -- what happens in the tenant ----------------------------------------------------------

    def add(self, mail: str, name: str, *, user: str = "", **more: Any) -> str:
        """A new account; ``more`` are Graph's own properties. Its object id."""
        user = user or str(uuid5(NAMESPACE_URL, mail))
        given, _, family = name.rpartition(" ")
        self._users[user] = {
            "id": user,
            "mail": mail,
            "userPrincipalName": mail,
            "displayName": name,
            "givenName": given,
            "surname": family,
            "accountEnabled": True,
            "userType": "Member",
            **more,
        }
        self._note(user)
        return user

    def change(self, user: str, **properties: Any) -> None:
        self._users[user] |= properties
        self._note(user)

    def remove(self, user: str) -> None:
        del self._users[user]
        self._removed[user] = "deleted"
        self._note(user)

    def throttle(self, calls: int) -> None:
        self._busy = calls

    def expire(self) -> None:
        """Graph forgets every delta link that it has given so far."""
        self._oldest = len(self._changed) + 1
        self._changed.append("")

    def _note(self, user: str) -> None:
        self._changed.append(user)

    # -- the server ----------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes(
            [
                web.post("/{tenant}/oauth2/v2.0/token", self._token),
                web.get("/v1.0/users/delta()", self._delta),
                web.get("/v1.0/users/delta", self._delta),
                web.get("/v1.0/groups/{group}/{which:members|transitiveMembers}", self._members),
                web.get("/v1.0/groups/{group}", self._group),
                web.get("/v1.0/teams/{team}/channels/{channel}", self._channel),
                web.get("/v1.0/teams/{team}/channels/{channel}/members", self._seats),
                *self.app_routes(),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1.0"

    def settings(self) -> TeamsSettings:
        return TeamsSettings(
            app_id="6f1b9c3e-0f5d-4a58-9a3b-6c2f5d7e8a90",
            app_secret="a-secret-that-was-made-up",
            tenant_id=self.tenant,
            login_url=f"http://127.0.0.1:{self.port}",
            graph_url=self.url,
            service_url=f"http://127.0.0.1:{self.port}/teams",
            service_hosts=("127.0.0.1",),
        )

    async def _token(self, request: web.Request) -> web.Response:
        body = {"token_type": "Bearer", "expires_in": 3599, "access_token": "token"}
        return web.json_response(body)

    def _no(self, request: web.Request) -> web.Response | None:
        self.calls.append(request.path)
        if request.headers.get("Authorization") != "Bearer token" and not self.any_token:
            return _error(401, "InvalidAuthenticationToken")
        if self._busy:
            self._busy -= 1
            return _error(429, "TooManyRequests", {"Retry-After": "7"})
        needed = needed_for(request.method, request.path)
        if self.granted.isdisjoint(needed):
            return denied(request.path, needed, self.granted)
        return None

    async def _delta(self, request: web.Request) -> web.Response:
        """``since:until:start`` in the token: the states asked from and for, and the row."""
        if (no := self._no(request)) is not None:
            return no
        token = request.query.get("$skiptoken") or request.query.get("$deltatoken")
        now = len(self._changed)
        since, until, start = (int(part) for part in (token or f"-1:{now}:0").split(":"))
        if request.query.get("$deltatoken"):
            if since < self._oldest:
                return _error(410, "syncStateNotFound")
            until = now
        whole = since < 0
        ids = list(self._users) if whole else list(dict.fromkeys(self._changed[since:until]))
        rows = [self._row(user) for user in ids if user in self._users or user in self._removed]
        here = {"value": rows[start : start + self.page]}
        if start + self.page < len(rows):
            link = f"$skiptoken={since}:{until}:{start + self.page}"
            return web.json_response(here | {"@odata.nextLink": f"{self.url}/users/delta?{link}"})
        link = f"$deltatoken={until}:{until}:0"
        return web.json_response(here | {"@odata.deltaLink": f"{self.url}/users/delta?{link}"})

    def _seen(self, user: str) -> Json:
        """A member of a group; without the permission to read people only the id."""
        account = self._users[user]
        if "User.Read.All" in self.granted:
            return account
        return {name: user if name == "id" else None for name in account}

    def _row(self, user: str) -> Json:
        if user in self._users:
            return self._users[user]
        return {"id": user, "@removed": {"reason": self._removed[user]}}

    # -- groups, teams and channels ------------------------------------------------------------

    async def _members(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        group, which = request.match_info["group"], request.match_info["which"]
        if group not in self.groups:
            return _error(404, "Request_ResourceNotFound")
        ids = self._within(group) if which == "transitiveMembers" else self.groups[group]
        start = int(request.query.get("$skiptoken", 0))
        rows = [self._member(one) for one in ids if one in self._users or one in self.groups]
        page: Json = {"value": rows[start : start + self.page]}
        if start + self.page < len(rows):
            link = f"{self.url}/groups/{group}/{which}"
            page["@odata.nextLink"] = f"{link}?$skiptoken={start + self.page}"
        return web.json_response(page)

    def _within(self, group: str) -> list[str]:
        """Everybody and every group in a group, each once."""
        found: dict[str, None] = {}
        for one in self.groups[group]:
            found |= {one: None} | dict.fromkeys(self._within(one) if one in self.groups else ())
        return list(found)

    def _member(self, one: str) -> Json:
        if one in self.groups:
            return {"@odata.type": "#microsoft.graph.group", "id": one, "mail": f"{one}@x.example"}
        return {"@odata.type": "#microsoft.graph.user"} | self._seen(one)

    async def _group(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        found = self.teams.get(request.match_info["group"])
        return web.json_response(found) if found else _error(404, "Request_ResourceNotFound")

    async def _channel(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        found = self.channels.get(request.match_info["channel"])
        if found is None:
            return _error(404, "NotFound")
        return web.json_response({name: one for name, one in found.items() if name != "members"})

    async def _seats(self, request: web.Request) -> web.Response:
        if (no := self._no(request)) is not None:
            return no
        found = self.channels.get(request.match_info["channel"], {})
        rows = [
            {
                "@odata.type": "#microsoft.graph.aadUserConversationMember",
                "id": one,
                "userId": one,
                "roles": ["guest"] if self._users[one]["userType"] == "Guest" else [],
                "tenantId": self.tenant,
            }
            for one in found.get("members", ())
        ]
        return web.json_response({"value": rows})


def _error(status: int, code: str, headers: dict[str, str] | None = None) -> web.Response:
    body = {"error": {"code": code, "message": "made up"}}
    return web.json_response(body, status=status, headers=headers)
