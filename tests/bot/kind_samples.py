"""Pages with every kind of question, as the example district asks them: answered before, and
handed in with mistakes. The three platforms' samples have them, and so has mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from bot.files.survey_yaml import load_survey
from surveys.fitting_pages import fit_page
from surveys.messages import QuestionPage
from surveys.questions import Answer, RawAnswer
from surveys.survey import Survey

FILE = Path(__file__).parents[2] / "examples/district/surveys/learning-platform.yaml"
WAVE = UUID("0b0f5e52-6c1e-4a51-9d55-0a4b8f1f7a77")
CLOSES = datetime(2026, 12, 2, 23, 0, tzinfo=UTC)


def platform_survey() -> Survey:
    """The example district's survey of ten questions."""
    found = load_survey(FILE)
    assert isinstance(found, Survey), found
    return found


_GIVEN: dict[str, Answer] = {
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
            comments=survey.has_comments,
            given={q.key: _GIVEN[q.key] for q in page.counted if given and q.key in _GIVEN},
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
