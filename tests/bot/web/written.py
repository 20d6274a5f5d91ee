"""Examples of surveys that are being written, for the pages on which they are."""

from __future__ import annotations

from datetime import timedelta

from bot.files.templates import templates
from bot.web.authoring import body
from bot.web.authoring.kinds import kinds
from core.words import Words
from governance.authoring.model import Draft, DraftState, SurveyVersion
from governance.views import DraftView, EditLine, ReadyLine, SurveysView, WaveLines
from tests.bot.web import examples
from tests.journeys.town import example

_EVERY_KIND = next(one for one in example().surveys if one.key == "learning-platform")
_WIDE = next(one.survey for one in templates() if one.key == "technology-satisfaction")

KEYS = tuple(one.key for one in _EVERY_KIND.questions)
KINDS = tuple(kinds(Words()))

WHOLE = DraftView(
    draft=Draft(
        id=examples.number(40),
        body=body.dump(body.of_survey(_EVERY_KIND, "en")),
        version=2,
        edited_at=examples.NOW,
    ),
    edits=(
        EditLine(version=2, by="Dana Whitfield", at=examples.NOW),
        EditLine(version=1, by=None, at=examples.NOW - timedelta(days=2)),
    ),
    committees=(("network", "Network and Infrastructure"),),
)


def _draft(number: int, data: body.Data, state: DraftState = DraftState.WRITTEN) -> DraftView:
    draft = Draft(
        id=examples.number(number),
        body=body.dump(data),
        version=1,
        state=state,
        edited_at=examples.NOW,
    )
    return DraftView(draft=draft, edits=(EditLine(version=1, by=None, at=examples.NOW),))


BLANK = _draft(41, body.blank(None))
"""Just begun: everything is missing."""

READY = _draft(42, body.of_survey(_EVERY_KIND, "en"), DraftState.READY)

SURVEYS = SurveysView(
    drafts=(WHOLE, BLANK),
    ready=(
        ReadyLine(
            survey=examples.PULSE,
            on_web=True,
            versions=(
                SurveyVersion(
                    number=1,
                    survey=examples.PULSE,
                    launched_at=examples.NOW,
                    launched_by=None,
                ),
            ),
        ),
        ReadyLine(survey=_WIDE, on_web=False),
    ),
    waves=tuple(line.wave for line in examples.DESK.waves),
    series=examples.DESK.series,
)
COUNTS = WaveLines(lines=examples.DESK.waves)
NONE_WRITTEN = SurveysView(drafts=(), ready=())
