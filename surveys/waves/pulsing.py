"""A wave's times: launch, open, remind, extend (its end is in ``closing``). The clock may come
late, twice, or out of order: each activity looks at what the wave has become and changes nothing
where it is done already."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.people import Person
from surveys.authoring.cautions import cautions
from surveys.commands import CloseWave, ExtendWave, LaunchSurvey, OpenWave, RemindWave
from surveys.messages import PanelReach, Rejected, WaveLaunched
from surveys.ports import SurveyStore
from surveys.questions import Unfit
from surveys.survey import Wave, WaveState
from surveys.waves.closing import stop_answers
from surveys.waves.launching import (
    MOST_REMINDERS,
    draw_launch,
    note_reach,
    objections,
    opening,
    reach_of,
    selection_of,
)
from surveys.waves.reaching import Foreseen, draw, foresee, told_reach

READ_WARNINGS = "survey launched with its warnings read"
"""In the audit: whoever launched it said so."""


def launch(
    store: SurveyStore, actor: Person | None, command: LaunchSurvey, now: datetime
) -> WaveLaunched | Rejected:
    """Fix a survey's questions, times and tables as a wave, and open it where it is time.

    ``actor`` None is the command line. Launching the same wave again answers as the first time.
    """
    there = store.wave(command.wave_id)
    if there is not None:
        return replace(_launched(store, there, reach_again(store, there, now)), again=True)
    command = replace(command, selection=selection_of(store, command))
    opens_at = opening(command, now)
    drawn = draw_launch(store, command, now)
    unfit = objections(store, command, drawn, now)
    if unfit:
        return Rejected(unfit=unfit)
    wave = Wave(
        id=command.wave_id,
        survey=command.survey,
        audience=command.audience,
        opens_at=opens_at,
        closes_at=command.closes_at,
        reminders=tuple(sorted(command.reminders)),
        launched_by=actor.id if actor else None,
        selection=command.selection,
        despite_limit=command.despite_limit,
        continues=command.continues,
        series=command.series,
        hold=command.hold,
        rules=store.release_rules(),
    )
    if store.add_wave(wave):
        store.decide_invitations(wave, drawn.people, now, by_lot=drawn.frame.by_lot)
        store.audit(wave.launched_by, "survey launched", wave.id, now)
        if wave.hold:
            store.audit(wave.launched_by, "records hold set", wave.id, now)
        if command.read_warnings and cautions(wave.survey):
            store.audit(wave.launched_by, READ_WARNINGS, wave.id, now)
        store.note_version(wave, now)
        _plan(store, wave)
        if opens_at <= now:
            open_wave(store, OpenWave(wave_id=wave.id), now)
    reach = reach_of(store, command, drawn)
    note_reach(store, actor, wave.id, reach, drawn.frame, now)
    return _launched(store, wave, reach)


def open_wave(store: SurveyStore, command: OpenWave, now: datetime) -> None:
    """Freeze the panel and ask everybody in it. Too late to open is closed instead."""
    wave = store.wave(command.wave_id)
    if wave is None or wave.state is not WaveState.PLANNED:
        return
    if now >= wave.closes_at:
        stop_answers(store, CloseWave(wave_id=wave.id, due=True), now)
        return
    spares = wave.despite_limit is None
    drawn = draw(store, wave.audience, wave.selection, now, spares=spares)
    store.put_frame(wave.id, drawn.frame, now)
    store.set_wave_state(wave.id, WaveState.OPEN)
    store.invite(wave, drawn.people, now, by_lot=drawn.frame.by_lot)


def remind_wave(store: SurveyStore, command: RemindWave, now: datetime) -> None:
    """Ask those again who neither answered nor declined. A reminder that comes so late that the
    next one is due as well is left to the next: nobody gets two at once."""
    wave = store.wave(command.wave_id)
    if wave is None or wave.state is not WaveState.OPEN or now >= wave.closes_at:
        return
    if not 1 <= command.number <= min(len(wave.reminders), MOST_REMINDERS):
        return
    if any(at <= now for at in wave.reminders[command.number :]):
        return
    store.remind(wave, command.number, now)


def extend_wave(store: SurveyStore, command: ExtendWave, now: datetime) -> Rejected | None:
    """Move the closing to a later time. Who was told the old one hears the new one in the next
    reminder and wherever they look; a closing is never moved forward, because somebody may count
    on it: to end it earlier it is closed."""
    wave = store.wave(command.wave_id)
    if wave is None or wave.state is WaveState.CLOSED or now >= wave.closes_at:
        return Rejected(unfit={"closes_at": Unfit(why="This survey has closed already.")})
    if command.closes_at <= wave.closes_at:
        why = "Choose a later time than the current closing time."
        return Rejected(unfit={"closes_at": Unfit(why=why)})
    store.set_closing(wave.id, command.closes_at, now)
    minutes = int((command.closes_at - wave.opens_at).total_seconds() // 60)
    store.schedule("close", wave.id, command.closes_at, minutes)  # its number: one for each time
    return None


def _plan(store: SurveyStore, wave: Wave) -> None:
    store.schedule("open", wave.id, wave.opens_at)
    for number, at in enumerate(wave.reminders, start=1):
        store.schedule("remind", wave.id, at, number)
    store.schedule("close", wave.id, wave.closes_at)


def reach_again(store: SurveyStore, wave: Wave, now: datetime) -> PanelReach:
    """Of a launch that is repeated: as it was told the first time, where it has opened."""
    frame = store.frame_of(wave.id)
    spares = wave.despite_limit is None
    if frame is None:
        found = foresee(store, wave.audience, wave.selection, now, spares=spares)
    else:
        found = Foreseen(panel=store.panel_size(wave.id), frame=frame)
    limit = store.asking_limit() if spares else None
    return told_reach(found, wave.selection, limit, despite=not spares)


def _launched(store: SurveyStore, wave: Wave, reach: PanelReach) -> WaveLaunched:
    return WaveLaunched(
        wave_id=wave.id,
        title=wave.survey.title,
        people=reach.people,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        held=store.held_of(wave.audience, wave.opens_at),
        reach=reach,
    )
