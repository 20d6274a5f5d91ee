"""Surveys that repeat, below the list of surveys."""

from __future__ import annotations

from collections.abc import Sequence

from core.cards import Page
from core.details import Section, Todo
from core.words import Words
from governance import links
from governance.labels import Labels
from governance.series import wording
from governance.series.details import state_tag
from governance.series.model import SeriesState, Skipped
from governance.series.views import SeriesLine


def series_sections(words: Words, series: Sequence[SeriesLine]) -> tuple[Section, ...]:
    """None where no survey repeats."""
    lines = tuple(_line(words, one) for one in series)
    return (Section(title=words.say("Surveys that repeat"), todo=lines),) if lines else ()


def _line(words: Words, line: SeriesLine) -> Todo:
    one, say = line.series, words.say
    told = [wording.sentence(words, one.repeat), _next(words, line)]
    if line.last and line.last.skipped and line.last.skipped is not Skipped.PAUSED:
        told.append(wording.past(words, line.last))
    told.append(f"{Labels(words).audience(one.audience)}.")
    return Todo(
        says=words.text(one.survey.title),
        tag=None if one.state is SeriesState.RUNNING else state_tag(words, one.state),
        detail=" ".join(told),
        way=Page(label=say("Its dates, pause or stop"), path=links.series("", one.id)),
    )


def _next(words: Words, line: SeriesLine) -> str:
    if line.series.state is SeriesState.PAUSED:
        return words.say("It is paused.")
    if line.next_at:
        return words.say("Next: {when}.", when=words.when(line.next_at))
    return words.say("No other date is planned.")
