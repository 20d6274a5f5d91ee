"""Released results as flat records: one for each number, in the same columns whatever was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import assert_never

from core.words import Words
from governance.labels import Labels
from governance.reading.themes import theme_name
from governance.results.wording import DASH, places
from surveys.results.model import (
    Cell,
    CommentsResult,
    NumberResult,
    QuestionResult,
    RankingResult,
    Share,
    ShareResult,
    WaveResults,
    Withheld,
)

Value = str | int | float | None


@dataclass(frozen=True, kw_only=True)
class Record:
    """One number. ``table``, ``role``, ``level`` and ``building`` say whose, in keys, and
    ``group`` in words; ``measure`` says what ``value`` is: a share (0 to 1), a mean, a median,
    points (0 to 1), a strength of pairs (a log of odds) and in how many comparisons it is, a
    place by majorities, a net promoter score (-100 to 100), how many comments, or about how many
    people wrote, in all and on a theme. ``low`` and
    ``high`` are its 95% interval, ``about_n`` of about how many answers it is. Where there is no
    number, ``shown`` says what is shown: a side ("most"), the places that a choice shares ("2–4"),
    that it has none yet, or that nothing is."""

    table: str
    group: str
    role: str = ""
    level: str = ""
    building: str = ""
    question: str
    prompt: str
    answer: str = ""
    label: str = ""
    measure: str = ""
    value: Value = None
    low: float | None = None
    high: float | None = None
    about_n: int | None = None
    shown: str = ""

    def values(self) -> tuple[Value, ...]:
        return tuple(getattr(self, column) for column in COLUMNS)


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Record))

NOT_SHOWN, NO_PLACE = "not shown", "no place yet"
_SIDES = {">": "most", "<": "few"}


def records(results: WaveResults, words: Words) -> Iterator[Record]:
    """Every released number in the order of the page. Comments are counted here, and written by
    themselves."""
    named = Labels(words, results.buildings)
    for table in results.tables:
        for cell in table.cells:
            group = dict(cell.group)
            of_cell = Record(
                table=" × ".join(table.plan.by) or "district",
                group=named.group(cell.group),
                role=group.get("role", ""),
                level=group.get("level", ""),
                building=group.get("building", ""),
                question="",
                prompt="",
            )
            yield from _of_cell(cell, of_cell, words)
    yield from _themes(results, named.group(()))


def _themes(results: WaveResults, everyone: str) -> Iterator[Record]:
    """What all comments together are about; of no question, since each writer counts once."""
    themes = results.themes
    if themes is None or themes.people is None:
        return
    told = Record(table="district", group=everyone, question="", prompt="")
    yield replace(told, measure="people who wrote", value=themes.people)
    for one in themes.themes:
        yield replace(
            told,
            answer=one.theme,
            label=theme_name(one.theme),
            measure="people on a theme",
            value=one.people,
        )


def _of_cell(cell: Cell, of_cell: Record, words: Words) -> Iterator[Record]:
    if not cell.questions:
        yield replace(of_cell, shown=NOT_SHOWN)
    for result in cell.questions:
        asked = replace(of_cell, question=result.question, prompt=_prompt(result, words))
        yield from _of_question(result, asked, words)


def _of_question(result: QuestionResult, asked: Record, words: Words) -> Iterator[Record]:
    match result:
        case ShareResult(mean=mean, enps=enps, n=n):
            asked = replace(asked, about_n=n)
            for share in result.shares:
                yield _share(share, asked, words)
            if mean is not None:
                told = replace(asked, measure="mean", value=mean)
                yield replace(told, low=result.mean_low, high=result.mean_high)
            if result.high is not None:
                yield replace(_share(result.high, asked, words), measure="share of the high end")
            if enps is not None:
                score = replace(asked, measure="eNPS", value=enps.score)
                yield replace(score, low=enps.low, high=enps.high)
        case RankingResult(ranked=ranked, n=n):
            by_two = {key: at for at, keys in enumerate(result.majorities, 1) for key in keys}
            for one, place in zip(ranked, places(ranked), strict=True):
                choice = replace(asked, answer=one.key, label=words.text(one.label), about_n=n)
                yield replace(
                    choice, measure="points", value=one.points, low=one.low, high=one.high
                )
                if one.strength is not None:
                    strength = replace(choice, measure="strength", value=one.strength)
                    yield replace(strength, low=one.strength_low, high=one.strength_high)
                    yield replace(choice, measure="comparisons", value=one.met)
                if one.key in by_two:
                    yield replace(choice, measure="place by majorities", value=by_two[one.key])
                shown = NO_PLACE if place == DASH else place.rstrip(".")
                yield replace(choice, measure="place", shown=shown)
        case NumberResult(mean=mean, median=median, n=n):
            yield replace(asked, measure="mean", value=mean, about_n=n)
            yield replace(asked, measure="median", value=median, about_n=n)
        case CommentsResult(n=n):
            yield replace(asked, measure="comments", value=n)
        case Withheld():
            yield replace(asked, shown=NOT_SHOWN)
        case _:
            assert_never(result)


def _prompt(result: QuestionResult, words: Words) -> str:
    """The question's words; of a matrix's statement and of something else, both of theirs."""
    told = words.text(result.prompt)
    match result:
        case ShareResult(asked_in=asked_in) | CommentsResult(asked_in=asked_in) if asked_in:
            return f"{words.text(asked_in)} {told}"
        case _:
            return told


def _share(share: Share, asked: Record, words: Words) -> Record:
    coded = share.coded or ""
    return replace(
        asked,
        answer=share.key,
        label=words.text(share.label),
        measure="share",
        value=share.share,
        low=share.low,
        high=share.high,
        shown="" if share.share is not None else _SIDES.get(coded[:1], coded or NOT_SHOWN),
    )
