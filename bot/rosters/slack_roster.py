"""The roster as Slack's members tell it: names, positions, languages and time zones."""

from __future__ import annotations

from collections.abc import Iterable

from bot.app.core import Core
from bot.files.accounts import Account, Places, placed
from bot.files.roster import Roster
from bot.slack.client import TROUBLES, trouble
from bot.slack.directory import Member, SlackDirectory


async def slack_roster(directories: Iterable[SlackDirectory], places: Places) -> Roster:
    """Everybody of these workspaces who is staff; who is in several comes from the first."""
    everybody: dict[str, Member] = {}
    for directory in directories:
        async for one in directory.members(everybody=True):
            everybody.setdefault(one.email or one.user, one)
    return placed(map(account, everybody.values()), places)


async def ask_slack(core: Core, places: Places) -> Roster:
    """``slack_roster`` of the workspaces that are set up. ``ValueError`` where there is none."""
    from bot.slack_app.installations import workspaces

    if not core.settings.slack:
        raise ValueError("Slack is not set up, so nobody can be imported from it.")
    ours = workspaces(core)
    try:
        found = await ours.all()
        if not found:
            raise ValueError("Nobody has installed Slack's app, so nobody can be imported from it.")
        return await slack_roster([one.directory for one in found], places)
    except TROUBLES as error:
        if isinstance(error, ValueError):
            raise
        raise ValueError(f"Slack did not list its members ({trouble(error)}).") from None
    finally:
        await ours.close()


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
