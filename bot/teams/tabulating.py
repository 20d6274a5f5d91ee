"""Released results as lines and bars of text, every figure with its base."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bot.beside_chat import beside
from bot.figures import enps_words, hard_pairs, mean_words, two_by_two
from bot.matrices import MatrixResult, Told, together
from bot.teams.cards import Element, line, short
from bot.teams.charting import chart, image
from bot.teams.labels import group_name
from bot.words import Words
from surveys.results import (
    Cell,
    CommentsResult,
    NumberResult,
    RankingResult,
    Share,
    ShareResult,
    WaveResults,
    Withheld,
)

_BAR = 20
_COMMENTS_SHOWN = 5
_COMMENT_LENGTH = 300
_RANKS_SHOWN = 8


PictureOf = Callable[[int | str], str]
"""The address of a picture: of a cell's question by its place, of what stands beside by its key."""


def cell_lines(
    words: Words, cell: Cell, *, titled: bool, pictured: PictureOf | None = None
) -> list[Element]:
    """One group's results; ``titled`` names the group. ``pictured``: with charts, and the address
    of each as a picture."""
    made = [line(group_name(words, cell.group), strong=True, gap="Large")] if titled else []
    if cell.n is None and not cell.questions:
        return [*made, line(words.withheld())]
    for place, result in enumerate(together(cell.questions)):
        drawn = chart(words, result, pictured(place)) if pictured else None
        made += _question(words, result, drawn)
    return made


def beside_lines(
    words: Words, results: WaveResults, pictured: PictureOf | None = None
) -> list[Element]:
    """Who answered, and what changed since earlier times."""
    made: list[Element] = []
    for one in beside(results, words):
        made.append(line(one.title, strong=True, gap="Large"))
        if pictured and one.drawn is not None:
            made.append(image(pictured(one.key), one.alt))
        made += [line(said, gap="Small") for said in one.lines]
    return made


def _question(words: Words, result: Told, drawn: Element | None) -> list[Element]:
    """The figures in words in any case: no chart is read out, and not every client draws one."""
    made = [line(words.text(result.prompt), strong=True, gap="Medium")]
    made += [drawn] if drawn else []
    match result:
        case MatrixResult():
            return made + _matrix(words, result)
        case ShareResult():
            return made + _shares(words, result, bars=drawn is None)
        case RankingResult():
            return made + _ranking(words, result)
        case NumberResult():
            return [*made, line(_number(words, result))]
        case CommentsResult():
            return made + _comments(words, result)
        case Withheld():
            return [*made, line(words.not_shown(result))]
    assert_never(result)


def _shares(words: Words, result: ShareResult, *, bars: bool) -> list[Element]:
    made: list[Element] = []
    for share in result.shares:
        made += _share(words, share, result.n, bars=bars)
    if result.enps is not None:
        said = f"{enps_words(result.enps, words)} · {_answers(words, result.n)}"
        made.insert(0, line(said, strong=True, gap="Small"))
    elif result.mean is not None:
        said = words.say(
            "Mean {mean} from {answers}.",
            mean=words.number(round(result.mean, 1)),
            answers=_answers(words, result.n),
        )
        made.append(line(said, gap="Small"))
    return made


def _share(words: Words, share: Share, n: int, *, bars: bool) -> list[Element]:
    """The figure with its base, and a bar under it where there is no chart and the share is
    told."""
    told = words.percent(share.share) if share.share is not None else "–"
    said = words.say(
        "{label}: {share} of {answers}",
        label=words.text(share.label),
        share=share.coded or told,
        answers=_answers(words, n),
    )
    if not bars or share.coded is not None or share.share is None:
        return [line(said, gap="Small")]
    full = round(share.share * _BAR)
    return [line(said, gap="Small"), line("█" * full + "░" * (_BAR - full), gap="None")]


def _matrix(words: Words, result: MatrixResult) -> list[Element]:
    """A line for each statement, the highest mean first: the picture and the page have the rest."""
    return [
        line(
            words.say(
                "{statement} Mean {mean} from {answers}.",
                statement=words.text(one.prompt),
                mean=mean_words(one, words),
                answers=_answers(words, one.n),
            ),
            gap="Small",
        )
        for one in result.statements
    ]


def _answers(words: Words, n: int) -> str:
    return words.count("{n} answer", "{n} answers", n)


def _ranking(words: Words, result: RankingResult) -> list[Element]:
    made: list[Element] = []
    for place, ranked in enumerate(result.ranked[:_RANKS_SHOWN], start=1):
        told = words.say(
            "{place}. {label}: {points} of 100 points",
            place=words.number(place),
            label=words.text(ranked.label),
            points=words.number(round(ranked.points * 100)),
        )
        if ranked.tied_with_next:
            told = words.say("{told} (a tie with the next)", told=told)
        made.append(line(told, gap="Small"))
    made.append(line(words.say("From {answers}.", answers=_answers(words, result.n)), quiet=True))
    pairs = (two_by_two(result, words), hard_pairs(result, words))
    return made + [line(said, quiet=True) for said in pairs if said]


def _number(words: Words, result: NumberResult) -> str:
    said = words.say(
        "Mean {mean}, median {median}, from {answers}.",
        mean=words.number(round(result.mean, 1)),
        median=words.number(round(result.median, 1)),
        answers=_answers(words, result.n),
    )
    if result.unit is None:
        return said
    return words.say("{said} In {unit}.", said=said, unit=words.text(result.unit))


def _comments(words: Words, result: CommentsResult) -> list[Element]:
    made = [
        line(words.say("“{comment}”", comment=short(" ".join(c.split()), _COMMENT_LENGTH)))
        for c in result.comments[:_COMMENTS_SHOWN]
    ]
    count = words.count("{n} comment", "{n} comments", result.n)
    if result.n > _COMMENTS_SHOWN:
        count = words.say("{count}; the page has them all.", count=count)
    return [*made, line(count, quiet=True)]
