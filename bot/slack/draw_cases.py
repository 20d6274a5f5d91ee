"""Urgent cases in Slack: the alert, taking it, closing it. For one person's own messages only."""

from __future__ import annotations

from typing import assert_never

from bot import case_words as say
from bot import links
from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    bullets,
    button,
    field,
    header,
    link,
    note,
    option,
    paragraph,
    quote,
    typing,
)
from bot.slack.draw_feedback import troubles
from bot.slack.drawn import Drawn, Form
from governance.case_messages import CaseMessage, CaseNews, CloseCaseForm, UrgentAlert
from governance.commands import CloseCase, ShowCloseCaseForm, TakeCase
from governance.responding import LONGEST_NOTE

_LINES = 8
"""Lines of the history that stand in a message; the page has them all."""


def draw(message: CaseMessage, pen: Pen) -> Drawn:
    """Each of them as a message."""
    match message:
        case UrgentAlert():
            return urgent_alert(message, pen)
        case CaseNews():
            return case_news(message, pen)
        case CloseCaseForm():
            return close_offer(message, pen)
        case _:
            assert_never(message)


def urgent_alert(message: UrgentAlert, pen: Pen) -> Drawn:
    words, title = pen.words, say.kind(pen.words, message.urgency)
    needs = say.needs(words, message)
    blocks: list[Block] = [header(title), paragraph(bold(needs))]
    if next_one := say.follows(words, message):
        blocks.append(paragraph(next_one))
    blocks += [paragraph(bold(say.about(words, message))), *quote(message.original)]
    blocks += [paragraph(line) for line in say.ended(words, message)]
    if message.history:
        blocks.append(bullets([say.line(words, step) for step in message.history[-_LINES:]]))
    page = links.case(pen.web_url, message.item_id, message.urgency)
    blocks.append(note(say.logged(words, message)))
    blocks.append(paragraph(link(page, pen.say("Open it on its page"))))
    if message.closed_at is None:
        blocks.append(actions(*_buttons(message, pen)))
    return Drawn(text=f"{title}. {needs}", blocks=blocks)


def _buttons(message: UrgentAlert, pen: Pen) -> list[Element]:
    item, urgency = message.item_id, message.urgency
    close = encode(ShowCloseCaseForm(item_id=item, urgency=urgency))
    if message.taken_by:
        return [button(pen.say("Close it"), close, style="primary")]
    taking = encode(TakeCase(item_id=item, urgency=urgency))
    return [
        button(say.take(pen.words), taking, style="primary"),
        button(pen.say("Close it"), close),
    ]


def case_news(message: CaseNews, pen: Pen) -> Drawn:
    said = say.news(pen.words, message)
    page = links.case(pen.web_url, message.item_id, message.urgency)
    opens = link(page, pen.say("Open it on its page"))
    return Drawn(text=said, blocks=[paragraph(bold(said)), paragraph(opens)])


def close_offer(message: CloseCaseForm, pen: Pen) -> Drawn:
    """The form where no modal can be: a button that opens it."""
    said = pen.say("How did it end?")
    token = encode(ShowCloseCaseForm(item_id=message.item_id, urgency=message.urgency))
    opens = button(pen.say("Close it"), token, style="primary")
    return Drawn(text=said, blocks=[*troubles(message.unfit, pen), paragraph(said), actions(opens)])


def close_form(message: CloseCaseForm, pen: Pen) -> Form:
    options = [option(value, label) for value, label in say.outcomes(pen.words)]
    radio: Element = {"type": "radio_buttons", "options": options}
    chosen = next((one for one in options if one["value"] == message.outcome), None)
    if chosen:
        radio["initial_option"] = chosen
    return Form(
        title=pen.say("Close it"),
        submit=pen.say("Close it"),
        token=encode(CloseCase(item_id=message.item_id, urgency=message.urgency)),
        web_link=links.case(pen.web_url, message.item_id, message.urgency),
        blocks=[
            *troubles(message.unfit, pen),
            field("outcome", pen.say("How did it end?"), radio),
            field(
                "note",
                pen.say("What was done?"),
                typing(message.note, longest=LONGEST_NOTE),
                hint=pen.say("Those who respond to such cases can read it."),
            ),
        ],
    )
