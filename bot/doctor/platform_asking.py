"""The platforms that are set up, to be asked who is in a group and who reads a channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.app.core import Core
from core.people import Platform
from governance.committees.channels import CannotTellError, Looked
from governance.committees.model import Channel, GroupKind, Openness

if TYPE_CHECKING:
    from bot.slack.workspaces import Workspaces
    from bot.teams.channels import GraphChannels


class Asking:
    """The platforms that are set up, to be asked about channels and groups."""

    def __init__(
        self,
        slack: Workspaces | None = None,
        graph: GraphChannels | None = None,
    ) -> None:
        self.slack = slack
        self.graph = graph

    async def look(self, queue: str, channel: Channel) -> Looked:
        """What a platform says of a channel; never raises."""
        try:
            return Looked(queue=queue, channel=channel, openness=await self._openness(channel))
        except CannotTellError as error:
            return Looked(queue=queue, channel=channel, trouble=str(error))

    async def _openness(self, channel: Channel) -> Openness | None:
        if channel.platform is Platform.SLACK and self.slack is not None:
            from bot.slack import channels as in_slack

            there = await self.slack.of(channel.workspace)
            if there is None:
                raise CannotTellError(
                    f"The app is not installed in the Slack workspace {channel.workspace}."
                )
            return await in_slack.openness(there.client, there.directory, channel.conversation)
        if channel.platform is Platform.TEAMS and self.graph is not None:
            return await self.graph.openness(channel)
        raise CannotTellError(f"{channel.platform.value.title()} is not set up.")

    async def emails(self, kind: GroupKind, group: str, *, nested: bool = False) -> list[str]:
        """The mail addresses of a group's staff: no guests, bots or accounts that are switched
        off. ``nested``: those of groups in it too. ``CannotTellError``."""
        if kind is GroupKind.MICROSOFT:
            if self.graph is None:
                raise CannotTellError("Teams is not set up.")
            return await self.graph.group_emails(group, nested=nested)
        if self.slack is None:
            raise CannotTellError("Slack is not set up.")
        from bot.slack import channels as in_slack

        channel = kind is GroupKind.SLACK_CHANNEL
        why = CannotTellError("Nobody has installed Slack's app.")
        for there in await self.slack.all():  # a group's id does not say whose it is
            try:
                return await in_slack.staff_emails(
                    there.client, there.directory, group, channel=channel
                )
            except CannotTellError as error:
                why = error
        raise why


@asynccontextmanager
async def asking(core: Core) -> AsyncIterator[Asking]:
    """The platforms of these settings, closed at the end."""
    async with AsyncExitStack() as stack:
        made = Asking()
        if core.settings.slack:
            from bot.slack_app.installations import workspaces

            made.slack = workspaces(core)
            stack.push_async_callback(made.slack.close)
        if core.settings.teams:
            from bot.app.wiring_teams import teams_settings
            from bot.teams.channels import GraphChannels
            from bot.teams.connector import Connector

            connector = Connector(teams_settings(core.settings, core.web_url))
            stack.push_async_callback(connector.close)
            made.graph = GraphChannels(connector)
        yield made
