"""Whether Slack's and Teams' calls reach the running service, and are taken: for the doctor.

A signing secret cannot be tried by asking Slack. Whether it is right shows in what became of the
calls that came, which the service counts.
"""

from __future__ import annotations

import re
from collections import Counter

import httpx

from bot.app.settings import Settings

_COUNTED = re.compile(
    r'^soundingboard_request_seconds_count\{door="(\w+)",status="(\d+)"\} ([\d.e+]+)$', re.M
)
_READS = re.compile(
    r"^soundingboard_(reader_up|unread_messages|unread_oldest_seconds)(?:\{[^}]*\})? ([\d.e+]+)$",
    re.M,
)
_SECONDS = 5.0
_UNREAD_LATE = 300.0
"""Seconds that a message may wait to be read."""


async def arrivals(settings: Settings, url: str) -> list[tuple[bool, str]]:
    """What came to the process that serves at ``url`` since it started. Nothing where it does not
    tell."""
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, trust_env=False) as client:
            page = await client.get(f"{url}/metrics")
            page.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL):
        return []
    counted: Counter[tuple[str, bool]] = Counter()
    for door, status, number in _COUNTED.findall(page.text):
        if status == "401" or status.startswith("2"):
            counted[door, status != "401"] += int(float(number))
    found = _reading(page.text)
    if settings.slack and not settings.slack_app_token:  # by Socket Mode it calls nobody
        mend = (
            "If they were Slack's, the signing secret is another app's or the clock is wrong. Copy "
            "it again from Basic Information, and start the service again."
        )
        found.append(_finding("Slack", counted["slack", True], counted["slack", False], mend))
    if settings.teams:
        mend = (
            "If they were Microsoft's, the app's id or tenant is another bot's or the clock is "
            "wrong. Look at the bot's Configuration in the Azure portal."
        )
        found.append(_finding("Teams", counted["teams", True], counted["teams", False], mend))
    return found


def _reading(page: str) -> list[tuple[bool, str]]:
    """Whether messages are read."""
    told = {name: float(value) for name, value in _READS.findall(page)}
    found = []
    if told.get("reader_up") == 0:
        found.append(
            (
                False,
                "The process that reads messages does not answer. What staff write waits; after "
                "15 minutes the restricted reader gets it unread. See reader.away in the log; "
                "it needs 400 MB of memory.",
            )
        )
    number, seconds = told.get("unread_messages", 0.0), told.get("unread_oldest_seconds", 0.0)
    if number and seconds > _UNREAD_LATE:
        found.append((False, waits_unread(int(number), seconds)))
    return found


def waits_unread(number: int, seconds: float) -> str:
    """For the operator: how many messages wait to be read, and how long the oldest has."""
    return (
        f"{number} messages wait to be read, the oldest for {seconds / 60:.0f} minutes. See "
        "reader.away and listening in the log, then start the service again."
    )


def _finding(name: str, taken: int, refused: int, mend: str) -> tuple[bool, str]:
    if taken:
        return (
            True,
            f"{name} calls arrive and are verified: {_calls(taken)} since the service started.",
        )
    if refused:
        came = f"{name}: {_calls(refused)} came, and none could be verified as {name}'s."
        return False, f"{came} {mend}"
    return True, f"{name} has not called since the service started."


def _calls(number: int) -> str:
    return f"{number} {'call' if number == 1 else 'calls'}"
