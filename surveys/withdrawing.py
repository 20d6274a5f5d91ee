"""In which groups a question may be told exactly, so that nobody who subtracts finds a rest that
answered nearly alike.

What nearly everybody of a group said is what each of them said. That holds of a planned group, and
as well of what is left of one when others are taken away: the district without all levels but two,
a level without its larger schools. So groups are told exactly only where every such rest is mixed,
and where what somebody would believe who saw all of it (the answers being spread as evenly as the
figures allow) stays below a limit for everybody. The smaller group goes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import assert_never

from surveys.pairing import decisions
from surveys.questions import (
    Answer,
    Date,
    Number,
    Pairwise,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.spreading import fitted
from surveys.tabulating import ScoreQuestion, chosen, items

FRIENDS = 4
"""So many people of a group may tell each other what they answered."""

OTHERS = 7
"""So many others at least a group needs for each answer to be told exactly: four who talk to each
other, and tell what they answered, leave three of whom nobody knows who they are."""

NEARLY_ALL = 0.85
"""From this share on a group is near-unanimous. Somebody who sees a code for 85% to 100%, and holds
every share to be as likely, believes 92.5%; a rule from 90% on would make it 95%."""

TOLERANCE = 0.02
"""By how much a belief that is only estimated may be beyond the limit."""

SURE = 0.95
"""What nobody may be surer than, of anybody, unless the district's own result says so."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One thing that each answers in exactly one way, with how many of each finest kind did so.

    Of several choices each is a variable (chosen or not), of a ranking each choice's place.
    ``silent`` are outcomes that say little of anybody (not ranked at all).
    """

    held: Sequence[Sequence[int]]
    silent: Set[int] = field(default_factory=frozenset)

    def counts(self, inside: Iterable[int]) -> list[int]:
        rows = [self.held[kind] for kind in inside]
        return [sum(column) for column in zip(*rows, strict=True)]

    def near_unanimous(self, counts: Sequence[int]) -> bool:
        """Whether some outcome is nearly everybody's of a planned group."""
        n = sum(counts)
        return any(
            nearly_nobody(n - count, n) if outcome in self.silent else nearly_all(count, n)
            for outcome, count in enumerate(counts)
        )

    def mixed(self, counts: Sequence[int], limits: Sequence[float]) -> bool:
        """Whether a rest, whose counts anybody can compute, makes nobody surer than ``limits``."""
        n = sum(counts)
        return n == 0 or all(
            outcome in self.silent or limit > 1 or (n - count >= OTHERS and count <= limit * n)
            for outcome, (count, limit) in enumerate(zip(counts, limits, strict=True))
        )

    def limits(self) -> list[float]:
        """How sure of each outcome somebody may become: less than ``SURE``, and not much surer
        than the district's own result makes them. 2: that alone makes them sure."""
        counts = self.counts(range(len(self.held)))
        shares = [count / max(sum(counts), 1) for count in counts]
        return [2 if p >= SURE else max(NEARLY_ALL, (p + SURE) / 2) for p in shares]


def nearly_all(count: int, n: int) -> bool:
    """Whether ``count`` of ``n`` is nearly everybody: all but six, or 85% or more of all but the
    four who may have said otherwise and tell each other so."""
    return count >= int(NEARLY_ALL * (n - FRIENDS)) or n - count < OTHERS


def nearly_nobody(count: int, n: int) -> bool:
    """Whether it is nearly nobody: 10% or less, or two people."""
    return 10 * count <= n or count <= 2


def variables(question: ScoreQuestion, said: Sequence[Sequence[Answer]]) -> list[Variable]:
    """What is answered in a question; ``said`` holds the answers of each finest kind."""
    match question:
        case SingleChoice() | Scale() | Date():
            keys = [item.key for item in items(question)]
            return [_tally(said, lambda answer: keys.index(chosen(question, answer)[0]), len(keys))]
        case SeveralChoice():
            return [_tally(said, _not_chosen(question, item.key), 2) for item in items(question)]
        case Number():
            values = sorted({a for answers in said for a in answers if isinstance(a, int | float)})
            at: dict[Answer, int] = {value: place for place, value in enumerate(values)}
            return [_tally(said, at.__getitem__, len(values))]
        case Ranking():
            places = max((len(chosen(question, a)) for s in said for a in s), default=0)
            return [
                replace(
                    _tally(said, _place(question, item.key, places), places + 1), silent={places}
                )
                for item in items(question)
            ]
        case Pairwise():
            return [_sides(said, choice.key) for choice in items(question)]
        case _:
            assert_never(question)


def _sides(said: Sequence[Sequence[Answer]], key: str) -> Variable:
    """Of those who decided about a choice: always for it, never, or now this, now that."""
    held = []
    for answers in said:
        counted = [0, 0, 0]
        for answer in answers:
            pairs = decisions(answer) if isinstance(answer, tuple) else []
            won, lost = any(key == a for a, _ in pairs), any(key == b for _, b in pairs)
            if won or lost:
                counted[0 if not lost else 1 if not won else 2] += 1
        held.append(counted)
    return Variable(held=held)


def _tally(
    said: Sequence[Sequence[Answer]], outcome: Callable[[Answer], int], outcomes: int
) -> Variable:
    held = []
    for answers in said:
        counted = Counter(map(outcome, answers))
        held.append([counted[place] for place in range(outcomes)])
    return Variable(held=held)


def _not_chosen(question: ScoreQuestion, key: str) -> Callable[[Answer], int]:
    return lambda answer: int(key not in chosen(question, answer))


def _place(question: ScoreQuestion, key: str, places: int) -> Callable[[Answer], int]:
    def place(answer: Answer) -> int:
        ballot = chosen(question, answer)
        return ballot.index(key) if key in ballot else places

    return place


@dataclass(frozen=True, kw_only=True)
class Group:
    """A planned cell that might be told: its table, and the finest kinds that it is made of."""

    table: Hashable
    inside: Set[int]


def told_exactly(variable: Variable, groups: Sequence[Group], wished: Set[int]) -> set[int]:
    """Which of ``groups`` (by place, the most important first) may be told exactly: those of
    ``wished`` without those whose figures would, with the others', tell of nearly everybody of some
    rest, or of anybody. Groups that are not ``wished`` but told all the same are the district's.
    """
    limits = variable.limits()
    told = _without_unmixed_rests(variable, groups, set(wished), limits)
    while told:
        place = _gives_away(variable, groups, told, limits)
        if place is None:
            break
        told = _without_unmixed_rests(variable, groups, told - {place}, limits)
    return told


def _without_unmixed_rests(
    variable: Variable, groups: Sequence[Group], told: set[int], limits: Sequence[float]
) -> set[int]:
    """Takes the smallest groups out until what each told group is without the told ones of a
    finer table is mixed, or nothing, or itself."""
    everything = set(range(len(variable.held)))
    changed = True
    while changed:
        changed = False
        wholes = [(-1, everything), *((i, set(groups[i].inside)) for i in sorted(told))]
        for at, whole in wholes:
            if at >= 0 and at not in told:
                continue
            for parts in _parts(groups, told, at, whole):
                while parts:
                    rest = whole.difference(*(groups[i].inside for i in parts))
                    if not rest or variable.mixed(variable.counts(rest), limits):
                        break
                    told.discard(parts.pop())
                    changed = True
    return told


def _parts(groups: Sequence[Group], told: Set[int], at: int, whole: Set[int]) -> list[list[int]]:
    """The told groups inside one, by table, the most important first."""
    tables: dict[Hashable, list[int]] = {}
    for i in sorted(told):
        if i != at and groups[i].inside < whole:
            tables.setdefault(groups[i].table, []).append(i)
    return list(tables.values())


def _gives_away(
    variable: Variable, groups: Sequence[Group], told: Set[int], limits: Sequence[float]
) -> int | None:
    """The group to take out first, where what is told would make somebody too sure; else None."""
    n = [sum(row) for row in variable.held]
    tables: dict[Hashable, list[int]] = {}
    for i in sorted(told):
        tables.setdefault(groups[i].table, []).append(i)
    blocks = [
        [(sorted(groups[i].inside), variable.counts(groups[i].inside)) for i in places]
        for places in tables.values()
    ]
    believed = fitted(n, variable.counts(range(len(n))), blocks)
    for kind, shares in enumerate(believed):
        if any(
            share > limit + TOLERANCE
            for outcome, (share, limit) in enumerate(zip(shares, limits, strict=True))
            if outcome not in variable.silent
        ):
            around = [i for i in told if kind in groups[i].inside]
            return max(around or told)
    return None
