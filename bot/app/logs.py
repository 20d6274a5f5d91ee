"""Structured logs: one id through a whole trip, and never a person beside an answer."""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from storage.unavailable import UnavailableError, UnconfirmedError


def set_up_logs(style: str, *, quiet: bool = False) -> None:
    """``style``: ``text`` for people, ``json`` for machines: then what libraries log and warn of
    is JSON too, a line each. ``quiet``: warnings and worse."""
    level = logging.WARNING if quiet else logging.INFO
    in_json = style == "json"
    common: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso" if in_json else "%H:%M:%S", utc=in_json),
        _in_one_line,
    ]
    last: list[Processor] = [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ]
    if not in_json:
        last = [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(),
                # The default prints every frame's local variables: who answered, and with what.
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *common, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),  # a line in one piece
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    if in_json:
        handler.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                foreign_pre_chain=[structlog.stdlib.add_logger_name, *common],
                processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            )
        )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(in_json)


def log_what_nobody_caught() -> None:
    """Of a process: what Python would print as a plain traceback goes to the log."""
    log = structlog.get_logger(__name__)

    def uncaught(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        log.critical("uncaught", exc_info=(kind, error, trace))

    def in_thread(found: threading.ExceptHookArgs) -> None:
        raised = (found.exc_type, found.exc_value, found.exc_traceback)
        log.critical("uncaught", thread=found.thread and found.thread.name, exc_info=raised)

    def unraisable(found: sys.UnraisableHookArgs) -> None:
        raised = (found.exc_type, found.exc_value, found.exc_traceback)
        log.error("unraisable", exc_info=raised)

    sys.excepthook = uncaught
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable


def _in_one_line(_: object, method: str, event: EventDict) -> EventDict:
    """That the database is away or its disk full is no fault of the program: why, and no trace."""
    raised = event.get("exc_info")
    error = sys.exc_info()[1] if raised is True else raised
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, UnavailableError | UnconfirmedError):
        del event["exc_info"]
        event["why"] = str(error)
    return event
