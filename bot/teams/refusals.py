"""Teams' final answers, in words that a CTO understands: what is the matter, and what helps.

They stand beside a person's name and, counted, on the announcement's page; so they speak of one
person without naming them ("Has blocked Sounding Board in Teams."). Codes: the Bot Connector's
errors and their subcodes, in Microsoft's guide to proactive messages and to throttling.
"""

from __future__ import annotations

from collections.abc import Mapping

_BLOCKED = (
    "Has blocked Sounding Board in Teams. They can unblock it in the chat with it; ask them in "
    "another way."
)
NOT_INSTALLED = (
    "Has not installed the app in Teams, or removed it. An administrator can install it for "
    "everybody with a set-up policy."
)
_SWITCHED_OFF = (
    "An administrator has switched Sounding Board off for them in Teams. Allow the app in the "
    "Teams admin center."
)

FINAL: Mapping[str, str] = {
    "ConversationBlockedByUser": _BLOCKED,
    "MessageWritesBlocked": _BLOCKED,
    "BotDisabledByUser": _BLOCKED,
    "BotDisabledByAdmin": _SWITCHED_OFF,
    "TenantNoPermission": _SWITCHED_OFF,
    "BotNotInConversationRoster": NOT_INSTALLED,
    "ForbiddenOperation": NOT_INSTALLED,
    "ForbiddenOperationException": NOT_INSTALLED,
    "ConversationNotFound": NOT_INSTALLED,
    "NotEnoughPermissions": (
        "Sounding Board may not write in this chat or channel. A Teams administrator can allow it."
    ),
    "InvalidBotApiHost": "Their address in Teams has moved. They have to write to the app once.",
}
"""Wherever Teams wrote the code: in the error, or in a JSON text inside its message."""

_NOT_IN_TEAM = (
    "Sounding Board is not in the team of this channel any more. Add the app to the team; the "
    "committee's page has everything."
)
_CHANNEL_GONE = (
    "Teams does not know this channel. Correct its id in committees.yaml, or add the app to its "
    "team; the committee's page has everything."
)

IN_CHANNEL: Mapping[str, str] = {
    "BotNotInConversationRoster": _NOT_IN_TEAM,
    "ForbiddenOperation": _NOT_IN_TEAM,
    "ForbiddenOperationException": _NOT_IN_TEAM,
    "ConversationNotFound": _CHANNEL_GONE,
}
"""The same codes, where it is a committee's channel and nobody's own chat."""

CHANNEL_UNREACHABLE: Mapping[int, str] = {403: _NOT_IN_TEAM, 404: _CHANNEL_GONE}

UNREACHABLE: Mapping[int, str] = {
    403: "Teams does not let Sounding Board write to them. Is their account still there?",
    404: NOT_INSTALLED,
}
"""Where Teams gave no code that is known."""

NOBODY: Mapping[int, str] = {
    401: (
        "Teams does not accept the app's id and secret, so nobody gets anything. Check the bot's "
        "set-up."
    ),
}
"""A no to whoever we write to, until somebody mends it: what is to be sent waits for that."""

FAILED: Mapping[int, str] = {
    413: "The message is too long for Teams. Shorten it and announce it again.",
}

NO_ACCOUNT = (
    "No account in Microsoft 365 has their address, so the app cannot be installed for them. "
    "Correct the address in the roster."
)
SEVERAL_ACCOUNTS = (
    "Several accounts in Microsoft 365 have their address, so the app cannot be installed for "
    "them. Leave it with one."
)
NO_LICENCE = (
    "Microsoft does not let the app be installed for them: no Teams licence, or a policy that "
    "keeps it away. An administrator can see which."
)
NO_PERMISSION = (
    "Microsoft does not let Sounding Board install itself. The doctor says which permission is "
    "missing."
)
NO_FEED = (
    "Microsoft does not let Sounding Board write into the activity feed. The doctor says which "
    "permission is missing."
)
NO_CATALOGUE = (
    "The app is not in the tenant's catalogue, so it cannot be installed for anybody. Upload its "
    "package in the Teams admin centre."
)

MISFIT = "Teams refused the message as it is. Tell who runs the service."

BLOCKED_NUMBER = 209
"""Teams' number for MessageWritesBlocked, which comes inside a JSON text."""
