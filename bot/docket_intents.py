"""Tokens of what a committee does with an item among themselves (see ``intents``)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from governance.commands import (
    AssignItem,
    Command,
    DecideAdvice,
    DiscussItem,
    JoinItem,
    LinkItem,
    PartItem,
    ShowAssignForm,
    ShowDecisionForm,
    ShowLinkForm,
    ShowMatterForm,
)

_ITEM_NAMES: Mapping[type, str] = {
    DiscussItem: "discuss-item",
    ShowAssignForm: "assign-form",
    AssignItem: "assign-item",
    JoinItem: "join-item",
    PartItem: "part-item",
    ShowLinkForm: "link-form",
    LinkItem: "link-item",
}


def docket_parts(command: Command) -> tuple[object, ...] | None:
    """A token's parts; None for what is not about a docket."""
    match command:
        case (
            DiscussItem(item_id=subject)
            | ShowAssignForm(item_id=subject)
            | AssignItem(item_id=subject)
            | JoinItem(item_id=subject)
            | PartItem(item_id=subject)
            | ShowLinkForm(item_id=subject)
            | LinkItem(item_id=subject)
        ):
            return _ITEM_NAMES[type(command)], subject
        case ShowMatterForm(item_id=subject, joins=joins):
            return "join-form" if joins else "part-form", subject
        case ShowDecisionForm(recommendation_id=subject, accept=accept):
            return "decide-form", subject, "accept" if accept else "decline"
        case DecideAdvice(recommendation_id=subject, accept=accept):
            return "decide", subject, "accept" if accept else "decline"
        case _:
            return None


def docket_in_detail(name: str, subject: UUID, detail: str) -> Command | None:
    """The command of a token that says yes or no; None for what is not about a docket."""
    if detail not in ("accept", "decline"):
        return None
    match name:
        case "decide-form":
            return ShowDecisionForm(recommendation_id=subject, accept=detail == "accept")
        case "decide":
            return DecideAdvice(recommendation_id=subject, accept=detail == "accept")
        case _:
            return None


def docket_about(name: str, subject: UUID) -> Command | None:
    """The command of a token with one subject; None for what is not about a docket."""
    match name:
        case "discuss-item":
            return DiscussItem(item_id=subject)
        case "assign-form":
            return ShowAssignForm(item_id=subject)
        case "assign-item":
            return AssignItem(item_id=subject)
        case "join-form" | "part-form":
            return ShowMatterForm(item_id=subject, joins=name == "join-form")
        case "join-item":
            return JoinItem(item_id=subject)
        case "part-item":
            return PartItem(item_id=subject)
        case "link-form":
            return ShowLinkForm(item_id=subject)
        case "link-item":
            return LinkItem(item_id=subject)
        case _:
            return None
