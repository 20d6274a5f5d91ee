"""The figures of a Board report as tiles, and as a table to download. Each stands in a section of
the report, too."""

from __future__ import annotations

from collections.abc import Iterator

from core.reports import Cell, Table
from core.tiles import Tile, share_tile
from core.words import Words
from governance import wording as labels
from governance.board_reports import wording as say
from governance.board_reports.messages import ReportView
from governance.board_reports.model import (
    Figures,
    GoalLine,
    IndicatorLine,
    Section,
    SurveyLine,
)
from governance.goals.progress import GoalState
from governance.goals.wording import day_of

_ON_COURSE = frozenset((GoalState.REACHED, GoalState.ON_TRACK))

_Line = tuple[str, ...]
"""What a figure is of, what it counts, the figure, the one before, what it is compared with, and
what else is said of it."""


# -- tiles ---------------------------------------------------------------------------------------


def report_tiles(words: Words, figures: Figures) -> tuple[Tile, ...]:
    found = (
        _goals_on_course(words, figures),
        _messages(words, figures),
        _in_time(words, figures),
        _accepted(words, figures),
    )
    return tuple(one for one in found if one is not None)


def _goals_on_course(words: Words, figures: Figures) -> Tile | None:
    """Of the goals whose state is known."""
    states = [goal.state for one in figures.components for goal in one.goals if goal.state]
    if not states:
        return None
    good = sum(one in _ON_COURSE for one in states)
    says = words.say("On track or reached when the period ended.")
    return share_tile(words, words.say("Goals on track"), good, len(states), says=says)


def _messages(words: Words, figures: Figures) -> Tile | None:
    heard = figures.heard
    if heard.received is None:
        return None
    return Tile(
        label=words.say("Messages from staff"),
        figure=words.number(heard.received),
        says=words.count("{n} has been answered.", "{n} have been answered.", heard.answered)
        if heard.answered is not None
        else "",
    )


def _in_time(words: Words, figures: Figures) -> Tile | None:
    heard = figures.heard
    if not heard.base or heard.within is None:
        return None
    share = heard.within / heard.base
    return Tile(
        label=words.say("Answered within 30 days"),
        figure=words.percent(share),
        of=words.say("of {n}", n=words.number(heard.base)),
        share=share,
        says=words.say("Of messages sent more than 30 days ago."),
    )


def _accepted(words: Words, figures: Figures) -> Tile | None:
    decisions = figures.decisions
    if not decisions:
        return None
    accepted = sum(one.accepted for one in decisions)
    label, says = (
        words.say("Recommendations accepted"),
        words.say("Of those decided in this period."),
    )
    return share_tile(words, label, accepted, len(decisions), says=says)


# -- the table -----------------------------------------------------------------------------------


def report_data(words: Words, view: ReportView) -> Table:
    """Every figure of an issued report, a row for each."""
    figures = view.figures
    of_sections = (
        (Section.GOALS, _goals(words, figures)),
        (Section.PRIORITIES, _priorities(words, figures)),
        (Section.HEARD, _heard(words, view)),
        (Section.DECISIONS, _decisions(words, figures)),
        (Section.CHANGES, _changes(words, figures)),
        (Section.SURVEYS, (_survey(words, one) for one in figures.surveys)),
    )
    return Table(
        name=say.title(words, view.period, view.edition),
        heads=(
            words.say("Section"),
            words.say("About"),
            words.say("Figure"),
            words.say("Value"),
            words.say("Before"),
            words.say("Compared with"),
            words.say("Note"),
        ),
        rows=tuple(
            tuple(Cell(text=one) for one in (say.section(words, section), *line))
            for section, lines in of_sections
            for line in lines
        ),
    )


def _goals(words: Words, figures: Figures) -> Iterator[_Line]:
    for goal in (goal for one in figures.components for goal in one.goals):
        state = say.state(words, goal)
        told = state.text if state else ""
        if not goal.indicators:
            yield words.text(goal.title), "", say.unmeasured(words), "", "", told
        for one in goal.indicators:
            yield _indicator(words, goal, one, told)


def _indicator(words: Words, goal: GoalLine, one: IndicatorLine, state: str) -> _Line:
    return (
        words.text(goal.title),
        words.text(one.name),
        say.reading(words, one, one.value),
        say.reading(words, one, one.before),
        say.target(words, one),
        state,
    )


def _priorities(words: Words, figures: Figures) -> Iterator[_Line]:
    for ranking in figures.rankings:
        question = words.text(ranking.question)
        of_all = words.count("{n} choice", "{n} choices", ranking.choices)
        for one in ranking.told:
            goals = say.answers(words, one)
            yield question, words.text(one.label), say.place(words, one), "", of_all, goals


def _heard(words: Words, view: ReportView) -> Iterator[_Line]:
    heard, still_open = view.figures.heard, view.figures.still_open
    messages = words.say("Messages from staff")

    def line(figure: str, value: int | None, base: int | None = None, when: str = "") -> _Line:
        of = words.say("of {n}", n=words.number(base)) if base is not None else ""
        return messages, figure, "" if value is None else words.number(value), "", of, when

    if heard.received is not None:
        yield line(words.say("Received"), heard.received)
    if heard.answered is not None:
        yield line(words.say("Answered"), heard.answered, heard.received)
    if heard.base and heard.within is not None:
        yield line(words.say("Answered within 30 days"), heard.within, heard.base)
    on = day_of(words, say.day_in(words, view.as_of))
    if still_open.open is not None:
        yield line(words.say("Still open"), still_open.open, when=on)
    if still_open.overdue is not None:
        yield line(words.say("Overdue"), still_open.overdue, still_open.open, on)


def _decisions(words: Words, figures: Figures) -> Iterator[_Line]:
    for one in figures.decisions:
        committee, day = labels.queue(words, one.committee), day_of(words, one.on)
        yield one.title, words.say("Recommendation"), say.decision(words, one), "", committee, day


def _changes(words: Words, figures: Figures) -> Iterator[_Line]:
    for one in figures.changes:
        yield words.text(one.title), words.say("Change"), "", "", "", say.change(words, one)
    for rule in figures.rules:
        title = f"{rule.number}: {words.text(rule.title)}"
        yield title, words.say("Rule"), "", "", "", say.rule(words, rule)


def _survey(words: Words, one: SurveyLine) -> _Line:
    asked = words.count("{n} person was asked", "{n} people were asked", one.asked)
    times = words.count("{n} time", "{n} times", one.times)
    rate = words.say("Response rate")
    return words.text(one.title), rate, say.response_rate(words, one), "", asked, times
