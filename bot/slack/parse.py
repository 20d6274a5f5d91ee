"""Slack's payloads as commands. Pure: what a payload means, nothing done about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from bot.registry import decode, fill
from bot.slack.forms import fields_of, tapped
from bot.slack.heard import (
    AtHome,
    Heard,
    InMessages,
    MalformedError,
    Nowhere,
    OnButton,
    OnForm,
    OnHomeButton,
    OnViewButton,
    Where,
    maybe_part,
    maybe_words,
    part,
    sequence,
    words,
)
from bot.spoken import command_of
from core.commands import Command
from core.people import Platform
from governance.filling import MisfilledError
from governance.home.commands import NoteAddress, ShowHome

FEEDBACK = UUID("5e6a8f0c-3d0b-4f6a-9a7e-2f3a1f0f6f3d")
"""Name space of items told in Slack: the same event is the same item, however often it comes."""

_SPOKEN = frozenset({"", "file_share", "thread_broadcast"})
"""Message subtypes that are somebody saying something: not edits, joins or bots."""

_LATEST = 1 << 33
"""Seconds since the epoch: the year 2242."""

_MARKUP = re.compile(r"<([^<>]*)>")


# -- events -----------------------------------------------------------------------------------


def parse_event(body: Mapping[str, Any]) -> Heard | None:
    """An Events API callback; None for what is not for us."""
    event = part(body, "event")
    match event.get("type"):
        case "message":
            return _message(body, event)
        case "app_home_opened":
            return _home(body, event)
        case "team_join" | "user_change":
            return _member(body, event)
        case _:
            return None


def _message(body: Mapping[str, Any], event: Mapping[str, Any]) -> Heard | None:
    if event.get("channel_type") != "im" or (event.get("subtype") or "") not in _SPOKEN:
        return None
    if event.get("bot_id") or event.get("bot_profile") or not event.get("user"):
        return None
    event_id = words(body, "event_id")
    told = plain_words(maybe_words(event, "text"))
    command = command_of(told, uuid5(FEEDBACK, event_id))
    where = InMessages(
        channel=words(event, "channel"),
        thread=maybe_words(event, "thread_ts") or None,
        files=bool(sequence(event, "files")),
        wordless=not told.strip(),
    )
    return heard_from(_event_team(body, event), words(event, "user"), command, event_id, where)


def _home(body: Mapping[str, Any], event: Mapping[str, Any]) -> Heard | None:
    team, user, event_id = _event_team(body, event), words(event, "user"), words(body, "event_id")
    channel = maybe_words(event, "channel") or None
    match event.get("tab", "home"):
        case "home":
            return heard_from(team, user, ShowHome(), event_id, AtHome(conversation=channel))
        case "messages":
            return heard_from(team, user, _opened(team, user, channel), event_id, Nowhere())
        case _:
            return None


def _opened(team: str, user: str, channel: str | None) -> NoteAddress:
    """Somebody has the app before them."""
    return NoteAddress(
        platform=Platform.SLACK,
        workspace=team,
        user=user,
        email=None,
        conversation=channel or user,
        opened=True,
    )


def _member(body: Mapping[str, Any], event: Mapping[str, Any]) -> Heard | None:
    """Somebody joined, left or changed their address: note where they can be reached."""
    user = part(event, "user")
    if user.get("is_bot") or user.get("id") == "USLACKBOT":
        return None
    team = maybe_words(user, "team_id") or _event_team(body, event)
    address = NoteAddress(
        platform=Platform.SLACK,
        workspace=team,
        user=words(user, "id"),
        email=maybe_words(maybe_part(user, "profile"), "email") or None,
        conversation=words(user, "id"),
        reachable=not user.get("deleted"),
    )
    return heard_from(team, address.user, address, words(body, "event_id"), Nowhere())


def removed_at(body: Mapping[str, Any]) -> datetime | None:
    """When the app was removed; None: only somebody's own token was revoked, and we have none."""
    event = part(body, "event")
    if event.get("type") == "tokens_revoked" and not maybe_part(event, "tokens").get("bot"):
        return None
    at = body.get("event_time")
    if not isinstance(at, int) or not 0 < at < _LATEST:
        raise MalformedError("no moment")
    return datetime.fromtimestamp(at, UTC)


def address_of(heard: Heard, email: str | None) -> NoteAddress | None:
    """Where who spoke can be reached, as far as this tells."""
    match heard.where:
        case InMessages(channel=channel):
            conversation: str | None = channel
        case AtHome(conversation=channel):
            return replace(_opened(heard.workspace, heard.user, channel), email=email)
        case Nowhere() if isinstance(heard.command, NoteAddress) and heard.command.opened:
            return replace(heard.command, email=email)
        case _:
            return None
    return NoteAddress(
        platform=Platform.SLACK,
        workspace=heard.workspace,
        user=heard.user,
        email=email,
        conversation=conversation,
    )


# -- buttons and forms ------------------------------------------------------------------------


def parse_action(body: Mapping[str, Any]) -> Heard | None:
    """A button that was pressed; None for links and for what has no token of ours."""
    pressed = next(iter(sequence(body, "actions")), None)
    if not isinstance(pressed, Mapping):
        raise MalformedError("no action")
    command = decode(_token(pressed))
    if command is None:
        return None
    team, user = actor(body)
    trigger = words(body, "trigger_id")
    view = maybe_part(body, "view")
    where: Where = _in_view(view, trigger) if view else _in_message(body, trigger)
    state = maybe_part(view if view else body, "state")
    fields = {**fields_of(state), **tapped(pressed)}
    return _filled(team, user, command, fields, trigger, where)


def _token(pressed: Mapping[str, Any]) -> object:
    """What a button means, or what was chosen from a menu of things to do."""
    if pressed.get("type") in ("overflow", "static_select"):
        return maybe_part(pressed, "selected_option").get("value")
    return None if pressed.get("url") or pressed.get("type") != "button" else pressed.get("value")


def _in_view(view: Mapping[str, Any], trigger: str) -> OnViewButton | OnHomeButton:
    if view.get("type") == "home":
        return OnHomeButton(trigger=trigger)
    _, origin = _metadata(view)
    return OnViewButton(
        view_id=words(view, "id"), view_hash=maybe_words(view, "hash") or None, origin=origin
    )


def _in_message(body: Mapping[str, Any], trigger: str) -> OnButton:
    container, message = maybe_part(body, "container"), maybe_part(body, "message")
    channel = maybe_words(maybe_part(body, "channel"), "id") or maybe_words(container, "channel_id")
    return OnButton(
        trigger=trigger,
        response_url=maybe_words(body, "response_url") or None,
        channel=channel,
        ts=maybe_words(message, "ts") or maybe_words(container, "message_ts"),
        blocks=sequence(message, "blocks"),
    )


def parse_submission(body: Mapping[str, Any]) -> Heard | None:
    """A modal that was handed in; None when it is not one of ours."""
    view = part(body, "view")
    token, origin = _metadata(view)
    command = decode(token)
    if command is None:
        return None
    team, user = actor(body)
    # Each handing in has a trigger of its own; the view's hash stays the same after errors,
    # so that it would make the corrected form look like a repetition.
    trigger = maybe_words(body, "trigger_id")
    where = OnForm(blocks=sequence(view, "blocks"), origin=origin)
    fields = fields_of(maybe_part(view, "state"))
    return _filled(team, user, command, fields, trigger, where)


def _filled(
    team: str,
    user: str,
    command: Command,
    fields: Mapping[str, str | tuple[str, ...]],
    trigger: str,
    where: Where,
) -> Heard:
    event_id = f"slack:{trigger}" if trigger else None
    try:
        return heard_from(team, user, fill(command, fields), event_id, where)
    except MisfilledError as misfilled:
        return Heard(
            workspace=team,
            user=user,
            command=command,
            event_id=event_id,
            where=where,
            unfit=misfilled.unfit,
        )


def _metadata(view: Mapping[str, Any]) -> tuple[str, str]:
    token, _, origin = maybe_words(view, "private_metadata").partition(" ")
    return token, origin


# -- who and what they said -------------------------------------------------------------------


def heard_from(team: str, user: str, command: Command, event_id: str | None, where: Where) -> Heard:
    return Heard(workspace=team, user=user, command=command, event_id=event_id, where=where)


def _event_team(body: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """The workspace of who spoke: in a shared conversation it need not be ours."""
    return (
        maybe_words(event, "user_team")
        or maybe_words(event, "team")
        or maybe_words(body, "team_id")
        or words(body, "enterprise_id")
    )


def actor(body: Mapping[str, Any]) -> tuple[str, str]:
    """Workspace and user; installed for a whole organisation, ``team`` is null."""
    user = part(body, "user")
    team = (
        maybe_words(user, "team_id")
        or maybe_words(maybe_part(body, "team"), "id")
        or maybe_words(maybe_part(body, "enterprise"), "id")
    )
    if not team:
        raise MalformedError("no workspace")
    return team, words(user, "id")


def plain_words(text: str) -> str:
    """What was typed, without Slack's own markup: entities, links, channels and mentions."""
    readable = _MARKUP.sub(lambda found: _readable(found.group(1)), text)
    return readable.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _readable(inside: str) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{label}" if label else "@…"
        case "#":
            return f"#{label}" if label else "#…"
        case "!":
            return f"@{label or target[1:].partition('^')[0]}".replace("@@", "@")
        case _:
            return label if label and label != target else target.removeprefix("mailto:")
