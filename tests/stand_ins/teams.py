"""A Teams that behaves: Microsoft's login, its signing keys, the Bot Connector and Graph, as one
real HTTP server; and people who install, write and press buttons, as signed requests to the app.

    async with TeamsStandIn() as teams:
        routes = teams_routes(teams.settings(), conversation, TeamsPlatform(teams.settings()))
        teams.reach(Starlette(routes=routes))   # or the address of a running server
        ana = teams.person("Ana Silva")
        await teams.install(ana)
        told = await teams.say(ana, "help")   # the messages that came back
        answer = await teams.execute(ana, told[-1], "Tell us something")
        answer = await teams.execute(ana, answer.card, "Send", {"Your message": "Slow Wi-Fi"})

Cards are checked on arrival: one with a fault is refused, as Teams does.
"""

from __future__ import annotations

import asyncio
import json
import math
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self
from uuid import uuid4, uuid5

import httpx
import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.teams.settings import GRAPH_SCOPE, TeamsSettings
from tests.stand_ins.adaptive_cards import LARGEST, faults
from tests.stand_ins.clients import client_for
from tests.stand_ins.journal import Journal, Window
from tests.stand_ins.slack_limits import Moods
from tests.stand_ins.teams_faults import BROKEN, gone_wrong, refusal
from tests.stand_ins.teams_kinds import (
    CONVERSATION_LIMITS,
    MOODS,
    NAMES,
    TENANT_LIMITS,
    Answered,
    Fault,
    Posted,
    TeamsTeam,
    TeamsUser,
    lost,
    refused,
    text_of,
    throttled,
    titles,
)
from tests.stand_ins.teams_people import TeamsPeople

__all__ = [
    "Answered",
    "Fault",
    "Posted",
    "TeamsStandIn",
    "TeamsTeam",
    "TeamsUser",
    "lost",
    "refused",
    "text_of",
    "throttled",
    "titles",
]

_ACTIVITY = "/teams/v3/conversations/{conversation}/activities/{activity}"


@dataclass
class TeamsStandIn(TeamsPeople):
    """See the module. ``limits``: enforce Teams' real rates, or ones that are ``speed`` times as
    fast; ``moods``: posts go wrong by chance. ``journal`` tells what was asked and what was done.
    Everything else is its state."""

    limits: bool = False
    speed: float = 1.0
    moods: Moods | None = None
    journal: Journal = field(default_factory=Journal)
    app_id: str = "6f1b9c3e-0f5d-4a58-9a3b-6c2f5d7e8a90"
    app_secret: str = "a-secret-that-was-made-up"
    tenant: str = "2d9c7f10-5b8e-4c7f-8f1d-0a1b2c3d4e5f"
    people: dict[str, TeamsUser] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    delivered: list[Mapping[str, Any]] = field(default_factory=list)
    """Activities that were delivered to the app: to deliver one again."""
    written: set[tuple[str, str]] = field(default_factory=set)
    """What people wrote: (conversation, id)."""
    taken: int = 0
    refused_cards: list[str] = field(default_factory=list)
    token_requests: list[dict[str, str]] = field(default_factory=list)
    key_fetches: int = 0
    login_fault: Fault | None = None
    roles: list[str] | None = None
    """What Graph's tokens say that the app may do; None: they cannot be read."""
    blocked: set[str] = field(default_factory=set)
    installed: set[str] = field(default_factory=set)
    on_taken: Callable[[Posted], None] | None = None
    """Called with each message of the app between its being taken and its being answered."""

    def __post_init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._kid = uuid4().hex
        self._script: deque[Fault] = deque()
        self._scripts: dict[str, deque[Fault]] = defaultdict(deque)
        self._conversations: dict[str, Window] = {}
        self._tenant = Window(TENANT_LIMITS, self.speed)
        self._troubles: Counter[str] = Counter()
        self._tokens: set[str] = set()
        self._runner: web.AppRunner | None = None
        self._client: httpx.AsyncClient | None = None
        self._clients: list[httpx.AsyncClient] = []
        self._channels: set[str] = set()
        self.port = 0

    # -- the server ----------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        routes = [
            web.get("/v1/.well-known/openidconfiguration", self._metadata),
            web.get("/v1/.well-known/keys", self._keys),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
            web.post("/teams/v3/conversations", self._create),
            web.post("/teams/v3/conversations/{conversation}/activities", self._post),
            web.put("/teams/v3/conversations/{conversation}/activities/{activity}", self._put),
            web.delete(
                "/teams/v3/conversations/{conversation}/activities/{activity}", self._delete
            ),
            web.get("/teams/v3/conversations/{conversation}/members/{user}", self._member),
            web.get("/graph/v1.0/users", self._users),
        ]
        app = web.Application(client_max_size=4 * 1024 * 1024)
        app.add_routes(routes)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in self._clients:
            await client.aclose()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def service_url(self) -> str:
        return f"{self.url}/teams"

    @property
    def served_by(self) -> dict[str, Any]:
        """The service's settings (by their names there) with which it lives in this Teams."""
        return {
            "teams_app_id": self.app_id,
            "teams_app_secret": self.app_secret,
            "teams_tenant_id": self.tenant,
            "teams_openid_metadata_url": f"{self.url}/v1/.well-known/openidconfiguration",
            "teams_login_url": self.url,
            "teams_service_url": self.service_url,
            "teams_service_hosts": "127.0.0.1",
        }

    def settings(self, **changes: Any) -> TeamsSettings:
        """Settings that lead the app here."""
        settings = TeamsSettings(
            app_id=self.app_id,
            app_secret=self.app_secret,
            tenant_id=self.tenant,
            openid_metadata_url=f"{self.url}/v1/.well-known/openidconfiguration",
            login_url=self.url,
            graph_url=f"{self.url}/graph/v1.0",
            service_url=self.service_url,
            service_hosts=("127.0.0.1",),
            web_url="https://sounding.example.org",
            timeout=60,
        )
        return replace(settings, **changes)

    def reach(self, app: Any) -> None:
        """Where the app is: the base address of a server, or an ASGI app."""
        self._client = client_for(app)
        self._clients.append(self._client)

    def script(self, *what: Fault, conversation: str | None = None) -> None:
        """What goes wrong with the next posts, in order (of one conversation, or of any)."""
        (self._scripts[conversation] if conversation else self._script).extend(what)

    def revoke_tokens(self) -> None:
        """No token given so far is accepted any more."""
        self._tokens.clear()

    def channel(self, name: str) -> str:
        """A team's channel in which the bot is installed: its conversation id."""
        conversation = f"19:{uuid5(NAMES, name).hex}@thread.tacv2"
        self._channels.add(conversation)
        return conversation

    async def _metadata(self, request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": "https://api.botframework.com",
                "jwks_uri": f"{self.url}/v1/.well-known/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        self.key_fetches += 1
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return web.json_response(
            {"keys": [public | {"kid": self._kid, "use": "sig", "endorsements": ["msteams"]}]}
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = {key: str(value) for key, value in (await request.post()).items()}
        self.token_requests.append(form | {"tenant": request.match_info["tenant"]})
        if self.login_fault is not None:
            return refusal(self.login_fault)
        if form.get("client_secret") != self.app_secret or form.get("client_id") != self.app_id:
            known = form.get("client_id") == self.app_id
            code, status = (7000215, 401) if known else (700016, 400)
            error = "invalid_client" if known else "unauthorized_client"
            return web.json_response({"error": error, "error_codes": [code]}, status=status)
        token = f"token-{uuid4().hex}"
        if self.roles is not None and form.get("scope") == GRAPH_SCOPE:
            token = jwt.encode({"roles": self.roles, "uti": token}, self._key, "RS256")
        self._tokens.add(token)
        return web.json_response(
            {"token_type": "Bearer", "expires_in": 3599, "access_token": token}
        )

    def _trusts(self, request: web.Request) -> bool:
        return request.headers.get("Authorization", "").removeprefix("Bearer ") in self._tokens

    async def _create(self, request: web.Request) -> web.Response:
        if not self._trusts(request):
            return refusal(refused("Unauthorized", 401))
        body = await request.json()
        user = self._by_id(body["members"][0]["id"])
        if user is None:
            return refusal(refused("BotNotInConversationRoster"))
        return web.json_response({"id": user.chat}, status=201)

    async def _post(self, request: web.Request) -> web.StreamResponse:
        conversation = request.match_info["conversation"]
        activity, at = await request.json(), time.monotonic()
        no = self._objection(request, conversation, activity)
        fault = no or self._fault(conversation)
        taken = fault is None or fault.taken
        kept = self._keep(conversation, activity) if taken else None
        status = fault.answers_with if fault else 201
        self.journal.note("post", conversation, status=status, taken=taken, at=at)
        if fault is None and kept is not None:
            return web.json_response({"id": kept.id}, status=201)
        assert fault is not None
        await asyncio.sleep(fault.hang)
        return await gone_wrong(request, fault)

    def _fault(self, conversation: str) -> Fault | None:
        script = self._scripts.get(conversation) or self._script
        if script:
            return script.popleft()
        mood = self.moods.next() if self.moods else ""
        if kinds := BROKEN.get(mood):
            self._troubles[mood] += 1
            return MOODS[kinds[self._troubles[mood] % len(kinds)]]
        return MOODS[mood] if mood else None

    async def _put(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        activity = await request.json()
        no = self._objection(request, conversation, activity)
        if no is not None:
            return refusal(no)
        found = self._ours(conversation, request.match_info["activity"])
        if isinstance(found, Fault):
            return refusal(found)
        found.before.append(found.activity)
        found.activity = activity
        return web.json_response({"id": found.id})

    async def _delete(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        no = self._objection(request, conversation, {})
        if no is not None:
            return refusal(no)
        found = self._ours(conversation, request.match_info["activity"])
        if isinstance(found, Fault):
            return refusal(found)
        self.posted.remove(found)
        return web.Response(status=200)

    def _ours(self, conversation: str, activity: str) -> Posted | Fault:
        """A message of the app, which it may change. What a person wrote it may not."""
        for one in self.messages(conversation):
            if one.id == activity:
                return one
        if (conversation, activity) in self.written:
            return refused("NotEnoughPermissions")
        why = "Message does not exist in the thread."
        return refused("ActivityNotFoundInConversation", 404, why)

    def _keep(self, conversation: str, activity: dict[str, Any]) -> Posted:
        self.taken += 1
        kept = Posted(id=f"1{self.taken:012d}", conversation=conversation, activity=activity)
        self.posted.append(kept)
        if self.on_taken is not None:
            self.on_taken(kept)
        return kept

    def _objection(
        self, request: web.Request, conversation: str, activity: dict[str, Any]
    ) -> Fault | None:
        if not self._trusts(request):
            return refused("Unauthorized", 401)
        user = self._by_chat(conversation)
        if user is None and conversation not in self._channels:
            return refused("ConversationNotFound", 404)
        if user and user.user in self.blocked:
            return refused("ConversationBlockedByUser")
        if user and user.user not in self.installed:
            return refused("ForbiddenOperation")
        if len(json.dumps(activity, ensure_ascii=False).encode()) > LARGEST:
            return refused("MessageSizeTooBig", 413)
        wrong = [why for one in activity.get("attachments", []) for why in faults(one["content"])]
        if wrong:
            self.refused_cards += wrong
            return refused("BadSyntax", 400, "; ".join(wrong))
        return self._too_fast(conversation) if self.limits else None

    def _too_fast(self, conversation: str) -> Fault | None:
        now = time.monotonic()
        own = self._conversations.setdefault(conversation, Window(CONVERSATION_LIMITS, self.speed))
        wait = max(own.room_in(now), self._tenant.room_in(now))
        if wait > 0:
            return throttled(max(1, math.ceil(wait)))
        own.take(now)
        self._tenant.take(now)
        return None

    async def _member(self, request: web.Request) -> web.Response:
        user = self._by_id(request.match_info["user"])
        if not self._trusts(request):
            return refusal(refused("Unauthorized", 401))
        conversation = request.match_info["conversation"].partition(";")[0]
        if self._by_chat(conversation) is None and conversation not in self._channels:
            return refusal(refused("ConversationNotFound", 404))
        if user is None:
            return refusal(refused("MemberNotFoundInConversation", 404))
        principal = user.email
        if user.guest:
            principal = f"{user.email.replace('@', '_')}#EXT#@district.onmicrosoft.com"
        return web.json_response(
            {
                "id": user.id,
                "name": user.name,
                "aadObjectId": user.user,
                "email": user.email,
                "userPrincipalName": principal,
                "tenantId": user.tenant,
                "userRole": "guest" if user.guest else "user",
            }
        )

    async def _users(self, request: web.Request) -> web.Response:
        if not self._trusts(request):
            return refusal(refused("InvalidAuthenticationToken", 401))
        start, size = int(request.query.get("$skiptoken", 0)), 2
        everybody = sorted(self.people.values(), key=lambda user: user.email)
        if wanted := re.search(r"mail eq '([^']+)'", request.query.get("$filter", "")):
            everybody = [user for user in everybody if user.email == wanted.group(1)]
        page: dict[str, Any] = {
            "@odata.context": f"{self.url}/graph/v1.0/$metadata#users",
            "value": [
                {
                    "id": user.user,
                    "mail": user.email or None,
                    "userPrincipalName": user.email,
                    "displayName": user.name,
                    "accountEnabled": True,
                    "userType": "Guest" if user.guest else "Member",
                }
                for user in everybody[start : start + size]
            ],
        }
        if start + size < len(everybody):
            page["@odata.nextLink"] = f"{self.url}/graph/v1.0/users?$skiptoken={start + size}"
        return web.json_response(page)

    def _by_id(self, id_: str) -> TeamsUser | None:
        return next((one for one in self.people.values() if id_ in {one.id, one.user}), None)

    def _by_chat(self, conversation: str) -> TeamsUser | None:
        return next((one for one in self.people.values() if one.chat == conversation), None)
