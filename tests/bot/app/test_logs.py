"""What a process logs in JSON, as whoever collects its lines reads it."""

from __future__ import annotations

import json
import subprocess
import sys

SPEAKING = """
import asyncio, gc, logging, threading, warnings
from bot.app.logs import log_what_nobody_caught, set_up_logs
from storage.unavailable import UnavailableError

set_up_logs("json")
log_what_nobody_caught()

def fails(error=ValueError("over\\nthree\\nlines")):
    raise error

for library in ("procrastinate.worker", "uvicorn.error", "asyncio"):
    try:
        fails()
    except ValueError:
        logging.getLogger(library).exception("It %s", "failed")
try:
    fails(UnavailableError("away"))
except UnavailableError:
    logging.getLogger("procrastinate.worker").exception("It failed again")
warnings.warn("deprecated", UserWarning)
thread = threading.Thread(target=fails, name="a-thread")
thread.start()
thread.join()

async def forgotten():
    asyncio.create_task(asyncio.sleep(0)).add_done_callback(lambda task: fails())
    await asyncio.sleep(0.05)

asyncio.run(forgotten())

class Unraisable:
    def __del__(self):
        fails()

Unraisable()
gc.collect()
fails()
"""


def test_every_line_is_json_whoever_wrote_it() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPEAKING], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    told = [(line["level"], line.get("logger"), line["event"]) for line in lines]
    for library in ("procrastinate.worker", "uvicorn.error", "asyncio"):
        assert ("error", library, "It failed") in told
    assert [name for _, name, _ in told].count("py.warnings") == 1
    assert [event for _, _, event in told].count("uncaught") == 2, "of a thread, and of the process"
    assert [event for _, _, event in told].count("unraisable") == 1
    assert all(line["timestamp"] for line in lines)
    traces = [line["exception"] for line in lines if "exception" in line]
    assert len(traces) == len([line for line in lines if line["level"] != "warning"]) - 1
    (away,) = [line for line in lines if line["event"] == "It failed again"]
    assert (away["why"], "exception" in away) == ("away", False)
