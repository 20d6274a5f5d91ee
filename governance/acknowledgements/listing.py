"""How many have acknowledged the IT rules, by building, by role and by changed rule, as a list."""

from __future__ import annotations

from collections.abc import Iterator

from core.lists import Cell, Column, Filter, ListView, Row
from core.words import Words
from governance.acknowledgements.messages import AcknowledgementFigures, ChangedCount
from governance.duties.model import Count
from governance.labels import Labels

_BUILDING, _ROLE, _CHANGED = "buildings", "roles", "changed"


def figures_list(words: Words, view: AcknowledgementFigures) -> ListView:
    """Those where most people have still to do it come first. The list opens with figures that
    are there: a rule that changed is asked again, though this year's rules were not yet."""
    say = words.say
    filters = (
        Filter(key=_BUILDING, label=say("Buildings"), always=True),
        Filter(key=_ROLE, label=say("Roles")),
        Filter(key=_CHANGED, label=say("Changed rules")),
    )
    rows = tuple(_rows(words, view))
    there = frozenset[str]().union(*(one.filters for one in rows))
    return ListView(
        columns=(
            Column(key="group", label=say("Group or rule")),
            Column(key="asked", label=say("Asked"), number=True),
            Column(key="done", label=say("Acknowledged"), number=True),
            Column(key="share", label=say("Share"), number=True),
            Column(key="owe", label=say("Not yet"), number=True),
        ),
        title="group",
        filters=tuple(sorted(filters, key=lambda one: one.key not in there)),
        rows=rows,
        empty=say("No one has been asked yet."),
        opens=False,
    )


def _rows(words: Words, view: AcknowledgementFigures) -> Iterator[Row]:
    named = Labels(words)
    for one in sorted(view.buildings, key=lambda one: (-one.owe, one.group)):
        yield _row(words, _BUILDING, one.group, one)
    for one in sorted(view.roles, key=lambda one: (-one.owe, one.group)):
        yield _row(words, _ROLE, named(one.group), one)
    for changed in view.changed:
        yield _row(words, _CHANGED, _named(words, changed), changed)


def _named(words: Words, one: ChangedCount) -> str:
    return words.say("{number}, version {n}", number=one.number, n=words.number(one.version))


def _row(words: Words, what: str, name: str, one: Count | ChangedCount) -> Row:
    share = one.done / one.asked if one.asked else None
    return Row(
        key=f"{what}:{name}",
        cells=(
            Cell(text=name, order=name.casefold()),
            Cell(text=words.number(one.asked), order=one.asked),
            Cell(text=words.number(one.done), order=one.done),
            Cell(text=words.percent(share) if share is not None else "", order=share),
            Cell(text=words.number(one.asked - one.done), order=one.asked - one.done),
        ),
        filters=frozenset((what,)),
        searched=name,
    )
