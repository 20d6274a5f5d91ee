"""A command's form, with what stands in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from typing import Any
from uuid import UUID, uuid4

from core.commands import Command
from core.forms import Opening, asked_of
from core.tokens import type_of
from governance.redaction.put_back import Doubt
from surveys.questions import Unfit


@dataclass(frozen=True, kw_only=True)
class FormView:
    """The form of a command. ``of``: the command with its ids. ``values``: what stands in its
    fields. ``kept``: whether a chat may keep it; its operation says so. ``changed``: what it is
    about did while somebody filled it in, so nothing is done yet."""

    of: Command
    opening: Opening
    values: Mapping[str, object] = field(default_factory=dict)
    kept: bool = True
    changed: bool = False
    doubt: Doubt | None = None
    unfit: Mapping[str, Unfit] = field(default_factory=dict)

    @property
    def shown_by(self) -> Command:
        """The command of the button that shows it, whatever state that is in by then; of something
        new, a new one each time."""
        of = _with_id(self.of, None) if self.opening.anew else self.of
        return _at_default(of, self.opening.carries)


def opened(command: Command, opening: Opening) -> FormView:
    """A form to fill in. What the command comes with stands in it, else what ``opening`` gives."""
    empty = _empty(command)
    typed = {name: getattr(command, name) for name in empty}
    brought = {name: said for name, said in typed.items() if said != empty[name]}
    values = {**empty, **opening.values, **brought}
    of = _shown(command, opening)
    if opening.anew and getattr(of, _id_of(type(of))) is None:
        of = _with_id(of, uuid4())
    return FormView(of=of, opening=opening, values=values)


def again(
    command: Command,
    opening: Opening,
    *,
    unfit: Mapping[str, Unfit] | None = None,
    doubt: Doubt | None = None,
    changed: bool = False,
) -> FormView:
    """The form with all that was handed in, and why it was not taken."""
    values = {name: getattr(command, name) for name in _empty(command)}
    of = _shown(command, opening)
    return FormView(
        of=of, opening=opening, values=values, unfit=unfit or {}, doubt=doubt, changed=changed
    )


def _shown(command: Any, opening: Opening) -> Command:
    """A command without what was typed, and with what follows from what its form shows."""
    shown: Command = replace(command, **_empty(command), **opening.carries)
    return shown


def _at_default(command: Any, names: Collection[str]) -> Command:
    bare = {one.name: _default(one) for one in fields(command) if one.name in names}
    found: Command = replace(command, **bare)
    return found


def _with_id(command: Any, made: UUID | None) -> Command:
    """A command about something new, under an id of its own."""
    named: Command = replace(command, **{_id_of(type(command)): made})
    return named


def _id_of(kind: type) -> str:
    """The field of a command with the id that something new has not."""
    return next(one.name for one in fields(kind) if type_of(kind, one.name) == (UUID, True))


def _empty(command: Any) -> dict[str, object]:
    asked = {one.name for one in asked_of(type(command))}
    return {one.name: _default(one) for one in fields(command) if one.name in asked}


def _default(one: Field[Any]) -> object:
    return one.default_factory() if one.default_factory is not MISSING else one.default
