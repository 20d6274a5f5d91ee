"""Whatever people type: every message stays one that its platform takes, and words stay words.

A few hundred seeded cases, and 10,000 in ``make prove``. A failure names its case, which is its
seed: ``CASE=slack-235`` runs that one alone.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from random import Random
from typing import Any, get_args

import pytest

from bot.conversation import Reader
from bot.mail.draw import draw as draw_mail
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home, draw_message, draw_modal, is_form
from bot.teams.draw import draw as draw_card
from bot.web.draw import draw as draw_page
from core.words import Words
from governance.messages import Message
from tests.bot.mail.test_golden import SETTINGS, part, written
from tests.bot.slack.samples import FRESH, SAMPLES
from tests.bot.slack.test_golden import objects, strings
from tests.bot.teams.samples import MESSAGES
from tests.bot.teams.test_draw import _read_as_markdown
from tests.bot.web import examples
from tests.hostile.sowing import LINKS, sown
from tests.stand_ins.adaptive_cards import faults
from tests.stand_ins.slack_blocks import message_faults, view_faults

READER = Reader(web_url="https://soundingboard.example.org")
MARKDOWN = re.compile(r"\*\*|__|`|\]\(|\]\[|://|<at>|</at>|\{\{|(?m:^\s*(?:[-+#>]|\d{1,9}[.)])\s)")


def slack(message: Any, reader: Reader) -> Iterator[str]:
    pen = pen_for(reader, FRESH)
    drawn = [draw_message(message, pen), draw_home(message, pen), draw_modal(message, pen)]
    yield from message_faults(drawn[0])
    for view in drawn[1:]:
        unasked = () if is_form(message, Words()) else ("needs one",)
        yield from (one for one in view_faults(view) if not any(u in one for u in unasked))
    yield from (f"a mention: {one!r}" for one in strings(drawn, "initial_value") if _mention(one))
    for one in objects(drawn):
        if one.get("type") == "mrkdwn":
            yield "mrkdwn"
        if one.get("type") == "plain_text" and one.get("emoji") is not False:
            yield "a text that makes emoji of words"
        if one.get("type") == "link" and _typed_link(one["url"]):
            yield "a link that somebody typed"


def _typed_link(url: str) -> bool:
    """The office's own field for a link is the one way to a link."""
    return "evil.example" in url and url not in LINKS


def _mention(text: str) -> bool:
    return re.search(r"<[!@#]", text) is not None


def teams(message: Any, reader: Reader) -> Iterator[str]:
    drawn = draw_card(message, reader)
    if drawn is None:
        return
    yield from faults(drawn.card)
    if "msteams" in drawn.card:
        yield "a mention needs an entity, and there is one"
    for one in _read_as_markdown(drawn.card):
        if found := MARKDOWN.search(one):
            yield f"markdown {found.group()!r} in {one[:200]!r}"


def web(message: Any, reader: Reader) -> Iterator[str]:
    yield from _page_faults(str(draw_page(message, reader, csrf="token")))


def mail(message: Any, reader: Reader) -> Iterator[str]:
    letter = written(draw_mail(message, Words(reader.locale), SETTINGS.web_url))
    head, _, _ = letter.as_bytes().partition(b"\r\n\r\n")
    if re.search(rb"(?im)^bcc", head) or "Bcc" in letter:
        yield "a header that somebody typed"
    if re.search(r"[\x00-\x1f]", str(letter["Subject"])):
        yield "a control character in the subject"
    yield from _page_faults(part(letter, "html"))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "iframe", "object", "embed", "base", "img"} and not _ours(tag, attrs):
            self.found.append(f"an element that somebody typed: {tag} {attrs!r}")
        for name, value in attrs:
            if name.startswith("on"):
                self.found.append(f"an attribute that acts: {name}")
            if name in {"href", "src", "action"} and re.match(
                r"(?i)\s*(javascript|data):", value or ""
            ):
                self.found.append(f"an address that acts: {value!r}")


def _ours(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    return tag == "img" and str(dict(attrs).get("src", "")).startswith("/")


def _page_faults(html: str) -> list[str]:
    page = _Page()
    page.feed(html)
    return page.found


PLATFORMS: dict[str, tuple[dict[str, Any], Callable[[Any, Reader], Iterator[str]]]] = {
    "slack": (dict(SAMPLES), slack),
    "teams": (dict(MESSAGES), teams),
    "web": (dict(examples.MESSAGES), web),
    "mail": (dict(examples.MESSAGES), mail),
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_kind_of_message_is_sown(platform: str) -> None:
    samples, _ = PLATFORMS[platform]
    missing = set(get_args(Message)) - {type(one) for one in samples.values()}
    assert {kind.__name__ for kind in missing} <= {"Done"}


@pytest.mark.parametrize("cases", [100, pytest.param(2_500, marks=pytest.mark.prove)])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_whatever_is_typed_stays_words(platform: str, cases: int) -> None:
    """Four platforms, every second case in Spanish."""
    samples, _ = PLATFORMS[platform]
    wrong: dict[str, str] = {}
    for case in _cases(platform, cases):
        name = sorted(samples)[case % len(samples)]
        for fault in _faults_of(platform, name, case):
            wrong.setdefault(f"{name}: {fault[:90]}", f"CASE={platform}-{case}")
    assert not wrong, json.dumps(wrong, indent=1)[:6000]


def _cases(platform: str, cases: int) -> Iterable[int]:
    asked, _, number = os.environ.get("CASE", "").partition("-")
    if not asked:
        return range(cases)
    return [int(number)] if asked == platform else []


def _faults_of(platform: str, name: str, case: int) -> Iterator[str]:
    samples, check = PLATFORMS[platform]
    reader = replace(READER, locale="es" if case // len(samples) % 2 else "en")
    message = sown(samples[name], Random(f"{platform}-{case}"))  # noqa: S311
    return check(message, reader)
