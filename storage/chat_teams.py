"""Teams of Microsoft Teams in which the app is, or was: told by installs, removals and mentions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, or_, select

from core.people import Platform
from governance.committees.model import Channel
from storage.connection import Connected
from storage.tables import chat_team


@dataclass(frozen=True, kw_only=True)
class ChatTeam:
    """A team of a tenant. ``thread`` names it to the bot, ``team`` is its group's id, as
    committees.yaml has it (empty: Teams did not say). ``service_url``: where to post."""

    workspace: str
    thread: str
    team: str
    service_url: str
    installed: bool


def note_team(tx: Connected, seen: ChatTeam, now: datetime) -> None:
    """Keep what was told last. What it did not say stays as it was."""
    where = (chat_team.c.workspace == seen.workspace, chat_team.c.thread == seen.thread)
    row = tx.connection.execute(select(chat_team).where(*where)).first()
    before = _read(row) if row else seen
    told = replace(
        seen,
        team=seen.team or before.team,
        service_url=seen.service_url or before.service_url,
    )
    if row is None or told != before:
        tx.put(chat_team, {**vars(told), "since": now}, ("workspace", "thread"))


def team_of(tx: Connected, channel: Channel) -> ChatTeam | None:
    """The team of a committee's channel; None: nothing was heard of it, or it is not Teams'."""
    if channel.platform is not Platform.TEAMS:
        return None
    its = chat_team.c.thread == channel.conversation
    if channel.team:
        its = or_(its, chat_team.c.team == channel.team)
    row = tx.connection.execute(
        select(chat_team)
        .where(and_(chat_team.c.workspace == channel.workspace, its))
        .order_by(chat_team.c.installed.desc(), chat_team.c.since.desc())
    ).first()
    return _read(row) if row else None


def _read(row: Row[Any]) -> ChatTeam:
    return ChatTeam(
        workspace=row.workspace,
        thread=row.thread,
        team=row.team,
        service_url=row.service_url,
        installed=row.installed,
    )
