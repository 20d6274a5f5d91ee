"""Tokens of what is done about personal data in an item (see ``intents``)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from governance.commands import (
    Command,
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowStudentDataForm,
    ShowTakenOut,
)

_NAMES: Mapping[type, str] = {
    ShowTakenOut: "taken-out",
    CorrectTakenOut: "correct",
    ConfirmTakenOut: "fine",
    ShowStudentDataForm: "student-form",
    RemoveStudentData: "student-data",
}


def personal_parts(command: Command) -> tuple[object, ...] | None:
    """A token's parts; None for what is not about personal data."""
    match command:
        case (
            ShowTakenOut(item_id=subject)
            | CorrectTakenOut(item_id=subject)
            | ConfirmTakenOut(item_id=subject)
            | ShowStudentDataForm(item_id=subject)
            | RemoveStudentData(item_id=subject)
        ):
            return _NAMES[type(command)], subject
        case _:
            return None


def personal_about(name: str, subject: UUID) -> Command | None:
    """The command of a token with one subject; None for what is not about personal data."""
    match name:
        case "taken-out":
            return ShowTakenOut(item_id=subject)
        case "correct":
            return CorrectTakenOut(item_id=subject)
        case "fine":
            return ConfirmTakenOut(item_id=subject)
        case "student-form":
            return ShowStudentDataForm(item_id=subject)
        case "student-data":
            return RemoveStudentData(item_id=subject)
        case _:
            return None
