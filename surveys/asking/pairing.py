"""Which pairs somebody is asked to compare, and how what they decided is written.

An answer holds one entry a pair: "a>b" where a was preferred, "a=b" where they could not decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from surveys.questions import Pair, Pairwise
from surveys.waves.drawing_lots import number, seeded


def own_pairs(
    choices: Sequence[str], pairs: int, wave_id: UUID, person: UUID, question: str
) -> tuple[Pair, ...]:
    """This person's pairs of choices' keys, in the order and the way round they are asked.

    All pairs stand in a row of rounds, as teams meet in a league, so that neighbors in it share
    no choice. Each person starts at a place of their own and gets the next ``pairs`` of them: over
    all people each pair is asked equally often, and each person meets as many choices as
    possible. Nobody's pairs depend on what others have answered: they would tell of it.
    """
    base = list(choices)
    seeded(wave_id, question).shuffle(base)
    row = league(base)
    mine = number(wave_id, person, question)
    start = mine % len(row)
    turned = mine // len(row)
    found = [row[(start + step) % len(row)] for step in range(min(pairs, len(row)))]
    return tuple((b, a) if (turned >> step) & 1 else (a, b) for step, (a, b) in enumerate(found))


def pairs_shown(question: Pairwise) -> tuple[Pair, ...]:
    """What to draw: a person's own pairs, or, where nobody is meant (a preview), the first ones."""
    return question.shown or tuple(league([c.key for c in question.choices])[: question.pairs])


def league(choices: Sequence[str]) -> list[Pair]:
    """Every pair once, in rounds in which each choice meets at most one other.

    By the circle method: one choice stays, the others move on by a place each round (T. P.
    Kirkman, "On a problem in combinations", Cambridge and Dublin Math. J. 2 (1847) 191-204).
    """
    round_table: list[str | None] = [*choices, *([None] if len(choices) % 2 else [])]
    found: list[Pair] = []
    for _ in range(len(round_table) - 1):
        half = len(round_table) // 2
        facing = zip(round_table[:half], reversed(round_table[half:]), strict=True)
        found += [(a, b) for a, b in facing if a is not None and b is not None]
        round_table = [round_table[0], round_table[-1], *round_table[1:-1]]
    return found


def preferred(better: str, worse: str) -> str:
    return f"{better}>{worse}"


def undecided(one: str, other: str) -> str:
    """The same whichever stood first."""
    return "=".join(sorted((one, other)))


def ways(pair: Pair) -> tuple[str, str, str]:
    """What can be answered to a pair: the first, the second, neither."""
    a, b = pair
    return preferred(a, b), preferred(b, a), undecided(a, b)


def decisions(entries: Iterable[str]) -> list[Pair]:
    """(preferred, other) of each entry that decides."""
    return [(a, b) for a, sign, b in (entry.partition(">") for entry in entries) if sign]


def compared(entry: str) -> frozenset[str]:
    """The two choices that an entry is about."""
    return frozenset(entry.replace("=", ">").split(">"))


def in_place(pairs: Sequence[Pair], entries: Iterable[str]) -> tuple[str, ...]:
    """For each pair what was answered to it, "" for nothing."""
    said = {compared(entry): entry for entry in entries}
    return tuple(said.get(frozenset(pair), "") for pair in pairs)
