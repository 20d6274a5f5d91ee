"""Where somebody acknowledges the IT rules: each text in full, and below them the button."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from bot.conversation import Reader
from bot.web.details import DrawnSection, title_of
from bot.web.details import drawn as drawn_detail
from bot.web.documents import Document
from bot.web.render_card import drawn_parts, presses
from bot.web.rules.drawing import drawn
from bot.web.visiting import Visit
from core.cards import Link, Secrecy
from core.words import Words
from governance import links
from governance.acknowledgements import cards
from governance.acknowledgements.details import acknowledgement_detail
from governance.acknowledgements.messages import Acknowledgement

MOST = 40_000
"""Characters of all texts on the page. Of a rule beyond that there is the link alone."""


async def acknowledgement(visit: Visit, message: Any, reader: Reader) -> Response:
    if not isinstance(message, Acknowledgement):
        return await visit.anything(message, reader)
    words = visit.words(reader)
    view = acknowledgement_detail(words, message)
    shown = () if message.done_at else cards.presses_of(words, message)
    ready = words.say("When you have read this")
    confirm = DrawnSection(title=ready, parts=presses(shown, reader, visit.csrf))
    texts = _rules(words, message, reader)
    return await visit.of_kind(
        "detail",
        title_of(view),
        reader,
        view=drawn_detail(visit, view, reader, last=(*texts, confirm) if shown else texts),
    )


def _rules(words: Words, message: Acknowledgement, reader: Reader) -> tuple[DrawnSection, ...]:
    """Each rule with its text. Of what is done, and beyond what a page holds, the link alone."""
    found, left = list[DrawnSection](), MOST
    for one in message.rules:
        text, language = one.text_for(words.locale)
        left -= len(text)
        at = links.rule("", one.rule_id, one.version)
        clauses = drawn(text, words) if left >= 0 and message.done_at is None else ()
        whole = Link(label=words.say("Read the full rule"), url=at, secrecy=Secrecy.SIGNED_IN)
        found.append(
            DrawnSection(
                title=f"{one.number}: {words.text(one.title)}",
                path=at,
                lead=cards.about(words, one),
                document=Document(clauses=clauses, language=language, level=3) if clauses else None,
                parts=drawn_parts(() if clauses else (whole,), reader),
            )
        )
    return tuple(found)
