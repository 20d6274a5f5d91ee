"""What each message looks like on the web: files to read as pictures, and what no page may do."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from bot.cards import has_card
from bot.conversation import Reader
from bot.web import rendering
from bot.web.card_pictures import first_picture
from bot.web.draw import draw, draw_title
from core.words import Words
from governance.messages import Brief, FeedbackForm, Message
from tests.bot.web import examples

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(examples.MESSAGES)


@pytest.fixture(autouse=True)
def _fixed_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "uuid4", lambda: examples.number(99))


def drawn(name: str, reader: Reader = examples.READER) -> str:
    return str(draw(examples.MESSAGES[name], reader, csrf="token"))


OWN = (Brief, FeedbackForm)
"""Cards in chat, pages of their own here."""
NATIVE = [
    name
    for name, message in examples.MESSAGES.items()
    if isinstance(message, OWN) or not has_card(message)
]
"""What a card says is looked at once for all platforms: ``tests/bot/cards``."""


@pytest.mark.parametrize("name", NATIVE)
def test_a_message_looks_as_its_golden_file_says(name: str) -> None:
    """``UPDATE_GOLDEN=1`` writes the files anew; read the difference as a picture."""
    found = re.sub(r"\n\s*\n+", "\n", drawn(name)).strip() + "\n"
    file = GOLDEN / f"{name}.html"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(found)
    assert file.read_text() == found


def test_every_kind_of_message_has_an_example() -> None:
    shown = {type(message) for message in examples.MESSAGES.values()}
    assert set(get_args(Message)) == shown


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.html")} == set(NATIVE)


@pytest.mark.parametrize("name", NAMES)
def test_no_markup_of_ours_is_read_as_text(name: str) -> None:
    read = _Tags()
    read.feed(drawn(name))
    assert not re.search(r"</?(span|p|a|strong|br)\b", read.text), "escaped twice"


@pytest.mark.parametrize("name", NAMES)
def test_what_people_typed_is_never_markup(name: str) -> None:
    html = drawn(name)
    assert "<script" not in html
    assert "<b>bold" not in html
    assert "<!channel" not in html


class _Tags(HTMLParser):
    """Collects ids, label targets, unclosed elements, and the text as it is read."""

    VOID = frozenset(("input", "br", "hr", "img", "line", "rect", "circle"))

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointers: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if held.get("id"):
            self.ids.append(str(held["id"]))
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.pointers.extend((held.get(name) or "").split())
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_sound_html(name: str) -> None:
    tags = _Tags()
    tags.feed(drawn(name))
    assert tags.open == []
    assert len(tags.ids) == len(set(tags.ids))
    assert set(tags.pointers) <= set(tags.ids)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "done"])
def test_a_message_has_one_heading_of_the_level_asked_for_or_is_a_form_of_a_page(
    name: str,
) -> None:
    html = draw(examples.MESSAGES[name], examples.READER, csrf="token", level=3)
    expected = 0 if name.startswith("question_page") else 1
    assert html.count("<h3") == expected
    assert "<h1" not in html
    assert "<h2" not in html


@pytest.mark.parametrize("name", [name for name in NAMES if name != "done"])
def test_a_message_has_a_title_without_an_exclamation(name: str) -> None:
    title = draw_title(examples.MESSAGES[name], Words("en", "America/Chicago"))
    assert title
    assert "!" not in title.replace(examples.HOSTILE, "")


@pytest.mark.parametrize("name", NAMES)
def test_a_form_carries_its_token(name: str) -> None:
    html = drawn(name)
    assert html.count('method="post"') == html.count('name="csrf" value="token"')


def test_a_reader_elsewhere_reads_their_language_and_their_clock() -> None:
    reader = Reader(locale="es-MX", timezone="America/Los_Angeles")
    html = drawn("invitation", reader)
    assert "Pulso semanal de tecnología" in html
    assert "2:00" in html


def test_a_form_shows_again_what_was_typed_with_the_reason_beside_it() -> None:
    html = drawn("question_page_wrong")
    assert 'value="a lot"' in html
    assert html.count(" checked") == 3
    assert html.count(" selected") == 2
    assert "Enter a number from 0 to 480." in html
    assert 'aria-describedby="q-minutes-hint q-minutes-why"' in html


def test_a_form_shows_what_was_answered_before() -> None:
    from dataclasses import replace

    page = replace(
        examples.PAGE_TWO,
        given={"minutes": 20.0, "tools": ("docs",), "priorities": ("signin", "coverage")},
    )
    html = draw(page, examples.READER)
    assert 'value="20"' in html
    assert 'value="docs" checked' in html
    assert '<option value="signin" selected>' in html


def test_the_card_of_results_has_one_picture_and_none_when_withheld() -> None:
    words = Words("en", "America/Chicago")
    assert drawn("results").count("<svg") == 1
    assert first_picture(examples.NO_RESULTS, words) is None
    assert "Fewer than 12 answers, so nothing is shown to anyone." in drawn("results_withheld")
