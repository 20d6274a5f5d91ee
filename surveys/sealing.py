"""Sealing: responses generalised and their comments cut loose, before the originals go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from surveys.dates import period_of
from surveys.ports import OpenResponse, SealedResponse
from surveys.questions import Answer, CountedQuestion, Date, FreeText, Pairwise
from surveys.survey import Survey

Group = tuple[str | None, str | None, str | None]
"""Role, level and building as they are stored; None is withheld."""

NOTHING: Group = (None, None, None)

_COARSER: tuple[Callable[[Group], Group], ...] = (
    lambda group: group,
    lambda group: (group[0], group[1], None),
    lambda group: (None, group[1], None),
    lambda _: NOTHING,
)
"""From exact to nothing: the building says most about who somebody is, the level least."""


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


def generalise(responses: Sequence[OpenResponse], k: int) -> list[SealedResponse]:
    """Withhold as little of role, level and building as leaves at least ``k`` respondents in every
    stored combination (k-anonymity by local recoding; Sweeney 2002).

    Fewer than ``k`` respondents in all cannot be stored in any combination: then nothing is, and
    nothing could ever be shown of them anyway.
    """
    if len(responses) < k:
        return []
    original: list[Group] = [(r.role, r.level, r.building) for r in responses]
    stored: list[Group | None] = [None] * len(responses)
    for coarser in _COARSER:
        open_places = [i for i, group in enumerate(stored) if group is None]
        held = Counter(coarser(original[i]) for i in open_places)
        for i in open_places:
            if held[coarser(original[i])] >= k:
                stored[i] = coarser(original[i])
    return [
        SealedResponse(answers=response.answers, role=role, level=level, building=building)
        for response, (role, level, building) in zip(responses, _filled(stored, k), strict=True)
    ]


def _filled(stored: Sequence[Group | None], k: int) -> list[Group]:
    """Those who fit nowhere are stored with nothing said; smallest groups join until k are."""
    filled = [NOTHING if group is None else group for group in stored]
    held = Counter(filled)
    while 0 < held[NOTHING] < k:
        smallest = min((g for g in held if g != NOTHING), key=lambda g: (held[g], str(g)))
        held[NOTHING] += held.pop(smallest)
        filled = [NOTHING if group == smallest else group for group in filled]
    return filled
