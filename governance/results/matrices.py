"""A question's results told together as it was asked: the statements of a matrix side by side.

They are counted, and released, one by one; only their drawing knows that they belong together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from core.text import Text
from surveys.asking.counted import asked_key
from surveys.results.model import CommentsResult, QuestionResult, ShareResult, Withheld
from surveys.survey import COMMENTS_FROM


@dataclass(frozen=True, kw_only=True)
class MatrixResult:
    """The statements of a matrix of which anything may be told, the highest mean first; one whose
    mean is not told comes after those. ``withheld``: the others."""

    question: str
    prompt: Text
    statements: tuple[ShareResult, ...]
    withheld: tuple[Withheld, ...] = ()

    @property
    def fewest(self) -> int:
        """Answers to the statement that has fewest."""
        return min(one.n for one in self.statements)

    @property
    def most(self) -> int:
        return max(one.n for one in self.statements)


Told = QuestionResult | MatrixResult


def together(results: Iterable[QuestionResult]) -> tuple[Told, ...]:
    """Results in the order of the questions as they were asked. A matrix of which nothing may be
    told is one thing that is withheld."""
    told: list[Told] = []
    for key, group in groupby(results, key=_asked_as):
        found = list(group)
        told += [_matrix(key, found)] if _is_matrix(found[0]) else map(_named, found)
    return tuple(told)


def joined(one: Text, other: Text, between: str = ": ") -> Text:
    """Two texts as one, in every language that either has."""
    locales = {*one.translations, *other.translations}
    return Text(
        default=f"{one.default}{between}{other.default}",
        translations={
            locale: f"{one.in_locale(locale)}{between}{other.in_locale(locale)}"
            for locale in sorted(locales)
        },
        language=one.language,
    )


def _asked_as(result: QuestionResult) -> str:
    return asked_key(result.question) if _is_matrix(result) else result.question


def _is_matrix(result: QuestionResult) -> bool:
    """A statement. Withheld, words to "something else" are told from it by how many they take."""
    match result:
        case ShareResult(asked_in=Text()):
            return True
        case Withheld(asked_in=Text(), least=least):
            return least != COMMENTS_FROM
        case _:
            return False


def _matrix(key: str, found: list[QuestionResult]) -> MatrixResult | Withheld:
    shown = [one for one in found if isinstance(one, ShareResult)]
    withheld = [one for one in found if isinstance(one, Withheld)]
    first = found[0]
    prompt = first.prompt
    if isinstance(first, ShareResult | Withheld) and first.asked_in:
        prompt = first.asked_in
    if not shown:
        return replace(withheld[0], question=key, prompt=prompt, asked_in=None)
    by_mean = sorted(shown, key=lambda one: -1.0 if one.mean is None else one.mean, reverse=True)
    return MatrixResult(
        question=key, prompt=prompt, statements=tuple(by_mean), withheld=tuple(withheld)
    )


def _named(result: QuestionResult) -> QuestionResult:
    """Words to "something else" under the name of what was asked, too."""
    match result:
        case CommentsResult(asked_in=Text() as asked) | Withheld(asked_in=Text() as asked):
            return replace(result, prompt=joined(asked, result.prompt, " – "))
        case _:
            return result
