"""What comments are about: how many people wrote on each theme, with noise in every count.

Comments are shown word for word, so noise hides nobody's comment. It hides what they do not say:
which comments on two questions are one person's, which of them a person counts for, and how a
comment was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import exp
from secrets import randbelow

from surveys.disclosure.noise import Below, Noisy, noisy
from surveys.disclosure.results import rounded
from surveys.results.model import CommentThemes, ThemeCount

MOVES = 2
"""What one person changes at most: from one theme to another, two counts by one; from nothing to a
theme, that theme's and the number of those who wrote."""

MADE_UP = 0.01
"""The chance, over all themes together, that one is shown of which nobody wrote."""


def counted(
    writers: Sequence[str],
    every: Sequence[str],
    epsilon: Fraction,
    least: int,
    below: Below = randbelow,
) -> CommentThemes:
    """The themes from which on enough people wrote, the most first. ``writers``: each one's theme,
    "" where there is none; ``every``: all themes that there are, whether or not anybody wrote of
    them; ``epsilon``: what all these counts together tell of one person's comments."""
    wrote = Counter(writers)
    people = noisy(len(writers), MOVES, epsilon, below)
    counts = [(theme, noisy(wrote[theme], MOVES, epsilon, below)) for theme in every]
    enough = shown_from(len(every), epsilon, least)
    shown = sorted(
        ((theme, count) for theme, count in counts if count.value >= enough),
        key=lambda one: (-rounded(one[1]), one[0]),
    )
    return CommentThemes(
        people=max(rounded(people), 0),
        least=enough,
        themes=tuple(ThemeCount(theme=theme, people=rounded(count)) for theme, count in shown),
        others=_others(people, [count for _, count in shown]),
    )


def _others(people: Noisy, shown: Sequence[Noisy]) -> int:
    """What the shown themes leave of those who wrote."""
    return max(rounded(people - sum(shown, start=Noisy(0, 0.0))), 0)


def shown_from(themes: int, epsilon: Fraction, least: int) -> int:
    """The noisy count from which on a theme is shown: ``least`` or more, as of a group, and so many
    that noise alone hardly ever makes one. Of true counts nothing is asked: that a theme had just
    enough writers would be exact, and whoever knew all but one of them would know the last one."""
    q = exp(-float(epsilon) / MOVES)
    enough = least
    while themes * q**enough / (1 + q) > MADE_UP:
        enough += 1
    return enough
