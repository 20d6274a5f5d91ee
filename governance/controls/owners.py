"""Naming the owners of many safeguards at once: in a table, or from typed lines or a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache

from governance.access import Actor, refusal
from governance.controls import owner_table
from governance.controls.access import security_office
from governance.controls.asking import asked_anew, bring_in_line
from governance.controls.finding import (
    NotOne,
    Staff,
    framework_of,
    is_day_to_come,
    is_owned,
)
from governance.controls.model import (
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
)
from governance.controls.owner_table import OwnerNamed
from governance.controls.running_commands import NameOwners, ShowOwnersForm
from governance.controls.running_messages import OwnersForm, RunView
from governance.controls.starting import CLOSED, run_view
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE
from governance.typed import FILE_BELOW, typed
from surveys.questions import Unfit

LONGEST = 30_000
"""Characters of all lines."""

_BETWEEN = re.compile(r"[\s,;\"']+")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SHOWN = 60
"""Characters of a typed line that a reason quotes."""


def show_form(store: GovernanceStore, command: ShowOwnersForm) -> OwnersForm | Refused:
    given = store.assessment(command.assessment_id)
    framework = framework_of(store, given) if given else None
    if given is None or framework is None:
        return refusal(GONE)
    control = next((one for one in framework.controls if one.number == command.control), None)
    if command.control and control is None:
        return refusal(GONE)
    if given.state is AssessmentState.CLOSED:
        return refusal(CLOSED)
    rows = store.assessed(given.id)
    owners = {one.owner for one in rows if one.owner}
    names = store.names_of(owners) if owners else {}
    staff = Staff(store)
    return OwnersForm(
        assessment=given,
        framework=framework,
        names={one.number: names[one.owner] for one in rows if one.owner and one.owner in names},
        unowned=tuple(one.number for one in rows if not is_owned(one, staff.here)),
        control=control,
        rows=owner_table.rows_of(given, framework, control, rows, staff),
        people=owner_table.people_to_pick(rows, staff),
    )


def name_owners(
    store: GovernanceStore, actor: Actor, command: NameOwners, now: datetime
) -> RunView | OwnersForm | Refused:
    """Where lines overlap, the last one counts. What is not named keeps its owner and due date."""
    store.lock_assessment(command.assessment_id)
    shows = ShowOwnersForm(assessment_id=command.assessment_id, control=command.control)
    form = show_form(store, shows)
    if isinstance(form, Refused):
        return form
    given = form.assessment
    rows = {one.number: one for one in store.assessed(given.id)}
    if command.person or command.day:
        found = owner_table.read(store, form, command, rows, now)
        if isinstance(found, OwnersForm):
            return found
        return _save(store, actor, given, rows, found, now)
    form = replace(form, owners=command.owners)
    _, too_long = typed(command.owners, LONGEST)
    if too_long:
        return replace(form, unfit={"owners": too_long})
    named, problems = _read(store, form.framework, rows, command.owners, now)
    if problems:
        return replace(form, unfit={"owners": problems[0]}, problems=tuple(problems))
    if not named:
        return replace(form, unfit={"owners": Unfit(why="Write at least one line.")})
    return _save(store, actor, given, rows, named, now)


def _save(
    store: GovernanceStore,
    actor: Actor,
    given: Assessment,
    rows: Mapping[str, Assessed],
    named: Mapping[str, OwnerNamed],
    now: datetime,
) -> RunView | Refused:
    is_open = given.state is AssessmentState.OPEN
    before, after = [], []
    for number, one in named.items():
        row = rows[number]
        changed = _with_owner(row, one)
        if changed != row and is_open:
            changed = _asked(store, row, changed, one.due, now)
        if changed != row:
            before.append(row)
            after.append(changed)
    store.put_assessed(after)
    if is_open:
        bring_in_line(store, before, after, now)
    if not named:
        return run_view(store, given)
    owners = len({one.owner for one in after})
    said = f"owners named: {owners} people, {len(after)} safeguards"
    store.audit(actor.person_id, said, given.id, now)
    return run_view(store, given)


def _with_owner(row: Assessed, named: OwnerNamed) -> Assessed:
    """Without a person only the due date changes."""
    owner = named.owner.id if named.owner else row.owner
    changed = replace(row, owner=owner, due=named.due or row.due)
    return changed if changed.owner == row.owner else replace(changed, handed_by=None)


def _asked(
    store: GovernanceStore, row: Assessed, changed: Assessed, due: date | None, now: datetime
) -> Assessed:
    """Ask about what was changed. To a new owner, what was answered is an earlier answer. The due
    date of an answered one stays: its request is done."""
    if not row.waiting:
        if changed.owner == row.owner:
            return row
        changed = replace(changed, state=AnswerState.OPEN, confirmed_by=None, confirmed_at=None)
    return asked_anew(store, replace(changed, round=0), now, due)


# -- reading lines ---------------------------------------------------------------------------------


def _read(
    store: GovernanceStore,
    framework: Framework,
    rows: Mapping[str, Assessed],
    text: str,
    now: datetime,
) -> tuple[dict[str, OwnerNamed], list[Unfit]]:
    """Owners by number, and what is wrong with which line. A control's number means its safeguards
    without an answer: one that has an answer is named by its own number."""
    of_control = {
        control.number: [one.number for one in control.safeguards if one.number in rows]
        for control in framework.controls
    }
    find = cache(Staff(store).find)
    named: dict[str, OwnerNamed] = {}
    problems = []
    for in_file, line, words in _lines(text, framework.short):
        number, said, rest = _parts(words)
        numbers = [number] if number in rows else of_control.get(number, [])
        meant = numbers if number in rows else [one for one in numbers if rows[one].waiting]
        due = _day(rest[0]) if rest else None
        if not said:
            why, about = _FORM, " ".join(words)
        elif not numbers:
            why, about = _NUMBER, number
        elif not meant:
            why, about = _ANSWERED, number
        elif isinstance(owner := find(said), NotOne):
            unknown = _UNKNOWN if "@" in said else _UNNAMED
            why, about = {NotOne.LEFT: _LEFT, NotOne.SEVERAL: _SEVERAL}.get(owner, unknown), said
        elif wrong := _wrong_day(store, due, rest, now):
            why, about = wrong, " ".join(rest)
        else:
            named |= {one: OwnerNamed(owner=owner, due=due) for one in meant}
            continue
        values: dict[str, str | int] = {"line": line, "said": about[:_SHOWN], "in_file": in_file}
        problems.append(Unfit(why=why, values=values))
    return named, problems


_FORM = (
    "Line {line}, “{said}”: write a number and an address or a full name, such as 4.1 "
    "name@example.org."
)
_NUMBER = "Line {line}: {said} is not in this assessment."
_ANSWERED = "Line {line}: all of {said} is answered. List each safeguard by its own number."
_UNKNOWN = "Line {line}: nobody on the staff roster has the address {said}."
_UNNAMED = "Line {line}: nobody on the staff roster has the name {said}."
_SEVERAL = "Line {line}: more than one person has the name {said}. Write their address."
_LEFT = "Line {line}: {said} is no longer on the staff roster."
_DAY = "Line {line}, “{said}”: write the due date like 2027-01-15."
_PAST = "Line {line}, {said}: choose a school day within the next two years."


def _parts(words: list[str]) -> tuple[str, str, list[str]]:
    """Number, address or name, and what follows. A name ends where a date begins."""
    number, *more = words
    if more and "@" in more[0]:
        return number, more[0], more[1:]
    ends = (n for n, one in enumerate(more) if any(each.isdigit() for each in one))
    end = next(ends, len(more))
    return number, " ".join(more[:end]), more[end:]


def _wrong_day(store: GovernanceStore, day: date | None, said: list[str], now: datetime) -> str:
    if said and (day is None or len(said) > 1):
        return _DAY
    return _PAST if day is not None and not is_day_to_come(store, day, now) else ""


def _lines(text: str, short: str) -> Iterator[tuple[bool, int, list[str]]]:
    """The words of each line: whether it is of a file under what was typed, and its number there,
    from 1. Skipped: empty lines, lines that begin with ``#``, and a first line that names the
    columns."""
    in_file, line = False, 0
    for said in text.lstrip("\ufeff").splitlines():
        if said.strip() == FILE_BELOW:
            in_file, line = True, 0
            continue
        line += 1
        words = [one for one in _BETWEEN.split(said.strip()) if one]
        if words and words[0].casefold() == short.casefold():
            words = words[1:]
        if not words or words[0].startswith("#"):
            continue
        if line == 1 and "@" not in said and not any(one.isdigit() for one in said):
            continue
        yield in_file, line, words


def _day(said: str) -> date | None:
    """2027-01-15, or as a spreadsheet writes it: 1/15/2027."""
    american = _AMERICAN.fullmatch(said)
    try:
        if american:
            month, day, year = map(int, american.groups())
            return date(year, month, day)
        return date.fromisoformat(said)
    except ValueError:
        return None


OPERATIONS: Operations = (
    Operation(
        command=ShowOwnersForm,
        run=lambda store, _, command, __: show_form(store, command),
        may=security_office,
        reads=True,
        button="owners-form",
    ),
    Operation(
        command=NameOwners,
        run=name_owners,
        may=security_office,
        button="name-owners",
        takes=("owners", "person", "day", "was_person", "was_day"),
        form=lambda command: ShowOwnersForm(
            assessment_id=command.assessment_id, control=command.control
        ),
    ),
)
