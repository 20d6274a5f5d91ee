"""What of a survey will not fit into Teams, told to its author before anybody is asked."""

from __future__ import annotations

from typing import assert_never

from bot.teams.asking import question_inputs
from bot.teams.cards import LARGEST, size
from core.words import LANGUAGES, Words
from surveys.asking.counted import all_counted
from surveys.questions import (
    Choice,
    Date,
    FreeText,
    Matrix,
    Number,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Page, Survey

MOST_CHOICES = 60
"""A list longer than this cannot be used on a phone, and the card grows too large."""

MOST_ON_PAGE = 15
LONGEST_FRAME = 5 * 1024
"""Bytes of a card beside its inputs: title, confidentiality, buttons, and what does not fit yet."""

LONGEST_TYPED = 20_000
"""Characters that can be typed on one page: a card that shows them again stays under 28 KB."""


def objections(words: Words, survey: Survey) -> list[str]:
    """Sentences for the author; empty where everything fits."""
    found: list[str] = []
    for number, page in enumerate(survey.pages, start=1):
        found += _page(words, page, number)
    for question in survey.questions:
        found += _question(words, question)
    return found


def _page(words: Words, page: Page, number: int) -> list[str]:
    found: list[str] = []
    if len(page.questions) > MOST_ON_PAGE:
        found.append(
            words.say(
                "Teams: page {page} has {n} questions; {most} fit into one card. Split the page.",
                page=number,
                n=len(page.questions),
                most=MOST_ON_PAGE,
            )
        )
    pairs = sum(q.pairs for q in page.questions if isinstance(q, Pairwise))
    if pairs > MOST_ON_PAGE:
        found.append(
            words.say(
                "Teams: page {page} has {n} pairs; {most} fit into one card. Split the page, or "
                "ask fewer pairs.",
                page=number,
                n=pairs,
                most=MOST_ON_PAGE,
            )
        )
    if not found and _bytes(page) > LARGEST - LONGEST_FRAME:
        found.append(
            words.say(
                "Teams: page {page} is too large for one card. Split the page, or shorten its "
                "choices and statements.",
                page=number,
            )
        )
    typed = sum(q.longest for q in all_counted(page.questions) if isinstance(q, FreeText))
    if typed > LONGEST_TYPED:
        found.append(
            words.say(
                "Teams: on page {page} people can write {n} characters; {most} fit into one card. "
                "Split the page or lower a question's longest answer.",
                page=number,
                n=typed,
                most=LONGEST_TYPED,
            )
        )
    return found


def _bytes(page: Page) -> int:
    """How large the page's inputs are, in the language in which they are largest."""
    return max(
        size([one for q in page.questions for one in question_inputs(Words(locale), q, {}, {})])
        for locale in ("en", *LANGUAGES)
    )


def _question(words: Words, question: Question) -> list[str]:
    match question:
        case SingleChoice() | Ranking() | Pairwise():
            return _choices(words, question.key, question.choices)
        case SeveralChoice():
            return [
                *_choices(words, question.key, question.choices),
                *_commas(words, question.key, question.choices),
            ]
        case Scale() | Matrix() | Number() | Date() | FreeText():
            return []
    assert_never(question)


def _choices(words: Words, key: str, choices: tuple[Choice, ...]) -> list[str]:
    if len(choices) <= MOST_CHOICES:
        return []
    return [
        words.say(
            "Teams: question {key} has {n} choices; at most {most} fit into one card.",
            key=key,
            n=len(choices),
            most=MOST_CHOICES,
        )
    ]


def _commas(words: Words, key: str, choices: tuple[Choice, ...]) -> list[str]:
    return [
        words.say(
            "Teams: question {key} has a choice with a comma in its key ({choice}); Teams joins "
            "several choices with commas. Rename the key.",
            key=key,
            choice=choice.key,
        )
        for choice in choices
        if "," in choice.key
    ]
