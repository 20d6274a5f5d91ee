"""Slack's final answers, and what they mean for a delivery. Codes: the errors of
``chat.postMessage`` and ``chat.delete`` in Slack's reference, and those that every method may give.
"""

from __future__ import annotations

from collections.abc import Mapping

from governance.delivery_reasons import DeliveryReason

UNREACHABLE: Mapping[str, DeliveryReason] = {
    "user_not_found": DeliveryReason.SLACK_NOT_KNOWN,
    "users_not_found": DeliveryReason.SLACK_NOT_KNOWN,
    "users.not_found": DeliveryReason.SLACK_NOT_KNOWN,
    "user_disabled": DeliveryReason.SLACK_SWITCHED_OFF,
    "user_not_visible": DeliveryReason.SLACK_NOT_SEEN,
    "cannot_dm_bot": DeliveryReason.SLACK_BOT,
    "channel_not_found": DeliveryReason.SLACK_NOT_SHOWN,
    "is_archived": DeliveryReason.SLACK_ARCHIVED,
    "not_in_channel": DeliveryReason.SLACK_NOT_IN_CHANNEL,
    "team_access_not_granted": DeliveryReason.SLACK_NOT_IN_WORKSPACE,
    "team_not_found": DeliveryReason.SLACK_NOT_IN_WORKSPACE,
    "messages_tab_disabled": DeliveryReason.SLACK_NO_MESSAGES_TAB,
    "restricted_action": DeliveryReason.SLACK_READ_ONLY,
    "restricted_action_read_only_channel": DeliveryReason.SLACK_READ_ONLY,
    "restricted_action_non_threadable_channel": DeliveryReason.SLACK_READ_ONLY,
    "restricted_action_thread_only_channel": DeliveryReason.SLACK_READ_ONLY,
    "as_user_not_supported": DeliveryReason.SLACK_READ_ONLY,
    "ekm_access_denied": DeliveryReason.SLACK_KEPT_OUT,
    "slack_connect_file_link_sharing_blocked": DeliveryReason.SLACK_READ_ONLY,
}
"""A final no that has to do with the recipient."""

NOBODY: Mapping[str, DeliveryReason] = {
    "invalid_auth": DeliveryReason.SLACK_TOKEN_REFUSED,
    "not_authed": DeliveryReason.SLACK_NO_TOKEN,
    "token_revoked": DeliveryReason.SLACK_TOKEN_REFUSED,
    "token_expired": DeliveryReason.SLACK_TOKEN_REFUSED,
    "account_inactive": DeliveryReason.SLACK_APP_GONE,
    "org_login_required": DeliveryReason.SLACK_MOVING,
    "team_added_to_org": DeliveryReason.SLACK_MOVING,
}
"""A no to someone we write to, until somebody fixes it: what is to be sent waits for that."""

FAILED: Mapping[str, DeliveryReason] = {
    "access_denied": DeliveryReason.SLACK_NO_PERMISSION,
    "missing_scope": DeliveryReason.SLACK_NO_PERMISSION,
    "no_permission": DeliveryReason.SLACK_NO_PERMISSION,
    "not_allowed_token_type": DeliveryReason.SLACK_NO_PERMISSION,
    "two_factor_setup_required": DeliveryReason.SLACK_SECOND_FACTOR,
    "invalid_blocks": DeliveryReason.SLACK_MISFIT,
    "invalid_blocks_format": DeliveryReason.SLACK_MISFIT,
    "invalid_arguments": DeliveryReason.SLACK_MISFIT,
    "no_text": DeliveryReason.SLACK_EMPTY,
    "msg_too_long": DeliveryReason.SLACK_TOO_LONG,
    "msg_blocks_too_long": DeliveryReason.SLACK_TOO_LONG,
    "metadata_too_large": DeliveryReason.SLACK_MISFIT,
    "cant_delete_message": DeliveryReason.SLACK_CANNOT_DELETE,
    "compliance_exports_prevent_deletion": DeliveryReason.SLACK_KEEPS_ALL,
}
"""A final no that has to do with us."""
