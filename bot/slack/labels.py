"""Words for what the domain names by a key, in one reader's language."""

from __future__ import annotations

from typing import assert_never

from bot.slack.blocks import Pen
from governance.feedback import Byline, ItemState, Tone
from surveys.people import STAFF_ROLES, Level, Platform, Role


def roles(pen: Pen) -> list[tuple[str, str]]:
    return [(role.value, _roles(role, pen)) for role in Role if role in STAFF_ROLES]


def levels(pen: Pen) -> list[tuple[str, str]]:
    return [(level.value, level_name(level, pen)) for level in Level]


def _roles(role: Role, pen: Pen) -> str:
    match role:
        case Role.TEACHER:
            return pen.say("Teachers")
        case Role.OFFICE:
            return pen.say("Office professionals")
        case Role.SUPPORT:
            return pen.say("Support staff")
        case Role.ADMINISTRATOR:
            return pen.say("Administrators")
        case Role.BOARD:
            return pen.say("Board members")
        case Role.STUDENT:
            return pen.say("Students")
        case _:
            assert_never(role)


def level_name(level: Level, pen: Pen) -> str:
    match level:
        case Level.ELEMENTARY:
            return pen.say("Elementary schools")
        case Level.MIDDLE:
            return pen.say("Middle schools")
        case Level.HIGH:
            return pen.say("High schools")
        case Level.DISTRICT:
            return pen.say("District offices")
        case _:
            assert_never(level)


def author(byline: Byline, pen: Pen) -> str:
    """Who wrote it, as far as a committee may know."""
    who = byline.name or (_one(byline.role, pen) if byline.role else pen.say("A member of staff"))
    if byline.level is None:
        return who
    where = level_name(byline.level, pen).lower()
    return pen.say("{who}, {where}", who=who, where=where)


def _one(role: Role, pen: Pen) -> str:
    match role:
        case Role.TEACHER:
            return pen.say("A teacher")
        case Role.OFFICE:
            return pen.say("An office professional")
        case Role.SUPPORT:
            return pen.say("A member of the support staff")
        case Role.ADMINISTRATOR:
            return pen.say("An administrator")
        case Role.BOARD:
            return pen.say("A Board member")
        case Role.STUDENT:
            return pen.say("A student")
        case _:
            assert_never(role)


def tone(tone: Tone, pen: Pen) -> str:
    match tone:
        case Tone.NEGATIVE:
            return pen.say("Sounds unhappy")
        case Tone.NEUTRAL:
            return pen.say("Neutral")
        case Tone.POSITIVE:
            return pen.say("Sounds pleased")
        case _:
            assert_never(tone)


def state(state: ItemState, pen: Pen) -> str:
    match state:
        case ItemState.RECEIVED:
            return pen.say("Received, being read")
        case ItemState.NEW:
            return pen.say("New")
        case ItemState.ACKNOWLEDGED:
            return pen.say("Acknowledged")
        case ItemState.IN_DISCUSSION:
            return pen.say("In discussion")
        case ItemState.ANSWERED:
            return pen.say("Answered")
        case ItemState.FILED:
            return pen.say("Filed: not about technology")
        case ItemState.HANDED_OVER:
            return pen.say("With the help desk")
        case _:
            assert_never(state)


def platform(name: str, pen: Pen) -> str:
    names = {
        Platform.SLACK.value: "Slack",
        Platform.TEAMS.value: "Teams",
        Platform.WEB.value: pen.say("Web"),
    }
    return names.get(name, name)
