"""A survey's asking in Slack: how it goes, and asking those again whom it did not reach."""

from __future__ import annotations

from bot import asking_words as say
from bot import links
from bot.registry import encode
from bot.slack.blocks import (
    Element,
    Pen,
    actions,
    bold,
    button,
    header,
    link,
    note,
    paragraph,
)
from bot.slack.draw_campaigns import Again, again_form
from bot.slack.drawn import Drawn
from governance.announcements import Step
from governance.asking import steps_of_asking
from governance.commands import AskAgain, ShowAsking
from governance.messages import AskAgainForm, WaveProgress


def wave_progress(message: WaveProgress, pen: Pen) -> Drawn:
    """How it goes; its buttons look again and do what can be done."""
    title, said = pen.text(message.wave.survey.title), say.sentence(pen.words, message)
    blocks = [header(title), paragraph(bold(said))]
    counted = [f"{label}: {pen.words.number(n)}" for label, n in say.counts(pen.words, message)]
    blocks += [paragraph("\n".join(counted))] if counted else []
    blocks += [note(line) for line in say.notes(pen.words, message)]
    url = links.asking(pen.web_url, message.wave.id)
    again = button(pen.say("Look again"), encode(ShowAsking(wave_id=message.wave.id)))
    blocks += [
        paragraph(link(url, pen.say("Follow along, on the web"))),
        actions(again, *(_step(message, step, pen) for step in steps_of_asking(message))),
    ]
    return Drawn(text=f"{title}: {said}", blocks=blocks)


def _step(message: WaveProgress, step: Step, pen: Pen) -> Element:
    style = "danger" if step is Step.STOP else ""
    label = say.step_label(pen.words, step)
    return button(label, encode(say.step_command(message, step)), style=style)


def ask_again_form(message: AskAgainForm, pen: Pen) -> Drawn:
    wave = message.wave_id
    again = Again(
        only=AskAgain(wave_id=wave),
        everyone=AskAgain(wave_id=wave, unknown=True),
        back=ShowAsking(wave_id=wave),
    )
    return again_form(message.title, message.missed, again, pen)
