"""What Slack says of a committee's channel: whether others than staff read along."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.client import TROUBLES, SlackClient, retry_after, trouble
from bot.slack.directory import SlackDirectory
from governance.committees.channels import CannotTellError
from governance.committees.model import Openness

_TRIES = 10
_PAGE = 200
_SHARED = ("is_ext_shared", "is_pending_ext_shared", "is_org_shared", "is_shared")

Sleep = Callable[[float], Awaitable[None]]


async def openness(
    client: SlackClient,
    directory: SlackDirectory,
    conversation: str,
    *,
    sleep: Sleep = asyncio.sleep,
) -> Openness | None:
    """Why a channel is open to more than staff; None: it is private. ``CannotTellError``."""
    try:
        answer = await _called(lambda: client.web.conversations_info(channel=conversation), sleep)
        channel = answer.get("channel") or {}
        if not channel.get("is_private"):
            return Openness.PUBLIC
        if any(channel.get(mark) for mark in _SHARED):
            return Openness.SHARED
        async for user in channel_members(client, conversation, sleep=sleep):
            member = await directory.member(user, sleep=sleep)
            if member.left_out == "guests":
                return Openness.GUESTS
    except TROUBLES as error:
        raise CannotTellError(_why(error)) from None
    return None


async def channel_members(
    client: SlackClient, conversation: str, *, sleep: Sleep = asyncio.sleep
) -> AsyncIterator[str]:
    """The members' user ids, page by page. Raises as ``TROUBLES`` say."""
    cursor = ""
    while True:
        at = {"cursor": cursor} if cursor else {}

        async def ask(at: Mapping[str, Any] = at) -> Any:
            return await client.web.conversations_members(channel=conversation, limit=_PAGE, **at)

        page = await _called(ask, sleep)
        for user in page.get("members") or ():
            yield str(user)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


async def staff_emails(
    client: SlackClient,
    directory: SlackDirectory,
    group: str,
    *,
    channel: bool = False,
    sleep: Sleep = asyncio.sleep,
) -> list[str]:
    """The mail addresses of a user group's (or a ``channel``'s) staff. ``CannotTellError``."""
    try:
        if channel:
            users = [user async for user in channel_members(client, group, sleep=sleep)]
        else:
            users = await _group_members(client, directory, group, sleep)
        members = [await directory.member(user, sleep=sleep) for user in users]
    except TROUBLES as error:
        raise CannotTellError(_why(error)) from None
    return [one.email for one in members if one.email and one.left_out is None]


async def _group_members(
    client: SlackClient, directory: SlackDirectory, group: str, sleep: Sleep
) -> list[str]:
    """Slack tells all of them at once. Of an organization each workspace is asked, since the
    group's id does not say whose it is."""
    missing: SlackApiError | None = None
    async for team in directory.teams():

        async def ask(team: str | None = team or None) -> Any:
            return await client.web.usergroups_users_list(usergroup=group, team_id=team)

        try:
            answer = await _called(ask, sleep)
        except SlackApiError as error:
            if trouble(error) != "no_such_subteam":
                raise
            missing = error
            continue
        return [str(user) for user in answer.get("users") or ()]
    raise missing or ValueError("no workspace")


async def _called(call: Callable[[], Awaitable[Any]], sleep: Sleep) -> Mapping[str, Any]:
    """A call that waits where Slack says so."""
    for _ in range(_TRIES):
        try:
            answer = await call()
        except SlackApiError as error:
            seconds = retry_after(error)
            if seconds is None:
                raise
            await sleep(seconds)
        else:
            return answer.data if isinstance(answer.data, dict) else {}
    raise TimeoutError("Slack stays throttled.")


def _why(error: BaseException) -> str:
    code = trouble(error)
    match code:
        case "missing_scope":
            return "The app lacks groups:read, channels:read or usergroups:read. Reinstall it."
        case "channel_not_found":
            return "Slack does not show it to the app. Invite the app there, or correct the id."
        case "no_such_subteam" | "subteam_disabled":
            return "Slack does not know the group. Correct the id."
        case "plan_upgrade_required":
            return "This Slack workspace’s plan has no user groups."
        case _:
            return f"Slack did not tell ({code})."
