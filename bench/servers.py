"""The service as it runs in a district, and a Slack beside it: a process each."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .databases import SECRET
from .processes import COMMAND, Serving, free_port, serving
from .slack_requests import BOT_TOKEN, SIGNING_SECRET


@dataclass(frozen=True, kw_only=True)
class Slack:
    """Where the Slack beside the service is."""

    url: str
    users: Path

    def knows(self, users: Sequence[str]) -> None:
        """Its members from now on; what it was called is forgotten."""
        self.users.write_text("\n".join(users), encoding="ascii")
        self._ask("reload")

    def calls(self, method: str) -> int:
        """How often it was called so."""
        return self._ask("calls")["calls"].get(method, 0)

    def wait_until_listed(self, members: int) -> None:
        """The service asks for all members at its first start; then it is quiet for a day."""
        end = time.perf_counter() + 60
        while self.calls("users.list") * 200 < members:
            if time.perf_counter() > end:
                raise RuntimeError("the service did not ask for Slack's members")
            time.sleep(0.1)

    def _ask(self, method: str) -> dict[str, dict[str, int]]:
        with urllib.request.urlopen(f"{self.url}/api/{method}", timeout=10) as answer:  # noqa: S310
            found: dict[str, dict[str, int]] = json.loads(answer.read())
        return found


@contextmanager
def slack(folder: Path) -> Iterator[Slack]:
    """A Slack until the block ends."""
    port, users = free_port(), folder / "users.txt"
    users.write_text("", encoding="ascii")
    command = [sys.executable, "-m", "bench.slack_api", str(port), str(users)]
    with serving(command, port, "/calls", settings={}, log=folder / "slack.log") as server:
        yield Slack(url=server.url, users=users)


@contextmanager
def service(url: str, folder: Path, beside: Slack | None = None, **more: str) -> Iterator[Serving]:
    """``soundingboard run`` on a database until the block ends."""
    port = free_port()
    settings = {
        "SOUNDINGBOARD_DATABASE_URL": url,
        "SOUNDINGBOARD_SECRET_KEY": SECRET,
        "SOUNDINGBOARD_PORT": str(port),
        "SOUNDINGBOARD_LOG_FORMAT": "json",
        **more,
    }
    if beside is not None:
        settings |= {
            "SOUNDINGBOARD_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SOUNDINGBOARD_SLACK_BOT_TOKEN": BOT_TOKEN,
            "SOUNDINGBOARD_SLACK_API_URL": f"{beside.url}/api/",
        }
    command = [str(COMMAND), "run"]
    with serving(command, port, "/readyz", settings=settings, log=folder / "run.log") as server:
        yield server
