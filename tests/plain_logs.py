"""What tests log where nothing else is set up."""

from __future__ import annotations

import structlog


def plain_logs() -> None:
    """structlog's defaults, but for errors: its own drawing of one, with the variables of every
    frame, takes seconds."""
    structlog.reset_defaults()
    structlog.configure(
        processors=[
            *structlog.get_config()["processors"][:-1],
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
