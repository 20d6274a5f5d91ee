"""The numbers of released results in words and tables: what is beside every picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from core.words import Words
from governance.results.matrices import MatrixResult, Told
from surveys.results.model import (
    CommentsResult,
    EnpsScore,
    NumberResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Withheld,
)
from surveys.results.placing import MET_FROM, place_range, placed

_WHOLE = 100

DASH = "–"
"""What is not shown. It does not say why."""


@dataclass(frozen=True, kw_only=True)
class NumbersTable:
    """The same numbers as text: the table behind a picture."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def numbers_table(result: Told, words: Words) -> NumbersTable | None:
    """The numbers of a picture; None where there is no picture."""
    say = words.say
    match result:
        case MatrixResult():
            return _matrix_table(result, words)
        case ShareResult():
            return NumbersTable(
                headers=(say("Answer given"), say("Share"), say("95% interval")),
                rows=tuple(_share_row(share, words) for share in in_order(result)),
            )
        case RankingResult(ranked=ranked):
            headers: tuple[str, ...] = (
                *(say("Priority"), say("Points of 100"), say("95% interval")),
            )
            if any(one.strength is not None for one in ranked):
                headers = (
                    *(say("Priority"), say("Score of 100"), say("95% interval")),
                    *(say("Strength"), say("Comparisons")),
                )
            return NumbersTable(
                headers=headers,
                rows=tuple(
                    _ranked_row(one, place, words)
                    for one, place in zip(ranked, places(ranked), strict=True)
                ),
            )
        case NumberResult() | CommentsResult() | Withheld():
            return None
        case _:
            assert_never(result)


def told(result: ShareResult | RankingResult | MatrixResult, words: Words) -> str:
    """Every number of a picture in words, in the picture's order: for whoever cannot see it."""
    match result:
        case MatrixResult(statements=statements):
            parts = [
                f"{words.text(one.prompt)} {_statement_words(one, words)}" for one in statements
            ]
        case ShareResult(enps=enps):
            parts = [enps_words(enps, words)] if enps else []
            parts += [
                f"{words.text(one.label)}: {share_words(one, words)}" for one in in_order(result)
            ]
        case RankingResult(ranked=ranked):
            parts = [
                f"{place} {words.text(one.label)}, {points_words(one, words)}"
                for one, place in zip(ranked, places(ranked), strict=True)
            ]
        case _:
            assert_never(result)
    between = ties(result, words) if isinstance(result, RankingResult) else ""
    return f"{'; '.join(parts)}. {between}".strip()


def caption(result: Told, words: Words, *, as_of: datetime, parts: bool = True) -> str:
    """What stands below a result: of how many answers, of when, and what its scale means.
    Nothing where nothing is shown. ``parts``: a matrix is drawn with every share, and not with
    its means alone."""
    match result:
        case Withheld():
            return ""
        case MatrixResult():
            return _matrix_caption(result, words, as_of, parts)
        case ShareResult(net_promoter=True):
            scale = words.say("share of 9 and 10 minus share of 0 to 6")
        case ShareResult(mean=mean, shares=shares) if mean is not None:
            scale = words.say(
                "mean {mean} of {points}", mean=mean_words(result, words), points=shares[-1].key
            )
        case RankingResult(pairs=int(pairs)):
            scale = words.say(
                "about {n} pairs; how often out of 100 times it would win against an average "
                "choice",
                n=words.number(pairs),
            )
        case RankingResult():
            scale = words.say("100 would be everyone’s first choice")
        case ShareResult() | NumberResult() | CommentsResult():
            scale = ""
        case _:
            assert_never(result)
    if isinstance(result, CommentsResult):
        answers = words.count("{n} comment", "{n} comments", result.n)
    else:
        answers = answers_words(result.n, words)
    whole = sum_words(result, words) if isinstance(result, ShareResult) else ""
    return " · ".join(part for part in (answers, words.day(as_of), scale, whole) if part)


def sum_words(result: ShareResult, words: Words) -> str:
    """What the pieces of a scale's bar add up to, where that is not 100% as they are read; "" where
    it is, or where not all of them are figures."""
    total = _sum(result)
    if total is None or total == _WHOLE:
        return ""
    return words.say(
        "The parts add up to {total}: each count has a random number and is rounded.",
        total=words.percent(total / _WHOLE),
    )


def _sum(result: ShareResult) -> int | None:
    """Of a scale's shares in percent, as they are read."""
    shares = [one.share for one in result.shares if one.share is not None]
    if not result.scale or len(shares) < len(result.shares):
        return None
    return sum(round(_WHOLE * share) for share in shares)


def answers_words(n: int, words: Words) -> str:
    """The base of a figure. Each count carries a small random number, so none is exact."""
    return words.count("about {n} answer", "about {n} answers", n)


def figure(share: Share, words: Words) -> str:
    """A share as pictures and tables have it: "62% ± 4", a side ("most"), or a dash."""
    if share.share is None:
        return side(share, words) or DASH
    return _give(words.percent(share.share), share.low, share.high, 100, 0, words)


def share_words(share: Share, words: Words) -> str:
    """The same in a sentence: "62% ± 4", "most", "not shown"."""
    if share.share is not None:
        return figure(share, words)
    return side(share, words) or words.say("not shown")


def base_words(result: ShareResult, words: Words) -> str:
    """Of how many answers the figures are, a scale's mean, and what its parts add up to."""
    base = words.say("From {answers}.", answers=answers_words(result.n, words))
    if result.mean is not None:
        base = f"{base} {words.say('Mean {mean}.', mean=mean_words(result, words))}"
    return f"{base} {sum_words(result, words)}".strip()


def side(share: Share, words: Words) -> str | None:
    """A side has no number: the random part of a small group's count may exceed any that is
    true of it. Older results have one; it is not shown."""
    match (share.coded or "")[:1]:
        case ">":
            return words.say("most")
        case "<":
            return words.say("few")
        case _:
            return share.coded


def enps_words(enps: EnpsScore, words: Words) -> str:
    """The score, never a percentage: "eNPS 12 ± 4"."""
    score = _give(words.number(round(enps.score)), enps.low, enps.high, 1, 0, words)
    return f"eNPS {score}"


def mean_words(result: ShareResult, words: Words) -> str:
    """A scale's mean, "3.4 ± 0.1"; a dash where it is not told."""
    if result.mean is None:
        return DASH
    shown = words.number(round(result.mean, 1))
    return _give(shown, result.mean_low, result.mean_high, 1, 1, words)


def number_words(result: NumberResult, words: Words) -> str:
    """The middle of what people gave, in a sentence."""
    unit = f" {words.text(result.unit)}" if result.unit else ""
    return words.say(
        "Half say {median} or less; the average is {mean}.",
        median=f"{words.number(result.median)}{unit}",
        mean=words.number(round(result.mean, 1)),
    )


def how_many_comments(result: CommentsResult, shown: int, words: Words) -> str:
    """Below the first few of them."""
    told = words.count("{n} comment, in no order", "{n} comments, in no order", result.n)
    left = result.n - shown
    more = words.count("{n} more on the page.", "{n} more on the page.", left)
    return f"{told}. {more}" if left > 0 else f"{told}."


def points_words(ranked: RankedChoice, words: Words) -> str:
    """Borda points of 100, so that no decimals are needed: "62 ± 5"."""
    return _give(words.number(round(ranked.points * 100)), ranked.low, ranked.high, 100, 0, words)


def _give(
    shown: str, low: float | None, high: float | None, times: int, digits: int, words: Words
) -> str:
    """A figure with half the width of its interval, which is never told as none."""
    if low is None or high is None:
        return shown
    half = max(round(times * (high - low) / 2, digits), 10**-digits)
    return f"{shown} ± {words.number(half)}"


def _statement_words(result: ShareResult, words: Words) -> str:
    mean = words.say("Mean {mean}.", mean=mean_words(result, words))
    shares = (f"{words.text(one.label)}: {share_words(one, words)}" for one in result.shares)
    return f"{'' if result.mean is None else mean} {', '.join(shares)}".strip()


def _matrix_table(result: MatrixResult, words: Words) -> NumbersTable:
    points = (words.text(share.label) for share in result.statements[0].shares)
    return NumbersTable(
        headers=(words.say("Statement"), *points, words.say("Mean"), words.say("Answers")),
        rows=tuple(
            (
                words.text(one.prompt),
                *(figure(share, words) for share in one.shares),
                mean_words(one, words),
                words.number(one.n),
            )
            for one in result.statements
        ),
    )


def _matrix_caption(result: MatrixResult, words: Words, as_of: datetime, parts: bool) -> str:
    answers = answers_words(result.most, words)
    if result.fewest < result.most:
        answers = words.say(
            "about {low} to {high} answers per statement",
            low=words.number(result.fewest),
            high=words.number(result.most),
        )
    scale = ""
    if any(one.mean is not None for one in result.statements):
        shares = result.statements[0].shares
        scale = words.say(
            "the mean, {low} to {high}, is at the end of each line",
            low=shares[0].key,
            high=shares[-1].key,
        )
    sums = {_sum(one) for one in result.statements} - {None, _WHOLE}
    whole = ""
    if sums and parts:
        whole = words.say(
            "The parts of a line may add up to more or less than 100%: each count has a random "
            "number and is rounded."
        )
    few = ""
    if left := len(result.withheld):
        few = words.count(
            "{n} statement has too few answers", "{n} statements have too few answers", left
        )
    return " · ".join(part for part in (answers, words.day(as_of), scale, few, whole) if part)


def _share_row(share: Share, words: Words) -> tuple[str, ...]:
    shown = share.low is not None and share.high is not None
    between = _between(share.low or 0, share.high or 0, words) if shown else DASH
    return (words.text(share.label), figure(share, words), between)


def _ranked_row(ranked: RankedChoice, place: str, words: Words) -> tuple[str, ...]:
    low, high = (words.number(round(one * 100)) for one in (ranked.low, ranked.high))
    row = (
        f"{place} {words.text(ranked.label)}",
        points_words(ranked, words),
        words.say("{low} to {high}", low=low, high=high),
    )
    if ranked.strength is None:
        return row
    shown = words.number(round(ranked.strength, 2))
    strength = _give(shown, ranked.strength_low, ranked.strength_high, 1, 2, words)
    return (*row, strength, words.number(ranked.met or 0))


def places(ranked: Sequence[RankedChoice]) -> list[str]:
    """The places that each choice may have: "2.", or "2–4.", or a dash where it has none yet."""
    return [f"{place_range(one.first, one.last)}." if one else DASH for one in placed(ranked)]


def ties(result: RankingResult, words: Words) -> str:
    """What an order leaves open, in sentences: ranges of places, choices without a place, and
    majorities that go in a circle. "" where it leaves nothing open."""
    found = placed(result.ranked)
    said = []
    if wide := next((one for one in found if one and one.open), None):
        said.append(
            words.say(
                "A range of places, such as {range}, means that any of them is possible: the "
                "answers are too close to tell.",
                range=place_range(wide.first, wide.last),
            )
        )
    if None in found:
        said.append(
            words.count(
                "{n} choice has no place yet: it was compared fewer than {least} times.",
                "{n} choices have no place yet: they were compared fewer than {least} times.",
                found.count(None),
                least=words.number(MET_FROM),
            )
        )
    return " ".join([*said, *_circles(result, words), *_by_majority(result, words)])


def _by_majority(result: RankingResult, words: Words) -> list[str]:
    """Where majorities put another choice first than points do."""
    first = result.majorities[0] if result.majorities else ()
    if len(first) != 1 or first[0] == result.ranked[0].key:
        return []
    labels = {one.key: words.text(one.label) for one in result.ranked}
    return [
        words.say(
            "Compared two at a time, a majority puts {one} first; by points, {other} is first.",
            one=labels[first[0]],
            other=labels[result.ranked[0].key],
        )
    ]


def _circles(result: RankingResult, words: Words) -> list[str]:
    """Where majorities go round, which beat which."""
    labels = {one.key: words.text(one.label) for one in result.ranked}
    return [
        words.say(
            "No single order by majority: {circle}.",
            circle=", ".join(
                words.say("{one} beat {other}", one=labels[one], other=labels[other])
                for one, other in zip(circle, [*circle[1:], circle[0]], strict=True)
            ),
        )
        for circle in result.circles
    ]


def in_order(result: ShareResult) -> Sequence[Share]:
    """The bars of a picture, and whatever is beside it, from the first: a scale's, numbers' and
    periods as they are, choices by their length."""
    shares = result.shares
    numbers = [share.key for share in shares] == [str(at) for at in range(len(shares))]
    if result.scale or result.dates or numbers:
        return shares
    return sorted(shares, key=bar_length, reverse=True)


def bar_length(share: Share) -> float:
    """A bar's length, 0 to 1. A side is drawn in the middle of its half, a band at its middle: the
    picture says no more than the words do."""
    match (share.coded or "")[:1]:
        case "":
            return share.share or 0.0
        case ">":
            return _MOST
        case "<":
            return 1 - _MOST
        case _:
            return bound(share.coded or "")


_MOST = 0.75


def bound(coded: str) -> float:
    """Where a coded share is drawn, 0 to 1."""
    bounds = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", coded)]
    return min(sum(bounds) / len(bounds) / 100, 1.0) if bounds else 0.0


def _between(low: float, high: float, words: Words) -> str:
    return words.say("{low} to {high}", low=words.percent(low), high=words.percent(high))
