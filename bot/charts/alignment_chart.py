"""How strong the priorities are that serve each goal: dots on a rail from 0 to 100, with the
interval of the strongest, and last what no goal covers."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from bot.charts.results import BAR, GAP
from bot.charts.strokes import LINE, interval, label_lines, px, svg, wrapped
from core.words import Words
from governance.alignment import wording as say
from governance.alignment.model import Alignment, Priority, Question
from governance.results.wording import NumbersTable
from surveys.results.placing import place_range

Row = tuple[str, Sequence[Priority]]

_LABEL = 34
"""Characters of a line of a goal's title: the strongest figure stands at the end of the first."""


def goal_rows(found: Alignment, question: Question, words: Words) -> list[Row]:
    """A goal's title and its ranked priorities of one question; last those without a goal."""
    rows = [(words.text(one.title), one.priorities) for one in found.energy]
    rows.append((words.say("No goal covers this"), found.uncovered))
    own = [
        (title, [one for one in some if one.question == question.key and one.ranked])
        for title, some in rows
    ]
    return [(title, some) for title, some in own if some]


def energy_chart(rows: Sequence[Row], words: Words, *, ident: str) -> Markup | None:
    """None where nothing is shown."""
    if not rows:
        return None
    top, parts, told = LINE, list[Markup](), list[str]()
    for title, some in rows:
        label = wrapped(title, _LABEL)
        best = some[0]
        parts.append(label_lines(label, top))
        figure = Markup('<text class="figure" x="100%" y="{}" text-anchor="end">{}</text>')
        parts.append(figure.format(top + 14, _points(best, words)))
        top += LINE * len(label)
        parts.append(_rail(some, top))
        top += BAR + GAP
        told.append(f"{title}: {'; '.join(say.priority(words, one) for one in some)}.")
    ends = Markup(
        '<text class="end" x="0" y="14">0</text>'
        '<text class="end" x="100%" y="14" text-anchor="end">100</text>'
    )
    title = words.say("Strength of each goal’s priorities")
    return svg(title, " ".join(told), [ends, *parts], top, ident)


def goal_table(rows: Sequence[Row], words: Words) -> NumbersTable:
    """The same numbers as text."""
    return NumbersTable(
        headers=(
            words.say("Goal"),
            words.say("Priority"),
            words.say("Place"),
            words.say("Of 100"),
        ),
        rows=tuple(
            (title, words.text(one.label), _place(one), _points(one, words))
            for title, some in rows
            for one in some
        ),
    )


def _rail(some: Sequence[Priority], top: int) -> Markup:
    middle = top + BAR / 2
    drawn = Markup('<line class="rail" x1="0" x2="100%" y1="{y}" y2="{y}"/>').format(y=px(middle))
    dot = Markup('<circle class="{}" cx="{}%" cy="{}" r="6"/>')
    for at, one in reversed(list(enumerate(some))):
        if one.ranked is None:
            continue
        if at == 0:
            drawn += interval(_at(one.ranked.low), _at(one.ranked.high), middle)
        kind = "dot" if at == 0 else "dot coded"
        drawn += dot.format(kind, px(_at(one.ranked.points)), px(middle))
    return drawn


def _at(points: float) -> float:
    """Where points of 0 to 1 stand, in percent of the width: a dot at its ends is whole."""
    return 2 + 96 * min(max(points, 0), 1)


def _place(one: Priority) -> str:
    if one.ranked is None:
        return "–"
    return place_range(one.ranked.first, one.ranked.last)


def _points(one: Priority, words: Words) -> str:
    if one.ranked is None:
        return "–"
    half = max(round((one.ranked.high - one.ranked.low) * 50), 1)
    return f"{words.number(round(one.ranked.points * 100))} ± {words.number(half)}"
