"""Structured logs: one id through a whole trip, and never a person beside an answer."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict

from storage.unavailable import UnavailableError, UnconfirmedError


def set_up_logs(style: str, *, quiet: bool = False) -> None:
    """``style``: ``text`` for people, ``json`` for machines; ``quiet``: warnings and worse."""
    level = logging.WARNING if quiet else logging.INFO
    last = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            # The default prints every frame's local variables: who answered, and what they said.
            exception_formatter=structlog.dev.plain_traceback,
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _in_one_line,
            structlog.processors.format_exc_info,
            last,
        ]
        if style == "json"
        else [
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
            _in_one_line,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, force=True)


def _in_one_line(_: object, method: str, event: EventDict) -> EventDict:
    """That the database is away or its disk full is no fault of the program: why, and no trace."""
    raised = event.get("exc_info")
    error = sys.exc_info()[1] if raised is True else raised
    if isinstance(error, UnavailableError | UnconfirmedError):
        del event["exc_info"]
        event["why"] = str(error)
    return event
