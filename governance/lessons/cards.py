"""Lessons: the list, the question with its choices, and the forms to write them."""

from __future__ import annotations

from core.cards import (
    Card,
    Entries,
    Look,
    Page,
    Part,
    Press,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, change, lines, why
from governance.forms.commands import Open
from governance.lessons.commands import (
    AnswerQuestion,
    WriteLesson,
    WriteQuestion,
)
from governance.lessons.messages import LessonsView, QuestionForm
from governance.lessons.model import (
    LessonLine,
    MyLesson,
)
from governance.lessons.wording import question_form
from governance.messages import AnnouncementDrafted, Notice


def question(words: Words, message: QuestionForm) -> Card:
    return Card(
        title=words.written(message.change.title),
        secrecy=Secrecy.ANYWHERE,
        parts=change(words, message.change),
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
                command=Open(of=WriteLesson()),
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


CARDS: Drawings = {
    QuestionForm: question,
    LessonsView: lessons,
}


def _right(words: Words, _: AnswerQuestion, message: Notice) -> str:
    return words.say("That’s right.") if message.acknowledged_at else ""


def _saved(words: Words, _: WriteQuestion, __: AnnouncementDrafted) -> str:
    return words.say("Saved. Nothing is sent yet.")


NOTES: Notes = {AnswerQuestion: _right, WriteQuestion: _saved, WriteLesson: _saved}
