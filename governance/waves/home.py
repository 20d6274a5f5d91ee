"""The CTO's Home: how technology works by the survey that is asked again and again, who answers it, and which
surveys close next. Only what was released, and each figure is in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from core.home import Coming, Drawing
from core.tiles import Tile
from core.words import Words
from governance import links
from governance.access import Actor
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from surveys.results.beside import Trend, Unit
from surveys.results.model import WaveResults
from surveys.results.viewing import in_the_ledger, note_numbers
from surveys.survey import Wave, WaveState

MOST_POINTS = 12
"""Of a survey that is asked again and again, so many times are in a trend."""


def pulse(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """The survey that was asked again most often, each time the one before it is continued."""
    if not actor.cto:
        return
    asked = _asked_most(store.waves())
    counts = store.final_counts([one.id for one in asked])
    closed = [one for one in asked if one.id in counts]
    results = store.results(closed[0].id) if closed else None
    if results is None or not results.final or store.results_wait(closed[0].id):
        return
    store.note_releases(actor.person_id, {closed[0].id: in_the_ledger(results)}, now)
    trend = _first_mean(results)
    if trend is not None:
        yield partial(_works, trend=trend, results=results)
    numbers = {one.id: counts[one.id] for one in reversed(closed)}
    told = {one: answered for one, (_, answered) in numbers.items() if answered is not None}
    note_numbers(store, actor.somebody, told, now)
    if closed[0].id in told:
        yield partial(_answering, results=results, numbers=tuple(numbers.values()))


def _asked_most(waves: Sequence[Wave]) -> Sequence[Wave]:
    """The closed waves of it, the newest first."""
    closed = {one.id: one for one in waves if one.state is WaveState.CLOSED}
    continued = {one.continues for one in closed.values()}
    ends = [one for one in closed.values() if one.id not in continued]
    chains = [_back_from(one, closed) for one in ends]
    return max(chains, key=lambda one: (len(one), one[0].opens_at), default=())


def _back_from(last: Wave, closed: Mapping[UUID, Wave]) -> list[Wave]:
    found, before = [last], last.continues
    while before in closed and len(found) < MOST_POINTS:
        found.append(closed[before])
        before = found[-1].continues
    return found


def _first_mean(results: WaveResults) -> Trend | None:
    """Of the first question with a mean, over the whole audience."""
    means = (one for one in results.trends if not one.group and one.unit is Unit.MEAN)
    return next((one for one in means if one.points and one.points[-1].value is not None), None)


def _works(words: Words, *, trend: Trend, results: WaveResults) -> Tile:
    value, highest = trend.points[-1].value or 0.0, trend.highest
    return Tile(
        label=words.text(trend.prompt),
        figure=words.number(round(value, 1)),
        of=words.say("of {highest}", highest=words.number(highest)) if highest else "",
        trend=tuple(one.value for one in trend.points),
        trend_says=words.say(
            "The last {n} times: {values}.",
            n=words.number(len(trend.points)),
            values=", ".join(
                "–" if one.value is None else words.number(round(one.value, 1))
                for one in trend.points
            ),
        ),
        says=_change(words, trend),
        path=links.results("", results.wave_id),
    )


def _change(words: Words, trend: Trend) -> str:
    """Up or down only where chance alone would hardly do it (a 95% interval without 0)."""
    change, low, high = trend.change, trend.low, trend.high
    if change is None or low is None or high is None:
        return ""
    by, margin = words.number(abs(round(change, 1))), words.number(round((high - low) / 2, 1))
    if low > 0:
        return words.say("▲ {by} since last time, ±{margin}", by=by, margin=margin)
    if high < 0:
        return words.say("▼ {by} since last time, ±{margin}", by=by, margin=margin)
    return words.say("About the same as last time, ±{margin}", margin=margin)


def _answering(
    words: Words,
    *,
    results: WaveResults,
    numbers: Sequence[tuple[int, int | None]],
) -> Tile:
    shares = [None if n is None or not asked else n / asked for asked, n in numbers]
    asked, answered = numbers[-1]
    return Tile(
        label=words.say("Answered “{title}”", title=words.text(results.title)),
        figure=words.percent(shares[-1] or 0),
        trend=tuple(shares),
        trend_says=words.say(
            "The last {n} times: {values}.",
            n=words.number(len(shares)),
            values=", ".join("–" if one is None else words.percent(one) for one in shares),
        ),
        says=words.say(
            "About {answered} of {asked} people",
            answered=words.number(answered or 0),
            asked=words.number(asked),
        ),
        path=links.results("", results.wave_id),
    )


def closing(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """Surveys that are open or planned: when they close, or open."""
    if not actor.cto:
        return
    for one in store.waves():
        if one.state in (WaveState.OPEN, WaveState.PLANNED) and one.closes_at > now:
            yield partial(_closes, wave=one)


def _closes(words: Words, *, wave: Wave) -> Coming:
    title = words.text(wave.survey.title)
    if wave.state is WaveState.PLANNED:
        what = words.say("“{title}” opens", title=title)
        return Coming(at=wave.opens_at, what=what, path=links.asking("", wave.id))
    what = words.say("“{title}” closes", title=title)
    return Coming(at=wave.closes_at, what=what, path=links.asking("", wave.id))


HOME: HomeSources = (
    HomeSource(rank=10, find=pulse, notes=True),
    HomeSource(rank=10, find=closing),
)
