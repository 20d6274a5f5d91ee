"""The table in which owners are named: a row for each control, or for each safeguard of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

from core.people import Person, Role
from core.text import Text
from governance.controls.finding import NotOne, Staff, is_day_to_come, is_owned
from governance.controls.model import Assessed, Assessment, Control, Framework
from governance.controls.running_commands import NameOwners
from governance.controls.running_messages import OwnerRow, OwnersForm
from governance.ports import GovernanceStore
from surveys.questions import Unfit

MOST_TO_PICK = 150
"""Of a larger staff, its administrators are offered, and whoever owns something in the assessment.
Who else is meant is found by what was typed."""

_LIKE = 5
"""People that a reason names."""
_SHOWN = 60
"""Characters of what was typed that a reason quotes."""


@dataclass(frozen=True, kw_only=True)
class OwnerNamed:
    """``owner``: None where only the due date changes."""

    owner: Person | None
    due: date | None


# -- what is in it ---------------------------------------------------------------------------------


def rows_of(
    given: Assessment,
    framework: Framework,
    control: Control | None,
    rows: Sequence[Assessed],
    staff: Staff,
) -> tuple[OwnerRow, ...]:
    """Each control in the assessment's scope, or each safeguard of one."""
    by_number = {one.number: one for one in rows}
    if control is not None:
        return tuple(
            _row(one.number, one.name, [by_number[one.number]], staff, whole=False)
            for one in control.safeguards
            if one.number in by_number
        )
    found = []
    for each in framework.controls:
        of_it = [by_number[one.number] for one in each.safeguards if one.number in by_number]
        if of_it:
            found.append(_row(each.number, each.name, of_it, staff, whole=True))
    return tuple(found)


def _row(
    number: str, name: Text, rows: Sequence[Assessed], staff: Staff, *, whole: bool
) -> OwnerRow:
    """What is in its inputs is what all that it would change have in common. Of a control that is
    what has no answer; a safeguard can be given to somebody else when it is answered."""
    waiting = [one for one in rows if one.waiting]
    meant = waiting if whole else rows
    owners = {one.owner if is_owned(one, staff.here) else None for one in meant}
    days = {one.due for one in meant}
    owner = owners.pop() if len(owners) == 1 else None
    person = staff.called(staff.here[owner]) if owner else ""
    day = days.pop().isoformat() if len(days) == 1 else ""
    names = {staff.here[one.owner].name for one in rows if one.owner and is_owned(one, staff.here)}
    return OwnerRow(
        number=number,
        name=name,
        total=len(rows),
        waiting=len(waiting),
        owners=tuple(sorted(names)),
        person=person,
        day=day,
        was_person=person,
        was_day=day,
    )


def people_to_pick(rows: Iterable[Assessed], staff: Staff) -> tuple[tuple[str, str], ...]:
    everyone, owners = list(staff.here.values()), {one.owner for one in rows}
    some = [one for one in everyone if one.id in owners or one.role is Role.ADMINISTRATOR]
    few = [one for one in everyone if one.id in owners]
    fit = (found for found in (everyone, some) if len(found) <= MOST_TO_PICK)
    return _picked(staff, next(fit, few))


def _picked(staff: Staff, people: Iterable[Person]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(staff.called(one), one.name) for one in people}, key=lambda one: one[1]))


# -- reading it ------------------------------------------------------------------------------------


def read(
    store: GovernanceStore,
    form: OwnersForm,
    command: NameOwners,
    rows: Mapping[str, Assessed],
    now: datetime,
) -> dict[str, OwnerNamed] | OwnersForm:
    """Who owns what from now on, by the safeguard's number; the table again where something in it
    does not fit. A row that nobody changed says nothing, whatever is stored by now."""
    staff = Staff(store)
    find, fits = cache(staff.find), cache(lambda day: is_day_to_come(store, day, now))
    named: dict[str, OwnerNamed] = {}
    unfit: dict[str, Unfit] = {}
    typed: list[OwnerRow] = []
    alike: list[Person] = []
    for row in (_typed(one, command) for one in form.rows):
        typed.append(row)
        owner, due = None, None
        if row.person != row.was_person:
            found = find(row.person) if row.person else None
            if isinstance(found, Person):
                owner = found
            else:
                like = staff.like(row.person)[:_LIKE]
                alike += like
                unfit[f"person.{row.number}"] = _nobody(row, found, like, staff)
        if row.day != row.was_day:
            due = _day(row.day)
            if due is None:
                unfit[f"day.{row.number}"] = _about(_DAY, row)
            elif not fits(due):
                unfit[f"day.{row.number}"] = _about(_PAST, row)
        if owner is None and due is None:
            continue
        meant = _meant(form, row, rows)
        if not meant:
            unfit[f"person.{row.number}"] = _about(_ANSWERED, row)
        if owner is None:
            meant = [one for one in meant if is_owned(one, staff.here)]
            if not meant:
                unfit.setdefault(f"person.{row.number}", _about(_NO_OWNER, row))
        named |= {one.number: OwnerNamed(owner=owner, due=due) for one in meant}
    if not unfit:
        return named
    people = dict(form.people) | dict(_picked(staff, alike))
    return replace(form, rows=tuple(typed), unfit=unfit, people=tuple(people.items()))


def _typed(row: OwnerRow, command: NameOwners) -> OwnerRow:
    """With what came of its inputs; one that did not come is as it was."""
    number = row.number
    was_person = command.was_person.get(number, row.was_person)
    was_day = command.was_day.get(number, row.was_day)
    return replace(
        row,
        person=" ".join(command.person.get(number, was_person).split()),
        day=command.day.get(number, was_day).strip(),
        was_person=was_person,
        was_day=was_day,
    )


def _meant(form: OwnersForm, row: OwnerRow, rows: Mapping[str, Assessed]) -> list[Assessed]:
    if form.control is not None:
        return [rows[row.number]]
    control = next(one for one in form.framework.controls if one.number == row.number)
    found = (rows.get(one.number) for one in control.safeguards)
    return [one for one in found if one is not None and one.waiting]


_CLEARED = "{number}: enter a person. You can replace an owner, but not remove one."
_UNKNOWN = "{number}: nobody on the staff roster has the name or address {said}."
_LIKE_IT = "{number}: nobody on the staff roster is called {said}. Enter one of these: {people}."
_SEVERAL = "{number}: more than one person has the name {said}. Enter an address: {people}."
_LEFT = "{number}: {said} is no longer on the staff roster."
_NO_OWNER = "{number}: enter a person before you change the date."
_ANSWERED = "{number}: every safeguard has an answer by now. Open the control to name a new owner."
_DAY = "{number}: enter a date."
_PAST = "{number}: choose a school day within the next two years."


def _nobody(
    row: OwnerRow, found: Person | NotOne | None, like: Sequence[Person], staff: Staff
) -> Unfit:
    if found is None:
        return _about(_CLEARED, row)
    people = ", ".join(staff.called(one) for one in like)
    if found is NotOne.SEVERAL:
        return _about(_SEVERAL, row, said=row.person[:_SHOWN], people=people)
    if found is NotOne.LEFT:
        return _about(_LEFT, row, said=row.person[:_SHOWN])
    if like:
        return _about(_LIKE_IT, row, said=row.person[:_SHOWN], people=people)
    return _about(_UNKNOWN, row, said=row.person[:_SHOWN])


def _about(why: str, row: OwnerRow, **values: str) -> Unfit:
    return Unfit(why=why, values={"number": row.number, **values})


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
