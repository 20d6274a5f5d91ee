"""Assessments, controls, reports and targets in chat: a title and a link to the page.

No chat shows a score, and no chat keeps the form of a target or what was set.
"""

from __future__ import annotations

from dataclasses import replace

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


def _link(words: Words, title: str, path: str) -> Card:
    page = Page(label=words.say("Open it on the web"), path=path)
    return Card(title=title, secrecy=Secrecy.ANYWHERE, page=page)


def assessment(words: Words, message: AssessmentView) -> Card:
    path = addresses.assessment(message.assessment.id)
    return _link(words, words.say("Assessment of security practices"), path)


def control(words: Words, message: ControlView) -> Card:
    number = message.control.control.number
    title = words.say("Assessment: {number}", number=numbered(message.framework, number))
    return _link(words, title, addresses.control(message.assessment.id, number))


def report(words: Words, message: PracticesReport) -> Card:
    path = addresses.report(message.assessment.id)
    return _link(words, words.say("Security practices report"), path)


def target_form(words: Words, message: TargetForm) -> Card:
    """No chat keeps it: a score is typed here."""
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
            *lines(
                [words.say("It replaces any earlier target and applies to later assessments too.")]
            ),
        ),
        form=Form(
            fields=(
                TextField(
                    key="score",
                    label=words.say("Target score"),
                    value=message.score,
                    longest=LONGEST_SCORE,
                    hint=words.say("From 1 to 5 with at most one decimal, such as 3.5."),
                    why=why(words, unfit, "score"),
                    rows=1,
                ),
                DayField(
                    key="by",
                    label=words.say("Target date"),
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
    """No chat keeps it: it says what was set."""
    told = []
    if message.score is not None and message.by is not None:
        told.append(
            words.say(
                "Saved: {score} by {day}.",
                score=score(words, message.score),
                day=day(words, message.by),
            )
        )
    one, control = message.assessment_id, message.control
    path = addresses.control(one, control) if control else addresses.assessment(one)
    return replace(
        _link(words, words.say("The target was changed"), path),
        parts=lines(told, secrecy=Secrecy.SIGNED_IN),
        kept=False,
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
