"""The bound that the promise prints, measured on whole closings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from surveys.disclosure import noise, tables
from surveys.disclosure.budget import ANSWER, ANSWERED
from surveys.disclosure.noise import Noisy
from surveys.questions import Answer, Choice, Question, Ranking, Scale, SeveralChoice, SingleChoice
from surveys.words import text
from tests.attacks.disclosure.audit import Odds, measured, source
from tests.surveys.disclosure.plans import EVERY_TABLE, response, survey_of, yes_or_no

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
    if isinstance(question, Scale):
        rest = {"q": 3}
    others = [response(atom, rest) for atom in ATOMS for _ in range(6)]

    def closing(said: Said, name: str) -> tables.Released:
        given = others if said is None else [*others, response(ATOMS[0], said)]
        return tables.released(survey, asked, given, below=chance[name])

    chance = {name: source(f"{case} {name}") for name in ("one", "other")}
    return measured(lambda: closing(one, "one"), lambda: closing(other, "other"), times)


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


def test_noise_that_is_too_small_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made as if an answer moved one count only."""

    def careless(count: int, sensitivity: int, epsilon: Fraction, below: noise.Below) -> Noisy:
        del sensitivity
        return noise.noisy(count, 1, epsilon, below)

    monkeypatch.setattr(tables, "noisy", careless)
    assert _audit("a ranking", 400).least > ANSWER
