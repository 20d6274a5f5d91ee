"""Installing the app by OAuth v2: where an administrator is sent, and what their yes gives."""

from __future__ import annotations

import base64
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import quote, urljoin

import structlog
from slack_sdk.oauth import AuthorizeUrlGenerator

from bot.slack.client import TROUBLES, SlackClient, trouble
from bot.slack.packaging import wanted_scopes
from bot.slack.settings import SlackSettings
from bot.slack.workspaces import Installation

CALLBACK = "/slack/oauth_redirect"
"""Where Slack sends an administrator back to: it stands in the app's settings there."""

_log = structlog.get_logger(__name__)


class NotInstalledError(Exception):
    """Nothing was installed: why, in a word for the log."""


class SlackOAuth:
    """The app at Slack's OAuth. Who makes it closes it."""

    def __init__(self, settings: SlackSettings) -> None:
        self._settings = settings
        self._client = SlackClient(settings)
        self._redirect_uri = settings.web_url + CALLBACK
        app = f"{settings.client_id}:{settings.client_secret}"
        self._proof = base64.b64encode(app.encode()).decode()

    def way_there(self, state: str) -> str:
        """The page on which a workspace's administrator says yes."""
        generator = AuthorizeUrlGenerator(
            client_id=quote(self._settings.client_id, safe=""),
            redirect_uri=quote(self._redirect_uri, safe=""),
            scopes=sorted(wanted_scopes()),
            authorization_url=urljoin(self._settings.api_url, "/oauth/v2/authorize"),
        )
        return generator.generate(quote(state, safe=""))

    async def installed(self, code: str) -> Installation:
        """What a code stands for; it can be asked once. ``NotInstalledError``."""
        try:
            # Not by its own method: that proves the app in a way that aiohttp has deprecated.
            answer = await self._client.web.api_call(
                "oauth.v2.access",
                data={"code": code, "redirect_uri": self._redirect_uri},
                headers={"Authorization": f"Basic {self._proof}"},
            )
        except TROUBLES as error:
            raise NotInstalledError(trouble(error)) from None
        data = answer.data if isinstance(answer.data, dict) else {}
        return _read(data)

    async def give_back(self, installation: Installation) -> bool:
        """Revoke a token that we do not keep: with it the app leaves the workspace. Whether Slack
        did."""
        try:
            await self._client.web.auth_revoke(token=installation.token)
        except TROUBLES as error:
            _log.warning("slack.not_revoked", error=trouble(error))
            return False
        return True

    async def close(self) -> None:
        await self._client.close()


def _read(answer: Mapping[str, Any]) -> Installation:
    """Slack's answer. A token that expires is refused: nobody here would renew it."""
    token = _text(answer, "access_token")
    if answer.get("refresh_token") or answer.get("expires_in"):
        raise NotInstalledError("token_rotation")
    if not token or answer.get("token_type") != "bot":
        raise NotInstalledError("no_bot_token")
    team, enterprise = _part(answer, "team"), _part(answer, "enterprise")
    organization = answer.get("is_enterprise_install") is True
    where = enterprise if organization else team
    workspace = _text(where, "id")
    if not workspace:
        raise NotInstalledError("no_workspace")
    return Installation(
        workspace=workspace,
        enterprise=_text(enterprise, "id"),
        organization=organization,
        name=_text(where, "name"),
        token=token,
    )


def may_install(new: Installation, named: Collection[str], known: Sequence[Installation]) -> bool:
    """Whether a workspace may have the app: where the operator named some, those (a named
    organization's are named with it); else the first one that ever installed it."""
    if named:
        return new.workspace in named or (bool(new.enterprise) and new.enterprise in named)
    return not known or any(one.workspace == new.workspace for one in known)


def _part(whole: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = whole.get(key)
    return found if isinstance(found, Mapping) else {}


def _text(whole: Mapping[str, Any], key: str) -> str:
    found = whole.get(key)
    return found if isinstance(found, str) else ""
