"""The numbers of released results in words and tables: what stands beside every picture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.matrices import MatrixResult, Told
from bot.words import Words
from surveys.results import (
    CommentsResult,
    EnpsScore,
    NumberResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Withheld,
)


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
                headers=(say("Answer given"), say("People"), say("Share"), say("95% interval")),
                rows=tuple(_share_row(share, words) for share in in_order(result)),
            )
        case RankingResult(ranked=ranked) if result.pairs is not None:
            return NumbersTable(
                headers=(
                    say("Priority"),
                    say("Of 100"),
                    say("95% interval"),
                    say("Chosen"),
                    say("Not chosen"),
                    say("By All Our Ideas’ count"),
                ),
                rows=tuple(_paired_row(one, words) for one in ranked),
            )
        case RankingResult(ranked=ranked):
            return NumbersTable(
                headers=(say("Priority"), say("Points"), say("95% interval"), say("First places")),
                rows=tuple(_ranked_row(one, words) for one in ranked),
            )
        case NumberResult() | CommentsResult() | Withheld():
            return None
        case _:
            assert_never(result)


def told(result: ShareResult | RankingResult | MatrixResult, words: Words) -> str:
    """Every number of a picture in words, in the picture's order: for who cannot see it."""
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
                f"{place}. {words.text(one.label)}, {points_words(one.points, words)}"
                for place, one in enumerate(ranked, start=1)
            ]
        case _:
            assert_never(result)
    between = remarks(result, words) if isinstance(result, RankingResult) else ""
    return f"{'; '.join(parts)}. {between}".strip()


def caption(result: Told, words: Words, *, as_of: datetime) -> str:
    """What stands below a result: of how many answers, of when, and what its scale means.
    Nothing where nothing is shown."""
    match result:
        case Withheld():
            return ""
        case MatrixResult():
            return _matrix_caption(result, words, as_of)
        case ShareResult(net_promoter=True):
            scale = words.say("share of 9 and 10 less that of 0 to 6")
        case ShareResult(mean=mean, shares=shares) if mean is not None:
            scale = words.say(
                "mean {mean} of {points}",
                mean=words.number(round(mean, 1)),
                points=shares[-1].key,
            )
        case RankingResult(pairs=int(pairs)):
            scale = words.say(
                "{n} pairs; of 100, how often it would be chosen over an average one",
                n=words.number(pairs),
            )
        case RankingResult():
            scale = words.say("100 would be everybody’s first")
        case ShareResult() | NumberResult() | CommentsResult():
            scale = ""
        case _:
            assert_never(result)
    answers = words.count("{n} answer", "{n} answers", result.n)
    return " · ".join(part for part in (answers, words.day(as_of), scale) if part)


def share_words(share: Share, words: Words) -> str:
    """A share with its interval in words: "62% (95% interval 59% to 65%)"."""
    if share.coded or share.share is None:
        return share.coded or "–"
    told = words.percent(share.share)
    if share.low is None or share.high is None:
        return told
    between = _between(share.low, share.high, words)
    return words.say("{share} (95% interval {between})", share=told, between=between)


def enps_words(enps: EnpsScore, words: Words) -> str:
    """The score with its interval, never a percentage: "eNPS 12 (95% interval 8 to 16)"."""
    return words.say(
        "eNPS {score} (95% interval {low} to {high})",
        score=words.number(round(enps.score)),
        low=words.number(round(enps.low)),
        high=words.number(round(enps.high)),
    )


def mean_words(result: ShareResult, words: Words) -> str:
    """A scale's mean, "3.4"; a dash where it is not told."""
    return "–" if result.mean is None else words.number(round(result.mean, 1))


def _statement_words(result: ShareResult, words: Words) -> str:
    mean = words.say("Mean {mean}.", mean=mean_words(result, words))
    shares = (f"{words.text(one.label)}: {_figure(one, words)}" for one in result.shares)
    return f"{mean} {', '.join(shares)}"


def _figure(share: Share, words: Words) -> str:
    return share.coded or ("–" if share.share is None else words.percent(share.share))


def _matrix_table(result: MatrixResult, words: Words) -> NumbersTable:
    points = (words.text(share.label) for share in result.statements[0].shares)
    return NumbersTable(
        headers=(words.say("Statement"), *points, words.say("Mean"), words.say("Answers")),
        rows=tuple(
            (
                words.text(one.prompt),
                *(_figure(share, words) for share in one.shares),
                mean_words(one, words),
                words.number(one.n),
            )
            for one in result.statements
        ),
    )


def _matrix_caption(result: MatrixResult, words: Words, as_of: datetime) -> str:
    answers = words.count("{n} answer", "{n} answers", result.most)
    if result.fewest < result.most:
        answers = words.say(
            "{low} to {high} answers to a statement",
            low=words.number(result.fewest),
            high=words.number(result.most),
        )
    shares = result.statements[0].shares
    scale = words.say(
        "at the end of each line the mean, {low} to {high}", low=shares[0].key, high=shares[-1].key
    )
    few = ""
    if left := len(result.withheld):
        few = words.count(
            "{n} statement has too few answers", "{n} statements have too few answers", left
        )
    return " · ".join(part for part in (answers, words.day(as_of), scale, few) if part)


def _share_row(share: Share, words: Words) -> tuple[str, ...]:
    shown = share.low is not None and share.high is not None
    return (
        words.text(share.label),
        "–" if share.count is None else words.number(share.count),
        share.coded or ("–" if share.share is None else words.percent(share.share)),
        _between(share.low or 0, share.high or 0, words) if shown else "–",
    )


def _ranked_row(ranked: RankedChoice, words: Words) -> tuple[str, ...]:
    low, high = points_words(ranked.low, words), points_words(ranked.high, words)
    return (
        words.text(ranked.label),
        points_words(ranked.points, words),
        words.say("{low} to {high}", low=low, high=high),
        "–" if ranked.firsts is None else words.number(ranked.firsts),
    )


def _paired_row(ranked: RankedChoice, words: Words) -> tuple[str, ...]:
    label, points, between, _ = _ranked_row(ranked, words)
    counted = (ranked.wins, ranked.losses, ranked.estimate)
    told = ("–" if one is None else words.number(round(one)) for one in counted)
    return (label, points, between, *told)


def remarks(result: RankingResult, words: Words) -> str:
    """What an order leaves open, in sentences: ties, and what people say two by two."""
    told = (ties(result, words), two_by_two(result, words), hard_pairs(result, words))
    return " ".join(said for said in told if said)


def hard_pairs(result: RankingResult, words: Words) -> str:
    """In how many pairs people could not decide; "" where that was not asked or never so."""
    if not result.pairs or not result.undecided:
        return ""
    return words.say(
        "In {n} of {pairs} pairs people could not decide.",
        n=words.number(result.undecided),
        pairs=words.number(result.pairs),
    )


def two_by_two(result: RankingResult, words: Words) -> str:
    """Where majorities go in a circle, or put another choice first than points do; else ""."""
    labels = {ranked.key: words.text(ranked.label) for ranked in result.ranked}
    told = []
    for circle in result.circles:
        way = [
            words.say(
                "{one} before {other}", one=labels.get(one, one), other=labels.get(other, other)
            )
            for one, other in zip(circle, [*circle[1:], circle[0]], strict=True)
        ]
        told.append(
            words.say(
                "Two by two, people’s choices go in a circle: {circle}. Between these there is "
                "no order.",
                circle=", ".join(way),
            )
        )
    first = result.majorities[0] if result.majorities else ()
    if len(first) == 1 and first[0] != result.ranked[0].key:
        told.append(
            words.say(
                "Two by two, more people want {one} first; by points it is {other}.",
                one=labels.get(first[0], first[0]),
                other=words.text(result.ranked[0].label),
            )
        )
    return " ".join(told)


def ties(result: RankingResult, words: Words) -> str:
    """Which neighbours cannot be told apart, in sentences; "" where all can."""
    told: list[str] = []
    group: list[str] = []
    for ranked in result.ranked:
        group.append(words.text(ranked.label))
        if ranked.tied_with_next and ranked is not result.ranked[-1]:
            continue
        if len(group) > 1:
            told.append(
                words.say(
                    "{some} and {last} are tied: their intervals overlap.",
                    some=group[0],
                    last=group[-1],
                )
                if len(group) == 2
                else words.say(
                    "From {first} to {last}, each is tied with the next: their intervals overlap.",
                    first=group[0],
                    last=group[-1],
                )
            )
        group = []
    return " ".join(told)


def in_order(result: ShareResult) -> Sequence[Share]:
    """The bars of a picture, and whatever stands beside it, from the first: a scale's and
    periods as they are, choices by their length."""
    if result.scale or result.dates:
        return result.shares
    return sorted(result.shares, key=bar_length, reverse=True)


def bar_length(share: Share) -> float:
    """A bar's length, 0 to 1. A coded share is drawn at its bound, a band at its middle: the
    picture says no more than the words do."""
    if share.coded is None:
        return share.share or 0.0
    return bound(share.coded)


def bound(coded: str) -> float:
    """Where a coded share is drawn, 0 to 1."""
    bounds = [float(one) for one in re.findall(r"\d+(?:\.\d+)?", coded)]
    return min(sum(bounds) / len(bounds) / 100, 1.0) if bounds else 0.0


def _between(low: float, high: float, words: Words) -> str:
    return words.say("{low} to {high}", low=words.percent(low), high=words.percent(high))


def points_words(points: float, words: Words) -> str:
    """Borda points of 100, so that no decimals are needed."""
    return words.number(round(points * 100))
