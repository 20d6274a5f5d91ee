"""The form that shows an author what was removed, in Slack."""

from __future__ import annotations

from collections.abc import Mapping

from bot.registry import encode
from bot.slack.blocks import (
    Block,
    Element,
    Pen,
    actions,
    bold,
    button,
    field,
    note,
    option,
    paragraph,
    run,
    typing,
)
from bot.slack.drawn import Drawn, Form
from governance import links, wording
from governance.redaction import wording as personal_words
from governance.redaction.commands import LONGEST_MARKS, CorrectTakenOut, ShowTakenOut
from governance.redaction.messages import Kept, TakenOutForm
from surveys.questions import Unfit

_MOST_OPTIONS = 10
"""Slack's, of one group of boxes; all of them are on the web."""


def taken_out_offer(message: TakenOutForm, pen: Pen) -> Drawn:
    """The form where no modal can be: a button that opens it. None of the words."""
    said = personal_words.form_title(pen.words)
    look = button(
        pen.say("Review and correct"),
        encode(ShowTakenOut(item_id=message.item_id)),
        style="primary",
    )
    blocks = [*_troubles(message.unfit, pen), paragraph(bold(said)), actions(look)]
    return Drawn(text=said, blocks=blocks)


def taken_out_form(message: TakenOutForm, pen: Pen) -> Form:
    words = pen.words
    runs = [_struck(one.text) if one.kind else run(one.text) for one in message.pieces]
    returning = [one for one in message.pieces if one.key][:_MOST_OPTIONS]
    blocks = [
        note(personal_words.form_said(words, message.kept is Kept.GONE)),
        paragraph(*runs),
        *_troubles(message.unfit, pen),
    ]
    if returning:
        options = [option(one.key, personal_words.piece(words, one)) for one in returning]
        boxes: Element = {"type": "checkboxes", "options": options}
        chosen = [one for one in options if one["value"] in message.put_back]
        if chosen:
            boxes["initial_options"] = chosen
        blocks.append(field("put_back", personal_words.put_back(words), boxes, optional=True))
    blocks.append(
        field(
            "also",
            personal_words.also(words),
            typing(message.also, longest=LONGEST_MARKS),
            optional=True,
            hint=personal_words.one_a_line(words),
        )
    )
    return Form(
        title=personal_words.form_title(words),
        submit=personal_words.save(words),
        token=encode(CorrectTakenOut(item_id=message.item_id)),
        web_link=links.taken_out(pen.web_url, message.item_id),
        blocks=blocks,
    )


def _struck(text: str) -> Element:
    return {**run(text), "style": {"strike": True, "bold": True}}


def _troubles(unfit: Mapping[str, Unfit], pen: Pen) -> list[Block]:
    """Why the form does not fit, above it: for where Slack cannot show it beside the input."""
    return [paragraph(bold(wording.unfit(pen.words, why))) for why in unfit.values()]
