"""The service's log as a machine reads it, and what must never stand in it."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from bot.app.logs import set_up_logs
from tests.journeys.town import small_roster
from tests.plain_logs import plain_logs

SAID = (
    "in the portables",
    "wifi in the gym",
    "access points arrive",
    "Is it the wiring",
    "wifi is slow",
    "projector hums",
)
"""Words that the journeys' people type as feedback, as comments and as answers to them."""


files: list[Path] = []
"""Where other processes of the service log to."""


@dataclass
class Log:
    """Everything that was logged so far."""

    written: StringIO = field(default_factory=StringIO)

    @property
    def text(self) -> str:
        others = [file.read_text() for file in files if file.exists()]
        return "".join((self.written.getvalue(), *others))

    def lines(self, **having: Any) -> list[dict[str, Any]]:
        """The structured lines with these values, in order."""
        read = [json.loads(line) for line in self.text.splitlines() if line.startswith("{")]
        return [line for line in read if having.items() <= line.items()]

    def private(self) -> list[str]:
        """What was told of people, and must not have been."""
        people = small_roster(40).people
        names = [f"{one.given_name} {one.family_name}" for one in people]
        text = self.text.casefold()
        return [
            told for told in (*SAID, *names, *(p.email for p in people)) if told.casefold() in text
        ]


@contextmanager
def logged() -> Iterator[Log]:
    """Log as the service does in production, into memory."""
    root, standard = logging.getLogger(), sys.stderr
    handlers, level = root.handlers[:], root.level
    log = Log()
    files.clear()
    try:
        sys.stderr = log.written
        set_up_logs("json")
    finally:
        sys.stderr = standard
    try:
        yield log
    finally:
        plain_logs()
        logging.captureWarnings(False)
        root.handlers[:] = handlers
        root.setLevel(level)
