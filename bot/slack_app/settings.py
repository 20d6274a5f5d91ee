"""What Slack needs of the service's settings."""

from __future__ import annotations

from urllib.parse import urljoin

from pydantic import SecretStr

from bot.app.settings import Settings
from bot.slack.settings import SlackSettings


def slack_settings(given: Settings, web_url: str) -> SlackSettings:
    """The part of the settings that Slack needs."""
    return SlackSettings(
        signing_secret=_shown(given.slack_signing_secret),
        bot_token=_shown(given.slack_bot_token),
        app_token=_shown(given.slack_app_token),
        client_id=given.slack_client_id,
        client_secret=_shown(given.slack_client_secret),
        api_url=urljoin(given.slack_api_url, "."),
        web_url=web_url,
    )


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
