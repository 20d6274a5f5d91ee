"""Asks Slack who the token is and what it may do, for the doctor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from slack_sdk.errors import SlackApiError

from bot.slack.client import TROUBLES, SlackClient, error_code
from bot.slack.refusals import FAILED
from bot.slack.settings import SlackSettings

_FOR: Mapping[str, str] = {
    "channels:read": "sees whether a committee's channel is public",
    "chat:write": "sends messages",
    "commands": "hears /soundingboard",
    "groups:read": "sees whether guests or others read a committee's channel",
    "im:history": "reads what people write to it, and looks for messages that may have got lost",
    "im:read": "knows its conversations",
    "im:write": "opens conversations with people",
    "usergroups:read": "knows who is in a user group that is a committee",
    "users:read": "knows who has an account",
    "users:read.email": "finds the roster's people by their e-mail address",
}
"""What a permission is for: "With it the app …"."""


def wanted_scopes() -> frozenset[str]:
    """The permissions that the manifest asks for: beside the code in a checkout, inside it in an
    installed wheel."""
    here = Path(__file__).parent
    packaged = here / "manifest.json"
    path = packaged if packaged.is_file() else here.parent.parent / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    return frozenset(manifest["oauth_config"]["scopes"]["bot"])


async def check_slack(settings: SlackSettings) -> list[tuple[bool, str]]:
    """Whether the token is taken, and which of the manifest's permissions are missing."""
    client = SlackClient(settings)
    try:
        answer = await client.web.auth_test()
    except SlackApiError as error:
        code = error_code(error)
        return [(False, FAILED.get(code, f"Slack says: {code or 'no'}."))]
    except TROUBLES:
        return [(False, f"Slack cannot be reached at {settings.api_url}.")]
    finally:
        await client.close()
    who = f"{answer.get('user')} in {answer.get('team')} ({answer.get('team_id')})"
    headers = {name.lower(): str(value) for name, value in (answer.headers or {}).items()}
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")} - {""}
    return [(True, f"Slack takes the token: {who}."), _scopes(granted)]


def _scopes(granted: set[str]) -> tuple[bool, str]:
    if not granted:
        return True, "Slack did not say what the app may do."
    missing = sorted(wanted_scopes() - granted)
    if not missing:
        return True, "Slack's app has every permission of manifest.json."
    told = "; ".join(f"{scope} ({_FOR.get(scope, 'see the manifest')})" for scope in missing)
    return False, f"Slack's app lacks permissions: {told}. Install it again from manifest.json."
