"""Whom a launch reaches, in words: "It reaches 6,312 people. 688 people are skipped"."""

from __future__ import annotations

from typing import assert_never

from core.words import Words
from surveys.messages import PanelReach
from surveys.survey import SCORES_FROM
from surveys.waves.sampling import Rotation, Sample


def lines(words: Words, reach: PanelReach) -> list[str]:
    """How many are asked and how they are chosen, and how many are skipped and why."""
    return [_asked(words, reach), *beside(words, reach)]


def beside(words: Words, reach: PanelReach) -> list[str]:
    """The same without how many are asked, for where that is said already."""
    return [*_chosen(words, reach), *_spared(words, reach)]


def _asked(words: Words, reach: PanelReach) -> str:
    if reach.about and reach.people < SCORES_FROM:
        return words.say("It reaches fewer than {k} people.", k=SCORES_FROM)
    if reach.about:
        return words.count(
            "It reaches about {n} person.", "It reaches about {n} people.", reach.people
        )
    return words.count("It reaches {n} person.", "It reaches {n} people.", reach.people)


def _chosen(words: Words, reach: PanelReach) -> list[str]:
    audience = words.count("{n} person", "{n} people", reach.audience)
    match reach.part:
        case None:
            return []
        case Sample(stratified=stratified):
            said = words.say("They are chosen at random from {audience}.", audience=audience)
            each = words.say("Each role, level and building is represented by its share.")
            return [said, each] if stratified else [said]
        case Rotation(groups=groups, turn=turn):
            said = words.say(
                "They are group {turn} of {groups}, from {audience}. Each time, another group "
                "is asked, until everyone has been asked once.",
                audience=audience,
                turn=turn % groups + 1,
                groups=groups,
            )
            return [said]
        case _:
            assert_never(reach.part)


def _spared(words: Words, reach: PanelReach) -> list[str]:
    if reach.despite:
        return [words.say("Nobody is skipped, not even people who have reached the survey limit.")]
    if reach.spared == 0 or reach.limit is None:
        return []
    often = {
        "surveys": words.count("{n} survey", "{n} surveys", reach.limit.surveys),
        "days": words.count("{n} day", "{n} days", reach.limit.days),
    }
    if reach.spared is None:
        said = words.say(
            "Fewer than {k} people, or nobody, are skipped because they got {surveys} within "
            "{days}.",
            k=SCORES_FROM,
            **often,
        )
    elif reach.about:
        said = words.count(
            "About {n} person is skipped: they got {surveys} within {days}.",
            "About {n} people are skipped: they got {surveys} within {days}.",
            reach.spared,
            **often,
        )
    else:
        said = words.count(
            "{n} person is skipped: they got {surveys} within {days}.",
            "{n} people are skipped: they got {surveys} within {days}.",
            reach.spared,
            **often,
        )
    return [said, words.say("Nobody sees who is skipped.")]
