"""Feedback in Slack: the form, the committee's brief, and what its author hears."""

from __future__ import annotations

from collections.abc import Mapping

from bot import (
    case_words,
    conversing_words,
    link_words,
    links,
    personal_words,
    recommendation_words,
    sensitive_words,
)
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
    cut,
    field,
    header,
    labelled,
    link,
    note,
    option,
    paragraph,
    quote,
    typing,
)
from bot.slack.drawn import Drawn, Form
from governance.commands import (
    GiveFeedback,
    ShowFeedbackForm,
    ShowReplyForm,
)
from governance.feedback import Naming
from governance.messages import (
    FeedbackForm,
    FeedbackReceived,
    News,
    Told,
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
        "These are somebody else's words. Who wrote them does not go along, and is not told."
    )
    if len(message.text) > TEXT:
        said += " " + pen.say("The message is too long for Slack: only its beginning is here.")
    return [paragraph(said)]


def feedback_received(message: FeedbackReceived, pen: Pen) -> Drawn:
    said, following = pen.say("Thank you. We have your message."), pen.words.received()
    return Drawn(
        text=f"{said} {following}",
        blocks=[
            paragraph(bold(said + " "), following),
            note(pen.words.naming(message.naming), pen.words.not_monitored()),
        ],
    )


# -- the author -------------------------------------------------------------------------------


def told(message: Told, pen: Pen) -> Drawn:
    if message.news is News.URGENT:
        return _urgent(message, pen)
    said = _news(message, pen)
    blocks = [
        paragraph(bold(said)),
        note(pen.say("What you said on {day}:", day=pen.words.day(message.received_at))),
        *quote(cut(message.said, 600)),
    ]
    if message.reason:
        blocks += labelled(pen.say("Why"), message.reason)
    if message.answer:
        who = message.answered_by or pen.words.answerer(message.committee, within=True)
        blocks += labelled(pen.say("The answer from {who}", who=who), message.answer)
    blocks += [paragraph(line) for line in link_words.heard(pen.words, message)]
    blocks += question(message, pen)
    blocks += contacts(message.contacts, pen)
    return Drawn(text=said, blocks=blocks)


def _urgent(message: Told, pen: Pen) -> Drawn:
    """The number to call before anything else."""
    call, following = case_words.notice(pen.words, message)
    blocks = [header(call), *contacts(message.contacts, pen)]
    blocks += [paragraph(line) for line in following]
    if message.said:
        blocks.append(
            note(pen.say("What you said on {day}:", day=pen.words.day(message.received_at)))
        )
        blocks += quote(cut(message.said, 600))
    return Drawn(text=call, blocks=[*blocks, note(pen.words.not_monitored())])


def _news(message: Told, pen: Pen) -> str:
    committee = pen.words.answerer(message.committee)
    match message.news:
        case News.ASKED:
            return conversing_words.asked(pen.words, message)
        case News.ACKNOWLEDGED:
            return pen.say("{committee} has what you said and looks into it.", committee=committee)
        case News.IN_DISCUSSION:
            return pen.say("{committee} discusses what you said.", committee=committee)
        case News.ANSWERED:
            return pen.say("{committee} has answered you.", committee=committee)
        case News.ACCEPTED | News.DECLINED:
            return recommendation_words.heard(pen.words, message)
        case News.BECAME:
            return link_words.news(pen.words, message)
        case News.FILED:
            return pen.say(
                "Thank you. This is not about technology, so no committee here can act on it. "
                "Please turn to the office that can."
            )
        case News.RESTRICTED | News.NO_READER:
            return sensitive_words.instead(pen.words, message) or pen.say(
                "This reads as sensitive. No committee sees it: one named person reads it. These "
                "can help you directly."
            )
        case News.URGENT:
            return case_words.notice(pen.words, message)[0]
        case News.TAKEN:
            return case_words.taken(pen.words, message)
        case News.TAKEN_OUT:
            return personal_words.title(pen.words)
        case News.STUDENT_DATA:
            return personal_words.told(pen.words)


def question(message: Told, pen: Pen) -> list[Block]:
    """What an author is asked, with a button to reply."""
    if message.question is None:
        return []
    reply = button(
        pen.say("Reply"), encode(ShowReplyForm(item_id=message.item_id)), style="primary"
    )
    asks = conversing_words.asked_by(pen.words, message.committee)
    asked = labelled(asks, message.question)
    return [*asked, note(pen.words.not_monitored()), actions(reply)]


def contacts(whom: Mapping[str, str], pen: Pen) -> list[Block]:
    lines = [f"{name}: {how}" for name, how in pen.words.contacts(whom)]
    return [bullets(lines)] if lines else []


def troubles(unfit: Mapping[str, Unfit], pen: Pen) -> list[Block]:
    """Why a form does not fit, above it: for where Slack cannot show it beside the input."""
    return [paragraph(bold(pen.words.unfit(why))) for why in unfit.values()]
