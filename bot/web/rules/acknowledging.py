"""Where somebody acknowledges the IT rules: each text in full, and below them the button."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.details import drawn as drawn_detail
from bot.web.details import title_of
from bot.web.render_card import presses
from bot.web.rules.drawing import Drawn, drawn
from bot.web.visiting import Visit
from core.words import Words
from governance import links
from governance.acknowledgements import cards
from governance.acknowledgements.details import acknowledgement_detail
from governance.acknowledgements.messages import Acknowledgement
from governance.acknowledgements.model import Listed

MOST = 40_000
"""Characters of all texts on the page. Of a rule beyond that there is the link alone."""


async def acknowledgement(visit: Visit, message: Any, reader: Reader) -> Response:
    if not isinstance(message, Acknowledgement):
        return await visit.anything(message, reader)
    words = visit.words(reader)
    view = acknowledgement_detail(words, message)
    shown = () if message.done_at else cards.presses_of(words, message)
    return await visit.page(
        "pages/acknowledgement.html",
        title_of(view),
        reader,
        view=drawn_detail(visit, view, reader),
        rules=_rules(words, message),
        about=lambda one: cards.about(words, one),
        link=lambda one: links.rule("", one.rule_id, one.version),
        presses=presses(shown, reader, visit.csrf) if shown else "",
    )


def _rules(words: Words, message: Acknowledgement) -> list[tuple[Listed, str, tuple[Drawn, ...]]]:
    """Each rule with the language of its text and its sections. Of what is done: none."""
    found: list[tuple[Listed, str, tuple[Drawn, ...]]] = []
    left = MOST
    for one in message.rules:
        text, language = one.text_for(words.locale)
        left -= len(text)
        reads = left >= 0 and message.done_at is None
        found.append((one, language, drawn(text, words) if reads else ()))
    return found
