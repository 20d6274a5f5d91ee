"""Campaigns in Slack: what became of an announcement, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import campaign_words as say
from bot import links, urgent_words
from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    bullets,
    button,
    confirm,
    header,
    link,
    note,
    paragraph,
)
from bot.slack.drawn import Drawn
from core.commands import Command
from governance.announcements import Missed, Step, steps
from governance.commands import RecallAnnouncement, ResendAnnouncement, ShowProgress
from governance.messages import Progress, RecallForm, ResendForm
from surveys.words import Text


def progress(message: Progress, pen: Pen) -> Drawn:
    """How it stands; its buttons look again and do what can be done."""
    announcement, tally = message.announcement, message.tally
    title = pen.text(announcement.change.title)
    said = pen.say(
        "“{title}”: {sent} of {people} sent, {read} have read it.",
        title=title,
        sent=pen.words.number(tally.sent),
        people=pen.words.number(tally.people),
        read=pen.words.number(tally.acknowledged),
    )
    said = urgent_words.waiting(pen.words, announcement) or said
    counted = [f"{label}: {pen.words.number(n)}" for label, n in say.counts(pen.words, tally)]
    blocks = [header(title), paragraph(bold(said))]
    blocks.append(paragraph("\n".join(counted or [pen.say("Nothing has gone out yet.")])))
    blocks += [note(line) for line in say.notes(pen.words, message)]
    again = button(pen.say("Look again"), encode(ShowProgress(announcement_id=announcement.id)))
    url = links.campaign(pen.web_url, announcement.id)
    blocks += [
        paragraph(link(url, pen.say("Person by person, on the web"))),
        actions(again, *(_step(message, step, pen) for step in steps(announcement, tally))),
    ]
    return Drawn(text=said, blocks=blocks)


def _step(message: Progress, step: Step, pen: Pen) -> Element:
    label = say.step_label(pen.words, message, step)
    style = "danger" if step is Step.STOP else ""
    return button(label, encode(say.step_command(message, step)), style=style)


def resend_form(message: ResendForm, pen: Pen) -> Drawn:
    announcement = message.announcement_id
    return again_form(
        message.title,
        message.missed,
        Again(
            only=ResendAnnouncement(announcement_id=announcement),
            everyone=ResendAnnouncement(announcement_id=announcement, unknown=True),
            back=ShowProgress(announcement_id=announcement),
        ),
        pen,
    )


@dataclass(frozen=True, kw_only=True)
class Again:
    """What the buttons of a form to send something again ask for."""

    only: Command
    everyone: Command
    back: Command


def again_form(title: Text, missed: Missed, again: Again, pen: Pen) -> Drawn:
    """How many of each, and a button for each way to send it again."""
    said, named = say.resend_sentence(pen.words, missed), pen.text(title)
    blocks = [header(named), paragraph(bold(said))]
    lines = say.missed(pen.words, missed)
    blocks += [bullets(lines)] if lines else []
    if missed.unknown:
        blocks.append(note(say.maybe_twice(pen.words, missed)))
    return Drawn(text=f"{named}: {said}", blocks=[*blocks, _again_buttons(missed, again, pen)])


def _again_buttons(missed: Missed, again: Again, pen: Pen) -> Block:
    buttons = []
    if missed.ready:
        label = pen.words.count("Send it to {n} person", "Send it to {n} people", missed.ready)
        buttons.append(button(label, encode(again.only), style="primary"))
    if missed.unknown:
        label = pen.words.count(
            "Send it to {n} person, perhaps twice",
            "Send it to {n} people, some perhaps twice",
            missed.ready + missed.unknown,
        )
        ask = confirm(
            pen.say("Send it, perhaps twice?"),
            say.maybe_twice(pen.words, missed),
            pen.say("Send it"),
            pen.say("Not now"),
        )
        buttons.append(button(label, encode(again.everyone), ask=ask))
    return actions(*buttons, button(pen.say("Not now"), encode(again.back)))


def recall_form(message: RecallForm, pen: Pen) -> Drawn:
    """Asked once more: it cannot be undone."""
    title = pen.text(message.title)
    said = pen.say("Take “{title}” back?", title=title)
    recall = encode(RecallAnnouncement(announcement_id=message.announcement_id))
    back = encode(ShowProgress(announcement_id=message.announcement_id))
    return Drawn(
        text=said,
        blocks=[
            header(said),
            *(paragraph(line) for line in say.recall_lines(pen.words, message)),
            actions(
                button(pen.say("Take it back"), recall, style="danger"),
                button(pen.say("Leave it"), back),
            ),
        ],
    )
