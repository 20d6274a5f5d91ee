"""Words for what the domain names by a key, in the sentences of the shared catalogue."""

from __future__ import annotations

from typing import assert_never

from bot.words import Words
from governance.feedback import Byline, ItemState, Tone
from surveys.people import Level, Role


def role_name(words: Words, role: Role) -> str:
    match role:
        case Role.TEACHER:
            return words.say("Teachers")
        case Role.OFFICE:
            return words.say("Office professionals")
        case Role.SUPPORT:
            return words.say("Support staff")
        case Role.ADMINISTRATOR:
            return words.say("Administrators")
        case Role.BOARD:
            return words.say("Board members")
        case Role.STUDENT:
            return words.say("Students")
    assert_never(role)


def level_name(words: Words, level: Level) -> str:
    match level:
        case Level.ELEMENTARY:
            return words.say("Elementary schools")
        case Level.MIDDLE:
            return words.say("Middle schools")
        case Level.HIGH:
            return words.say("High schools")
        case Level.DISTRICT:
            return words.say("District offices")
    assert_never(level)


def tone_name(words: Words, tone: Tone) -> str:
    match tone:
        case Tone.NEGATIVE:
            return words.say("Sounds unhappy")
        case Tone.NEUTRAL:
            return words.say("Neutral")
        case Tone.POSITIVE:
            return words.say("Sounds pleased")
    assert_never(tone)


def state_name(words: Words, state: ItemState) -> str:
    match state:
        case ItemState.RECEIVED:
            return words.say("Received, being read")
        case ItemState.NEW:
            return words.say("New")
        case ItemState.ACKNOWLEDGED:
            return words.say("Acknowledged")
        case ItemState.IN_DISCUSSION:
            return words.say("In discussion")
        case ItemState.ANSWERED:
            return words.say("Answered")
        case ItemState.FILED:
            return words.say("Filed: not about technology")
        case ItemState.HANDED_OVER:
            return words.say("With the help desk")
    assert_never(state)


def byline_name(words: Words, byline: Byline) -> str:
    """What a committee may know of an author."""
    if byline.name:
        return byline.name
    if byline.role is None:
        return words.say("A member of staff")
    role = _one(words, byline.role)
    if byline.level is None:
        return role
    return words.say("{role}, {level}", role=role, level=level_name(words, byline.level).lower())


def _one(words: Words, role: Role) -> str:
    match role:
        case Role.TEACHER:
            return words.say("A teacher")
        case Role.OFFICE:
            return words.say("An office professional")
        case Role.SUPPORT:
            return words.say("A member of the support staff")
        case Role.ADMINISTRATOR:
            return words.say("An administrator")
        case Role.BOARD:
            return words.say("A Board member")
        case Role.STUDENT:
            return words.say("A student")
    assert_never(role)
