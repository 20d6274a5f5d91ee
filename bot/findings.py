"""What a picture shows first of all, in one sentence: with it a screen reader begins."""

from __future__ import annotations

from typing import assert_never

from bot.figures import bar_length, mean_words, share_words, told
from bot.matrices import MatrixResult
from bot.words import Words
from surveys.results import RankingResult, ShareResult


def finding(result: ShareResult | RankingResult | MatrixResult, words: Words) -> str:
    """Of what was released and no more: "" where that says nothing certain, or where the numbers
    begin with it (a net promoter score)."""
    match result:
        case MatrixResult(statements=statements):
            means = [one for one in statements if one.mean is not None]
            return _ends(means[0], means[-1], words) if len(means) > 1 else ""
        case RankingResult(ranked=ranked):
            return words.say("First: {label}.", label=words.text(ranked[0].label)) if ranked else ""
        case ShareResult(net_promoter=True):
            return ""
        case ShareResult(mean=mean) if mean is not None:
            return words.say("Mean {mean}.", mean=mean_words(result, words))
        case ShareResult():
            return _most(result, words)
        case _:
            assert_never(result)


def _ends(highest: ShareResult, lowest: ShareResult, words: Words) -> str:
    return words.say(
        "Highest mean: {high} {high_mean}. Lowest: {low} {low_mean}.",
        high=words.text(highest.prompt),
        high_mean=mean_words(highest, words),
        low=words.text(lowest.prompt),
        low_mean=mean_words(lowest, words),
    )


def _most(result: ShareResult, words: Words) -> str:
    """The largest share. Where it is told as a band, another may be as large."""
    most = max(result.shares, key=bar_length, default=None)
    if most is None or (most.coded and not most.coded.startswith(">")):
        return ""
    return words.say(
        "Most often: {label}, {share}.",
        label=words.text(most.label),
        share=share_words(most, words),
    )


def described(result: ShareResult | RankingResult | MatrixResult, words: Words) -> str:
    """A picture in words: what it shows first of all, then each number of it."""
    return f"{finding(result, words)} {told(result, words)}".strip()
