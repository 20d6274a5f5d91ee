"""Builds signing in with the district's accounts."""

from __future__ import annotations

from bot.app.core import Core
from bot.app.settings import openid_of
from bot.openid.accounts import Accounts


def accounts_of(core: Core) -> Accounts | None:
    """None where they are not set up."""
    if not core.settings.openid:
        return None
    return Accounts(openid_of(core.settings, core.web_url), core.now)
