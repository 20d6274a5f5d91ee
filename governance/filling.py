"""What a form adds to the command of its button: typed words and chosen values, for Slack, Teams
and the web alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar, get_origin

from core.forms import FROM_THE_LIST
from core.people import Audience, Level, Role
from core.tokens import type_of
from governance.lists.model import NAMED
from governance.operations import PUT_BACK as PUT_BACK
from governance.operations import Fields, Operation
from governance.redaction.put_back import PutBack
from surveys.questions import Unfit, chosen_keys

SEEN = "seen"

Kind = TypeVar("Kind", bound=StrEnum)


class MisfilledError(ValueError):
    """An input that cannot even be made a command of; ``unfit`` maps its key to why. ``rest``: the
    command with everything else that was handed in, so that none of it is lost."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")
        self.unfit: Mapping[str, Unfit] = {key: Unfit(why=why)}
        self.rest: Any = None


def filled(operation: Operation[Any], command: Any, fields: Fields) -> Any:
    """A command completed with what was handed in. Raises MisfilledError where guessing would do
    something else than was asked: an unreadable time must not mean *now*, nor an unknown level
    *everyone*."""
    if operation.fill is not None:
        return operation.fill(command, fields)
    taken: dict[str, object] = {}
    misfilled: MisfilledError | None = None
    for name in operation.takes:
        try:
            taken[name] = _value(fields, name, command)
        except MisfilledError as error:
            if misfilled is None:
                misfilled = error
            misfilled.unfit = {**misfilled.unfit, **error.unfit}
    completed = replace(command, **taken)
    if misfilled is not None:
        misfilled.rest = completed
        raise misfilled
    return completed


def _value(fields: Fields, name: str, command: object) -> object:
    """A text that is not typed, and a choice that is none, stay as they are."""
    hint, _ = type_of(type(command), name)
    if hint is PutBack:
        return put_back(fields)
    if hint is Audience:
        return audience_filled(getattr(command, name), fields)
    if get_origin(hint) is Mapping:
        found = worded(fields, (name,))
        return {key.partition(".")[2]: said for key, said in found.items()}
    if hint is bool:
        return any(chosen_keys(fields.get(name, "")))
    if get_origin(hint) is tuple:
        return tuple(key for key in chosen_keys(fields.get(name, "")) if key)
    typed = handed_in(fields, name)
    if hint is date:
        return day_of(fields, name)
    if hint is datetime:
        return moment_in(fields, name)
    if issubclass(hint, StrEnum):
        return hint(typed) if typed in tuple(hint) else getattr(command, name)
    return typed or getattr(command, name)


def worded(fields: Fields, names: Collection[str]) -> dict[str, str]:
    """What was typed for texts of these names, and ("title.es") for their translations."""
    return {key: handed_in(fields, key) for key in fields if key.partition(".")[0] in names}


def day_of(fields: Fields, key: str) -> date | None:
    """The day that was chosen; None: none. Raises MisfilledError for what is no day."""
    said = handed_in(fields, key).strip()
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise MisfilledError(key, "Choose a day.") from None


def moment_in(fields: Fields, key: str) -> datetime | None:
    """A day with a time of day: ``key`` (ISO), or its "_date" and "_time"; None where it is empty.
    Raises MisfilledError for half of one, and for what is none."""
    written, wrong = handed_in(fields, key).strip(), key
    day, time = (handed_in(fields, f"{key}_{part}").strip() for part in ("date", "time"))
    if not written and (day or time):
        wrong = f"{key}_time" if day and not time else f"{key}_date"
        written = f"{day}T{time}" if day and time else "?"
    if not written:
        return None
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise MisfilledError(wrong, "Enter a day and a time.") from None


def put_back(fields: Fields) -> PutBack:
    """Which words its author lets stand, of those that they were shown. What was shown comes as
    ``seen``, or in Slack, whose forms carry nothing unseen, behind the input's own key."""
    key = next((one for one in fields if one.partition(".")[0] == PUT_BACK), PUT_BACK)
    keys = tuple(one for one in chosen_keys(fields.get(key, "")) if one)
    return PutBack(keys=keys, seen=key.partition(".")[2] or handed_in(fields, SEEN))


def chosen(fields: Fields, key: str, kind: type[Kind]) -> frozenset[Kind]:
    """The values chosen in a list. Raises MisfilledError for one that is not in it."""
    try:
        return frozenset(kind(value) for value in chosen_keys(fields.get(key, "")))
    except ValueError:
        raise MisfilledError(key, FROM_THE_LIST) from None


def audience_filled(audience: Audience, fields: Fields) -> Audience:
    """An audience with what was chosen in its form (``card_parts.audience_fields``). Raises
    MisfilledError for a level or a role that there is not."""
    named = {
        key: frozenset(one for one in chosen_keys(fields.get(key, "")) if one) for key in NAMED
    }
    return replace(
        audience,
        levels=chosen(fields, "levels", Level),
        roles=chosen(fields, "roles", Role),
        **named,
    )


def handed_in(fields: Fields, key: str) -> str:
    """What was typed; empty: nothing."""
    value = fields.get(key, "")
    return value if isinstance(value, str) else (value[0] if value else "")
