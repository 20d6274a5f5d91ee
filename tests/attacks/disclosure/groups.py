"""Groups of one mind, asked in every way: what may be said of one of them by name?

Each attempt is a function of its seed: a group of 12 to 120 who all gave one answer, or one of a
few that come to the same (all 4 or 5), four confederates among them, and a prior from uniform to
tight. An attacker sees what a closing shows of the group and of its parts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from core.text import text
from surveys.disclosure import live
from surveys.disclosure.budget import LEAST
from surveys.disclosure.noise import Noisy
from surveys.ports import OpenResponse
from surveys.questions import (
    Answer,
    Choice,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.tabulating import Atom, atom_of
from surveys.survey import Condition, Dimension, PlannedTable, Survey
from tests.attacks.disclosure.believing import (
    EXACT,
    Array,
    Attempt,
    Evidence,
    Part,
    believed,
    between,
    epsilon_of,
    evidence,
    seen_as,
)
from tests.attacks.disclosure.door import FIVE, closed
from tests.surveys.disclosure.plans import (
    BY_BUILDING,
    EVERY_TABLE,
    WHOLE,
    response,
    survey_of,
    yes_or_no,
)

FRIENDS = 4
NORTH = ("teacher", "high", "north")
OFFICE = ("office", "high", "north")
ELSEWHERE: Sequence[Atom] = (
    ("teacher", "middle", "east"),
    ("office", "middle", "east"),
    ("teacher", "high", "south"),
)
BY_BOTH = PlannedTable(by=(Dimension.ROLE, Dimension.BUILDING))
PLANS = (EVERY_TABLE, (WHOLE, BY_BUILDING), (BY_BUILDING,))
PROMPT = text("?")

Types = Sequence[Mapping[str, Answer]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question, what people may answer, and what may be claimed of somebody: one of some types of
    answers. A group of one mind is one of which such a claim holds."""

    questions: Sequence[Question]
    types: Types
    claims: Sequence[Sequence[int]]
    adkar: Sequence[str] = ()
    largest: int = 120


def part(chance: random.Random, atom: Atom, asked: Asked, *, alike: bool, friends: int) -> Part:
    """A group of one mind, or one whose answers are drawn from the prior. Confederates say what
    makes the others' answers plainest, or anything."""
    types = range(len(asked.types))
    n = round(12 * (asked.largest / 12) ** chance.random()) - friends
    alpha = _prior(chance, len(asked.types))
    common = chance.choice(asked.claims) if alike else list(types)
    rates = [
        chance.gammavariate(1.0 if alike else alpha[t], 1) if t in common else 0 for t in types
    ]
    said = Counter(chance.choices(types, weights=rates, k=n))
    apart = [t for t in types if t not in common] or list(types)
    known = Counter(chance.choices(chance.choice((apart, list(types))), k=friends))
    return Part(
        atom=atom,
        types=asked.types,
        said=[said[t] for t in types],
        friends=[known[t] for t in types],
        alpha=alpha,
    )


def _prior(chance: random.Random, types: int) -> list[float]:
    """Uniform, or around rates between which the district leaves some doubt."""
    concentration = chance.choice((0, 20, 80))
    if not concentration:
        return [1.0] * types
    most = chance.choice((0.5, 0.7, 0.8))
    rates = [(1 - most) / (types - 1)] * types
    rates[chance.randrange(types)] = most
    return [concentration * rate for rate in rates]


def elsewhere(chance: random.Random, types: Types, people: int = 40) -> list[OpenResponse]:
    rates = [chance.gammavariate(1, 1) for _ in types]
    return [
        response(atom, answers)
        for atom in ELSEWHERE
        for answers in chance.choices(types, weights=rates, k=people)
    ]


def asked_of(chance: random.Random, given: Sequence[OpenResponse]) -> Counter[Atom]:
    """Of those asked a third to all answered."""
    answered = Counter(map(atom_of, given))
    most = chance.uniform(1, 3)
    return Counter({atom: round(n * most) for atom, n in answered.items()})


def one_of_two(key: str = "q", *, required: bool = True) -> Asked:
    return Asked(
        questions=[yes_or_no(key, required=required)],
        types=[{key: "yes"}, {key: "no"}],
        claims=[[0], [1]],
    )


def one_mind(chance: random.Random) -> Asked:
    """Yes or no, or one of three."""
    if chance.random() < 0.6:
        return one_of_two(required=chance.random() < 0.7)
    return Asked(
        questions=[SingleChoice(key="q", prompt=PROMPT, choices=_choices("abc"))],
        types=[{"q": key} for key in "abc"],
        claims=[[0], [1], [2]],
    )


def ranges(chance: random.Random) -> Asked:
    """Ordered scales: all at one end."""
    scale, points = chance.choice(
        (
            (Scale(key="q", prompt=PROMPT), (2, 3, 5)),
            (Scale(key="q", prompt=PROMPT, points=4), (2, 3)),
            (Scale(key="q", prompt=PROMPT, points=11, lowest=0, enps=True), (6, 8, 10)),
        )
    )
    return Asked(
        questions=[scale],
        types=[{"q": point} for point in points],
        claims=[[0], [len(points) - 1]],
    )


def not_an_end(chance: random.Random) -> Asked:
    """Ordered scales of three bands: none at one end."""
    asked = ranges(chance)
    while len(asked.types) < 3:
        asked = ranges(chance)
    return replace(asked, claims=[[0, 1], [1, 2]])


def sums(chance: random.Random) -> Asked:
    """Exactly so many boxes: all leave the same one out, or all tick the same one."""
    keys, exactly = chance.choice((("abc", 2), ("abc", 1), ("abcd", 3)))
    boxes = SeveralChoice(
        key="q",
        prompt=PROMPT,
        choices=_choices(keys),
        at_least=exactly,
        at_most=exactly,
    )
    types: list[tuple[str, ...]]
    if exactly == 1:
        types = [(key,) for key in keys]
    else:
        types = [tuple(key for key in keys if key != left) for left in keys]
    ticked = [[t for t, one in enumerate(types) if key in one] for key in keys]
    unticked = [[t for t, one in enumerate(types) if key not in one] for key in keys]
    return Asked(
        questions=[boxes],
        types=[{"q": one} for one in types],
        claims=ticked if exactly == 1 else [*ticked, *unticked],
        largest=60 if len(types) > 3 else 120,
    )


def barriers(chance: random.Random) -> Asked:
    """ADKAR: where all are held back by the same element, its own scale says so, too."""
    del chance
    scales = [f"s{n}" for n in range(5)]
    fine: dict[str, Answer] = dict.fromkeys(scales, 5)
    return Asked(
        questions=[Scale(key=key, prompt=PROMPT) for key in scales],
        types=[{**fine, "s0": 2}, {**fine, "s0": 3}, {**fine, "s1": 3}, fine],
        claims=[[0], [0, 1], [2], [3], [2, 3]],
        adkar=scales,
        largest=50,
    )


def orders(chance: random.Random) -> Asked:
    """Rankings and pairs: all put the same first, or the same before another."""
    kind = chance.choice(("top", "order", "pairs"))
    keys = "abc"
    if kind == "top":
        question: Question = Ranking(key="q", prompt=PROMPT, choices=_choices(keys), top=1)
        types: list[tuple[str, ...]] = [(key,) for key in keys]
        return Asked(questions=[question], types=[{"q": t} for t in types], claims=[[0], [1], [2]])
    found = [tuple(one) for one in ("abc", "acb", "bca", "cba")]
    before = [
        [t for t, one in enumerate(found) if one.index(a) < one.index(b)]
        for a, b in permutations(keys, 2)
    ]
    claims = [*before, *([t for t, one in enumerate(found) if one[0] == key] for key in keys)]
    if kind == "pairs":
        question = Pairwise(key="q", prompt=PROMPT, choices=_choices(keys), pairs=3)
        types = [tuple(f"{o[i]}>{o[j]}" for i, j in ((0, 1), (0, 2), (1, 2))) for o in found]
    else:
        question = Ranking(key="q", prompt=PROMPT, choices=_choices(keys), top=3)
        types = list(found)
    return Asked(questions=[question], types=[{"q": t} for t in types], claims=claims, largest=60)


def new_idea(chance: random.Random) -> Asked:
    """An idea that came late: each compares it once, and all take it, or none does."""
    first = chance.choice("ab")
    types = [(one, other) for one in ("a>b", "b>a") for other in (f"new>{first}", f"{first}>new")]
    choices = (*_choices("ab"), Choice(key="new", label=text("new")))
    return Asked(
        questions=[Pairwise(key="q", prompt=PROMPT, choices=choices, pairs=2)],
        types=[{"q": one} for one in types],
        claims=[[0, 2], [1, 3], [0, 1], [2, 3]],
        largest=60,
    )


def _choices(keys: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=key, label=text(key)) for key in keys)


def asked_in_groups(
    ask: Callable[[random.Random], Asked],
) -> Callable[[random.Random, bool], Attempt]:
    def attack(chance: random.Random, plain: bool) -> Attempt:
        asked = ask(chance)
        survey = _survey(asked, chance.choice(PLANS))
        target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
        given = [*target.responses, *elsewhere(chance, asked.types)]
        return believed(
            [target], _closing(chance, survey, given, [target], plain), asked.claims, chance
        )

    return attack


def _survey(asked: Asked, tables: Sequence[PlannedTable]) -> Survey:
    survey = survey_of(list(asked.questions), tables=tables)
    return survey if not asked.adkar else replace(survey, adkar=tuple(asked.adkar))


def _closing(
    chance: random.Random,
    survey: Survey,
    given: Sequence[OpenResponse],
    parts: Sequence[Part],
    plain: bool,
    others: Sequence[OpenResponse] | None = None,
) -> list[Evidence]:
    asked = asked_of(chance, given)
    closing = closed(survey, asked, given, chance.randrange, plain=plain)
    return evidence(survey, asked, closing, parts, others)


def repeats(times: int) -> Callable[[random.Random, bool], Attempt]:
    """The same question in several waves, and everybody says the same again."""

    def attack(chance: random.Random, plain: bool) -> Attempt:
        asked = one_of_two()
        survey = _survey(asked, chance.choice(PLANS))
        target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
        given = [*target.responses, *elsewhere(chance, asked.types)]
        shown = [
            one for _ in range(times) for one in _closing(chance, survey, given, [target], plain)
        ]
        return believed([target], shown, asked.claims, chance)

    return attack


def twice(chance: random.Random, plain: bool) -> Attempt:
    """The same fact asked twice in one survey, once coarser than the other."""
    scale = Scale(key="s", prompt=PROMPT)
    asked = Asked(
        questions=[yes_or_no(), scale],
        types=[{"q": "yes", "s": 5}, {"q": "yes", "s": 3}, {"q": "no", "s": 2}],
        claims=[[0, 1], [2], [0]],
    )
    survey = _survey(asked, chance.choice(PLANS))
    target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
    given = [*target.responses, *elsewhere(chance, asked.types)]
    return believed(
        [target], _closing(chance, survey, given, [target], plain), asked.claims, chance
    )


def remainders(chance: random.Random, plain: bool) -> Attempt:
    """What is left of a building without one of its roles."""
    asked = replace(one_of_two(), largest=60)
    survey = _survey(asked, (WHOLE, BY_BUILDING, BY_BOTH))
    target = part(chance, OFFICE, asked, alike=True, friends=FRIENDS)
    beside = part(chance, NORTH, asked, alike=False, friends=0)
    given = [*target.responses, *beside.responses, *elsewhere(chance, asked.types)]
    parts = [target, beside]
    return believed(parts, _closing(chance, survey, given, parts, plain), asked.claims, chance)


def conditional(chance: random.Random, plain: bool) -> Attempt:
    """A page for those only who said yes, and these are one group."""
    asked = Asked(
        questions=[yes_or_no()],
        types=[{"q": "yes", "more": "yes"}, {"q": "yes", "more": "no"}],
        claims=[[0], [1]],
    )
    survey = survey_of(
        [yes_or_no()],
        [yes_or_no("more")],
        tables=chance.choice(PLANS),
        show_if=Condition(question="q", any_of=("yes",)),
    )
    target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
    others = elsewhere(chance, [{"q": "no"}])
    given = [*target.responses, *others]
    return believed(
        [target], _closing(chance, survey, given, [target], plain, others), asked.claims, chance
    )


def audience(chance: random.Random, plain: bool) -> Attempt:
    """A survey of one school: what is shown of everybody who was asked."""
    asked = one_mind(chance) if chance.random() < 0.5 else ranges(chance)
    survey = _survey(asked, (WHOLE,))
    target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
    return believed(
        [target],
        _closing(chance, survey, target.responses, [target], plain, []),
        asked.claims,
        chance,
    )


def two_audiences(chance: random.Random, plain: bool) -> Attempt:
    """The same survey of everybody, and of everybody but one school: what do the two districts'
    figures differ by?"""
    asked = one_of_two()
    survey = _survey(asked, chance.choice(PLANS[:2]))
    target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
    others = elsewhere(chance, asked.types)
    given = [*target.responses, *others]
    sizes = asked_of(chance, given)
    fewer = Counter({atom: n for atom, n in sizes.items() if atom != NORTH})
    first = closed(survey, sizes, given, chance.randrange, plain=plain)
    second = closed(survey, fewer, others, chance.randrange, plain=plain)
    whole, rest = frozenset(sizes), frozenset(fewer)
    more, less = (
        closing.told.questions["q"][people].counts["yes"]
        for closing, people in ((first, whole), (second, rest))
    )
    shown = evidence(survey, sizes, first, [target])
    return believed([target], [*shown, difference(target, more, less, plain)], asked.claims, chance)


def late_school(chance: random.Random, plain: bool) -> Attempt:
    """A school that answers after the last live look: what changed since?"""
    asked = replace(one_of_two(), largest=90)
    survey = _survey(asked, chance.choice(PLANS[:2]))
    target = part(chance, NORTH, asked, alike=True, friends=FRIENDS)
    others = elsewhere(chance, asked.types)[: live.FEWEST]
    given = [*target.responses, *others]
    sizes = Counter(map(atom_of, given))
    closing = closed(survey, sizes, given, chance.randrange, plain=plain)
    more = closing.told.questions["q"][frozenset(sizes)].counts["yes"]
    asked_live = 250  # the fewest of whom anything is told live, with the least noise
    seen = live.seen(survey, asked_live, others, chance.randrange)["q"].counts["yes"]
    if plain:
        seen = replace(seen, value=sum(one.answers["q"] == "yes" for one in others))
    shown = evidence(survey, sizes, closing, [target])
    return believed([target], [*shown, difference(target, more, seen, plain)], asked.claims, chance)


def difference(target: Part, more: Noisy, less: Noisy, plain: bool) -> Evidence:
    """Of two figures that differ by who said yes in one group; of all others nothing is known."""
    known = target.friends[0]
    value = more.value - less.value - known
    if plain:
        return Evidence(
            weigh=lambda states: -EXACT * np.abs(value - states[:, 0]), why=f"{value} more"
        )
    far = np.arange(-2000, 2001)
    one, other = (np.exp(-epsilon_of(count) * np.abs(far)) for count in (more, less))
    noise = np.convolve(one, other, mode="same")
    logged = np.log(np.maximum(noise, 1e-300))

    def weigh(states: Array) -> Array:
        return np.asarray(logged[np.clip(value - states[:, 0].astype(int) + 2000, 0, 4000)])

    return Evidence(weigh=weigh, why=f"about {value} more")


def taking_part(chance: random.Random, plain: bool) -> Attempt:
    """A school of which all answered, or nearly nobody: who did, by how many of it are told to."""
    size = round(12 * (120 / 12) ** chance.random())
    everybody = chance.random() < 0.7
    missing = chance.choice((0, 0, 1)) if everybody else size - FRIENDS - chance.choice((0, 1))
    target = Part(
        atom=NORTH,
        types=[{"q": "yes"}, {}],
        said=[size - FRIENDS - missing, missing],
        friends=[0, FRIENDS] if chance.random() < 0.5 else [FRIENDS, 0],
        alpha=_prior(chance, 2),
    )
    others = elsewhere(chance, [{"q": "yes"}, {"q": "no"}])
    given = [one for one in target.responses if one.answers] + others
    sizes = Counter({NORTH: size}) + Counter(
        {atom: 2 * n for atom, n in Counter(map(atom_of, others)).items()}
    )
    survey = survey_of([yes_or_no()])
    closing = closed(survey, sizes, given, chance.randrange, plain=plain)
    n = closing.told.answered[frozenset({NORTH})]
    known = target.friends[0]
    if plain:
        exact = Evidence(
            weigh=lambda states: -EXACT * np.abs(n.value - known - states[:, 0]), why=f"{n.value}"
        )
        return believed([target], [exact] if n.value >= FIVE else [], CLAIMS, chance)
    cell = closing.cells(sizes)[frozenset({NORTH})]
    told = cell.n
    low, high = -np.inf, float(LEAST - 1)
    if told is not None:
        alike = seen_as(told, size)
        low, high = alike[0], alike[-1]
    weigh = Evidence(
        weigh=lambda states: np.log(
            np.maximum(between(low, high, states[:, 0] + known, epsilon_of(n)), 1e-300)
        ),
        why=f"{told} of {size} answered",
    )
    return believed([target], [weigh], CLAIMS, chance)


CLAIMS = ((0,), (1,))
