"""Pages with every kind of question, as the example district asks them: answered before, and
handed in with mistakes. The three platforms' samples have them, and so has mail."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from bot.files.survey_yaml import load_survey
from core.people import Audience
from surveys.asking.fitting_pages import fit_page
from surveys.messages import QuestionPage
from surveys.ports import OpenResponse
from surveys.promise import promise
from surveys.questions import (
    Answer,
    Date,
    FreeText,
    Number,
    Ranking,
    RawAnswer,
    Scale,
    SeveralChoice,
    SingleChoice,
)
from surveys.results.model import WaveResults
from surveys.results.release import final_results
from surveys.results.tabulating import atom_of
from surveys.survey import PlannedTable, Survey, Wave

FILE = Path(__file__).parents[3] / "examples/district/surveys/learning-platform.yaml"
WAVE = UUID("0b0f5e52-6c1e-4a51-9d55-0a4b8f1f7a77")
CLOSES = datetime(2026, 12, 2, 23, 0, tzinfo=UTC)


def platform_survey() -> Survey:
    """The example district's survey of ten questions."""
    found = load_survey(FILE)
    assert isinstance(found, Survey), found
    return found


GIVEN: dict[str, Answer] = {
    "how-often": 4,
    "platform.easy": 2,
    "platform.works": 5,
    "most-for": "other",
    "most-for.other": "Sharing films we made",
    "helped": ("colleague", "other"),
    "helped.other": "My daughter",
    "last-course": "2026-03-09",
    "hours": 2.5,
    "next": ("speed", "search"),
    "recommend": 0,
}
_WRONG: tuple[dict[str, RawAnswer], ...] = (
    {
        "how-often": "4",
        "platform.easy": "2",
        "platform.works": "",
        "most-for": "grades",
        "most-for.other": "and films",
    },
    {
        "helped": ("course", "colleague", "coach", "videos"),
        "helped.other": "x" * 121,
        "last-course": "2019-09-01",
        "hours": "2.5",
    },
)


def pages(*, given: bool, wrong: bool = False) -> dict[str, QuestionPage]:
    """The survey's pages by a name for each."""
    survey = platform_survey()
    shown = {}
    for place, page in enumerate(survey.pages):
        raw = _WRONG[place] if wrong and place < len(_WRONG) else {}
        shown[f"question_page_platform_{place + 1}"] = QuestionPage(
            wave_id=WAVE,
            title=survey.title,
            page=place,
            pages=len(survey.pages),
            questions=page.questions,
            closes_at=CLOSES,
            promise=promise(survey),
            given={q.key: GIVEN[q.key] for q in page.counted if given and q.key in GIVEN},
            raw=raw,
            unfit=fit_page(page, raw, {}).unfit if raw else {},
            about=survey.conditional,
        )
    return shown


def page_samples() -> dict[str, QuestionPage]:
    """Each page empty; the first two answered before, and with what does not fit."""
    given, wrong = pages(given=True), pages(given=False, wrong=True)
    two = ("question_page_platform_1", "question_page_platform_2")
    return {
        **pages(given=False),
        **{f"{name}_given": given[name] for name in two},
        **{f"{name}_wrong": wrong[name] for name in two},
    }


def platform_results() -> WaveResults:
    """What 400 people said, as it is released: made up, the same every time."""
    chance = Random(7)  # noqa: S311 - the same every time
    survey = replace(platform_survey(), tables=(PlannedTable(),))
    wave = Wave(
        id=WAVE,
        survey=survey,
        audience=Audience(),
        opens_at=CLOSES - timedelta(days=14),
        closes_at=CLOSES,
    )
    responses = [
        OpenResponse(answers=_made_up(survey, chance), role="teacher", level="high", building="b")
        for _ in range(400)
    ]
    asked = Counter({atom_of(responses[0]): 640})
    noise = Random(8).randrange  # noqa: S311 - the same every time
    return final_results(wave, responses, asked, 640, str, CLOSES, below=noise)


def _made_up(survey: Survey, chance: Random) -> dict[str, Answer]:
    lean = {"platform.easy": 4, "platform.works": 2, "platform.saves-time": 3}
    said: dict[str, Answer] = {}
    for question in survey.counted:
        match question:
            case Scale():
                most = question.highest
                middle = lean.get(question.key, 3) if most == 5 else 8
                said[question.key] = min(
                    most, max(question.lowest, round(chance.gauss(middle, 1.6)))
                )
            case SingleChoice():
                said[question.key] = chance.choice(question.choices).key
            case SeveralChoice():
                said[question.key] = (chance.choice(question.choices).key,)
            case Date():
                days = (question.maximum - question.minimum).days
                day = question.minimum + timedelta(days=round(chance.triangular(0, days, 60)))
                said[question.key] = day.isoformat()
            case Number():
                said[question.key] = float(chance.randint(0, 12))
            case Ranking():
                said[question.key] = tuple(c.key for c in question.choices[: question.top])
            case FreeText():
                pass
    return said
