"""The figures of an assessment, below what is said of it and what waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from core.cards import Look, Prose
from core.details import Grid, GridRow, Section, Square
from core.reports import Block, Chart, Folded, Passage
from core.words import Words
from governance.controls import addresses
from governance.controls import figure_wording as say
from governance.controls.figures import Counts, Figure, Figures, step_of
from governance.controls.model import Dimension
from governance.controls.views import AssessmentView, TargetLine

OVERALL: Final = "overall"
GROUPS: Final = "groups"
FUNCTIONS: Final = "functions"
"""The keys of its charts."""


def figure_sections(
    words: Words, view: AssessmentView, trend: tuple[Block, ...]
) -> Iterator[Section]:
    """None for an owner, who sees no figures."""
    found = view.figures
    if found is None:
        return
    scored = view.scored
    yield Section(
        below=True,
        title=say.headline(words, found.overall, view),
        blocks=tuple(_overall(words, view, found)),
    )
    yield Section(
        below=True,
        title=words.say("Controls and dimensions") if scored else words.say("Controls"),
        grid=_grid(words, view, found),
        blocks=(
            Folded(
                label=words.say("How scores are calculated"),
                lines=say.formula(words, view.framework),
            ),
        ),
    )
    if scored and found.groups:
        yield Section(
            below=True, title=words.say("By implementation group"), blocks=_groups(words, found)
        )
    if scored and found.functions:
        yield Section(
            below=True, title=words.say("By security function"), blocks=(Chart(key=FUNCTIONS),)
        )
    if trend:
        yield Section(below=True, title=words.say("Trend"), blocks=trend)


def _overall(words: Words, view: AssessmentView, found: Figures) -> Iterator[Block]:
    yield Chart(key=OVERALL, narrow=True)
    aim = view.target()
    if aim:
        yield Passage(text=say.target(words, aim))
        yield Passage(text=say.set_by(words, aim), look=Look.QUIET)
    which = say.which_targets(words, view)
    if which:
        yield Passage(text=which, look=Look.QUIET)
    lowest = say.lowest(words, found) if view.full else ""
    if lowest:
        yield Passage(text=lowest)
    if view.scored:
        yield Passage(text=say.basis(words, found.overall.counts))


def _groups(words: Words, found: Figures) -> tuple[Block, ...]:
    told = words.say(
        "Each safeguard counts equally here. In the overall score, each control counts equally."
    )
    if len(found.groups) > 1:
        more = words.say("A group includes the safeguards of the groups before it.")
        told = f"{told} {more}"
    return Chart(key=GROUPS), Passage(text=told, look=Look.QUIET)


# -- controls and dimensions -----------------------------------------------------------------------


def _grid(words: Words, view: AssessmentView, found: Figures) -> Grid:
    """Each control with its scores, and at the end all of them. Folded for whoever has the table of
    controls with their safeguards on the same page (``details``)."""
    each = (*(say.dimension(words, one) for one in Dimension), words.say("Score"))
    rows = []
    for one in found.controls:
        number = one.control.number
        name: Prose = f"{number}. {words.text(one.control.name)}"
        path = addresses.control(view.assessment.id, number) if view.full else ""
        aim = view.target(number)
        rows.append(_row(words, view, name, one.figure, one.dimensions, aim, path))
    everything = words.say("All controls")
    rows.append(_row(words, view, everything, found.overall, found.dimensions, view.target(), ""))
    low_high = words.say("Scores run from 1 (low) to 5 (high). A dash: not assessed yet.")
    return Grid(
        rows=tuple(rows),
        heads=(
            words.say("Control"),
            words.say("Assessed"),
            words.say("Not confirmed"),
            say.target_heading(words, view),
        ),
        each=each if view.scored else (),
        sums=True,
        note=low_high if view.scored else "",
        folded=words.say("Each control in numbers") if view.full else "",
    )


def _row(
    words: Words,
    view: AssessmentView,
    name: Prose,
    figure: Figure,
    dimensions: Mapping[Dimension, float | None],
    aim: TargetLine | None,
    path: str,
) -> GridRow:
    return GridRow(
        name=name,
        path=path,
        squares=_squares(words, figure, dimensions) if view.scored else (),
        cells=(
            _assessed(words, figure.counts),
            words.number(figure.counts.unconfirmed) if figure.counts.unconfirmed else "",
            say.aim(words, aim) if aim else "",
        ),
    )


def _squares(
    words: Words, figure: Figure, dimensions: Mapping[Dimension, float | None]
) -> tuple[Square, ...]:
    """The four dimensions, and their mean."""
    if figure.hidden:
        return (Square(text=words.say("not shown")),)
    if not figure.applies:
        return (Square(text=words.say("does not apply")),)
    return (
        *(_square(words, dimensions[one]) for one in Dimension),
        _square(words, figure.mean),
    )


def _square(words: Words, mean: float | None) -> Square:
    if mean is None:
        return Square(text=say.DASH, says=words.say("not assessed yet"))
    return Square(text=say.score(words, mean), step=step_of(mean))


def _assessed(words: Words, counts: Counts) -> str:
    if not counts.applicable:
        return ""
    return f"{say.of_all(words, counts)} {say.rest(words, counts)}".strip()
