"""How this machine's clock stands to a platform's, by the Date of an answer.

Slack's calls and Microsoft's tokens carry a time. One that differs from ours by more than five
minutes counts as forged, so a wrong clock looks like a chat platform that is dead.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

ALLOWED = timedelta(minutes=5)
"""What a call's time may differ from ours by."""

_NOTED = timedelta(minutes=1)
"""Less comes from the way and from the Date's whole seconds."""

_MEND = "Turn on time synchronization: timedatectl set-ntp true"


def clock_finding(whose: str, date: str, now: datetime) -> tuple[bool, str] | None:
    """Whether our clock agrees with ``whose`` ("Slack's"). ``date`` is the Date header of an
    answer that has just come; None where it is none."""
    try:
        theirs = parsedate_to_datetime(date)
        ahead = now - theirs
    except (TypeError, ValueError):  # no date, or one without a time zone
        return None
    if abs(ahead) < _NOTED:
        return True, f"This machine's clock agrees with {whose}."
    off = _told(abs(ahead))
    side = "ahead of" if ahead > timedelta() else "behind"
    so = (
        "so none of its calls is accepted: they may differ by 5 minutes."
        if abs(ahead) > ALLOWED
        else "and from 5 minutes on none of its calls is accepted."
    )
    return False, f"This machine's clock is {off} {side} {whose}, {so} {_MEND}"


def _told(off: timedelta) -> str:
    minutes = round(off.total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} minute{'s' if minutes != 1 else ''}"
    hours = round(minutes / 60)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"
