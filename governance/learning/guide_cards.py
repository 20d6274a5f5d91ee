"""Guides: one with "I did this", and what asks to do it by a date."""

from __future__ import annotations

from dataclasses import replace

from core.cards import (
    Card,
    Confirm,
    Facts,
    Look,
    Page,
    Press,
    Prose,
    Secrecy,
    Style,
)
from core.words import Words
from governance import links
from governance.card_parts import Drawings, Notes, lines, link
from governance.forms.commands import Open
from governance.learning.commands import DoGuide, RetireGuide, UndoGuide, WriteGuide
from governance.learning.messages import GuideAsked, GuideView


def guide(words: Words, message: GuideView) -> Card:
    found = message.guide
    pairs: list[tuple[str, Prose]] = []
    if found.text:
        pairs.append((words.say("What to do"), words.written(found.text)))
    if message.change:
        pairs.append((words.say("For the change"), words.written(message.change)))
    counts = words.count("{n} person did this.", "{n} people did this.", message.did)
    return Card(
        title=words.written(found.title),
        secrecy=Secrecy.ANYWHERE,
        parts=(
            *lines(_guide_stands(words, message), Look.STRONG),
            Facts(pairs=tuple(pairs), secrecy=Secrecy.ANYWHERE),
            *link(words.say("Open the guide"), found.link, Secrecy.ANYWHERE),
            *lines([counts] if message.runs else [], Look.QUIET, Secrecy.SIGNED_IN),
        ),
        presses=_guide_presses(words, message),
        more=_guide_runs(words, message),
        page=Page(label=words.say("Open it on the web"), path=links.guide("", found.id)),
        up=Page(label=words.say("Training"), path=links.learning("")),
    )


def asked(words: Words, message: GuideAsked) -> Card:
    card = guide(words, message.view)
    if not message.reminder:
        return card
    return replace(card, title=words.prose("Reminder: {title}", title=card.title))


def _guide_stands(words: Words, message: GuideView) -> list[str]:
    if message.guide.retired:
        return [words.say("This guide is no longer offered.")]
    if message.done_at:
        return [words.say("You did this on {day}.", day=words.day(message.done_at))]
    if message.due:
        return [words.say("Please do this by {day}.", day=words.day(message.due))]
    return []


def _guide_presses(words: Words, message: GuideView) -> tuple[Press, ...]:
    which = message.guide.id
    if message.guide.retired:
        return ()
    if message.done_at:
        return (Press(label=words.say("Undo"), command=UndoGuide(guide_id=which)),)
    did = DoGuide(guide_id=which)
    return (Press(label=words.say("I did this"), command=did, style=Style.PRIMARY),)


def _guide_runs(words: Words, message: GuideView) -> tuple[Press, ...]:
    if message.guide.retired or not message.runs:
        return ()
    which = message.guide.id
    return (
        Press(label=words.say("Edit the guide"), command=Open(of=WriteGuide(guide_id=which))),
        Press(
            label=words.say("Stop offering it"),
            command=RetireGuide(guide_id=which),
            style=Style.DANGER,
            confirm=Confirm(
                title=words.say("Stop offering this guide?"),
                text=words.say("No one gets reminders about it anymore. The count stays."),
                yes=words.say("Stop offering it"),
                no=words.say("Not now"),
            ),
        ),
    )


CARDS: Drawings = {GuideView: guide, GuideAsked: asked}

NOTES: Notes = {
    DoGuide: lambda words, *_: words.say("Thank you. You can undo this."),
    UndoGuide: lambda words, *_: words.say("Undone."),
    WriteGuide: lambda words, *_: words.say("Saved."),
    RetireGuide: lambda words, *_: words.say("This guide is no longer offered."),
}
