"""Two versions of a text side by side, as they are read: block by block, and in each block sentence
by sentence.

Markdown's marks are gone: a heading is a heading, and a list item has its marker. All words of a
version are in its own side, in their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from markdown_it.token import Token

from governance.rules.text import markdown

_Part = TypeVar("_Part")

_WORD = re.compile(r"\S+\s*|\s+")
"""A word with the space behind it."""

_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[¿¡]*[A-ZÀ-ÖØ-Þ0-9])")
"""Where a sentence may end: before something that can begin the next one."""

_ABBREVIATIONS = """
a.m p.m e.g i.e etc cf vs approx no nos sec art ch fig pp p vol ed inc dept mr mrs ms dr st jr sr
prof u.s u.s.a jan feb mar apr jun jul aug sep sept oct nov dec sra dra núm pág págs ej p.ej ee uu
ee.uu
"""

_SHORTENED = frozenset(_ABBREVIATIONS.split())
"""Words before a period that seldom end a sentence, without that period."""

_MOST_COMPARED = 4_000_000
"""Pairs of words that are compared in about a second; of more, all count as changed."""

_MOST_MATCHED = 40_000
"""Pairs of blocks or sentences whose likeness is measured; of more, none are paired."""

_ALIKE, _ALIKE_BLOCKS = 0.5, 0.3
"""Least share of words in common with which one sentence became another, and one paragraph."""

_LIST_KINDS = {"bullet_list_open", "ordered_list_open"}


class Kind(StrEnum):
    """How a block is read."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    """The first paragraph of an item of a list."""
    ROW = "row"
    """Of a table; each sentence says in which cell it is."""
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some words with the space behind them. ``bold``, ``italic``, ``code`` and ``link`` (an
    address) say how they are set."""

    words: str
    changed: bool = False
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""

    @property
    def key(self) -> Hashable:
        """The same for the same word that is set in the same way."""
        return self.words.strip(), self.bold, self.italic, self.code, self.link


class Fate(StrEnum):
    """What became of a sentence or a block between the versions."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """``cell``: in a row of a table, which one it is in, from 0 on."""

    pieces: tuple[Piece, ...]
    fate: Fate = Fate.SAME
    cell: int = 0

    @property
    def words(self) -> str:
        return "".join(one.words for one in self.pieces)

    @property
    def key(self) -> Hashable:
        return self.cell, tuple(one.key for one in self.pieces if one.words.strip())


@dataclass(frozen=True, kw_only=True)
class Block:
    """A heading, a paragraph, an item of a list, a row of a table. ``level``: of a heading, from 1
    on. ``depth``: in how many lists it is. ``number``: of an item in a numbered list, or of a
    heading of the second level, by which people cite it; 0: it has none."""

    kind: Kind
    sentences: tuple[Sentence, ...]
    level: int = 0
    depth: int = 0
    number: int = 0
    quoted: bool = False
    head: bool = False
    """It is the first row of a table."""

    @property
    def words(self) -> str:
        return "".join(one.words for one in self.sentences)

    @property
    def key(self) -> Hashable:
        """All that is read in it, without its number: that moves when another is put in."""
        return self.shape, tuple(one.key for one in self.sentences)

    @property
    def shape(self) -> Hashable:
        return self.kind, self.level, self.depth, self.quoted, self.head


@dataclass(frozen=True, kw_only=True)
class Row:
    """What is beside one another. None: nothing is there in that version. ``reshaped``: the
    same words, as a list instead of a paragraph for example."""

    fate: Fate
    old: Block | None
    new: Block | None

    @property
    def reshaped(self) -> bool:
        return self.fate is Fate.CHANGED and all(
            one.fate is Fate.SAME for side in (self.old, self.new) if side for one in side.sentences
        )


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """``removed`` and ``added`` count whole sentences, ``changed`` those of which words did."""

    rows: tuple[Row, ...]

    @property
    def same(self) -> bool:
        return all(one.fate is Fate.SAME for one in self.rows)

    def count(self, fate: Fate) -> int:
        side = "old" if fate is Fate.REMOVED else "new"
        blocks = (getattr(one, side) for one in self.rows)
        return sum(one.fate is fate for block in blocks if block for one in block.sentences)


def compared(old: str, new: str, *, titles: tuple[str, str] = ("", "")) -> Comparison:
    """Two texts in Markdown, below their titles."""
    was, now = (_titled(title, text) for title, text in zip(titles, (old, new), strict=True))
    pairs = _beside(was, now, lambda one: one.key, lambda one: one.words, _ALIKE_BLOCKS)
    rows = (_row(before, after) for before, after in pairs)
    return Comparison(rows=tuple(rows))


def _row(old: Block | None, new: Block | None) -> Row:
    if old is None or new is None:
        return Row(
            fate=Fate.ADDED if old is None else Fate.REMOVED,
            old=_whole(old, Fate.REMOVED) if old else None,
            new=_whole(new, Fate.ADDED) if new else None,
        )
    if old.key == new.key:
        return Row(fate=Fate.SAME, old=old, new=new)
    befores: list[Sentence] = []
    afters: list[Sentence] = []
    pairs = _beside(
        old.sentences, new.sentences, lambda one: one.key, lambda one: one.words, _ALIKE
    )
    for before, after in pairs:
        if before and after and before.key != after.key:
            before, after = _words_marked(before, after)
        elif before is None or after is None:
            before = _all_changed(before, Fate.REMOVED) if before else None
            after = _all_changed(after, Fate.ADDED) if after else None
        befores += [before] if before else []
        afters += [after] if after else []
    return Row(
        fate=Fate.CHANGED,
        old=replace(old, sentences=tuple(befores)),
        new=replace(new, sentences=tuple(afters)),
    )


def _whole(block: Block, fate: Fate) -> Block:
    return replace(block, sentences=tuple(_all_changed(one, fate) for one in block.sentences))


def _all_changed(one: Sentence, fate: Fate) -> Sentence:
    return replace(one, fate=fate, pieces=tuple(replace(p, changed=True) for p in one.pieces))


def _words_marked(old: Sentence, new: Sentence) -> tuple[Sentence, Sentence]:
    """The words that one has and the other lacks."""
    befores, afters = [False] * len(old.pieces), [False] * len(new.pieces)
    if len(befores) * len(afters) > _MOST_COMPARED:
        return _all_changed(old, Fate.CHANGED), _all_changed(new, Fate.CHANGED)
    was, now = ([one.key for one in side.pieces] for side in (old, new))
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            befores[a:b], afters[c:d] = [True] * (b - a), [True] * (d - c)
    return (_with_marks(old, befores), _with_marks(new, afters))


def _with_marks(one: Sentence, marks: Sequence[bool]) -> Sentence:
    pieces = zip(one.pieces, marks, strict=True)
    return replace(
        one,
        fate=Fate.CHANGED,
        pieces=tuple(replace(piece, changed=changed) for piece, changed in pieces),
    )


# -- what became what ------------------------------------------------------------------------------


def _beside(
    old: Sequence[_Part],
    new: Sequence[_Part],
    key: Callable[[_Part], Hashable],
    words: Callable[[_Part], str],
    least: float,
) -> Iterator[tuple[_Part | None, _Part | None]]:
    """Pairs in the order of both: what is the same first of all, then what is alike."""
    was, now = ([key(one) for one in side] for side in (old, new))
    counts = Counter(now)
    if sum(counts[one] for one in was) > _MOST_COMPARED:  # the same again and again
        yield from _alike(old, new, words, least)
        return
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _alike(old[a:b], new[c:d], words, least)


def _alike(
    old: Sequence[_Part], new: Sequence[_Part], words: Callable[[_Part], str], least: float
) -> Iterator[tuple[_Part | None, _Part | None]]:
    """The pairing in order with the most likeness altogether."""
    if not old or not new or len(old) * len(new) > _MOST_MATCHED:
        yield from ((one, None) for one in old)
        yield from ((None, one) for one in new)
        return
    bags = [[Counter(words(one).casefold().split()) for one in side] for side in (old, new)]
    likeness = [[_in_common(one, other, least) for other in bags[1]] for one in bags[0]]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + likeness[i][j])
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((one, None) for one in old[i:])
    yield from ((None, one) for one in new[j:])


def _in_common(one: Counter[str], other: Counter[str], least: float) -> float:
    """From 0 to 1; 0 where it is too little."""
    total = one.total() + other.total()
    share = 2 * (one & other).total() / total if total else 1.0
    return share if share >= least else 0.0


# -- blocks and sentences --------------------------------------------------------------------------


def _titled(title: str, text: str) -> list[Block]:
    """``title`` is no Markdown."""
    head = Block(kind=Kind.TITLE, sentences=_sentences([Piece(words=one) for one in _split(title)]))
    return [*([head] if title else []), *blocks(text)]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text in Markdown, in their order."""
    lists: list[int | None] = []  # of each list around: the number of its next item, or none
    quotes, section, fresh, cells = 0, 0, False, None
    head = False
    tokens = markdown().parse(text)
    for place, token in enumerate(tokens):
        kind = token.type
        if kind in _LIST_KINDS:
            starts = int(token.attrGet("start") or 1)
            lists.append(starts if kind == "ordered_list_open" else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_open":
            fresh = True
        elif kind == "list_item_close":
            if lists[-1] is not None:
                lists[-1] += 1
            fresh = False
        elif kind in ("blockquote_open", "blockquote_close"):
            quotes += 1 if kind == "blockquote_open" else -1
        elif kind in ("thead_open", "thead_close"):
            head = kind == "thead_open"
        elif kind == "tr_open":
            cells = list[tuple[Piece, ...]]()
        elif kind == "tr_close" and cells is not None:
            yield _table_row(cells, head=head)
            cells = None
        elif kind in ("fence", "code_block"):
            yield _code(token, len(lists), quoted=bool(quotes))
            fresh = False
        elif kind == "inline":
            pieces = tuple(_pieces(token.children or []))
            if cells is not None:
                cells.append(pieces)
                continue
            before = tokens[place - 1]
            if before.type == "heading_open":
                level = int(before.tag[1])
                numbered = level == 2 and before.level == 0
                section += numbered
                made = Block(
                    kind=Kind.HEADING,
                    sentences=_sentences(pieces),
                    level=level,
                    depth=len(lists),
                    number=section if numbered else 0,
                )
            else:
                made = Block(
                    kind=Kind.ITEM if fresh else Kind.PARAGRAPH,
                    sentences=_sentences(pieces),
                    depth=len(lists),
                    number=(lists[-1] or 0) if fresh else 0,
                )
            yield replace(made, quoted=bool(quotes))
            fresh = False


def _table_row(cells: Sequence[Sequence[Piece]], *, head: bool) -> Block:
    sentences = (
        replace(one, cell=cell) for cell, pieces in enumerate(cells) for one in _sentences(pieces)
    )
    return Block(kind=Kind.ROW, sentences=tuple(sentences), head=head)


def _code(token: Token, depth: int, *, quoted: bool) -> Block:
    """Each of its lines counts as a sentence."""
    lines = token.content.splitlines(keepends=True)
    return Block(
        kind=Kind.CODE,
        sentences=tuple(Sentence(pieces=(Piece(words=one),)) for one in lines),
        depth=depth,
        quoted=quoted,
    )


def _pieces(children: Sequence[Token]) -> Iterator[Piece]:
    """The words of a paragraph, each with how it is set."""
    set_now = Piece(words="")
    links: list[str] = []
    counts = Counter[str]()
    for token in children:
        kind = token.type
        if kind in ("strong_open", "strong_close", "em_open", "em_close"):
            counts[token.tag] += 1 if kind.endswith("_open") else -1
            set_now = replace(set_now, bold=counts["strong"] > 0, italic=counts["em"] > 0)
        elif kind == "link_open":
            links.append(str(token.attrGet("href") or ""))
            set_now = replace(set_now, link=links[-1])
        elif kind == "link_close":
            links.pop()
            set_now = replace(set_now, link=links[-1] if links else "")
        elif kind in ("softbreak", "hardbreak"):
            yield replace(set_now, words=" " if kind == "softbreak" else "\n")
        else:
            is_code = kind == "code_inline"
            yield from (replace(set_now, words=one, code=is_code) for one in _split(token.content))


def _split(text: str) -> list[str]:
    return _WORD.findall(text)


def _sentences(pieces: Sequence[Piece]) -> tuple[Sentence, ...]:
    text = "".join(one.words for one in pieces)
    ends = {*_ends(text), len(text)}
    found: list[Sentence] = []
    held: list[Piece] = []
    at = 0
    for one in pieces:
        held.append(one)
        at += len(one.words)
        if at in ends:
            found.append(Sentence(pieces=tuple(held)))
            held = []
    return tuple(found) if not held else (*found, Sentence(pieces=tuple(held)))


def _ends(text: str) -> Iterator[int]:
    """Where the sentences of a paragraph end, with the space behind them. After an abbreviation, an
    initial or the number of an item there is none."""
    yield from (one.end() for one in re.finditer(r"\n", text))
    for found in _END.finditer(text):
        before = text[: found.start()].rpartition(" ")[2].rpartition("\n")[2]
        word = before.lstrip("\"'“‘«([¿¡").casefold()
        stops = text[found.start()] == "."
        if stops and (word in _SHORTENED or _is_initial(word) or not text[: found.start()].strip()):
            continue
        if stops and word.isdecimal() and before == text[: found.start()].strip():
            continue  # the number of an item, in front of it
        yield found.end()


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()
