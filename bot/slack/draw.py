"""Everything Sounding Board says, in Slack: as a message, a modal or the home tab.

Messages mean, Slack shows: one ``match`` over the whole union, ending in ``assert_never``, so a
kind that is added does not type-check before it is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.cards import card_of, has_card, is_kept
from bot.slack.blocks import (
    MESSAGE_BLOCKS,
    TEXT,
    TITLE,
    VIEW_BLOCKS,
    VIEW_BYTES,
    Block,
    Pen,
    cut,
    escaped,
    finish,
    link,
    note,
    paragraph,
    plain,
)
from bot.slack.draw_help import once_for_you, whole_on_the_web
from bot.slack.draw_home import home
from bot.slack.draw_kinds import drawn_of, form_of
from bot.slack.draw_said import said_blocks
from bot.visible import visible
from core.words import Words
from governance import links
from governance.messages import (
    Message,
    SignInLink,
)
from governance.redaction.messages import TakenOutForm
from governance.views import HomeView, View
from governance.waves.my_surveys import MySurveys
from surveys.messages import AnswersDeleted, QuestionPage, Rejected, WhatYouSaid

CALLBACK = "soundingboard"
"""The callback id of every modal; what it means is its token in the private metadata."""

Body = dict[str, Any]


def draw_message(message: Message | View | Rejected, pen: Pen) -> Body:
    """``text`` and ``blocks`` of a message."""
    drawn = drawn_of(message, pen)
    return _message_of(drawn.text, drawn.blocks, pen)


def _message_of(text: str, blocks: list[Block], pen: Pen) -> Body:
    if len(blocks) > MESSAGE_BLOCKS:
        blocks = [*blocks[: MESSAGE_BLOCKS - 1], whole_on_the_web(links.inbox(pen.web_url), pen)]
    return {"text": escaped(cut(visible(text), TEXT)), "blocks": finish(blocks, pen.nonce)}


def draw_modal(message: Message | View | Rejected, pen: Pen, origin: str = "") -> Body:
    """A modal: a form to hand in, or something to read. ``origin`` (channel and ts) names the
    message that the form was opened from, to be brought up to date afterwards."""
    pen = replace(pen, tables=False, window=True)
    form = form_of(message, pen)
    if form is None:
        view = _read_only(message, pen)
        return {**view, "private_metadata": f" {origin}"} if origin else view
    view = _view(form.title, form.blocks, pen)
    view["close"] = plain(pen.say("Not now"), TITLE)
    view["submit"] = plain(form.submit, TITLE)
    view["private_metadata"] = f"{form.token} {origin}".strip()
    if len(form.blocks) > VIEW_BLOCKS or len(json.dumps(view)) > VIEW_BYTES:
        # A form is never cut: what does not fit is filled in on the web.
        return _view(form.title, [whole_on_the_web(form.web_link, pen)], pen)
    return view


def _read_only(message: Message | View | Rejected, pen: Pen) -> Body:
    """What no chat keeps stands in a window alone, whole or not at all."""
    title = "Sounding Board"
    match message:
        case WhatYouSaid():
            blocks, instead = said_blocks(message, pen), drawn_of(message, pen).blocks
        case _ if not is_kept(message, pen.words):
            blocks = drawn_of(message, pen).blocks
            instead = [whole_on_the_web(web_link(message, pen), pen)]
        case _:
            return _view(title, drawn_of(message, pen).blocks, pen)
    view = _view(title, blocks, pen)
    fits = len(blocks) <= VIEW_BLOCKS and len(json.dumps(view)) <= VIEW_BYTES
    return view if fits else _view(title, instead, pen)


def in_window(message: Message | View | Rejected, words: Words) -> bool:
    """Whether it is shown in a modal wherever it was asked for: a form, also again because
    something does not fit, what no chat keeps, and what is between the service and one person. A
    message with answers in it would keep them."""
    match message:
        case Rejected(page=page):
            return page is not None
        case WhatYouSaid() | AnswersDeleted() | MySurveys():
            return True
        case _:
            return is_form(message, words) or not is_kept(message, words)


def is_form(message: Message | View | Rejected, words: Words) -> bool:
    """Whether it wants a modal to be filled in."""
    if has_card(message):
        return card_of(message, words).form is not None
    return isinstance(message, QuestionPage | TakenOutForm)


def web_link(message: Message | View | Rejected, pen: Pen) -> str:
    """Where the same form is on the web, for when Slack cannot open it."""
    match message:
        case WhatYouSaid(wave_id=wave) | AnswersDeleted(wave_id=wave):
            return links.said(pen.web_url, wave)
        case MySurveys():
            return links.my_surveys(pen.web_url)
    form = form_of(message, pen)
    if form is not None:
        return form.web_link
    page = card_of(message, pen.words).page if has_card(message) else None
    return f"{pen.web_url}{page.path}" if page else links.inbox(pen.web_url)


def draw_home(message: Message | View | Rejected, pen: Pen) -> Body:
    """The home tab; like everything else within Slack's limits, however much there is."""
    pen = replace(pen, tables=False)
    blocks = home(message, pen) if isinstance(message, HomeView) else drawn_of(message, pen).blocks
    return {"type": "home", "blocks": finish(blocks[:VIEW_BLOCKS], pen.nonce)}


def draw_too_busy(
    message: Message | View | Rejected, pen: Pen, way_in: SignInLink | None = None
) -> Body:
    """Slack could not open the form (it allows about 100 a minute): the same on the web, by a
    link that signs in where there is one. For one person alone."""
    said = pen.say("Slack is too busy now. ")
    url = web_link(message, pen)
    blocks: list[Block] = []
    if way_in is not None and way_in.token is not None:
        url = links.signed(pen.web_url, way_in.token, url)
        blocks = [note(once_for_you(way_in, pen))]
    blocks.insert(0, paragraph(said, link(url, pen.say("Open it on the web"))))
    return {"text": escaped(f"{said}{url}"), "blocks": finish(blocks, pen.nonce)}


def draw_fault(said: str, pen: Pen) -> Body:
    """A sentence about a fault, as a message."""
    return {"text": escaped(said), "blocks": finish([paragraph(said)], pen.nonce)}


# -- what belongs to no room ------------------------------------------------------------------


def _view(title: str, blocks: Sequence[Block], pen: Pen) -> Body:
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(title, TITLE),
        "close": plain(pen.say("Close"), TITLE),
        "blocks": finish(list(blocks)[:VIEW_BLOCKS], pen.nonce),
    }
