"""The operations of surveys. Their access rules stand on this floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from governance import links
from governance.access import (
    CLOCK,
    CLOCK_TOO,
    OPERATOR_TOO,
    Actor,
    anybody,
    office,
    reader_of_results,
    sees_all_tables,
)
from governance.duties.handlers import administers, building_name
from governance.messages import Done
from governance.operations import Entry, Fields, Operation, Operations, Wake
from governance.ports import GovernanceStore
from governance.second_person.model import Act, Shown
from governance.waves.my_surveys import MOST_LISTED, MySurvey, MySurveys, ShowMySurveys
from surveys.asking import answering
from surveys.commands import (
    AnswerPage,
    CheckLaunch,
    CloseWave,
    DeclineWave,
    ExportResults,
    ExtendWave,
    LaunchSurvey,
    LiftHold,
    OpenWave,
    ReadComments,
    RemindWave,
    SetHold,
    ShowPage,
    ShowResults,
    ShowSaid,
)
from surveys.messages import Rejected
from surveys.results import exporting, looking_back, viewing
from surveys.survey import WaveState
from surveys.waves import closing, launching, pulsing

OPEN, REMIND, CLOSE = "open", "remind", "close"
"""Entries of the clock."""


def _everything(
    store: GovernanceStore, actor: Actor, command: ShowResults | ExportResults | ReadComments
) -> bool:
    return sees_all_tables(actor, store.wave(command.wave_id))


def _open(store: GovernanceStore, _: Actor, command: OpenWave, now: datetime) -> Done:
    pulsing.open_wave(store, command, now)
    return Done()


def _remind(store: GovernanceStore, _: Actor, command: RemindWave, now: datetime) -> Done:
    pulsing.remind_wave(store, command, now)
    return Done()


def _extend(
    store: GovernanceStore, actor: Actor, command: ExtendWave, now: datetime
) -> Done | Rejected:
    rejected = pulsing.extend_wave(store, command, now)
    if rejected is None:
        store.audit(actor.person_id, "survey extended", command.wave_id, now)
    return rejected or Done()


def _close(store: GovernanceStore, actor: Actor, command: CloseWave, now: datetime) -> Done:
    closing.stop_answers(store, command, now, actor.person)
    return Done()


def _hold(store: GovernanceStore, actor: Actor, command: SetHold, now: datetime) -> Done | Rejected:
    return closing.set_hold(store, actor.person, command, now) or Done()


def _lift(store: GovernanceStore, actor: Actor, command: LiftHold, now: datetime) -> Done:
    closing.lift_hold(store, actor.person, command, now)
    return Done()


def show_my_surveys(
    store: GovernanceStore, actor: Actor, now: datetime, page: int = 0
) -> MySurveys:
    """The surveys that a person was asked, those of all of the staff that have closed, and what
    there is to do or to read. No figure is in it: what was published has its own page."""
    person = actor.somebody
    listed, paging = store.surveys_for(person.id, page, MOST_LISTED)
    ids = [wave_id for wave_id, _ in listed]
    store.waves_ahead_of(ids)
    heard = store.heard_at(ids)
    found = [(store.wave(wave_id), became) for wave_id, became in listed]
    return MySurveys(
        surveys=tuple(
            MySurvey(
                wave_id=wave.id,
                title=wave.survey.title,
                closes_at=wave.closes_at,
                became=became,
                open=wave.state is WaveState.OPEN and now < wave.closes_at,
                held=wave.state is WaveState.CLOSED and wave.hold,
                heard_at=heard.get(wave.id),
                tables=sees_all_tables(actor, wave),
                questions=len(wave.survey.questions),
                minutes=wave.survey.effort,
            )
            for wave, became in found
            if wave is not None
        ),
        building=building_name(store, person) if administers(person) and not actor.cto else "",
        paging=paging,
    )


def launched(store: GovernanceStore, launch: LaunchSurvey) -> Shown:
    """What a second person is shown of a launch."""
    return Shown(
        act=Act.SURVEY,
        title=launch.survey.title,
        words=tuple(one.prompt for one in launch.survey.questions),
        audience=launch.audience,
        at=launch.opens_at,
        sampled=launch.selection is not None,
        limit=store.asking_limit() if launch.despite_limit is None else None,
    )


def _opened(store: GovernanceStore, command: OpenWave, _: datetime) -> Shown | None:
    wave = store.wave(command.wave_id)
    if wave is None or wave.state is not WaveState.PLANNED:
        return None
    return Shown(
        act=Act.SURVEY,
        title=wave.survey.title,
        words=tuple(one.prompt for one in wave.survey.questions),
        audience=wave.audience,
        path=links.surveys(""),
        by=wave.launched_by,
        sampled=wave.selection is not None,
        limit=store.asking_limit() if wave.despite_limit is None else None,
    )


def _filled(command: AnswerPage, fields: Fields) -> AnswerPage:
    return replace(command, answers=dict(fields))


OPERATIONS: Operations = (
    Operation(
        command=ShowPage,
        run=lambda store, actor, command, now: answering.show_page(
            store, actor.somebody, command, now
        ),
        may=anybody,
        reads=True,
        of_offices=False,
        button="page",
        carries=("page",),
    ),
    Operation(
        command=AnswerPage,
        keeps_drafts=False,
        refreshes_home=True,
        form=lambda command: ShowPage(wave_id=command.wave_id, page=command.page),
        run=lambda store, actor, command, now: answering.answer_page(
            store, actor.somebody, command, now
        ),
        may=anybody,
        together=True,
        of_offices=False,
        button="answer",
        carries=("back",),
        fill=_filled,
    ),
    Operation(
        command=DeclineWave,
        refreshes_home=True,
        run=lambda store, actor, command, now: answering.decline(
            store, actor.somebody, command, now
        ),
        may=anybody,
        of_offices=False,
        button="decline",
    ),
    Operation(
        command=ShowSaid,
        run=lambda store, actor, command, now: looking_back.show_said(
            store, actor.somebody, command, now
        ),
        may=anybody,  # it is looked for under who asks, and nobody else
        reads=True,
        of_offices=False,
        button="said",
    ),
    Operation(
        command=ShowMySurveys,
        run=lambda store, actor, command, now: show_my_surveys(store, actor, now, command.page),
        may=anybody,
        reads=True,
        button="surveys",
    ),
    Operation(
        command=ShowResults,
        shows=True,
        run=lambda store, actor, command, now: viewing.show_results(
            store, actor.somebody, command, now, _everything(store, actor, command)
        ),
        may=reader_of_results,
        button="results",
    ),
    Operation(
        command=ExportResults,
        shows=True,
        run=lambda store, actor, command, now: exporting.export(
            store, actor.somebody, command, now, _everything(store, actor, command)
        ),
        may=reader_of_results,
    ),
    Operation(
        command=ReadComments,
        shows=True,
        run=lambda store, actor, command, now: exporting.read_comments(
            store, actor.somebody, command, now, _everything(store, actor, command)
        ),
        may=reader_of_results,
    ),
    Operation(
        command=LaunchSurvey,
        run=lambda store, actor, command, now: pulsing.launch(store, actor.person, command, now),
        may=office,
        by=OPERATOR_TOO,
        due=lambda command: (command.opens_at, *command.reminders, command.closes_at),
        second=lambda store, command, _: launched(store, command),
    ),
    Operation(
        command=CheckLaunch,
        shows=True,
        run=lambda store, actor, command, now: launching.check(store, actor.person, command, now),
        may=office,
        by=OPERATOR_TOO,
    ),
    Operation(
        command=ExtendWave,
        run=_extend,
        may=office,
        by=OPERATOR_TOO,
        due=lambda command: (command.closes_at,),
    ),
    Operation(
        command=CloseWave,
        run=_close,
        may=office,
        by=OPERATOR_TOO | CLOCK_TOO,
        wakes=frozenset({Wake.CLOSINGS}),
        entry=Entry(kind=CLOSE, command=lambda subject, _: CloseWave(wave_id=subject, due=True)),
    ),
    Operation(command=SetHold, run=_hold, may=office, by=OPERATOR_TOO),
    Operation(
        command=LiftHold,
        run=_lift,
        may=office,
        by=OPERATOR_TOO,
        wakes=frozenset({Wake.CLOSINGS}),
    ),
    Operation(
        command=OpenWave,
        run=_open,
        may=anybody,
        by=CLOCK,
        entry=Entry(kind=OPEN, command=lambda subject, _: OpenWave(wave_id=subject)),
        second=_opened,
    ),
    Operation(
        command=RemindWave,
        run=_remind,
        may=anybody,
        by=CLOCK,
        entry=Entry(
            kind=REMIND, command=lambda subject, number: RemindWave(wave_id=subject, number=number)
        ),
    ),
)
