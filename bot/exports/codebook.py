"""What the columns and the words of an export mean: for whoever opens the file in five years."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.charts.beside_words import least, reading
from bot.charts.theme_words import told_themes
from bot.exports.records import NOT_SHOWN
from core.words import Words
from surveys.encoding import survey_to_json, text_to_data
from surveys.results.exporting import Exported
from surveys.results.model import WaveResults
from surveys.survey import COMMENTS_FROM


def codebook(exported: Exported, words: Words) -> dict[str, Any]:
    """The survey as it was fixed at launch, in all its languages; what was planned to be
    released, what was held back by which rules, of how many people and when."""
    survey, results = exported.survey, exported.results
    return {
        "title": text_to_data(survey.title),
        "wave": str(exported.wave_id),
        "opened": exported.opens_at.isoformat(),
        "closes": exported.closes_at.isoformat(),
        "final": results.final,
        "as_of": results.as_of.isoformat(),
        "asked": results.asked,
        "answered": results.answered,
        "tables": [list(table.plan.by) or ["district"] for table in results.tables],
        "rules": list(rules(results, words)),
        "not_shown": NOT_SHOWN,
        "columns": dict(columns(words)),
        "survey": json.loads(survey_to_json(survey)),
    }


def rules(results: WaveResults, words: Words) -> tuple[str, ...]:
    """By which rules numbers are shown, in sentences."""
    say = words.say
    return (
        *reading(results, words),
        say("Results show only for groups of about {k} or more answers.", k=least(results)),
        say("Comments show only where {k} or more people wrote one.", k=COMMENTS_FROM),
        *_of_themes(results, words),
        say("Recognized names and numbers were taken out of all comments."),
        say(
            "In groups, a share is shown as a number only if enough people are on each side of it."
        ),
        say("People chose whether to answer, so this is not a random sample."),
    )


def _of_themes(results: WaveResults, words: Words) -> tuple[str, ...]:
    told = told_themes(results.themes, words).note if results.themes else ""
    return (told,) if told else ()


def columns(words: Words) -> Mapping[str, str]:
    """What each column holds."""
    say = words.say
    return {
        "table": say("the planned table that the number is from"),
        "group": say(
            "which group these answers are from, in words; the next columns have the keys"
        ),
        "question": say("the question’s key, and then its words"),
        "answer": say("the answer’s key, and then its words"),
        "measure": say(
            "what the value is: a share from 0 to 1, a mean, points, a count, and so on"
        ),
        "value": say("the number; empty where none is shown"),
        "low": say("the lower end of its 95% interval, and then the upper end"),
        "about_n": say("about how many answers it is based on"),
        "shown": say("what is shown in place of a number"),
    }
