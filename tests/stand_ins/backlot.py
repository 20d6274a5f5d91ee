"""PyPI's ``backlot``: answers of Slack's Web API as somebody else measured them, on this machine.

    with backlot(folder, records) as url:      # ``url`` is what the service's Slack settings name
        SlackSettings(api_url=url, bot_token=TOKEN)

It has an environment of its own (``make .tools/.backlot``), for it wants other libraries than we
do. It is told to send no usage counts, listens on this machine only, and ends with our process,
however that ends: it watches the pipe that is its standard input.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from bench.processes import free_port
from tests.stand_ins.node import ROOT

TOKEN = "a-service-token"
"""The token of an app: it sees everything."""

SECONDS = 60.0
"""How long its start is waited for: two seconds, on a busy machine more."""


@contextmanager
def backlot(folder: Path, records: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Serve messages (backlot's own form, one mapping each) from ``folder``: the address of its
    Web API, with a slash at its end."""
    corpus = folder / "corpus.jsonl"
    corpus.write_text("\n".join(json.dumps(one) for one in records), encoding="utf-8")
    env = {
        "PATH": os.environ.get("PATH", ""),
        "BACKLOT_DATA_DIR": str(folder / "data"),
        "BACKLOT_ADMIN_TOKEN": TOKEN,
        "BACKLOT_TELEMETRY": "0",
        "DO_NOT_TRACK": "1",
    }
    program = [str(_installed()), "-m", "backlot"]
    log = folder / "backlot.log"
    with log.open("wb") as out:
        brought = subprocess.run(
            [*program, "import", str(corpus)],
            cwd=folder, env=env, stdout=out, stderr=out, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert brought.returncode == 0, log.read_text(encoding="utf-8")[-2000:]
        port = free_port()
        serving = subprocess.Popen(
            [*program, "serve", "--host", "127.0.0.1", "--port", str(port), "--log-level",
             "warning", "--exit-on-stdin-close"],
            cwd=folder, env=env, stdin=subprocess.PIPE, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(serving, url, log)
        yield f"{url}/slack/api/"
    finally:
        serving.kill()
        serving.wait()
        assert serving.stdin is not None
        serving.stdin.close()


def _wait(serving: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Until it answers, and has counted what it serves: before that some answers have holes."""
    deadline = time.monotonic() + SECONDS
    with httpx.Client(trust_env=False) as client:
        while serving.poll() is None and time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                answer = client.get(f"{url}/health")
                if answer.status_code == 200 and answer.json().get("documents") is not None:
                    return
            time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8")[-2000:])


def _installed() -> Path:
    """Its Python; what is missing is installed by the Makefile first."""
    made = subprocess.run(
        ["make", "--silent", ".tools/.backlot"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert made.returncode == 0, made.stderr[-2000:]
    return ROOT / ".tools" / "backlot" / "bin" / "python"
