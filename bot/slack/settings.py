"""What the Slack platform needs to know; the service's settings build it."""

from __future__ import annotations

from dataclasses import dataclass, field

SLACK_API = "https://slack.com/api/"
"""Slack's own Web API."""


@dataclass(frozen=True, kw_only=True)
class SlackSettings:
    """One workspace (or organisation) by its bot token.

    ``api_url`` can be pointed at a stand-in; ``web_url`` is the service's public address, without
    a slash at its end. ``timeout`` is in seconds, for one call of the Web API.
    """

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    api_url: str = SLACK_API
    web_url: str = ""
    timeout: float = 10.0
