"""Released results as lines and bars of text, every figure with its base."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from bot.charts.beside_chat import beside
from bot.charts.findings import brief
from bot.teams.cards import Element, line, short
from bot.teams.charting import chart, image
from core.words import Words
from governance import wording
from governance.labels import Labels
from governance.results.matrices import MatrixResult, Told, together
from governance.results.wording import (
    answers_words,
    base_words,
    enps_words,
    how_many_comments,
    in_order,
    number_words,
    places,
    points_words,
    share_words,
    ties,
)
from surveys.results.model import (
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
"""The address of a picture: of a cell's question by its place, of what is beside by its key."""


def cell_lines(
    words: Words,
    cell: Cell,
    named: Labels,
    *,
    least: int,
    titled: bool,
    pictured: PictureOf | None = None,
) -> list[Element]:
    """One group's results; ``titled`` names the group, ``least`` is from how many answers on one
    is shown. ``pictured``: with charts, and the address
    of each as a picture."""
    made = [line(named.group(cell.group), strong=True, gap="Large")] if titled else []
    if cell.n is None and not cell.questions:
        return [*made, line(wording.withheld(words, least))]
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
            return [*made, line(wording.not_shown(words, result))]
    assert_never(result)


def _shares(words: Words, result: ShareResult, *, bars: bool) -> list[Element]:
    made: list[Element] = []
    if result.enps is not None:
        made.append(line(enps_words(result.enps, words), strong=True, gap="Small"))
    for share in in_order(result):
        made += _share(words, share, bars=bars)
    return [*made, line(base_words(result, words), quiet=True)]


def _share(words: Words, share: Share, *, bars: bool) -> list[Element]:
    """The figure, and a bar under it where there is no chart and the share is told."""
    told = line(f"{words.text(share.label)}: {share_words(share, words)}", gap="Small")
    if not bars or share.share is None:
        return [told]
    full = round(share.share * _BAR)
    return [told, line("█" * full + "░" * (_BAR - full), gap="None")]


def _matrix(words: Words, result: MatrixResult) -> list[Element]:
    """A line for each statement, the highest mean first: the picture and the page have the rest."""
    made = []
    for one in result.statements:
        told = brief(one, words)
        if one.mean is not None:
            told = words.say("mean {mean} of {points}", mean=told, points=one.shares[-1].key)
        said = f"{words.text(one.prompt)} {told} · {answers_words(one.n, words)}"
        made.append(line(said, gap="Small"))
    return made


def _ranking(words: Words, result: RankingResult) -> list[Element]:
    made: list[Element] = []
    ordered = zip(result.ranked, places(result.ranked), strict=True)
    for ranked, place in list(ordered)[:_RANKS_SHOWN]:
        told = words.say(
            "{place} {label}: {points} of 100 points",
            place=place,
            label=words.text(ranked.label),
            points=points_words(ranked, words),
        )
        made.append(line(told, gap="Small"))
    base = words.say("From {answers}.", answers=answers_words(result.n, words))
    left = len(result.ranked) - _RANKS_SHOWN
    more = words.count("{n} more on the page.", "{n} more on the page.", left) if left > 0 else ""
    return made + [line(said, quiet=True) for said in (more, base, ties(result, words)) if said]


def _number(words: Words, result: NumberResult) -> str:
    base = words.say("From {answers}.", answers=answers_words(result.n, words))
    return f"{number_words(result, words)} {base}"


def _comments(words: Words, result: CommentsResult) -> list[Element]:
    made = [
        line(f"“{short(' '.join(one.split()), _COMMENT_LENGTH)}”")
        for one in result.comments[:_COMMENTS_SHOWN]
    ]
    return [*made, line(how_many_comments(result, len(made), words), quiet=True)]
