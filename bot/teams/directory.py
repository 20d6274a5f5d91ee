"""Who speaks in Teams: the account, its tenant and its e-mail address."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from bot.conversation import Speaker
from bot.teams.activities import Activity, conversation, tenant, text_at
from bot.teams.connector import Connector, UntrustedServiceError, member_path
from bot.teams.credentials import NoTokenError
from core.people import Platform
from storage.deadline import waiting_for_others

_log = structlog.get_logger(__name__)

KEPT_SECONDS = 3600
MOST_KEPT = 20_000


@dataclass(frozen=True, kw_only=True)
class Account:
    """What Teams knows of a member of a conversation."""

    email: str | None
    guest: bool


class Directory:
    """Looks accounts up where they speak, and remembers them for an hour."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._known: OrderedDict[tuple[str, str], tuple[float, Account]] = OrderedDict()

    async def who(self, activity: Activity) -> Speaker:
        """Who sent an activity. Where the look-up fails, the address is simply not known."""
        user = text_at(activity, "from", "aadObjectId")
        where = tenant(activity)
        if not self._connector.settings.welcomes(where):
            # An address means nothing from a tenant that is not the district's.
            return Speaker(platform=Platform.TEAMS, workspace=where, user=user, guest=True)
        account = await self._account(activity, where, user)
        return Speaker(
            platform=Platform.TEAMS,
            workspace=where,
            user=user,
            email=account.email if account else None,
            # Without an object id it is an anonymous or a federated account.
            guest=not user or (account.guest if account else False),
        )

    async def _account(self, activity: Activity, where: str, user: str) -> Account | None:
        key = (where, user)
        kept = self._known.get(key)
        if kept and time.monotonic() - kept[0] < KEPT_SECONDS:
            return kept[1]
        if not user or text_at(activity, "action") == "remove":
            return None
        found = await self._look_up(activity)
        if found is not None:
            self._known[key] = (time.monotonic(), found)
            self._known.move_to_end(key)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return found

    async def _look_up(self, activity: Activity) -> Account | None:
        path = member_path(conversation(activity), text_at(activity, "from", "id"))
        try:
            with waiting_for_others():
                answer = await self._connector.call("GET", text_at(activity, "serviceUrl"), path)
            answer.raise_for_status()
            return account_of(answer.json())
        except (httpx.HTTPError, NoTokenError, UntrustedServiceError, ValueError) as error:
            _log.warning("teams.member_unknown", why=type(error).__name__)
            return None


def account_of(member: Any) -> Account:
    """A member as the Bot Connector tells it: guests have their role or ``#EXT#`` in the name."""
    principal = text_at(member, "userPrincipalName")
    email = text_at(member, "email") or principal
    guest = text_at(member, "userRole").casefold() in {"guest", "anonymous"}
    guest = guest or "#EXT#" in principal.upper()
    return Account(email=email.casefold() or None, guest=guest)
