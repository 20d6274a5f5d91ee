"""What the clock's entries mean: each row of ``schedule`` is one command at one time."""

from __future__ import annotations

from uuid import UUID

from governance.alarming import of_number
from governance.commands import (
    Command,
    EscalateCase,
    KeepHouse,
    LapseApproval,
    LeaveTogether,
    RemindDockets,
    RemindReader,
    RemindTakers,
    RepeatSurvey,
    StartAnnouncement,
    TellDigests,
    TellTrends,
    TellTriage,
)
from surveys.commands import CloseWave, OpenWave, RemindWave

OPEN, REMIND, CLOSE, ANNOUNCE = "open", "remind", "close", "announce"


def command_of(kind: str, subject: UUID, number: int) -> Command:
    """The command of an entry. ``ValueError`` for a kind nobody knows (a newer version's row)."""
    match kind:
        case "open":
            return OpenWave(wave_id=subject)
        case "remind":
            return RemindWave(wave_id=subject, number=number)
        case "close":
            return CloseWave(wave_id=subject, due=True)
        case "keep-house":
            return KeepHouse()
        case "remind-dockets":  # REMIND_DOCKETS
            return RemindDockets()
        case "tell-trends":  # TELL_TRENDS
            return TellTrends()
        case "tell-triage":  # TELL_TRIAGE
            return TellTriage()
        case "leave-together":
            return LeaveTogether(bulk_id=subject)
        case "tell-digests":
            return TellDigests()
        case "announce":
            return StartAnnouncement(announcement_id=subject)
        case "lapse":
            return LapseApproval(announcement_id=subject)
        case "urgent":  # ESCALATE
            urgency, rung = of_number(number)
            return EscalateCase(item_id=subject, urgency=urgency, rung=rung)
        case "restricted-daily":  # REMIND
            return RemindReader()
        case "left-open":  # LEFT_OPEN
            return RemindTakers()
        case "repeat":  # REPEAT
            return RepeatSurvey(series_id=subject)
        case _:
            raise ValueError(f"the clock has an entry of an unknown kind: {kind!r}")
