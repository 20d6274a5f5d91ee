"""Campaigns under way as every platform draws them: stopped, sent again, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from governance.announcements import (
    Announcement,
    AnnouncementState,
    Missed,
    Outcome,
    Reason,
    Tally,
)
from governance.messages import Message, Progress, RecallForm, ResendForm, WaveHalted
from surveys.words import Text


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
                why="Has blocked Sounding Board in Teams. They can unblock it in the chat.",
                people=12,
            ),
            Reason(outcome=Outcome.FAILED, why=hostile, people=1),
        ),
    )
    title = Text(default=hostile)
    some = Missed(failed=2, unreachable=95, stopped=1200, unknown=3, waiting=12, left=4, seconds=9)
    return {
        "progress_going": Progress(announcement=sending, tally=tally),
        "progress_ended": Progress(announcement=sending, tally=ended),
        "progress_stopped": Progress(
            announcement=replace(sending, stopped_at=start + timedelta(minutes=9)),
            tally=replace(ended, stopped=1200),
        ),
        "progress_recalled": Progress(
            announcement=replace(sending, stopped_at=start, recalled_at=start),
            tally=replace(ended, sent=40, recalled=5660, recalling=38, kept=2, stopped=1200),
        ),
        "wave_stopped": WaveHalted(wave_id=announcement.id, title=title, stopped=True, people=1200),
        "wave_resumed": WaveHalted(wave_id=announcement.id, title=title, stopped=False, people=1),
        "resend_form": ResendForm(announcement_id=announcement.id, title=title, missed=some),
        "resend_form_unknown": ResendForm(
            announcement_id=announcement.id, title=title, missed=Missed(unknown=1)
        ),
        "resend_form_nobody": ResendForm(
            announcement_id=announcement.id, title=title, missed=Missed()
        ),
        "recall_form": RecallForm(
            announcement_id=announcement.id,
            title=title,
            sent=5700,
            queued=1200,
            unknown=3,
            seconds=7600,
        ),
    }
