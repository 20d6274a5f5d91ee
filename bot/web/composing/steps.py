"""The steps of an announcement: what is asked on each, and where what does not fit belongs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from bot.web import stepping
from core.tiles import Step as Shown
from core.words import LANGUAGES, Words
from governance.announcements.asked import LIMITS, TRANSLATED
from governance.lessons.commands import QUESTION
from governance.lists.model import NAMED


class Step(StrEnum):
    """As an address names it."""

    WHO = "who"
    WHAT = "what"
    QUESTION = "question"
    CHECK = "check"


ID = "announcement_id"
CHOSEN = ("levels", "roles", *NAMED)
"""The inputs of an audience."""
_TAGS = ("en", *LANGUAGES)
TEXTS = (*LIMITS, *(f"{name}.{tag}" for name in TRANSLATED for tag in _TAGS))
SEEN = tuple(f"seen.{name}" for name in TEXTS)
"""Digests of the texts that were kept when the form was opened."""

INPUTS = {
    Step.WHO: (*CHOSEN, "joiners_until"),
    Step.WHAT: (*TEXTS, "confirm", "due"),
    Step.QUESTION: QUESTION,
    Step.CHECK: (),
}
"""What is typed and chosen on each step; the other steps carry it along."""

CARRIED = (ID, *SEEN, *(name for step in Step for name in INPUTS[step]))

_WHO = frozenset({"audience", *INPUTS[Step.WHO]})


def of_trouble(key: str) -> Step:
    """The step on which something that does not fit is put right."""
    if key in _WHO:
        return Step.WHO
    return Step.QUESTION if key in QUESTION else Step.WHAT


def first_of(troubles: Iterable[str]) -> Step:
    """The first step on which something has to be put right."""
    wrong = {of_trouble(key) for key in troubles} or {Step.WHAT}
    return stepping.first_of((Step.WHO, Step.WHAT, Step.QUESTION), wrong)


def shown(words: Words, now: Step, *, asks: bool) -> list[Shown]:
    """The steps as the top of the page lists them. ``asks``: people answer a question."""
    labels = {
        Step.WHO: words.say("Who gets it"),
        Step.WHAT: words.say("What it says"),
        Step.QUESTION: words.say("What they are asked"),
        Step.CHECK: words.say("When, and check"),
    }
    if not asks and now is not Step.QUESTION:
        del labels[Step.QUESTION]
    return stepping.shown(labels, now)
