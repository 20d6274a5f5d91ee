"""The example plan's past: earlier words of its goals, a year of readings, and linked messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.app.core import Core
from bot.conversation import Speaker
from bot.demo.examples import example_past
from bot.files.fields import Entry, open_entry
from bot.files.governance_yaml import read_goal
from bot.files.yaml_source import Source
from core.people import Platform
from governance.committees.model import Office
from governance.goals.model import LONGEST_NOTE, Goal, PlanStep, Reading, StepKind
from governance.references.commands import LinkItem
from storage.transaction import Transaction


@dataclass(frozen=True, kw_only=True)
class PastReading:
    goal: str
    indicator: str
    note: str
    ago: int
    value: float


@dataclass(frozen=True, kw_only=True)
class Linked:
    """``words``: of the messages in ``queue`` that are linked to the goal."""

    goal: str
    queue: str
    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PastPlan:
    goals: tuple[Goal, ...] = ()
    readings: tuple[PastReading, ...] = ()
    linked: tuple[Linked, ...] = ()


def past_plan() -> PastPlan:
    """Raises ValueError where the file is wrong: it is ours."""
    path = example_past().with_name("plan_past.yaml")
    source = Source(file=path.name)
    entry = open_entry(path, source, "the past plan")
    read = PastPlan() if entry is None else _read(entry)
    if source.problems:
        raise ValueError("\n".join(str(one) for one in source.problems))
    return read


def _read(entry: Entry) -> PastPlan:
    return PastPlan(
        goals=tuple(read_goal(one) for one in entry.entries("goals", "goal")),
        readings=tuple(
            PastReading(
                goal=one.key("goal"),
                indicator=one.key("indicator"),
                note=one.string("note", longest=LONGEST_NOTE, required=False),
                ago=each.whole("ago", least=1, most=999) or 1,
                value=each.decimal("value") or 0.0,
            )
            for one in entry.entries("readings", "reading")
            for each in one.entries("values", "value")
        ),
        linked=tuple(
            Linked(
                goal=one.key("goal"),
                queue=one.key("queue"),
                words=tuple(word for _, word in one.words("words")),
            )
            for one in entry.entries("linked", "link")
        ),
    )


def put_earlier_goals(tx: Transaction, past: PastPlan) -> None:
    """Steps that come before those of the plan as it was loaded."""
    components = {
        goal.key: component.key
        for component in tx.district().components
        for goal in component.goals
    }
    steps = [
        PlanStep(
            id=uuid4(),
            goal=goal,
            component=components[goal.key],
            kind=StepKind.ADOPTED,
            at=datetime.combine(goal.decided_on or date(2024, 7, 1), time(18), UTC),
        )
        for goal in past.goals
    ]
    tx.add_plan_steps(steps)


async def link_messages(core: Core, past: PastPlan) -> None:
    """After the past was played, whose messages these are."""
    for one in past.linked:
        chair, items = await core.store.read(partial(_to_link, one))
        for item in items:
            speaker = Speaker(platform=Platform.WEB, person=chair)
            link = LinkItem(item_id=item, to=f"goal:{one.goal}")
            await core.dispatch.handle(speaker, link)


def put_readings(readings: Sequence[PastReading], now: datetime, tx: Transaction) -> None:
    zone = ZoneInfo(tx.district().timezone)
    cto = next(iter(tx.holders(Office.CTO)), None)
    for one in readings:
        at = now - timedelta(days=one.ago)
        tx.put_reading(
            Reading(
                goal=one.goal,
                indicator=one.indicator,
                on=at.astimezone(zone).date(),
                value=one.value,
                note=one.note,
                by_person=cto.id if cto else None,
                at=at,
            )
        )


def _to_link(one: Linked, tx: Transaction) -> tuple[UUID | None, list[UUID]]:
    """Who leads the committee, and the messages in its list that are meant."""
    committee = tx.district().committee(one.queue)
    chair = tx.person_by_email(committee.leaders[0]) if committee and committee.leaders else None
    items = [
        item.id
        for item in tx.items_in(one.queue)
        if item.reading and any(word in item.reading.redacted.lower() for word in one.words)
    ]
    return (chair.id, items) if chair else (None, [])
