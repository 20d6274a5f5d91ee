"""Installing in Slack: the manifest to paste, and the secrets to bring back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app.core import Now
from bot.app.settings import Settings, load_settings
from bot.installing.desk import TRIES, Desk
from bot.installing.keeping import from_environment, keep
from bot.slack.checking import check_slack, check_socket
from bot.slack.packaging import manifest
from bot.slack_app.settings import slack_settings

MANIFEST = "slack-manifest.json"


@dataclass(frozen=True, kw_only=True)
class Way:
    """``socket``: we connect to Slack, and it calls nobody. ``several``: workspaces install the
    app by OAuth, in the place of one token."""

    socket: bool = False
    several: bool = False

    @property
    def values(self) -> Sequence[str]:
        """The settings that it needs."""
        token = ("slack_client_id", "slack_client_secret") if self.several else ("slack_bot_token",)
        return ("slack_app_token" if self.socket else "slack_signing_secret", *token)


@dataclass(frozen=True, kw_only=True)
class _Value:
    """What is copied from Slack: what it is called there, where, and how it begins."""

    name: str
    where: str
    begins: str = ""
    what: str = ""


_VALUES: Mapping[str, _Value] = {
    "slack_signing_secret": _Value(
        name="Signing Secret", where="Under Basic Information, App Credentials, show"
    ),
    "slack_client_id": _Value(
        name="Client ID", where="Under Basic Information, App Credentials, find"
    ),
    "slack_client_secret": _Value(
        name="Client Secret", where="Under Basic Information, App Credentials, show"
    ),
    "slack_bot_token": _Value(
        name="Bot User OAuth Token",
        where="Under OAuth & Permissions, find",
        begins="xoxb-",
        what="a bot token",
    ),
    "slack_app_token": _Value(
        name="App-Level Token",
        where="Under Basic Information, App-Level Tokens, generate (scope connections:write)",
        begins="xapp-",
        what="an app-level token",
    ),
}


def install_slack(desk: Desk, settings: Settings, folder: Path, clock: Now, way: Way) -> None:
    """Write the manifest, say where it goes, and ask for what Slack gives back for it until
    Slack takes it."""
    path = folder / MANIFEST
    made = manifest(settings.web_url, socket=way.socket, organization=way.several)
    path.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
    desk.tell(f"Wrote {path}.")
    there = all(getattr(settings, name) for name in way.values)
    if there and _taken(desk, settings, clock, way):
        desk.tell(f"The {_named(way)} are set, and are kept.")
        return
    for number, step in enumerate(_steps(path, way), 1):
        desk.tell(f"  {number}. {step}")
    if not way.socket:
        desk.tell("  (Where Slack cannot reach this service: soundingboard setup --slack --socket)")
    if not desk.attended:
        return
    if fixed := [v for v in map(from_environment, way.values) if v]:
        desk.tell(f"{' and '.join(fixed)} is set in the environment: change it there.")
        return
    for _ in range(TRIES):
        given = _asked(desk, way)
        if given is None:
            desk.tell("Nothing from Slack was saved. Run this again when you have all of it.")
            return
        if _taken(desk, load_settings(**given), clock, way):
            keep(given)
            desk.tell("Kept it in soundingboard.toml, which only you can read.")
            return


def _named(way: Way) -> str:
    names = [_VALUES[name].name for name in way.values]
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _steps(path: Path, way: Way) -> Iterator[str]:
    yield "Open https://api.slack.com/apps and choose Create New App, From a manifest."
    yield f"Choose your workspace, and paste all of {path} in place of what is there."
    if way.several:
        yield "Under Manage Distribution, activate it for other workspaces."
    else:
        yield "Choose Install App. A workspace administrator may have to allow it."
    for name in way.values:
        value = _VALUES[name]
        begins = f" It begins with {value.begins}." if value.begins else ""
        yield f"{value.where} the {value.name}, and copy it.{begins}"
    if way.several:
        yield "When the service runs: soundingboard slack link, for each workspace."


def _asked(desk: Desk, way: Way) -> dict[str, str] | None:
    """What the way needs; None where something is left out."""
    given: dict[str, str] = {}
    for name in way.values:
        value = _VALUES[name]
        said = desk.ask_secret(f"{value.name} (not shown; empty: later)")
        for _ in range(TRIES):
            if not said or said.startswith(value.begins):
                break
            desk.tell(
                f"That is not {value.what}: those begin with {value.begins}. Nothing was sent."
            )
            said = desk.ask_secret(f"{value.name} (not shown; empty: later)")
        if not said or not said.startswith(value.begins):
            return None
        given[name] = said
    return given


def _taken(desk: Desk, settings: Settings, clock: Now, way: Way) -> bool:
    """Whether Slack takes it. What else it says is told with everything at the end. A client's
    secret can be tried only by installing."""
    asked = slack_settings(settings, settings.web_url)
    firsts = []
    if not way.several:
        firsts.append(asyncio.run(check_slack(asked, clock))[0])
    if way.socket:
        firsts.append(asyncio.run(check_socket(asked))[0])
    for _, first in firsts:
        desk.tell(first)
    return all(good for good, _ in firsts)
