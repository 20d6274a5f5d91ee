"""What somebody answered, and the surveys that they were asked, as every platform draws them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from core.paging import Paging
from core.text import Text, text
from governance.messages import Message
from governance.waves.my_surveys import MySurvey, MySurveys
from surveys.messages import AnswersDeleted, StillKnown, WhatYouSaid
from surveys.survey import Participation
from tests.bot.samples.kind import CLOSES, GIVEN, WAVE, platform_survey
from tests.bot.samples.pairs import PAIRS

HOSTILE = "<!channel> **b** {x} [l](https://evil.example) <b>&amp;"
SURVEY = platform_survey()

SAID = WhatYouSaid(
    wave_id=WAVE,
    title=SURVEY.title,
    closes_at=CLOSES,
    became=Participation.ANSWERED,
    known=StillKnown.OPEN,
    questions=(*SURVEY.questions, PAIRS),
    answers={
        **GIVEN,
        "hard": f"Uploading. {HOSTILE}\nAnd finding it again.",
        "first": ("wifi>repairs", "signin=time"),
    },
)
PARTIAL = replace(
    SAID,
    became=Participation.PARTIAL,
    questions=SURVEY.pages[0].questions,
    answers={"how-often": 4, "most-for.other": "Films"},
)


def _mine(
    place: int, title: Text, became: Participation | None, **more: bool | datetime
) -> MySurvey:
    return MySurvey(
        wave_id=UUID(int=(7 << 96) + place),
        title=title,
        closes_at=CLOSES - timedelta(days=place),
        became=became,
        **{"open": True, **more},  # type: ignore[arg-type]
    )


MINE = MySurveys(
    surveys=(
        _mine(1, text("Wi-Fi pulse", es="Pulso del Wi-Fi"), Participation.ASKED),
        _mine(2, Text(default=f"Devices {HOSTILE}"), Participation.PARTIAL),
        _mine(3, SURVEY.title, Participation.ANSWERED),
        _mine(4, text("Printers"), Participation.DECLINED),
        _mine(5, text("Sign-in"), Participation.ANSWERED, open=False),
        _mine(6, text("Help desk"), Participation.ANSWERED, open=False, held=True),
        _mine(
            7,
            text("Projectors"),
            Participation.ASKED,
            open=False,
            heard_at=datetime(2026, 11, 30, 15, tzinfo=UTC),
        ),
        _mine(8, text("Headsets"), None, open=False, tables=True),
    ),
    building="Prairie Creek Elementary",
    paging=Paging(size=20, matching=21),
)

SAID_MESSAGES: dict[str, Message] = {
    "what_you_said": SAID,
    "what_you_said_partial": PARTIAL,
    "what_you_said_nothing": replace(SAID, became=Participation.DECLINED, answers={}),
    "what_you_said_held": replace(SAID, known=StillKnown.HELD),
    "what_you_said_closing": replace(PARTIAL, known=StillKnown.CLOSING),
    "answers_deleted": AnswersDeleted(wave_id=WAVE, title=SURVEY.title, closed_at=CLOSES),
    "my_surveys": MINE,
    "my_surveys_none": MySurveys(surveys=()),
}
