"""What is done with an item beside answering and moving it, in Slack."""

from __future__ import annotations

from typing import assert_never

from bot import docket_words, link_words, links, matter_words
from bot.registry import encode
from bot.slack.asking import listed
from bot.slack.blocks import (
    Element,
    Pen,
    actions,
    button,
    cut,
    field,
    option,
    paragraph,
    plain,
    quote,
    typing,
)
from bot.slack.draw_feedback import put_back, troubles
from bot.slack.drawn import Drawn, Form
from governance.commands import (
    AssignItem,
    JoinItem,
    LinkItem,
    PartItem,
    ShowAssignForm,
    ShowLinkForm,
    ShowMatterForm,
)
from governance.docket_messages import AssignForm, DocketMessage, LinkForm, MatterForm
from governance.recommendations import LONGEST_RULE

_SHOWN = 600


def draw(message: DocketMessage, pen: Pen) -> Drawn:
    match message:
        case AssignForm():
            said = pen.say("Who looks after it?")
            token = encode(ShowAssignForm(item_id=message.item_id))
            return _offer(message, said, button(pen.say("Assign"), token, style="primary"), pen)
        case MatterForm():
            said = matter_words.asked(pen.words, message)
            token = encode(ShowMatterForm(item_id=message.item_id, joins=message.joins))
            return _offer(message, said, button(pen.say("Choose"), token, style="primary"), pen)
        case LinkForm():
            said = link_words.title(pen.words)
            token = encode(ShowLinkForm(item_id=message.item_id))
            opens = button(link_words.opens(pen.words), token, style="primary")
            return _offer(message, said, opens, pen)
        case _:
            assert_never(message)


def assign_form(message: AssignForm, pen: Pen) -> Form:
    who = _choice(docket_words.choices(pen.words, message), message.to, pen)
    return Form(
        title=pen.say("Assign"),
        submit=pen.say("Assign"),
        token=encode(AssignItem(item_id=message.item_id)),
        web_link=links.item(pen.web_url, message.item_id),
        blocks=[
            *quote(cut(message.redacted, _SHOWN)),
            *troubles(message.unfit, pen),
            field(
                "to",
                pen.say("Who looks after it?"),
                who,
                hint=pen.say(
                    "They get a message in chat. The committee can still see and answer it."
                ),
            ),
        ],
    )


def matter_form(message: MatterForm, pen: Pen) -> Form:
    item, words = message.item_id, pen.words
    which = _choice(list(message.choices), message.to, pen)
    return Form(
        title=pen.say("One matter"),
        submit=matter_words.pressed(words, message),
        token=encode(JoinItem(item_id=item) if message.joins else PartItem(item_id=item)),
        web_link=links.matter(pen.web_url, item),
        blocks=[
            *quote(cut(message.redacted, _SHOWN)),
            *troubles(message.unfit, pen),
            field(
                "to",
                matter_words.asked(words, message),
                which,
                hint=matter_words.follows(words, message),
            ),
        ],
    )


def _offer(message: DocketMessage, said: str, opens: Element, pen: Pen) -> Drawn:
    """What stands in a message where a form cannot open by itself."""
    return Drawn(
        text=said,
        blocks=[
            *troubles(message.unfit, pen),
            paragraph(said),
            *quote(cut(message.redacted, _SHOWN)),
            actions(opens),
        ],
    )


def link_form(message: LinkForm, pen: Pen) -> Form:
    words = pen.words
    taken = link_words.linked(words, message)
    rule = typing(message.rule, multiline=False, longest=LONGEST_RULE)
    blocks = [*quote(cut(message.redacted, _SHOWN)), *troubles(message.unfit, pen)]
    blocks += put_back(message.doubt, pen)
    if message.choices:
        to = _choice(link_words.choices(words, message), message.to, pen)
        blocks.append(field("to", link_words.choose(words), to, optional=True))
    blocks.append(
        field("rule", link_words.rule(words), rule, optional=True, hint=link_words.hint(words))
    )
    if taken:
        away = _choice(taken, message.away, pen)
        blocks.append(field("away", link_words.away(words), away, optional=True))
    return Form(
        title=link_words.opens(words),
        submit=link_words.opens(words),
        token=encode(LinkItem(item_id=message.item_id)),
        web_link=links.item(pen.web_url, message.item_id),
        blocks=blocks,
    )


def _choice(choices: list[tuple[str, str]], chosen: str, pen: Pen) -> Element:
    options = [option(key, name) for key, name in choices]
    select: Element = {
        "type": "static_select",
        **listed(options),
        "placeholder": plain(pen.say("Choose"), 150),
    }
    initial = next((one for one in options if one["value"] == chosen), None)
    return {**select, "initial_option": initial} if initial else select
