"""Where somebody acknowledges the IT rules: each text in full, and below them the button.

Where a rule that has to be opened first is beyond what the page holds, the way on to it stands
instead of the button.
"""

from __future__ import annotations

from dataclasses import replace
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
    start = message.proven(visit.request.query_params.get("from"))
    texts, opened = _rules(words, message, reader, start)
    confirm = _confirm(visit, replace(message, opened=opened), reader)
    return await visit.of_kind(
        "detail",
        title_of(view),
        reader,
        view=drawn_detail(visit, view, reader, last=(*texts, *confirm)),
    )


def _confirm(visit: Visit, message: Acknowledgement, reader: Reader) -> tuple[DrawnSection, ...]:
    """The button, or the way on to the next rule that has to be opened first."""
    words = visit.words(reader)
    if message.done_at is not None:
        return ()
    ready = words.say("When you have read this")
    place = message.to_open(message.opened)
    if place is None:
        shown = cards.presses_of(words, message)
        return (DrawnSection(title=ready, parts=presses(shown, reader, visit.csrf)),)
    on = Link(
        label=words.say("Continue to {number}", number=message.rules[place].number),
        url=f"{links.acknowledgement('', message.given.id)}?from={message.proof(place)}",
        secrecy=Secrecy.SIGNED_IN,
    )
    return (DrawnSection(title=ready, parts=drawn_parts((on,), reader)),)


def _rules(
    words: Words, message: Acknowledgement, reader: Reader, start: int
) -> tuple[tuple[DrawnSection, ...], int]:
    """Each rule from ``start`` on with its text, and how many were opened with these. Of what is
    done, and beyond what a page holds, the link alone; but a rule that has to be opened first is
    never too long to begin a page."""
    found, left, opened = list[DrawnSection](), MOST, start
    for place, one in enumerate(message.rules[start:], start):
        text, language = one.text_for(words.locale)
        left -= len(text)
        at = links.rule("", one.rule_id, one.version)
        fits = left >= 0 or (place == start and one.read_first)
        clauses = drawn(text, words) if fits and message.done_at is None else ()
        opened += 1 if fits else 0
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
    return tuple(found), opened
