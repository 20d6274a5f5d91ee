"""Personal data in Slack: what was taken out, to its author; student data, marked and gone."""

from __future__ import annotations

from bot import links, personal_words
from bot.registry import encode
from bot.slack.blocks import (
    CHUNK,
    Block,
    Element,
    Pen,
    actions,
    bold,
    button,
    cut,
    field,
    note,
    option,
    paragraph,
    quote,
    run,
    typing,
)
from bot.slack.draw_feedback import troubles
from bot.slack.drawn import Drawn, Form
from governance.commands import (
    ConfirmTakenOut,
    CorrectTakenOut,
    RemoveStudentData,
    ShowStudentDataForm,
    ShowTakenOut,
)
from governance.personal_messages import (
    Kept,
    StudentDataForm,
    StudentDataRemoved,
    TakenOut,
    TakenOutForm,
)
from governance.taking_out import LONGEST_MARKS

_MOST_OPTIONS = 10
"""Slack's, of one group of boxes; all of them are on the web."""


def taken_out(message: TakenOut, pen: Pen) -> Drawn:
    said = personal_words.title(pen.words)
    return Drawn(
        text=said,
        blocks=[
            paragraph(bold(said)),
            note(personal_words.shown_so(pen.words, message)),
            *quote(cut(message.redacted, CHUNK)),
            paragraph(personal_words.original(pen.words, message)),
            actions(*taken_out_buttons(message, pen)),
        ],
    )


def taken_out_buttons(message: TakenOut, pen: Pen) -> list[Element]:
    """To look at it, and to confirm it while that deletes something."""
    look = button(personal_words.look(pen.words), encode(ShowTakenOut(item_id=message.item_id)))
    fine = button(
        personal_words.confirm(pen.words),
        encode(ConfirmTakenOut(item_id=message.item_id)),
        style="primary",
    )
    return [fine, look] if message.kept is Kept.WAITING else [look]


def taken_out_offer(message: TakenOutForm, pen: Pen) -> Drawn:
    """The form where no modal can be: a button that opens it. None of the words."""
    said = personal_words.form_title(pen.words)
    look = button(
        personal_words.look(pen.words),
        encode(ShowTakenOut(item_id=message.item_id)),
        style="primary",
    )
    blocks = [*troubles(message.unfit, pen), paragraph(bold(said)), actions(look)]
    return Drawn(text=said, blocks=blocks)


def taken_out_form(message: TakenOutForm, pen: Pen) -> Form:
    words = pen.words
    runs = [_struck(one.text) if one.kind else run(one.text) for one in message.pieces]
    returning = [one for one in message.pieces if one.key][:_MOST_OPTIONS]
    blocks = [
        note(personal_words.form_said(words, message.kept is Kept.GONE)),
        paragraph(*runs),
        *troubles(message.unfit, pen),
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
        title=pen.say("Taken out"),
        submit=personal_words.save(words),
        token=encode(CorrectTakenOut(item_id=message.item_id)),
        web_link=links.taken_out(pen.web_url, message.item_id),
        blocks=blocks,
    )


def _struck(text: str) -> Element:
    return {**run(text), "style": {"strike": True, "bold": True}}


def student_data_offer(message: StudentDataForm, pen: Pen) -> Drawn:
    said = personal_words.student_data_title(pen.words)
    opens = button(
        personal_words.student_data_here(pen.words),
        encode(ShowStudentDataForm(item_id=message.item_id)),
    )
    return Drawn(text=said, blocks=[*troubles(message.unfit, pen), paragraph(said), actions(opens)])


def student_data_form(message: StudentDataForm, pen: Pen) -> Form:
    words = pen.words
    everything = option("whole", personal_words.whole(words))
    boxes: Element = {"type": "checkboxes", "options": [everything]}
    if message.whole:
        boxes["initial_options"] = [everything]
    blocks: list[Block] = [
        note(personal_words.student_data_said(words)),
        *quote(cut(message.redacted, CHUNK)),
        *troubles(message.unfit, pen),
        field(
            "words",
            personal_words.student_data_title(words),
            typing(message.words, longest=LONGEST_MARKS),
            optional=True,
            hint=personal_words.one_a_line(words),
        ),
        field("whole", pen.say("Or everything"), boxes, optional=True),
    ]
    return Form(
        title=personal_words.student_data_here(words),
        submit=personal_words.remove(words),
        token=encode(RemoveStudentData(item_id=message.item_id)),
        web_link=links.student_data(pen.web_url, message.item_id),
        blocks=blocks,
    )


def student_data_removed(message: StudentDataRemoved, pen: Pen) -> Drawn:
    said = personal_words.removed_title(pen.words)
    return Drawn(
        text=said,
        blocks=[
            paragraph(bold(said)),
            paragraph(personal_words.removed(pen.words, message)),
            note(personal_words.removed_what(pen.words, message)),
        ],
    )
