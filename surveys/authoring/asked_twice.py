"""Questions of a survey that ask the same: what they tell of one person adds up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations

from surveys.asking.counted import asked_key
from surveys.questions import CountedQuestion, FreeText, Ranking, Scale, SeveralChoice, SingleChoice
from surveys.survey import Survey

_STEM = 6
"""Letters by which two forms of a word are the same: "satisfied" and "satisfaction"."""

_SMALL = """
a an the of to in on at for with by and or is are was were be do does did have has you your our we
us it this that how what which please overall
el la los las un una de del al en con por para y o es son está están ha han su sus usted nuestro
nuestra nos se lo que qué cuál cómo tan favor
"""
"""Words that may differ while the question is the same. No negation is among them."""

_SMALL_WORDS = frozenset(_SMALL.split())


def repeated(survey: Survey) -> Iterator[tuple[CountedQuestion, CountedQuestion]]:
    """Each question that asks the same as an earlier one, with the first of these. Words that
    somebody writes are no figures, and are left in peace; so are pages for some, since each of
    them may ask other people."""
    asked = [question for question in survey.counted if not isinstance(question, FreeText)]
    words = {question.key: _words(question) for question in asked}
    seen = set[str]()
    for first, later in combinations(asked, 2):
        if later.key in seen or _for_others(survey, first, later):
            continue
        same = words[first.key] == words[later.key]
        alike = _gist(words[first.key]) == _gist(words[later.key])
        if same or (alike and _answers(first) == _answers(later)):
            seen.add(later.key)
            yield later, first


def _for_others(survey: Survey, one: CountedQuestion, other: CountedQuestion) -> bool:
    """Whether they are on two pages for some."""
    keys = {asked_key(one.key), asked_key(other.key)}
    on_one = any(keys <= {question.key for question in page.questions} for page in survey.pages)
    return survey.depends(one) and survey.depends(other) and not on_one


def _words(question: CountedQuestion) -> list[str]:
    """What is asked, without marks and capitals; of a statement, with its matrix's question."""
    over = question.asked_in.default if isinstance(question, Scale) and question.asked_in else ""
    said = unicodedata.normalize("NFKC", f"{over} {question.prompt.default}").casefold()
    return re.findall(r"\w+", said)


def _gist(words: Sequence[str]) -> set[str]:
    return {word[:_STEM] for word in words if word not in _SMALL_WORDS}


def _answers(question: CountedQuestion) -> object:
    match question:
        case SingleChoice() | SeveralChoice() | Ranking():
            return type(question), {choice.label.default.casefold() for choice in question.choices}
        case Scale():
            return Scale, question.points, question.lowest
        case _:
            return question.key  # like no other's
