"""A rule that some staff have not acknowledged, though its date has passed: one school acknowledged
it before it changed, and is asked again."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from core.people import Audience, Platform
from governance.acknowledgements.commands import AcknowledgeRules, ShowAcknowledgement
from governance.acknowledgements.handlers import KIND
from governance.acknowledgements.messages import Acknowledgement
from governance.acknowledgements.model import (
    AcknowledgementSet,
    RuleAcknowledgement,
    changed_id,
    school_year,
)
from governance.duties.handlers import bring_up_to_date
from governance.duties.kinds import duty_kinds
from governance.duties.model import APART
from governance.school_days import calendar, today
from storage.transaction import Transaction

if TYPE_CHECKING:
    from bot.demo.past import Player

RULE = "ITR 1"
SCHOOL = "prairie-creek-elementary"
OWING = 5
"""So many have not acknowledged it, though they were reminded three times."""

_ASKED = -48
_REMINDED = (-26, -20, -14, -8)
"""School days from today: more than ``APART`` lie between two of them. On the last one, who still
owes it comes on the list."""


def plan_acknowledging(player: Player) -> None:
    asked = player.school_day(_ASKED)
    player.plan(asked - timedelta(hours=1), partial(_knew, player))
    player.plan(asked, partial(_tend, player))
    player.plan(asked + timedelta(hours=2), partial(_acknowledge, player))
    for days in _REMINDED:
        player.plan(player.school_day(days), partial(_tend, player))


async def _knew(player: Player) -> None:
    """The school acknowledged the rule's first version, a year before."""
    await player.store.write(partial(_put, player))


def _put(player: Player, tx: Transaction) -> None:
    rule = tx.rule_by_number(RULE)
    first = tx.rule_version(rule.id, 1) if rule else None
    if rule is None or first is None:
        return
    at = player.at - timedelta(days=365)
    of_first = changed_id(rule.id, 1)
    tx.put_acknowledgement_set(
        AcknowledgementSet(
            id=of_first,
            year=school_year(calendar(tx), at.date()),
            due=at.date(),
            at=at,
            rule_id=rule.id,
            version=1,
        )
    )
    tx.add_acknowledgements(
        [
            RuleAcknowledgement(
                set_id=of_first,
                person=person,
                rule_id=rule.id,
                version=1,
                digest=first.digest,
                at=at,
                way=Platform.WEB,
                rules=1,
            )
            for person in _school(tx)
        ]
    )


async def _tend(player: Player) -> None:
    """As the clock does each school morning."""
    await player.store.write(partial(_morning, player))


def _morning(player: Player, tx: Transaction) -> None:
    day, days, kind = today(tx, player.at), calendar(tx), duty_kinds()[KIND]
    people = _school(tx)
    some, near = (people[0], people[-1]), days.school_day_after(day, APART)
    before = player.at - timedelta(days=APART)
    bring_up_to_date(tx, kind, player.at, some)
    tx.remind_owing(KIND, some, today=day, near=near, before=before, now=player.at)
    tx.list_owing(some, today=day, before=before, now=player.at)


async def _acknowledge(player: Player) -> None:
    """Whoever has acknowledged one rule is asked about the others in force, too."""
    sets, school = await player.store.read(_asked)
    for given, is_the_rule in sets:
        for person in _who_did(school, player.spared) if is_the_rule else school:
            shown = await player.asked_by(person, ShowAcknowledgement(set_id=given))
            if isinstance(shown, Acknowledgement):
                await player.act(person, AcknowledgeRules(set_id=given, mark=shown.mark))


def _asked(tx: Transaction) -> tuple[list[tuple[UUID, bool]], list[UUID]]:
    """What the school is asked to acknowledge, and whether that is the rule that some owe."""
    rule = tx.rule_by_number(RULE)
    first = changed_id(rule.id, 1) if rule else None
    sets = [one for one in tx.acknowledgement_sets() if one.id != first]
    return [(one.id, rule is not None and one.rule_id == rule.id) for one in sets], _school(tx)


def _who_did(school: list[UUID], spared: Collection[UUID]) -> list[UUID]:
    """All but a few, the same at every start; none whom a visitor can be owes it."""
    chance = random.Random(RULE)  # noqa: S311  (a play, not a secret)
    owing = chance.sample([one for one in school if one not in spared], OWING)
    return [one for one in school if one not in owing]


def _school(tx: Transaction) -> list[UUID]:
    """In the order of their ids, as the morning goes through them."""
    return list(tx.ids_of(Audience(buildings=frozenset({SCHOOL}))))
