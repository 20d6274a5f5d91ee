"""What the Slack platform needs to know; the service's settings build it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

SLACK_API = "https://slack.com/api/"
"""Slack's own Web API."""


@dataclass(frozen=True, kw_only=True)
class SlackSettings:
    """The app, and one workspace's bot token (empty: workspaces install the app by OAuth).

    ``app_token`` is for Socket Mode (empty: Slack calls us, and signs with ``signing_secret``).
    ``client_id`` and ``client_secret`` are the app's for OAuth. ``api_url`` can be pointed at a
    stand-in; ``web_url`` is the service's public address, without a slash at its end. ``timeout``
    is in seconds, for one call of the Web API.
    """

    signing_secret: str = field(default="", repr=False)
    bot_token: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    api_url: str = SLACK_API
    web_url: str = ""
    timeout: float = 10.0

    def by_token(self, token: str) -> SlackSettings:
        """The same app in the workspace of a token."""
        return replace(self, bot_token=token)
