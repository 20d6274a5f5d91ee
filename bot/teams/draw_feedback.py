"""Feedback as cards: the form, the receipt, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot import links
from bot.conversation import Reader
from bot.teams.cards import (
    FIELD,
    Drawn,
    Element,
    card,
    choice_set,
    execute,
    heading,
    labelled,
    line,
    link,
    misfit,
    text_input,
)
from bot.wording import conversing_words
from bot.words import Words
from governance.commands import (
    GiveFeedback,
)
from governance.feedback.handlers import LONGEST
from governance.feedback.model import Naming
from governance.messages import (
    FeedbackForm,
)
from surveys.questions import Unfit

LONGEST_SHOWN = 4000
"""Characters of a message shown in a brief: the card stays under what Teams takes."""


def reason(words: Words, unfit: Mapping[str, Unfit], key: str) -> list[Element]:
    """Why an input does not fit, to stand above it."""
    why = unfit.get(key)
    return [misfit(words.unfit(why))] if why else []


def contact_lines(words: Words, contacts: Mapping[str, str]) -> list[Element]:
    return [labelled(f"{who}:", how) for who, how in words.contacts(contacts)]


def feedback_form(words: Words, form: FeedbackForm, command: GiveFeedback, reader: Reader) -> Drawn:
    """``command`` names the item that pressing the button will give."""
    known = form.anonymous_door and reader.web_url
    door = links.anonymous(reader.web_url, form.anonymous_door) if known else ""
    title = words.say("Tell us something")
    body = [
        heading(title),
        line(words.say("What works, what does not, what you wish for: in your own words.")),
        line(words.leave_names_out()),
        *reason(words, form.unfit, "text"),
        text_input(
            f"{FIELD}text",
            words.say("Your message"),
            value=form.text,
            required=True,
            longest=LONGEST,
            error=words.say("Please write something."),
        ),
        *reason(words, form.unfit, "naming"),
        choice_set(
            f"{FIELD}naming",
            words.say("Your name"),
            [
                (Naming.WITHHELD.value, words.say("Keep my name from the committee")),
                (Naming.NAMED.value, words.say("Show my name to the committee")),
            ],
            value=form.naming.value,
            required=True,
            error=words.say("Please choose one."),
        ),
        line(words.withheld_name(), quiet=True),
        line(conversing_words.named(words), quiet=True),
        *([line(conversing_words.anonymous_way(words), quiet=True)] if door else []),
        line(words.not_monitored(), quiet=True),
        *contact_lines(words, form.contacts),
    ]
    send = execute(words.say("Send"), command, primary=True, inputs=True)
    instead = [link(conversing_words.anonymous_link(words), door)] if door else []
    return card(body, [send, *instead], summary=title, locale=words.locale)
