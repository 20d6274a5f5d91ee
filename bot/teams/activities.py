"""Reading a Bot Framework activity: its parts, whatever is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

Activity = Mapping[str, Any]
"""An activity as JSON, as Teams sent it."""

CARD_ACTION = "adaptiveCard/action"

DIALOG_OPENS = "task/fetch"
DIALOG_SUBMITS = "task/submit"

LONGEST = 20_000
"""Characters of a message that are looked at. Anything near it is refused as too long, and the
patterns below would take a second over what somebody made up to keep them busy."""

_ITEMS = UUID("4b0f5e5e-3a54-4a5f-9b39-6a0f3b6f2f0c")
"""Namespace of the ids of messages that were typed into the chat."""

_FILES = ("image/", "video/", "audio/", "application/vnd.microsoft.teams.file.")
"""How the content types of pictures and files begin."""

_MENTION_TAG = re.compile(r"</?at\b[^<>]*>")


def at(activity: object, *path: str) -> Any:
    """The part at a path of keys, or None."""
    for key in path:
        if not isinstance(activity, Mapping):
            return None
        activity = activity.get(key)
    return activity


def text_at(activity: object, *path: str) -> str:
    """The text at a path of keys, or an empty one."""
    found = at(activity, *path)
    return found if isinstance(found, str) else ""


def tenant(activity: Activity) -> str:
    return (
        text_at(activity, "channelData", "tenant", "id")
        or text_at(activity, "conversation", "tenantId")
        or text_at(activity, "from", "tenantId")
    )


def conversation(activity: Activity) -> str:
    return text_at(activity, "conversation", "id")


def is_personal(activity: Activity) -> bool:
    """Whether it happened in a one-to-one chat with the bot."""
    return text_at(activity, "conversation", "conversationType") == "personal"


def is_in_team(activity: Activity) -> bool:
    """Whether it happened in a team: in one of its channels, or to the team itself."""
    return text_at(activity, "conversation", "conversationType") == "channel"


def in_dialog(activity: Activity) -> bool:
    """Whether a dialog is asked for, or something was pressed in one."""
    return text_at(activity, "name") in {DIALOG_OPENS, DIALOG_SUBMITS}


def is_well_formed(activity: Activity) -> bool:
    """Whether it names what every activity names."""
    needed = (("type",), ("from", "id"), ("conversation", "id"), ("recipient", "id"))
    return all(text_at(activity, *path) for path in needed)


def is_for_us(activity: Activity) -> bool:
    """Whether we have anything to do with it. The rest is answered 200 and forgotten; the SDK
    would turn much of it into an error."""
    kind = text_at(activity, "type")
    if text_at(activity, "from", "id").startswith("28:") or at(activity, "from", "role") == "bot":
        return kind in {"installationUpdate", "conversationUpdate"}
    if kind == "invoke":
        return _is_pressed(activity)
    if kind == "installationUpdate":
        return text_at(activity, "action") in {"add", "remove"}
    return kind in {"message", "conversationUpdate"}


def _is_pressed(activity: Activity) -> bool:
    """A button pressed by hand, with data: not a card's automatic refresh."""
    value = at(activity, "value")
    if in_dialog(activity):
        return isinstance(at(value, "data"), Mapping)
    return (
        text_at(activity, "name") == CARD_ACTION
        and at(value, "trigger") in {None, "manual"}
        and isinstance(at(value, "action", "data"), Mapping)
    )


def names_bot(activity: Activity, key: str) -> bool:
    """Whether the bot is among the members that were added or removed."""
    bot = text_at(activity, "recipient", "id")
    members = at(activity, key)
    return isinstance(members, list) and any(text_at(one, "id") == bot for one in members)


def event_id(activity: Activity) -> str | None:
    """Names the event for the inbox: an activity's id is unique within its conversation."""
    own = text_at(activity, "id")
    return f"teams:{tenant(activity)}:{conversation(activity)}:{own}" if own else None


def item_id(activity: Activity) -> UUID:
    """The id of the feedback that a typed message gives: the same when Teams sends it again."""
    return uuid5(_ITEMS, event_id(activity) or f"{conversation(activity)}:{typed(activity)}")


def has_files(activity: Activity) -> bool:
    """Whether pictures or files came with a message: its own text is attached, too, as HTML."""
    attached = at(activity, "attachments")
    kinds = [text_at(one, "contentType") for one in attached] if isinstance(attached, list) else []
    return any(kind.startswith(_FILES) for kind in kinds)


def typed(activity: Activity) -> str:
    """What somebody typed, without the mention of the bot."""
    text = text_at(activity, "text")[:LONGEST]
    entities = at(activity, "entities")
    for entity in entities if isinstance(entities, list) else []:
        if text_at(entity, "type") == "mention":
            bot = text_at(activity, "recipient", "id")
            written = text_at(entity, "text")
            if written and text_at(entity, "mentioned", "id") == bot:
                text = text.replace(written, "")
    # A mention of somebody else keeps the name and loses the mark-up.
    text = _MENTION_TAG.sub("", text)
    return text.replace("\xa0", " ").replace("&nbsp;", " ").strip()
