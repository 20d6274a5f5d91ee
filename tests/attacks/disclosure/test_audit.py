"""The bound that the promise prints, measured on whole closings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest

from core.text import text
from surveys.disclosure import noise, tables
from surveys.disclosure.budget import ANSWER, ANSWERED
from surveys.disclosure.noise import Noisy
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
from surveys.results.model import WaveResults
from surveys.survey import PlannedTable
from tests.attacks.disclosure.audit import Odds, measured, seen, source
from tests.attacks.disclosure.door import closed
from tests.surveys.disclosure.plans import EVERY_TABLE, WHOLE, response, survey_of, yes_or_no

ATOMS = (("teacher", "high", "north"), ("office", "high", "north"), ("teacher", "middle", "east"))
PROMPT = text("?")
CHOICES = tuple(Choice(key=key, label=text(key)) for key in "abcd")

Said = Mapping[str, Answer] | None

CASES: Mapping[str, tuple[Question, Said, Said, Fraction]] = {
    "yes to no": (yes_or_no(), {"q": "yes"}, {"q": "no"}, ANSWER),
    "yes to nothing": (
        yes_or_no(required=False),
        {"q": "yes"},
        {},
        ANSWER,
    ),
    "one of four": (
        SingleChoice(key="q", prompt=PROMPT, choices=CHOICES),
        {"q": "a"},
        {"q": "d"},
        ANSWER,
    ),
    "a point of five": (Scale(key="q", prompt=PROMPT), {"q": 1}, {"q": 5}, ANSWER),
    "a box": (
        SeveralChoice(key="q", prompt=PROMPT, choices=CHOICES),
        {"q": ("a", "b")},
        {"q": ("a",)},
        ANSWER,
    ),
    "a ranking": (
        Ranking(key="q", prompt=PROMPT, choices=CHOICES, top=4),
        {"q": ("a", "b", "c", "d")},
        {"q": ("d", "c", "b", "a")},
        ANSWER,
    ),
    "a ranking, two choices at a time": (
        Ranking(key="q", prompt=PROMPT, choices=CHOICES, top=4),
        {"q": ("a", "b", "c", "d")},
        {"q": ("d", "c", "b", "a")},
        ANSWER,
    ),
    "two comparisons of pairs": (
        Pairwise(key="q", prompt=PROMPT, choices=CHOICES, pairs=3),
        {"q": ("a>b", "c>d", "a>d")},
        {"q": ("b>a", "d>c", "a>d")},
        ANSWER,
    ),
    "whether somebody answered, and what": (
        yes_or_no(),
        {"q": "yes"},
        None,
        ANSWER + ANSWERED,
    ),
}


def _audit(case: str, times: int) -> Odds:
    question, one, other, _ = CASES[case]
    survey = survey_of([question], tables=EVERY_TABLE)
    asked = dict.fromkeys(ATOMS, 20)
    rest: dict[str, Answer] = {"q": "yes"}
    if isinstance(question, Ranking):
        rest = {"q": ("a", "b", "c", "d")}
    if isinstance(question, Pairwise):
        rest = {"q": ("a>b", "b=c", "d>a")}
    if isinstance(question, Scale):
        rest = {"q": 3}
    others = [response(atom, rest) for atom in ATOMS for _ in range(6)]

    def closing(said: Said, name: str) -> tables.Released:
        given = others if said is None else [*others, response(ATOMS[0], said)]
        return tables.released(survey, asked, given, below=chance[name])

    chance = {name: source(f"{case} {name}") for name in ("one", "other")}
    return measured(lambda: closing(one, "one"), lambda: closing(other, "other"), times)


@pytest.fixture(autouse=True)
def _two_at_a_time(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Majorities are counted of large districts only."""
    if "two choices at a time" in request.node.name:
        monkeypatch.setattr(tables, "MORE_THAN_A_SCHOOL", 0)
        monkeypatch.setattr(tables, "HARDLY", float("inf"))


@pytest.mark.parametrize("case", CASES)
def test_an_answer_is_told_of_within_the_bound(case: str) -> None:
    found = _audit(case, 400)
    assert found.least <= CASES[case][3]


@pytest.mark.prove
@pytest.mark.parametrize("case", CASES)
def test_an_answer_is_told_of_within_the_bound_in_many_closings(case: str) -> None:
    found = _audit(case, 4_000)
    bound = CASES[case][3]
    print(f"{case}: {found.seen:.2f} seen, {found.least:.2f} at least, of {float(bound):.2f}")
    assert found.least <= bound
    assert found.seen > 0.3 * bound, "the audit sees too little to say anything"


SHOWN: Mapping[str, tuple[Said, Fraction]] = {
    "yes to no": ({"q": "no"}, ANSWER),
    "yes to nothing at all": (None, ANSWER + ANSWERED),
}


def _pipeline(case: str, times: int, plan: Sequence[PlannedTable], broken: str = "") -> Odds:
    """Of everything that the closing of a wave shows."""
    survey = survey_of([yes_or_no()], tables=plan)
    asked = dict.fromkeys(ATOMS, 20)
    others = [response(atom, {"q": "yes" if i % 2 else "no"}) for atom in ATOMS for i in range(12)]
    chance = source(case)

    def closing(said: Said) -> WaveResults:
        given = others if said is None else [*others, response(ATOMS[0], said)]
        below = source("a seed") if broken == "seeded" else chance
        results = closed(survey, asked, given, below).results
        assert results is not None
        return results

    return seen(lambda: closing({"q": "yes"}), lambda: closing(SHOWN[case][0]), times)


@pytest.mark.parametrize("case", SHOWN)
def test_all_that_is_shown_tells_of_an_answer_within_the_bound(case: str) -> None:
    assert _pipeline(case, 300, [WHOLE]).least <= SHOWN[case][1]


@pytest.mark.prove
@pytest.mark.timeout(600)
@pytest.mark.parametrize("plan", [[WHOLE], EVERY_TABLE], ids=["district", "every table"])
@pytest.mark.parametrize("case", SHOWN)
def test_all_that_is_shown_tells_of_an_answer_within_the_bound_in_many_closings(
    case: str, plan: Sequence[PlannedTable]
) -> None:
    found, bound = _pipeline(case, 1_500, plan), SHOWN[case][1]
    print(
        f"{case}, {len(plan)} tables, all that is shown: {found.seen:.2f} seen, "
        f"{found.least:.2f} at least, of {float(bound):.2f}"
    )
    assert found.least <= bound
    assert found.seen > 0.3 * bound, "the audit sees too little to say anything"


def test_noise_from_a_seed_is_noticed() -> None:
    """The same noise at each closing: two districts are told apart for certain."""
    assert _pipeline("yes to no", 300, [WHOLE], "seeded").least > ANSWER


@pytest.mark.parametrize(
    ("part", "times"), [(3, 600), pytest.param(2, 1_500, marks=pytest.mark.prove)]
)
def test_a_part_of_the_noise_is_noticed(
    part: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third of it, or a half."""

    def less(count: int, sensitivity: int, epsilon: Fraction, below: noise.Below) -> Noisy:
        return noise.noisy(count, sensitivity, part * epsilon, below)

    monkeypatch.setattr(tables, "noisy", less)
    assert _pipeline("yes to no", times, [WHOLE]).least > ANSWER


def test_noise_that_is_too_small_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made as if an answer moved one count only."""

    def careless(count: int, sensitivity: int, epsilon: Fraction, below: noise.Below) -> Noisy:
        del sensitivity
        return noise.noisy(count, 1, epsilon, below)

    monkeypatch.setattr(tables, "noisy", careless)
    assert _audit("a ranking", 400).least > ANSWER
