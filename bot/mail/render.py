"""A card as a mail: what may stand anywhere of it, and the way to the page that has the whole. The
subject is also in lists and on locked screens: of what is private it says nothing at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.mail.drawn import Drawn
from bot.registry import encode
from core.cards import (
    Bullets,
    Card,
    Entries,
    Facts,
    Figures,
    Line,
    Link,
    Page,
    Part,
    Picture,
    Preview,
    Quote,
    Secrecy,
    Table,
    flat,
)
from core.words import Words
from governance import links


def rendered(card: Card, words: Words, web_url: str) -> Drawn:
    """Of what no chat keeps a mail says only the title, too."""
    page = _page(card) or Page(label=words.say("Open Sounding Board"), path="/")
    private = card.secrecy is Secrecy.SIGNED_IN
    parts = card.for_mail() if card.kept else ()
    return Drawn(
        subject=words.say("Something is waiting for you") if private else card.subject,
        heading=card.subject,
        parts=tuple(said for part in parts for said in _part(part, words, web_url)),
        press=page.label,
        url=f"{web_url}{page.path}",
        note=card.note if card.kept else "",
    )


def _page(card: Card) -> Page | None:
    """The card's own page; where a form waits on it, the link says what the form is for."""
    if card.form is None:
        return card.page
    opens = card.form.opens
    path = card.page.path if card.page else links.doing("", encode(opens.command))
    return Page(label=opens.label, path=path)


def _part(part: Part, words: Words, web_url: str) -> Iterator[tuple[str, str]]:
    """Paragraphs, each with the label above it or ""."""
    match part:
        case Line(text=text):
            yield "", flat(text)
        case Quote(text=text, by=by):
            yield by, flat(text)
        case Bullets(lines=lines):
            yield from _bullets(lines, web_url)
        case Facts(pairs=pairs):
            yield from ((label, flat(text)) for label, text in pairs)
        case Entries(rows=rows):
            yield from ((page.label, said) for page, said in rows)
        case Figures(pairs=pairs):
            yield "", "\n".join(f"{label}: {number}" for label, number in pairs)
        case Link(label=label):
            yield label, part.at(web_url)
        case Preview(label=label, title=title, parts=parts):
            yield label, flat(title)
            for one in parts:
                yield from _part(one, words, web_url)
        case Picture(of=counts):
            yield counts.title, _listed(counts.lines(words))
        case Table(caption=caption, rest=rest):
            yield caption, _listed(part.lines)
            yield from [(rest.label, f"{web_url}{rest.path}")] if rest else []
        case _:
            assert_never(part)


def _bullets(lines: Sequence[str | Page], web_url: str) -> Iterator[tuple[str, str]]:
    for one in lines:
        yield ("", one) if isinstance(one, str) else (one.label, f"{web_url}{one.path}")


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {one}" for one in lines)
