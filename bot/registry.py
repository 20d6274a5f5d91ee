"""Every operation of the service, by its command, its button and its entry on the clock.

What a feature can be asked stands in its own ``OPERATIONS``; here they are united, and what holds
for all of them is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot import accounts
from core.commands import Command
from core.forms import asked_of
from core.local_time import moment
from core.tokens import LONGEST, carried, read, written
from governance.access import NOBODY, Actor, Source, named, stranger
from governance.docket.undoing import noting
from governance.features import declared
from governance.filling import filled
from governance.forms.commands import Open
from governance.forms.handlers import do
from governance.forms.messages import FormView
from governance.messages import Refused
from governance.operations import Fields, Operation, Operations, Outcome
from governance.ports import GovernanceStore
from governance.refusals import (
    CLOSED_TO_OPERATOR,
    MACHINE_ONLY,
    NOT_SIGNED_IN,
    STRANGER,
    refusal,
)


def united(parts: Iterable[Operations]) -> Mapping[type, Operation[Any]]:
    """Operations by their command. Raises ValueError for a command, a button or an entry of the
    clock that is declared twice."""
    found: dict[type, Operation[Any]] = {}
    names: set[tuple[str, str]] = set()
    for one in (one for part in parts for one in part):
        taken = [("button", one.button)] if one.button else []
        taken += [("button", one.form_button)] if one.form_button else []
        taken += [("entry", one.entry.kind)] if one.entry else []
        if one.command in found or not names.isdisjoint(taken):
            raise ValueError(
                f"{one.command.__name__} is declared twice, or under a name of another"
            )
        found[one.command] = one
        names.update(taken)
    return found


OPERATIONS = united((*declared("OPERATIONS"), accounts.OPERATIONS))

_BY_BUTTON = {one.button: one for one in OPERATIONS.values() if one.button}
_BY_FORM = {one.form_button: one for one in OPERATIONS.values() if one.form_button}
_BY_ENTRY = {one.entry.kind: one.entry for one in OPERATIONS.values() if one.entry}
_CARRIED = {one.command: carried(one.command, one.carries) for one in OPERATIONS.values()}
_CARRIED_BY_FORM = {
    kind: tuple(one for one in found if one not in {asked.name for asked in asked_of(kind)})
    for kind, found in _CARRIED.items()
}
"""What the button that shows a command's form carries: nothing that the form asks for."""


def _opening(of: Operation[Any]) -> Operation[Any]:
    """Opening a command's form: what holds for the command holds for its form."""
    return replace(
        OPERATIONS[Open],
        reads=not of.notes,
        shows=bool(of.notes),
        by=of.by,
        untold=of.untold,
        in_channel=of.in_channel,
        window=not of.form_kept,
        button=of.form_button,
    )


_OPENINGS = {one.command: _opening(one) for one in OPERATIONS.values() if one.opens}


def operation_of(command: Command) -> Operation[Any]:
    return _OPENINGS[type(command.of)] if isinstance(command, Open) else OPERATIONS[type(command)]


# -- what holds for every command ------------------------------------------------------------------


def may(actor: Actor, command: Command, store: GovernanceStore) -> Refused | None:
    """None when the actor may give this command, else a polite refusal."""
    refused = stranger(actor, store) if actor.source is Source.PERSON else None
    return refused or _may(actor, command, store)


def may_each(
    actor: Actor, commands: Iterable[Command], store: GovernanceStore
) -> tuple[Command, ...]:
    """Those of several commands that the actor may give. What holds for all of them is asked once,
    so that it costs no query for each."""
    if actor.source is Source.PERSON and stranger(actor, store) is not None:
        return ()
    return tuple(one for one in commands if _may(actor, one, store) is None)


def _may(actor: Actor, command: Command, store: GovernanceStore) -> Refused | None:
    if isinstance(command, Open):  # whoever may give a command may open its form, and nobody else
        return _may(actor, command.of, store)
    operation = operation_of(command)
    if actor.source is Source.PERSON:
        refused = named(actor, command, store)
        if refused is not None:
            return refused
    if actor.source not in operation.by:
        return refusal(_refused_to(actor.source, operation))
    return operation.may(actor, command, store)


def _refused_to(source: Source, operation: Operation[Any]) -> str:
    match source:
        case Source.OPERATOR:
            return CLOSED_TO_OPERATOR
        case Source.NOBODY:
            return STRANGER
        case _:  # where it is known who speaks, nobody speaks anonymously
            anonymous = operation.by == NOBODY and source is Source.PERSON
            return NOT_SIGNED_IN if anonymous else MACHINE_ONLY


def perform(store: GovernanceStore, actor: Actor, command: Command, now: datetime) -> Outcome:
    """Do what an allowed command asks, inside the transaction."""
    operation = operation_of(command)
    if isinstance(command, Open):
        outcome = operation.run(store, actor, Open(of=_led(store, command.of)), now)
    else:
        led = _led(store, command)
        run = partial(do, operation, store, actor, led, now)
        items = operation.undo(actor, led) if operation.undo else ()
        outcome = noting(store, actor, items, now, run) if items else run()
    if isinstance(outcome, FormView):
        return replace(outcome, kept=OPERATIONS[type(outcome.of)].form_kept)
    return outcome


def _led(store: GovernanceStore, command: Any) -> Any:
    """A command about the item that the one it names is kept with."""
    lead = store.lead_of(command.item_id) if OPERATIONS[type(command)].at_lead else None
    return replace(command, item_id=lead) if lead else command


# -- buttons, forms and the clock ------------------------------------------------------------------


def encode(command: Command) -> str:
    """The token of a command. Raises ValueError for commands that no button carries."""
    operation = operation_of(command)
    if not operation.button:
        raise ValueError(f"no button carries {type(command).__name__}")
    if isinstance(command, Open):
        return written(operation.button, command.of, _CARRIED_BY_FORM[type(command.of)])
    return written(operation.button, command, _CARRIED[type(command)])


def decode(token: object) -> Command | None:
    """The command of a token, without what a form adds; None for anything that is not ours."""
    if not isinstance(token, str) or not token or len(token) > LONGEST:
        return None
    name, *parts = _as_written_now(token.split("|"))
    operation = _BY_BUTTON.get(name) or _BY_FORM.get(name)
    if operation is None:
        return None
    opens = name == operation.form_button
    carries = (_CARRIED_BY_FORM if opens else _CARRIED)[operation.command]
    command: Command | None = read(operation.command, carries, parts)
    return Open(of=command) if command and opens else command


def _as_written_now(parts: list[str]) -> list[str]:
    """Tokens as they were written until December 2026. Messages that were sent still have them."""
    match parts:
        case ["back", wave, page]:
            return ["answer", wave, page, "back"]
        case ["matter-form", item, "joins"]:
            return ["join-form", item]
        case ["matter-form", item]:
            return ["part-form", item]
        case ["hand-over", item, "named"]:
            return ["hand-over", item, "contact"]
        case ["hand-over", item, "unnamed"]:
            return ["hand-over", item]
        case ["decline-form", announcement]:  # it named no request: what is asked now is shown
            return ["decline-form", announcement, "0"]
        case ["decide-form" | "decide" as name, item, "decline"]:
            return [name, item]
        case _:
            return parts


def fill(command: Command, fields: Fields, *, timezone: str | None = None) -> Command:
    """A form's command completed with what was handed in, by the key of its input.

    A time without an offset is read in ``timezone`` (an IANA name) and without one stays naive, for
    the dispatch to read in the zone of who speaks. Raises MisfilledError (``governance.filling``).
    """
    completed: Command = filled(operation_of(command), command, fields)
    return in_zone(completed, timezone) if timezone else completed


def in_zone(command: Any, timezone: str) -> Any:
    """A command whose local times, as somebody typed them, are moments: those in ``timezone``."""
    zone, moved = ZoneInfo(timezone), {}
    for field in fields(command):
        value = getattr(command, field.name)
        aware = _aware(value, zone)
        if aware is not value:
            moved[field.name] = aware
    return replace(command, **moved) if moved else command


def _aware(value: Any, zone: ZoneInfo) -> Any:
    match value:
        case datetime(tzinfo=None):
            return moment(value, zone)
        case tuple() if any(isinstance(one, datetime) for one in value):
            return tuple(_aware(one, zone) for one in value)
        case _ if type(value) in OPERATIONS:  # one command about another
            return in_zone(value, zone.key)
        case _:
            return value


ALARM_ENTRIES = frozenset(entry.kind for entry in _BY_ENTRY.values() if entry.alarm)
"""Entries of the clock about danger: what they send waits for nobody, restored or not."""

RECURRING = tuple(entry for entry in _BY_ENTRY.values() if entry.rule)


def at_its_time(kind: str, subject: UUID, number: int) -> Command:
    """The command of an entry on the clock. ``ValueError`` for a kind nobody knows (a newer
    version's row)."""
    entry = _BY_ENTRY.get(kind)
    if entry is None:
        raise ValueError(f"the clock has an entry of an unknown kind: {kind!r}")
    command: Command = entry.command(subject, number)
    return command
