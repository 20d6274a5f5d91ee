"""The CTO's Home: how technology works by the survey that is asked most often, who answers it, and
which surveys close next. Only what was released, and each figure is in the ledger."""

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
from surveys.results.viewing import in_the_ledger, numbers_told
from surveys.survey import Wave, WaveState

MOST_POINTS = 12
"""Of a survey that is asked again and again, so many times are in a trend."""


def pulse(store: GovernanceStore, actor: Actor, now: datetime) -> Iterator[Drawing]:
    """The survey that was asked again most often, each time the one before it is continued."""
    if not actor.cto:
        return
    asked = _asked_most(store.waves(bare=True))
    counts = store.final_counts([one.id for one in asked])
    closed = [one for one in asked if one.id in counts]
    results = store.results(closed[0].id, bare=True) if closed else None
    if results is None or not results.final or store.results_wait(closed[0].id):
        return
    numbers = {one.id: counts[one.id] for one in reversed(closed)}
    told = {one: answered for one, (_, answered) in numbers.items() if answered is not None}
    shown = [(closed[0].id, in_the_ledger(results)), *numbers_told(told)]
    store.note_releases(actor.person_id, shown, now)
    trend = _first_figure(results)
    if trend is not None:
        yield partial(_works, trend=trend, results=results)
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
    found = [last]
    while len(found) < MOST_POINTS:
        before = closed.get(found[-1].continues) if found[-1].continues else None
        if before is None:
            break
        found.append(before)
    return found


def _first_figure(results: WaveResults) -> Trend | None:
    """Of the first question that has a trend over the whole audience: its mean or, where few
    answered, the share of a part of its scale."""
    shown = (Unit.MEAN, Unit.SHARE)
    found = (one for one in results.trends if not one.group and one.unit in shown)
    return next((one for one in found if one.points and one.points[-1].value is not None), None)


def _works(words: Words, *, trend: Trend, results: WaveResults) -> Tile:
    values = [one.value for one in trend.points]
    return Tile(
        label=words.text(trend.prompt),
        figure=_figure(words, trend, values[-1]),
        of=" · ".join(filter(None, (_margin(words, trend), _base(words, trend)))),
        trend=tuple(values),
        trend_says=words.say(
            "The last {n} times: {values}.",
            n=words.number(len(values)),
            values=", ".join(_figure(words, trend, one) for one in values),
        ),
        says=_change(words, trend),
        path=links.results("", results.wave_id),
    )


def _figure(words: Words, trend: Trend, value: float | None) -> str:
    if value is None:
        return "–"
    return words.percent(value) if trend.unit is Unit.SHARE else words.number(round(value, 1))


def _margin(words: Words, trend: Trend) -> str:
    """Half of the 95% interval, as results have it beside the same figure."""
    last = trend.points[-1]
    if last.low is None or last.high is None:
        return ""
    half = (last.high - last.low) / 2
    if trend.unit is Unit.SHARE:
        return f"± {words.number(max(round(100 * half), 1))}"
    return f"± {words.number(max(round(half, 1), 0.1))}"


def _base(words: Words, trend: Trend) -> str:
    """What the figure is of: the ends of a scale, or the answers that a share counts."""
    if trend.label is not None:
        return words.say("answered {choice}", choice=words.text(trend.label))
    if trend.lowest is None or trend.highest is None:
        return ""
    low, high = words.number(trend.lowest), words.number(trend.highest)
    if trend.unit is Unit.SHARE:
        return words.say("answered {low} to {high}", low=low, high=high)
    return words.say("of {highest}", highest=high)


def _change(words: Words, trend: Trend) -> str:
    """Up or down only where chance alone would hardly do it (a 95% interval without 0)."""
    change, low, high = trend.change, trend.low, trend.high
    if change is None or low is None or high is None:
        return ""
    if low <= 0 <= high:
        return _no_clear_change(words, trend, margin=(high - low) / 2)
    sign = "▲" if change > 0 else "▼"
    if trend.unit is Unit.SHARE:
        points = words.number(round(100 * abs(change)))
        return words.say("{sign} {points} points since last time", sign=sign, points=points)
    by = words.number(round(abs(change), 1))
    return words.say("{sign} {by} since last time", sign=sign, by=by)


def _no_clear_change(words: Words, trend: Trend, *, margin: float) -> str:
    """With the figure before and the margin: else a rise of many points reads as none."""
    before = _figure(words, trend, trend.points[-2].value)
    if trend.unit is Unit.SHARE:
        points = words.number(round(100 * margin))
        return words.say(
            "No clear change from {before}, ± {points} points", before=before, points=points
        )
    by = words.number(round(margin, 1))
    return words.say("No clear change from {before}, ± {by}", before=before, by=by)


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
    for one in store.waves(bare=True):
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
