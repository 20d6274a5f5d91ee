"""What a closing leaves in the database, as its holder counts it: the product's, and two others.

Whoever holds the database after a closing has the sealed rows, the roster, who answered, and every
page. What rows tell by where they lie is another matter (``files``); here they are counted.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from surveys.ports import OpenResponse
from surveys.sealing import cut_apart, cut_comments
from surveys.survey import SCORES_FROM, Wave
from tests.attacks.privacy import places, replaying
from tests.attacks.privacy.gates import ours as our_gate
from tests.attacks.privacy.replaying import Case, Tally, World, page, responses_of

Closing = Callable[[Wave, Sequence[OpenResponse]], object]
"""All that can be told apart of the rows that are kept."""

Group = tuple[str | None, str | None, str | None]

_NOTHING: Group = (None, None, None)

PER_PLACE = 20


def ours(wave: Wave, responses: Sequence[OpenResponse]) -> object:
    """Which answers stand in one row is drawn by chance: counted is each question by itself."""
    rows = cut_apart(cut_comments(wave.survey, responses)[0], SCORES_FROM)
    return _counted((key, answer) for row in rows for key, answer in row.answers.items())


def names_deleted(wave: Wave, responses: Sequence[OpenResponse]) -> object:
    """The column of who it was is emptied, and that is all."""
    return _counted((r.answers, r.role, r.level, r.building) for r in responses)


_COARSER: tuple[Callable[[Group], Group], ...] = (
    lambda group: group,
    lambda group: (group[0], group[1], None),
    lambda group: (None, group[1], None),
    lambda _: _NOTHING,
)


def five_alike(wave: Wave, responses: Sequence[OpenResponse]) -> object:
    """Role, level and building, coarser until five share each combination: k-anonymity by local
    recoding (L. Sweeney, "Achieving k-anonymity privacy protection using generalization and
    suppression", International Journal on Uncertainty, Fuzziness and Knowledge-based Systems 10
    (2002) 571-588)."""
    left = list(responses)
    kept: list[tuple[object, Group]] = []
    for coarser in _COARSER:
        held = Counter(coarser((r.role, r.level, r.building)) for r in left)
        groups = [coarser((r.role, r.level, r.building)) for r in left]
        stays = [held[group] >= SCORES_FROM for group in groups]
        kept += [(r.answers, g) for r, g, fits in zip(left, groups, stays, strict=True) if fits]
        left = [r for r, fits in zip(left, stays, strict=True) if not fits]
    kept += [(r.answers, _NOTHING) for r in left]
    held = Counter(group for _, group in kept)
    while 0 < held[_NOTHING] < SCORES_FROM:  # the smallest group joins those who fit nowhere
        smallest = min((g for g in held if g != _NOTHING), key=lambda g: (held[g], str(g)))
        held[_NOTHING] += held.pop(smallest)
        kept = [(said, _NOTHING if group == smallest else group) for said, group in kept]
    return _counted(kept)


def _counted(rows: object) -> object:
    return frozenset(Counter(map(repr, rows)).items())  # type: ignore[call-overload]


CLOSINGS: Mapping[str, Closing] = {
    "ours": ours,
    "five alike": five_alike,
    "names deleted": names_deleted,
}

HOLDERS: Mapping[str, tuple[int, bool]] = {
    "who holds the database and knows the program": (0, False),
    "the same, with four who tell each other": (4, False),
    "the same, with four invented people and every table": (4, True),
}
"""How many friends an attacker has among those who answered, and whether every table is planned."""


def hold(holder: str, seed: int, most: int) -> Mapping[str, Tally]:
    """One small district, closed, and ``PER_PLACE`` ways in which it may have answered. They see
    the sealed rows beside everything that our gate shows. By closing."""
    friends, hostile = HOLDERS[holder]
    chance = random.Random(seed)  # noqa: S311 - an attempt is repeatable
    kinds = [
        (places.yes_or_no(), 2),
        (places.ticked(), 2),
        (places.scale(2), 2),
        (places.scale(3), 3),
    ]
    question, parts = chance.choice(kinds)
    place = places.small_place(chance, most, parts)
    if hostile:
        place = places.Place(people=place.people, plan=places.EVERY_TABLE)
    known = replaying.friends_in(chance, place, parts, friends) if friends else {}
    strength = chance.choice((0, 0.5, 1.0, 3.0))
    case = Case(place=place, question=question, friends=known, strength=strength)
    wave = places.wave_of(question, place.plan)

    @cache
    def shown(world: World) -> object:
        return page(our_gate, wave, case, world)

    def beside(closing: Closing) -> Tally:
        def look(world: World) -> object:
            return shown(world), closing(wave, responses_of(case, world))

        again = random.Random(seed)  # noqa: S311 - the same districts for each closing
        return replaying.attack_on(case, look, again, PER_PLACE)

    return {name: beside(closing) for name, closing in CLOSINGS.items()}
