"""The register of gaps as a list: what is decided about each, and what is not decided yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.lists import Cell, Column, Filter, ListView, Row
from core.text import Text
from core.tiles import Tone
from core.words import Words
from governance.controls import addresses
from governance.gaps import wording as say
from governance.gaps.messages import GapRow, GapsView, Undecided
from governance.gaps.model import GapChoice
from governance.goals.wording import day_of

_ALL, _RETURNED = "", "returned"

_LAST: Final = 2
"""Where a gap without a decision stands in the order of decisions: after those to decide again, and
before those that are settled."""


def gaps_list(words: Words, view: GapsView) -> ListView:
    """Those with a decision first, the earliest day first."""
    return ListView(
        columns=(
            Column(key="gap", label=words.say("Safeguard"), wraps=True),
            Column(key="decision", label=words.say("Decision"), wraps=True),
            Column(key="day", label=words.say("Day")),
            Column(key="owner", label=words.say("Owner")),
        ),
        title="gap",
        filters=(
            Filter(key=_ALL, label=words.say("All"), always=True),
            Filter(key=addresses.UNDECIDED, label=words.say("Without a decision")),
            *(
                Filter(
                    key=str(assessment),
                    label=words.say("Without a decision in {assessment}", assessment=name),
                )
                for assessment, name in view.newest
            ),
            Filter(key=_RETURNED, label=words.say("Needs a new decision")),
            *(
                Filter(key=one.value, label=say.choice(words, one), always=True)
                for one in GapChoice
            ),
        ),
        rows=(
            *(_decided(words, one) for one in view.rows),
            *(_undecided(words, one) for one in view.undecided),
        ),
        empty=words.say("No decisions yet."),
    )


def from_earlier(words: Words, some: Sequence[Undecided]) -> str:
    """How many scores are not of the newest assessment; "" of none."""
    old = sum(bool(one.earlier) for one in some)
    if not old:
        return ""
    return words.count(
        "{n} of these scores is from an earlier assessment.",
        "{n} of these scores are from earlier assessments.",
        old,
    )


def _decided(words: Words, one: GapRow) -> Row:
    decision, owner = one.decided.decision, one.decided.owner
    day = day_of(words, decision.by_day)
    told = say.until(words, decision, day)
    if one.returned:
        told = words.say("Needs a new decision.")
    filters = {_ALL, decision.choice.value}
    if one.returned:
        filters |= {_RETURNED, addresses.UNDECIDED, str(one.falls_short)}
    return Row(
        key=str(one.gap_id),
        cells=(
            _name(words, one.safeguard, one.name),
            Cell(
                text=told,
                order=(not one.returned) * (_LAST + 1),
                tone=Tone.NOW if one.returned else None,
            ),
            Cell(text=day, order=decision.by_day),
            Cell(text=owner, order=owner.casefold() or None),
        ),
        filters=frozenset(filters),
        searched=f"{one.safeguard} {words.text(one.name) if one.name else ''} {owner}",
        path=addresses.gap(one.gap_id),
        group=words.say("Decided"),
    )


def _undecided(words: Words, one: Undecided) -> Row:
    score = say.scored(words, one.score, one.target)
    if one.earlier:
        score += " " + words.say("From an earlier assessment: {name}.", name=one.earlier)
    return Row(
        key=f"{one.assessment_id}-{one.number}",
        cells=(
            _name(words, one.safeguard, one.name),
            Cell(text=score, order=_LAST),
            Cell(text=""),
            Cell(text=one.owner, order=one.owner.casefold() or None),
        ),
        filters=frozenset((_ALL, addresses.UNDECIDED, str(one.assessment_id))),
        searched=f"{one.safeguard} {words.text(one.name)} {one.owner}",
        path=addresses.safeguard(one.assessment_id, one.number),
        group=words.say("Not decided yet"),
    )


def _name(words: Words, safeguard: str, name: Text | None) -> Cell:
    """In the order of the numbers: 4.7 comes before 16.1."""
    number = safeguard.rpartition(" ")[2]
    parts = tuple(int(part) if part.isdigit() else 0 for part in number.split("."))
    return Cell(text=f"{safeguard}: {words.text(name)}" if name else safeguard, order=parts)
