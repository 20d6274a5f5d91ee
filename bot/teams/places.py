"""Teams that have the app, as their activities tell: where a committee's channel is posted to."""

from __future__ import annotations

from bot.teams.activities import Activity, is_in_team, names_bot, tenant, text_at
from storage.chat_teams import ChatTeam

_GONE = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})
_BACK = frozenset({"teamRestored", "teamUnarchived"})


def team_of(activity: Activity) -> ChatTeam | None:
    """What an activity tells of its team; None: it tells nothing, or happened elsewhere."""
    thread = text_at(activity, "channelData", "team", "id")
    installed = _installed(activity)
    if not is_in_team(activity) or not thread or installed is None:
        return None
    return ChatTeam(
        workspace=tenant(activity),
        thread=thread,
        team=text_at(activity, "channelData", "team", "aadGroupId"),
        service_url=text_at(activity, "serviceUrl"),
        installed=installed,
    )


def is_added(activity: Activity) -> bool:
    """Whether the app has just been added to a team."""
    return (
        is_in_team(activity)
        and text_at(activity, "type") == "installationUpdate"
        and text_at(activity, "action") == "add"
    )


def _installed(activity: Activity) -> bool | None:
    match text_at(activity, "type"):
        case "installationUpdate":
            return text_at(activity, "action") == "add"
        case "conversationUpdate":
            event = text_at(activity, "channelData", "eventType")
            if event in _GONE or names_bot(activity, "membersRemoved"):
                return False
            return True if event in _BACK or names_bot(activity, "membersAdded") else None
        case _:
            return True  # whoever is mentioned or pressed in a channel is there
