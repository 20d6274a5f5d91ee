"""Home: the ISO's rules that are on their way, and until when staff can comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from core.cards import Page
from core.home import Coming, Drawing, TablePanel
from core.lists import Cell, Column, Row
from core.tiles import Tile, Tone
from core.words import Words
from governance import links
from governance.access import Actor
from governance.committees.model import Office
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from governance.rules.handlers import may_read, may_see
from governance.rules.model import ENDED, Rule, RuleState
from governance.rules.wording import last_moment, short_last_day, state

MOST = 6

_UNDER_WAY = tuple(one for one in RuleState if one is not RuleState.PUBLISHED and one not in ENDED)
"""In the order of the process."""


def rules(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    iso = Office.ISO in actor.standing.offices
    if not (iso or actor.cto or actor.standing.leads):
        return
    found = [one for one in store.rules() if may_read(actor, one)]
    for one in found:
        end = one.comments_end if one.state is RuleState.COMMENTING else None
        if end and end > now and may_see(actor, one, one.version):
            yield partial(_comments_end, rule=one, at=end)
    if not iso:
        return
    under_way = [one for one in found if one.state in _UNDER_WAY]
    yield partial(_tile, rules=under_way)
    yield partial(_panel, rules=under_way)


def _comments_end(words: Words, *, rule: Rule, at: datetime) -> Coming:
    return Coming(
        at=last_moment(at),
        what=words.say("Comments on {number} end", number=rule.number),
        path=links.rule("", rule.id),
        detail=words.text(rule.title),
        whole_day=True,
    )


def _tile(words: Words, *, rules: Sequence[Rule]) -> Tile:
    open_now = sum(one.state is RuleState.COMMENTING for one in rules)
    return Tile(
        label=words.say("Rules in progress"),
        figure=words.number(len(rules)),
        says=words.count("{n} is open for comments", "{n} are open for comments", open_now),
        path=links.rules(""),
    )


def _panel(words: Words, *, rules: Sequence[Rule]) -> TablePanel:
    ranked = sorted(rules, key=lambda one: _UNDER_WAY.index(one.state), reverse=True)
    return TablePanel(
        title=words.say("Rules in progress"),
        columns=(
            Column(key="rule", label=words.say("Rule")),
            Column(key="state", label=words.say("State")),
            Column(key="until", label=words.say("Comments until")),
        ),
        rows=tuple(
            Row(
                key=str(one.id),
                filters=frozenset(),
                path=links.rule("", one.id),
                cells=(
                    Cell(text=f"{one.number} {words.text(one.title)}"),
                    Cell(text=state(words, one.state), tone=Tone.INFO),
                    Cell(text=short_last_day(words, one.comments_end) if one.comments_end else ""),
                ),
            )
            for one in ranked[:MOST]
        ),
        more=Page(label=words.say("All IT rules"), path=links.rules("")),
        empty=words.say("No rule is being written or changed."),
    )


HOME: HomeSources = (HomeSource(rank=30, find=rules),)
