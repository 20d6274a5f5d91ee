"""Assessments, their controls, reports and targets in a chat: a title, and the way to the page.

None of them holds a score. The form of a target, and what was set, are kept by no chat.
"""

from __future__ import annotations

from core.cards import Card, DayField, Form, Page, Press, Secrecy, TextField
from core.words import Words
from governance.card_parts import Drawings, Notes, lines, why
from governance.controls import addresses
from governance.controls.figure_commands import RemoveTarget, SetTarget, ShowTargetForm
from governance.controls.figure_wording import day, framework, numbered, score
from governance.controls.targets import LONGEST_SCORE
from governance.controls.views import (
    AssessmentView,
    ControlView,
    PracticesReport,
    TargetChanged,
    TargetForm,
)


def _page(words: Words, path: str) -> Page:
    return Page(label=words.say("Open it on the web"), path=path)


def assessment(words: Words, message: AssessmentView) -> Card:
    path = addresses.assessment(message.assessment.id)
    title = words.say("Assessment of security practices")
    return Card(title=title, secrecy=Secrecy.ANYWHERE, page=_page(words, path))


def control(words: Words, message: ControlView) -> Card:
    number = message.control.control.number
    path = addresses.control(message.assessment.id, number)
    title = words.say("Assessment: {number}", number=numbered(message.framework, number))
    return Card(title=title, secrecy=Secrecy.ANYWHERE, page=_page(words, path))


def report(words: Words, message: PracticesReport) -> Card:
    return Card(
        title=words.say("Report of security practices"),
        secrecy=Secrecy.ANYWHERE,
        page=_page(words, addresses.report(message.assessment.id)),
    )


def target_form(words: Words, message: TargetForm) -> Card:
    """A score is typed here."""
    one, unfit, title = message.assessment_id, message.unfit, words.say("Set a target")
    number = message.control.number if message.control else ""
    path = addresses.control(one, number) if number else addresses.assessment(one)
    of = (
        f"{numbered(message.framework, number)} {words.text(message.control.name)}"
        if message.control
        else framework(words, message.framework)
    )
    return Card(
        title=title,
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines([of]),
            *lines([words.say("It replaces an earlier target, and also counts for later years.")]),
        ),
        form=Form(
            fields=(
                TextField(
                    key="score",
                    label=words.say("Score to reach"),
                    value=message.score,
                    longest=LONGEST_SCORE,
                    hint=words.say("From 1 to 5, such as 3.5."),
                    why=why(words, unfit, "score"),
                    rows=1,
                ),
                DayField(
                    key="by",
                    label=words.say("By when"),
                    value=message.by,
                    why=why(words, unfit, "by"),
                ),
            ),
            submit=Press(
                label=words.say("Save"), command=SetTarget(assessment_id=one, control=number)
            ),
            opens=Press(label=title, command=ShowTargetForm(assessment_id=one, control=number)),
            leave=Page(label=words.say("Not now"), path=path),
        ),
        up=Page(label=words.say("Back"), path=path),
        kept=False,
    )


def changed(words: Words, message: TargetChanged) -> Card:
    """A chat is not told what was set."""
    told = []
    if message.score is not None and message.by is not None:
        told.append(
            words.say(
                "Saved: {score} by {day}.",
                score=score(words, message.score),
                day=day(words, message.by),
            )
        )
    return Card(
        title=words.say("The target was changed"),
        secrecy=Secrecy.ANYWHERE,
        parts=lines(told, secrecy=Secrecy.SIGNED_IN),
        kept=False,
        page=_page(words, addresses.assessment(message.assessment_id)),
    )


CARDS: Drawings = {
    AssessmentView: assessment,
    ControlView: control,
    PracticesReport: report,
    TargetForm: target_form,
    TargetChanged: changed,
}

NOTES: Notes = {
    SetTarget: lambda words, *_: words.say("The target was saved."),
    RemoveTarget: lambda words, *_: words.say("The target was removed."),
}
