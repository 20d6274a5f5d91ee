"""The bodies of answers: in a message's place or beside it, to one person, beside an input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.blocks import Pen
from bot.slack.client import NO_PREVIEWS
from bot.slack.draw import draw_message, draw_modal
from bot.slack.forms import errors_beside
from bot.slack.heard import OnButton
from core.messages import InPlace
from governance.messages import Message
from governance.views import View
from surveys.messages import Rejected
from surveys.questions import Unfit

Say = Message | View | Rejected


def after_button(where: OnButton, message: Say, pen: Pen) -> dict[str, Any]:
    """What a response URL is told: in place of the message, beside it, or to one person."""
    body = draw_message(message, pen)
    if isinstance(message, InPlace):
        return {"replace_original": True, **body}
    if isinstance(message, Rejected) or not where.channel.startswith("D"):
        return only_you(body)
    return {"response_type": "in_channel", "replace_original": False, **body}


def in_form(reasons: Mapping[str, str], blocks: tuple[Any, ...], pen: Pen) -> dict[str, Any]:
    """The reasons beside their inputs; in a modal without any, instead of it."""
    errors = errors_beside(reasons, list(blocks))
    if errors:
        return {"response_action": "errors", "errors": errors}
    rejected = Rejected(unfit={key: Unfit(why=_literal(why)) for key, why in reasons.items()})
    return {"response_action": "update", "view": draw_modal(rejected, pen)}


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def unfit(message: Say) -> Mapping[str, Unfit]:
    """Why a form does not fit, by input; of a message that is none, nothing."""
    reasons: Mapping[str, Unfit] = getattr(message, "unfit", {})
    return reasons


def only_you(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"response_type": "ephemeral", "replace_original": False, **body, **NO_PREVIEWS}
