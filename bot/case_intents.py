"""Tokens of what cannot wait: urgent cases, and what goes to the help desk."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from governance.commands import (
    CloseCase,
    HandOverItem,
    KeepItem,
    ShowCase,
    ShowCloseCaseForm,
    TakeCase,
)
from governance.feedback import Urgency

OnCase = ShowCase | TakeCase | ShowCloseCaseForm | CloseCase

_NAMES: Mapping[type[OnCase], str] = {
    ShowCase: "case",
    TakeCase: "take-case",
    ShowCloseCaseForm: "close-case-form",
    CloseCase: "close-case",
}


def case_parts(command: OnCase | HandOverItem | KeepItem) -> tuple[object, ...]:
    match command:
        case HandOverItem(item_id=item, contact=contact):
            return "hand-over", item, "named" if contact else "unnamed"
        case KeepItem(item_id=item):
            return "keep-item", item
        case _:
            return _NAMES[type(command)], command.item_id, command.urgency


def about_case(name: str, item: UUID, urgency: Urgency) -> OnCase | None:
    for kind, called in _NAMES.items():
        if called == name:
            return kind(item_id=item, urgency=urgency)
    return None
