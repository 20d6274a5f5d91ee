"""Messages as mails: what arrives in a mailbox may be read over a shoulder, is forwarded and is
kept for years. So a mail says what a survey or an announcement says, and of everything that
somebody told us only that there is news, with the way to the page."""

from __future__ import annotations

from typing import assert_never

from bot.cards import card_of
from bot.charts.beside_words import answered_words
from bot.mail.drawn import Drawn as Drawn
from bot.mail.render import rendered
from bot.native import Native
from core.words import Words
from governance import links, wording
from governance.languages import survey_note
from governance.messages import (
    Done,
    Help,
    Message,
    SignInLink,
)
from governance.redaction.messages import TakenOutForm
from governance.waves.my_surveys import MySurveys
from governance.waves.promise_wording import promised, protection_title
from surveys.messages import (
    Invitation,
    QuestionPage,
    Results,
    WhatYouSaid,
)


def draw(message: Message, words: Words, web_url: str) -> Drawn:
    """A message as a mail to one reader."""
    if not isinstance(message, Native):
        card = card_of(message, words)
        waiting = card.form is not None and card.kept and card.page is None
        return waits(words, web_url) if waiting else rendered(card, words, web_url)
    match message:
        case Invitation():
            return _invitation(message, words, web_url)
        case Results():
            return _results(message, words, web_url)
        case (
            QuestionPage()
            | WhatYouSaid()
            | MySurveys()
            | TakenOutForm()
            | Help()
            | SignInLink()
            | Done()
        ):
            return waits(words, web_url)
        case _:
            assert_never(message)


def signin_letter(words: Words, url: str, minutes: int) -> Drawn:
    """The link that somebody asked for on the sign-in page."""
    say = words.say
    return Drawn(
        subject=say("Your link to sign in"),
        heading=say("Your link to sign in"),
        parts=(
            (
                "",
                words.count(
                    "This link works once, for {n} minute.",
                    "This link works once, for {n} minutes.",
                    minutes,
                ),
            ),
            ("", say("It signs you in, so don’t share it.")),
        ),
        press=say("Sign in"),
        url=url,
        note=say(
            "If you did not ask for it, ignore this email. Nobody can sign in without the link."
        ),
    )


def _invitation(message: Invitation, words: Words, web_url: str) -> Drawn:
    say, title = words.say, words.text(message.title)
    asks = say("{who} asks.", who=words.text(message.asked_by))
    return Drawn(
        subject=say("Reminder: {title}", title=title) if message.reminder else title,
        heading=title,
        parts=(
            ("", f"{asks} {words.text(message.purpose)}"),
            (
                "",
                wording.effort(words, message.question_count, message.minutes)
                + " "
                + say("Open until {when}.", when=words.when(message.closes_at)),
            ),
            *_foreign(survey_note(words, message)),
        ),
        press=say("Answer"),
        url=links.survey(web_url, message.wave_id),
        note=(
            f"{promised(words, message.promise)} {protection_title(words)}: "
            f"{links.protection(web_url, message.wave_id)}"
        ),
    )


def _foreign(told: str) -> tuple[tuple[str, str], ...]:
    """A line about the language, where there is something to say."""
    return (("", told),) if told else ()


def _results(message: Results, words: Words, web_url: str) -> Drawn:
    say, results = words.say, message.results
    title = say("Results: {title}", title=words.text(results.title))
    return Drawn(
        subject=title,
        heading=title,
        parts=(("", answered_words(results, words)),),
        press=say("See all results"),
        url=links.results(web_url, results.wave_id),
    )


def waits(words: Words, web_url: str) -> Drawn:
    """Messages that answer somebody at once are never mailed; if one were, it would say no more
    than this."""
    title = words.say("Something is waiting for you")
    return Drawn(
        subject=title,
        heading=title,
        parts=(),
        press=words.say("Open Sounding Board"),
        url=links.inbox(web_url),
    )
