"""Slack's OAuth beside the Slack stand-in: workspaces that install the app, and remove it.

::

    async with InstallingSlack() as slack:
        hall = slack.workspace("T0HALL", "Town Hall")
        teacher = hall.add_user("t.rivera@example.org")
        back = slack.approve(location, hall)     # what an administrator's yes leads back to
        await hall.remove()

A code works once, for the address that it was asked for; a token is worth nothing from the moment
on at which the app was removed.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import httpx
from aiohttp import web

from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_api import no, ok
from tests.stand_ins.slack_people import Acting
from tests.stand_ins.slack_world import BOT_USER, Json, World

CLIENT_ID = "1234.5678"
CLIENT_SECRET = "a-client-secret"


class Workplace(Acting):
    """A workspace, or a whole organization, at an ``InstallingSlack``."""

    def __init__(self, town: InstallingSlack, world: World) -> None:
        super().__init__(world, town.signing_secret)
        self.town = town

    @property
    def base_url(self) -> str:  # type: ignore[override]
        return self.town.base_url

    @property
    def app(self) -> Any:
        return self.town.app

    @app.setter
    def app(self, app: Any) -> None:
        self.town.app = app

    @property
    def place(self) -> str:
        """What the app is installed into."""
        found = self.world.enterprise if self.world.organization else self.world.team
        assert found is not None
        return found

    @property
    def tokens(self) -> Sequence[str]:
        """Those that are worth something."""
        return [token for token, where in self.town.tokens.items() if where is self]

    async def remove(self, *, at: int | None = None) -> list[httpx.Response]:
        """An administrator removes the app: its tokens are revoked, and Slack says so. ``at``:
        when it is said to have been."""
        for token in self.tokens:
            self.town.revoked.add(token)
            del self.town.tokens[token]
        return [await self.event(event, at=at) for event in REMOVED]


REMOVED: Sequence[Json] = (
    {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}},
    {"type": "app_uninstalled"},
)


class InstallingSlack(SlackStandIn):
    """A Slack whose workspaces install the app. It has no token of its own."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.bot_token = uuid4().hex
        self.tokens: dict[str, Workplace] = {}
        self.revoked: set[str] = set()
        self.codes: dict[str, tuple[Workplace, str]] = {}
        """Code -> who said yes, and which address it is for."""
        self.expiring = False
        """Token rotation is on."""
        self._places: list[Workplace] = []

    async def close_client(self) -> None:
        await super().close_client()
        for place in self._places:
            await place.close_client()

    def workspace(self, team: str, name: str, enterprise: str | None = None) -> Workplace:
        return self._place(World(team=team, name=name, enterprise=enterprise))

    def organization(self, enterprise: str, team: str, name: str) -> Workplace:
        return self._place(World(team=team, enterprise=enterprise, name=name, organization=True))

    def _place(self, world: World) -> Workplace:
        made = Workplace(self, world)
        self._places.append(made)
        return made

    def approve(self, location: str, place: Workplace) -> str:
        """The administrator of a workspace says yes to what they were sent to."""
        page, asked = urlsplit(location), parse_qs(urlsplit(location).query)
        assert f"{page.scheme}://{page.netloc}" == self.base_url
        assert page.path == "/oauth/v2/authorize"
        assert asked["client_id"] == [CLIENT_ID]
        assert set(asked["scope"][0].split(",")) == set(self.scopes.split(","))
        back, code = asked["redirect_uri"][0], uuid4().hex
        self.codes[code] = place, back
        return f"{back}?{urlencode({'code': code, 'state': asked['state'][0]})}"

    # -- the methods --------------------------------------------------------------------------

    @property
    def worlds(self) -> Sequence[World]:
        return [place.world for place in self._places]

    def world_of(self, token: str) -> World | str:
        if token in self.tokens:
            return self.tokens[token].world
        if token in self.revoked:
            return "account_inactive"
        return "invalid_auth" if token else "not_authed"

    async def own_method(self, method: str, request: web.Request, body: Json) -> Json | None:
        if method == "auth.revoke":
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if self.tokens.pop(token, None) is None:
                return no("invalid_auth" if token else "not_authed")
            self.revoked.add(token)
            return ok(revoked=True)
        if method != "oauth.v2.access":
            return None
        if not _is_the_app(request):
            return no("bad_client_secret")
        place, back = self.codes.pop(str(body.get("code")), (None, ""))
        if place is None:
            return no("invalid_code")
        return self._granted(place) if body.get("redirect_uri") == back else no("bad_redirect_uri")

    def _granted(self, place: Workplace) -> Json:
        world, token = place.world, f"xoxb-{uuid4().hex}"
        self.tokens[token] = place
        team = None if world.organization else {"id": world.team, "name": world.name}
        enterprise = {"id": world.enterprise, "name": world.name} if world.enterprise else None
        return ok(
            access_token=token,
            token_type="bot",
            scope=self.scopes,
            bot_user_id=BOT_USER,
            app_id="A0SOUNDING",
            team=team,
            enterprise=enterprise,
            is_enterprise_install=world.organization,
            authed_user={"id": "U0ADMIN"},
            **({"refresh_token": "xoxe-1", "expires_in": 43200} if self.expiring else {}),
        )


def _is_the_app(request: web.Request) -> bool:
    proof = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    return request.headers.get("Authorization") == f"Basic {proof}"
