"""``soundingboard setup``: through an installation, one step after the other.

Nothing of it is remembered but the settings and the files that it writes: what is there already is
looked at and kept, so that a second run goes on where the first one ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.app.core import Now
from bot.app.settings import PREFIX, TOML, Settings, load_settings
from bot.doctor.checking import examine
from bot.installing.desk import TRIES, Desk
from bot.installing.greeting import greet
from bot.installing.keeping import from_environment, keep

_HTTPS = "https://"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was said on the command line. None: ask. ``folder`` is where manifests go, ``test_to``
    an e-mail address that gets a test message."""

    folder: Path
    web_url: str | None = None
    slack: bool | None = None
    teams: bool | None = None
    test_to: str | None = None
    socket: bool | None = None
    """Slack by Socket Mode. None: as it is set."""
    several: bool | None = None
    """Slack by OAuth, for several workspaces. None: as it is set."""


def set_up(desk: Desk, wanted: Wanted, clock: Now) -> bool:
    """Walk through it; whether nothing is missing at the end. ``SettingsError`` where settings
    are there that cannot be read."""
    desk.tell("Setting up Sounding Board. What is there already is kept: stop when you like, and")
    desk.tell(f"run this again in the same folder. Secrets go into {TOML} and are never shown.")
    desk.tell()
    desk.tell("1. The public address")
    settings = _address(desk, wanted.web_url)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    public = settings.web_url.startswith(_HTTPS)
    if _uses(desk, "2. Slack", "Slack", wanted.slack, there=settings.slack) and public:
        from bot.installing.slack import Way, install_slack

        way = Way(
            socket=_or(wanted.socket, settings.slack_app_token is not None),
            several=_or(wanted.several, settings.slack_oauth),
        )
        install_slack(desk, settings, wanted.folder, clock, way)
    if _uses(desk, "3. Microsoft Teams", "Teams", wanted.teams, there=settings.teams) and public:
        from bot.installing.teams import install_teams

        install_teams(desk, settings, wanted.folder, clock)
    settings = load_settings()
    undelivered = []
    if settings.slack or settings.teams:
        desk.tell()
        desk.tell("4. A test message")
        undelivered = greet(desk, settings, wanted.test_to)
    return _look(desk, clock, undelivered, public=public)


def _or(wanted: bool | None, otherwise: bool) -> bool:
    return otherwise if wanted is None else wanted


def _address(desk: Desk, given: str | None) -> Settings:
    """The settings with an address that Slack and Teams call, if there is one."""
    settings = load_settings()
    url = _https(given or settings.web_url)
    for _ in range(TRIES):
        if url.startswith(_HTTPS) or not desk.attended:
            break
        if url:
            desk.tell(f"{url} does not begin with https://, and Slack and Teams need that.")
        url = _https(
            desk.ask("The https address that staff, Slack and Teams reach this service by")
        )
    if not url.startswith(_HTTPS):
        desk.tell("No https address is set, so nothing can be written for Slack and Teams.")
        return settings
    if url != settings.web_url:
        if variable := from_environment("web_url"):
            desk.tell(f"{variable} says another address: change it there. It is kept.")
            return settings
        settings = load_settings(web_url=url)
        keep({"web_url": url})
    desk.tell(f"It is {url}")
    desk.tell(f"Slack will call {url}/slack/events")
    desk.tell(f"Teams will call {url}/api/teams/messages")
    return settings


def _https(typed: str) -> str:
    """A name alone is meant as an https address."""
    url = typed.strip().rstrip("/")
    return url if not url or "://" in url else f"{_HTTPS}{url}"


def _uses(desk: Desk, heading: str, name: str, wanted: bool | None, *, there: bool) -> bool:
    desk.tell()
    desk.tell(heading)
    if wanted is None:
        wanted = there or desk.confirm(f"Do your staff use {name}?", default=False)
    if not wanted:
        desk.tell(f"Skipped. To add it later: soundingboard setup --{name.lower()}")
    return wanted


def _look(desk: Desk, clock: Now, undelivered: list[str], *, public: bool) -> bool:
    desk.tell()
    desk.tell("5. Checking everything, as soundingboard doctor does")
    lines, _ = asyncio.run(examine(load_settings(), clock=clock))
    for line in lines:
        desk.tell(line)
    missing = [line.removeprefix("FIX ").strip() for line in lines if line.startswith("FIX ")]
    # What kept a test message back may be there already, as a wrong secret does.
    missing += [one for one in undelivered if not any(line in one for line in missing)]
    if not public:
        missing.insert(0, f"The public https address. Set {PREFIX}WEB_URL, or give --web-url.")
    desk.tell()
    if not missing:
        desk.tell("All is well. Nothing is missing.")
        for line in _next(load_settings()):
            desk.tell(line)
        return True
    desk.tell(f"What is missing ({len(missing)}):")
    for line in missing:
        desk.tell(f"  - {line}")
    desk.tell("Fix that and run soundingboard setup again.")
    return False


def _next(settings: Settings) -> Iterator[str]:
    """What only the running service can show: above all whether the signing secret is right."""
    yield "Start the service where it stays running: soundingboard run"
    if settings.slack and not settings.slack_app_token:
        yield "Then open your app at https://api.slack.com/apps, Event Subscriptions. Next to the"
        yield "address must be marked Verified. If not, press Retry; if it still does not, run"
        yield "soundingboard doctor: it says whether Slack's call came, and what is wrong with it."
    if settings.slack or settings.teams:
        yield "Then write help to Sounding Board in chat, as anyone on the roster. It answers."
