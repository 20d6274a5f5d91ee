"""The CTO's office's list of surveys: everything that was launched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, assert_never
from uuid import UUID

from core.lists import Cell, Column, Filter, ListPage, ListView, Row
from core.tiles import Tag, Tone
from core.words import Words
from governance import links
from governance.labels import Labels
from governance.views import WaveLine
from surveys.survey import Wave, WaveState
from surveys.waves.sampling import Rotation, Sample

_ALL: Final = ""
_TONES = {
    WaveState.PLANNED: Tone.INFO,
    WaveState.OPEN: Tone.GOOD,
    WaveState.CLOSED: Tone.PLAIN,
}
_ORDER = (WaveState.OPEN, WaveState.PLANNED, WaveState.CLOSED)
_ANSWERED = 3
"""The place of its column, which is filled in for the rows that are shown."""


def wave_list(words: Words, waves: Sequence[Wave], *, limited: bool) -> ListView:
    """Those first that are not closed, then the newest. ``limited``: the district limits how often
    one person is asked."""
    named = Labels(words)
    ordered = sorted(waves, key=lambda one: one.state is WaveState.CLOSED)
    return ListView(
        columns=(
            Column(key="state", label=words.say("State")),
            Column(key="title", label=words.say("Survey")),
            Column(key="who", label=words.say("Who is asked"), phone=False),
            Column(key="answered", label=words.say("Answered"), sorts=False),
            Column(key="opens", label=words.say("Opens")),
            Column(key="closes", label=words.say("Closes")),
        ),
        title="title",
        filters=(
            Filter(key=_ALL, label=words.say("All"), always=True),
            *(Filter(key=one.value, label=named(one)) for one in _ORDER),
        ),
        rows=tuple(_row(words, named, one, limited=limited) for one in ordered),
        empty=words.say("No survey has run yet. Launch one below."),
    )


def state_tag(words: Words, wave: Wave) -> Tag:
    return Tag(text=Labels(words)(wave.state), tone=_TONES[wave.state])


def who_is_asked(words: Words, wave: Wave) -> str:
    """The audience, and which part of it: else a sample of 120 reads as everyone."""
    who = Labels(words).audience(wave.audience)
    match wave.selection:
        case None:
            return who
        case Sample(people=int(people)):
            part = words.count("a sample of {n} person", "a sample of {n} people", people)
        case Sample(share=share):
            part = words.say("a sample of {share}", share=words.percent(share or 0))
        case Rotation(groups=groups, turn=turn):
            part = words.say(
                "group {turn} of {groups}",
                turn=words.number(turn % groups + 1),
                groups=words.number(groups),
            )
        case _:
            assert_never(wave.selection)
    return f"{who}: {part}"


def _row(words: Words, named: Labels, wave: Wave, *, limited: bool) -> Row:
    title, who = words.text(wave.survey.title), who_is_asked(words, wave)
    if limited and wave.selection is None and wave.despite_limit is None:
        # Else a few people fewer than are on the roster read as a mistake.
        who = words.say("{who} within the survey limit", who=who)
    return Row(
        key=str(wave.id),
        cells=(
            Cell(text=named(wave.state), order=_ORDER.index(wave.state), tone=_TONES[wave.state]),
            Cell(text=title, order=title.casefold()),
            Cell(text=who, order=who.casefold()),
            Cell(text=""),
            Cell(text=words.short_day(wave.opens_at), order=wave.opens_at),
            Cell(text=words.short_day(wave.closes_at), order=wave.closes_at),
        ),
        filters=frozenset({_ALL, wave.state.value}),
        searched=title,
        path=links.asking("", wave.id),
    )


def shown_waves(page: ListPage) -> tuple[UUID, ...]:
    """Those of which the counts are told on this page of the list."""
    return tuple(UUID(row.key) for row in page.rows)


def with_counts(
    page: ListPage, lines: Sequence[WaveLine], told: Callable[[WaveLine], str]
) -> ListPage:
    """The page with what is told of each survey's answers."""
    known: Mapping[str, WaveLine] = {str(line.wave.id): line for line in lines}

    def counted(row: Row) -> Row:
        if (line := known.get(row.key)) is None:
            return row
        cells = list(row.cells)
        cells[_ANSWERED] = Cell(text=told(line))
        return replace(row, cells=tuple(cells))

    return replace(page, rows=tuple(map(counted, page.rows)))
