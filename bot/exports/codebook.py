"""What the columns and the words of an export mean: for who opens the file in five years."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.exports.records import WITHHELD
from bot.words import Words
from surveys.encoding import survey_to_json, text_to_data
from surveys.exporting import Exported
from surveys.survey import COMMENTS_FROM, SCORES_FROM


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
        "rules": list(rules(words)),
        "withheld": WITHHELD,
        "columns": dict(columns(words)),
        "survey": json.loads(survey_to_json(survey)),
    }


def rules(words: Words) -> tuple[str, ...]:
    """By which rules numbers are held back, in sentences."""
    say = words.say
    return (
        say("Scores show only for groups of {k} or more people.", k=SCORES_FROM),
        say("Comments show only where {k} or more people wrote one.", k=COMMENTS_FROM),
        say("Of all comments, recognised names and numbers were taken out."),
        say("A group is also held back where it could be worked out from others."),
        say("In groups, a share that would say what nearly everybody said is shown as a bound."),
        say(
            "“{withheld}” may mean small, blank or held back: they look alike on purpose.",
            withheld=WITHHELD,
        ),
        say("People chose whether to answer, so this is not a random sample."),
    )


def columns(words: Words) -> Mapping[str, str]:
    """What each column holds."""
    say = words.say
    return {
        "table": say("the planned table that the number is from"),
        "group": say("whose answers these are, in words; the next columns say it in keys"),
        "question": say("the question’s key, and then its words"),
        "answer": say("the answer’s key, and then its words"),
        "measure": say("what the value is: a share from 0 to 1, a mean, a median, points, a count"),
        "value": say("the number; empty where no exact one is shown"),
        "low": say("the lower end of its 95% interval, and then the upper end"),
        "people": say("how many people chose this"),
        "n": say("of how many answers"),
        "shown": say("what is shown in place of an exact number"),
    }
