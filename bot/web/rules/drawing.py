"""A rule's text as HTML: its sections, and what differs between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, assert_never

from markdown_it.token import Token
from markupsafe import Markup

from bot.web.documents import Clause
from core.words import Words
from governance.rules.comparing import Block, Comparison, Fate, Kind, Piece, Sentence
from governance.rules.text import Section, markdown, sections


def drawn(text: str, words: Words) -> tuple[Clause, ...]:
    """Links by reference hold in the whole text, not only in the section that has their address."""
    env: dict[str, Any] = {}
    markdown().parse(text, env)
    return tuple(_section(one, env, words) for one in sections(text))


def _section(one: Section, env: dict[str, Any], words: Words) -> Clause:
    tokens: list[Token] = []
    for token in markdown().parse(one.body, env):
        if token.type == "table_open":
            tokens.append(_opens_table(one, words))
        tokens.append(_fitted(token))
        if token.type == "table_close":
            tokens.append(Token("html_block", "", 0, content="</div>\n"))
    body = markdown().renderer.render(tokens, markdown().options, env)
    heading = markdown().renderInline(one.heading, env)
    return Clause(
        number=one.number,
        heading=Markup(heading),  # noqa: S704 - the library escapes, and HTML is off
        body=Markup(body),  # noqa: S704 - the same
    )


def _opens_table(one: Section, words: Words) -> Token:
    """A wide table moves by itself, with the keyboard too."""
    name = words.say("Table in section {n}", n=words.number(one.number))
    around = Markup('<div class="scroll" role="region" tabindex="0" aria-label="{}">\n')
    return Token("html_block", "", 0, content=str(around.format(name)))


def _fitted(token: Token) -> Token:
    """Headings below those of sections, table heads that say what they head."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{max(3, int(token.tag[1]))}"
    elif token.type == "th_open":
        token.attrSet("scope", "col")
    for child in token.children or ():
        if child.type == "link_open":
            child.attrSet("rel", "noreferrer")
    return token


# -- two versions ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DrawnSide:
    """What one version has in a row. ``label``: what happened to it, in a word or two."""

    label: str
    body: Markup


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """``number``: of the change, from 1 on; 0 where nothing changed."""

    fate: Fate
    number: int
    old: DrawnSide | None
    new: DrawnSide | None


def drawn_rows(found: Comparison, words: Words) -> list[DrawnRow]:
    """The rows of a comparison. What is the same is read once: its older side is for the eye."""
    say, rows, number = words.say, list[DrawnRow](), 0
    for row in found.rows:
        was, now = {
            Fate.SAME: ("", ""),
            Fate.CHANGED: (say("Old text"), say("New text")),
            Fate.REMOVED: (say("Removed"), ""),
            Fate.ADDED: ("", say("Added")),
        }[row.fate]
        if row.reshaped:
            was, now = say("Old format"), say("New format")
        number += row.fate is not Fate.SAME
        rows.append(
            DrawnRow(
                fate=row.fate,
                number=number if row.fate is not Fate.SAME else 0,
                old=_side(row.old, was, words, row.fate, old=True),
                new=_side(row.new, now, words, row.fate, old=False),
            )
        )
    return rows


def _side(
    block: Block | None, label: str, words: Words, fate: Fate, *, old: bool
) -> DrawnSide | None:
    if block is None:
        return None
    whole = fate in (Fate.REMOVED, Fate.ADDED)  # its label says it for the ear
    said = [
        _sentence(one, "" if whole else _spoken(words, old=old), old=old) for one in block.sentences
    ]
    return DrawnSide(label=label, body=_shaped(block, said, old=old))


def _spoken(words: Words, *, old: bool) -> str:
    """What is heard before marked words, and after them."""
    if old:
        return f"{words.say('Removed:')}|{words.say('End of removed text.')}"
    return f"{words.say('Added:')}|{words.say('End of added text.')}"


def _shaped(block: Block, said: Sequence[Markup], *, old: bool) -> Markup:
    """A block as it is read. Only the newer side has headings: a page has one set of them."""
    text = Markup("").join(said)
    around = Markup("{}")
    if block.quoted:
        around = Markup('<div class="was-quoted">{}</div>')
    match block.kind:
        case Kind.TITLE | Kind.HEADING:
            level = 2 if block.kind is Kind.TITLE else max(2, min(block.level + 1, 6))
            number = Markup("{}. ").format(block.number) if block.number else ""
            tag = "p" if old or block.depth or block.quoted else f"h{level}"
            size = Markup("as-{}").format(1 if block.kind is Kind.TITLE else min(block.level, 3))
            drawn = Markup('<{0} class="{1}">{2}{3}</{0}>').format(tag, size, number, text)
        case Kind.ITEM if block.number:
            drawn = Markup('<ol start="{}"><li>{}</li></ol>').format(block.number, text)
        case Kind.ITEM:
            drawn = Markup("<ul><li>{}</li></ul>").format(text)
        case Kind.CODE:
            drawn = Markup("<pre><code>{}</code></pre>").format(text)
        case Kind.ROW:
            drawn = _table_row(block, said)
        case Kind.PARAGRAPH:
            drawn = Markup("<p>{}</p>").format(text)
        case _:
            assert_never(block.kind)
    deep = block.depth - (block.kind is Kind.ITEM)
    inside = Markup('<div class="deep">{}</div>') if deep > 0 else Markup("{}")
    for _ in range(min(deep, 3)):
        drawn = inside.format(drawn)
    return around.format(drawn)


def _table_row(block: Block, said: Sequence[Markup]) -> Markup:
    cells: dict[int, Markup] = {}
    for one, text in zip(block.sentences, said, strict=True):
        cells[one.cell] = cells.get(one.cell, Markup("")) + text
    tag = "strong" if block.head else "span"
    drawn = (Markup('<{0} class="cell">{1}</{0}>').format(tag, one) for one in cells.values())
    return Markup('<p class="cells">{}</p>').format(Markup(" ").join(drawn))


def _sentence(one: Sentence, spoken: str, *, old: bool) -> Markup:
    tag, drawn = "del" if old else "ins", Markup("")
    before, _, after = spoken.partition("|")
    for changed, pieces in groupby(one.pieces, key=lambda piece: piece.changed):
        text = _set(pieces, old=old)
        if changed and spoken:
            text = Markup(
                '<{0}><span class="unseen">{1} </span>{3}<span class="unseen"> {2} </span></{0}>'
            ).format(tag, before, after, text)
        elif changed:
            text = Markup("<{0}>{1}</{0}>").format(tag, text)
        drawn += text
    if one.fate is Fate.CHANGED:
        return Markup('<span class="sentence">{}</span>').format(drawn)
    return drawn


def _set(pieces: Iterable[Piece], *, old: bool) -> Markup:
    """Words as they are set. An address is said where it is what changed."""
    drawn = Markup("")
    for (bold, italic, code, link), same in groupby(
        pieces, key=lambda one: (one.bold, one.italic, one.code, one.link)
    ):
        run = list(same)
        text = Markup("{}").format("".join(one.words for one in run))
        for is_set, tag in ((code, "code"), (italic, "em"), (bold, "strong")):
            text = Markup("<{0}>{1}</{0}>").format(tag, text) if is_set else text
        if link and (old or link.startswith("#")):
            text = Markup("<a>{}</a>").format(text)
        elif link:
            text = Markup('<a href="{}" rel="noreferrer">{}</a>').format(link, text)
        if link and run[-1].changed:
            text += Markup('<span class="small quiet">({}) </span>').format(link)
        drawn += text
    return drawn
