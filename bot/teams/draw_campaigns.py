"""Campaigns as cards: what became of an announcement, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from bot import campaign_words as say
from bot import links, urgent_words
from bot.conversation import Reader
from bot.teams.cards import Drawn, Element, card, execute, heading, labelled, line, link
from bot.words import Words
from core.commands import Command
from governance.announcements import Missed, steps
from governance.commands import RecallAnnouncement, ResendAnnouncement, ShowProgress
from governance.messages import Progress, RecallForm, ResendForm
from surveys.words import Text


def progress(words: Words, message: Progress, reader: Reader) -> Drawn:
    """How it stands; its buttons look again and do what can be done."""
    announcement, tally = message.announcement, message.tally
    title = words.text(announcement.change.title)
    said = words.say(
        "{sent} of {people} sent.",
        sent=words.number(tally.sent),
        people=words.count("{n} person", "{n} people", tally.people),
    )
    said = urgent_words.waiting(words, announcement) or said
    body = [heading(title), line(said, strong=True)]
    body += [labelled(f"{label}:", words.number(n)) for label, n in say.counts(words, tally)]
    body += [line(one) for one in say.notes(words, message)]
    actions = [execute(words.say("Look again"), ShowProgress(announcement_id=announcement.id))]
    actions += [
        execute(say.step_label(words, message, step), say.step_command(message, step))
        for step in steps(announcement, tally)
    ]
    if reader.web_url:
        page = links.campaign(reader.web_url, announcement.id)
        actions.append(link(words.say("See it person by person"), page))
    return card(body, actions, summary=f"{title}: {said}", locale=words.locale)


def resend_form(words: Words, message: ResendForm) -> Drawn:
    announcement = message.announcement_id
    return again_form(
        words,
        message.title,
        message.missed,
        Again(
            only=ResendAnnouncement(announcement_id=announcement),
            everyone=ResendAnnouncement(announcement_id=announcement, unknown=True),
            back=ShowProgress(announcement_id=announcement),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Again:
    """What the buttons of a form to send something again ask for."""

    only: Command
    everyone: Command
    back: Command


def again_form(words: Words, title: Text, missed: Missed, again: Again) -> Drawn:
    """How many of each, and a button for each way to send it again."""
    said, named = say.resend_sentence(words, missed), words.text(title)
    body = [heading(named), line(said, strong=True)]
    body += [line(one, gap="Small") for one in say.missed(words, missed)]
    actions: list[Element] = []
    if missed.ready:
        label = words.count("Send it to {n} person", "Send it to {n} people", missed.ready)
        actions.append(execute(label, again.only, primary=True))
    if missed.unknown:
        body.append(line(say.maybe_twice(words, missed)))
        label = words.count(
            "Send it to {n} person, perhaps twice",
            "Send it to {n} people, some perhaps twice",
            missed.ready + missed.unknown,
        )
        actions.append(execute(label, again.everyone))
    actions.append(execute(words.say("Not now"), again.back))
    return card(body, actions, summary=f"{named}: {said}", locale=words.locale)


def recall_form(words: Words, message: RecallForm) -> Drawn:
    """Asked once more: it cannot be undone."""
    said = words.say("Take “{title}” back?", title=words.text(message.title))
    body = [heading(said), *(line(one) for one in say.recall_lines(words, message))]
    announcement = message.announcement_id
    actions = [
        execute(words.say("Take it back"), RecallAnnouncement(announcement_id=announcement)),
        execute(words.say("Leave it"), ShowProgress(announcement_id=announcement)),
    ]
    return card(body, actions, summary=said, locale=words.locale)
