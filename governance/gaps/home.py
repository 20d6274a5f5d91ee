"""The ISO's Home: how many gaps nobody has decided about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from core.home import Drawing
from core.tiles import Tile, Tone
from core.words import Words
from governance.access import Actor
from governance.committees.model import Office
from governance.controls import addresses
from governance.controls.audit import note_read_today
from governance.controls.model import REGISTER
from governance.gaps.finding import how_many_undecided, register_of
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore


def without_decision(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    if Office.ISO not in actor.standing.offices:
        return
    register = register_of(store)
    note_read_today(store, actor, REGISTER, "gaps on Home", now)
    undecided, earlier = how_many_undecided(store, register)
    yield partial(
        _tile,
        undecided=undecided,
        earlier=earlier,
        decided=sum(one.returned_at is None for one in register.gaps),
    )


def _tile(words: Words, *, undecided: int, earlier: int, decided: int) -> Tile:
    """With how many the page of the newest assessment does not count."""
    says = words.count("{n} gap has one", "{n} gaps have one", decided)
    if earlier:
        says = (
            words.count(
                "{n} of them is from an earlier assessment.",
                "{n} of them are from earlier assessments.",
                earlier,
            )
            + f" {says}."
        )
    return Tile(
        label=words.say("Gaps without a decision"),
        figure=words.number(undecided),
        says=says,
        tone=Tone.NOW if undecided else Tone.PLAIN,
        path=addresses.gaps(addresses.UNDECIDED),
    )


HOME: HomeSources = (HomeSource(rank=20, find=without_decision, notes=True),)
