"""Assessments, controls, reports and targets in chat: a title and a link to the page.

No chat shows a score, and no chat keeps the form of a target or what was set.
"""

from __future__ import annotations

from dataclasses import replace

from core.cards import Card, Page, Secrecy
from core.words import Words
from governance.card_parts import Drawings, Notes, lines
from governance.controls import addresses
from governance.controls.figure_commands import RemoveTarget, SetTarget
from governance.controls.figure_wording import day, numbered, score
from governance.controls.views import (
    AssessmentView,
    ControlView,
    PracticesReport,
    TargetChanged,
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
    TargetChanged: changed,
}

NOTES: Notes = {
    SetTarget: lambda words, *_: words.say("The target was saved."),
    RemoveTarget: lambda words, *_: words.say("The target was removed."),
}
