"""All questions of a wave's results set against the groups of one table, and what they say first of
all, in a sentence or two.

Every number here stands in a released table already, as it is there: none is added up, set
against another or estimated anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.charts import beside_words
from bot.charts.findings import finding
from core.paging import Paging, on_page
from core.words import Words
from governance.labels import Labels
from governance.results.wording import (
    DASH,
    bar_length,
    enps_words,
    figure,
    in_order,
    mean_words,
    points_words,
)
from surveys.results.beside import Trend, Unit
from surveys.results.model import Cell, RankingResult, Share, ShareResult, Table, WaveResults

GROUPS = 10
"""Groups side by side on a page."""

_HIGH = "high"
"""The key of a scale's upper end, where it is told in its ends."""

_STEPS = (0.2, 0.35, 0.45, 0.55, 0.65, 0.8)
_TONES = ("neg-3", "neg-2", "neg-1", "neutral", "pos-1", "pos-2", "pos-3")


@dataclass(frozen=True, kw_only=True)
class HeatCell:
    """A released figure as it is written. ``tone``: its color, "" where it has none."""

    text: str
    tone: str = ""


_NOTHING = HeatCell(text=DASH)


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    """A question, or of choices the one that most people chose. ``of``: what the figures are."""

    prompt: str
    of: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, kw_only=True)
class HeatMap:
    """``headers``: (key, name) of each group; the key is "" of everyone asked, and of a change.
    ``paging``: of the groups. ``means``: whether a mean is beside shares. ``points``: what the
    shares of all scales are of ("4–5"), where that is the same. ``ranks``: whether there are
    points of rankings."""

    headers: tuple[tuple[str, str], ...]
    rows: tuple[HeatRow, ...]
    paging: Paging
    means: bool
    points: str
    ranks: bool
    dashes: bool


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A question, and of which of its choices the figures are ("" of a scale)."""

    question: str
    item: str
    first: ShareResult | RankingResult
    label: str


def heat_map(
    found: WaveResults, table: Table | None, words: Words, named: Labels, page: int, of: str = ""
) -> HeatMap | None:
    """The questions against the groups of ``table`` (only those with ``of``, where it is a table by
    two things); None where nothing is shown of any."""
    whole = _whole(found)
    cells = [one for one in _groups(table, named) if not of or of in dict(one.group).values()]
    if len(cells) > GROUPS:  # names of those that are too small stand below
        cells = [one for one in cells if one.n is not None]
    shown, paging = on_page(cells, page, GROUPS)
    asked = list(_asked(found, words))
    since = _since(found, asked)
    columns = [*([whole] if whole else []), *shown]
    points = {one.question: _points(one, columns, words) for one in asked}
    same = {told for told in points.values() if told}
    rows = tuple(
        _row(one, columns, since, words, "" if len(same) == 1 else points[one.question])
        for one in asked
    )
    rows = tuple(row for row in rows if any(cell.text != DASH for cell in row.cells))
    if not rows or not columns:
        return None
    told = [("", named.group(()))] if whole else []
    told += [
        (_key(one), named.group([pair for pair in one.group if pair[1] != of])) for one in shown
    ]
    if since:
        at = max(trend.points[-2].as_of for trend in since.values())
        told.append(("", words.say("Since {day}", day=beside_words.time_words(at, words))))
    return HeatMap(
        headers=tuple(told),
        rows=rows,
        paging=paging,
        means=bool(whole and shown) and any(_tells_mean(one.first) for one in asked),
        points=same.pop() if len(same) == 1 else "",
        ranks=any(isinstance(one.first, RankingResult) for one in asked),
        dashes=any(cell.text == DASH for row in rows for cell in row.cells),
    )


def headline(found: WaveResults, words: Words, named: Labels) -> list[str]:
    """What the results say first of all: what stands out where intervals are apart, else the first
    figure that is shown of everyone."""
    whole = _whole(found)
    if whole is None or found.answered is None:
        return []
    results = [one for one in whole.questions if isinstance(one, ShareResult)]
    ends = " ".join(_ends([one for one in results if _is_mean(one)], words))
    said = [ends] if ends else []
    if not said:
        said = [*_sure(results, words)][:1]
    if found.comparisons:
        surest = min(found.comparisons, key=lambda one: one.p)
        told = beside_words.comparison_words(surest, words, named)
        said.append(f"{words.text(surest.prompt)} {told}")
    return said or [*_first(results, words)][:1]


# -- what stands where -----------------------------------------------------------------------------


def _whole(found: WaveResults) -> Cell | None:
    cells = (cell for table in found.tables for cell in table.cells if not cell.group)
    return next((cell for cell in cells if cell.n is not None), None)


def _groups(table: Table | None, named: Labels) -> Sequence[Cell]:
    if table is None or not table.plan.by:
        return ()
    if "building" not in table.plan.by:
        return table.cells
    return sorted(table.cells, key=lambda cell: named.group(cell.group))


def _key(cell: Cell) -> str:
    return ",".join(f"{dimension}:{value}" for dimension, value in cell.group)


def _asked(found: WaveResults, words: Words) -> Iterator[_Asked]:
    """Each question once, as the district's figures have it, else those of the first group."""
    seen = set()
    tables = sorted(found.tables, key=lambda one: len(one.plan.by))
    for cell in (cell for table in tables for cell in table.cells):
        for one in cell.questions:
            if one.question in seen or not isinstance(one, ShareResult | RankingResult):
                continue
            seen.add(one.question)
            if (asked := _of_question(one, words)) is not None:
                yield asked


def _of_question(one: ShareResult | RankingResult, words: Words) -> _Asked | None:
    if isinstance(one, RankingResult):
        if not one.ranked:
            return None
        top = one.ranked[0]
        return _Asked(question=one.question, item=top.key, first=one, label=words.text(top.label))
    if _is_scale(one):
        return _Asked(question=one.question, item="", first=one, label="")
    shown = [share for share in in_order(one) if share.share is not None]
    if one.dates or not shown:
        return None
    most = max(shown, key=lambda share: share.share or 0)
    return _Asked(question=one.question, item=most.key, first=one, label=words.text(most.label))


def _is_scale(one: ShareResult) -> bool:
    return one.scale or one.net_promoter or any(share.key == _HIGH for share in one.shares)


def _is_mean(one: ShareResult | RankingResult) -> bool:
    return isinstance(one, ShareResult) and one.mean is not None and not one.net_promoter


def _row(
    asked: _Asked,
    columns: Sequence[Cell],
    since: Mapping[str, Trend],
    words: Words,
    points: str,
) -> HeatRow:
    cells = [_figure(asked, cell, words) for cell in columns]
    if since:
        trend = since.get(asked.question)
        cells.append(_change(trend, words) if trend else _NOTHING)
    told = asked.first
    within = told.asked_in if isinstance(told, ShareResult) else None
    prompt = words.text(told.prompt)
    return HeatRow(
        prompt=f"{words.text(within)} {prompt}" if within else prompt,
        of=asked.label or (words.say("Share of {points}", points=points) if points else ""),
        cells=tuple(cells),
    )


def _points(asked: _Asked, columns: Sequence[Cell], words: Words) -> str:
    """What the shares of a scale are of, where some are shown."""
    for cell in columns:
        for one in cell.questions:
            if one.question == asked.question and isinstance(one, ShareResult):
                high = _high(one)
                if high is not None and one.enps is None:
                    return words.text(high.label)
    return ""


def _figure(asked: _Asked, cell: Cell, words: Words) -> HeatCell:
    one = next((one for one in cell.questions if one.question == asked.question), None)
    match one:
        case RankingResult(ranked=ranked):
            chosen = next((choice for choice in ranked if choice.key == asked.item), None)
            return HeatCell(text=points_words(chosen, words)) if chosen else _NOTHING
        case ShareResult(enps=enps) if enps is not None:
            return HeatCell(text=enps_words(enps, words), tone=_tone((enps.score + 100) / 200))
        case ShareResult(mean=mean, shares=shares) if _tells_mean(one) and not asked.item:
            return HeatCell(text=mean_words(one, words), tone=_tone_of_mean(mean or 0, shares))
        case ShareResult(shares=shares) if asked.item:
            return _share(next((s for s in shares if s.key == asked.item), None), words, tone=False)
        case ShareResult():
            return _share(_high(one), words, tone=True)
        case _:
            return _NOTHING


def _high(one: ShareResult) -> Share | None:
    """The share of a scale's upper end: beside everyone's points, or among a group's bars."""
    return one.high or next((share for share in one.shares if share.key == _HIGH), None)


def _tells_mean(one: ShareResult | RankingResult) -> bool:
    """Of what was released before everyone's upper end was."""
    return isinstance(one, ShareResult) and _is_mean(one) and one.high is None


def _share(share: Share | None, words: Words, *, tone: bool) -> HeatCell:
    if share is None or (text := figure(share, words)) == DASH:
        return _NOTHING
    return HeatCell(text=text, tone=_tone(bar_length(share)) if tone else "")


def _tone_of_mean(mean: float, shares: Sequence[Share]) -> str:
    """Where it lies between the ends of its scale."""
    lowest, highest = shares[0].key, shares[-1].key
    if not (lowest.isdigit() and highest.isdigit() and lowest != highest):
        return ""
    return _tone((mean - int(lowest)) / (int(highest) - int(lowest)))


def _tone(value: float) -> str:
    return _TONES[sum(value >= step for step in _STEPS)]


# -- since the time before -------------------------------------------------------------------------


def _since(found: WaveResults, asked: Sequence[_Asked]) -> Mapping[str, Trend]:
    """Of the district's means and scores: what happened to them since the time before, where that
    is told."""
    wanted = {one.question for one in asked if not one.item}
    return {
        one.question: one
        for one in found.trends
        if not one.group
        and one.question in wanted
        and one.unit in (Unit.MEAN, Unit.SCORE)
        and one.change is not None
        and len(one.points) > 1
    }


def _change(trend: Trend, words: Words) -> HeatCell:
    return HeatCell(text=beside_words.change_briefly(trend, words) or DASH)


# -- in words --------------------------------------------------------------------------------------


def _ends(means: Sequence[ShareResult], words: Words) -> Iterator[str]:
    """One sentence or two: the question with the lowest and the one with the highest mean, of those
    on one scale; each where its whole interval is beyond all others."""
    scales = {(one.shares[0].key, one.shares[-1].key) for one in means}
    if len(means) < 2 or len(scales) > 1:
        return
    by_mean = sorted(means, key=lambda one: one.mean or 0)
    (lowest, *higher), (*lower, highest) = by_mean, by_mean
    if _top(lowest) < min(map(_bottom, higher)):
        yield words.say(
            "Lowest: {question} ({mean} of {points}).",
            question=_quoted(lowest, words),
            mean=mean_words(lowest, words),
            points=lowest.shares[-1].key,
        )
    if _bottom(highest) > max(map(_top, lower)):
        yield words.say(
            "Highest: {question} ({mean} of {points}).",
            question=_quoted(highest, words),
            mean=mean_words(highest, words),
            points=highest.shares[-1].key,
        )


def _first(results: Sequence[ShareResult], words: Words) -> Iterator[str]:
    """The upper end of a scale, or what was chosen most often, with its interval."""
    for one in results:
        if one.dates or one.asked_in is not None:
            continue
        high = _high(one)
        if high is not None and high.share is not None:
            yield words.say(
                "{question} {share} answered {points}.",
                question=words.text(one.prompt),
                share=figure(high, words),
                points=words.text(high.label),
            )
        elif not _is_scale(one) and (said := finding(one, words)):
            yield f"{words.text(one.prompt)} {said}"


def _top(one: ShareResult) -> float:
    return one.mean_high if one.mean_high is not None else one.mean or 0


def _bottom(one: ShareResult) -> float:
    return one.mean_low if one.mean_low is not None else one.mean or 0


def _quoted(one: ShareResult, words: Words) -> str:
    return f"“{words.text(one.prompt)}”"


def _sure(results: Sequence[ShareResult], words: Words) -> Iterator[str]:
    """Of a choice that more than half of all made, by its whole interval."""
    for one in results:
        if one.net_promoter or one.mean is not None:
            continue
        most = max(one.shares, key=lambda share: share.share or 0)
        if (most.low or 0) > 0.5:
            yield f"{words.text(one.prompt)} {finding(one, words)}"
