"""Which two choices somebody compares next: by how often each was shown, never by who is ahead.

What others answered decides nothing here, so that a pair tells nothing of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from secrets import randbelow

from surveys.questions import Pair

BEHIND = 3
"""A choice is behind when it was shown so many times less than the one shown most, or fewer."""

FEW = 6
"""Of so many choices or fewer, each is in every third pair anyway."""

Below = Callable[[int], int]
"""A random number from 0 to below another one."""


def next_pair(
    shown: Mapping[str, int],
    own: Sequence[Pair],
    choices: Sequence[str],
    below: Below = randbelow,
) -> Pair | None:
    """Two choices, the left one first; None where this person has compared all pairs.

    ``shown``: how often each was shown, to people of this person's group. ``own``: this person's
    pairs so far, in order. Choices that this person met least come first, among them those that
    were shown least, and then chance decides.

    A new idea is behind all others. It would be in every pair until it caught up; so it comes in
    one of three, and never in two in a row: about 70 times in 200 pairs, where it is alone.
    """
    had = {frozenset(pair) for pair in own}
    met = Counter(key for pair in own for key in pair)
    most = max((shown.get(key, 0) for key in choices), default=0)
    late = most - BEHIND if len(choices) > FEW else 0
    behind = [key for key in choices if shown.get(key, 0) < late]
    turn = sorted(
        _shuffled([key for key in choices if key not in behind], below),
        key=lambda key: (met[key], shown.get(key, 0)),
    )
    waiting = _shuffled([key for key in behind if not own or key not in own[-1]], below)
    ahead = below(len(waiting) + 1) < len(waiting)
    both = below(len(choices)) < len(waiting) - 1
    first = waiting[: ahead + both]
    order = [*first, *turn, *(key for key in behind if key not in first)]
    for one, other in _nearest_first(order):
        if frozenset((one, other)) not in had:
            return (one, other) if below(2) else (other, one)
    return None


def _nearest_first(order: Sequence[str]) -> Iterator[Pair]:
    """All pairs: the two that are first, then those whose places add up to little more."""
    for total in range(1, 2 * len(order) - 2):
        for after in range(total // 2 + 1, min(total + 1, len(order))):
            yield order[total - after], order[after]


def _shuffled(keys: list[str], below: Below) -> list[str]:
    """The keys in an order that chance decides (Fisher and Yates)."""
    found = list(keys)
    for at in range(len(found) - 1, 0, -1):
        other = below(at + 1)
        found[at], found[other] = found[other], found[at]
    return found
