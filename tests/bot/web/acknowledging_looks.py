"""The pages about acknowledging the IT rules in each of their states."""

from __future__ import annotations

from bot.web.render_card import at as do
from governance.acknowledgements.commands import ShowAcknowledgement, ShowAcknowledgements
from governance.announcements.commands import ShowAnnouncement
from governance.duties.commands import ShowOwed
from governance.duties.messages import OwedView
from governance.forms.commands import Open
from governance.lessons.commands import ShowLessons, ShowQuestion, WriteLesson
from governance.read_reminders.commands import ShowUnread
from tests.bot.samples.acknowledgement import ACKNOWLEDGEMENT_MESSAGES as SAID
from tests.bot.samples.acknowledgement import GIVEN
from tests.bot.samples.lesson import LESSON
from tests.bot.samples.lesson import LESSON_MESSAGES as TAUGHT
from tests.bot.web.looking import page

_MINE, _FIGURES = f"/acknowledgements/{GIVEN.id}", "/acknowledgements"

ACKNOWLEDGING = (
    page(_MINE),
    page(_MINE, locale="es"),
    page(_MINE, (ShowAcknowledgement, SAID["acknowledge_moved_on"])),
    page(_MINE, (ShowAcknowledgement, SAID["acknowledged"])),
    page(_FIGURES),
    page(_FIGURES, locale="es"),
    page(_FIGURES, (ShowAcknowledgements, SAID["acknowledgement_never"])),
    page("/lessons"),
    page("/lessons", locale="es"),
    page("/lessons", (ShowLessons, TAUGHT["lessons"])),
    page(f"/announcements/{LESSON}/acknowledged", (ShowUnread, TAUGHT["confirmed"])),
    page(f"/announcements/{LESSON}", (ShowAnnouncement, TAUGHT["lesson"])),
    page(f"/announcements/{LESSON}", (ShowAnnouncement, TAUGHT["lesson_done"])),
    page(do(Open(of=WriteLesson()))),
    page(do(ShowQuestion(announcement_id=LESSON)), (ShowQuestion, TAUGHT["question_wrong"])),
    page("/owed"),
    page("/owed", locale="es"),
    page("/owed", (ShowOwed, OwedView(building="", rows=()))),
)
