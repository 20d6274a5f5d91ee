"""A rule's text as HTML, what differs between two, and calendars: line by line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html import unescape
from uuid import uuid4

import pytest

from bot.web.feeds import calendar, of_rule
from bot.web.rules.drawing import drawn, marked
from core.text import Text
from core.words import Words
from governance.rules.messages import RuleDate
from governance.rules.model import RuleStep
from governance.rules.text import difference

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


def told(html: str, *, without: str) -> str:
    """What one of the versions said, out of what is shown of both."""
    seen = re.sub(r'<span class="unseen">[^<]*</span>', "", html)
    seen = re.sub(rf"<{without}>.*?</{without}>", "", seen, flags=re.DOTALL)
    return unescape(re.sub(r"</?(ins|del|b)>", "", seen))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "all of it"),
        ("<b>one</b> & two\n", "<b>one</b> & 2\n\n<ins>typed</ins>"),
        ("a b c d\ne f\n", "a c d\nf e\n"),
        ("x " * 3000, "y " * 3000),
    ],
)
def test_whatever_is_compared_both_texts_are_there(old: str, new: str) -> None:
    runs = difference(old, new)
    assert "".join(one.words for one in runs if one.change != "added") == old
    assert "".join(one.words for one in runs if one.change != "removed") == new
    html = str(marked(runs, Words("en")))
    assert told(html, without="ins") == old
    assert told(html, without="del") == new


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
