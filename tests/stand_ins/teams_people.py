"""People who install, write and press buttons, as signed requests to the app."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4, uuid5

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.stand_ins.adaptive_cards import actions, elements, opens_dialog
from tests.stand_ins.teams_kinds import (
    NAMES,
    PATH,
    Answered,
    Posted,
    TeamsTeam,
    TeamsUser,
    titles,
)


class TeamsPeople:
    """The half of the stand-in that acts; the other half answers the app."""

    app_id: str
    tenant: str
    people: dict[str, TeamsUser]
    installed: set[str]
    posted: list[Posted]
    delivered: list[Mapping[str, Any]]
    written: set[tuple[str, str]]
    _key: rsa.RSAPrivateKey
    _kid: str
    _client: httpx.AsyncClient | None
    _channels: set[str]

    @property
    def service_url(self) -> str:
        raise NotImplementedError

    def messages(self, conversation: str) -> list[Posted]:
        """The messages of a conversation, in order."""
        return [one for one in self.posted if one.conversation == conversation]

    def person(self, name: str, email: str = "", **more: Any) -> TeamsUser:
        """An account of the tenant (``tenant=`` for another one, ``guest=True`` for a guest)."""
        email = email or f"{name.lower().replace(' ', '.')}@district.example.org"
        user = str(uuid5(NAMES, email))
        made = TeamsUser(name=name, email=email, user=user, **({"tenant": self.tenant} | more))
        self.people[made.user] = made
        return made

    async def install(self, user: TeamsUser) -> None:
        """Somebody (or an administrator for them) installs the app."""
        self.installed.add(user.user)
        added = {"type": "conversationUpdate", "membersAdded": [{"id": f"28:{self.app_id}"}]}
        for what in ({"type": "installationUpdate", "action": "add"}, added):
            await self.deliver(self.activity(user, **what))

    async def remove(self, user: TeamsUser) -> None:
        """Somebody removes the app."""
        self.installed.discard(user.user)
        await self.deliver(self.activity(user, type="installationUpdate", action="remove"))

    async def add_to(self, user: TeamsUser, team: TeamsTeam) -> list[Posted]:
        """Somebody adds the app to a team; what it says there."""
        before = len(self.messages(team.thread))
        self._channels.add(team.thread)
        added = {"type": "conversationUpdate", "membersAdded": [{"id": f"28:{self.app_id}"}]}
        for what in ({"type": "installationUpdate", "action": "add"}, added):
            await self.deliver(self.in_team(user, team, **what))
        return self.messages(team.thread)[before:]

    async def remove_from(self, user: TeamsUser, team: TeamsTeam) -> None:
        """Somebody removes the app from a team."""
        self._channels.discard(team.thread)
        removed = {"type": "conversationUpdate", "membersRemoved": [{"id": f"28:{self.app_id}"}]}
        for what in ({"type": "installationUpdate", "action": "remove"}, removed):
            await self.deliver(self.in_team(user, team, **what))

    def in_team(self, user: TeamsUser, team: TeamsTeam, **parts: Any) -> dict[str, Any]:
        """An activity of a team's own conversation."""
        named = {"id": team.thread, "name": team.name, "aadGroupId": team.group}
        data = {"tenant": {"id": user.tenant}, "team": named}
        return self.activity(user, conversation=team.thread, channelData=data) | parts

    async def say(
        self, user: TeamsUser, text: str, *, conversation: str | None = None
    ) -> list[Posted]:
        """Somebody writes; the messages that came into the conversation meanwhile."""
        where = conversation or user.chat
        before = len(self.messages(where))
        mention: dict[str, Any] = {}
        if conversation:  # in a channel, the bot hears only what mentions it
            bot = {"id": f"28:{self.app_id}", "name": "Sounding Board"}
            written = "<at>Sounding Board</at>"
            text = f"{written} {text}"
            mention = {"entities": [{"type": "mention", "mentioned": bot, "text": written}]}
        activity = self.activity(user, conversation=where, type="message", text=text, **mention)
        self.written.add((where, activity["id"]))
        await self.deliver(activity)
        return self.messages(where)[before:]

    async def execute(
        self,
        user: TeamsUser,
        where: Posted | Mapping[str, Any],
        title: str,
        inputs: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Answered:
        """Somebody presses a button. ``inputs`` maps an input's id or label to what is typed or
        chosen (a choice's value or title; a list for several)."""
        return await self._press(user, where, title, inputs or {}, more)

    async def press(
        self,
        user: TeamsUser,
        where: Posted | Mapping[str, Any],
        title: str,
        inputs: Mapping[str, Any] | None = None,
    ) -> Answered:
        """Somebody presses a button of a message, whatever it does."""
        for one in actions(_card(where)):
            if one["title"] == title and opens_dialog(one):
                return await self.open_dialog(user, where, title)
        return await self.execute(user, where, title, inputs)

    async def open_dialog(
        self, user: TeamsUser, where: Posted | Mapping[str, Any], title: str, **more: Any
    ) -> Answered:
        """Somebody presses a button that opens a dialog."""
        action = _submit(_card(where), title)
        assert opens_dialog(action), f"{title!r} opens no dialog"
        more = {"replyToId": _id(where), **more}  # as Teams: what is handed in names no message
        return await self._in_dialog("task/fetch", user, where, action["data"], more)

    async def hand_in(
        self,
        user: TeamsUser,
        dialog: Answered,
        title: str,
        inputs: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Answered:
        """Somebody presses a button in the dialog before them."""
        title, typed = _through_list(dialog.dialog, title, inputs or {})
        action = _submit(dialog.dialog, title)
        data = action["data"] | _handed_in(dialog.dialog, action, typed)
        return await self._in_dialog("task/submit", user, {}, data, more)

    async def _in_dialog(
        self,
        name: str,
        user: TeamsUser,
        where: Posted | Mapping[str, Any],
        data: Mapping[str, Any],
        more: Mapping[str, Any],
    ) -> Answered:
        """A dialog's invoke: its answer is in the response."""
        activity = self.activity(
            user,
            **{
                "conversation": where.conversation if isinstance(where, Posted) else user.chat,
                "type": "invoke",
                "name": name,
                "value": {"data": data, "context": {"theme": "default"}},
                **more,
            },
        )
        answer = await self.deliver(activity)
        body = answer.json() if answer.content else None
        return Answered(status=answer.status_code, body=body)

    async def submit(
        self,
        user: TeamsUser,
        where: Posted | Mapping[str, Any],
        title: str,
        inputs: Mapping[str, Any] | None = None,
    ) -> list[Posted]:
        """The same on a client that only knows Action.Submit; the messages that came back."""
        dialogs = [one for one in actions(_card(where)) if opens_dialog(one)]
        if title in [one["title"] for one in dialogs]:
            action = _submit(_card(where), title)
        else:
            action = _action(_card(where), title)["fallback"]
        place = where.conversation if isinstance(where, Posted) else user.chat
        before = len(self.messages(place))
        data = action["data"] | _handed_in(_card(where), action, inputs or {})
        said = {"type": "message", "value": data, "replyToId": _id(where)}
        await self.deliver(self.activity(user, conversation=place, **said))
        return self.messages(place)[before:]

    async def _press(
        self,
        user: TeamsUser,
        where: Posted | Mapping[str, Any],
        title: str,
        inputs: Mapping[str, Any],
        more: Mapping[str, Any],
    ) -> Answered:
        title, inputs = _through_list(_card(where), title, inputs)
        action = _action(_card(where), title)
        data = action["data"] | _handed_in(_card(where), action, inputs)
        conversation = where.conversation if isinstance(where, Posted) else user.chat
        activity = self.activity(
            user,
            **{
                "conversation": conversation,
                "type": "invoke",
                "name": "adaptiveCard/action",
                "value": {
                    "action": {"type": "Action.Execute", "verb": action["verb"], "data": data},
                    "trigger": "manual",
                },
                "replyToId": _id(where),
                **more,
            },
        )
        answer = await self.deliver(activity)
        body = answer.json() if answer.content else None
        return Answered(status=answer.status_code, body=body)

    def activity(
        self, user: TeamsUser, *, conversation: str | None = None, **parts: Any
    ) -> dict[str, Any]:
        """An activity of somebody, as Teams would send it."""
        where = conversation or user.chat
        personal = where == user.chat
        return {
            "id": f"1{uuid4().int % 10**12:012d}",
            "timestamp": "2026-11-25T15:40:00.000Z",
            "localTimezone": "America/Chicago",
            "locale": user.locale,
            "serviceUrl": self.service_url + "/",
            "channelId": "msteams",
            "from": {"id": user.id, "name": user.name, "aadObjectId": user.user},
            "conversation": {
                "id": where,
                "tenantId": user.tenant,
                "conversationType": "personal" if personal else "channel",
            },
            "recipient": {"id": f"28:{self.app_id}", "name": "Sounding Board"},
            "channelData": {"tenant": {"id": user.tenant}},
        } | parts

    def token(self, *, key: rsa.RSAPrivateKey | None = None, **claims: Any) -> str:
        """A token as Microsoft signs it; ``key`` and ``claims`` make a wrong one (a claim that is
        None is left out)."""
        now = int(time.time())
        said = {
            "iss": "https://api.botframework.com",
            "aud": self.app_id,
            "iat": now,
            "nbf": now,
            "exp": now + 3600,
            "serviceurl": self.service_url + "/",
        } | claims
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(kept, key or self._key, algorithm="RS256", headers={"kid": self._kid})

    async def deliver(
        self, activity: Mapping[str, Any] | bytes, *, token: str | None = None
    ) -> httpx.Response:
        """POST an activity (or any bytes) to the app, signed as Microsoft does; ``token`` "" sends
        none."""
        assert self._client is not None, "call reach(app) first"
        if token is None and not isinstance(activity, bytes):
            self.delivered.append(activity)
        bearer = self.token() if token is None else token
        headers = {"Content-Type": "application/json"}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        return await self._client.post(PATH, content=body, headers=headers)


def _card(where: Posted | Mapping[str, Any]) -> Mapping[str, Any]:
    return where.card if isinstance(where, Posted) else where


def _id(where: Posted | Mapping[str, Any]) -> str:
    return where.id if isinstance(where, Posted) else "1000000000000"


def _through_list(
    card: Mapping[str, Any], title: str, inputs: Mapping[str, Any]
) -> tuple[str, Mapping[str, Any]]:
    """What stands in the list of things to do is chosen there, and its one button pressed."""
    for one in elements(card):
        listed = [choice["title"] for choice in one.get("choices", ())]
        if one.get("id") == "act" and title in listed:
            (press,) = (
                a["title"] for a in actions(card) if a.get("data", {}).get("action") == "chosen"
            )
            return press, {**inputs, "act": title}
    return title, inputs


def _action(card: Mapping[str, Any], title: str) -> dict[str, Any]:
    for action in actions(card):
        if action["title"] == title and action["type"] == "Action.Execute":
            return action
    raise AssertionError(f"no button {title!r}; there are {titles(card)}")


def _submit(card: Mapping[str, Any], title: str) -> dict[str, Any]:
    for action in actions(card):
        if action["title"] == title and action["type"] == "Action.Submit":
            return action
    raise AssertionError(f"no button {title!r} to submit; there are {titles(card)}")


def _handed_in(
    card: Mapping[str, Any], action: Mapping[str, Any], typed: Mapping[str, Any]
) -> dict[str, Any]:
    """The inputs as a client hands them in, once its own checks pass."""
    if action.get("associatedInputs") == "none":
        assert not typed, f"{action['title']!r} hands in no form"
        return {}
    inputs = [one for one in elements(card) if one["type"].startswith("Input.")]
    unknown = set(typed) - {one["id"] for one in inputs} - {one["label"] for one in inputs}
    assert not unknown, f"no input {sorted(unknown)}; there are {[one['id'] for one in inputs]}"
    made: dict[str, Any] = {}
    for one in inputs:
        value = typed.get(one["id"], typed.get(one["label"], one.get("value", "")))
        made[one["id"]] = _value(one, value)
        assert made[one["id"]] or not one["isRequired"], f"{one['label']}: {one['errorMessage']}"
    return made


def _value(element: Mapping[str, Any], value: Any) -> str:
    if element["type"] != "Input.ChoiceSet":
        text = str(value)
        longest = element.get("maxLength")
        assert longest is None or len(text) <= longest, f"longer than {longest}"
        return text
    values = {choice["title"]: choice["value"] for choice in element["choices"]}
    several = isinstance(value, list | tuple)
    chosen = value if several else [value] if value in values else str(value).split(",")
    keys = [str(values.get(one, one)) for one in chosen]
    assert all(not one or one in values.values() for one in keys), f"not a choice: {keys}"
    return ",".join(keys)
