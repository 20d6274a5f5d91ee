"""A rule's text as HTML, what differs between two, and calendars: line by line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from uuid import uuid4

import pytest

from bot.web.feeds import calendar, of_rule
from bot.web.rules.drawing import drawn, drawn_rows
from core.text import Text
from core.words import Words
from governance.rules.comparing import Fate, compared
from governance.rules.messages import RuleDate
from governance.rules.model import RuleStep
from tests.governance.rules.test_comparing import read

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)

EVIL = """## Links
<script>alert(1)</script> ![a picture](http://evil.example/x.png) [bad](javascript:alert(1))
[worse](data:text/html,x) [file](file:///etc/passwd) [near](/signout) <javascript:alert(2)>
[good](https://example.org "a title") [mail](mailto:help@example.org) [here](#section-1)

<img src=x onerror=alert(3)>
"""


def test_what_somebody_put_into_a_text_stays_harmless() -> None:
    (section,) = drawn(EVIL, Words("en"))
    html = str(section.body)
    assert re.findall(r"<(\w+)", html) == ["p", "a", "a", "a", "a", "p"]
    assert set(re.findall(r'href="([^"]*)"', html)) == {
        "http://evil.example/x.png",  # a picture is a link: nothing is loaded
        "https://example.org",
        "mailto:help@example.org",
        "#section-1",
    }
    assert "onerror" not in re.sub(r"&lt;.*?&gt;", "", html)
    heading = str(drawn("## <b>x</b> [y](javascript:z)", Words("en"))[0].heading)
    assert "<" not in heading


def test_headings_stand_below_sections_and_links_by_reference_hold_in_all_of_them() -> None:
    text = (
        "# Big\n\n## One\nSee [the law][1].\n\n# Also big\n\n## Two\nx\n\n[1]: https://law.example"
    )
    html = "".join(str(one.body) for one in drawn(text, Words("en")))
    assert "<h1" not in html
    assert html.count("<h3") == 2
    assert 'href="https://law.example"' in html


def told(html: str) -> list[str]:
    """The words of one version, out of its side of a comparison."""
    seen = re.sub(r'<span class="unseen">[^<]*</span>', "", html)
    seen = re.sub(r'<span class="small quiet">[^<]*</span>', "", seen)  # a new address
    seen = re.sub(r'<p class="compare-mark">.*?</p>', " ", seen)
    seen = re.sub(r'(class="as-2">)\d+\. ', r"\1", seen)  # sections are numbered on the page alone
    seen = re.sub(
        r"</?(ins|del|a|em|strong|code)\b[^>]*>|<span class=\"sentence\">|</span>", "", seen
    )
    return unescape(re.sub(r"<[^>]*>", " ", seen)).split()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "all of it"),
        ("<b>one</b> & two\n", "<b>one</b> & 2\n\n<ins>typed</ins>"),
        ("a b c d\ne f\n", "a c d\nf e\n"),
        ("x " * 3000, "y " * 3000),
        ("## One\n- *a* b\n- c", "## Two\n1. **a** b\n2. c [d](https://e.example)\n\n> f"),
    ],
)
def test_whatever_is_compared_both_texts_are_there(old: str, new: str) -> None:
    rows = drawn_rows(compared(old, new), Words("en"))
    for side, text in (("old", old), ("new", new)):
        drawn_sides = (getattr(one, side) for one in rows)
        html = "\n".join(str(one.body) for one in drawn_sides if one)
        assert told(html) == read(text)
        assert "<b>" not in html


def test_what_changed_is_said_in_words_and_marked() -> None:
    rows = drawn_rows(
        compared("Use four words.\n\nGone.", "Use five words.\n\n- New."), Words("en")
    )
    assert [(one.fate, one.number) for one in rows] == [
        (Fate.CHANGED, 1),
        (Fate.REMOVED, 2),
        (Fate.ADDED, 3),
    ]
    changed, removed, added = rows
    assert changed.old
    assert changed.new
    assert (changed.old.label, changed.new.label) == ("Old text", "New text")
    assert '<del><span class="unseen">Removed: </span>four ' in changed.old.body
    assert '<ins><span class="unseen">Added: </span>five ' in changed.new.body
    assert removed.old
    assert removed.new is None
    assert removed.old.label == "Removed"
    assert added.new
    assert added.new.body == "<ul><li><ins>New.</ins></li></ul>"
    assert added.new.label == "Added"


def test_headings_of_a_comparison_are_headings_once() -> None:
    (row,) = drawn_rows(compared("## One", "## One"), Words("en"))
    assert row.old
    assert row.new
    assert row.old.body == '<p class="as-2">1. One</p>'
    assert row.new.body == '<h3 class="as-2">1. One</h3>'


def test_a_link_that_changed_says_where_it_leads_and_the_older_one_leads_nowhere() -> None:
    (row,) = drawn_rows(
        compared("[here](https://a.example)", "[here](https://b.example)"), Words("en")
    )
    assert row.old
    assert row.new
    assert "href" not in row.old.body
    assert "(https://a.example)" in row.old.body
    assert 'href="https://b.example"' in row.new.body
    assert "(https://b.example)" in row.new.body


def test_the_lines_of_a_calendar_are_folded_and_escaped() -> None:
    title = "Señales, cámaras; y \\ todo lo demás, " * 6 + "fin"
    one = RuleDate(
        rule_id=uuid4(),
        number="ITR 7",
        title=Text(default=title),
        version=1,
        step=RuleStep.OPENED,
        at=NOON,
        day=date(2026, 11, 4),
    )
    entry = of_rule(one, Words("en"), "https://board.example.org")
    made = calendar([entry], NOON, title="IT rules")
    assert made.endswith(b"END:VCALENDAR\r\n")
    lines = made.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    whole = made.replace(b"\r\n ", b"").decode()
    summary = next(line for line in whole.splitlines() if line.startswith("SUMMARY:"))
    plain = re.sub(r"\\(.)", r"\1", summary.removeprefix("SUMMARY:"))
    assert plain.endswith(f"ITR 7: {title}")
    assert re.search(r"(?<!\\)[,;]", summary.partition(":")[2]) is None
