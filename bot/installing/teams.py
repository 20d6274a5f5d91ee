"""Installing in Teams: the bot's registration, its three values, and the package to upload."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from bot.app.core import Now
from bot.app.settings import Settings, load_settings
from bot.app.wiring_teams import teams_settings
from bot.installing.desk import TRIES, Desk
from bot.installing.keeping import from_environment, keep
from bot.teams.checking import check_teams
from bot.teams.packaging import app_package

PACKAGE = "soundingboard-teams.zip"
_VALUES = ("teams_app_id", "teams_tenant_id", "teams_app_secret")


def install_teams(desk: Desk, settings: Settings, folder: Path, clock: Now) -> None:
    """Say how to register the bot, ask for what Microsoft gives back until it takes it, write the
    app's package, and say where that goes."""
    if settings.teams and _taken(desk, settings, clock):
        desk.tell("The app's id, tenant and secret are set, and are kept.")
        _package(desk, settings.teams_app_id, settings.web_url, folder)
        return
    for step in _steps(settings.web_url):
        desk.tell(step)
    if not desk.attended:
        return
    if fixed := [v for v in map(from_environment, _VALUES) if v]:
        desk.tell(f"{' and '.join(fixed)} is set in the environment: change it there.")
        return
    ids = (settings.teams_app_id, settings.teams_tenant_id)
    for _ in range(TRIES):
        given = _asked(desk, *ids)
        if given is None:
            desk.tell("Nothing from Teams was saved. Run this again when you have all three.")
            return
        if _taken(desk, load_settings(**given), clock):
            keep(given)
            desk.tell("Kept them in soundingboard.toml, which only you can read.")
            _package(desk, given["teams_app_id"], settings.web_url, folder)
            return
        ids = (given["teams_app_id"], given["teams_tenant_id"])


def _steps(web_url: str) -> Iterator[str]:
    yield "  1. In the Azure portal create an Azure Bot: single tenant, a new Microsoft App ID."
    yield "  2. Under Configuration give it this messaging endpoint:"
    yield f"     {web_url}/api/teams/messages"
    yield "  3. Under Channels add Microsoft Teams, and remove Web Chat and Direct Line."
    yield "  4. Under Configuration copy the Microsoft App ID and the App Tenant ID."
    yield "  5. Next to the id, choose Manage Password, New client secret, and copy its Value."


def _package(desk: Desk, app_id: str, web_url: str, folder: Path) -> None:
    path = folder / PACKAGE
    path.write_bytes(app_package(app_id, web_url))
    desk.tell(f"Wrote {path}.")
    desk.tell("  6. In the Teams admin center, under Manage apps, upload that file and allow it.")
    desk.tell("  7. Under Setup policies add it to the installed apps of your staff's policy:")
    desk.tell("     a person can be written to only after that. It takes some hours to reach all.")
    desk.tell(
        "     SOUNDINGBOARD_TEAMS_INSTALL_APP=true installs it for whoever else is written to;"
    )
    desk.tell("     the look at everything, below, says which of Graph's permissions that needs.")


def _asked(desk: Desk, app_id: str, tenant_id: str) -> dict[str, str] | None:
    """The three values; None where one is left out. What is given here needs no typing again."""
    given = {
        "teams_app_id": _id(desk, "Microsoft App ID", app_id),
        "teams_tenant_id": _id(desk, "App Tenant ID", tenant_id),
    }
    if all(given.values()):
        given["teams_app_secret"] = desk.ask_secret("Client secret's Value (not shown)")
    return given if all(given.get(name) for name in _VALUES) else None


def _id(desk: Desk, what: str, default: str) -> str:
    for _ in range(TRIES):
        typed = desk.ask(f"{what} (empty: later)", default)
        try:
            return str(UUID(typed)) if typed else ""
        except ValueError:
            desk.tell("That is not an id: it looks like 6f1b9c3e-0f5d-4a58-9a3b-6c2f5d7e8a90.")
    return ""


def _taken(desk: Desk, settings: Settings, clock: Now) -> bool:
    """Whether Microsoft takes the app. What else it says is told with everything at the end."""
    if importlib.util.find_spec("microsoft_teams") is None:
        desk.tell("Teams' libraries are missing. Run in the checkout: pip install '.[teams]'")
        return True
    said = asyncio.run(check_teams(teams_settings(settings, settings.web_url), clock))
    good, first = said[0]
    desk.tell(first)
    return good
