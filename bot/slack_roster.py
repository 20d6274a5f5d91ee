"""The roster as Slack's members tell it: names, positions, languages and time zones."""

from __future__ import annotations

from bot.core import Core
from bot.files.accounts import Account, Places, placed
from bot.files.roster import Roster
from bot.slack.client import TROUBLES, SlackClient, trouble
from bot.slack.directory import Member, SlackDirectory


async def slack_roster(directory: SlackDirectory, places: Places) -> Roster:
    """Everybody of the workspace who is staff."""
    everybody = directory.members(everybody=True)
    return placed([account(one) async for one in everybody], places)


async def ask_slack(core: Core, places: Places) -> Roster:
    """``slack_roster`` of the workspace that is set up. ``ValueError`` where there is none."""
    from bot.wiring_slack import slack_settings

    if not core.settings.slack:
        raise ValueError("Slack is not set up: there is nobody to ask.")
    client = SlackClient(slack_settings(core.settings, core.web_url))
    try:
        return await slack_roster(SlackDirectory(client), places)
    except TROUBLES as error:
        raise ValueError(f"Slack did not tell its members ({trouble(error)}).") from None
    finally:
        await client.close()


def account(member: Member) -> Account:
    """Slack's own word for a position is the title; it knows no place, and no level."""
    given, family = member.given_name, member.family_name
    if not family:
        given, _, family = member.name.rpartition(" ")
    return Account(
        identifier=f"slack:{member.user}",
        email=member.email or "",
        given_name=given,
        family_name=family,
        positions=(member.title,),
        places=(member.title,),
        locale=member.locale or None,
        timezone=member.timezone or None,
        left_out=member.left_out,
        joined_by_email=True,
    )
