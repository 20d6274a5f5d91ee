"""Beginning, opening and closing an assessment, and its page of owners and progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from core.forms import FROM_THE_LIST, Opening
from governance.access import Actor, refusal
from governance.committees.model import Office
from governance.controls import forms
from governance.controls.access import offices, security_office
from governance.controls.asking import DUTY
from governance.controls.audit import note_read
from governance.controls.finding import (
    framework_of,
    is_day_to_come,
    is_owned,
    iso_of,
    people_in,
)
from governance.controls.model import (
    AnswerState,
    Assessed,
    Assessment,
    AssessmentState,
    Framework,
)
from governance.controls.renumbering import number_in, versions_of
from governance.controls.running_commands import (
    CloseAssessment,
    DropAssessment,
    OpenAssessment,
    ShowClosing,
    ShowOpening,
    ShowRun,
    WriteAssessment,
)
from governance.controls.running_messages import (
    AssessmentDropped,
    ClosingView,
    OpeningView,
    OwnerLine,
    RunView,
)
from governance.controls.screening import screen_name
from governance.duties.handlers import bring_up_to_date
from governance.forms.messages import FormView, again
from governance.messages import Refused
from governance.operations import Operation, Operations
from governance.ports import GovernanceStore
from governance.redaction.screening import note_returned
from governance.refusals import GONE
from governance.school_days import today
from surveys.questions import Unfit

NOT_A_DRAFT = "This assessment is no longer a draft."
DRAFT_STILL = "This assessment is still a draft. Open it first."
CLOSED = "This assessment is closed and can no longer be changed."
DUE_PASSED = "The due dates of these safeguards have passed: {numbers}. Choose new ones first."
NO_ISO = (
    "Some safeguards have no owner. Name one for each, since the district has no Information "
    "Security Officer."
)


def not_open(given: Assessment) -> Refused:
    """For an owner, a draft does not exist."""
    return refusal(CLOSED if given.state is AssessmentState.CLOSED else GONE)


# -- beginning and editing -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Offered:
    """``versions``: of the framework, newest first. ``given``: the draft that is edited; None: a
    new one. ``last``: the assessment that a new one can start from."""

    versions: tuple[Framework, ...]
    given: Assessment | None = None
    last: Assessment | None = None


def _offered(store: GovernanceStore, command: WriteAssessment) -> _Offered | Refused:
    versions = versions_of(store, command.framework)
    if not versions:
        return refusal(GONE)
    given = store.assessment(command.assessment_id) if command.assessment_id else None
    if given is None:
        last = last_closed(store, command.framework)
        return _Offered(versions=_not_older(store, versions), last=last)
    if given.framework != command.framework:
        return refusal(GONE)
    if given.state is not AssessmentState.DRAFT:
        return refusal(NOT_A_DRAFT)
    return _Offered(versions=versions, given=given)


def open_form(
    store: GovernanceStore, _: Actor, command: WriteAssessment, __: datetime
) -> Opening | Refused:
    offered = _offered(store, command)
    return offered if isinstance(offered, Refused) else _opening(store, offered)


def _opening(store: GovernanceStore, offered: _Offered) -> Opening:
    committees = tuple((one.key, one.name) for one in store.district().committees)
    return forms.beginning(offered.versions, committees, given=offered.given, last=offered.last)


def _not_older(store: GovernanceStore, versions: tuple[Framework, ...]) -> tuple[Framework, ...]:
    """Versions for a new assessment. None is older than one that was assessed already: answers are
    only carried over to a newer version."""
    used = {
        one.version
        for one in store.assessments()
        if one.framework == versions[0].key and one.state is not AssessmentState.DRAFT
    }
    newest = next((n for n, one in enumerate(versions) if one.version in used), len(versions))
    return versions[: newest + 1]


def last_closed(store: GovernanceStore, framework: str) -> Assessment | None:
    """The assessment that a new one can start from."""
    closed = [
        one
        for one in store.assessments()
        if one.framework == framework and one.state is AssessmentState.CLOSED
    ]
    return max(closed, key=lambda one: one.closed_at or one.made_at, default=None)


def unfit(
    store: GovernanceStore, _: Actor, command: WriteAssessment, now: datetime
) -> dict[str, Unfit]:
    offered = _offered(store, command)
    if isinstance(offered, Refused):
        return {}
    command, before = _completed(command, offered), offered.given
    framework = _framework(command, offered)
    unfit = {}
    if any(
        one.name.casefold() == command.name.casefold()
        for one in store.assessments()
        if one.framework == command.framework and one.id != command.assessment_id
    ):
        unfit["name"] = Unfit(why="Another assessment of this framework has this name.")
    if framework is None:
        unfit["version"] = Unfit(why=FROM_THE_LIST)
    elif command.group not in {one.key for one in framework.groups}:
        unfit["group"] = Unfit(why="This version of the framework has no such group.")
    elif set(command.controls) - {one.number for one in framework.controls}:
        unfit["controls"] = Unfit(why="This version of the framework has no such control.")
    kept = before is not None and before.due == command.due
    if command.due is not None and not kept and not is_day_to_come(store, command.due, now):
        unfit["due"] = Unfit(why="Choose a school day within the next two years.")
    return unfit


def _completed(command: WriteAssessment, offered: _Offered) -> WriteAssessment:
    """With what is not asked for where there is no choice."""
    given, newest = offered.given, offered.versions[0]
    group = given.group if given else newest.groups[0].key if newest.groups else ""
    return replace(
        command,
        version=given.version if given else command.version or newest.version,
        group=command.group or group,
    )


def _framework(command: WriteAssessment, offered: _Offered) -> Framework | None:
    return next((one for one in offered.versions if one.version == command.version), None)


def write(
    store: GovernanceStore, actor: Actor, command: WriteAssessment, now: datetime
) -> RunView | FormView | Refused:
    if command.assessment_id is not None:
        store.lock_assessment(command.assessment_id)
    offered = _offered(store, command)
    if isinstance(offered, Refused):
        return offered
    opening, before = _opening(store, offered), offered.given
    screened = screen_name(command.name, command.put_back)
    if screened.doubt:
        return again(command, opening, doubt=screened.doubt)
    written = _completed(command, offered)
    framework = _framework(written, offered)
    if framework is None or written.due is None:
        return again(command, opening)
    made = before or Assessment(
        id=written.assessment_id or uuid4(),
        name=written.name,
        framework=written.framework,
        version=written.version,
        group=written.group,
        due=written.due,
        after=offered.last.id if written.from_last and offered.last else None,
        made_by=actor.person_id,
        made_at=now,
    )
    given = replace(
        made,
        name=screened.texts[0],
        group=written.group,
        controls=written.controls,
        due=written.due,
        committee=written.committee,
    )
    if not given.scope(framework):
        why = "This group has no safeguards in these controls."
        return again(command, opening, unfit={"controls": Unfit(why=why)})
    store.put_assessment(given)
    _put_scope(store, given, framework, made.due)
    said = "assessment edited" if before else "assessment begun"
    store.audit(actor.person_id, f"{said}: {given.framework} {given.version}", given.id, now)
    note_returned(store, actor.person_id, screened, given.id, now)
    return run_view(store, given)


def _put_scope(
    store: GovernanceStore, given: Assessment, framework: Framework, due_before: date
) -> None:
    """A row for each safeguard. Rows that exist keep their owner, and their due date if it differs
    from the assessment's."""
    there = {one.number: one for one in store.assessed(given.id)}
    before = taken_over(store, given, framework) | there
    numbers = [one.number for one in given.scope(framework)]
    rows = [
        before.get(number) or Assessed(assessment_id=given.id, number=number, due=given.due)
        for number in numbers
    ]
    if gone := sorted(there.keys() - set(numbers)):
        store.drop_assessed(given.id, gone)
    store.put_assessed(
        [replace(one, due=given.due) if one.due == due_before else one for one in rows]
    )


def taken_over(
    store: GovernanceStore, given: Assessment, framework: Framework
) -> dict[str, Assessed]:
    """Owners and answers of the assessment before, by this one's numbers. An answer stays open
    until its owner says that it is still true. Not carried over: answers that were sent back or
    that their owner has not looked at, and owners who have left."""
    last = store.assessment(given.after) if given.after else None
    if last is None:
        return {}
    rows = {one.number: one for one in store.assessed(last.id)}
    people = people_in(store, (one.owner for one in rows.values()))
    versions = versions_of(store, framework.key)
    found = {}
    for one in framework.safeguards:
        row = rows.get(number_in(versions, one.number, framework.version, last.version))
        if row is None:
            continue
        new = Assessed(
            assessment_id=given.id,
            number=one.number,
            owner=row.owner if is_owned(row, people) else None,
            due=given.due,
        )
        if not row.waiting:
            new = replace(
                new,
                answer=replace(row.answer, word=""),
                answered_by=row.answered_by,
                answered_at=row.answered_at,
            )
        found[one.number] = new
    return found


def drop(
    store: GovernanceStore, actor: Actor, command: DropAssessment, now: datetime
) -> AssessmentDropped | Refused:
    given = store.lock_assessment(command.assessment_id)
    if given is None:
        return refusal(GONE)
    if given.state is not AssessmentState.DRAFT:
        return refusal(NOT_A_DRAFT)
    store.drop_assessment(given.id)
    store.audit(actor.person_id, "assessment draft deleted", given.id, now)
    return AssessmentDropped(name=given.name)


# -- owners and progress ---------------------------------------------------------------------------


def show_run(
    store: GovernanceStore, actor: Actor, command: ShowRun, now: datetime
) -> RunView | Refused:
    given = store.assessment(command.assessment_id)
    if given is None:
        return refusal(GONE)
    note_read(store, actor, given.id, "run", now)
    return run_view(store, given, runs=Office.ISO in actor.standing.offices)


def run_view(
    store: GovernanceStore, given: Assessment, *, runs: bool = True, asked: int = 0
) -> RunView | Refused:
    framework = framework_of(store, given)
    if framework is None:
        return refusal(GONE)
    rows = store.assessed(given.id)
    people = people_in(store, (each for one in rows for each in (one.owner, one.handed_by)))
    by_owner: dict[UUID, list[Assessed]] = {}
    for row in rows:
        if row.owner is not None and is_owned(row, people):
            by_owner.setdefault(row.owner, []).append(row)
    done = _in(rows, AnswerState.DONE)
    lines = [
        OwnerLine(
            name=people[owner].name,
            waiting=tuple(
                (day, tuple(one.number for one in owned if one.waiting and one.due == day))
                for day in sorted({one.due for one in owned if one.waiting})
            ),
            done=_in(owned, AnswerState.DONE),
            confirmed=_in(owned, AnswerState.CONFIRMED),
            handed_by=tuple(
                sorted({people[h].name for one in owned if (h := one.handed_by) and h in people})
            ),
        )
        for owner, owned in by_owner.items()
    ]
    return RunView(
        assessment=given,
        framework=framework,
        committee="".join(store.committee_names((given.committee,))) if given.committee else "",
        owners=tuple(sorted(lines, key=lambda one: one.name)),
        unowned=tuple(one.number for one in rows if not is_owned(one, people)),
        to_confirm=tuple(
            (control, numbers)
            for control in framework.controls
            if (numbers := tuple(one.number for one in control.safeguards if one.number in done))
        ),
        waiting=sum(1 for one in rows if one.waiting),
        confirmed=len(_in(rows, AnswerState.CONFIRMED)),
        total=len(rows),
        runs=runs,
        asked=asked,
    )


def _in(rows: Sequence[Assessed], state: AnswerState) -> tuple[str, ...]:
    return tuple(one.number for one in rows if one.state is state)


# -- opening and closing -------------------------------------------------------------------------


def show_opening(
    store: GovernanceStore, assessment_id: UUID, now: datetime
) -> OpeningView | Refused:
    given = store.assessment(assessment_id)
    if given is None:
        return refusal(GONE)
    if given.state is not AssessmentState.DRAFT:
        return refusal(NOT_A_DRAFT)
    rows, iso = store.assessed(given.id), iso_of(store)
    people = people_in(store, (one.owner for one in rows))
    unowned = tuple(one.number for one in rows if not is_owned(one, people))
    past = [one.number for one in rows if one.due <= today(store, now)]
    if past:
        return refusal(DUE_PASSED, numbers=", ".join(past[:10]))
    owners = {one.owner for one in rows if is_owned(one, people)}
    if unowned:
        if iso is None:
            return refusal(NO_ISO)
        owners.add(iso.id)
    return OpeningView(
        assessment=given,
        people=len(owners),
        total=len(rows),
        unowned=unowned,
        stays_with=iso.name if iso else "",
    )


def open_it(
    store: GovernanceStore, actor: Actor, command: OpenAssessment, now: datetime
) -> RunView | OpeningView | Refused:
    """Ask every owner. Safeguards without an owner go to the ISO."""
    store.lock_assessment(command.assessment_id)
    shown = show_opening(store, command.assessment_id, now)
    if isinstance(shown, Refused) or len(shown.unowned) != command.unowned:
        return shown
    opened = replace(shown.assessment, state=AssessmentState.OPEN, opened_at=now)
    iso = iso_of(store)
    if iso is not None:
        store.put_assessed(
            [
                replace(one, owner=iso.id, handed_by=None)
                for one in store.assessed(opened.id)
                if one.number in shown.unowned
            ]
        )
    store.put_assessment(opened)
    bring_up_to_date(store, DUTY, now)
    store.audit(actor.person_id, f"assessment opened: {shown.people} people asked", opened.id, now)
    return run_view(store, opened, asked=shown.people)


def show_closing(store: GovernanceStore, assessment_id: UUID) -> ClosingView | Refused:
    given = store.assessment(assessment_id)
    if given is None:
        return refusal(GONE)
    if given.state is not AssessmentState.OPEN:
        return refusal(CLOSED if given.state is AssessmentState.CLOSED else DRAFT_STILL)
    rows = store.assessed(given.id)
    return ClosingView(
        assessment=given,
        total=len(rows),
        unassessed=tuple(one.number for one in rows if one.waiting),
        unconfirmed=_in(rows, AnswerState.DONE),
    )


def close(
    store: GovernanceStore, actor: Actor, command: CloseAssessment, now: datetime
) -> RunView | ClosingView | Refused:
    """From now on, nothing in it can be changed, and no one is asked."""
    store.lock_assessment(command.assessment_id)
    shown = show_closing(store, command.assessment_id)
    if isinstance(shown, Refused) or shown.left != command.left:
        return shown
    closed = replace(shown.assessment, state=AssessmentState.CLOSED, closed_at=now)
    store.put_assessment(closed)
    bring_up_to_date(store, DUTY, now)
    said = f"assessment closed: {shown.left} of {shown.total} not confirmed"
    store.audit(actor.person_id, said, closed.id, now)
    return run_view(store, closed)


OPERATIONS: Operations = (
    Operation(
        command=WriteAssessment,
        run=write,
        may=security_office,
        button="write-assessment",
        form_button="assessment-form",
        carries=("assessment_id",),
        opens=open_form,
        fits=unfit,
    ),
    Operation(command=ShowRun, shows=True, run=show_run, may=offices, button="assessment-run"),
    Operation(
        command=ShowOpening,
        run=lambda store, _, command, now: show_opening(store, command.assessment_id, now),
        may=security_office,
        reads=True,
        button="assessment-opening",
    ),
    Operation(command=OpenAssessment, run=open_it, may=security_office, button="open-assessment"),
    Operation(command=DropAssessment, run=drop, may=security_office, button="drop-assessment"),
    Operation(
        command=ShowClosing,
        run=lambda store, _, command, __: show_closing(store, command.assessment_id),
        may=security_office,
        reads=True,
        button="assessment-closing",
    ),
    Operation(command=CloseAssessment, run=close, may=security_office, button="close-assessment"),
)
