"""Opening a command's form, and doing the command with what was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from core.forms import Asked, Opening, asked_of
from governance.access import Actor
from governance.features import declared
from governance.forms.checking import checked
from governance.forms.commands import Open
from governance.forms.messages import again, opened
from governance.messages import Refused
from governance.operations import Operation, Operations, Outcome
from governance.ports import GovernanceStore
from governance.refusals import ALREADY_SETTLED, refusal


@cache
def _operations() -> Mapping[type, Operation[Any]]:
    return {one.command: one for part in declared("OPERATIONS") for one in part}


def may_open(actor: Actor, command: Open, store: GovernanceStore) -> Refused | None:
    """The rule of the command whose form it is."""
    return _operations()[type(command.of)].may(actor, command.of, store)


def show(store: GovernanceStore, actor: Actor, command: Open, now: datetime) -> Outcome:
    """The form, or what is there instead where the command has nothing left to do."""
    operation = _operations()[type(command.of)]
    found = _opening(operation, store, actor, command.of, now)
    if not isinstance(found, Opening):
        return found
    if operation.notes:
        operation.notes(store, actor, command.of, now)
    return opened(command.of, found)


def do(
    operation: Operation[Any], store: GovernanceStore, actor: Actor, command: Any, now: datetime
) -> Outcome:
    """Do a command. With a form: where what was handed in fits, else the form again."""
    if operation.opens is None:
        return operation.run(store, actor, command, now)
    found = _opening(operation, store, actor, command, now)
    fitting, unfit = checked(command, found if isinstance(found, Opening) else None)
    if operation.fits:
        # Of an empty field it is said that it is missing; of any other, what it should be.
        also = operation.fits(store, actor, fitting, now)
        unfit |= {
            key: why for key, why in also.items() if getattr(fitting, key, None) or key not in unfit
        }
    if not unfit:
        return operation.run(store, actor, fitting, now)
    if isinstance(found, Opening):
        return again(command, found, unfit=unfit)
    # It is done already. Words that do not fit are not dropped unseen.
    wrote = any(_is_written(command, one) for one in asked_of(operation.command))
    if wrote and not isinstance(found, Refused):
        return refusal(ALREADY_SETTLED)
    return found


def _is_written(command: object, one: Asked) -> bool:
    said = getattr(command, one.name)
    if one.translated:
        return any(said.values())
    return isinstance(said, str) and bool(said) and not (one.listed or one.choices)


def _opening(
    operation: Operation[Any], store: GovernanceStore, actor: Actor, command: Any, now: datetime
) -> Opening | Outcome:
    if operation.opens is None:
        raise LookupError(f"{operation.command.__name__} has no form")
    return operation.opens(store, actor, command, now)


OPERATIONS: Operations = (Operation(command=Open, run=show, may=may_open, reads=True),)
