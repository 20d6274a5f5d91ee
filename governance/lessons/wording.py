"""The question about an announcement, as its readers and its writers see it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.cards import ChoiceField, Facts, Form, Page, Part, Press, Secrecy, Style
from core.words import Words
from governance import links
from governance.lessons.commands import AnswerQuestion, ShowQuestion
from governance.lessons.model import Question


def question_form(
    words: Words, announcement_id: UUID, asked: Question, *, choice: str = "", why: str = ""
) -> Form:
    """To be answered. The command that hands it in carries no choice: it is typed."""
    return Form(
        fields=(
            ChoiceField(
                key="choice",
                label=words.text(asked.text),
                choices=tuple(
                    (str(n), words.text(one)) for n, one in enumerate(asked.choices, start=1)
                ),
                chosen=(choice,) if choice else (),
                hint=words.say("Answers are counted without names."),
                why=why,
            ),
        ),
        submit=Press(
            label=words.say("Answer"), command=AnswerQuestion(announcement_id=announcement_id)
        ),
        opens=answer(words, announcement_id),
        leave=Page(label=words.say("Not now"), path=links.announcement("", announcement_id)),
        missed=words.say("Try again"),
    )


def answer(words: Words, announcement_id: UUID) -> Press:
    """The button that shows the question."""
    return Press(
        label=words.say("Answer the question"),
        command=ShowQuestion(announcement_id=announcement_id),
        style=Style.PRIMARY,
    )


def due_line(words: Words, due: date | None) -> str:
    return words.say("To be confirmed by {day}.", day=words.day(due)) if due else ""


def question_parts(
    words: Words, asked: Question | None, *, solved: bool = True
) -> tuple[Part, ...]:
    """The question with its answer, for whoever approves it. Not ``solved``: as people get it, in a
    preview and in a test."""
    if asked is None:
        return ()
    choices = "\n".join(
        words.say("{choice} (right)", choice=words.text(one))
        if solved and place == asked.right
        else words.text(one)
        for place, one in enumerate(asked.choices)
    )
    pairs = (
        (words.say("Question"), words.written(asked.text)),
        (words.say("Choices"), choices),
        *(((words.say("Why is it right?"), words.written(asked.explanation)),) if solved else ()),
    )
    return (Facts(pairs=pairs, secrecy=Secrecy.ANYWHERE),)
