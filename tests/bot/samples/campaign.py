"""Campaigns under way as every platform draws them: stopped, sent again, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from core.people import Audience
from core.text import Text
from governance.announcements.model import (
    Announcement,
    AnnouncementState,
    Missed,
    Outcome,
    Reason,
    Tally,
)
from governance.delivery_reasons import DeliveryReason
from governance.messages import (
    AskAgainCheck,
    Message,
    Progress,
    RecallCheck,
    ResendCheck,
    WaveProgress,
)
from governance.read_reminders.messages import ReadReminder, Unread
from governance.read_reminders.model import BuildingUnread
from surveys.survey import Survey, Wave, WaveState
from tests.bot.samples.digest import told_in_sums
from tests.bot.samples.link import linked
from tests.bot.samples.personal import personal
from tests.bot.samples.recommendation import recommended
from tests.bot.samples.second_person import second_person
from tests.bot.samples.urgent import urgents
from tests.bot.samples.watch import watched


def campaigns(announcement: Announcement, tally: Tally, hostile: str) -> Mapping[str, Message]:
    """``tally`` has an expected end; ``hostile`` is what nobody should have typed."""
    end = tally.expected_end
    assert end is not None
    start = end - timedelta(hours=1)
    sending = replace(announcement, state=AnnouncementState.SENDING, sent_at=start)
    ended = replace(
        tally,
        queued=0,
        expected_end=None,
        reasons=(
            Reason(
                outcome=Outcome.UNREACHABLE,
                why=DeliveryReason.TEAMS_BLOCKED,
                people=12,
            ),
            Reason(outcome=Outcome.FAILED, why=hostile, people=1),
        ),
    )
    title = Text(default=hostile)
    some = Missed(failed=2, unreachable=95, stopped=1200, unknown=3, waiting=12, left=4, seconds=9)
    return {
        **urgents(announcement, tally, hostile, start),
        **second_person(hostile, start),
        **watched(hostile, start),
        **told_in_sums(hostile, start),
        **personal(hostile, start),
        **recommended(hostile, start),
        **linked(hostile, start),
        "progress_going": Progress(announcement=sending, tally=tally),
        "progress_ended": Progress(announcement=sending, tally=ended, led=15),
        "progress_stopped": Progress(
            announcement=replace(sending, stopped_at=start + timedelta(minutes=9)),
            tally=replace(ended, stopped=1200),
        ),
        "progress_recalled": Progress(
            announcement=replace(sending, stopped_at=start, recalled_at=start),
            tally=replace(ended, sent=40, recalled=5660, recalling=38, kept=2, stopped=1200),
        ),
        "progress_outgrown": Progress(announcement=sending, tally=ended, outgrown=True),
        "progress_edited": Progress(
            announcement=replace(sending, edited_at=end),
            tally=replace(ended, edited=5400, corrected=240, editing=60),
        ),
        **_asking(announcement.id, replace(tally, acknowledged=0), ended, hostile),
        "ask_again_check": AskAgainCheck(wave_id=announcement.id, title=title, missed=some),
        "resend_check": ResendCheck(announcement_id=announcement.id, title=title, missed=some),
        "resend_check_unknown": ResendCheck(
            announcement_id=announcement.id, title=title, missed=Missed(unknown=1)
        ),
        "resend_check_nobody": ResendCheck(
            announcement_id=announcement.id, title=title, missed=Missed()
        ),
        "unread": Unread(
            announcement_id=announcement.id,
            title=title,
            buildings=tuple(
                BuildingUnread(building=f"School {n} {hostile}", unread=40 - n, people=60)
                for n in range(17)
            ),
            reminded_at=start - timedelta(days=2),
            may_remind=True,
        ),
        "unread_reminded": Unread(
            announcement_id=announcement.id,
            title=title,
            buildings=(BuildingUnread(building="District Office", unread=1, people=60),),
            reminded_at=start,
            may_remind=False,
        ),
        "read_reminder": ReadReminder(
            announcement_id=announcement.id, title=title, sender="CTO’s office", sent_at=start
        ),
        "recall_check": RecallCheck(
            announcement_id=announcement.id,
            title=title,
            sent=5700,
            queued=1200,
            unknown=3,
            seconds=7600,
        ),
    }


def _asking(wave_id: UUID, tally: Tally, ended: Tally, hostile: str) -> Mapping[str, Message]:
    """``tally``: of an asking that goes on, with its expected end."""
    end = tally.expected_end
    assert end is not None
    start, day = end - timedelta(hours=1), timedelta(days=1)
    text = Text(default=hostile)
    wave = Wave(
        id=wave_id,
        survey=Survey(key="pulse", title=text, asked_by=text, purpose=text, pages=()),
        audience=Audience(),
        opens_at=start,
        closes_at=start + 7 * day,
        reminders=(start + 2 * day,),
        state=WaveState.OPEN,
    )
    going = WaveProgress(
        wave=wave, tally=tally, stopped_at=None, reminders=wave.reminders, seconds=7200
    )
    missed = replace(ended, acknowledged=0)
    return {
        "wave_going": going,
        "wave_asked": replace(going, tally=missed, reminders=(), reminded=wave.reminders),
        "wave_stopped": replace(
            going, tally=replace(missed, stopped=1200), stopped_at=start + timedelta(minutes=9)
        ),
        "wave_of_few": replace(going, tally=None, reminders=()),
        "wave_planned": replace(
            going, wave=replace(wave, state=WaveState.PLANNED), tally=None, seconds=0.0
        ),
    }
