"""A reader that starts in no time, finds a danger that no pattern knows, and is broken by what
begins with "raise", "loop", "stop" or "die"."""

from __future__ import annotations

import os
import signal

from core.people import Level, Role
from governance.feedback.model import Destination, Likely, Reading, Tone, Urgency
from governance.reading import child, worker

SERVE = "from tests.governance.reading.breaking import serve; serve()"
"""In place of ``child.SERVE``."""


HINTED = "She gave me her hoodie and asked who would feed her cat"
"""Danger in words that only a reader understands."""


class _Breaks:
    def alarms(self, text: str) -> tuple[Urgency, ...]:
        return (Urgency.SAFETY,) if HINTED in text else ()

    def theme(self, redacted: str) -> str:
        self.read(redacted, None, None)
        return "wifi"

    def read(self, text: str, role: Role | None, level: Level | None) -> Reading:
        match text.partition(":")[0]:
            case "raise":
                raise ValueError(text)
            case "loop":
                while True:
                    pass
            case "stop":
                os.kill(os.getpid(), signal.SIGSTOP)
            case "die":
                os._exit(1)
        return Reading(
            redacted=text,
            spans=(),
            tone=Tone.NEUTRAL,
            polarity=0.0,
            urgency=next(iter(self.alarms(text)), None),
            destination=Destination.COMMITTEE,
            committees=(Likely(committee="net", probability=1.0),),
            confidence=1.0,
        )


def _learn_nothing(lessons: worker._Lessons) -> None:
    worker._reader = _Breaks()  # type: ignore[assignment]


def serve() -> None:
    worker._learn = _learn_nothing
    worker.READING_SECONDS = 0.5
    child.serve()
