"""A command's form, with what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any

from core.commands import Command
from core.forms import Opening, asked_of
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class FormView:
    """The form of a command. ``of``: the command with its ids. ``values``: what stands in its
    fields. ``kept``: whether a chat may keep it; its operation says so."""

    of: Command
    opening: Opening
    values: Mapping[str, object] = field(default_factory=dict)
    kept: bool = True
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)


def opened(command: Command, opening: Opening) -> FormView:
    """A form to fill in. What the command comes with stands in it, else what ``opening`` gives."""
    empty = _empty(command)
    typed = {name: getattr(command, name) for name in empty}
    brought = {name: said for name, said in typed.items() if said != empty[name]}
    values = {**empty, **opening.values, **brought}
    return FormView(of=_bare(command), opening=opening, values=values)


def again(
    command: Command,
    opening: Opening,
    *,
    unfit: Mapping[str, Unfit] | None = None,
    doubt: Doubt | None = None,
) -> FormView:
    """The form with all that was handed in, and why it was not taken."""
    values = {name: getattr(command, name) for name in _empty(command)}
    return FormView(
        of=_bare(command), opening=opening, values=values, unfit=unfit or {}, doubt=doubt
    )


def _bare(command: Any) -> Command:
    """A command without what was typed."""
    bare: Command = replace(command, **_empty(command))
    return bare


def _empty(command: Any) -> dict[str, object]:
    asked = {one.name for one in asked_of(type(command))}
    return {one.name: _default(one) for one in fields(command) if one.name in asked}


def _default(one: Field[Any]) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default
