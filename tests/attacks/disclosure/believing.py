"""What exactly an attacker believes of a group from all that is shown of it.

They know who answered, how noise is drawn and by which rules figures are hidden, what four
confederates in the group said, and how groups tend to answer: a Dirichlet prior over what its
members may say. Every way in which the group may have answered is weighed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import acosh, ceil, exp, floor

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from surveys.disclosure.budget import LEAST, People
from surveys.disclosure.measures import measures
from surveys.disclosure.noise import Noisy
from surveys.disclosure.results import ROUNDED
from surveys.disclosure.rules import margin
from surveys.disclosure.tables import Counted, may_be_skipped, whole_of
from surveys.ports import OpenResponse
from surveys.questions import Answer, Date, FreeText, Number, SeveralChoice, SingleChoice
from surveys.results.barriers import depends, told_of, with_barriers
from surveys.results.model import QuestionResult, RankingResult, ShareResult
from surveys.results.tabulating import Atom, ScoreQuestion, atom_of
from surveys.survey import Survey
from tests.attacks.disclosure.door import FIVE, Closing
from tests.surveys.disclosure.plans import response

Array = NDArray[np.float64]

SURE = 0.95

KNOWN = 0.8 + 1e-9
"""What is as likely before anything is shown is no success."""

EXACT = 50.0
"""Epsilon of what is told without noise."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """People of one finest group. ``types``: what each may have answered; ``said``: how many did,
    whom the attacker does not know; ``friends``: how many confederates did; ``alpha``: the prior.
    """

    atom: Atom
    types: Sequence[Mapping[str, Answer]]
    said: Sequence[int]
    friends: Sequence[int]
    alpha: Sequence[float]

    @property
    def responses(self) -> list[OpenResponse]:
        return [
            response(self.atom, answers)
            for answers, said, friends in zip(self.types, self.said, self.friends, strict=True)
            for _ in range(said + friends)
        ]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """``sure``: of what they claim of a named person of the first part; ``right``: whether it is
    so. ``why`` says it in words."""

    sure: float
    right: bool
    why: str

    @property
    def success(self) -> bool:
        return self.sure > SURE and self.right


NOTHING = Attempt(sure=0.0, right=False, why="")


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The log-likelihood of something shown, by how often each type was said in each part."""

    weigh: Callable[[Array], Array]
    why: str


@dataclass(frozen=True, kw_only=True)
class _Count:
    """A noisy count: by how much each type adds to it, what friends and others did, and how it is
    shown: ``figure``, ``most``, ``few`` or ``dash``."""

    name: str
    weights: Array
    base: int
    value: int
    epsilon: float
    shown: str

    def of(self, states: Array) -> Array:
        return states @ self.weights + self.base


def evidence(
    survey: Survey,
    asked: Mapping[Atom, int],
    closing: Closing,
    parts: Sequence[Part],
    others: Sequence[OpenResponse] | None = None,
) -> list[Evidence]:
    """All that is shown of groups that consist of ``parts``; where the answers of all ``others``
    are known, of all groups."""
    mine = {part.atom for part in parts}
    found = []
    results = closing.questions(asked)
    exact_n = {people for (_, people), one in results.items() if _has_figure(one)}
    for question in told_of(survey):
        if isinstance(question, FreeText):
            continue
        for people, counted in closing.told.questions[question.key].items():
            if others is None and not people <= mine:
                continue
            result = results.get((question.key, people))
            counts = _counts(survey, question, asked, people, counted, parts, others or ())
            if closing.results is None:
                if counted.n.value >= FIVE:
                    found += [_exactly(count) for count in counts]
            elif isinstance(result, RankingResult):
                found += [_noisily(count) for count in counts if not _left_out(count, result)]
            elif isinstance(result, ShareResult):
                states = {share.key: state(share.share, share.coded) for share in result.shares}
                answered = _answered(question, people, parts, others or ())
                sizes = [(counted.n.value, 1.0)]
                if people not in exact_n:
                    sizes = _sizes(counted.n, answered, result, sum(asked[atom] for atom in people))
                found += list(_shown(question, _with(counts, states), sizes))
    return found


def _left_out(count: _Count, result: RankingResult) -> bool:
    """Whether it is of a choice among pairs that is not in the list."""
    key = count.name.split(" ")[-1]
    listed = {one.key for one in result.ranked}
    return result.pairs is not None and key != "answered" and key not in listed


def _has_figure(result: QuestionResult) -> bool:
    """Then how many answered can be told from it."""
    return isinstance(result, ShareResult) and any(one.share is not None for one in result.shares)


def _answered(
    question: ScoreQuestion, people: People, parts: Sequence[Part], others: Sequence[OpenResponse]
) -> int:
    inside = [one for part in parts for one in part.responses] + list(others)
    return sum(
        atom_of(one) in people for one in inside if question.key.split(".")[0] in one.answers
    )


def _sizes(n: Noisy, answered: int, result: ShareResult, asked: int) -> list[tuple[int, float]]:
    """What the noisy number of answers may be, and how likely: only a rounded one is shown."""
    epsilon = epsilon_of(n)
    found = [(size, exp(-epsilon * abs(size - answered))) for size in seen_as(result.n, asked)]
    total = sum(weight for _, weight in found)
    return [(size, weight / total) for size, weight in found]


def seen_as(n: int, asked: int) -> list[int]:
    """The noisy numbers of answers that are all shown as ``n``."""
    sizes = range(LEAST, asked + 60)
    return [size for size in sizes if min(ROUNDED * round(size / ROUNDED), asked) == n]


def _counts(
    survey: Survey,
    question: ScoreQuestion,
    asked: Mapping[Atom, int],
    people: People,
    counted: Counted,
    parts: Sequence[Part],
    others: Sequence[OpenResponse],
) -> list[_Count]:
    found = []
    for measure in measures(
        question,
        whole=people == whole_of(asked),
        skipped=may_be_skipped(survey, question),
        one_answer=depends(survey, question),
        majorities=any(">" in name for name in counted.counts),
    ):

        def adds(answers: Mapping[str, Answer], at: int, of=measure.of) -> int:  # type: ignore[no-untyped-def]
            return int(of(answers[question.key])[at]) if question.key in answers else 0

        given = [r.answers for r in with_barriers(survey, others) if atom_of(r) in people]
        for at, name in enumerate(measure.names):
            weights, base = list[float](), sum(adds(answers, at) for answers in given)
            for part in parts:
                typed = _typed(survey, part)
                each = [adds(answers, at) * (part.atom in people) for answers in typed]
                weights += each
                base += sum(w * n for w, n in zip(each, part.friends, strict=True))
            noisy = counted.n if name == "answered" else counted.counts[name]
            found.append(
                _Count(
                    name=f"{question.key} {name}",
                    weights=np.array(weights, dtype=float),
                    base=base,
                    value=noisy.value,
                    epsilon=epsilon_of(noisy),
                    shown="figure" if name == "answered" else "dash",
                )
            )
    return found


def _typed(survey: Survey, part: Part) -> list[Mapping[str, Answer]]:
    """What each type answers, ADKAR's barrier with it."""
    asked = [response(part.atom, answers) for answers in part.types]
    return [one.answers for one in with_barriers(survey, asked)]


def state(share: float | None, coded: str | None) -> str:
    if share is not None:
        return "figure"
    if coded is None:
        return "dash"
    return "most" if coded.startswith(">") else "few"


def _with(counts: Sequence[_Count], states: Mapping[str, str]) -> list[_Count]:
    return [replace(one, shown=states.get(one.name.split(" ", 1)[1], one.shown)) for one in counts]


def _exactly(count: _Count) -> Evidence:
    return _noisily(replace(count, epsilon=EXACT))


def _noisily(count: _Count) -> Evidence:
    return Evidence(
        weigh=lambda states: -count.epsilon * np.abs(count.value - count.of(states)),
        why=f"{count.name} {count.value}",
    )


def _shown(
    question: ScoreQuestion, counts: Sequence[_Count], sizes: Sequence[tuple[int, float]]
) -> Iterator[Evidence]:
    """As ``rules`` shows them. What is not a figure tells that its count was within bounds, which
    depend on how many answered: one of ``sizes``, each so likely."""
    for count in counts:
        if count.shown == "figure":
            yield _noisily(count)
    measured = [one for one in counts if not one.name.endswith(" answered")]
    hidden = [one for one in measured if one.shown != "figure"]
    if not hidden:
        return
    figures = [one for one in measured if one.shown == "figure"]

    def weigh(states: Array) -> Array:
        held = [one.of(states) for one in hidden]
        chance = np.zeros(len(states))
        for n, weight in sizes:
            if _together(question, measured):
                told = [one.value for one in figures]
                chance += weight * _all(hidden, held, told, n, _of_each(question))
            else:
                each = [_alone(one, x, n) for one, x in zip(hidden, held, strict=True)]
                chance += weight * np.prod(each, axis=0)
        return np.asarray(np.log(np.maximum(chance, 1e-300)))

    yield Evidence(
        weigh=weigh,
        why=", ".join(f"{one.name} {one.shown} of {sizes[0][0]}" for one in hidden),
    )


def _together(question: ScoreQuestion, measured: Sequence[_Count]) -> bool:
    if isinstance(question, SeveralChoice):
        return question.at_least is not None and question.at_least == question.at_most
    return isinstance(question, SingleChoice | Date | Number) and len(measured) > 1


def _of_each(question: ScoreQuestion) -> int:
    return (question.at_least or 1) if isinstance(question, SeveralChoice) else 1


def _all(
    hidden: Sequence[_Count], held: Sequence[Array], figures: Sequence[int], n: int, each: int
) -> Array:
    """The chance that these are hidden. One may be so for the others' sake: these are one alone, or
    the figures would have told what they have together."""
    first = [_first(one, x, n, each) for one, x in zip(hidden, held, strict=True)]
    chance = np.asarray(np.prod(first, axis=0))
    most, few = _edges(n)
    edge = min((min(value, n - value) for value in figures), default=n)
    for at, one in enumerate(hidden):
        if one.shown != "dash" or len(hidden) == 1:
            continue
        before = np.prod([x for other, x in enumerate(first) if other != at], axis=0)
        for value in range(few + 1, most):
            rest = each * n - sum(figures) - value
            mixed = margin(n) <= rest <= (len(hidden) - 1) * n - margin(n)
            if min(value, n - value) <= edge and (len(hidden) == 2 or (each > 1 and not mixed)):
                chance = chance + before * _exactly_so(value - held[at], one.epsilon)
    return chance


def _first(count: _Count, x: Array, n: int, each: int) -> Array:
    """The chance that it is hidden for its own sake."""
    most, few = _edges(n)
    over = tail(most - x, count.epsilon)
    if count.shown == "most":
        return over
    return between(-np.inf, min(few, most - 1), x, count.epsilon) + (over if each > 1 else 0)


def _alone(count: _Count, x: Array, n: int) -> Array:
    most, few = _edges(n)
    if count.shown == "most":
        return tail(most - x, count.epsilon)
    if count.shown == "few":
        return between(-np.inf, min(few, most - 1), x, count.epsilon)
    return between(few + 1, most - 1, x, count.epsilon)  # what was left was not mixed


def _edges(n: int) -> tuple[int, int]:
    """From which count on a side is "most", and up to which it is "few"."""
    edge = margin(n)
    return floor(n - edge) + 1, ceil(edge) - 1


def epsilon_of(noisy: Noisy) -> float:
    """Of a count's noise, from its variance."""
    return acosh(1 + 1 / noisy.variance) if noisy.variance else EXACT


def tail(x: Array, epsilon: float) -> Array:
    """P(X >= x) of discrete Laplace noise."""
    q = exp(-epsilon)
    high = np.exp(-epsilon * np.maximum(x, 1)) / (1 + q)
    low = 1 - np.exp(-epsilon * (1 - np.minimum(x, 0))) / (1 + q)
    return np.where(x >= 1, high, low)


def _exactly_so(x: Array, epsilon: float) -> Array:
    """P(X = x)."""
    q = exp(-epsilon)
    return (1 - q) / (1 + q) * np.exp(-epsilon * np.abs(x))


def between(low: float, high: float, x: Array, epsilon: float) -> Array:
    """P(low <= x + X <= high)."""
    if high < low:
        return np.zeros_like(x)
    over = tail(high + 1 - x, epsilon)
    return (1.0 if np.isinf(low) else tail(low - x, epsilon)) - over


def believed(
    parts: Sequence[Part],
    shown: Sequence[Evidence],
    claims: Sequence[Sequence[int]],
    chance: random.Random,
) -> Attempt:
    """The surest claim about somebody of the first part, not known before: that they gave one of
    some types of answers."""
    states, log_prior = _states(parts)
    weight = log_prior.copy()
    for one in shown:
        weight += one.weigh(states)
    posterior = np.exp(weight - weight.max())
    posterior /= posterior.sum()
    first = parts[0]
    types, unknown = len(first.types), sum(first.said)
    after = posterior @ states[:, :types] / unknown
    before = np.array(first.alpha) / sum(first.alpha)
    open_ = [claim for claim in claims if before[list(claim)].sum() <= KNOWN]
    if not open_:
        return NOTHING
    best = max(open_, key=lambda claim: float(after[list(claim)].sum()))
    target = chance.choices(range(types), weights=first.said)[0]
    return Attempt(
        sure=float(after[list(best)].sum()),
        right=target in best,
        why=f"{unknown} unknown, all {best}? {'; '.join(one.why for one in shown)}",
    )


def _states(parts: Sequence[Part]) -> tuple[Array, Array]:
    """Every way in which those not known may have answered, and its log-prior."""
    states, log_prior = np.zeros((1, 0)), np.zeros(1)
    for part in parts:
        own = ways(sum(part.said), len(part.types))
        alpha = np.array(part.alpha)
        weight = (gammaln(own + alpha) - gammaln(own + 1)).sum(axis=1)
        states = np.hstack([np.repeat(states, len(own), axis=0), np.tile(own, (len(states), 1))])
        log_prior = np.repeat(log_prior, len(own)) + np.tile(weight, len(log_prior))
    return states, log_prior


@cache
def ways(n: int, types: int) -> Array:
    """All divisions of ``n`` into so many types."""
    if types == 1:
        return np.array([[float(n)]])
    return np.vstack(
        [
            np.hstack([np.full((len(r), 1), float(i)), r])
            for i in range(n + 1)
            for r in (ways(n - i, types - 1),)
        ]
    )
