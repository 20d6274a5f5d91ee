"""A child process ends with the service, however that ends, and says of an error only where."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
import time

import psutil
import pytest

from governance.reading.child import Child, ChildAwayError, ChildFaultError

_SERVICE = """
import asyncio, time
from governance.reading.child import Child
child = Child()
print(child.pid, flush=True)
asyncio.run(child.ask(time.sleep, 600, 600))
"""


def _says_what_it_was_given(words: str) -> None:
    raise ValueError(words)


def _largest_core(_: None) -> int:
    return resource.getrlimit(resource.RLIMIT_CORE)[0]


async def test_an_error_says_where_and_not_what_about_and_nothing_is_dumped() -> None:
    child = Child()
    try:
        with pytest.raises(ChildFaultError) as fault:
            await child.ask(_says_what_it_was_given, "I am afraid of my principal", 60)
        assert await child.ask(_largest_core, None, 60) == 0
    finally:
        await child.end()
    assert "_says_what_it_was_given" in str(fault.value)
    assert "principal" not in str(fault.value)
    assert not psutil.pid_exists(child.pid)


async def test_whoever_asks_a_child_that_is_told_to_end_hears_of_it() -> None:
    child = Child()
    asked = asyncio.create_task(child.ask(time.sleep, 600, 600))
    await asyncio.sleep(0.1)
    os.kill(child.pid, signal.SIGTERM)
    with pytest.raises(ChildAwayError):
        await asyncio.wait_for(asked, 60)


def test_a_child_ends_with_a_service_that_is_killed_while_it_is_at_work() -> None:
    found = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, "-c", _SERVICE],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": found},
    ) as service:
        assert service.stdout is not None
        child = psutil.Process(int(service.stdout.readline()))
        service.kill()
    child.wait(60)
