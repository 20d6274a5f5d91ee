"""Installing in Slack: the manifest to paste, the two secrets to bring back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from bot.core import Now
from bot.installing.desk import TRIES, Desk
from bot.installing.keeping import from_environment, keep
from bot.settings import Settings, load_settings
from bot.slack.checking import check_slack
from bot.slack.packaging import manifest
from bot.wiring_slack import slack_settings

MANIFEST = "slack-manifest.json"
_BOT_TOKEN = "xoxb-"  # noqa: S105  (how each begins)


def install_slack(desk: Desk, settings: Settings, folder: Path, clock: Now) -> None:
    """Write the manifest, say where it goes, and ask for what Slack gives back for it until
    Slack takes it."""
    path = folder / MANIFEST
    path.write_text(json.dumps(manifest(settings.web_url), indent=2) + "\n", encoding="utf-8")
    desk.tell(f"Wrote {path}.")
    if settings.slack and _taken(desk, settings, clock):
        desk.tell("The signing secret and the token are set, and are kept.")
        return
    for step in _steps(path):
        desk.tell(step)
    if not desk.attended:
        return
    if fixed := [v for v in map(from_environment, _SECRETS) if v]:
        desk.tell(f"{' and '.join(fixed)} is set in the environment: change it there.")
        return
    for _ in range(TRIES):
        given = _asked(desk)
        if given is None:
            desk.tell("Nothing of Slack was kept. Run this again when you have both.")
            return
        if _taken(desk, load_settings(**given), clock):
            keep(given)
            desk.tell("Kept both in soundingboard.toml, which only you can read.")
            return


_SECRETS = ("slack_signing_secret", "slack_bot_token")


def _steps(path: Path) -> Iterator[str]:
    yield "  1. Open https://api.slack.com/apps and choose Create New App, From a manifest."
    yield f"  2. Choose your workspace, and paste all of {path} in the place of what is there."
    yield "  3. Choose Install App. A workspace administrator may have to allow it."
    yield "  4. Under Basic Information, App Credentials, show the Signing Secret and copy it."
    yield "  5. Under OAuth & Permissions, copy the Bot User OAuth Token. It begins with xoxb-."


def _asked(desk: Desk) -> dict[str, str] | None:
    """Both secrets; None where one is left out."""
    secret = desk.ask_secret("Signing Secret (not shown; empty: later)")
    if not secret:
        return None
    token = desk.ask_secret("Bot User OAuth Token (not shown; empty: later)")
    for _ in range(TRIES):
        if not token or token.startswith(_BOT_TOKEN):
            break
        desk.tell("That is not a bot token: those begin with xoxb-. Nothing was sent.")
        token = desk.ask_secret("Bot User OAuth Token (not shown; empty: later)")
    if not token.startswith(_BOT_TOKEN):
        return None
    return {"slack_signing_secret": secret, "slack_bot_token": token}


def _taken(desk: Desk, settings: Settings, clock: Now) -> bool:
    """Whether Slack takes the token. What else it says is told with everything at the end."""
    said = asyncio.run(check_slack(slack_settings(settings, settings.web_url), clock))
    good, first = said[0]
    desk.tell(first)
    return good
