"""Who took part: response rates from the ledger of deliveries, and who answered beside who was
asked. Participation is under the same rules as answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from surveys.beside import Group, GroupRate, MakeUp, MakeUpRow, Rates
from surveys.ports import Disposed
from surveys.statistics import (
    Dispositions,
    cooperation_rate_1,
    response_rate_1,
    response_rate_2,
)
from surveys.survey import SCORES_FROM, Dimension, Participation, PlannedTable, Survey
from surveys.tabulating import Atom, PlannedCell

FEW = 2
"""As many or fewer who did otherwise make a group's rate near all, or near nothing."""

ALWAYS: Final = (Dimension.ROLE, Dimension.LEVEL)
"""Who answered is told by these with every survey: without it nobody can judge its results."""


def make_up_tables(survey: Survey) -> tuple[PlannedTable, ...]:
    """By what who answered is held against who was asked: by role and level, and by building where
    a table by building is planned."""
    building = PlannedTable(by=(Dimension.BUILDING,))
    more = (Dimension.BUILDING,) if building in survey.tables else ()
    return tuple(PlannedTable(by=(dimension,)) for dimension in (*ALWAYS, *more))


def dispositions(disposed: Iterable[Disposed], partial: int) -> tuple[Dispositions, int, int]:
    """AAPOR's classes of a panel, how many of its non-contacts got no invitation, and how many
    have left.

    Complete, partial and refusal are what people did. Of those who began and did not end,
    ``partial`` answered enough to count; the others broke off, which is a refusal. Whoever did
    nothing is a non-contact, the
    invitation sent or not: that it was sent does not say that anybody read it. Who left without an
    answer is not eligible. Source: AAPOR, Standard Definitions, 10th edition (2023), Internet
    surveys of specifically named persons.
    """
    held: Counter[Participation] = Counter()
    missed = left = 0
    for some in disposed:
        if _ineligible(some):
            left += some.people
            continue
        held[some.became] += some.people
        if some.became is Participation.ASKED and not some.reached:
            missed += some.people
    became = Dispositions(
        complete=held[Participation.ANSWERED],
        partial=partial,
        refusals=held[Participation.DECLINED] + held[Participation.PARTIAL] - partial,
        non_contacts=held[Participation.ASKED],
    )
    return became, missed, left


def rates(
    disposed: Sequence[Disposed], partial: int, groups: tuple[GroupRate, ...] = ()
) -> Rates | None:
    """A closed wave's rates, as far as none of them tells of fewer than five people; None where
    fewer than five answered, or were asked. ``partial``: how many of those who began and did not
    end count as partial responses (``surveys/partials.py``).

    Of the classes (complete, partial, refusal, non-contact), no sum of some of them that follows
    from what is told is smaller than five, and none is told to be empty. The roster tells how many
    left: so those who left unanswered are taken out only where they, and those who answered first
    and then left, are five each; else they stay in as non-contacts.
    """
    became, missed, left = dispositions(disposed, partial)
    all_left = sum(some.people for some in disposed if some.left)
    if not _all_told(left, all_left - left):
        became = Dispositions(
            complete=became.complete,
            partial=became.partial,
            refusals=became.refusals,
            non_contacts=became.non_contacts + left,
        )
        missed, left = missed + left, 0
    rate = response_rate_1(became)
    if became.complete < SCORES_FROM or rate is None:
        return None
    refused, away = became.refusals, became.non_contacts
    tells_partial = _all_told(partial, refused + away)
    tells_refused = _all_told(partial + refused, away, *([refused] if tells_partial else []))
    told_missed = _all_told(missed, away - missed)
    return Rates(
        asked=became.complete + partial + refused + away,
        answered=became.complete,
        response_rate_1=rate,
        response_rate_2=response_rate_2(became) if tells_partial else None,
        cooperation_rate_1=cooperation_rate_1(became) if tells_refused else None,
        partial=partial if tells_partial else None,
        declined=refused if tells_partial and tells_refused else None,
        not_reached=missed if told_missed else None,
        left=left or None,
        groups=groups,
    )


def live_rates(asked: int, answered: int) -> Rates | None:
    """While a wave is open: the one rate that the batch's own numbers already tell."""
    if asked < SCORES_FROM or answered < SCORES_FROM:
        return None
    return Rates(asked=asked, answered=answered, response_rate_1=answered / asked)


def group_rates(
    cells: Sequence[tuple[PlannedCell, int | None]], asked: Mapping[Atom, int]
) -> tuple[GroupRate, ...]:
    """The rate of each planned group that somebody was asked in, from how many of it are told to
    have answered (None: withheld). A rate near all or nothing is coded: with all but one of a
    building, who did not answer is soon found."""
    found = []
    for cell, n in cells:
        size = sum(asked.get(atom, 0) for atom in cell.atoms)
        if not cell.group or size == 0:
            continue
        found.append(_group_rate(cell, n, size))
    return tuple(found)


def make_up(
    table: PlannedTable,
    cells: Sequence[tuple[PlannedCell, int | None]],
    asked: Mapping[Atom, int],
    answered: int,
) -> MakeUp:
    """Who answered beside who was asked, by a table's one dimension; ``answered`` in all."""
    whole = sum(asked.values())
    rows = []
    for cell, n in cells:
        size = sum(asked.get(atom, 0) for atom in cell.atoms)
        ((_, value),) = cell.group
        rows.append(
            MakeUpRow(
                value=value,
                asked=size,
                asked_share=size / whole if whole else 0.0,
                answered=n,
                answered_share=None if n is None or not answered else n / answered,
            )
        )
    return MakeUp(by=table.by[0], rows=tuple(rows))


def answered_in(
    cells: Iterable[PlannedCell], people: Mapping[Atom, int]
) -> dict[tuple[PlannedTable, Group], int]:
    """How many answered in each of these cells."""
    return {(c.table, c.group): sum(people.get(atom, 0) for atom in c.atoms) for c in cells}


def panel_by_atom(disposed: Iterable[Disposed]) -> Counter[Atom]:
    """How many of the panel are in each finest group, as it was frozen: without those who left
    since, it would tell how many of them had answered."""
    found: Counter[Atom] = Counter()
    for some in disposed:
        found[some.role, some.level, some.building] += some.people
    return found


def _group_rate(cell: PlannedCell, n: int | None, asked: int) -> GroupRate:
    if n is None:
        return GroupRate(group=cell.group, asked=asked)
    answered = min(n, asked)  # somebody may have moved here after the panel was frozen
    coded = None
    if _near_all(answered, asked):
        coded = f">{_bound(asked)}%"
    elif _near_all(asked - answered, asked):
        coded = f"<{100 - _bound(asked)}%"
    share = None if coded else answered / asked
    return GroupRate(group=cell.group, asked=asked, share=share, coded=coded)


def _near_all(count: int, n: int) -> bool:
    """Whether ``count`` of ``n`` is nearly everybody: 90% or more, or all but two."""
    return 10 * count >= 9 * n or n - count <= FEW


def _bound(n: int) -> int:
    """What every coded rate of ``n`` people is above, in per cent: 90, in small groups less."""
    least = min(-(-9 * n // 10), n - FEW)  # the smallest count that is coded
    return 90 if 10 * least >= 9 * n else (-(-10 * least // n) - 1) * 10


def _ineligible(some: Disposed) -> bool:
    return some.left and some.became is Participation.ASKED


def _all_told(*classes: int) -> bool:
    """Whether these may all be known: none is of fewer than five, nor known to be of nobody."""
    return min(classes) >= SCORES_FROM
