"""Slash commands and shortcuts as commands: what a person types or picks, without pressing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid5

from bot.slack.heard import Heard, OnCommand, maybe_part, maybe_words, part, words
from bot.slack.parse import FEEDBACK, actor, heard_from, plain_words
from bot.spoken import command_of
from core.commands import Command
from governance.docket.commands import GiveFeedback, ShowFeedbackForm
from governance.feedback.model import Whose
from governance.home.commands import ShowHelp

TELL = "tell"
"""Callback id of the shortcut "Tell us something" (see manifest.json)."""

SEND_ON = "send_on"
"""Callback id of a message's own shortcut "Send this to a committee"."""

_WITH_WORDS = re.compile(
    r"(?:feedback|tell|comentario|sugerencia)\s+(.+)", re.IGNORECASE | re.DOTALL
)
"""The words that may follow: what somebody says right behind the command's own word."""


def parse_command(body: Mapping[str, Any]) -> Heard:
    """``/soundingboard`` with what is typed behind it: as in a direct message. Behind "feedback"
    stands what somebody says."""
    trigger = words(body, "trigger_id")
    item_id = uuid5(FEEDBACK, trigger)
    typed = plain_words(maybe_words(body, "text"))
    if not typed:
        command: Command = ShowHelp()
    elif said := _WITH_WORDS.fullmatch(typed):
        command = GiveFeedback(item_id=item_id, text=said[1])
    else:
        command = command_of(typed, item_id)
    where = OnCommand(trigger=trigger, response_url=maybe_words(body, "response_url") or None)
    team = maybe_words(body, "team_id") or words(body, "enterprise_id")
    return heard_from(team, words(body, "user_id"), command, f"slack:{trigger}", where)


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
