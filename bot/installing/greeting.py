"""A test message to whoever installs: nothing shows better that messages arrive."""

from __future__ import annotations

import asyncio
import importlib.util

from bot.app.settings import Settings
from bot.installing.desk import TRIES, Desk


def hello() -> str:
    """What it says. English, as all of setup."""
    return (
        "This is a test from Sounding Board, sent because soundingboard setup was run with your "
        "address. Messages to you arrive. Nobody else got anything, and you don’t need to do "
        "anything."
    )


def greet(desk: Desk, settings: Settings, to: str | None) -> list[str]:
    """Send a test message through every platform that is set up, to ``to`` or whom the office
    names; what went wrong, a sentence each."""
    if to is None:
        desk.tell("A test message shows that messages arrive. It goes to you and to nobody else.")
    email = _address(desk, to)
    if not email:
        desk.tell("No test message was sent. To send one: soundingboard setup --test-to ADDRESS")
        return []
    missing = []
    for name, why in _sent(settings, email):
        if why:
            desk.tell(f"No test message in {name}. {why}")
            missing.append(f"The test message in {name}: {why}")
        else:
            desk.tell(f"{name} accepted a test message to {email}. Check whether it arrived.")
    return missing


def _address(desk: Desk, to: str | None) -> str:
    email = desk.ask("Your own work email address (empty: no test)") if to is None else to
    for _ in range(TRIES - 1):
        if not email or "@" in email:
            break
        desk.tell("That is not an email address.")
        email = desk.ask("Your own work email address (empty: no test)")
    return email.strip() if "@" in email else ""


def _sent(settings: Settings, email: str) -> list[tuple[str, str]]:
    """Each platform that is set up, and why it took no message, if it did not."""
    results = []
    if settings.slack and not settings.slack_oauth:  # else nobody may have installed it yet
        from bot.slack.greeting import greet_in_slack
        from bot.slack_app.settings import slack_settings

        given = slack_settings(settings, settings.web_url)
        results.append(("Slack", asyncio.run(greet_in_slack(given, email, hello()))))
    if settings.teams and importlib.util.find_spec("microsoft_teams") is not None:
        from bot.app.wiring_teams import teams_settings
        from bot.teams.greeting import greet_in_teams

        wanted = teams_settings(settings, settings.web_url)
        results.append(("Teams", asyncio.run(greet_in_teams(wanted, email, hello()))))
    return results
