"""Lessons in YAML, each a text with a question; and the question of an announcement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.files.audience_yaml import read_audience
from bot.files.fields import Entry, open_entry, unique
from bot.files.problems import Problem, in_order
from bot.files.writing import text_data
from bot.files.yaml_source import Source
from core.people import Audience
from core.text import Text
from governance.announcements.asked import LIMITS
from governance.lessons.model import (
    FEWEST_CHOICES,
    LONGEST_CHOICE,
    LONGEST_EXPLANATION,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    MOST_CHOICES,
    Question,
)


@dataclass(frozen=True, kw_only=True)
class LessonDraft:
    """A lesson as its file has it. Its date is chosen when it is sent."""

    key: str
    title: Text
    text: Text
    question: Question
    audience: Audience


def load_lessons(path: Path, *, locale: str = "en") -> Sequence[LessonDraft] | list[Problem]:
    """All lessons of a file. ``locale`` is the language of texts that name none."""
    source = Source(file=path.name, locale=locale)
    entry = open_entry(path, source, "the file")
    if entry is None:
        return in_order(source.problems)
    entry.only("lessons")
    entries = entry.entries("lessons", "lesson", required=True)
    found = [_lesson(one) for one in entries]
    unique(entries, [one.key for one in found], "lesson")
    return in_order(source.problems) or tuple(found)


def _lesson(entry: Entry) -> LessonDraft:
    entry.only("key", "title", "text", "question", "audience")
    return LessonDraft(
        key=entry.key(),
        title=entry.text("title", longest=LIMITS["title"]),
        text=entry.text("text", longest=LONGEST_TEXT),
        question=read_question(entry, required=True) or _NONE,
        audience=read_audience(entry),
    )


_NONE = Question(text=Text(default=""), choices=(), right=0, explanation=Text(default=""))


def read_question(entry: Entry, *, required: bool = False) -> Question | None:
    """Its text, its choices, the number of the right one, and why it is right."""
    asked = entry.entry("question", required=required)
    if asked is None:
        return None
    asked.only("text", "choices", "right", "because")
    choices = tuple(
        asked.text_of(node, "choices", LONGEST_CHOICE)
        for node in asked.items("choices", required=True)
    )
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        message = f'"choices" of {asked.what} has {len(choices)} items.'
        asked.wrong("choices", message, f"Give {FEWEST_CHOICES} to {MOST_CHOICES}.")
    right = asked.whole("right", least=1, most=max(len(choices), 1))
    if right is None and "right" not in asked.fields:
        asked.wrong(
            "right", f'{asked.what} has no "right".', "Write the number of the right choice."
        )
    return Question(
        text=asked.text("text", longest=LONGEST_QUESTION),
        choices=choices,
        right=(right or 1) - 1,
        explanation=asked.text("because", longest=LONGEST_EXPLANATION),
    )


def question_data(question: Question, locale: str) -> dict[str, Any]:
    """What reads back as the same question."""
    return {
        "text": text_data(question.text, locale),
        "choices": [text_data(one, locale) for one in question.choices],
        "right": question.right + 1,
        "because": text_data(question.explanation, locale),
    }
