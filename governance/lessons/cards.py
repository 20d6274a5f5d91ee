"""Lessons: the list, the question with its choices, and the forms to write them."""

from __future__ import annotations

from core.cards import (
    Card,
    ChoiceField,
    DayField,
    Entries,
    Field,
    Form,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Style,
    TextField,
)
from core.words import Words
from governance import links
from governance.announcements import urgent_wording as urgent_words
from governance.announcements.asked import LIMITS
from governance.announcements.commands import CheckAnnouncement
from governance.card_parts import Drawings, Notes, audience_fields, lines, why
from governance.lessons.commands import (
    AnswerQuestion,
    ShowLessonForm,
    ShowQuestionDraft,
    WriteLesson,
    WriteQuestion,
)
from governance.lessons.messages import LessonForm, LessonsView, QuestionForm, QuestionWritingForm
from governance.lessons.model import (
    FEWEST_CHOICES,
    LONGEST_CHOICE,
    LONGEST_EXPLANATION,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    MOST_CHOICES,
    LessonLine,
    MyLesson,
)
from governance.lessons.wording import question_form
from governance.messages import AnnouncementDrafted, Notice


def question(words: Words, message: QuestionForm) -> Card:
    return Card(
        title=words.written(message.title),
        secrecy=Secrecy.ANYWHERE,
        form=question_form(
            words,
            message.announcement_id,
            message.question,
            choice=message.choice,
            why=why(words, message.unfit, "choice"),
        ),
    )


# -- the list --------------------------------------------------------------------------------------


def lessons(words: Words, message: LessonsView) -> Card:
    still = [one for one in message.mine if one.done_at is None]
    done = [one for one in message.mine if one.done_at is not None]
    return Card(
        title=words.say("Lessons"),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([words.say("To do")], Look.STRONG),
            *(
                _entries(tuple(_mine(words, one) for one in still))
                or lines([words.say("You have no lesson to do.")])
            ),
            *(lines([words.say("Done")], Look.STRONG) if done else ()),
            *_entries(tuple(_mine(words, one) for one in done)),
            *_responsible(words, message),
        ),
        presses=(
            Press(
                label=words.say("Write a lesson"),
                command=ShowLessonForm(),
                style=Style.PRIMARY,
            ),
        )
        if message.writes
        else (),
        page=Page(label=words.say("Open it on the web"), path=links.lessons("")),
    )


def _entries(rows: tuple[tuple[Page, str], ...]) -> tuple[Part, ...]:
    return (Entries(rows=rows, secrecy=Secrecy.SIGNED_IN),) if rows else ()


def _mine(words: Words, one: MyLesson) -> tuple[Page, str]:
    page = Page(label=words.text(one.title), path=links.announcement("", one.announcement_id))
    if one.done_at is not None:
        return page, words.say("You did this on {day}.", day=words.day(one.done_at, year=True))
    return page, words.say("Due on {day}.", day=words.day(one.due)) if one.due else ""


def _responsible(words: Words, message: LessonsView) -> tuple[Part, ...]:
    if not message.responsible:
        return ()
    title = words.say("What staff were asked to do")
    if message.building:
        title = words.say("What staff were asked to do: {building}", building=message.building)
    rows = tuple(_line(words, one) for one in message.lines)
    return (
        *lines([title], Look.STRONG),
        *(_entries(rows) or lines([words.say("Nothing yet.")])),
    )


def _line(words: Words, one: LessonLine) -> tuple[Page, str]:
    link = links.acknowledged if one.sent else links.draft if one.draft else links.campaign
    page = Page(label=words.text(one.title), path=link("", one.announcement_id))
    if not one.sent:
        return page, words.say("Not sent yet.")
    said = [
        words.say(
            "{done} of {asked} done",
            done=words.number(one.done),
            asked=words.number(one.asked),
        )
    ]
    if one.due is not None:
        said.append(words.say("due on {day}", day=words.day(one.due)))
    if one.right is not None:
        said.append(
            words.say("right on the first try: about {share}", share=words.percent(one.right / 100))
        )
    return page, " · ".join(said)


# -- writing ---------------------------------------------------------------------------------------


def _question_fields(
    words: Words, message: QuestionWritingForm, *, optional: bool
) -> tuple[Field, ...]:
    def text(
        key: str, label: str, value: str, most: int, *, hint: str = "", may_lack: bool = False
    ) -> TextField:
        rows = 2 if most > LONGEST_CHOICE else 1
        return TextField(
            key=key,
            label=label,
            value=value,
            longest=most,
            why=why(words, message.unfit, key),
            rows=rows,
            optional=optional or may_lack,
            hint=hint,
        )

    return (
        text("question", words.say("Question"), message.question, LONGEST_QUESTION),
        *(
            text(
                f"choice_{n}",
                words.say("Choice {n}", n=words.number(n)),
                said,
                LONGEST_CHOICE,
                may_lack=n > FEWEST_CHOICES,
            )
            for n, said in enumerate(message.choices, start=1)
        ),
        ChoiceField(
            key="right",
            label=words.say("Which choice is right?"),
            choices=tuple(
                (str(n), words.say("Choice {n}", n=words.number(n)))
                for n in range(1, MOST_CHOICES + 1)
            ),
            chosen=(message.right,) if message.right else (),
            why=why(words, message.unfit, "right"),
            optional=optional,
        ),
        text(
            "explanation",
            words.say("Why is it right?"),
            message.explanation,
            LONGEST_EXPLANATION,
            hint=words.say("One sentence. People who choose another answer see it."),
        ),
    )


def question_draft(words: Words, message: QuestionWritingForm) -> Card:
    checks = CheckAnnouncement(announcement_id=message.announcement_id)
    return Card(
        title=words.say("Ask a question"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                words.say(
                    "People confirm that they read it by choosing the right answer. Answers are "
                    "counted without names."
                )
            ]
        ),
        form=Form(
            fields=_question_fields(words, message, optional=True),
            submit=Press(
                label=words.say("Save and check"),
                command=WriteQuestion(announcement_id=message.announcement_id),
            ),
            opens=Press(
                label=words.say("Ask a question"),
                command=ShowQuestionDraft(announcement_id=message.announcement_id),
            ),
            leave=Page(label=words.say("Not now"), path=links.draft("", message.announcement_id)),
            back=checks,
        ),
    )


def form(words: Words, message: LessonForm) -> Card:
    declined = urgent_words.declined(words, message.declined_why)
    return Card(
        title=words.say("Write a lesson"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(
            [
                declined,
                words.say(
                    "A lesson takes two minutes: a short text and one question. Answers are "
                    "counted without names."
                ),
                words.say("Nothing is sent yet. Next, you’ll see how it looks and who gets it."),
            ]
        ),
        form=Form(
            fields=(
                TextField(
                    key="title",
                    label=words.say("Title"),
                    value=message.title,
                    longest=LIMITS["title"],
                    why=why(words, message.unfit, "title"),
                    rows=1,
                ),
                TextField(
                    key="text",
                    label=words.say("Text"),
                    value=message.text,
                    longest=LONGEST_TEXT,
                    why=why(words, message.unfit, "text"),
                    rows=8,
                ),
                *_question_fields(words, message, optional=False),
                DayField(
                    key="due",
                    label=words.say("To be done by"),
                    value=message.due,
                    why=why(words, message.unfit, "due"),
                ),
                *audience_fields(words, message.audience, message.unfit, message.offered),
            ),
            submit=Press(
                label=words.say("Save and check"),
                command=WriteLesson(announcement_id=message.announcement_id),
            ),
            opens=Press(label=words.say("Write a lesson"), command=ShowLessonForm()),
            leave=Page(label=words.say("Not now"), path=links.lessons("")),
        ),
        up=Page(label=words.say("Lessons"), path=links.lessons("")),
    )


CARDS: Drawings = {
    QuestionForm: question,
    LessonsView: lessons,
    QuestionWritingForm: question_draft,
    LessonForm: form,
}


def _right(words: Words, _: AnswerQuestion, message: Notice) -> str:
    return words.say("That’s right.") if message.acknowledged_at else ""


def _saved(words: Words, _: WriteQuestion, __: AnnouncementDrafted) -> str:
    return words.say("Saved. Nothing is sent yet.")


NOTES: Notes = {AnswerQuestion: _right, WriteQuestion: _saved, WriteLesson: _saved}
