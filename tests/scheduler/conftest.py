"""What workers need of a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scheduler.job_schema import whole_schema
from tests.postgres import fresh_database
from tests.scheduler.jobs_town import ask


@pytest.fixture
def address() -> Iterator[str]:
    """Of a PostgreSQL with the jobs' tables and nothing else."""
    with fresh_database() as url:
        ask(url, whole_schema())
        yield url
