"""Figures of one question while a survey is open: of a half of its answers, drawn anew each time,
the same half for all questions: an author who asks one thing forty times would else see forty.

Whoever looks just before and just after somebody answers, or last and then at the final figures,
must not see what was said between. What a half leaves out, and whatever comes later, is the
difference to the final figures. So the half is large, and told exactly only where it is mixed.
Only what is shown decides about that: else that it is not told would tell of what it leaves out.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from random import SystemRandom
from uuid import UUID

from surveys.codes import spans_of
from surveys.coding import coded_shares
from surveys.ports import OpenResponse
from surveys.questions import Answer, SeveralChoice
from surveys.results import NumberResult, RankingResult, ShareResult
from surveys.survey import SCORES_FROM
from surveys.tabulating import ScoreQuestion, tabulate, told_by_enough
from surveys.withdrawing import variables

LIVE_FROM = 100
"""Answers to a question from which on it is told live. Whatever people say in the end, that whoever
subtracts the largest half that is told from it is more than 95% sure of those who are left is less
likely than 1 in 20,000 (hypergeometric: the half is drawn). From 50 on it was up to 1 in 196."""

MIXED = 0.65
"""The largest share of a half that is told exactly."""

LiveResult = ShareResult | RankingResult | NumberResult


def drawn(responses: Sequence[OpenResponse]) -> list[OpenResponse]:
    """The responses in an order of chance. A question is told of the first half of those who
    answered it: the same people's, where the same people answered."""
    return SystemRandom().sample(responses, len(responses))


def live_figures(
    question: ScoreQuestion, answers: Sequence[Answer], panel: int, wave_id: UUID
) -> LiveResult | None:
    """The figures of the first half of ``answers``, which are in an order of chance; None where
    they are too few, or too one-sided."""
    if len(answers) < LIVE_FROM:
        return None
    seen = answers[: len(answers) // 2]
    if not told_by_enough(question, seen, SCORES_FROM):
        return None
    return _told(question, tabulate(question, seen, panel, wave_id), _one_sided(question, seen))


def _told(
    question: ScoreQuestion, result: LiveResult, one_sided: Set[tuple[int, int]]
) -> LiveResult | None:
    """What most people say so far is coded."""
    if not one_sided:
        return result
    if not isinstance(result, ShareResult):
        return None
    several = isinstance(question, SeveralChoice)
    held = {share.key: share.count or 0 for share in result.shares}
    exactly = [key for i, key in enumerate(held) if several and not {(i, 0), (i, 1)} & one_sided]
    return coded_shares(result, spans_of(held, result.n, exactly, several or len(held) == 2))


def _one_sided(question: ScoreQuestion, answers: Sequence[Answer]) -> set[tuple[int, int]]:
    """The (variable, outcome) that most of them gave."""
    return {
        (number, outcome)
        for number, variable in enumerate(variables(question, [answers]))
        for outcome, count in enumerate(variable.held[0])
        if outcome not in variable.silent and count > MIXED * sum(variable.held[0])
    }
