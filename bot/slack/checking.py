"""Asks Slack who the token is and what it may do, for the doctor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.doctor.clocks import clock_finding
from bot.slack.client import TROUBLES, SlackClient, error_code, trouble
from bot.slack.packaging import wanted_scopes
from bot.slack.refusals import FAILED, NOBODY
from bot.slack.settings import SlackSettings

_FOR: Mapping[str, str] = {
    "channels:read": "sees whether a committee's channel is public",
    "chat:write": "sends messages",
    "commands": "hears /soundingboard",
    "files:write": "shows charts as pictures",
    "groups:read": "sees whether guests or others read a committee's channel",
    "im:history": "reads what people write to it, and looks for messages that may have got lost",
    "im:read": "knows its conversations",
    "im:write": "opens conversations with people",
    "usergroups:read": "knows who is in a user group that is a committee or a list",
    "users:read": "knows who has an account",
    "users:read.email": "finds the roster's people by their email address",
}
"""What a permission is for: "With it the app …"."""


async def check_slack(
    settings: SlackSettings, clock: Callable[[], datetime]
) -> list[tuple[bool, str]]:
    """Whether the token is taken, which of the manifest's permissions are missing, and how our
    clock stands to Slack's."""
    client = SlackClient(settings)
    try:
        answer = await client.web.auth_test()
    except SlackApiError as error:
        code = error_code(error)
        known = {**FAILED, **NOBODY}.get(code)
        said = known.sentence if known else f"Slack says: {code or 'no'}."
        return [(False, said), *_clock(getattr(error.response, "headers", None), clock())]
    except TROUBLES:
        return [(False, f"Slack cannot be reached at {settings.api_url}.")]
    finally:
        await client.close()
    who = f"{answer.get('user')} in {answer.get('team')} ({answer.get('team_id')})"
    granted = _header(answer.headers, "x-oauth-scopes").split(",")
    return [
        (True, f"Slack takes the token: {who}."),
        _scopes({scope.strip() for scope in granted} - {""}),
        *_clock(answer.headers, clock()),
    ]


async def check_socket(settings: SlackSettings) -> list[tuple[bool, str]]:
    """Whether Slack takes the app-level token: asks for an address, and does not go there."""
    client = SlackClient(settings)
    try:
        await client.web.apps_connections_open(app_token=settings.app_token)
    except TROUBLES as error:
        why = f"Slack does not take the app-level token ({trouble(error)})."
        mend = "Make one with connections:write under Basic Information, and enable Socket Mode."
        return [(False, f"{why} {mend}")]
    finally:
        await client.close()
    return [(True, "Slack takes the app-level token: Socket Mode can be used.")]


def _header(headers: object, wanted: str) -> str:
    given = headers if isinstance(headers, Mapping) else {}
    found = (str(value) for name, value in given.items() if str(name).lower() == wanted)
    return next(found, "")


def _clock(headers: object, now: datetime) -> list[tuple[bool, str]]:
    finding = clock_finding("Slack's", _header(headers, "date"), now)
    return [finding] if finding else []


def _scopes(granted: set[str]) -> tuple[bool, str]:
    if not granted:
        return True, "Slack did not say what the app may do."
    missing = sorted(wanted_scopes() - granted)
    if not missing:
        return True, "Slack's app has every permission of its manifest."
    told = "; ".join(f"{scope} ({_FOR.get(scope, 'see the manifest')})" for scope in missing)
    fix = "Paste its manifest again (soundingboard setup writes it), then reinstall the app."
    return False, f"Slack's app lacks permissions: {told}. {fix}"
