"""Talking with an author, in Slack."""

from __future__ import annotations

from bot import conversing_words, links
from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Pen,
    actions,
    bold,
    button,
    cut,
    field,
    labelled,
    note,
    paragraph,
    quote,
    typing,
)
from bot.slack.draw_feedback import troubles
from bot.slack.drawn import Drawn, Form
from governance.commands import AskAuthor, ReplyToCommittee, ShowAskForm, ShowReplyForm
from governance.conversing import LONGEST_QUESTION, LONGEST_REPLY
from governance.conversing_messages import AskForm, ConversingMessage, ReplyForm, ReplyKept
from governance.messages import Brief

_SHOWN = 4
"""Questions and replies under a brief: its page has them all."""


def conversation(message: Brief, pen: Pen) -> list[Block]:
    """What was asked and replied, under a brief."""
    blocks: list[Block] = []
    for label, words in conversing_words.lines(pen.words, message.conversation[-_SHOWN:]):
        blocks += labelled(label, cut(words, 600))
    waits = conversing_words.waits(pen.words, message)
    return [*blocks, paragraph(bold(waits))] if waits else blocks


def draw(message: ConversingMessage, pen: Pen) -> Drawn:
    match message:
        case AskForm():
            said = pen.say("What do you want to ask the author?")
            opens = button(
                pen.say("Ask"), encode(ShowAskForm(item_id=message.item_id)), style="primary"
            )
            blocks = [
                *troubles(message.unfit, pen),
                paragraph(said),
                *quote(cut(message.redacted, 600)),
            ]
            return Drawn(text=said, blocks=[*blocks, actions(opens)])
        case ReplyForm():
            said = pen.say("{committee} has a question for you.", committee=message.committee)
            opens = button(
                pen.say("Reply"), encode(ShowReplyForm(item_id=message.item_id)), style="primary"
            )
            blocks = [
                *troubles(message.unfit, pen),
                paragraph(said),
                *labelled(
                    conversing_words.asked_by(pen.words, message.committee), message.question
                ),
                note(pen.words.not_monitored()),
            ]
            return Drawn(text=said, blocks=[*blocks, actions(opens)])
        case ReplyKept():
            said = conversing_words.kept(pen.words, message.committee)
            return Drawn(text=said, blocks=[paragraph(said), note(pen.words.not_monitored())])


def form(message: AskForm | ReplyForm, pen: Pen) -> Form:
    if isinstance(message, AskForm):
        return _ask_form(message, pen)
    said = pen.say("On this you said:")
    return Form(
        title=pen.say("Reply"),
        submit=pen.say("Send the reply"),
        token=encode(ReplyToCommittee(item_id=message.item_id, text="")),
        web_link=links.reply(pen.web_url, message.item_id),
        blocks=[
            *labelled(conversing_words.asked_by(pen.words, message.committee), message.question),
            note(said),
            *quote(cut(message.said, 600)),
            *troubles(message.unfit, pen),
            field(
                "text",
                pen.say("Your reply"),
                typing(message.text, longest=LONGEST_REPLY),
                hint=pen.words.leave_names_out(),
            ),
            note(conversing_words.replies(pen.words), pen.words.not_monitored()),
        ],
    )


def _ask_form(message: AskForm, pen: Pen) -> Form:
    return Form(
        title=pen.say("Your question"),
        submit=pen.say("Ask"),
        token=encode(AskAuthor(item_id=message.item_id, text="")),
        web_link=links.item(pen.web_url, message.item_id),
        blocks=[
            *quote(cut(message.redacted, 600)),
            *troubles(message.unfit, pen),
            field(
                "text",
                pen.say("What do you want to ask the author?"),
                typing(message.text, longest=LONGEST_QUESTION),
                hint=conversing_words.asks(pen.words),
            ),
        ],
    )
