"""Why a message did not arrive, may not have, or waits: a closed list of codes.

The ledger stores the code; the sentence is made when somebody reads it, in their language. It
is beside a person's name and, counted, on the announcement's page; so it speaks of one person
without naming them ("Has left the district.") and says what helps, to a CTO.
"""

from __future__ import annotations

from enum import ReprEnum, unique
from typing import Self


class Why(str):
    """A reason as it is stored: its code, and after a colon what it is about, where it has that
    ("slack-refused:not_in_channel")."""

    __slots__ = ()


@unique
class DeliveryReason(Why, ReprEnum):
    """A code with its English sentence, which is a message of the catalogue. ``{about}``: what the
    reason is about, which is a code or a number of somebody else's, or a name."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member

    def about(self, what: object) -> Why:
        return Why(f"{self}:{what}")

    OTHER = "other", "An earlier version of the service noted: {about}."

    # -- before a platform was asked -------------------------------------------------------------

    SPARED = "spared", "Had already answered or said no, so it was not sent."
    """Of an invitation or a reminder. Whoever counts messages counts it as sent: how many there are
    of these tells how many answered (decision 14)."""
    LEFT = "left", "Has left the district. Nothing was sent."
    STOPPED = "stopped", "Stopped by {about} before it was sent."
    STOPPED_BY_OPERATOR = "stopped-by-operator", "Stopped by an operator before it was sent."
    STOP_UNSEEN = "stop-unseen", "We could not check whether this was stopped."
    NOT_COMPOSED = "not-composed", "The message could not be written; see the log."
    NOT_NEEDED = "not-needed", "It was no longer needed, so it was not sent."
    NO_REFERENCE = "no-reference", "It has no message ID, so it can't be taken back."
    TOO_LATE = "too-late", "It could not be sent before its deadline."
    HELD_TOO_LONG = (
        "held-too-long",
        "It was held in quiet hours, and its deadline came before they ended.",
    )
    NEVER_OPENED = "never-opened", "They had not opened the chat before its deadline."
    INSTALLING = "installing", "They do not have the app in Teams. It is being installed for them."
    OPEN_CHANNEL = "open-channel", "The channel is open to more than staff."
    WORDS_CHANGED = (
        "words-changed",
        "Its text changed before it was sent, so it is sent again.",
    )

    RESTORED = (
        "restored",
        "The database was restored, and this may have been sent before. An operator decides "
        "whether it is sent.",
    )
    RESTORED_ASKED = (
        "restored-asked",
        "The database was restored, and this may have been sent before. We are checking with "
        "Slack.",
    )
    RESTORED_DROPPED = (
        "restored-dropped",
        "Not sent again after the database was restored: an operator decided so.",
    )

    # -- after it was sent, or perhaps was -------------------------------------------------------

    RECALLED = "recalled", "Taken back after it was sent."
    REPEATED = (
        "repeated",
        "It was sent again, because its first answer was lost; it may have arrived twice.",
    )
    NO_ANSWER = "no-answer", "There was no answer in time; it may have arrived."
    FAULT = "fault", "An internal fault while sending; it may have arrived."
    SERVICE_STOPPED = (
        "service-stopped",
        "The service stopped while this was being sent; it may have arrived.",
    )
    NOT_LOOKED_UP = "not-looked-up", "We could not check."

    # -- Slack -----------------------------------------------------------------------------------

    SLACK_NOT_KNOWN = (
        "slack-not-known",
        "Is not known to Slack anymore. Import the roster again, or ask who has their account.",
    )
    SLACK_SWITCHED_OFF = (
        "slack-switched-off",
        "Has an account in Slack that is switched off. Switch it on, or give them another "
        "platform.",
    )
    SLACK_NOT_SEEN = (
        "slack-not-seen",
        "Can't be seen from this Slack workspace. Import the workspace that they belong to.",
    )
    SLACK_BOT = "slack-bot", "Is a bot account in Slack. Take it off the roster."
    SLACK_NOT_SHOWN = (
        "slack-not-shown",
        "Slack does not show this conversation to the app. Invite the app, or ask them to open it.",
    )
    SLACK_ARCHIVED = (
        "slack-archived",
        "The channel is archived in Slack. Name another in the district's files.",
    )
    SLACK_NOT_IN_CHANNEL = (
        "slack-not-in-channel",
        "The app is not in this channel. Someone in it must invite it.",
    )
    SLACK_NOT_IN_WORKSPACE = (
        "slack-not-in-workspace",
        "The app is not installed in their workspace. Install it there.",
    )
    SLACK_NO_MESSAGES_TAB = (
        "slack-no-messages-tab",
        "The app's messages tab is switched off, so it can't write to anyone. Switch it on in "
        "the app's settings.",
    )
    SLACK_READ_ONLY = (
        "slack-read-only",
        "This conversation does not accept messages from apps. A workspace administrator can "
        "allow it.",
    )
    SLACK_KEPT_OUT = (
        "slack-kept-out",
        "Their organization's encryption keys block the app. Ask its security team.",
    )
    SLACK_TOKEN_REFUSED = (
        "slack-token-refused",
        "Slack does not accept the app's token, so nobody gets anything. Install the app again.",
    )
    SLACK_NO_TOKEN = (
        "slack-no-token",
        "No Slack token is set, so nobody gets anything. Set it and start the service again.",
    )
    SLACK_TOKEN_UNREAD = "slack-token-unread", "The app's token could not be read."
    SLACK_APP_GONE = (
        "slack-app-gone",
        "The app is not in the workspace anymore, so nobody there gets anything. Install it again.",
    )
    SLACK_MOVING = (
        "slack-moving",
        "The workspace is being moved inside Slack. This is sent once that is done.",
    )
    SLACK_NO_PERMISSION = (
        "slack-no-permission",
        "The app lacks a permission in Slack. Install it again from its manifest.",
    )
    SLACK_SECOND_FACTOR = (
        "slack-second-factor",
        "Slack requires two-factor authentication for the owner. Set it up there.",
    )
    SLACK_MISFIT = (
        "slack-misfit",
        "Slack could not read the message. Tell the person who runs the service.",
    )
    SLACK_EMPTY = "slack-empty", "The message was empty. Tell the person who runs the service."
    SLACK_TOO_LONG = (
        "slack-too-long",
        "The message is too long for Slack. Shorten it and announce it again.",
    )
    SLACK_CANNOT_DELETE = (
        "slack-cannot-delete",
        "Slack does not let the app take this message back. Delete it by hand.",
    )
    SLACK_KEEPS_ALL = (
        "slack-keeps-all",
        "The workspace keeps every message for compliance, so it cannot be taken back.",
    )
    SLACK_REFUSED = "slack-refused", "Slack did not accept the message ({about})."
    SLACK_NOT_DRAWN = "slack-not-drawn", "The message could not be prepared ({about})."
    SLACK_AWAY = "slack-away", "No connection to Slack could be made."
    SLACK_BAD_ADDRESS = "slack-bad-address", "The address set for Slack's API is not valid."
    SLACK_FAULT = "slack-fault", "Slack answered with an error of its own ({about})."
    SLACK_UNINTELLIGIBLE = (
        "slack-unintelligible",
        "Slack's answer could not be understood; it may have arrived.",
    )
    SLACK_NO_ANSWER = "slack-no-answer", "Slack did not answer in time."
    SLACK_BROKE = "slack-broke", "The connection to Slack was lost before it answered."
    SLACK_MAY_NOT_LOOK = (
        "slack-may-not-look",
        "The app is not allowed to read this channel, so it can't look for the message.",
    )
    SLACK_TOO_BUSY = (
        "slack-too-busy",
        "The conversation is too busy to check; it may have arrived.",
    )
    SLACK_NOT_THERE = "slack-not-there", "It is not among the conversation's last messages."

    # -- Teams and Microsoft Graph ---------------------------------------------------------------

    TEAMS_BLOCKED = (
        "teams-blocked",
        "Has blocked Sounding Board in Teams. Ask them in another way to unblock it in their "
        "chat with it.",
    )
    TEAMS_NOT_INSTALLED = (
        "teams-not-installed",
        "Has not installed the app in Teams, or removed it. An administrator can "
        "install it for everyone with a set-up policy.",
    )
    TEAMS_SWITCHED_OFF = (
        "teams-switched-off",
        "An administrator has switched Sounding Board off for them in Teams. Allow the app in the "
        "Teams admin center.",
    )
    TEAMS_MAY_NOT_WRITE = (
        "teams-may-not-write",
        "Sounding Board is not allowed to write in this chat or channel. A Teams "
        "administrator can allow it.",
    )
    TEAMS_MOVED = (
        "teams-moved",
        "Their address in Teams has changed. They have to write to the app once.",
    )
    TEAMS_NOT_IN_TEAM = (
        "teams-not-in-team",
        "Sounding Board is not in the team of this channel anymore. Add the app to the team; the "
        "committee's page has everything.",
    )
    TEAMS_CHANNEL_GONE = (
        "teams-channel-gone",
        "Teams does not know this channel. Correct its id in committees.yaml, or add the app to "
        "its team; the committee's page has everything.",
    )
    TEAMS_NO_ACCESS = (
        "teams-no-access",
        "Teams does not let Sounding Board write to them. Check whether they still "
        "have an account.",
    )
    TEAMS_TOKEN_REFUSED = (
        "teams-token-refused",
        "Teams does not accept the app's id and secret, so nobody gets anything. Check the bot's "
        "set-up.",
    )
    TEAMS_TOO_LONG = (
        "teams-too-long",
        "The message is too long for Teams. Shorten it and announce it again.",
    )
    TEAMS_MISFIT = (
        "teams-misfit",
        "Teams refused the message as it is ({about}). Tell the person who runs the service.",
    )
    TEAMS_NOT_DRAWN = (
        "teams-not-drawn",
        "The message could not be prepared for Teams (fault {about}).",
    )
    TEAMS_EMPTY = "teams-empty", "This message has no content."
    TEAMS_NOT_TRUSTED = (
        "teams-not-trusted",
        "The stored address is not one of Teams' own; nothing was sent.",
    )
    TEAMS_BAD_ADDRESS = "teams-bad-address", "The stored address cannot be used ({about})."
    TEAMS_AWAY = "teams-away", "No connection to Teams could be made."
    TEAMS_NOT_NOW = "teams-not-now", "Teams could not accept it just now ({about})."
    TEAMS_FAULT = "teams-fault", "Teams had a fault of its own ({about}); it may have arrived."
    TEAMS_NO_ANSWER = (
        "teams-no-answer",
        "Teams did not answer in time; the message may have arrived.",
    )
    TEAMS_BROKE = (
        "teams-broke",
        "The connection to Teams was lost; the message may have arrived.",
    )
    TEAMS_SENDING_FAILED = (
        "teams-sending-failed",
        "Something went wrong while sending (fault {about}).",
    )
    LOGIN_AWAY = "login-away", "Microsoft's login cannot be reached."
    LOGIN_BUSY = "login-busy", "Microsoft's login asks us to wait."
    LOGIN_NO_TOKEN = "login-no-token", "Microsoft's login gave no token."
    LOGIN_NO_TENANT = (
        "login-no-tenant",
        "Microsoft's login does not know the tenant. Copy the directory (tenant) id again.",
    )
    LOGIN_BAD_SECRET = (
        "login-bad-secret",
        "Microsoft's login does not accept the Teams app's secret. Make a new client secret, and "
        "copy its value (not its id).",
    )
    LOGIN_OLD_SECRET = (
        "login-old-secret",
        "The Teams app's secret has expired. Make a new client secret, and copy its value.",
    )
    LOGIN_NO_APP = (
        "login-no-app",
        "Microsoft's login does not know the Teams app's id in this tenant. Check the app's "
        "id and the tenant's.",
    )
    LOGIN_REFUSED = (
        "login-refused",
        "Microsoft's login does not accept the Teams app's id, secret or tenant ({about}).",
    )
    GRAPH_NO_ACCOUNT = (
        "graph-no-account",
        "No account in Microsoft 365 has their address, so the app cannot be installed for them. "
        "Correct the address in the roster.",
    )
    GRAPH_SEVERAL_ACCOUNTS = (
        "graph-several-accounts",
        "Several accounts in Microsoft 365 have their address, so the app cannot be installed "
        "for them. Keep it on one of them only.",
    )
    GRAPH_NO_LICENSE = (
        "graph-no-license",
        "Microsoft does not let the app be installed for them: no Teams license, or a policy "
        "that blocks it. An administrator can see which.",
    )
    GRAPH_MAY_NOT_INSTALL = (
        "graph-may-not-install",
        "Microsoft does not let Sounding Board install itself. The doctor says which permission is "
        "missing.",
    )
    GRAPH_NOT_IN_CATALOG = (
        "graph-not-in-catalog",
        "The app is not in the tenant's catalog, so it cannot be installed for anyone. "
        "Upload its package in the Teams admin center.",
    )
    GRAPH_NOT_INSTALLED = (
        "graph-not-installed",
        "Microsoft Graph does not install the app for them ({about}).",
    )
    FEED_MAY_NOT_TELL = (
        "feed-may-not-tell",
        "Microsoft does not let Sounding Board write into the activity feed. The doctor says which "
        "permission is missing.",
    )
    FEED_SENDING = (
        "feed-sending",
        "No answer from Microsoft Graph was seen; the notice may have been sent.",
    )
    FEED_NO_ANSWER = (
        "feed-no-answer",
        "Microsoft Graph did not answer; the notice may have been sent.",
    )
    FEED_FAULT = (
        "feed-fault",
        "Microsoft Graph had a fault ({about}); the notice may have been sent.",
    )
    FEED_REFUSED = "feed-refused", "Microsoft Graph did not accept the notice ({about})."
    FEED_GONE = "feed-gone", "The announcement no longer exists."

    # -- mail ------------------------------------------------------------------------------------

    MAIL_NO_ADDRESS = "mail-no-address", "The roster has no email address for them."
    MAIL_BAD_ADDRESS = (
        "mail-bad-address",
        "Mail can't be sent to their email address.",
    )
    MAIL_NOT_NOW = (
        "mail-not-now",
        "The mail server did not accept it for now. It will be tried again.",
    )
    MAIL_FULL = "mail-full", "Their mailbox is full."
    MAIL_NOT_KNOWN = "mail-not-known", "The mail server does not know their address."
    MAIL_REFUSED_THEM = (
        "mail-refused-them",
        "The mail server does not accept mail for their address.",
    )
    MAIL_REFUSED_US = (
        "mail-refused-us",
        "The mail server does not accept mail from our address.",
    )
    MAIL_REFUSED = "mail-refused", "The mail server refused the message."
    MAIL_NO_ANSWER = (
        "mail-no-answer",
        "The mail server's answer was lost; the mail may have arrived.",
    )

    # -- the help desk's system ------------------------------------------------------------------

    DESK_NOT_SET_UP = "desk-not-set-up", "No help desk is set up anymore."
    DESK_NO_TICKET = "desk-no-ticket", "This is not for the help desk."
    DESK_AWAY = "desk-away", "The help desk's system cannot be reached."
    DESK_NO_ANSWER = (
        "desk-no-answer",
        "The help desk's system did not answer; it may have it.",
    )
    DESK_FAULT = "desk-fault", "The help desk's system answered with an error ({about})."
    DESK_REFUSED = "desk-refused", "The help desk's system did not accept it ({about})."


_BY_CODE = {str(one): one for one in DeliveryReason}


def read_why(stored: str) -> tuple[DeliveryReason, str]:
    """A stored reason, and what it is about. One that this version does not know, such as an
    earlier one's sentence, is ``OTHER`` about all of it."""
    code, _, about = stored.partition(":")
    known = _BY_CODE.get(code)
    return (known, about) if known else (DeliveryReason.OTHER, stored)
