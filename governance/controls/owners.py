"""Naming the owners of many safeguards at once, from lines or a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.people import Person
from governance.access import Actor, refusal
from governance.controls.access import security_office
from governance.controls.asking import asked_anew, bring_in_line
from governance.controls.finding import (
    NotOne,
    Staff,
    framework_of,
    is_day_to_come,
    is_owned,
    people_in,
    short_of,
)
from governance.controls.model import (
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
)
from governance.controls.running_commands import NameOwners, ShowOwnersForm
from governance.controls.running_messages import OwnersForm, RunView
from governance.controls.starting import CLOSED, run_view
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.refusals import GONE
from surveys.questions import Unfit

LONGEST = 30_000
"""Characters of all lines."""

_BETWEEN = re.compile(r"[\s,;\"']+")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SHOWN = 60
"""Characters of what somebody typed, in a reason."""


@dataclass(frozen=True, kw_only=True)
class OwnerNamed:
    number: str
    owner: Person
    day: date | None


def show_form(store: GovernanceStore, command: ShowOwnersForm) -> OwnersForm | Refused:
    given = store.assessment(command.assessment_id)
    if given is None:
        return refusal(GONE)
    if given.state is AssessmentState.CLOSED:
        return refusal(CLOSED)
    rows = store.assessed(given.id)
    people = people_in(store, (one.owner for one in rows))
    framework = framework_of(store, given)
    scope = given.scope(framework) if framework else ()
    owners = {one.number: people.get(one.owner) for one in rows if one.owner}
    names = {number: one.name for number, one in owners.items() if one}
    return OwnersForm(
        assessment=given,
        short=short_of(store, given),
        owned=tuple((one.number, one.name, names.get(one.number, "")) for one in scope),
        unowned=tuple(one.number for one in rows if not is_owned(one, people)),
    )


def name_owners(
    store: GovernanceStore, actor: Actor, command: NameOwners, now: datetime
) -> RunView | OwnersForm | Refused:
    """Later lines win; what is not named keeps its owner and its day."""
    given = store.lock_assessment(command.assessment_id)
    form = show_form(store, ShowOwnersForm(assessment_id=command.assessment_id))
    framework = framework_of(store, given) if given else None
    if isinstance(form, Refused) or given is None or framework is None:
        return form if isinstance(form, Refused) else refusal(GONE)
    form = replace(form, owners=command.owners)
    if len(command.owners) > LONGEST:
        why = "This is {n} characters long. Please keep it to {most}."
        too_long = Unfit(why=why, values={"n": len(command.owners), "most": LONGEST})
        return replace(form, unfit={"owners": too_long})
    rows = {one.number: one for one in store.assessed(given.id)}
    named, problems = _read(store, given, framework, rows, command.owners, now)
    if problems:
        return replace(form, unfit={"owners": problems[0]}, problems=tuple(problems[1:]))
    if not named:
        return replace(form, unfit={"owners": Unfit(why="Write at least one line.")})
    before, after = [], []
    for number, one in named.items():
        row = rows[number]
        changed = _with_owner(store, given, row, one, now)
        if changed != row:
            before.append(row)
            after.append(changed)
    store.put_assessed(after)
    if given.state is AssessmentState.OPEN:
        bring_in_line(store, before, after, now)
    owners = len({one.owner for one in after})
    said = f"owners named: {owners} people, {len(after)} safeguards"
    store.audit(actor.person_id, said, given.id, now)
    return run_view(store, given, framework)


def _with_owner(
    store: GovernanceStore, given: Assessment, row: Assessed, named: OwnerNamed, now: datetime
) -> Assessed:
    """A new owner is asked, and what was answered before is an earlier answer to them. For another
    day, too, an owner is asked anew."""
    changed = replace(row, owner=named.owner.id, due=named.day or row.due)
    is_new = changed.owner != row.owner
    if is_new:
        changed = replace(changed, handed_by=None)
    if changed == row or given.state is not AssessmentState.OPEN:
        return changed
    if is_new and not row.waiting:
        changed = replace(changed, state=AnswerState.OPEN, confirmed_by=None, confirmed_at=None)
    if not changed.waiting:
        return changed
    return asked_anew(store, replace(changed, round=0), now, named.day)


# -- reading lines ---------------------------------------------------------------------------------


def _read(
    store: GovernanceStore,
    given: Assessment,
    framework: Framework,
    rows: Mapping[str, Assessed],
    text: str,
    now: datetime,
) -> tuple[dict[str, OwnerNamed], list[Unfit]]:
    """Who owns which number, and what is wrong, line by line. A control's number means what has
    no answer yet: a safeguard that has one is named by its own number alone."""
    of_control = {
        control.number: tuple(one.number for one in control.safeguards if one.number in rows)
        for control in framework.controls
    }
    staff, found = Staff(store), dict[str, Person | NotOne]()
    named: dict[str, OwnerNamed] = {}
    problems = []
    for line, words in _lines(text, framework.short):
        number, said, rest = _parts(words)
        numbers = (number,) if number in rows else of_control.get(number, ())
        if not said:
            problems.append(_wrong(_FORM, line, " ".join(words)))
            continue
        if not numbers:
            problems.append(_wrong(_NUMBER, line, number))
            continue
        if number not in rows:
            numbers = tuple(one for one in numbers if rows[one].waiting)
        if not numbers:
            problems.append(_wrong(_ANSWERED, line, number))
            continue
        if said not in found:
            found[said] = staff.find(said)
        owner = found[said]
        if isinstance(owner, NotOne):
            unknown = _UNKNOWN if "@" in said else _UNNAMED
            why = {NotOne.LEFT: _LEFT, NotOne.SEVERAL: _SEVERAL}.get(owner, unknown)
            problems.append(_wrong(why, line, said))
            continue
        day = _day(rest[0]) if rest else None
        if why := _wrong_day(store, day, rest, now):
            problems.append(_wrong(why, line, " ".join(rest)))
            continue
        for one in numbers:
            named[one] = OwnerNamed(number=one, owner=owner, day=day)
    return named, problems


_FORM = (
    "Line {line}, “{said}”: write a number and an address or a full name, such as 4.1 "
    "name@example.org."
)
_NUMBER = "Line {line}: this assessment has no {said}."
_ANSWERED = "Line {line}: all of {said} is answered. Name each safeguard by its own number."
_UNKNOWN = "Line {line}: nobody on the staff roster has the address {said}."
_UNNAMED = "Line {line}: nobody on the staff roster has the name {said}."
_SEVERAL = "Line {line}: more than one person has the name {said}. Write their address."
_LEFT = "Line {line}: {said} is no longer on the staff roster."
_DAY = "Line {line}, “{said}”: write the day like 2027-01-15."
_PAST = "Line {line}, {said}: choose a school day that is still to come, within two years."


def _parts(words: list[str]) -> tuple[str, str, list[str]]:
    """Number, address or name, and what follows: a name ends where a day begins."""
    number, *more = words
    if more and "@" in more[0]:
        return number, more[0], more[1:]
    ends = (n for n, one in enumerate(more) if any(each.isdigit() for each in one))
    end = next(ends, len(more))
    return number, " ".join(more[:end]), more[end:]


def _wrong(why: str, line: int, said: str) -> Unfit:
    return Unfit(why=why, values={"line": line, "said": said[:_SHOWN]})


def _wrong_day(store: GovernanceStore, day: date | None, said: list[str], now: datetime) -> str:
    if said and (day is None or len(said) > 1):
        return _DAY
    return _PAST if day is not None and not is_day_to_come(store, day, now) else ""


def _lines(text: str, short: str) -> Iterator[tuple[int, list[str]]]:
    """The words of each line, from 1. Empty lines and those that begin with ``#`` do not count,
    nor does a first line that names the columns."""
    for line, said in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        words = [one for one in _BETWEEN.split(said.strip()) if one]
        if words and words[0].casefold() == short.casefold():
            words = words[1:]
        if not words or words[0].startswith("#"):
            continue
        if line == 1 and "@" not in said and not any(one.isdigit() for one in words[0]):
            continue
        yield line, words


def _day(said: str) -> date | None:
    """As people write it, or as a spreadsheet does: 1/15/2027."""
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
        takes=("owners",),
        form=lambda command: ShowOwnersForm(assessment_id=command.assessment_id),
    ),
)
