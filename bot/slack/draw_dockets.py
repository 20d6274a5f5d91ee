"""A committee's docket in Slack: the brief; and that something waits on
the restricted page, which is not for a channel."""

from __future__ import annotations

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
    cut,
    header,
    labelled,
    link,
    more,
    note,
    option,
    paragraph,
    quote,
)
from bot.slack.draw_conversing import conversation
from bot.slack.drawn import Drawn
from bot.wording import case_words, docket_words, link_words, matter_words, personal_words
from bot.wording.labels import Labels
from governance.commands import (
    AcknowledgeItem,
    DiscussItem,
    MoveItem,
    ShowAnswerForm,
    ShowAskForm,
    ShowAssignForm,
    ShowLinkForm,
    ShowMatterForm,
    ShowMoveForm,
    ShowStudentDataForm,
)
from governance.committees.model import RESTRICTED, TRIAGE
from governance.docket.handlers import FILE_IT
from governance.feedback.model import ItemState
from governance.messages import Brief

LIKELY = 3


def brief(message: Brief, pen: Pen) -> Drawn:
    title = pen.say("For {queue}", queue=pen.words.queue(message.queue_name))
    blocks = [header(title)]
    if message.urgency:
        blocks.append(paragraph(bold(case_words.kind(pen.words, message.urgency))))
    blocks += quote(message.redacted)
    blocks.append(note(_about(message, pen)))
    if message.queue != RESTRICTED:
        blocks.append(note(_why_here(message, pen)))
    if message.assigned_to:
        told = docket_words.assigned(pen.words, message.assigned_to, chosen=message.chosen)
        blocks.append(note(told))
    blocks += [note(line) for line in matter_words.beside(pen.words, message)]
    blocks += [note(line) for line in link_words.beside(pen.words, message.links)]
    if message.said_by is not None:
        said = matter_words.all_of_it(pen.words)
        blocks.append(paragraph(link(links.matter(pen.web_url, message.item_id), said)))
        if message.can_answer:
            apart = encode(ShowMatterForm(item_id=message.item_id, joins=False))
            blocks.append(actions(button(matter_words.split_off(pen.words), apart)))
    if message.history:
        blocks.append(bullets([_moved(move, pen) for move in message.history[-5:]]))
    blocks += conversation(message, pen)
    blocks += _state(message, pen)
    if message.can_answer:
        blocks.append(actions(*_buttons(message, pen), _student_data(message, pen)))
    elif message.can_be_purged:
        blocks.append(actions(_student_data(message, pen)))
    text = f"{title}: {cut(message.redacted, 300)}"
    return Drawn(text=text, blocks=blocks)


def _about(message: Brief, pen: Pen) -> str:
    named = Labels(pen.words)
    parts = [
        named.byline(message.byline),
        named(message.tone),
        pen.words.day(message.received_at),
    ]
    return " · ".join(parts)


def _why_here(message: Brief, pen: Pen) -> str:
    likely = ", ".join(
        f"{message.names.get(one.committee, one.committee)} {pen.words.percent(one.probability)}"
        for one in message.likely[:LIKELY]
    )
    if message.queue == TRIAGE:
        said = pen.say("The reader was not sure where this belongs.")
        return f"{said} {pen.say('Likely: {likely}.', likely=likely)}" if likely else said
    return pen.say(
        "Read as yours with a confidence of {confidence}.",
        confidence=pen.words.sure(message.confidence),
    )


def _moved(move: tuple[str, str, str], pen: Pen) -> str:
    came, went, why = move
    said = pen.say(
        "Moved from {came} to {went}", came=pen.words.queue(came), went=pen.words.queue(went)
    )
    return f"{said}: {pen.words.reason(why)}" if why else said


def _state(message: Brief, pen: Pen) -> list[Block]:
    blocks: list[Block] = []
    match message.state:
        case ItemState.ANSWERED:
            by = message.answered_by or pen.words.queue(message.queue_name)
            blocks += labelled(pen.say("Answered by {who}", who=by), message.answer or "")
        case ItemState.HANDED_OVER:
            blocks.append(paragraph(bold(pen.say("With the help desk"))))
        case ItemState.FILED:
            blocks.append(paragraph(bold(pen.say("Filed: not about technology."))))
        case ItemState.ACKNOWLEDGED:
            blocks.append(paragraph(bold(pen.say("Acknowledged. The author knows."))))
        case ItemState.IN_DISCUSSION:
            blocks.append(paragraph(bold(pen.say("In discussion. The author knows."))))
        case ItemState.NEW | ItemState.RECEIVED:
            if not message.can_answer:
                blocks.append(paragraph(bold(pen.say("It is no longer here."))))
    if message.due_at and message.state not in (ItemState.ANSWERED, ItemState.FILED):
        blocks.append(note(pen.say("Answer by {day}.", day=pen.words.day(message.due_at))))
    return blocks


def _buttons(message: Brief, pen: Pen) -> list[Element]:
    item = message.item_id
    move = button(pen.say("Move"), encode(ShowMoveForm(item_id=item)))
    if message.queue == TRIAGE:
        nearest = [
            button(
                pen.say(
                    "To {committee}", committee=message.names.get(one.committee, one.committee)
                ),
                encode(MoveItem(item_id=item, to=one.committee)),
                style="primary" if place == 0 else "",
            )
            for place, one in enumerate(message.likely[:LIKELY])
        ]
        another = button(matter_words.another(pen.words), encode(ShowMoveForm(item_id=item)))
        kindly = encode(MoveItem(item_id=item, to=FILE_IT))
        return [*nearest, another, button(matter_words.not_technology(pen.words), kindly)]
    answer = encode(ShowAnswerForm(item_id=item))
    others = _others(message, pen)
    rest = more(others, pen.say("Do something else")) if len(others) > 1 else move
    if message.state is not ItemState.NEW:
        return [button(pen.say("Answer"), answer, style="primary"), rest]
    acknowledge = encode(AcknowledgeItem(item_id=item))
    return [
        button(pen.say("Acknowledge"), acknowledge, style="primary"),
        button(pen.say("Answer"), answer),
        rest,
    ]


def _others(message: Brief, pen: Pen) -> list[Element]:
    """What else there is to do with an item, likeliest first: behind the third button."""
    item = message.item_id
    others = [option(encode(ShowMoveForm(item_id=item)), pen.say("Move"))]
    if message.queue == RESTRICTED:
        return others
    if message.urgency is None:
        same = encode(ShowMatterForm(item_id=item, joins=True))
        others.append(option(same, matter_words.same_as(pen.words)))
    others.insert(0, option(encode(ShowAssignForm(item_id=item)), pen.say("Assign")))
    if message.state is not ItemState.IN_DISCUSSION:
        others.insert(0, option(encode(DiscussItem(item_id=item)), pen.say("Discuss")))
    if message.can_be_linked:
        label = link_words.offered(pen.words)
        others.append(option(encode(ShowLinkForm(item_id=item)), label))
    if not message.asked_back:
        others.insert(0, option(encode(ShowAskForm(item_id=item)), pen.say("Ask the author")))
    return others


def _student_data(message: Brief, pen: Pen) -> Element:
    said = personal_words.student_data_here(pen.words)
    return button(said, encode(ShowStudentDataForm(item_id=message.item_id)))
