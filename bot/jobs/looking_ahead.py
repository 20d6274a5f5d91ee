"""Reading everybody whom a command reaches before its transaction, and what a Board report tells.

With 70,000 people that takes a second or two. Inside a writing transaction nobody else could write
meanwhile. So it is read beside the writer, and the transaction finds it there (``Connected.seen``);
what it does not find it reads by itself, with the same outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from core.commands import Command
from core.people import Audience
from governance.announcements.campaign_commands import StopCampaign
from governance.announcements.commands import (
    ApproveAnnouncement,
    SendAnnouncement,
    StartAnnouncement,
    WriteAnnouncement,
)
from governance.board_reports.commands import (
    ChoosePeriod,
    CorrectReport,
    IssueReport,
    WriteReportWords,
    WriteStories,
)
from governance.board_reports.handlers import chosen_period, gathered
from governance.board_reports.periods import Period
from governance.conclusions.commands import PublishConclusions
from governance.school_days import today
from governance.series.commands import RepeatSurvey
from governance.series.jobs import launch_of
from storage.transaction import Transaction
from surveys import commands as s
from surveys.waves.launching import selection_of
from surveys.waves.reaching import draw
from surveys.waves.sampling import Selection, seeded

Seen = Mapping[object, Any]

TAKES_LONG = (
    WriteAnnouncement,
    SendAnnouncement,
    ApproveAnnouncement,
    StartAnnouncement,
    StopCampaign,
    PublishConclusions,
    RepeatSurvey,
    s.LaunchSurvey,
    s.CheckLaunch,
    s.OpenWave,
    s.RemindWave,
    ChoosePeriod,
    WriteReportWords,
    WriteStories,
    IssueReport,
    CorrectReport,
)


def seeded_launch(command: Command) -> Command:
    """A launch with the seed of its lot: reading ahead and launching draw the same people."""
    if isinstance(command, s.LaunchSurvey):
        return replace(command, selection=seeded(command.selection))
    return command


def seeing(tx: Transaction, ahead: Seen) -> Transaction:
    """The transaction, with what was read ahead for it."""
    for what, value in ahead.items():
        tx.foresee(what, value)
    return tx


def look_ahead(tx: Transaction, command: Command, now: datetime) -> Seen:
    """What a command will ask for that takes long where many people are reached."""
    match command:
        case WriteAnnouncement(audience=audience):
            return _reached(tx, audience)
        case (
            SendAnnouncement(announcement_id=announcement_id)
            | ApproveAnnouncement(announcement_id=announcement_id)
            | StartAnnouncement(announcement_id=announcement_id)
        ):
            return _announced(tx, announcement_id)
        case StopCampaign(subject=subject):
            return _announced(tx, subject)
        case PublishConclusions(wave_id=wave_id):
            return {("panel", wave_id): tx.panel_of(wave_id)}
        case RepeatSurvey(series_id=series_id):
            return _repeated(tx, series_id, now)
        case s.LaunchSurvey():
            return _launched(tx, command, now)
        case s.CheckLaunch(launch=launch):
            return _reached(tx, launch.audience)
        case s.OpenWave(wave_id=wave_id):
            wave = tx.wave(wave_id)
            if wave is None:
                return {}
            spares = wave.despite_limit is None
            return _drawn(tx, wave.audience, wave.selection, now, spares=spares)
        case s.RemindWave(wave_id=wave_id):
            return {("not answered", wave_id): tx.not_answered(wave_id)}
        case ChoosePeriod():
            period = chosen_period(tx, command, today(tx, now))
            return _reported(tx, period, now) if period else {}
        case (
            WriteReportWords(report_id=report_id)
            | WriteStories(report_id=report_id)
            | IssueReport(report_id=report_id)
            | CorrectReport(report_id=report_id)
        ):
            report = tx.board_report(report_id)
            return _reported(tx, report.period, now) if report else {}
        case _:
            return {}


def _reported(tx: Transaction, period: Period, now: datetime) -> Seen:
    """A report that is issued holds its digest beside what was seen, so what changes meanwhile is
    never issued unseen."""
    return {("board report", period): gathered(tx, period, now)}


def _reached(tx: Transaction, audience: Audience) -> Seen:
    return {("reached", audience): tx.reached(audience)}


def _announced(tx: Transaction, announcement_id: UUID) -> Seen:
    found = tx.announcement(announcement_id)
    if found is None or found.sent_at is not None:
        return {}
    return {**_reached(tx, found.audience), ("ids", found.audience): tx.ids_of(found.audience)}


def _launched(tx: Transaction, launch: s.LaunchSurvey, now: datetime) -> Seen:
    selection, spares = selection_of(tx, launch), launch.despite_limit is None
    return {
        **_reached(tx, launch.audience),
        **_drawn(tx, launch.audience, selection, now, spares=spares),
    }


def _drawn(
    tx: Transaction, audience: Audience, selection: Selection | None, now: datetime, *, spares: bool
) -> Seen:
    drawn = draw(tx, audience, selection, now, spares=spares)
    return {("drawn", audience, selection, spares): drawn}


def _repeated(tx: Transaction, series_id: UUID, now: datetime) -> Seen:
    """The launch of its next date. One by a lot that nobody drew yet is drawn when it is launched,
    from the people who are read here."""
    series = tx.series(series_id)
    one = next(iter(tx.coming_dates(series, now)), None) if series else None
    if series is None or one is None:
        return {}
    return _launched(tx, launch_of(tx, series, one, now), now)
