"""Slash commands and shortcuts as commands: what a person types or picks, without pressing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from bot.intents import decode
from bot.slack.heard import Heard, OnCommand, Shown, maybe_part, maybe_words, part, words
from bot.slack.parse import FEEDBACK, GREETINGS, actor, heard_from, plain_words
from bot.spoken import SIGN_IN, SURVEYS
from governance.commands import (
    AskSignInLink,
    Command,
    GiveFeedback,
    ShowAnnouncementForm,
    ShowFeedbackForm,
    ShowHelp,
    ShowHome,
)
from governance.feedback import Whose
from surveys.commands import ShowResults

TELL = "tell"
"""Callback id of the shortcut "Tell Computing Services something" (see manifest.json)."""

SEND_ON = "send_on"
"""Callback id of a message's own shortcut "Send this to a committee"."""

_DOCKET = frozenset({"docket", "dockets", "lista"})


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What was typed: the command, the part of its answer that is shown, a word nobody knows."""

    command: Command
    shown: Shown = Shown.ALL
    unknown: str = ""


def parse_command(body: Mapping[str, Any]) -> Heard:
    """``/soundingboard help | feedback [text] | surveys | docket | announce | results <wave> |
    sign in``."""
    trigger = words(body, "trigger_id")
    wanted = _wanted(plain_words(maybe_words(body, "text")), trigger)
    where = OnCommand(
        trigger=trigger,
        response_url=maybe_words(body, "response_url") or None,
        shown=wanted.shown,
        unknown=wanted.unknown,
    )
    team = maybe_words(body, "team_id") or words(body, "enterprise_id")
    return heard_from(team, words(body, "user_id"), wanted.command, f"slack:{trigger}", where)


def _wanted(text: str, trigger: str) -> _Wanted:
    verb, _, rest = text.partition(" ")
    rest = rest.strip()
    match verb.lower():
        case "feedback" | "tell" if rest:
            return _Wanted(command=GiveFeedback(item_id=uuid5(FEEDBACK, trigger), text=rest))
        case "feedback" | "tell":
            return _Wanted(command=ShowFeedbackForm())
        case _ if text.lower() in SIGN_IN:
            return _Wanted(command=AskSignInLink())
        case word if word in SURVEYS and not rest:
            return _Wanted(command=ShowHome(), shown=Shown.WAITING)
        case word if word in _DOCKET and not rest:
            return _Wanted(command=ShowHome(), shown=Shown.DOCKETS)
        case "announce" if not rest:
            return _Wanted(command=ShowAnnouncementForm())
        case "results":
            return _results(text, rest)
        case _ if not text or text.lower() in GREETINGS:
            return _Wanted(command=ShowHelp())
        case _:
            return _Wanted(command=ShowHelp(), unknown=text)


def _results(text: str, wave: str) -> _Wanted:
    found = decode(f"results|{wave.lower()}")
    if isinstance(found, ShowResults):
        return _Wanted(command=found)
    return _Wanted(command=ShowHelp(), unknown=text)


def parse_shortcut(body: Mapping[str, Any]) -> Heard | None:
    """The shortcut of everywhere, or that of one message; None for one that is not ours."""
    wanted = body.get("callback_id")
    if wanted == TELL:
        command = ShowFeedbackForm()
    elif wanted == SEND_ON and body.get("type") == "message_action":
        command = _passed_on(body)
    else:
        return None
    trigger = words(body, "trigger_id")
    team, user = actor(body)
    return heard_from(team, user, command, f"slack:{trigger}", OnCommand(trigger=trigger))


def _passed_on(body: Mapping[str, Any]) -> ShowFeedbackForm:
    """The words of a message that the speaker sees. Who wrote it stays behind, and so do the
    people that it mentions: a committee is to hear of the matter."""
    message = part(body, "message")
    theirs = maybe_words(message, "app_id") or maybe_words(
        maybe_part(message, "bot_profile"), "app_id"
    )
    if theirs and theirs == body.get("api_app_id"):
        return ShowFeedbackForm(whose=Whose.OURS)
    return ShowFeedbackForm(text=plain_words(maybe_words(message, "text")), whose=Whose.PASSED_ON)
