"""Takes the guides' pictures of the terminal: runs the commands on a pseudo-terminal against the
tests' stand-ins for Slack and Microsoft, and draws what they printed.

Run it when what they print has changed: ``.venv/bin/python docs/terminal_pictures.py``. Only
addresses are changed for the picture: the stand-ins' into the real ones, and the folder's.
"""

from __future__ import annotations

import asyncio
import html
import os
import pty
import select
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from screenshots import CHROMIUM, PICTURES  # noqa: E402

from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn  # noqa: E402
from tests.stand_ins.teams import TeamsStandIn  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ADDRESS = "board.schools.example.org"
ME = "jo.doe@schools.example.org"
FOLDER = "/srv/soundingboard"
COLUMNS = 100
QUIET_SECONDS = 20
"""How long a command may print nothing before it is given up."""

COMMAND = "from bot.cli import main; main()"
LATE = (
    "import bot.app.core; from datetime import timedelta; true = bot.app.core.now; "
    "bot.app.core.now = lambda: true() + timedelta(minutes=10); "
)
"""A clock that is ten minutes ahead, without changing the machine's."""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture: what is called, what is typed at its prompts, and which part is shown."""

    name: str
    calls: Sequence[str]
    typed: Sequence[str] = ()
    late: bool = False
    ends_before: str = ""
    begins_with: str = ""


def main() -> None:
    """Take all pictures."""
    shown = asyncio.run(_all())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, text in shown.items():
            _draw(browser, name, text)
        browser.close()


async def _all() -> dict[str, str]:
    """What each picture shows."""
    async with SlackStandIn() as slack, TeamsStandIn() as teams:
        slack.add_user(ME)
        teams.installed.add(teams.person("Jo Doe", ME).user)
        places = {slack.api_url: "https://slack.com/api/", teams.url: "https://graph.microsoft.com"}
        ids = (teams.app_id, teams.tenant)
        secrets = (SIGNING_SECRET, BOT_TOKEN)
        environment = {
            "SOUNDINGBOARD_SLACK_API_URL": slack.api_url,
            "SOUNDINGBOARD_TEAMS_LOGIN_URL": teams.url,
            "SOUNDINGBOARD_TEAMS_GRAPH_URL": f"{teams.url}/graph/v1.0",
            "SOUNDINGBOARD_TEAMS_SERVICE_URL": teams.service_url,
            "SOUNDINGBOARD_TEAMS_SERVICE_HOSTS": "127.0.0.1",
        }
        given = ("--web-url", f"https://{ADDRESS}")
        teams.roles = ["User.Read.All"]
        shown = {}
        shown["setup-slack"] = await _run(
            Shot(name="setup", calls=("setup",), typed=(ADDRESS, "y", *secrets, "n", ME)),
            environment,
            places,
        )
        shown["setup-teams"] = await _run(
            Shot(
                name="setup",
                calls=("setup", "--teams", "--no-slack"),
                typed=(ADDRESS, *ids, "not-the-secret", "", "", teams.app_secret, ME),
                ends_before="5. Looking",
            ),
            environment,
            places,
        )
        slack.scopes = slack.scopes.replace("im:history,", "")
        broken = environment | {
            "SOUNDINGBOARD_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SOUNDINGBOARD_SLACK_BOT_TOKEN": BOT_TOKEN,
            "SOUNDINGBOARD_TEAMS_APP_ID": teams.app_id,
            "SOUNDINGBOARD_TEAMS_TENANT_ID": teams.tenant,
            "SOUNDINGBOARD_TEAMS_APP_SECRET": "not-the-secret",
            "SOUNDINGBOARD_DATABASE_URL": "sqlite:///there.sqlite3",
        }
        shown["setup-missing"] = await _run(
            Shot(
                name="setup",
                calls=("setup", "--yes", "--test-to", ME, *given),
                late=True,
                begins_with="What is missing",
            ),
            broken,
            places,
        )
        return shown


async def _run(shot: Shot, environment: dict[str, str], places: dict[str, str]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        text = await asyncio.to_thread(_typed, shot, environment, folder)
        for there, real in {**places, folder: FOLDER}.items():
            text = text.replace(there, real)
    if shot.begins_with:
        text = f"…\n{shot.begins_with}{text.partition(shot.begins_with)[2]}"
    if shot.ends_before:
        text = text.partition(shot.ends_before)[0].rstrip() + "\n…"
    return f"$ soundingboard {' '.join(shot.calls)}\n{text}".rstrip()


def _typed(shot: Shot, environment: dict[str, str], folder: str) -> str:
    """What stands on the terminal at the end, typed answers included."""
    child, terminal = pty.fork()
    if not child:
        os.chdir(folder)
        code = (LATE if shot.late else "") + COMMAND
        line = [sys.executable, "-c", code, *shot.calls]
        own = {**os.environ, **environment, "TERM": "dumb", "COLUMNS": str(COLUMNS)}
        os.execve(sys.executable, line, {**own, "PYTHONPATH": str(ROOT)})  # noqa: S606
    answers, text = list(shot.typed), ""
    while select.select([terminal], [], [], QUIET_SECONDS)[0]:
        try:
            read = os.read(terminal, 65536)
        except OSError:
            break
        text += read.decode().replace("\r", "")
        if answers and text.endswith(": "):
            os.write(terminal, f"{answers.pop(0)}\n".encode())
    os.close(terminal)
    os.waitpid(child, 0)
    if answers:
        raise SystemExit(f"It never asked for what was to be typed next:\n{text}")
    return text


def _draw(browser: Browser, name: str, text: str) -> None:
    drawn = "\n".join(_line(line) for line in text.splitlines())
    page = browser.new_page(viewport={"width": 960, "height": 200})
    page.set_content(
        "<style>body{margin:0;background:#10151b;color:#e6eaee}"
        "pre{font:13px/1.5 'DejaVu Sans Mono',monospace;margin:0;padding:16px 20px;"
        "white-space:pre-wrap}b{color:#8fd0ff}i{font-style:normal;color:#ffb4a2}</style>"
        f"<pre>{drawn}</pre>"
    )
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    page.close()
    sys.stdout.write(f"{name}.png\n")


def _line(line: str) -> str:
    said = html.escape(line)
    if line.startswith("$ "):
        return f"<b>{said}</b>"
    return f"<i>{said}</i>" if line.startswith("FIX ") else said


if __name__ == "__main__":
    main()
