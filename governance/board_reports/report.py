"""A Board report as its page shows it, and as it is printed on one sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from core.cards import Look, Page, Prose, Run
from core.reports import (
    Before,
    Block,
    Entry,
    Group,
    Groups,
    Lines,
    Measure,
    Passage,
    Report,
    ReportSection,
)
from core.tiles import Tag
from core.words import Words
from governance import links
from governance import wording as labels
from governance.board_reports import wording as say
from governance.board_reports.cards import corrects, more_presses, report_presses
from governance.board_reports.commands import DraftYouSaid
from governance.board_reports.messages import ReportView
from governance.board_reports.model import (
    DecisionLine,
    Figures,
    GoalLine,
    GoalStep,
    IndicatorLine,
    Priority,
    Ranking,
    Section,
)
from governance.board_reports.report_figures import report_data, report_tiles
from governance.goals.wording import day_of

ON_PAPER: Final = {
    "steps": 1,
    "rankings": 2,
    "decisions": 3,
    "changes": 4,
    "rules": 2,
    "surveys": 3,
    "further": 2,
}
"""Lines of each list on the printed sheet; of ``steps``, of each component. The page has all."""

MUCH, _A_LINE = 75, 60
"""Lines of a printed column from which a report is set smaller, and characters of one."""

_LONGEST = 100.0


def board_report(words: Words, view: ReportView) -> Report:
    figures, said = view.figures, view.words
    on = day_of(words, say.day_in(words, view.as_of))
    few = words.say("Numbers of fewer than five people are not shown.")
    stands = (
        words.say("Figures as of {day}.", day=on)
        if view.draft
        else words.say("Issued on {day}. It does not change after that.", day=on)
    )
    return Report(
        title=say.title(words, view.period, view.edition),
        whose=figures.district,
        lead=_typed(view, said.headline) if said.headline else say.headline(words, figures),
        state=Tag(text=words.say("Draft")) if view.draft else None,
        warnings=tuple(_warnings(words, view)),
        opening=tuple(_opening(words, view)),
        tiles=report_tiles(words, figures),
        data=None if view.draft else report_data(words, view),
        before=_before(words, view) if view.draft else None,
        sections=tuple(_sections(words, view)),
        note=f"{stands} {few}",
        pages=()
        if view.draft
        else (Page(label=words.say("You said, we did"), path=links.you_said("", view.report_id)),),
        presses=tuple(
            # "You said, we did" has a form of its own here, which leads to the draft.
            one
            for one in report_presses(words, view)
            if not isinstance(one.command, DraftYouSaid)
        ),
        more=more_presses(words, view),
        columns=True,
        sheet=True,
        tight=_length(view) > MUCH,
    )


def _typed(view: ReportView, text: str) -> Prose:
    return (Run(text, view.words.language),)


def _warnings(words: Words, view: ReportView) -> Iterator[tuple[str, Page | None]]:
    if view.newer:
        newer = words.say("A newer edition replaces this report.")
        yield newer, Page(label=newer, path=links.board_report("", view.newer))
    if view.correction:
        yield corrects(words, view), None


def _opening(words: Words, view: ReportView) -> Iterator[Block]:
    if view.words.intro:
        yield Passage(text=_typed(view, view.words.intro), typed=True)
    if view.figures.vision:
        vision = words.written(view.figures.vision)
        yield Passage(text=(Run(words.say("Our vision:") + " "), *vision), apart=True)


def _before(words: Words, view: ReportView) -> Before:
    only = words.say(
        "Only the CTO’s office sees it. The figures are gathered again each time you open it, "
        "until you issue it."
    )
    blocks: list[Block] = [Passage(text=only)]
    if view.missing:
        lacks = (Entry(text=say.missing(words, one, n)) for one, n in view.missing)
        blocks += [
            Passage(text=words.say("Still missing:")),
            Lines(entries=tuple(lacks), bullets=True),
        ]
    return Before(title=words.say("This is a draft"), blocks=tuple(blocks))


# -- sections ------------------------------------------------------------------------------------


def _sections(words: Words, view: ReportView) -> Iterator[ReportSection]:
    figures = view.figures
    found: tuple[tuple[Section, tuple[Block, ...]], ...] = (
        (Section.GOALS, _goals(words, view)),
        (Section.PRIORITIES, _priorities(words, figures)),
        (Section.HEARD, _heard(words, view)),
        (Section.DECISIONS, _decisions(words, view)),
        (Section.CHANGES, _changes(words, figures)),
        (Section.SURVEYS, _surveys(words, figures)),
    )
    for one, blocks in found:
        if blocks:
            note = view.words.notes.get(one.value)
            remark = (Passage(text=_typed(view, note), typed=True),) if note else ()
            yield ReportSection(title=say.section(words, one), blocks=(*remark, *blocks))
    if figures.further:
        lines = tuple(Entry(text=words.written(one)) for one in figures.further)
        yield ReportSection(
            title=words.say("Also in this period"),
            blocks=(Lines(entries=lines, paper=ON_PAPER["further"]),),
        )


def _goals(words: Words, view: ReportView) -> tuple[Block, ...]:
    groups = tuple(
        Group(
            title=words.written(one.name),
            blocks=(
                Lines(entries=tuple(_goal(words, goal) for goal in one.goals)),
                Lines(
                    entries=tuple(_step(words, view, step) for step in one.steps),
                    paper=ON_PAPER["steps"],
                    apart=True,
                ),
            ),
        )
        for one in view.figures.components
        if one.goals or one.steps
    )
    return (Groups(groups=groups),) if groups else ()


def _goal(words: Words, one: GoalLine) -> Entry:
    return Entry(
        text=words.written(one.title),
        tag=say.state(words, one),
        quiet="" if one.indicators else say.unmeasured(words),
        measures=tuple(_measure(words, each) for each in one.indicators),
    )


def _measure(words: Words, one: IndicatorLine) -> Measure:
    bar = drawn(one)
    return Measure(
        text=(*words.written(one.name), Run(f": {say.indicator(words, one)}")),
        reached=bar[0] if bar else None,
        aim=bar[1] if bar else None,
    )


def drawn(one: IndicatorLine) -> tuple[float, float] | None:
    """What is reached and where the target is, in percent of the length of a bar. None: there is
    nothing to draw."""
    longest = max(one.value or 0.0, one.target, one.before or 0.0)
    if one.value is None or one.value < 0 or longest <= 0:
        return None
    full = 100.0 if one.unit.default == "%" and longest <= _LONGEST else longest
    return round(100 * one.value / full, 1), round(100 * max(one.target, 0) / full, 1)


def _step(words: Words, view: ReportView, one: GoalStep) -> Entry:
    told = " ".join((say.step(words, one), *say.measured(words, one)))
    reason = say.excerpt(say.reason(words, one)) if one.reason else ""
    return Entry(
        text=(Run(f"{told} "), Run(reason, view.words.language)) if reason else told,
        quiet=say.decided_by(words, one),
    )


def _priorities(words: Words, figures: Figures) -> tuple[Block, ...]:
    if not figures.rankings:
        return ()
    groups = tuple(_ranking(words, one) for one in figures.rankings)
    return (Groups(groups=groups, paper=ON_PAPER["rankings"]),)


def _ranking(words: Words, one: Ranking) -> Group:
    first = tuple(_priority(words, each) for each in one.told)
    return Group(
        title=words.written(one.question),
        blocks=(
            *((Lines(entries=first),) if first else ()),
            Passage(text=say.ranked(words, one), look=Look.QUIET),
        ),
    )


def _priority(words: Words, one: Priority) -> Entry:
    return Entry(
        strong=say.place(words, one),
        text=words.written(one.label),
        quiet=say.answers(words, one),
    )


def _heard(words: Words, view: ReportView) -> tuple[Block, ...]:
    figures, on = view.figures, say.day_in(words, view.as_of)
    told = (*say.heard(words, figures.heard), *say.still_open(words, figures.still_open, on))
    return (
        Passage(text=" ".join(told)),
        *(Passage(text=_typed(view, one.words), apart=True) for one in view.words.stories),
    )


def _decisions(words: Words, view: ReportView) -> tuple[Block, ...]:
    lines = tuple(_decision(words, view, one) for one in view.figures.decisions)
    return (Lines(entries=lines, paper=ON_PAPER["decisions"]),) if lines else ()


def _decision(words: Words, view: ReportView, one: DecisionLine) -> Entry:
    committee = labels.queue(words, one.committee)
    return Entry(
        strong=f"{say.decision(words, one)}:",
        text=(
            Run(one.title, view.words.language),
            Run(f" ({committee}). "),
            Run(say.excerpt(one.reason), view.words.language),
        ),
    )


def _changes(words: Words, figures: Figures) -> tuple[Block, ...]:
    changes = tuple(
        Entry(text=words.written(one.title), quiet=say.change(words, one))
        for one in figures.changes
    )
    rules = tuple(
        Entry(text=(Run(f"{one.number}: "), *words.written(one.title)), quiet=say.rule(words, one))
        for one in figures.rules
    )
    found = ((changes, ON_PAPER["changes"]), (rules, ON_PAPER["rules"]))
    return tuple(Lines(entries=lines, paper=most) for lines, most in found if lines)


def _surveys(words: Words, figures: Figures) -> tuple[Block, ...]:
    lines = tuple(
        Entry(text=(*words.written(one.title), Run(f": {say.survey(words, one)}")))
        for one in figures.surveys
    )
    caveat = Passage(text=say.caveat(words), look=Look.QUIET)
    return (Lines(entries=lines, paper=ON_PAPER["surveys"]), caveat) if lines else ()


# -- how long it is --------------------------------------------------------------------------------


def _length(view: ReportView) -> int:
    """About how many lines of a printed column the report takes: lists and typed words."""
    figures, said = view.figures, view.words
    typed = [said.intro, *said.notes.values(), *(one.words for one in said.stories)]
    shown = (
        *(one for all_, key in _lists(figures) for one in all_[: ON_PAPER[key]]),
        *(line for one in figures.components for goal in one.goals for line in goal.indicators),
    )
    goals = sum(len(one.goals) for one in figures.components)
    return sum(len(words) // _A_LINE + 1 for words in typed if words) + 2 * len(shown) + goals


def _lists(figures: Figures) -> list[tuple[Sequence[object], str]]:
    steps: list[tuple[Sequence[object], str]] = [(one.steps, "steps") for one in figures.components]
    return [
        *steps,
        (figures.rankings, "rankings"),
        (figures.decisions, "decisions"),
        (figures.changes, "changes"),
        (figures.rules, "rules"),
        (figures.surveys, "surveys"),
        (figures.further, "further"),
    ]
