"""Messages about lessons, questions, and what is to be confirmed by a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from core.people import Role
from core.text import Text
from governance.announcements.model import Change
from governance.duties.model import Count
from governance.lessons import forms
from governance.lessons.commands import WriteLesson, WriteQuestion
from governance.lessons.messages import LessonsView, QuestionForm
from governance.lessons.model import LessonLine, MyLesson, Question
from governance.messages import Message, Notice
from governance.read_reminders.messages import Acknowledged, ReadReminder
from surveys.questions import Unfit
from tests.bot.samples.forms import form

AT = datetime(2026, 11, 30, 15, tzinfo=UTC)
DUE = date(2026, 12, 11)
LESSON, OTHER, DRAFT = (UUID(f"00000000-0000-4000-8000-0000000000a{n}") for n in (1, 2, 3))
TITLE = Text(default="Spot a phishing mail <b>", translations={"es": "Reconozca un correo falso"})
NONE = Text(default="")
QUESTION = Question(
    text=Text(default="What do you do with such a mail?"),
    choices=(
        Text(default="Click the link & look"),
        Text(default="Report it to the help desk"),
        Text(default="Forward it to everybody"),
    ),
    right=1,
    explanation=Text(default="The help desk can warn others."),
)
TO_DO = Notice(
    announcement_id=LESSON,
    change=Change(
        title=TITLE,
        what=Text(default="A mail asks you to sign in at once.\nLook at the address first."),
        why=NONE,
        when=NONE,
        who=NONE,
        action=NONE,
    ),
    sender="Anders Holmquist",
    acknowledge=True,
    due=DUE,
    question=QUESTION,
    lesson=True,
)
COUNTS = Acknowledged(
    announcement_id=LESSON,
    title=TITLE,
    due=DUE,
    buildings=(
        Count(group="Maple <Elementary>", asked=40, done=38, late=2),
        Count(group="Westside High", asked=120, done=64),
    ),
    roles=(
        Count(group=Role.OFFICE, asked=20, done=20),
        Count(group=Role.TEACHER, asked=140, done=82, late=2),
    ),
    question=QUESTION,
    shares=(15, 75, 10),
    office=True,
    lesson=True,
)
MINE = (
    MyLesson(announcement_id=LESSON, title=TITLE, due=DUE, done_at=None),
    MyLesson(announcement_id=OTHER, title=Text(default="Passwords"), due=DUE, done_at=AT),
)
WRITTEN = WriteLesson(
    announcement_id=DRAFT,
    title="Spot a phishing mail",
    text="Look at the address first.",
    question="What do you do with such a mail?",
    choice_1="Click the link",
    choice_2="Report it",
    right="2",
    explanation="The help desk can warn others.",
    due=DUE,
)

LESSON_MESSAGES: dict[str, Message] = {
    "lesson": TO_DO,
    "lesson_done": replace(TO_DO, acknowledged_at=AT),
    "lesson_late": replace(TO_DO, acknowledged_at=AT, late=True),
    "notice_by_a_date": replace(TO_DO, question=None, lesson=False),
    "notice_question": replace(TO_DO, due=None, lesson=False),
    "question": QuestionForm(announcement_id=LESSON, change=TO_DO.change, question=QUESTION),
    "question_wrong": QuestionForm(
        announcement_id=LESSON,
        change=TO_DO.change,
        question=QUESTION,
        choice="1",
        unfit={
            "choice": Unfit(
                why="That is not right. {explanation} Choose another answer.",
                values={"explanation": "The help desk can warn others."},
            )
        },
    ),
    "question_draft": form(WriteQuestion(announcement_id=DRAFT), forms.question(DRAFT, None)),
    "lesson_form": form(WRITTEN, forms.lesson(None, {})),
    "lesson_form_unfit": form(
        replace(WRITTEN, title="", due=None),
        forms.lesson(None, {}),
        unfit={"title": Unfit(why="Fill in this field.")},
    ),
    "lessons": LessonsView(mine=MINE),
    "lessons_none": LessonsView(mine=()),
    "lessons_iso": LessonsView(
        mine=MINE[1:],
        lines=(
            LessonLine(
                announcement_id=DRAFT,
                title=Text(default="MFA"),
                sent=False,
                draft=True,
                lesson=True,
                due=None,
            ),
            LessonLine(
                announcement_id=LESSON,
                title=TITLE,
                sent=True,
                draft=False,
                lesson=True,
                due=DUE,
                asked=160,
                done=102,
                right=75,
            ),
        ),
        writes=True,
        responsible=True,
    ),
    "lessons_building": LessonsView(
        mine=(),
        lines=(
            LessonLine(
                announcement_id=LESSON,
                title=TITLE,
                sent=True,
                draft=False,
                lesson=True,
                due=DUE,
                asked=40,
                done=38,
            ),
        ),
        building="Maple Elementary",
        responsible=True,
    ),
    "confirmed": COUNTS,
    "confirmed_few": replace(COUNTS, shares=None),
    "confirmed_building": replace(
        COUNTS,
        building="Maple Elementary",
        buildings=COUNTS.buildings[:1],
        question=None,
        office=False,
    ),
    "reminder_by_a_date": ReadReminder(
        announcement_id=LESSON, title=TITLE, sender="Anders Holmquist", sent_at=AT, due=DUE
    ),
    "reminder_lesson": ReadReminder(
        announcement_id=LESSON,
        title=TITLE,
        sender="Anders Holmquist",
        sent_at=AT,
        due=DUE,
        question=QUESTION,
    ),
}
