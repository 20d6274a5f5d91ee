"""codes of reasons

Why a message did not arrive was stored as an English sentence. It is stored as a code now, and
after a colon what it is about. A sentence that is not known here is kept behind the code "other".
Why a date of a series was left out is still a sentence; those that have a plainer wording get it.

Create Date: 2026-11-29
"""

from __future__ import annotations

import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_STORED_IN = ("delivery", "halt", "feed_notice", "hand_over")

_SENTENCES = """
spared: Had answered or said no when its turn came; it was not sent.
left: Has left the district. Nothing was sent.
stopped: Stopped by {} before it was sent.
stopped-by-operator: Stopped by an operator before it was sent.
stop-unseen: It could not be seen whether this was stopped.
not-composed: It could not be put into words; see the log.
not-needed: No longer needed when its turn came.
no-reference: It has no name by which it could be taken back.
too-late: It could not be sent before its deadline.
held-too-long: It was held in quiet hours, and its deadline came before they ended.
never-opened: They had not opened the chat before its deadline.
installing: They do not have the app in Teams. It is being installed for them.
open-channel: The channel is open to more than staff.
words-changed: Its words were changed before it was sent: it is sent anew.
recalled: Taken back after it was sent.
repeated: It was sent again, because its first answer was lost; it may have arrived twice.
no-answer: There was no answer in time; it may have arrived.
fault: An internal fault while sending; it may have arrived.
service-stopped: The service stopped while this was being sent; it may have arrived.
not-looked-up: It could not be looked up.
slack-not-known: Is not known to Slack anymore. Import the roster again, or ask who has their account.
slack-not-known: Is not known to Slack any more. Import the roster again, or ask who has their account.
slack-switched-off: Has an account in Slack that is switched off. Switch it on, or give them another platform.
slack-not-seen: Cannot be seen from this workspace in Slack. Import their own workspace.
slack-bot: Is a bot account in Slack. Take it off the roster.
slack-not-shown: Slack does not show this conversation to the app. Invite the app, or ask them to open it.
slack-archived: The channel is archived in Slack. Name another in the district's files.
slack-not-in-channel: The app is not in this channel. Somebody in it must invite it.
slack-not-in-workspace: The app is not installed in their workspace. Install it there.
slack-no-messages-tab: The app's messages tab is switched off, so nobody can be written to. Switch it on in the app's settings.
slack-read-only: This conversation takes no messages from apps. A workspace administrator can allow it.
slack-kept-out: Their organization's keys keep the app out. Ask its security team.
slack-kept-out: Their organisation's keys keep the app out. Ask its security team.
slack-token-refused: Slack does not accept the app's token, so nobody gets anything. Install the app again.
slack-no-token: No Slack token is set, so nobody gets anything. Set it and start the service again.
slack-token-unread: The app's token could not be read.
slack-app-gone: The app is not in the workspace anymore, so nobody there gets anything. Install it again.
slack-app-gone: The app is not in the workspace any more, so nobody there gets anything. Install it again.
slack-moving: The workspace is being moved inside Slack. This waits until that is done.
slack-moving: The workspace is being moved inside Slack. Send it again when that is done.
slack-no-permission: The app lacks a permission in Slack. Install it again from its manifest.
slack-second-factor: Slack wants a second factor of the owner. Set it up there.
slack-misfit: Slack could not read the message as it was drawn. Tell who runs the service.
slack-empty: The message was empty. Tell who runs the service.
slack-too-long: The message is too long for Slack. Shorten it and announce it again.
slack-cannot-delete: Slack does not let the app take this message back. Delete it by hand.
slack-keeps-all: The workspace keeps every message for compliance, so it cannot be taken back.
slack-refused: Slack did not take the message ({}).
slack-not-drawn: The message could not be drawn ({}).
slack-away: No connection to Slack could be made.
slack-bad-address: The address of Slack's API is not an address.
slack-fault: Slack answered with an error of its own ({}).
slack-unintelligible: Slack's answer could not be understood; it may have arrived.
slack-no-answer: Slack did not answer in time.
slack-broke: The connection to Slack broke before it answered.
slack-may-not-look: The app may not read this channel to look for the message.
slack-too-busy: The conversation is too busy to say; it may have arrived.
slack-not-there: It is not among the conversation's last messages.
teams-blocked: Has blocked Sounding Board in Teams. They can unblock it in the chat with it; ask them in another way.
teams-not-installed: Has not installed the app in Teams, or removed it. An administrator can install it for everybody with a set-up policy.
teams-switched-off: An administrator has switched Sounding Board off for them in Teams. Allow the app in the Teams admin center.
teams-switched-off: An administrator has switched Sounding Board off for them in Teams. Allow the app in the Teams admin centre.
teams-may-not-write: Sounding Board may not write in this chat or channel. A Teams administrator can allow it.
teams-moved: Their address in Teams has moved. They have to write to the app once.
teams-not-in-team: Sounding Board is not in the team of this channel any more. Add the app to the team; the committee's page has everything.
teams-channel-gone: Teams does not know this channel. Correct its id in committees.yaml, or add the app to its team; the committee's page has everything.
teams-no-access: Teams does not let Sounding Board write to them. Is their account still there?
teams-token-refused: Teams does not accept the app's id and secret, so nobody gets anything. Check the bot's set-up.
teams-too-long: The message is too long for Teams. Shorten it and announce it again.
teams-misfit: Teams refused the message as it is. Tell who runs the service. ({})
teams-not-drawn: The message could not be drawn for Teams (fault {}).
teams-empty: There is nothing to say in this message.
teams-not-trusted: The stored address is not one of Teams' own; nothing was sent.
teams-bad-address: The stored address cannot be used ({}).
teams-away: No connection to Teams could be made.
teams-not-now: Teams could not take it just now ({}).
teams-fault: Teams had a fault of its own ({}); it may have arrived.
teams-no-answer: Teams did not answer in time; the message may have arrived.
teams-broke: The connection to Teams broke; the message may have arrived.
teams-sending-failed: Something went wrong while sending (fault {}).
login-away: Microsoft's login cannot be reached.
login-busy: Microsoft's login asks us to wait.
login-no-token: Microsoft's login gave no token.
login-no-tenant: Microsoft's login does not know the tenant. Copy the directory (tenant) id again.
login-bad-secret: Microsoft's login does not accept the Teams app's secret. Make a new client secret, and copy its value (not its id).
login-old-secret: The Teams app's secret has expired. Make a new client secret, and copy its value.
login-no-app: Microsoft's login does not know the Teams app's id in this tenant. Look at the app's id and at the tenant's.
login-refused: Microsoft's login does not accept the Teams app's id, secret or tenant ({}).
graph-no-account: No account in Microsoft 365 has their address, so the app cannot be installed for them. Correct the address in the roster.
graph-several-accounts: Several accounts in Microsoft 365 have their address, so the app cannot be installed for them. Leave it with one.
graph-no-license: Microsoft does not let the app be installed for them: no Teams licence, or a policy that keeps it away. An administrator can see which.
graph-may-not-install: Microsoft does not let Sounding Board install itself. The doctor says which permission is missing.
graph-not-in-catalog: The app is not in the tenant's catalogue, so it cannot be installed for anybody. Upload its package in the Teams admin centre.
graph-not-installed: Microsoft Graph does not install the app for them ({}).
feed-may-not-tell: Microsoft does not let Sounding Board write into the activity feed. The doctor says which permission is missing.
feed-sending: No answer of Microsoft Graph was seen; it may have been told.
feed-no-answer: Microsoft Graph did not answer; it may have been told.
feed-fault: Microsoft Graph had a fault ({}); it may have been told.
feed-refused: Microsoft Graph does not take the notice ({}).
feed-gone: The announcement is not there any more.
mail-no-address: The roster has no e-mail address for them.
mail-bad-address: Their e-mail address is not one that mail can be sent to.
mail-not-now: The mail server did not take it for now; it is tried again.
mail-full: Their mailbox is full.
mail-not-known: The mail server does not know their address.
mail-refused-them: The mail server does not take mail for their address.
mail-refused-us: The mail server does not take mail from our address.
mail-refused: The mail server refused the message.
mail-no-answer: The mail server's answer was lost; the mail may have arrived.
desk-not-set-up: No help desk is set up any more.
desk-no-ticket: This is nothing for the help desk.
desk-away: The help desk's system cannot be reached.
desk-no-answer: The help desk's system did not answer; it may have it.
desk-fault: The help desk's system answered with an error ({}).
desk-refused: The help desk's system did not take it ({}).
"""  # noqa: E501
"""As they were written until now, behind their codes. ``{}``: what it is about."""

_REWORDED = {
    "Everybody in this audience was asked often enough lately. Wait, choose others, or say why "
    "they are asked all the same.": "Everyone in this audience has reached the survey limit. "
    "Wait, choose other people, or say why you ask them anyway.",
    "Fill in {place} first: it stands in the survey's words.": "Fill in {place} first. The "
    "survey’s text uses it.",
    "It asks about somebody by name, and the words will stand in a comment.": "It asks about "
    "somebody by name, and the answers are kept as comments.",
}

_PAIRS = [line.split(": ", 1) for line in _SENTENCES.strip().splitlines()]
_WHOLE = {told: code for code, told in _PAIRS if "{}" not in told}
_FILLED = tuple(
    (code, re.compile("(.*)".join(map(re.escape, told.split("{}"))), re.DOTALL))
    for code, told in _PAIRS
    if "{}" in told
)


def upgrade() -> None:
    codes = op.create_table(
        "why_code",
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
    )
    found = " UNION ".join(f"SELECT why FROM {one} WHERE why > ''" for one in _STORED_IN)  # noqa: S608
    told = op.get_bind().execute(sa.text(found)).scalars().all()
    op.bulk_insert(codes, [{"told": one, "code": _code(one)} for one in told])
    for one in _STORED_IN:
        op.execute(
            f"UPDATE {one} SET why = (SELECT code FROM why_code WHERE told = why) "  # noqa: S608
            "WHERE why IN (SELECT told FROM why_code)"
        )
    op.drop_table("why_code")
    op.execute(
        "UPDATE item_move SET why = 'committee-retired' "
        "WHERE by_person IS NULL AND why = 'This committee was retired.'"
    )
    for before, now in _REWORDED.items():
        op.get_bind().execute(
            sa.text("UPDATE series_date SET why = REPLACE(why, :before, :now) WHERE why > ''"),
            {"before": json.dumps(before)[1:-1], "now": json.dumps(now)[1:-1]},
        )


def _code(told: str) -> str:
    if told in _WHOLE:
        return _WHOLE[told]
    for code, filled in _FILLED:
        if found := filled.fullmatch(told):
            return f"{code}:{found[1]}"
    return f"other:{told}"


def downgrade() -> None:
    """An earlier version shows the codes as they are."""
