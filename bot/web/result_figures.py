"""A wave's results, ready to be drawn: one planned table at a time, or one group of it, and what
is beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import TypeGuard

from markupsafe import Markup

from bot.charts import beside_words
from bot.charts.beside_charts import MOST_GROUPS, rates_chart, trends_chart
from bot.charts.findings import finding
from bot.charts.group_findings import district_rankings, parting
from bot.charts.results import chart
from bot.charts.theme_words import told_themes
from bot.conversation import Reader
from bot.web.heat_maps import HeatMap, headline, heat_map
from bot.web.rendering import render
from core.words import Words
from governance.labels import Labels
from governance.results.matrices import MatrixResult, Told, together
from governance.results.wording import (
    DASH,
    NumbersTable,
    caption,
    figure,
    number_words,
    numbers_table,
    points_words,
    ties,
)
from surveys.results.beside import Group as Members
from surveys.results.beside import Trend
from surveys.results.model import (
    Cell,
    CommentsResult,
    QuestionResult,
    RankingResult,
    ShareResult,
    Table,
    WaveResults,
    Withheld,
)
from surveys.survey import Dimension

EVERY = "every"
"""Chooses all groups, one below the other (for paper)."""

CONTENTS_FROM = 4
"""Figures from which on a list of them stands on top."""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the address asks for: a table ("building,role"), ``of`` a table by two things the value
    of one of them, a group, and of which question groups are set side by side. All "": the whole
    district."""

    by: str = ""
    of: str = ""
    group: str = ""
    question: str = ""
    page: int = 0
    """Of the groups that are set side by side, from 0."""
    open: str = ""
    """Which of the sections below the heat map is open."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One question's result: a picture with its numbers, or words (``kind`` says which), what it
    says first of all, and what stands below it."""

    kind: str
    ident: str
    result: Told
    headline: str
    picture: Markup | None
    numbers: NumbersTable | None
    remarks: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A cell of a released table under its heading; ``whole`` is the district's. ``n`` None:
    withheld. ``key`` names it in an address."""

    key: str
    heading: str
    whole: bool
    n: int | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class Overview:
    """One question in all groups of a table: a row for each that is shown, with its key.
    ``questions``, and ``parts`` of a table by two things: those to choose from, by key. ``ends``:
    what the ends of the question's scale mean. ``few``: the names of groups that are too small."""

    questions: tuple[tuple[str, str], ...]
    question: str
    parts: tuple[tuple[str, str], ...]
    part: str
    title: str
    ends: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    few: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of a question's figures over the waves."""

    ident: str
    trends: tuple[Trend, ...]
    picture: Markup
    numbers: NumbersTable


def drawn_results(
    found: WaveResults, reader: Reader, chosen: Chosen | None = None, *, between: Sequence[str] = ()
) -> Markup:
    """The page's part that numbers are in. What is chosen and not there leads to the district.
    ``between``: cards that stand below what the results say first of all."""
    words = Words(reader.locale, reader.timezone)
    named = Labels(words, found.buildings)
    chosen = there(found, chosen or Chosen())
    every = chosen.group == EVERY
    table = next((one for one in found.tables if _by(one) == chosen.by), None)
    over = overview(found, table, chosen, words, named) if table and _wide(chosen) else None
    shown = () if over else groups(found, words, chosen)
    figures = [figure for group in shown for figure in group.figures]
    part = found if every else _beside(found, chosen)
    alone = every or bool(chosen.group)
    return render(
        "fragments/results.html",
        reader,
        results=part,
        between=[Markup(one) for one in between if one],  # noqa: S704 - drawn by us
        heat=None if alone else _heat_map(found, table, chosen, words, named),
        headline=[] if alone else headline(found, words, named),
        named=named,
        tabs=[(_by(one), beside_words.table_words(one.plan.by, words)) for one in found.tables],
        chosen=chosen,
        every=every,
        overview=over,
        groups=shown,
        members=_members(table, chosen, named) if table and not over and not every else [],
        contents=figures if len(shown) == 1 and len(figures) >= CONTENTS_FROM else [],
        lines=lines(found, words, chosen),
        rates_picture=_rates_chart(part, words, named),
        themes=told_themes(found.themes, words) if found.themes else None,
        most_groups=MOST_GROUPS,
        beside=beside_words,
        number_words=number_words,
    )


def _heat_map(
    found: WaveResults, table: Table | None, chosen: Chosen, words: Words, named: Labels
) -> HeatMap | None:
    """Against the groups of the chosen table; where none is chosen, of the first by one thing."""
    if table is None or not table.plan.by:
        by_one = (one for one in found.tables if len(one.plan.by) == 1)
        table = next(by_one, None)
    return heat_map(found, table, words, named, chosen.page, chosen.of)


def there(found: WaveResults, chosen: Chosen) -> Chosen:
    """What is chosen, as far as there is such a thing; a group's table with it."""
    if chosen.group == EVERY:
        return Chosen(group=EVERY)
    for table in found.tables:
        for cell in table.cells:
            if chosen.group and chosen.group == key_of(cell):
                of = dict(cell.group)[_parted_by(table)] if len(cell.group) > 1 else ""
                return replace(chosen, by=_by(table), of=of)
    by = {_by(table): table for table in found.tables}
    asked = by.get(chosen.by) or by.get("") or next(iter(by.values()), None)
    if asked is None:
        return Chosen()
    of = ""
    if len(asked.plan.by) > 1:
        values = [value for value, shown in _parts(asked).items() if shown or value == chosen.of]
        of = chosen.of if chosen.of in values else (values or [""])[0]
    return replace(chosen, by=_by(asked), of=of, group="")


def _parted_by(table: Table) -> Dimension:
    """By what a table by two things is shown in parts: by what has more values."""
    values = {by: {dict(cell.group)[by] for cell in table.cells} for by in table.plan.by}
    return max(table.plan.by, key=lambda by: len(values[by]))


def _parts(table: Table) -> dict[str, bool]:
    """The values of what a table is parted by, and whether some group of each is shown."""
    by, found = _parted_by(table), dict[str, bool]()
    for cell in table.cells:
        value = dict(cell.group)[by]
        found[value] = found.get(value, False) or cell.n is not None
    return found


def _in_part(group: Members, of: str) -> bool:
    return not of or of in dict(group).values()


def _by(table: Table) -> str:
    return ",".join(table.plan.by)


def _wide(chosen: Chosen) -> bool:
    """Whether all groups of a table are set side by side."""
    return bool(chosen.by) and not chosen.group


def _rates_chart(found: WaveResults, words: Words, named: Labels) -> Markup | None:
    """Of few enough groups: more are easier to read in the table below."""
    if not found.rates or len(found.rates.groups) > MOST_GROUPS:
        return None
    return rates_chart(found.rates, words, named, ident="rates")


def key_of(cell: Cell) -> str:
    """A cell's name in an address: "role:teacher,level:high"; "" for the district."""
    return _key(cell.group)


def _key(group: Members) -> str:
    return ",".join(f"{dimension}:{value}" for dimension, value in group)


def _beside(found: WaveResults, chosen: Chosen) -> WaveResults:
    """The results with only what is beside the chosen table: of the district also who answered
    by whatever no table shows."""
    if chosen.group:
        return replace(
            found, rates=None, make_up=(), comparisons=(), compared=0, weighted=(), trends=()
        )
    tables = [_by(table) for table in found.tables]
    wide = _wide(chosen)
    rates = found.rates
    if rates:
        own = (
            one
            for one in rates.groups
            if wide and _dimensions(one.group) == chosen.by and _in_part(one.group, chosen.of)
        )
        rates = replace(rates, groups=tuple(own))
    return replace(
        found,
        rates=rates,
        make_up=tuple(
            one
            for one in found.make_up
            if one.by == chosen.by or (not wide and one.by not in tables)
        ),
        comparisons=tuple(
            one for one in found.comparisons if _dimensions(one.lower or one.higher) == chosen.by
        ),
        compared=found.compared if wide else 0,
        weighted=() if wide else found.weighted,
    )


def _dimensions(group: Members) -> str:
    return ",".join(dimension for dimension, _ in group)


def _members(table: Table, chosen: Chosen, named: Labels) -> list[tuple[str, str]]:
    """The groups of a table to choose from; none of the district's."""
    return [
        (key_of(cell), named.group(cell.group))
        for cell in _sorted(table, named)
        if cell.group and _in_part(cell.group, chosen.of)
    ]


def _sorted(table: Table, named: Labels) -> Sequence[Cell]:
    """Buildings by their names, roles and levels in the district's order."""
    if "building" not in table.plan.by:
        return table.cells
    return sorted(table.cells, key=lambda cell: named.group(cell.group))


def overview(
    found: WaveResults, table: Table, chosen: Chosen, words: Words, named: Labels
) -> Overview | None:
    """The groups of a table with the figures of one question; None where no group has any."""
    asked: dict[str, QuestionResult] = {}
    for cell in table.cells:
        for one in cell.questions:
            if isinstance(one, ShareResult | RankingResult):
                asked.setdefault(one.question, one)
    if not asked:
        return None
    first = asked.get(chosen.question) or next(iter(asked.values()))
    columns = _columns(first, words)
    rows, few = [], []
    for cell in _sorted(table, named):
        if not _in_part(cell.group, chosen.of):
            continue
        name = named.group([one for one in cell.group if one[1] != chosen.of])
        if cell.n is None:
            few.append(name)
            continue
        result = next((one for one in cell.questions if one.question == first.question), None)
        told = _cells(result, words)
        row = (name, words.number(cell.n), *(told.get(key, DASH) for key, _ in columns))
        rows.append((key_of(cell), row))
    parts = sorted(_parts(table), key=named) if chosen.of else []
    return Overview(
        questions=tuple((key, _prompt(one, words)) for key, one in asked.items()),
        question=first.question,
        parts=tuple((value, named(value)) for value in parts),
        part=beside_words.dimension_words(_parted_by(table), words) if chosen.of else "",
        title=_prompt(first, words),
        ends=_ends(found, first, words),
        headers=(words.say("Group"), words.say("Answers"), *(label for _, label in columns)),
        rows=tuple(rows),
        few=tuple(few),
    )


def _columns(result: QuestionResult, words: Words) -> list[tuple[str, str]]:
    """The keys and names of what a question has figures of."""
    match result:
        case ShareResult(shares=shares):
            columns = [(one.key, words.text(one.label)) for one in shares]
            return [*columns, ("", "eNPS")] if result.net_promoter else columns
        case RankingResult(ranked=ranked):
            return [(one.key, words.text(one.label)) for one in ranked]
        case _:
            return []


def _ends(found: WaveResults, result: QuestionResult, words: Words) -> str:
    """What the ends of a scale mean that is told in bands; "" of others. The district's figures
    name each point."""
    if not isinstance(result, ShareResult) or result.shares[0].key != "low":
        return ""
    for table in found.tables:
        for cell in table.cells:
            for one in cell.questions:
                if one.question == result.question and not cell.group and _is_scale(one):
                    first, last = one.shares[0], one.shares[-1]
                    return words.say(
                        "{low} is “{first}”, {high} is “{last}”.",
                        low=first.key,
                        first=words.text(first.label),
                        high=last.key,
                        last=words.text(last.label),
                    )
    return ""


def _is_scale(result: QuestionResult) -> TypeGuard[ShareResult]:
    return isinstance(result, ShareResult) and result.shares[0].key != "low"


def _cells(result: QuestionResult | None, words: Words) -> dict[str, str]:
    """A group's figures by the key of what they are of."""
    match result:
        case ShareResult(shares=shares, enps=enps):
            told = {one.key: figure(one, words) for one in shares}
            return told | ({"": beside_words.score_words(enps, words)} if enps else {})
        case RankingResult(ranked=ranked):
            return {one.key: points_words(one, words) for one in ranked}
        case _:
            return {}


def _prompt(result: QuestionResult, words: Words) -> str:
    told = words.text(result.prompt)
    asked_in = result.asked_in if isinstance(result, ShareResult) else None
    return f"{words.text(asked_in)} {told}" if asked_in else told


def groups(found: WaveResults, words: Words, chosen: Chosen) -> list[Group]:
    """The chosen group, all of them, or the first of the chosen table."""
    named = Labels(words, found.buildings)
    every = chosen.group == EVERY
    cells = [
        cell
        for table in found.tables
        for cell in table.cells
        if every or (_by(table) == chosen.by and key_of(cell) == chosen.group)
    ]
    return [
        Group(
            key=key_of(cell),
            heading=named.group(cell.group),
            whole=not cell.group,
            n=cell.n,
            figures=tuple(
                drawn(result, words, f"g{row}-q{place}", found.as_of, found)
                for place, result in enumerate(together(cell.questions))
            ),
        )
        for row, cell in enumerate(cells)
    ]


def lines(found: WaveResults, words: Words, chosen: Chosen) -> list[Line]:
    """The trends of the chosen group, one picture for each question."""
    if _wide(chosen):
        return []
    wanted = "" if chosen.group == EVERY else chosen.group
    trends_of = [one for one in found.trends if _key(one.group) == wanted]
    drawn = []
    for place, (_, of_one) in enumerate(groupby(trends_of, key=lambda one: one.question)):
        trends = tuple(of_one)
        drawn.append(
            Line(
                ident=f"line-{place}",
                trends=trends,
                picture=trends_chart(trends, words, ident=f"line-{place}"),
                numbers=beside_words.trends_table(trends, words),
            )
        )
    return drawn


def drawn(
    result: Told, words: Words, ident: str, as_of: datetime, found: WaveResults | None = None
) -> Figure:
    """A result with its picture, numbers and caption. ``found``: all results, which say what the
    bands of a group mean."""
    picture = chart(result, words, ident=ident)
    kind = "words"
    if isinstance(result, Withheld):
        kind = "withheld"
    elif isinstance(result, CommentsResult):
        kind = "comments"
    one = result.statements[0] if isinstance(result, MatrixResult) else result
    below = (ties(result, words) if isinstance(result, RankingResult) else "") or (
        _ends(found, one, words) if found else ""
    )
    if found and result in district_rankings(found):
        below = f"{below} {parting(found, result.question, words)}".strip()
    headline = ""
    if isinstance(result, RankingResult | MatrixResult | ShareResult):
        # The caption has a scale's mean.
        scaled = isinstance(result, ShareResult) and result.mean is not None
        headline = "" if scaled else finding(result, words)
    return Figure(
        kind="picture" if picture else kind,
        ident=ident,
        result=result,
        headline=headline,
        picture=picture,
        numbers=numbers_table(result, words),
        remarks=below,
        caption=caption(result, words, as_of=as_of),
    )
