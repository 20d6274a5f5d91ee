"""Asking how ready people are for a change, before it and after it.

A pulse is kept until its time comes and is launched then, as a survey that repeats is: so it moves
with the change's day, and the launch's own guard looks at people as they are that day.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from core.forms import Opening
from governance import links
from governance.access import CLOCK, Actor, anybody, refusal, sees_all_tables
from governance.announcements.approvals import second_person
from governance.changes.access import worker_on_change, writer_of_change, writes
from governance.changes.model import ChangeRecord
from governance.messages import Done, Refused
from governance.operations import Entry, Operation, Operations
from governance.ports import GovernanceStore
from governance.pulses import forms
from governance.pulses.asking import (
    NOT_APPROVED,
    TOO_LATE,
    launch_of,
    open_for,
    times,
    too_late,
)
from governance.pulses.commands import (
    NO_PART,
    AskPulse,
    DropPulse,
    LaunchPulse,
    PlanPulse,
    ShowReady,
)
from governance.pulses.findings import findings
from governance.pulses.messages import PulseLine, PulsePlanView, Ready, ReadyView
from governance.pulses.model import FARTHEST_DAYS, USUAL, Moment, Pulse, PulseState
from governance.refusals import NOT_HERE
from governance.second_person.model import INVITATION, Shown
from governance.waves.handlers import launched
from surveys.commands import CheckLaunch
from surveys.messages import Rejected
from surveys.promise import promise
from surveys.questions import Unfit
from surveys.results.model import WaveResults
from surveys.results.viewing import in_the_ledger, was_shown
from surveys.survey import Wave, WaveState
from surveys.waves import launching, pulsing

PULSE = "pulse"
"""The kind of the clock's entries."""

ASKED = "This was already asked. It can be asked once before a change and once after it."

_PART = re.compile(r"(?P<people>\d{1,6})|(?P<share>\d{1,3}(?:[.,]\d)?) ?%")

_USUAL_SHARE = "25%"
_SMALL = 200
"""Up to so many people, all of them are asked where nobody says otherwise."""


# -- what there is -----------------------------------------------------------------------------


def ready(store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime) -> Ready:
    """As this reader may see it."""
    there = {one.moment: one for one in store.pulses(record.id)}
    kept = {moment: one for moment, one in there.items() if one.state is not PulseState.DRAFT}
    committee = store.district().committee(record.committee)
    return Ready(
        change_id=record.id,
        lines=tuple(_line(store, actor, record, one, now) for one in kept.values()),
        can=_can(store, record, now),
        asks=writes(actor, record),
        sees=actor.cto or record.committee in actor.standing.sits,
        committee=committee.name if committee else "",
    )


def _line(
    store: GovernanceStore, actor: Actor, record: ChangeRecord, pulse: Pulse, now: datetime
) -> PulseLine:
    wave = store.wave(pulse.wave_id)
    if wave is None:
        opens, closes = times(store, record, pulse, now)
        return PulseLine(pulse=pulse, opens_at=opens, closes_at=closes)
    results = _results(store, actor, wave)
    sits = bool(actor.standing.sits & set(wave.survey.committees))
    shown = results is not None and was_shown(store, actor.person, results, committee=sits)
    return PulseLine(
        pulse=pulse,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        closed=wave.state is WaveState.CLOSED,
        findings=findings(results) if results and shown else None,
        unopened=results is not None and not shown,
    )


def _results(store: GovernanceStore, actor: Actor, wave: Wave) -> WaveResults | None:
    """The final ones, for whoever sees all tables: the same to whom they were sent at the
    closing."""
    if wave.state is not WaveState.CLOSED or not sees_all_tables(actor, wave):
        return None
    results = store.results(wave.id)
    return results if results is not None and results.final else None


def _can(store: GovernanceStore, record: ChangeRecord, now: datetime) -> tuple[Moment, ...]:
    """Which pulses can still be asked, or changed before they are."""
    if not open_for(record):
        return ()
    found = []
    for moment in Moment:
        pulse = store.pulse(record.id, moment)
        usual = Pulse(
            change_id=record.id, moment=moment, wave_id=record.id, days=USUAL[moment], share=1
        )
        asked = pulse is not None and pulse.state is PulseState.ASKED
        if not asked and not too_late(store, record, usual, now):
            found.append(moment)
    return tuple(found)


def show(
    store: GovernanceStore, actor: Actor, command: ShowReady, now: datetime
) -> ReadyView | Refused:
    record = store.change(command.change_id)
    if record is None:
        return refusal(NOT_HERE)
    for one in store.pulses(record.id):
        wave = store.wave(one.wave_id)
        if wave is not None and (results := _results(store, actor, wave)):
            store.note_release(wave.id, actor.person_id, in_the_ledger(results), now)
    return _view(store, actor, record, now)


def _view(store: GovernanceStore, actor: Actor, record: ChangeRecord, now: datetime) -> ReadyView:
    return ReadyView(title=record.words.title, ready=ready(store, actor, record, now))


# -- planning ----------------------------------------------------------------------------------


def open_plan(
    store: GovernanceStore, _: Actor, command: PlanPulse, now: datetime
) -> Opening | Refused:
    record = store.change(command.change_id)
    if record is None:
        return refusal(NOT_HERE)
    if not open_for(record):
        return Refused(why=NOT_APPROVED)
    can = _can(store, record, now)
    if not can:
        return refusal(ASKED)
    drafts = [one for one in store.pulses(record.id) if one.moment in can]
    kept = drafts[0] if drafts else None
    usual = "100%" if store.reach(record.audience, now).people <= _SMALL else _USUAL_SHARE
    values = {
        "moment": kept.moment if kept else can[0],
        "part": kept.part if kept else usual,
        "days": str(kept.days) if kept else "",
    }
    return forms.pulse(record.id, can, values)


def unfit_plan(
    store: GovernanceStore, _: Actor, command: PlanPulse, now: datetime
) -> dict[str, Unfit]:
    record, there = store.change(command.change_id), store.pulse(command.change_id, command.moment)
    pulse, unfit = _typed(command)
    if there is not None and there.state is PulseState.ASKED:
        unfit["moment"] = Unfit(why=ASKED)
    elif record is not None and not unfit and too_late(store, record, pulse, now):
        unfit["moment"] = TOO_LATE
    return unfit


def plan(
    store: GovernanceStore, actor: Actor, command: PlanPulse, now: datetime
) -> PulsePlanView | Rejected | Refused:
    record = store.lock_change(command.change_id)
    if record is None:
        return refusal(NOT_HERE)
    if not open_for(record):
        return Refused(why=NOT_APPROVED)
    there = store.pulse(record.id, command.moment)
    if there is not None and there.state is PulseState.ASKED:
        return refusal(ASKED)
    # Planned anew, it is another survey: no approval of the last plan counts for it.
    pulse = replace(_typed(command)[0], wave_id=uuid4(), by=actor.person_id)
    launch = launch_of(store, record, pulse, now)
    checked = launching.check(store, actor.person, CheckLaunch(launch=launch), now)
    if checked.unfit:
        return Rejected(unfit={"part": next(iter(checked.unfit.values()))})
    store.put_pulse(pulse)
    survey = launch.survey
    return PulsePlanView(
        change_id=record.id,
        moment=pulse.moment,
        title=survey.title,
        statements=tuple(one.prompt for one in survey.counted),
        opens_at=launch.opens_at,
        closes_at=launch.closes_at,
        reach=checked.reach,
        promise=promise(
            survey,
            committees=store.committee_names(survey.committees),
            rules=store.release_rules(),
            asked=checked.reach.people,
        ),
        held=checked.held,
        second=second_person(store, actor.person_id, checked.reach.people),
    )


def _typed(command: PlanPulse) -> tuple[Pulse, dict[str, Unfit]]:
    unfit: dict[str, Unfit] = {}
    part = _PART.fullmatch(command.part.strip())
    people = int(part["people"]) if part and part["people"] else None
    share = float(part["share"].replace(",", ".")) / 100 if part and part["share"] else None
    if part is None:
        unfit["part"] = Unfit(why=NO_PART)
    days, said = USUAL[command.moment], command.days.strip()
    if said and not (said.isascii() and said.isdigit() and 1 <= int(said) <= FARTHEST_DAYS):
        why = "Enter a number of school days, up to {most}."
        unfit["days"] = Unfit(why=why, values={"most": FARTHEST_DAYS})
    elif said:
        days = int(said)
    pulse = Pulse(
        change_id=command.change_id,
        moment=command.moment,
        wave_id=command.change_id,
        days=days,
        people=people,
        share=share,
    )
    return pulse, unfit


def ask(
    store: GovernanceStore, actor: Actor, command: AskPulse, now: datetime
) -> ReadyView | Refused:
    """Pressed twice, it is asked once."""
    record = store.lock_change(command.change_id)
    pulse = store.pulse(command.change_id, command.moment)
    if record is None or pulse is None:
        return refusal(NOT_HERE)
    if not open_for(record):
        return Refused(why=NOT_APPROVED)
    if pulse.state is not PulseState.ASKED:
        asked = launching.draw_launch(store, launch_of(store, record, pulse, now), now)
        lot = asked.frame.by_lot
        store.need_second_person(INVITATION, pulse.wave_id, asked.people, now, by_lot=lot)
        planned = replace(pulse, state=PulseState.PLANNED, by=actor.person_id)
        store.put_pulse(planned)
        store.audit(actor.person_id, f"readiness survey planned: {pulse.moment}", record.id, now)
        _take_up(store, record, planned, now)
    return _view(store, actor, record, now)


def drop(
    store: GovernanceStore, actor: Actor, command: DropPulse, now: datetime
) -> ReadyView | Refused:
    record = store.lock_change(command.change_id)
    pulse = store.pulse(command.change_id, command.moment)
    if record is None:
        return refusal(NOT_HERE)
    if pulse is not None and pulse.state is PulseState.ASKED:
        return refusal(ASKED)
    if pulse is not None:
        store.drop_pulse(pulse)
        store.audit(actor.person_id, f"readiness survey dropped: {pulse.moment}", record.id, now)
    return _view(store, actor, record, now)


# -- the clock ---------------------------------------------------------------------------------


def launch(store: GovernanceStore, command: LaunchPulse, now: datetime) -> Done:
    """Late, twice or out of order: it looks at what the change has become."""
    pulse = store.pulse_of_wave(command.wave_id)
    record = store.lock_change(pulse.change_id) if pulse else None
    if pulse is not None and record is not None and pulse.state is PulseState.PLANNED:
        _take_up(store, record, pulse, now)
    return Done()


def replan(store: GovernanceStore, record: ChangeRecord, now: datetime) -> None:
    """After its day was moved: what was not asked yet moves along."""
    for pulse in store.pulses(record.id):
        if pulse.state is PulseState.PLANNED:
            _take_up(store, record, pulse, now)


def _take_up(store: GovernanceStore, record: ChangeRecord, pulse: Pulse, now: datetime) -> None:
    """Launch it where its time has come, else have the clock come back to it."""
    if not open_for(record):
        _leave_out(store, pulse, Unfit(why="The change was withdrawn."), now)
        return
    if too_late(store, record, pulse, now):
        _leave_out(store, pulse, TOO_LATE, now)
        return
    command = launch_of(store, record, pulse, now)
    if command.opens_at is not None:
        minute = int(command.opens_at.timestamp() // 60)  # one entry for each
        store.schedule(PULSE, pulse.wave_id, command.opens_at, minute)
        return
    by = store.person(pulse.by) if pulse.by else None
    said = pulsing.launch(store, by, command, now)
    if isinstance(said, Rejected):
        _leave_out(store, pulse, next(iter(said.unfit.values())), now)
    else:
        store.put_pulse(replace(pulse, state=PulseState.ASKED))


def _leave_out(store: GovernanceStore, pulse: Pulse, why: Unfit, now: datetime) -> None:
    values = {name: str(value) for name, value in why.values.items()}
    store.put_pulse(replace(pulse, state=PulseState.LEFT_OUT, why=why.why, values=values))
    store.audit(None, f"readiness survey left out: {pulse.moment}", pulse.change_id, now)


def _shown(store: GovernanceStore, command: AskPulse | LaunchPulse, now: datetime) -> Shown | None:
    pulse = (
        store.pulse_of_wave(command.wave_id)
        if isinstance(command, LaunchPulse)
        else store.pulse(command.change_id, command.moment)
    )
    record = store.change(pulse.change_id) if pulse else None
    if pulse is None or record is None:
        return None
    launch = launch_of(store, record, pulse, now)
    by = pulse.by if isinstance(command, LaunchPulse) else None
    return replace(launched(store, launch), path=links.change("", record.id), by=by)


OPERATIONS: Operations = (
    Operation(command=ShowReady, shows=True, run=show, may=worker_on_change, button="ready"),
    Operation(
        command=PlanPulse,
        run=plan,
        may=writer_of_change,
        button="plan-ready",
        form_button="ready-form",
        opens=open_plan,
        fits=unfit_plan,
    ),
    Operation(command=AskPulse, run=ask, may=writer_of_change, button="ask-ready", second=_shown),
    Operation(command=DropPulse, run=drop, may=writer_of_change, button="drop-ready"),
    Operation(
        command=LaunchPulse,
        run=lambda store, _, command, now: launch(store, command, now),
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=PULSE, command=lambda subject, _: LaunchPulse(wave_id=subject)),
        second=_shown,
    ),
)
