"""What the clock's entries mean: each row of ``schedule`` is one command at one time."""

from __future__ import annotations

from uuid import UUID

from governance.commands import (
    Command,
    KeepHouse,
    LapseApproval,
    RepeatSurvey,
    StartAnnouncement,
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
        case "announce":
            return StartAnnouncement(announcement_id=subject)
        case "lapse":
            return LapseApproval(announcement_id=subject)
        case "repeat":  # REPEAT
            return RepeatSurvey(series_id=subject)
        case _:
            raise ValueError(f"the clock has an entry of an unknown kind: {kind!r}")
