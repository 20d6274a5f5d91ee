"""What of a survey would not fit in Slack: told to its author, before anybody is asked."""

from __future__ import annotations

from bot.slack.blocks import MESSAGE_BLOCKS, OPTION, OPTIONS, TEXT, VIEW_BLOCKS
from core.text import Text
from core.words import Words
from surveys.questions import (
    FreeText,
    Matrix,
    Pairwise,
    Question,
    Ranking,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.survey import Page, Survey

LONGEST_KEY = 150
"""Characters of an option's value in Slack."""

LONGEST_PROMPT = 2000
LONGEST_HINT = 1900
FRAME = 6
"""Blocks of an invitation beside its questions: heading, purpose, small print, buttons."""


def objections(survey: Survey, words: Words | None = None) -> tuple[str, ...]:
    """Whole sentences, each naming the question by its key; empty when all of it fits."""
    words = words or Words()
    found: list[str] = []
    for number, page in enumerate(survey.pages, start=1):
        for question in page.questions:
            found += _question(question, words)
        blocks = _blocks(page)
        if blocks + FRAME > VIEW_BLOCKS:
            found.append(
                words.say(
                    "Page {page} has too many fields for Slack, so people would be sent to "
                    "the web. Split the page.",
                    page=number,
                )
            )
        elif survey.short and blocks + FRAME > MESSAGE_BLOCKS:
            found.append(
                words.say("This is too long for one Slack message, so it would open in a window.")
            )
    return tuple(found)


def _question(question: Question, words: Words) -> list[str]:
    key = question.key
    found: list[str] = []
    if _longest(question.prompt) > LONGEST_PROMPT:
        found.append(words.say("{key}: Slack shortens the question to 2,000 characters.", key=key))
    if question.hint and _longest(question.hint) > LONGEST_HINT:
        found.append(words.say("{key}: Slack shortens the hint to 1,900 characters.", key=key))
    match question:
        case SingleChoice() | SeveralChoice() | Ranking() | Pairwise():
            found += _choices(question, words)
        case Matrix() | Scale():
            found += _points(question, words)
        case FreeText(longest=longest) if longest > TEXT:
            found.append(
                words.say("{key}: Slack accepts at most 3,000 characters of text.", key=key)
            )
        case _:
            pass
    return found


def _choices(
    question: SingleChoice | SeveralChoice | Ranking | Pairwise, words: Words
) -> list[str]:
    key, found = question.key, []
    if any(_longest(choice.label) > OPTION for choice in question.choices):
        found.append(
            words.say(
                "{key}: a choice is longer than 75 characters. Slack shortens it in the list "
                "and shows all of it above.",
                key=key,
            )
        )
    longest_key = (LONGEST_KEY - 1) // 2 if isinstance(question, Pairwise) else LONGEST_KEY
    if any(len(choice.key) > longest_key for choice in question.choices):
        found.append(
            words.say(
                "{key}: a choice's key is longer than {n} characters.", key=key, n=longest_key
            )
        )
    if len(question.choices) > OPTIONS:
        found.append(
            words.say("{key}: more than 100 choices; Slack shows them in groups of 100.", key=key)
        )
    return found


def _points(question: Matrix | Scale, words: Words) -> list[str]:
    """Slack writes a point before its words ("5 – Strongly agree") into one option."""
    if all(_longest(label) + len("10 – ") <= OPTION for label in question.labels.values()):
        return []
    return [
        words.say("{key}: Slack shortens the words for a point to 70 characters.", key=question.key)
    ]


def _blocks(page: Page) -> int:
    return sum(_most_blocks(question) for question in page.questions)


def _most_blocks(question: Question) -> int:
    """At most: an error above each input, a list above each choice, a select for each rank and
    for each statement."""
    match question:
        case Ranking():
            return question.top + 2
        case Pairwise():
            return 2 + 2 * question.pairs
        case Matrix():
            return 2 + 2 * len(question.statements)
        case SingleChoice() | SeveralChoice() if question.other:
            return 5
        case _:
            return 3


def _longest(text: Text) -> int:
    return max(len(text.default), *(len(t) for t in text.translations.values()), 0)
