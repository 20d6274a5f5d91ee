"""The CTO's Home: how technology works by the survey that repeats, who answers it, and which
surveys close next. Only what was released, and each figure is in the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from core.home import Coming, Drawing
from core.tiles import Tile
from core.words import Words
from governance import links
from governance.access import Actor
from governance.home_parts import HomeSource, HomeSources
from governance.ports import GovernanceStore
from governance.series.model import PastDate, Series, SeriesState
from surveys.results.beside import Trend, Unit
from surveys.results.model import WaveResults
from surveys.results.viewing import in_the_ledger, note_numbers
from surveys.survey import Wave, WaveState

MOST_POINTS = 12
"""Of a survey that repeats, so many of its last dates are in a trend."""


def pulse(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """The survey that repeats and was asked most often."""
    if not actor.cto:
        return
    asked = _asked_most(store)
    if asked is None:
        return
    series, past = asked
    counts = store.final_counts([one.wave_id for one in past if one.wave_id])
    closed = [one.wave_id for one in past if one.wave_id in counts]
    if not closed or closed[0] is None:
        return
    results = store.results(closed[0])
    if results is None or not results.final or store.results_wait(closed[0]):
        return
    to = {closed[0]: in_the_ledger(results)}
    store.note_releases(actor.person_id, to, now)
    trend = _first_mean(results)
    if trend is not None:
        yield partial(_works, trend=trend, results=results)
    numbers = [(one, *counts[one]) for one in reversed(closed) if one is not None]
    told = {one: answered for one, _, answered in numbers if answered is not None}
    note_numbers(store, actor.somebody, told, now)
    if closed[0] in told:
        yield partial(
            _answering,
            series=series,
            results=results,
            numbers=[(asked, answered) for _, asked, answered in numbers],
        )


def _asked_most(store: GovernanceStore) -> tuple[Series, Sequence[PastDate]] | None:
    """With its last dates, the newest first."""
    found = [
        (one, [date for date in store.past_dates(one.id, MOST_POINTS) if date.wave_id])
        for one in store.all_series(SeriesState.RUNNING)
    ]
    return max(found, key=lambda pair: len(pair[1]), default=None)


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
    series: Series,
    results: WaveResults,
    numbers: Sequence[tuple[int, int | None]],
) -> Tile:
    shares = [None if n is None or not asked else n / asked for asked, n in numbers]
    asked, answered = numbers[-1]
    return Tile(
        label=words.say("Answered “{title}”", title=words.text(series.survey.title)),
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
