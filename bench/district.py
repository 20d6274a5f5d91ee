"""The example district, ready to be answered in Slack: 7,000 people with an address each, and
its two surveys open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from bot.app.core import Core, open_core
from bot.app.settings import Settings
from bot.demo.approving import approve_what_waits
from bot.demo.examples import example_district
from bot.operator.operations import OPERATIONS
from core.people import Audience, Platform
from governance.access import Source
from storage.holding import URGENT
from storage.ledger_tables import delivery
from storage.tables import address, participation, person
from storage.transaction import Transaction
from surveys.commands import LaunchSurvey
from surveys.survey import Survey, Wave

from .databases import SECRET

TEAM = "T0DISTRICT"


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What a prepared database holds: the waves and who may answer them, by Slack id."""

    pulse: Wave
    priorities: Wave
    users: Sequence[str]


def slack_user(person: UUID) -> str:
    return f"U{person.hex[:12].upper()}"


async def prepare(url: str, *, invited: bool = True) -> Ready:
    """Load the example district and launch both surveys. ``invited``: the invitations count as
    sent; else they wait to be sent through Slack."""
    settings = Settings(database_url=url, secret_key=SECRET)  # type: ignore[arg-type]
    async with open_core(settings) as core:
        told = await OPERATIONS["district-load"](core, {"path": str(example_district())})
        if not told.ok:
            raise RuntimeError("\n".join(told.lines))
        await core.store.write(_addressed)
        pulse = await _launch(core, "weekly-pulse")
        priorities = await _launch(core, "technology-priorities")
        now = core.now()
        # Nothing is sent while answers are measured; and where sending is, no night is waited for.
        state = {"state": "sent"} if invited else {"priority": URGENT, "held_until": None}
        await core.store.write(
            lambda tx: tx.connection.execute(update(delivery).values(not_before=now, **state))
        )
        return Ready(
            pulse=await core.store.read(lambda tx: _wave(tx, pulse)),
            priorities=await core.store.read(lambda tx: _wave(tx, priorities)),
            users=await core.store.read(lambda tx: _users(tx, pulse)),
        )


async def _launch(core: Core, key: str) -> UUID:
    survey: Survey | None = await core.store.read(lambda tx: tx.ready_survey(key))
    if survey is None:
        raise RuntimeError(f"the example district has no survey {key!r}")
    wave = uuid4()
    command = LaunchSurvey(
        wave_id=wave,
        survey=survey,
        audience=Audience(),
        opens_at=None,
        closes_at=core.now() + timedelta(days=4),
        reminders=(),
    )
    await core.dispatch.by_itself(command, Source.OPERATOR)
    await approve(core)
    return wave


async def approve(core: Core) -> None:
    """What reaches the whole district is approved by a second person, as everywhere."""
    await approve_what_waits(core.store, core.dispatch)


def _wave(tx: Transaction, wave_id: UUID) -> Wave:
    found = tx.wave(wave_id)
    assert found is not None
    return found


def _addressed(tx: Transaction) -> None:
    """Everybody is in Slack, and prefers it."""
    tx.connection.execute(update(person).values(platform=Platform.SLACK))
    rows = [
        {
            "platform": Platform.SLACK,
            "workspace": TEAM,
            "user": slack_user(one),
            "person_id": one,
            "conversation": f"D{slack_user(one)[1:]}",
            "service_url": None,
            "reachable": True,
        }
        for one in tx.connection.execute(select(person.c.id)).scalars()
    ]
    tx.connection.execute(address.insert(), rows)


def _users(tx: Transaction, wave: UUID) -> Sequence[str]:
    people = select(participation.c.person_id).where(participation.c.wave_id == wave)
    return [slack_user(one) for one in tx.connection.execute(people).scalars()]
