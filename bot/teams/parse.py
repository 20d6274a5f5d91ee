"""From an activity to what somebody wants, as a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.conversation import Speaker
from bot.registry import decode, fill
from bot.spoken import command_of
from bot.teams.act_list import ACT, CHOSEN
from bot.teams.activities import (
    Activity,
    at,
    conversation,
    in_dialog,
    is_personal,
    item_id,
    names_bot,
    text_at,
    typed,
)
from bot.teams.cards import ACTION, FIELD, MANY, RANK, TIMEZONE
from core.commands import Command
from core.people import Platform
from governance.home.commands import NoteAddress
from surveys.questions import RawAnswer

_INSTALLS = frozenset({"installationUpdate", "conversationUpdate"})

MOST_PLACES = 100
"""A ranking's place beyond this is not one of ours."""


def pressed(activity: Activity) -> Mapping[str, Any] | None:
    """The data of a pressed button (Execute comes as an invoke, as does all of a dialog; any other
    Submit as a message)."""
    if in_dialog(activity):
        data = at(activity, "value", "data")
    elif text_at(activity, "type") == "invoke":
        data = at(activity, "value", "action", "data")
    else:
        data = at(activity, "value")
    return data if isinstance(data, Mapping) else None


def intent(activity: Activity) -> Command | None:
    """What is wanted, before what the form adds; None where it is not one of ours."""
    data = pressed(activity)
    if data is not None:
        token = data.get(ACTION)
        return decode(data.get(ACT) if token == CHOSEN else token)
    if text_at(activity, "type") != "message" or not is_personal(activity):
        return None
    return command_of(typed(activity), item_id(activity))


def completed(command: Command, activity: Activity) -> Command:
    """The command with what was typed and chosen. Raises MisfilledError (see ``fill``)."""
    data = pressed(activity)
    if data is None:
        return command
    timezone = data.get(TIMEZONE)
    zone = timezone if isinstance(timezone, str) and _is_zone(timezone) else None
    return fill(command, fields(data), timezone=zone)


def fields(data: Mapping[str, Any]) -> Mapping[str, RawAnswer]:
    """The inputs of a form by key. Several choices come as one text joined with commas; a
    ranking as one input for each place, in which an empty place stays empty."""
    found: dict[str, RawAnswer] = {}
    places: dict[str, dict[int, str]] = {}
    for name, value in data.items():
        text = _text(value)
        if name.startswith(FIELD):
            found[name.removeprefix(FIELD)] = text
        elif name.startswith(MANY):
            found[name.removeprefix(MANY)] = tuple(part for part in text.split(",") if part)
        elif name.startswith(RANK):
            place, _, key = name.removeprefix(RANK).partition(".")
            if place.isascii() and place.isdigit() and 0 < int(place[:4]) <= MOST_PLACES:
                places.setdefault(key, {})[int(place[:4])] = text
    for key, chosen in places.items():
        found[key] = tuple(chosen.get(place, "") for place in range(1, max(chosen) + 1))
    return found


def address(activity: Activity, speaker: Speaker) -> NoteAddress | None:
    """Where somebody can be reached, from an install, a removal or a message in a personal chat.

    A team's channels are not an address of a person: those are named in the district's files.
    """
    if not is_personal(activity) or not speaker.user:
        return None
    there = _presence(activity)
    if there is None:
        return None
    return NoteAddress(
        platform=Platform.TEAMS,
        workspace=speaker.workspace,
        user=speaker.user,
        email=speaker.email,
        conversation=conversation(activity) or None,
        service_url=text_at(activity, "serviceUrl") or None,
        reachable=there,
        opened=there and text_at(activity, "type") in _INSTALLS,
    )


def _presence(activity: Activity) -> bool | None:
    """Whether the bot is (now) in the conversation; None where the activity does not tell."""
    kind = text_at(activity, "type")
    if kind == "installationUpdate":
        return text_at(activity, "action") == "add"
    if kind != "conversationUpdate":
        return True
    if names_bot(activity, "membersRemoved"):
        return False
    return True if names_bot(activity, "membersAdded") else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, int):
        return str(value)
    return value if isinstance(value, str) else ""


def _is_zone(name: str) -> bool:
    from zoneinfo import available_timezones

    return name in available_timezones()
