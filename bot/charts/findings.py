"""What a picture shows first of all, in one sentence: the headline above it, and with what a screen
reader begins. It never makes more of a figure than its interval allows."""

from __future__ import annotations

from typing import assert_never

from core.words import Words
from governance.results.matrices import MatrixResult
from governance.results.wording import (
    DASH,
    enps_words,
    figure,
    mean_words,
    share_words,
    told,
)
from surveys.results.model import (
    CommentsResult,
    EnpsScore,
    NumberResult,
    QuestionResult,
    RankedChoice,
    RankingResult,
    Share,
    ShareResult,
    Withheld,
)
from surveys.results.placing import placed

MOST_NAMED = 3
"""Choices of one place that are named; more are counted."""


def finding(result: ShareResult | RankingResult | MatrixResult, words: Words) -> str:
    """Of what was released and no more: "" where that says nothing certain, or where the numbers
    begin with it (a net promoter score)."""
    match result:
        case MatrixResult(statements=statements):
            means = [one for one in statements if one.mean is not None]
            return _ends(means[0], means[-1], words) if len(means) > 1 else ""
        case RankingResult():
            return _first(result, words)
        case ShareResult(net_promoter=True):
            return ""
        case ShareResult(mean=mean) if mean is not None:
            return words.say("Mean {mean}.", mean=mean_words(result, words))
        case ShareResult():
            return _most(result, words)
        case _:
            assert_never(result)


def _ends(highest: ShareResult, lowest: ShareResult, words: Words) -> str:
    """Both ends of a matrix; "" where their intervals overlap."""
    high, low = highest.mean_low or highest.mean or 0, lowest.mean_high or lowest.mean or 0
    if high <= low:
        return ""
    return words.say(
        "Highest mean: {high} {high_mean}. Lowest: {low} {low_mean}.",
        high=words.text(highest.prompt),
        high_mean=mean_words(highest, words),
        low=words.text(lowest.prompt),
        low_mean=mean_words(lowest, words),
    )


def _first(result: RankingResult, words: Words) -> str:
    """Whatever may be first."""
    first = [words.text(one.label) for one in _may_be_first(result)]
    if not first:
        return words.say("Too few comparisons yet to say which is first.") if result.ranked else ""
    if len(first) < 2:
        return words.say("First: {label}.", label=first[0])
    if len(first) > MOST_NAMED:
        return words.say(
            "Any of {n} choices may be first: {label} is only just ahead.",
            n=words.number(len(first)),
            label=first[0],
        )
    return words.say(
        "Too close to say which is first: {some} or {last}.",
        some=", ".join(first[:-1]),
        last=first[-1],
    )


def _may_be_first(result: RankingResult) -> list[RankedChoice]:
    """The choices that no answer puts behind another one, the strongest first."""
    found = zip(result.ranked, placed(result.ranked), strict=True)
    return [one for one, place in found if place is not None and place.first == 1]


def _most(result: ShareResult, words: Words) -> str:
    """The largest share: a majority only where its whole interval is above half."""
    most = leading(result)
    label = words.text(most[0].label) if most else ""
    match most:
        case []:
            return ""
        case [one] if one.coded is not None:
            return words.say("Most people: {label}.", label=label)
        case [one] if (one.low or 0) > 0.5:
            share = share_words(one, words)
            return words.say("Most people: {label}, {share}.", label=label, share=share)
        case [one]:
            share = share_words(one, words)
            return words.say("Most often: {label}, {share}.", label=label, share=share)
        case [one, other]:
            return words.say(
                "Too close to say which is more frequent: {label}, {share}, or {other}, "
                "{other_share}.",
                label=label,
                share=share_words(one, words),
                other=words.text(other.label),
                other_share=share_words(other, words),
            )
        case _:
            return words.say("No answer is clearly the most frequent.")


def brief(result: QuestionResult, words: Words) -> str:
    """The same of one group in a cell of a table."""
    match result:
        case ShareResult(enps=EnpsScore() as enps):
            return enps_words(enps, words)
        case ShareResult(scale=True, mean=mean) if mean is not None:
            return mean_words(result, words)
        case ShareResult():
            most = leading(result)
            if len(most) > 1:
                return words.say("too close to call")
            return f"{figure(most[0], words)} {words.text(most[0].label)}" if most else DASH
        case RankingResult():
            first = _may_be_first(result)
            if not first:
                return words.say("too few comparisons")
            alone = len(first) == 1
            return words.text(first[0].label) if alone else words.say("too close to call")
        case NumberResult(mean=mean):
            return words.number(round(mean, 1))
        case CommentsResult() | Withheld():
            return DASH
        case _:
            assert_never(result)


def leading(result: ShareResult) -> list[Share]:
    """The share that is larger than all others, or those that may be it; none where what is not
    shown may be larger."""
    large = [one for one in result.shares if (one.coded or "").startswith(">")]
    if large:
        # Of boxes more may be as large.
        return large if len(large) == 1 else []
    shown = sorted((one for one in result.shares if one.share is not None), key=_share)
    if not shown:
        return []
    most = shown.pop()
    if (most.low or 0) > 0.5:
        return [most]
    # A dash may hide any share, and so may a band of results of before; a small side cannot.
    if any(one.share is None and not (one.coded or "").startswith("<") for one in result.shares):
        return []
    low = _share(most) if most.low is None else most.low
    close = [one for one in shown if (_share(one) if one.high is None else one.high) >= low]
    return [most, *reversed(close)]


def _share(one: Share) -> float:
    return one.share or 0.0


def described(result: ShareResult | RankingResult | MatrixResult, words: Words) -> str:
    """A picture in words: what it shows first of all, then each number of it."""
    return f"{finding(result, words)} {told(result, words)}".strip()
