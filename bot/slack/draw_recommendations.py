"""A committee's recommendation in Slack: to the CTO, and what was decided."""

from __future__ import annotations

from typing import assert_never

from bot import links
from bot import recommendation_words as say
from bot.registry import encode
from bot.slack.blocks import (
    Pen,
    actions,
    bold,
    bullets,
    button,
    chunks,
    field,
    labelled,
    link,
    paragraph,
    typing,
)
from bot.slack.draw_feedback import put_back, troubles
from bot.slack.drawn import Drawn, Form
from governance.commands import DecideAdvice, ShowDecisionForm
from governance.recommendation_messages import (
    AdviceSent,
    AdviceSettled,
    DecisionForm,
    RecommendationMessage,
)
from governance.recommendations import LONGEST_REASON


def draw(message: RecommendationMessage, pen: Pen) -> Drawn:
    match message:
        case AdviceSent():
            return _sent(message, pen)
        case DecisionForm():
            return _offer(message, pen)
        case AdviceSettled():
            return _settled(message, pen)
        case _:
            assert_never(message)


def _sent(message: AdviceSent, pen: Pen) -> Drawn:
    said, subject = say.sent(pen.words, message), message.recommendation_id
    yes = encode(ShowDecisionForm(recommendation_id=subject, accept=True))
    no = encode(ShowDecisionForm(recommendation_id=subject, accept=False))
    return Drawn(
        text=said,
        blocks=[
            paragraph(bold(said)),
            *(paragraph(part) for part in chunks(message.advice)),
            bullets(say.sent_lines(pen.words, message)),
            actions(
                button(pen.say("Accept"), yes, style="primary"), button(pen.say("Decline"), no)
            ),
        ],
    )


def decision_form(message: DecisionForm, pen: Pen) -> Form:
    label = pen.say("Accept") if message.accept else pen.say("Decline")
    decide = DecideAdvice(recommendation_id=message.recommendation_id, accept=message.accept)
    return Form(
        title=label,
        submit=label,
        token=encode(decide),
        web_link=links.advice(pen.web_url, message.recommendation_id),
        blocks=[
            paragraph(bold(say.deciding(pen.words, message))),
            *troubles(message.unfit, pen),
            *put_back(message.doubt, pen),
            field(
                "reason",
                pen.say("Why?"),
                typing(message.reason, longest=LONGEST_REASON),
                hint=say.hint(pen.words, message),
            ),
        ],
    )


def _offer(message: DecisionForm, pen: Pen) -> Drawn:
    said = say.deciding(pen.words, message)
    token = encode(
        ShowDecisionForm(recommendation_id=message.recommendation_id, accept=message.accept)
    )
    opens = button(pen.say("Say why"), token, style="primary")
    return Drawn(
        text=said,
        blocks=[*troubles(message.unfit, pen), paragraph(bold(said)), actions(opens)],
    )


def _settled(message: AdviceSettled, pen: Pen) -> Drawn:
    said = say.settled(pen.words, message)
    url = links.advice(pen.web_url, message.recommendation_id)
    return Drawn(
        text=said,
        blocks=[
            paragraph(bold(said)),
            *labelled(pen.say("Why"), message.reason),
            *(paragraph(one) for one in say.settled_lines(pen.words, message)),
            paragraph(link(url, pen.say("Read it on the web"))),
        ],
    )
