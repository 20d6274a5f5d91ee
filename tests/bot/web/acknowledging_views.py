"""What the pages about acknowledging the IT rules show."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.people import Role
from core.text import Text
from governance.acknowledgements.commands import (
    AcknowledgeRules,
    AskAcknowledgements,
    ShowAcknowledgement,
    ShowAcknowledgements,
)
from governance.duties.commands import ShowOwed
from governance.duties.messages import OwedView
from governance.duties.model import Owed
from governance.lessons.commands import ShowLessons, ShowQuestion, WriteLesson
from tests.bot.samples.acknowledgement import ACKNOWLEDGEMENT_MESSAGES as SAID
from tests.bot.samples.acknowledgement import FIGURES, GIVEN
from tests.bot.samples.lesson import LESSON_MESSAGES

OWED = OwedView(
    building="Maple Elementary",
    rows=tuple(
        Owed(
            person=UUID(int=number),
            name=name,
            role=Role.TEACHER,
            building="Maple Elementary",
            kind="rule-ack",
            subject=GIVEN.id,
            due=date(2026, 11, 4),
            what=Text(default="IT rules, 2026-27", translations={"es": "Normas de TI, 2026-27"}),
        )
        for number, name in enumerate(("Ann <b>Lee</b>", "Bo Díaz"))
    ),
)
ANSWERS = {
    ShowAcknowledgement: SAID["acknowledge"],
    AcknowledgeRules: SAID["acknowledged"],
    ShowAcknowledgements: FIGURES,
    AskAcknowledgements: FIGURES,
    ShowOwed: OWED,
    ShowLessons: LESSON_MESSAGES["lessons_iso"],
    ShowQuestion: LESSON_MESSAGES["question"],
}
OPENS = {WriteLesson: LESSON_MESSAGES["lesson_form"]}
"""What opens the form of a command."""
