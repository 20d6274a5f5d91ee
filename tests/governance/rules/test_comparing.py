"""Two versions of a rule beside one another: what became of each sentence, and that no word is
lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rules.comparing import Block, Comparison, Fate, Kind, blocks, compared
from governance.rules.text import markdown

OLD = """## Passwords
Use a passphrase of four words. Change it each year. Tell no one.

- teachers
- office staff

| Account | Shortest |
| --- | --- |
| Staff | 15 letters |
"""
NEW = """## Passwords
Use a passphrase of five words. Tell no one. Ask Dr. Lee for help.

- teachers
- substitutes
- office staff

| Account | Shortest |
| --- | --- |
| Staff | 16 letters |
"""


def sentences(text: str) -> list[str]:
    return [one.words.strip() for block in blocks(text) for one in block.sentences]


def fates(found: Comparison, side: str) -> list[tuple[str, Fate]]:
    return [
        (one.words.strip(), one.fate) for block in sides(found, side) for one in block.sentences
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four", 4),
        ("Ask Dr. Lee or Ms. Ortiz. They know.", 2),
        ("See Sec. 4 and No. 12. It holds.", 2),
        ("Use long words, e.g. Nebraska. Write them down.", 2),
        ("From 8 a.m. Monday on. Then rest.", 2),
        ("Signed by J. Smith. Kept here.", 2),
        ("It costs $3.50 a year. No more.", 2),
        ("He said “Stop.” Then he left.", 2),
        ("Pida ayuda a la Sra. Ortiz. ¿Cuándo? ¡Hoy!", 3),
        ("Up to version 2.0 it is fine, see iso@example.org or www.example.org.", 1),
    ],
)
def test_a_sentence_ends_where_a_reader_hears_it_end(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts, sentences(text)
    assert "".join(one.words for block in blocks(text) for one in block.sentences) == text


def test_each_sentence_says_what_became_of_it() -> None:
    found = compared(OLD, NEW)
    assert fates(found, "old")[1:4] == [
        ("Use a passphrase of four words.", Fate.CHANGED),
        ("Change it each year.", Fate.REMOVED),
        ("Tell no one.", Fate.SAME),
    ]
    assert fates(found, "new")[1:4] == [
        ("Use a passphrase of five words.", Fate.CHANGED),
        ("Tell no one.", Fate.SAME),
        ("Ask Dr. Lee for help.", Fate.ADDED),
    ]
    assert ("substitutes", Fate.ADDED) in fates(found, "new")
    assert ("office staff", Fate.SAME) in fates(found, "new")
    assert [found.count(one) for one in (Fate.CHANGED, Fate.REMOVED, Fate.ADDED)] == [2, 1, 2]


def test_in_a_changed_sentence_the_changed_words_are_marked() -> None:
    found = compared(OLD, NEW)
    for side, word in (("old", "four"), ("new", "five")):
        block: Block = getattr(found.rows[1], side)
        marked = [one.words.strip() for one in block.sentences[0].pieces if one.changed]
        assert marked == [word]


def test_blocks_are_what_they_are_read_as() -> None:
    text = "# Top\n\n## One\n1. first\n2. second\n   - inside\n\n   more\n\n> said\n\n```\nx\n```\n"
    found = [(one.kind, one.depth, one.number, one.quoted) for one in blocks(text)]
    assert found == [
        (Kind.HEADING, 0, 0, False),
        (Kind.HEADING, 0, 1, False),
        (Kind.ITEM, 1, 1, False),
        (Kind.ITEM, 1, 2, False),
        (Kind.ITEM, 2, 0, False),
        (Kind.PARAGRAPH, 1, 0, False),
        (Kind.PARAGRAPH, 0, 0, True),
        (Kind.CODE, 0, 0, False),
    ]


def test_what_only_looks_otherwise_is_said_to_be_changed() -> None:
    for old, new in (("Use a card.", "- Use a card."), ("Use a card.", "Use a **card.**")):
        found = compared(old, new)
        assert [one.fate for one in found.rows] == [Fate.CHANGED], new
    assert compared("Use a card.", "- Use a card.").rows[0].reshaped
    moved = compared("1. two\n2. three", "1. one\n2. two\n3. three")
    assert [one.fate for one in moved.rows] == [Fate.ADDED, Fate.SAME, Fate.SAME]


def test_another_address_behind_the_same_words_is_a_change() -> None:
    found = compared("[here](https://a.example)", "[here](https://b.example)")
    assert not found.same
    assert found.rows[0].new
    assert found.rows[0].new.sentences[0].pieces[0].link == "https://b.example"


def test_a_title_is_compared_as_it_stands() -> None:
    found = compared("x", "x", titles=("# 1 *Passwords*", "# 1 *Sign-in*"))
    assert [one.fate for one in found.rows][-1] is Fate.SAME
    assert found.rows[0].old
    assert found.rows[0].old.words == "# 1 *Passwords*"


_LINES = st.sampled_from(
    [
        "## Heading",
        "### Deeper *one*",
        "- an item",
        "  - inside it. Again.",
        "1. first",
        "2. second",
        "> said",
        "Plain words. More of them! And *more*, **bold** and `code`.",
        "See [the law](https://law.example). Dr. Lee knows.",
        "| a | b |",
        "| --- | --- |",
        "| one. Two. | 3 |",
        "```",
        "<b>typed</b> & so on",
        "four words",
        "five words",
        "",
        "",
    ]
)
_TEXTS = st.lists(st.one_of(_LINES, st.text(max_size=12)), max_size=14).map("\n".join)


def read(text: str) -> list[str]:
    """The words of a text as a page of it would show them, by another way than blocks."""
    html = re.sub(r"</?(strong|em|code|a)\b[^>]*>", "", markdown().render(text))
    html = re.sub(r"<[^>]*>", " ", html)
    return unescape(html).split()


def sides(found: Comparison, side: str) -> list[Block]:
    return [block for row in found.rows if (block := getattr(row, side))]


def parts(block: Block) -> list[str]:
    """A cell of a table stands by itself."""
    cells = [one.words for one in block.sentences]
    return cells if block.kind is Kind.ROW else [block.words]


@given(old=_TEXTS, new=_TEXTS)
def test_each_side_has_all_words_of_its_version_and_no_others(old: str, new: str) -> None:
    found = compared(old, new)
    for side, text in (("old", old), ("new", new)):
        shown = sides(found, side)
        assert [(one.shape, one.words) for one in shown] == [
            (one.shape, one.words) for one in blocks(text)
        ]
        words = (part for block in shown for part in parts(block))
        assert " ".join(words).split() == read(text)
    kept = {
        side: [
            one.key
            for block in sides(found, side)
            for one in block.sentences
            if one.fate is Fate.SAME
        ]
        for side in ("old", "new")
    }
    assert kept["old"] == kept["new"]
    assert found.same == ([one.key for one in blocks(old)] == [one.key for one in blocks(new)])


@given(text=_TEXTS)
def test_a_text_beside_itself_has_not_changed(text: str) -> None:
    assert compared(text, text).same


def test_a_long_text_that_was_written_anew_is_compared_in_time() -> None:
    old, new = ("".join(f"{word} {n}. " for n in range(4000)) for word in ("old", "new"))
    found = compared(old, new)
    assert found.count(Fate.SAME) == 0
    one = compared("x " * 30_000, "y " * 30_000)
    assert one.rows[0].fate in (Fate.REMOVED, Fate.ADDED)
