"""A survey's asking as cards: how it goes, and asking those again whom it did not reach."""

from __future__ import annotations

from bot import asking_words as say
from bot import links
from bot.conversation import Reader
from bot.teams.cards import Drawn, card, execute, heading, labelled, line, link
from bot.teams.draw_campaigns import Again, again_form
from bot.words import Words
from governance.asking import steps_of_asking
from governance.commands import AskAgain, ShowAsking
from governance.messages import AskAgainForm, WaveProgress


def wave_progress(words: Words, message: WaveProgress, reader: Reader) -> Drawn:
    """How it goes; its buttons look again and do what can be done."""
    title, said = words.text(message.wave.survey.title), say.sentence(words, message)
    body = [heading(title), line(said, strong=True)]
    body += [labelled(f"{label}:", words.number(n)) for label, n in say.counts(words, message)]
    body += [line(one) for one in say.notes(words, message)]
    actions = [execute(words.say("Look again"), ShowAsking(wave_id=message.wave.id))]
    actions += [
        execute(say.step_label(words, step), say.step_command(message, step))
        for step in steps_of_asking(message)
    ]
    if reader.web_url:
        page = links.asking(reader.web_url, message.wave.id)
        actions.append(link(words.say("Follow along, on the web"), page))
    return card(body, actions, summary=f"{title}: {said}", locale=words.locale)


def ask_again_form(words: Words, message: AskAgainForm) -> Drawn:
    wave = message.wave_id
    again = Again(
        only=AskAgain(wave_id=wave),
        everyone=AskAgain(wave_id=wave, unknown=True),
        back=ShowAsking(wave_id=wave),
    )
    return again_form(words, message.title, message.missed, again)
