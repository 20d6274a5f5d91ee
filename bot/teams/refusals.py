"""Teams' final answers, and what they mean for a delivery. Codes: the Bot Connector's errors and
their subcodes, in Microsoft's guide to proactive messages and to throttling.
"""

from __future__ import annotations

from collections.abc import Mapping

from governance.delivery_reasons import DeliveryReason

FINAL: Mapping[str, DeliveryReason] = {
    "ConversationBlockedByUser": DeliveryReason.TEAMS_BLOCKED,
    "MessageWritesBlocked": DeliveryReason.TEAMS_BLOCKED,
    "BotDisabledByUser": DeliveryReason.TEAMS_BLOCKED,
    "BotDisabledByAdmin": DeliveryReason.TEAMS_SWITCHED_OFF,
    "TenantNoPermission": DeliveryReason.TEAMS_SWITCHED_OFF,
    "BotNotInConversationRoster": DeliveryReason.TEAMS_NOT_INSTALLED,
    "ForbiddenOperation": DeliveryReason.TEAMS_NOT_INSTALLED,
    "ForbiddenOperationException": DeliveryReason.TEAMS_NOT_INSTALLED,
    "ConversationNotFound": DeliveryReason.TEAMS_NOT_INSTALLED,
    "NotEnoughPermissions": DeliveryReason.TEAMS_MAY_NOT_WRITE,
    "InvalidBotApiHost": DeliveryReason.TEAMS_MOVED,
}
"""Wherever Teams wrote the code: in the error, or in a JSON text inside its message."""

IN_CHANNEL: Mapping[str, DeliveryReason] = {
    "BotNotInConversationRoster": DeliveryReason.TEAMS_NOT_IN_TEAM,
    "ForbiddenOperation": DeliveryReason.TEAMS_NOT_IN_TEAM,
    "ForbiddenOperationException": DeliveryReason.TEAMS_NOT_IN_TEAM,
    "ConversationNotFound": DeliveryReason.TEAMS_CHANNEL_GONE,
}
"""The same codes, where it is a committee's channel and nobody's own chat."""

CHANNEL_UNREACHABLE: Mapping[int, DeliveryReason] = {
    403: DeliveryReason.TEAMS_NOT_IN_TEAM,
    404: DeliveryReason.TEAMS_CHANNEL_GONE,
}

UNREACHABLE: Mapping[int, DeliveryReason] = {
    403: DeliveryReason.TEAMS_NO_ACCESS,
    404: DeliveryReason.TEAMS_NOT_INSTALLED,
}
"""Where Teams gave no code that is known."""

NOBODY: Mapping[int, DeliveryReason] = {
    401: DeliveryReason.TEAMS_TOKEN_REFUSED,
}
"""A no to someone we write to, until somebody fixes it: what is to be sent waits for that."""

FAILED: Mapping[int, DeliveryReason] = {
    413: DeliveryReason.TEAMS_TOO_LONG,
}

BLOCKED_NUMBER = 209
"""Teams' number for MessageWritesBlocked, which comes inside a JSON text."""
