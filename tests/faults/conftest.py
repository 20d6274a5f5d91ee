"""Faults log many tracebacks: drawn for a terminal each takes a third of a second."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

from tests.plain_logs import plain_logs


@pytest.fixture(autouse=True)
def logs_in_lines() -> Iterator[None]:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(),
        ]
    )
    yield
    plain_logs()
