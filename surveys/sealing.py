"""Sealing: responses cut apart and their comments cut loose, before the originals go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import SystemRandom

from surveys.dates import period_of
from surveys.ports import OpenResponse, SealedResponse
from surveys.questions import Answer, CountedQuestion, Date, FreeText, Pairwise
from surveys.survey import Survey

_CHANCE = SystemRandom()


def cut_comments(
    survey: Survey, responses: Sequence[OpenResponse]
) -> tuple[list[OpenResponse], list[tuple[str, str]]]:
    """Responses without their free text, and the free text as (question key, text). Of a day is
    left what is counted: its month, where days are counted by months. Of pairs nothing is left:
    which ones somebody was asked follows from who they are, and would name the response."""
    asked = {q.key: q for q in survey.counted}
    keys = [key for key, question in asked.items() if isinstance(question, FreeText)]
    gone = [key for key, question in asked.items() if isinstance(question, FreeText | Pairwise)]
    scores = [
        replace(
            r,
            answers={
                key: _as_counted(asked.get(key), a)
                for key, a in r.answers.items()
                if key not in gone
            },
        )
        for r in responses
    ]
    comments = [
        (key, str(response.answers[key]))
        for key in keys
        for response in responses
        if key in response.answers
    ]
    return scores, comments


def _as_counted(question: CountedQuestion | None, answer: Answer) -> Answer:
    return period_of(question, str(answer)) if isinstance(question, Date) else answer


def cut_apart(responses: Sequence[OpenResponse], k: int) -> list[SealedResponse]:
    """Each question's answers in an order of their own, drawn by chance, without role, level or
    building: no two answers of a row are one person's, and rows say of nobody more than the
    district's own result does.

    Fewer than ``k`` respondents, or answers to a question, are not stored: nothing could ever be
    shown of them anyway.
    """
    if len(responses) < k:
        return []
    rows: list[dict[str, Answer]] = [{} for _ in responses]
    for key in sorted({key for response in responses for key in response.answers}):
        given = [r.answers[key] for r in responses if key in r.answers]
        if len(given) >= k:
            # Drawn, not shuffled in place: who left a question out is not told either.
            for place, answer in zip(
                _CHANCE.sample(range(len(rows)), len(given)), given, strict=True
            ):
                rows[place][key] = answer
    return [SealedResponse(answers=row) for row in rows]


def kept_comments(comments: Sequence[tuple[str, str]], least: int) -> list[tuple[str, str]]:
    """The free texts (question key, text) of questions in which at least ``least`` wrote one: the
    others are never shown to anybody."""
    wrote = Counter(question for question, _ in comments)
    return [(question, said) for question, said in comments if wrote[question] >= least]
