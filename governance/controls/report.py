"""The report on security practices: what is in place, since when and by whom, such as for an
insurer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from core.cards import Look, Prose, Run
from core.reports import (
    Block,
    Cell,
    Entry,
    Group,
    Groups,
    Lines,
    Passage,
    Report,
    ReportSection,
    Table,
)
from core.tiles import Tile, share_tile
from core.words import Words
from governance.controls import figure_wording as say
from governance.controls.exporting import files, files_say
from governance.controls.figures import ControlFigure, answer_of, score
from governance.controls.model import Dimension
from governance.controls.views import FiguresPage, PracticesReport, SafeguardLine

TREND: Final = "trend"
"""The key of the chart of scores in each assessment."""


def practices_report(words: Words, view: PracticesReport, trend: tuple[Block, ...]) -> Report:
    """``trend``: the scores of several assessments; none of one."""
    return Report(
        title=words.say("Security practices report"),
        whose=view.district,
        lead=say.report_headline(words, view),
        opening=tuple(_opening(words, view)),
        facts=_facts(words, view),
        tiles=tuple(_tiles(words, view)),
        files=files(words, view.assessment),
        files_say=files_say(words),
        sections=tuple(_sections(words, view, trend)),
    )


def targets_told(words: Words, view: FiguresPage) -> tuple[Block, ...]:
    """Beside the first target of a closed assessment."""
    told = say.which_targets(words, view)
    return (Passage(text=told, look=Look.QUIET),) if told else ()


def _opening(words: Words, view: PracticesReport) -> Iterator[Block]:
    counts = view.figures.overall.counts
    only = words.say("Confidential. Share it only with people who need it.")
    yield Passage(text=only, look=Look.STRONG)
    if aim := view.target():
        yield Passage(text=say.target(words, aim))
    yield from targets_told(words, view)
    told = say.basis(words, counts) if view.open else say.left_out(words, counts)
    if told:
        yield Passage(text=told)


def _facts(words: Words, view: PracticesReport) -> tuple[tuple[str, Prose], ...]:
    given, framework = view.assessment, view.framework
    stands = [f"{say.stands(words, given)}."] if view.open else []
    told = " ".join((f"{given.name}.", *stands, f"{say.timing(words, given)}."))
    named = ". ".join(one for one in (say.framework(words, framework), framework.source) if one)
    covered = words.count("{n} safeguard", "{n} safeguards", view.figures.overall.counts.in_scope)
    day = say.day(words, view.today)
    return (
        (words.say("Assessment"), told),
        (words.say("Framework"), named),
        (words.say("Scope"), f"{say.scope(words, given, framework)}. {covered}"),
        (words.say("Printed by"), words.say("{name} on {day}", name=view.by, day=day)),
    )


def _tiles(words: Words, view: PracticesReport) -> Iterator[Tile]:
    overall, aim = view.figures.overall, view.target()
    counts = overall.counts
    if overall.mean is not None and counts.half_assessed and not view.open:
        yield Tile(
            label=words.say("Overall score"),
            figure=say.score(words, overall.mean),
            of=words.say("of {highest}", highest=words.number(5)),
            says=say.target(words, aim) if aim else "",
        )
    yield share_tile(words, words.say("Assessed"), counts.assessed, counts.applicable)
    yield share_tile(words, words.say("Confirmed by ISO"), counts.confirmed, counts.answered)


def _sections(
    words: Words, view: PracticesReport, trend: tuple[Block, ...]
) -> Iterator[ReportSection]:
    title = words.say("Scores by control so far") if view.open else words.say("Scores by control")
    yield ReportSection(title=title, blocks=(_by_control(words, view, title),))
    if trend:
        yield ReportSection(title=words.say("Trend"), blocks=trend)
    for one in view.figures.controls:
        own = [line for line in view.lines if line.safeguard in one.control.safeguards]
        yield _control(words, view, one, own)
    yield _how(words, view)


def _by_control(words: Words, view: PracticesReport, title: str) -> Table:
    heads = [words.say("Control"), words.say("Score"), words.say("Assessed")]
    if view.targets:
        heads.append(say.target_heading(words, view))
    rows = tuple(_scored(words, view, one) for one in view.figures.controls)
    return Table(name=title, heads=tuple(heads), rows=rows, numbers=frozenset((1,)))


def _scored(words: Words, view: PracticesReport, one: ControlFigure) -> tuple[Cell, ...]:
    name = (Run(f"{one.control.number}. "), *words.written(one.control.name))
    cells = [Cell(text=name)]
    if one.figure.applies:
        cells += [_mean(words, one.figure.mean), Cell(text=say.of_all(words, one.figure.counts))]
    else:
        cells.append(Cell(text=words.say("does not apply"), spans=2))
    if view.targets:
        aim = view.target(one.control.number)
        cells.append(Cell(text=say.aim(words, aim) if aim else ""))
    return tuple(cells)


def _mean(words: Words, mean: float | None) -> Cell:
    if mean is None:
        return Cell(text=say.DASH, says=words.say("not assessed yet"))
    return Cell(text=say.score(words, mean))


def _control(
    words: Words, view: PracticesReport, one: ControlFigure, own: list[SafeguardLine]
) -> ReportSection:
    title = f"{say.numbered(view.framework, one.control.number)} {words.text(one.control.name)}"
    heads = (
        words.say("Safeguard"),
        words.say("Score"),
        words.say("Assessed by"),
        words.say("Confirmed by"),
    )
    rows = tuple(_safeguard(words, line) for line in own)
    table = Table(name=title, heads=heads, rows=rows, numbers=frozenset((1,)), even=True)
    return ReportSection(title=title, blocks=(table,))


def _safeguard(words: Words, line: SafeguardLine) -> tuple[Cell, ...]:
    answer = answer_of(line.row)
    name = (Run(f"{line.safeguard.number} "), *words.written(line.safeguard.name))
    if answer is None:
        state = Cell(text=say.state(words, line.row), spans=2)
        return (Cell(text=name), _mean(words, None), state)
    why = "" if answer.applicable else answer.why_not
    return (
        Cell(text=name, detail=words.say("Does not apply: {why}", why=why) if why else ""),
        _mean(words, score(answer)) if answer.applicable else Cell(text=words.say("n/a")),
        Cell(text=say.by(words, line.answered_by, line.row.answered_at)),
        Cell(text=say.confirmed(words, line)),
    )


def _how(words: Words, view: PracticesReport) -> ReportSection:
    lines = tuple(Entry(text=one) for one in say.formula(words, view.framework))
    blocks: list[Block] = [Lines(entries=lines, bullets=True)]
    if steps := view.framework.steps:
        title = words.say("What each score means")
        rows = tuple(
            (
                Cell(text=words.number(n)),
                *(Cell(text=words.written(steps[one][n - 1])) for one in Dimension),
            )
            for n in range(1, 6)
        )
        heads = (words.say("Score"), *(say.dimension(words, one) for one in Dimension))
        table = Table(name=title, heads=heads, rows=rows)
        blocks.append(Groups(groups=(Group(title=title, blocks=(table,)),)))
    return ReportSection(title=words.say("How scores are calculated"), blocks=tuple(blocks))
