"""Tokens of what is said between an author, a committee and the bot (see ``intents``)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from governance.commands import (
    AskAuthor,
    Command,
    LetGo,
    PassOn,
    ReplyToCommittee,
    ShowAskForm,
    ShowReplyForm,
)

_NAMES: Mapping[type, str] = {
    ShowAskForm: "ask-form",
    AskAuthor: "ask-author",
    ShowReplyForm: "reply-form",
    ReplyToCommittee: "reply",
    PassOn: "pass-on",
    LetGo: "let-go",
}


def conversing_parts(command: Command) -> tuple[object, ...] | None:
    """A token's parts; None for what is not said between the two."""
    match command:
        case (
            ShowAskForm(item_id=subject)
            | AskAuthor(item_id=subject)
            | ShowReplyForm(item_id=subject)
            | ReplyToCommittee(item_id=subject)
            | PassOn(item_id=subject)
            | LetGo(item_id=subject)
        ):
            return _NAMES[type(command)], subject
        case _:
            return None


def conversing_about(name: str, subject: UUID) -> Command | None:
    """The command of a token with one subject; None for what is not said between the two."""
    match name:
        case "ask-form":
            return ShowAskForm(item_id=subject)
        case "ask-author":
            return AskAuthor(item_id=subject, text="")
        case "reply-form":
            return ShowReplyForm(item_id=subject)
        case "pass-on":
            return PassOn(item_id=subject)
        case "let-go":
            return LetGo(item_id=subject)
        case "reply":
            return ReplyToCommittee(item_id=subject, text="")
        case _:
            return None
