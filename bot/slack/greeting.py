"""A first message in Slack to whoever installs the app, found by their e-mail address."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

from bot.slack.client import TROUBLES, SlackClient, error_code
from bot.slack.platform import POSTED, result_of
from bot.slack.settings import SlackSettings
from core.words import Words
from governance import wording
from scheduler.ports import Throttled


async def greet_in_slack(settings: SlackSettings, email: str, text: str) -> str:
    """Write ``text`` to the person with this address; why it could not be, or nothing."""
    client = SlackClient(settings)
    try:
        found = await client.web.users_lookupByEmail(email=email)
        user = (found.get("user") or {}).get("id", "")
        await client.web.chat_postMessage(channel=user, text=text, **POSTED)
    except TROUBLES as error:
        if isinstance(error, SlackApiError) and error_code(error) == "users_not_found":
            return f"Nobody in the workspace has the address {email}."
        result = result_of(error)
        if isinstance(result, Throttled):
            return f"Slack asks to wait {result.seconds:.0f} seconds. Run setup again after that."
        why = str(getattr(result, "why", ""))
        return wording.delivery_reason(Words(), why) if why else "Slack took no message."
    finally:
        await client.close()
    return ""
