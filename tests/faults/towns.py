"""The town that is killed: thirty teachers with a chat account each, in a database that is made
once and copied for every test."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Table, create_engine, select, update

from bot.app.core import open_core
from bot.app.settings import Settings
from core.people import Platform
from governance.committees.model import Channel
from storage.ledger_tables import delivery
from storage.tables import address
from storage.transaction import Transaction
from storage.vault import Vault
from tests.journeys.running import SECRET
from tests.journeys.town import CTO, TEACHER, settle, small_roster, teachers
from tests.stand_ins.slack import BOT_TOKEN, SIGNING_SECRET, SlackStandIn
from tests.stand_ins.slack_world import TEAM
from tests.stand_ins.teams import TeamsStandIn
from tests.storage.open_answers import Stored, said_in, stored

_FEW, MANY = 60, 600
STAFF = tuple(person.email for person in teachers(small_roster(_FEW), 30))
KNOWN = (*STAFF, TEACHER, CTO)


def staff(count: int) -> tuple[str, ...]:
    """So many teachers' e-mails, of a town that is large enough."""
    if count <= len(STAFF):
        return STAFF[:count]
    return tuple(person.email for person in teachers(small_roster(MANY), count))


Addresses = Mapping[str, tuple[str, str, str, str | None]]
"""Of an e-mail: workspace, user, conversation and service URL."""


def slack_settings(slack: SlackStandIn) -> dict[str, Any]:
    return {
        "slack_signing_secret": SIGNING_SECRET,
        "slack_bot_token": BOT_TOKEN,
        "slack_api_url": slack.api_url,
        "slack_per_minute": 12_000,
    }


def teams_settings(teams: TeamsStandIn) -> dict[str, Any]:
    return {
        **teams.served_by,
        "teams_graph_url": f"{teams.url}/graph/v1.0",
        "teams_per_second": 30,
    }


def people_of_slack(slack: SlackStandIn, emails: Sequence[str] = KNOWN) -> dict[str, str]:
    """The town's accounts, the same in every stand-in: e-mail and user."""
    return {email: slack.add_user(email) for email in emails}


def slack_town(folder: Path) -> Path:
    """A copy of the database of the town in Slack."""
    return _copied(_slack_template(), folder)


def large_slack_town(folder: Path, slack: SlackStandIn, emails: Sequence[str]) -> Path:
    """A town with these people in Slack, who are put into the stand-in."""
    if set(emails) <= set(STAFF):
        people_of_slack(slack)
        return slack_town(folder)
    users = people_of_slack(slack, emails)
    addresses = {email: (slack.world.team, user, user, None) for email, user in users.items()}
    return _filled(folder / "town.sqlite3", Platform.SLACK, addresses, {}, staff=MANY)


def teams_town(folder: Path, teams: TeamsStandIn, emails: Sequence[str] = KNOWN) -> Path:
    """A database of the town in Teams, whose people are put into the stand-in: a copy, where
    they are the known ones."""
    addresses = people_of_teams(teams, emails)
    if not set(emails) <= set(KNOWN):
        path = folder / "town.sqlite3"
        return _filled(path, Platform.TEAMS, addresses, {}, staff=MANY)
    path = _copied(_teams_template(), folder)
    move_teams(f"sqlite:///{path}", teams)
    return path


def people_of_teams(teams: TeamsStandIn, emails: Sequence[str] = KNOWN) -> Addresses:
    """The town's accounts, with the app installed."""
    addresses: dict[str, tuple[str, str, str, str | None]] = {}
    for email in emails:
        user = teams.person(email.partition("@")[0], email)
        teams.installed.add(user.user)
        addresses[email] = (user.tenant, user.user, user.chat, teams.service_url)
    return addresses


def move_teams(url: str, teams: TeamsStandIn) -> None:
    """Reach everybody at this stand-in: each has an address of its own."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(update(address).values(service_url=teams.service_url))
    engine.dispose()


def channels() -> dict[str, Channel]:
    """The committees' channels in Slack."""
    return {
        key: Channel(
            platform=Platform.SLACK, workspace=TEAM, conversation=_CHANNEL.format(key.upper())
        )
        for key in ("network", "triage")
    }


_CHANNEL = "C0{}"


def channels_of_slack(slack: SlackStandIn) -> dict[str, str]:
    """The committees' channels, into which the app was invited."""
    made = {key: at.conversation for key, at in channels().items()}
    for key, channel in made.items():
        slack.world.channels[channel] = {
            "id": channel,
            "name": key,
            "is_member": True,
            "is_private": True,
            "members": [],
        }
    return made


@cache
def _slack_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sounding-board-faults-"))
    return _filled(folder / "town.sqlite3", Platform.SLACK, addresses_in_slack(), channels())


def addresses_in_slack() -> Addresses:
    """Where the town's people are reached, in every stand-in."""
    slack = SlackStandIn()
    users = people_of_slack(slack)
    return {email: (slack.world.team, user, user, None) for email, user in users.items()}


def web_town(folder: Path) -> Path:
    """A copy of the database of the town of people who have the web only."""
    return _copied(_web_template(), folder)


@cache
def _web_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sounding-board-faults-"))
    return _filled(folder / "town.sqlite3", Platform.WEB, {}, {})


@cache
def _teams_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="sounding-board-faults-"))
    path = folder / "town.sqlite3"
    return _filled(path, Platform.TEAMS, people_of_teams(TeamsStandIn()), {})


def _filled(
    path: Path,
    platform: Platform,
    addresses: Addresses,
    channels: dict[str, Channel],
    *,
    staff: int = _FEW,
) -> Path:
    fill(f"sqlite:///{path}", platform, addresses, channels, staff=staff)
    return path


def fill(
    url: str,
    platform: Platform,
    addresses: Addresses,
    channels: dict[str, Channel],
    *,
    staff: int = _FEW,
) -> None:
    """Put the town into a database that is up to date (or an SQLite file that is not there)."""

    async def filling() -> None:
        settings = Settings(database_url=url, secret_key=SECRET)
        async with open_core(settings) as core:
            town = settle(platform, staff=staff, channels=channels, months_told=True)
            await town(core)
            await core.store.write(lambda tx: _note(tx, platform, addresses))

    in_a_thread(filling())


def in_a_thread(doing: Any) -> None:
    """So that a fixture can be called from a running loop, too."""
    import threading

    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(doing)
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def _note(tx: Transaction, platform: Platform, addresses: Addresses) -> None:
    for email, (workspace, user, conversation, service_url) in addresses.items():
        person = tx.person_by_email(email)
        assert person is not None, email
        tx.note_address(
            person,
            platform=platform,
            workspace=workspace,
            user=user,
            conversation=conversation,
            service_url=service_url,
            reachable=True,
        )


def _copied(template: Path, folder: Path) -> Path:
    path = folder / "town.sqlite3"
    shutil.copyfile(template, path)
    key = template.with_name(template.name + ".key")
    if key.exists():
        shutil.copyfile(key, path.with_name(path.name + ".key"))
    path.chmod(0o600)
    return path


def rows_of(url: str, table: Table) -> list[Any]:
    """Every row of a table, read while nobody serves."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            return list(connection.execute(select(table)))
    finally:
        engine.dispose()


def answers_in(url: str) -> list[Stored]:
    """Every answer of waves that are open, as it is stored."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            return list(stored(connection))
    finally:
        engine.dispose()


def said_in_all(url: str) -> list[Mapping[str, Any]]:
    """The same, decrypted."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            return list(said_in(connection, Vault(SECRET.encode())))
    finally:
        engine.dispose()


def ledger(url: str) -> list[Any]:
    """Every delivery."""
    return rows_of(url, delivery)
