"""The sentence before the first question: who sees what, from how many people on, and until when
an operator could link somebody to an answer. Generated from the survey's plan, so that it cannot
say anything else than what the gate does (docs/confidentiality.md)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.words import Words
from surveys.promise import Promise
from surveys.survey import COMMENTS_FROM, SCORES_FROM, Dimension


def promised(words: Words, promise: Promise) -> str:
    """All of it, in a reader's language."""
    parts = [_shown(words, promise), *_comments(words, promise), _published(words)]
    return " ".join([*parts, _linked(words, promise)])


def group_words(words: Words, by: Iterable[Dimension]) -> str:
    """What one table shows: "each level", "each role at each level"."""
    district, role, level, building = frozenset[Dimension](), *map(_only, Dimension)
    said = {
        district: words.say("the whole district"),
        role: words.say("each role"),
        level: words.say("each level"),
        building: words.say("each building"),
        role | level: words.say("each role at each level"),
        role | building: words.say("each role in each building"),
        level | building: words.say("each building, by level"),
        role | level | building: words.say("each role in each building, by level"),
    }
    return said[frozenset(by)]


def _only(dimension: Dimension) -> frozenset[Dimension]:
    return frozenset({dimension})


def _shown(words: Words, promise: Promise) -> str:
    groups = words.all_of([group_words(words, by) for by in promise.groups])
    if promise.committees:
        return words.say(
            "Confidential: the CTO's office and members of {committees} see results for {groups}, "
            "and never for fewer than {k} people.",
            committees=words.all_of([f"“{name}”" for name in promise.committees]),
            groups=groups,
            k=SCORES_FROM,
        )
    return words.say(
        "Confidential: the CTO's office sees results for {groups}, and never for fewer than {k} "
        "people.",
        groups=groups,
        k=SCORES_FROM,
    )


def _comments(words: Words, promise: Promise) -> list[str]:
    if not promise.comments:
        return []
    return [
        words.say(
            "Comments show for the whole district only, where {k} or more people wrote one.",
            k=COMMENTS_FROM,
        )
    ]


def _published(words: Words) -> str:
    """The CTO's office may publish them with what was heard (governance/concluding.py)."""
    return words.say("Everybody may be told figures of the whole district.")


def _linked(words: Words, promise: Promise) -> str:
    if promise.held:
        return words.say(
            "A records hold is on this survey: until it is lifted, an operator who broke the "
            "rules could link you to your answers; after that the records cannot."
        )
    return words.say(
        "Until the survey closes, an operator who broke the rules could link you to your "
        "answers; after that the records cannot."
    )
