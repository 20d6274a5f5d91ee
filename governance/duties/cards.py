"""That people owe something, to whoever looks after them. Their names are on the page only."""

from __future__ import annotations

from collections.abc import Sequence

from core.cards import Bullets, Card, Look, Page, Part, Secrecy
from core.words import Words
from governance import links
from governance.card_parts import Drawings, lines
from governance.duties.messages import OwedNews
from governance.duties.model import Count
from governance.labels import Labels
from governance.reach import reminded

MOST_BUILDINGS = 60


def news(words: Words, message: OwedNews) -> Card:
    title = words.count(
        "{n} person is overdue",
        "{n} people are overdue",
        message.people,
    )
    where = words.say("In your building: {building}.", building=message.building)
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                where if message.building else "",
                reminded(words, chat=message.in_chat),
            ]
        ),
        page=Page(label=words.say("See who"), path=links.owed("")),
    )


def by_group(words: Words, roles: Sequence[Count], buildings: Sequence[Count]) -> tuple[Part, ...]:
    """How many have done it, by role and by building."""
    return (
        *lines([words.say("By role")], Look.STRONG),
        bullets([_count(words, Labels(words)(one.group), one) for one in roles]),
        *lines([words.say("By building")], Look.STRONG),
        bullets(_buildings(words, buildings)),
    )


def bullets(said: Sequence[str]) -> Part:
    return Bullets(lines=tuple(said), secrecy=Secrecy.ANYWHERE)


def _count(words: Words, name: str, one: Count) -> str:
    return words.say(
        "{group}: {done} of {asked}",
        group=name,
        done=words.number(one.done),
        asked=words.number(one.asked),
    )


def _buildings(words: Words, counts: Sequence[Count]) -> list[str]:
    """Those that owe most come first."""
    by_owing = sorted(counts, key=lambda one: (-one.owe, one.group))
    shown, rest = by_owing[:MOST_BUILDINGS], by_owing[MOST_BUILDINGS:]
    said = [_count(words, one.group, one) for one in shown]
    if rest:
        others = Count(
            group=words.count("{n} other building", "{n} other buildings", len(rest)),
            asked=sum(one.asked for one in rest),
            done=sum(one.done for one in rest),
        )
        said.append(_count(words, others.group, others))
    return said


CARDS: Drawings = {OwedNews: news}
