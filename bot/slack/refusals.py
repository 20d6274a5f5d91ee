"""Slack's final answers, in words that a CTO understands: what is the matter, and what helps.

They stand beside a person's name and, counted, on the announcement's page; so they speak of one
person without naming them ("Has left the workspace."). Codes: the errors of ``chat.postMessage``
and ``chat.delete`` in Slack's reference, and those that every method may give.
"""

from __future__ import annotations

from collections.abc import Mapping

_NOT_KNOWN = "Is not known to Slack anymore. Import the roster again, or ask who has their account."
_GONE = "Has an account in Slack that is switched off. Switch it on, or give them another platform."
_NO_CHANNEL = (
    "Slack does not show this conversation to the app. Invite the app, or ask them to open it."
)
_INSTALL = (
    "The app is not in the workspace anymore, so nobody there gets anything. Install it again."
)
_REFUSED = "Slack does not accept the app's token, so nobody gets anything. Install the app again."
_RIGHTS = "The app lacks a permission in Slack. Install it again from its manifest."
_DRAWN = "Slack could not read the message as it was drawn. Tell who runs the service."
_MOVING = "The workspace is being moved inside Slack. This waits until that is done."
_LONG = "The message is too long for Slack. Shorten it and announce it again."
_READ_ONLY = (
    "This conversation takes no messages from apps. A workspace administrator can allow it."
)

UNREACHABLE: Mapping[str, str] = {
    "user_not_found": _NOT_KNOWN,
    "users_not_found": _NOT_KNOWN,
    "users.not_found": _NOT_KNOWN,
    "user_disabled": _GONE,
    "user_not_visible": "Cannot be seen from this workspace in Slack. Import their own workspace.",
    "cannot_dm_bot": "Is a bot account in Slack. Take it off the roster.",
    "channel_not_found": _NO_CHANNEL,
    "is_archived": "The channel is archived in Slack. Name another in the district's files.",
    "not_in_channel": "The app is not in this channel. Somebody in it must invite it.",
    "team_access_not_granted": "The app is not installed in their workspace. Install it there.",
    "team_not_found": "The app is not installed in their workspace. Install it there.",
    "messages_tab_disabled": (
        "The app's messages tab is switched off, so nobody can be written to. Switch it on in the "
        "app's settings."
    ),
    "restricted_action": _READ_ONLY,
    "restricted_action_read_only_channel": _READ_ONLY,
    "restricted_action_non_threadable_channel": _READ_ONLY,
    "restricted_action_thread_only_channel": _READ_ONLY,
    "as_user_not_supported": _READ_ONLY,
    "ekm_access_denied": "Their organization's keys keep the app out. Ask its security team.",
    "slack_connect_file_link_sharing_blocked": _READ_ONLY,
}
"""A final no that has to do with the recipient."""

NOBODY: Mapping[str, str] = {
    "invalid_auth": _REFUSED,
    "not_authed": (
        "No Slack token is set, so nobody gets anything. Set it and start the service again."
    ),
    "token_revoked": _REFUSED,
    "token_expired": _REFUSED,
    "account_inactive": _INSTALL,
    "org_login_required": _MOVING,
    "team_added_to_org": _MOVING,
}
"""A no to whoever we write to, until somebody mends it: what is to be sent waits for that."""

FAILED: Mapping[str, str] = {
    "access_denied": _RIGHTS,
    "missing_scope": _RIGHTS,
    "no_permission": _RIGHTS,
    "not_allowed_token_type": _RIGHTS,
    "two_factor_setup_required": "Slack wants a second factor of the owner. Set it up there.",
    "invalid_blocks": _DRAWN,
    "invalid_blocks_format": _DRAWN,
    "invalid_arguments": _DRAWN,
    "no_text": "The message was empty. Tell who runs the service.",
    "msg_too_long": _LONG,
    "msg_blocks_too_long": _LONG,
    "metadata_too_large": _DRAWN,
    "cant_delete_message": "Slack does not let the app take this message back. Delete it by hand.",
    "compliance_exports_prevent_deletion": (
        "The workspace keeps every message for compliance, so it cannot be taken back."
    ),
}
"""A final no that has to do with us."""
