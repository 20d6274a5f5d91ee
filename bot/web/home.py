"""Home as it is drawn: its greeting, the lines of what waits, and the parts of the features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from textwrap import shorten
from zoneinfo import ZoneInfo

from core.home import Banner, BarsPanel, Coming, HomeElement, TablePanel
from core.messages import Action, Asks, Order
from core.tiles import Moment, Stage, Tag, Tile, Tone
from core.words import Words
from governance.messages import Brief, Message, Notice

AHEAD = timedelta(days=14)
MOST_DATES = 6
MOST_TILES = 4
LEAD = 200
"""Characters of a long message that stand in its line."""

LONG = 400
"""Characters of a message that is not opened by itself: it would hide what waits below it."""

_NOON, _EVENING = 12, 17


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """The parts by where they stand."""

    banners: tuple[Banner, ...]
    tiles: tuple[Tile, ...]
    panels: tuple[BarsPanel | TablePanel, ...]
    coming: tuple[Coming, ...]


def arranged(parts: Iterable[HomeElement]) -> Arranged:
    """Each kind keeps its order. More than four tiles do not stand side by side."""
    found = list(parts)
    return Arranged(
        banners=tuple(one for one in found if isinstance(one, Banner)),
        tiles=tuple(one for one in found if isinstance(one, Tile))[:MOST_TILES],
        panels=tuple(one for one in found if isinstance(one, BarsPanel | TablePanel)),
        coming=tuple(one for one in found if isinstance(one, Coming)),
    )


def greeting(words: Words, name: str | None, now: datetime) -> str:
    """By the reader's clock."""
    first = (name or "").partition(" ")[0]
    hour = now.astimezone(ZoneInfo(words.timezone)).hour
    if not first:
        return words.say("Home")
    if hour < _NOON:
        return words.say("Good morning, {name}", name=first)
    if hour < _EVENING:
        return words.say("Good afternoon, {name}", name=first)
    return words.say("Good evening, {name}", name=first)


def facts(words: Words, waits: int, now: datetime) -> str:
    """The day, and how much waits."""
    if not waits:
        said = words.say("nothing is waiting for you")
    else:
        said = words.count("{n} thing waits for you", "{n} things wait for you", waits)
    return f"{words.day(now)} · {said}"


def tag(words: Words, message: Message, order: Order | None) -> Tag:
    """What is asked for, in a word or two."""
    if isinstance(message, Brief):
        return Tag(text=words.say("Assigned to you"), tone=Tone.INFO)
    match message.action if isinstance(message, Asks) else None:
        case Action.APPROVE:
            return Tag(text=words.say("Approve"), tone=Tone.CAUTION)
        case Action.ACKNOWLEDGE:
            return Tag(text=words.say("Acknowledge"), tone=Tone.INFO)
        case Action.ASSESS:
            return Tag(text=words.say("Assess"), tone=Tone.INFO)
        case Action.CHECK:
            return Tag(text=words.say("Check"), tone=Tone.INFO)
        case Action.COMPLETE:
            return Tag(text=words.say("To do"), tone=Tone.INFO)
        case Action.REPLY:
            return Tag(text=words.say("Reply"), tone=Tone.INFO)
        case Action.LEARN:
            return Tag(text=words.say("Lesson"), tone=Tone.INFO)
        case None:
            return _by_order(words, order)


def urgent(words: Words) -> Tag:
    return Tag(text=words.say("Urgent"), tone=Tone.NOW)


def _by_order(words: Words, order: Order | None) -> Tag:
    match order:
        case Order.DANGER:
            return urgent(words)
        case Order.OUTAGE:
            return Tag(text=words.say("Outage"), tone=Tone.NOW)
        case Order.DECISION:
            return Tag(text=words.say("Decide"), tone=Tone.CAUTION)
        case Order.DUTY:
            return Tag(text=words.say("Confirm"), tone=Tone.INFO)
        case _:
            return answer(words)


def answer(words: Words) -> Tag:
    return Tag(text=words.say("Answer"), tone=Tone.PLAIN)


def sort(words: Words) -> Tag:
    """Of triage: its messages go to the committees that answer them."""
    return Tag(text=words.say("Sort"), tone=Tone.PLAIN)


def press(words: Words, message: Message, order: Order | None) -> str:
    """What opens it, by what is asked for."""
    if isinstance(message, Brief):
        return words.say("Read and answer")
    match message.action if isinstance(message, Asks) else None:
        case Action.APPROVE:
            return words.say("Read and decide")
        case Action.ACKNOWLEDGE:
            return words.say("Read and acknowledge")
        case Action.ASSESS:
            return words.say("Assess")
        case Action.CHECK:
            return words.say("Check")
        case Action.COMPLETE:
            return words.say("Open it")
        case Action.REPLY:
            return words.say("Reply")
        case Action.LEARN:
            return words.say("Take the lesson")
        case None:
            return _press_by_order(words, order)


def _press_by_order(words: Words, order: Order | None) -> str:
    match order:
        case Order.DECISION:
            return words.say("Read and decide")
        case Order.DUTY:
            return words.say("Read and confirm")
        case Order.SURVEY:
            return words.say("Answer")
        case _:
            return words.say("Open it")


def lead(words: Words, message: Message) -> str:
    """How an announcement begins: its first sentences, a few lines of them."""
    if not isinstance(message, Notice):
        return ""
    return shorten(words.text(message.change.what), LEAD, placeholder="…")


def by(words: Words, until: date | None, since: datetime) -> str:
    """Until when it can be done, else since when it waits."""
    if until is None:
        return words.say("since {day}", day=words.short_day(since))
    return words.say("by {day}", day=words.short_day(until))


def dates(words: Words, coming: Sequence[Coming], now: datetime) -> tuple[Moment, ...]:
    """What comes in the next two weeks, the next first."""
    soon = sorted((one for one in coming if one.at <= now + AHEAD), key=lambda one: one.at)
    return tuple(_moment(words, one, now) for one in soon[:MOST_DATES])


def _moment(words: Words, one: Coming, now: datetime) -> Moment:
    zone = ZoneInfo(words.timezone)
    is_today = one.at.astimezone(zone).date() == now.astimezone(zone).date()
    return Moment(
        when=_when(words, one, is_today=is_today),
        what=one.what,
        stage=Stage.NOW if is_today else Stage.LATER,
        detail=one.detail,
        path=one.path,
    )


def _when(words: Words, one: Coming, *, is_today: bool) -> str:
    if not is_today:
        return words.short_day(one.at)
    return words.say("Today") if one.whole_day else words.time(one.at)
