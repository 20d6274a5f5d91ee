"""The CTO's Home: what was answered within 30 days, and what staff talk about. All of it is from
the months that every member of staff can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from core.cards import Page
from core.home import BarsPanel, Drawing
from core.tiles import Bar, Tile
from core.words import Words
from governance import links
from governance.access import Actor
from governance.digests.messages import Answered, MonthlyFigures
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore

MONTHS = 3
"""Whole months whose themes stand together: about twelve weeks."""

MOST_BARS = 6


def months(store: GovernanceStore, actor: Actor, _: datetime) -> Iterator[Drawing]:
    if not actor.cto:
        return
    found = list(store.figures())  # the newest first
    if found:
        yield partial(_answered, months=found)
    yield partial(_themes, months=found)


def _answered(words: Words, *, months: Sequence[MonthlyFigures]) -> Tile:
    told = [one.answered for one in reversed(months)]
    shares = [_share(one) for one in told]
    last = told[-1]
    label, path = words.say("Answered within 30 days"), links.what_came("")
    return Tile(
        label=label,
        figure=_said(words, last) if not last.few_left else words.say("Nearly all"),
        trend=tuple(shares),
        trend_says=words.say(
            "The last {n} months: {values}.",
            n=words.number(len(shares)),
            values=", ".join(_said(words, one) for one in told),
        ),
        says=_of_month(words, last.month, last.base),
        path=path,
    )


def _said(words: Words, told: Answered) -> str:
    if told.few_left:
        return words.say("nearly all")
    share = _share(told)
    return "–" if share is None else words.percent(share)


def _share(told: Answered) -> float | None:
    """None: it is not told, or nobody wrote."""
    return told.within / told.base if told.within is not None and told.base else None


def _of_month(words: Words, month: date, base: int | None) -> str:
    name = words.month(month)
    if base is None:
        return words.say("Fewer than 5 people wrote in {month}", month=name)
    return words.count("Of {n} message in {month}", "Of {n} messages in {month}", base, month=name)


def _themes(words: Words, *, months: Sequence[MonthlyFigures]) -> BarsPanel:
    """The sums of what each month told, and the last month beside the one before it where both
    told the theme: taken together they say nothing that the months do not."""
    counts: Counter[str] = Counter()
    for one in months[:MONTHS]:
        counts.update({theme.name: theme.count for theme in one.themes if theme.name})
    most = max(counts.values(), default=1)
    each = [{theme.name: theme.count for theme in one.themes} for one in months[:2]]
    bars = tuple(
        Bar(
            label=words.name(name),
            share=n / most,
            figure=_moved(words, n, [one.get(name) for one in each]),
        )
        for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_BARS]
    )
    months_named = [words.month(one.month) for one in reversed(months[:MONTHS])]
    return BarsPanel(
        title=words.say("What staff talk about"),
        bars=bars,
        caption=words.say("Messages in {months}", months=words.all_of(months_named))
        if bars
        else "",
        more=Page(label=words.say("All themes by month"), path=links.what_came("")),
        empty=words.say("Themes appear here after the first month in which 5 people write."),
    )


def _moved(words: Words, n: int, last_two: Sequence[int | None]) -> str:
    """With how much more or less the last month has than the one before it."""
    now, before = (*last_two, None, None)[:2]
    if now is None or before is None or now == before:
        return words.number(n)
    sign = "▲" if now > before else "▼"
    return f"{words.number(n)} · {sign} {words.number(abs(now - before))}"


HOME: HomeSources = (HomeSource(rank=20, find=months),)
