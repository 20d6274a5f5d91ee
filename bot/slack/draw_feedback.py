"""Feedback in Slack: the form, the committee's brief, and what its author hears."""

from __future__ import annotations

from collections.abc import Mapping

from bot import links
from bot.registry import encode
from bot.slack.blocks import (
    TEXT,
    Block,
    Element,
    Pen,
    actions,
    bold,
    bullets,
    button,
    field,
    link,
    note,
    option,
    paragraph,
    typing,
)
from bot.slack.drawn import Drawn, Form
from bot.wording import conversing_words
from governance.commands import (
    GiveFeedback,
    ShowFeedbackForm,
)
from governance.feedback.model import Naming
from governance.messages import (
    FeedbackForm,
)
from surveys.questions import Unfit

_MOST_BOXES, _MOST_LISTED = 10, 100
"""Slack's, of one group of boxes and of one list."""

LIKELY = 3


# -- telling something ------------------------------------------------------------------------


def feedback_offer(message: FeedbackForm, pen: Pen) -> Drawn:
    """The form where no modal can be: a button that opens it."""
    said = pen.say("Tell us something: write it here, or use the form.")
    opens = button(pen.say("Open the form"), encode(ShowFeedbackForm()), style="primary")
    return Drawn(
        text=said,
        blocks=[
            *troubles(message.unfit, pen),
            paragraph(said),
            note(pen.words.not_monitored(), pen.words.leave_names_out()),
            *_anonymously(message, pen),
            *contacts(message.contacts, pen),
            actions(opens),
        ],
    )


def feedback_form(message: FeedbackForm, pen: Pen) -> Form:
    namings = [
        option(Naming.WITHHELD, pen.say("Without my name")),
        option(Naming.NAMED, pen.say("With my name")),
    ]
    chosen = next(o for o in namings if o["value"] == message.naming.value)
    radio: Element = {"type": "radio_buttons", "options": namings, "initial_option": chosen}
    return Form(
        title=pen.say("Tell us something"),
        submit=pen.say("Send"),
        token=encode(GiveFeedback(item_id=pen.fresh, text="")),
        web_link=links.feedback(pen.web_url),
        blocks=[
            note(pen.words.not_monitored()),
            *_passed_on(message, pen),
            *troubles(message.unfit, pen),
            field(
                "text",
                pen.say("Your message"),
                typing(message.text),
                hint=pen.words.leave_names_out(),
            ),
            field(
                "naming",
                pen.say("How do you want to speak?"),
                radio,
                hint=pen.words.withheld_name(),
            ),
            note(conversing_words.named(pen.words)),
            *_anonymously(message, pen),
            *contacts(message.contacts, pen),
        ],
    )


def _anonymously(message: FeedbackForm, pen: Pen) -> list[Block]:
    """The third way to speak, which is not in chat."""
    if not message.anonymous_door:
        return []
    at = links.anonymous(pen.web_url, message.anonymous_door)
    way = conversing_words.anonymous_way(pen.words)
    return [paragraph(way + " ", link(at, conversing_words.anonymous_link(pen.words)))]


def _passed_on(message: FeedbackForm, pen: Pen) -> list[Block]:
    if not message.passed_on:
        return []
    said = pen.say(
        "These are somebody else’s words. We don’t pass on who wrote them, and we don’t tell them."
    )
    if len(message.text) > TEXT:
        said += " " + pen.say("The message is too long for Slack: only its beginning is here.")
    return [paragraph(said)]


def contacts(whom: Mapping[str, str], pen: Pen) -> list[Block]:
    lines = [f"{name}: {how}" for name, how in pen.words.contacts(whom)]
    return [bullets(lines)] if lines else []


def troubles(unfit: Mapping[str, Unfit], pen: Pen) -> list[Block]:
    """Why a form does not fit, above it: for where Slack cannot show it beside the input."""
    return [paragraph(bold(pen.words.unfit(why))) for why in unfit.values()]
