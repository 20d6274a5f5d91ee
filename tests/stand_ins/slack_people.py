"""People at the Slack stand-in: they type, press buttons and hand in modals, and what they do
reaches the service signed and packed as Slack packs it."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.stand_ins.clients import client_for
from tests.stand_ins.slack_blocks import view_faults
from tests.stand_ins.slack_filling import button_of, missing, state_of
from tests.stand_ins.slack_showing import Showing
from tests.stand_ins.slack_world import APP, BOT_USER, MOST_VIEWS, TRIGGER_SECONDS, Json, World

EVENT_RETRIES = 3
ACK_SECONDS = TRIGGER_SECONDS
HOOK_SECONDS = 1800
FORM = "application/x-www-form-urlencoded"
Values = Mapping[str, "str | Sequence[str] | int"]


class Acting(Showing):
    """The half of the stand-in that acts. ``world`` is what it knows."""

    base_url: str
    app: Any

    def __init__(self, world: World, signing_secret: str) -> None:
        self.world = world
        self.signing_secret = signing_secret
        self._client: httpx.AsyncClient | None = None
        self._client_of: Any = None
        self.delivered: list[tuple[str | bytes, str]] = []
        """Bodies that were delivered, with their content type: to deliver one again."""

    @property
    def api_url(self) -> str:
        return f"{self.base_url}/api/"

    # -- events ---------------------------------------------------------------------------------

    async def dm(
        self, user: str, text: str, *, event_id: str | None = None, retry: int = 0, **more: Any
    ) -> httpx.Response:
        """A person writes to the app. Slack escapes what they type."""
        channel = self.world.direct(user)
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        message = {
            "type": "message",
            "channel": channel,
            "user": user,
            "text": escaped,
            "ts": self.world.next_ts(),
            "team": self._team_of(user),
            "channel_type": "im",
            **more,
        }
        if not retry:
            self.world.messages[channel].append(dict(message))
        return await self.event(message, event_id=event_id, retry=retry)

    async def open_home(self, user: str, tab: str = "home") -> httpx.Response:
        channel = self.world.direct(user)
        return await self.event(
            {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        )

    async def event(
        self,
        event: Json,
        *,
        event_id: str | None = None,
        retry: int = 0,
        at: int | None = None,
    ) -> httpx.Response:
        """Any event. ``retry`` counts Slack's attempts after the first; give the same id."""
        body = {
            "type": "event_callback",
            "team_id": self.world.team,
            "enterprise_id": self.world.enterprise,
            "api_app_id": APP,
            "event_id": event_id or self.world.next_id(f"Ev{self.world.team}"),
            "event_time": int(time.time()) if at is None else at,
            "event": event,
            "authorizations": [
                {
                    "enterprise_id": self.world.enterprise,
                    "team_id": None if self.world.organization else self.world.team,
                    "user_id": BOT_USER,
                    "is_bot": True,
                    "is_enterprise_install": self.world.organization,
                }
            ],
        }
        return await self._deliver_event(json.dumps(body), retry, "http_timeout")

    async def insist(self, event: Json) -> list[httpx.Response]:
        """An event as Slack sees to it: again, up to three times and with the same id, while it
        is not taken. What took longer than ``ACK_SECONDS`` counts as not taken; between the times
        there is no waiting here."""
        answers: list[httpx.Response] = []
        body, reason = "", ""
        for retry in range(1 + EVENT_RETRIES):
            started = time.monotonic()
            if retry == 0:
                answers.append(await self.event(event))
                body = str(self.delivered[-1][0])
            else:
                answers.append(await self._deliver_event(body, retry, reason))
            late = time.monotonic() - started > ACK_SECONDS
            reason = "http_timeout" if late else "http_error"
            if answers[-1].headers.get("X-Slack-No-Retry") == "1":
                break
            if answers[-1].status_code < 300 and not late:
                break
        return answers

    async def _deliver_event(self, body: str, retry: int, reason: str) -> httpx.Response:
        headers = {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        return await self.deliver(body, "application/json", headers if retry else {})

    # -- commands and shortcuts -------------------------------------------------------------------

    async def command(
        self, user: str, text: str = "", *, name: str = "/soundingboard", channel: str = ""
    ) -> httpx.Response:
        """A slash command. What it answers at once is shown to this person only."""
        channel = channel or self.world.direct(user)
        fields = {
            "command": name,
            "text": text,
            "team_id": self.world.team,
            "team_domain": "district",
            "channel_id": channel,
            "user_id": user,
            "api_app_id": APP,
            "is_enterprise_install": str(self.world.organization).lower(),
            **({"enterprise_id": self.world.enterprise} if self.world.enterprise else {}),
            "trigger_id": self.world.trigger(user),
            "response_url": self._hook_url(user, channel),
        }
        answer = await self.deliver(urlencode(fields), FORM)
        if answer.status_code == 200 and answer.text:
            self.world.ephemeral[user].append({**answer.json(), "channel": channel})
        return answer

    async def shortcut(self, user: str, callback_id: str = "tell") -> httpx.Response:
        return await self._interaction(
            user,
            {
                "type": "shortcut",
                "callback_id": callback_id,
                "action_ts": self.world.next_ts(),
                "trigger_id": self.world.trigger(user),
            },
        )

    async def message_shortcut(
        self, user: str, message: Json, callback_id: str = "send_on"
    ) -> httpx.Response:
        """Pick a shortcut in the menu of a message that this person sees."""
        channel = self._channel_of(message)
        return await self._interaction(
            user,
            {
                "type": "message_action",
                "callback_id": callback_id,
                "action_ts": self.world.next_ts(),
                "message_ts": message["ts"],
                "trigger_id": self.world.trigger(user),
                "channel": {"id": channel, "name": "privategroup"},
                "message": dict(message),
                "response_url": self._hook_url(user, channel),
            },
        )

    def said(self, user: str, channel: str, text: str) -> Json:
        """What somebody wrote in a channel; the app hears nothing of it."""
        message = {"type": "message", "user": user, "text": text, "ts": self.world.next_ts()}
        self.world.messages[channel].append(message)
        return message

    # -- buttons and modals -----------------------------------------------------------------------

    async def click(
        self, user: str, shown: Json, button: str, state: Values | None = None
    ) -> httpx.Response:
        """Press a button (by its words or its value) of a message or of the view on top.

        ``state``: what was filled in, by an input's label or the key in its block id."""
        block_id, element = button_of(shown, button)
        values = state_of(shown, state or {})
        in_view = shown.get("type") in ("modal", "home")
        body: Json = {
            "type": "block_actions",
            "trigger_id": self.world.trigger(user, shown if in_view else None),
            "actions": [{**element, "block_id": block_id, "action_ts": self.world.next_ts()}],
        }
        if in_view:
            body["container"] = {"type": "view", "view_id": shown["id"]}
            body["view"] = {**shown, "state": {"values": values}}
        else:
            body.update(self._message_part(user, shown, values))
        return await self._interaction(user, body)

    def _message_part(self, user: str, shown: Json, values: Json) -> Json:
        channel = shown.get("channel") or self._channel_of(shown)
        ephemeral = "ts" not in shown
        return {
            "container": {
                "type": "message",
                "message_ts": shown.get("ts", ""),
                "channel_id": channel,
                "is_ephemeral": ephemeral,
            },
            "channel": {"id": channel, "name": "directmessage"},
            "message": {} if ephemeral else {k: v for k, v in shown.items() if k != "channel"},
            "state": {"values": values},
            "response_url": self._hook_url(user, channel, shown.get("ts")),
        }

    async def submit(
        self,
        user: str,
        values: Values | None = None,
        *,
        view: Json | None = None,
        force: bool = False,
    ) -> httpx.Response:
        """Hand in the view on top and do what the answer says. Slack itself refuses a view whose
        required inputs are empty, and so does this, unless ``force``."""
        view = view or self.world.modals[user][-1]
        filled = state_of(view, values or {})
        empty = missing(view, filled)
        assert force or not empty, f"Slack would not hand this in; empty: {empty}"
        body = {
            "type": "view_submission",
            "trigger_id": self.world.trigger(user, view),
            "view": {**view, "state": {"values": filled}},
            "response_urls": [],
        }
        answer = await self._interaction(user, body)
        if answer.status_code == 200:
            self._follow(user, view, answer.json() if answer.text else {})
        return answer

    def _follow(self, user: str, view: Json, action: Json) -> None:
        stack = self.world.modals[user]
        match action.get("response_action"):
            case None:
                stack.pop()
            case "clear":
                stack.clear()
            case "errors":
                known = {b.get("block_id") for b in view["blocks"] if b.get("type") == "input"}
                assert action["errors"], "errors without an error"
                assert set(action["errors"]) <= known, "an error beside no input"
            case "update":
                faults = view_faults(action["view"])
                assert not faults, f"Slack would refuse this view: {faults}"
                stack[-1] = {**stack[-1], "hash": self.world.next_ts(), **action["view"]}
            case "push":
                faults = view_faults(action["view"])
                assert not faults, f"Slack would refuse this view: {faults}"
                assert len(stack) < MOST_VIEWS, "a fourth view on top of three"
                stack.append({**stack[-1], "id": self.world.next_id("V"), **action["view"]})
            case other:
                raise AssertionError(f"response_action {other!r}")

    # -- delivering -----------------------------------------------------------------------------

    async def _interaction(self, user: str, body: Json) -> httpx.Response:
        whole = {
            "team": None
            if self.world.organization
            else {"id": self.world.team, "domain": "district"},
            "user": {"id": user, "name": user.lower(), "team_id": self._team_of(user)},
            "api_app_id": APP,
            "is_enterprise_install": self.world.organization,
            "enterprise": {"id": self.world.enterprise, "name": "Organization"}
            if self.world.enterprise
            else None,
            **body,
        }
        return await self.deliver(urlencode({"payload": json.dumps(whole)}), FORM)

    async def deliver(
        self,
        body: str | bytes,
        content_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
        *,
        secret: str | None = None,
        at: float | None = None,
    ) -> httpx.Response:
        """Post a body to the service, signed as Slack signs (with another secret, or at another
        time, for what must be refused)."""
        self.delivered.append((body, content_type))
        raw = body.encode() if isinstance(body, str) else body
        stamp = str(int(time.time() if at is None else at))
        key = (self.signing_secret if secret is None else secret).encode()
        digest = hmac.new(key, b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        signed = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
            **(headers or {}),
        }
        return await self.post(raw, signed)

    async def post(self, raw: bytes, headers: Mapping[str, str]) -> httpx.Response:
        """Post as it is."""
        assert self.app is not None, "set .app to the service first"
        if self._client is None or self._client_of is not self.app:
            await self.close_client()
            self._client, self._client_of = client_for(self.app), self.app
        url = self.app if isinstance(self.app, str) else "/slack/events"
        return await self._client.post(url, content=raw, headers=dict(headers))

    async def close_client(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def _hook_url(self, user: str, channel: str, ts: str | None = None) -> str:
        path = f"/hook/{self.world.team}-{self.world.next_id('R')}"
        until = time.time() + HOOK_SECONDS
        self.world.hooks[path] = {
            "user": user, "channel": channel, "ts": ts, "left": 5, "until": until,
        }  # fmt: skip
        return self.base_url + path

    def _team_of(self, user: str) -> str:
        return str(self.world.users.get(user, {}).get("team_id", self.world.team))

    def _channel_of(self, shown: Json) -> str:
        for channel, messages in self.world.messages.items():
            if any(message["ts"] == shown.get("ts") for message in messages):
                return channel
        raise AssertionError("this message is in no channel")
