"""What each card says, once for all platforms; and what no renderer may do with it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.cards import CARDS, card_of, has_card
from bot.conversation import Reader
from bot.mail.draw import draw as mail
from bot.native import Native
from bot.registry import operation_of
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_message
from bot.teams.draw import draw as teams
from bot.whole_pages import place_of
from core import cards
from core.cards import (
    Bullets,
    Card,
    ChoiceField,
    Entries,
    Facts,
    Line,
    Link,
    Page,
    Part,
    Picture,
    Preview,
    Prose,
    Quote,
    Secrecy,
    Table,
    TextField,
    flat,
)
from core.commands import Command
from core.words import Words
from governance import links
from governance.messages import Message
from governance.views import View
from governance.waves.my_surveys import MySurveys
from surveys.messages import Rejected
from tests.bot.cards.reading import read
from tests.bot.slack.samples import FRESH
from tests.bot.web import examples, site

GOLDEN = Path(__file__).parent / "golden"
NAMES = sorted(name for name, message in examples.MESSAGES.items() if has_card(message))
READER = Reader(web_url="https://board.schools.example.org")
SPANISH = Words("es-MX", "America/Chicago")


def card(name: str, words: Words | None = None) -> Card:
    return card_of(examples.MESSAGES[name], words or Words())


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_what_its_golden_file_says(name: str) -> None:
    """``GOLDEN=write`` writes the files anew; read them as the person who gets the message."""
    file, found = GOLDEN / f"{name}.txt", read(card(name))
    if os.environ.get("GOLDEN") == "write":
        file.write_text(found, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == found


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(NAMES)


def test_every_message_is_a_card_or_drawn_by_each_platform_and_never_both() -> None:
    assert set(get_args(Message)) - set(CARDS) == set(get_args(Native)) - {Rejected}
    assert not set(CARDS) & set(get_args(Native))


LEADING = [
    (kind, one.name)
    for kind in vars(cards).values()
    if isinstance(kind, type) and is_dataclass(kind)
    for one in fields(kind)
    if one.name in ("path", "url")
]
"""What a card is made of that leads somewhere, and the field that says where."""


@pytest.mark.parametrize(("kind", "field"), LEADING)
def test_nothing_that_a_card_is_made_of_leads_out_of_our_pages_unseen(
    kind: Any, field: str
) -> None:
    usual: dict[str, Any] = {"label": "Open", "secrecy": Secrecy.SIGNED_IN}
    given = {one.name: usual[one.name] for one in fields(kind) if one.name in usual}
    assert kind(**given, **{field: "/rules"})
    wrong = ["", "rules", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
    for there in wrong + (["https://elsewhere.example"] if kind is Page else []):
        with pytest.raises(ValueError, match="not a page"):
            kind(**given, **{field: there})


def test_what_somebody_typed_is_a_page_only_where_it_is_ours() -> None:
    assert {kind for kind, _ in LEADING} == {Page, Link}
    assert Page.if_ours("Open", "/rules") == Page(label="Open", path="/rules")
    assert Page.if_ours("Open", "https://elsewhere.example") is None


def test_every_card_has_an_example() -> None:
    assert {type(examples.MESSAGES[name]) for name in NAMES} == set(CARDS)


@pytest.mark.parametrize("name", NAMES)
def test_what_only_its_reader_may_see_is_in_no_mail_and_no_notification(name: str) -> None:
    message = examples.MESSAGES[name]
    secret = [text for text in _secret(card(name)) if text not in _open(card(name))]
    letter = mail(message, Words(), READER.web_url)
    outside = [letter.subject, letter.heading, letter.note]
    outside += [words for part in letter.parts for words in part]
    outside.append(draw_message(message, pen_for(READER, FRESH))["text"])
    drawn = teams(message, READER)
    assert drawn is not None
    outside += [drawn.summary, drawn.card["fallbackText"], drawn.card["speak"]]
    for text in secret:
        assert not [said for said in outside if text in said], text


@pytest.mark.parametrize("name", [name for name in NAMES if not card(name).kept])
def test_of_what_no_chat_keeps_there_is_the_title_and_what_opens_it(name: str) -> None:
    """In a message and in a mail; its button opens a window at once."""
    message, shown = examples.MESSAGES[name], card(name)
    drawn = teams(message, READER)
    assert drawn is not None
    letter = mail(message, Words(), READER.web_url)
    slack = draw_message(message, pen_for(READER, FRESH))
    told = json.dumps([slack, drawn.card, drawn.summary, repr(letter)], ensure_ascii=False)
    opens = shown.form.opens if shown.form else None
    there = [shown.subject, *([opens.label] if opens else [])]
    there += [shown.page.label] if shown.page else []
    inside = (shown.badge, shown.title, shown.every_part, shown.form, shown.presses, shown.more)
    said = {one for one in _words(inside) if not any(one in each for each in there)}
    assert said, "it has something to keep"
    assert [one for one in said if one in told] == []
    assert opens is None or operation_of(opens.command).window


def _words(thing: object) -> Iterator[str]:
    """All that a part of a card says, without its addresses and its commands."""
    if isinstance(thing, str):
        yield from [thing] if len(thing) > len("CIS 4") else []
    elif isinstance(thing, tuple):
        for one in thing:
            yield from _words(one)
    elif is_dataclass(thing) and not isinstance(thing, Command):
        for one in fields(thing):
            if one.name not in {"path", "url", "key"}:
                yield from _words(getattr(thing, one.name))


@pytest.mark.parametrize("name", NAMES)
def test_no_button_on_a_page_opens_what_the_card_has_a_link_to(name: str) -> None:
    """In chat it does: there the link leads elsewhere, and the button opens it at hand."""
    shown = card(name)
    places = {_kind(one.path) for one in (shown.page, shown.up) if one}
    twice = [
        press.label
        for press in (*shown.presses, *shown.more)
        if operation_of(press.command).reads
        and not press.chat_only
        and _opened(press.command) in places
    ]
    assert twice == []


@pytest.mark.parametrize("name", NAMES)
def test_what_only_chat_opens_a_page_links_to(name: str) -> None:
    shown = card(name)
    places = {_kind(one.path) for one in (shown.page, shown.up) if one}
    only = [press for press in (*shown.presses, *shown.more) if press.chat_only]
    assert [press.label for press in only if _opened(press.command) not in places] == []


def _opened(command: Command) -> str:
    """The page of what a command is answered with; "" where that has none."""
    try:
        answer = site.usual(command)
    except KeyError:  # a form: no page of the site under test asks for it
        return ""
    if isinstance(answer, View):
        return _kind(place_of(Words(), answer)[0])
    if isinstance(answer, MySurveys):
        return _kind(links.my_surveys(""))
    found = card_of(answer, Words()) if has_card(answer) else None
    return _kind(found.page.path) if found and found.page and not found.form else ""


def _kind(path: str) -> str:
    """An address without its ids and versions: an answer may be an example of another thing."""
    return re.sub(r"[0-9a-f-]{36}|(?<=/)\d+", "*", path)


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_drawn_in_spanish_where_it_is_ours(name: str) -> None:
    """Each title of ours is another one in Spanish; one that is all typed stays as it is."""
    english, spanish = card(name).title, card(name, SPANISH).title
    typed = isinstance(english, tuple) and len(english) == 1
    assert typed or flat(english) != flat(spanish)


@pytest.mark.parametrize("name", NAMES)
def test_all_that_a_card_says_is_on_slack_and_teams(name: str) -> None:
    """What the parts hold is what is drawn, apart from what is cut at a platform's limit; of what
    no chat keeps, nothing but its title."""
    message = examples.MESSAGES[name]
    slack = json.dumps(draw_message(message, pen_for(READER, FRESH)), ensure_ascii=False)
    drawn = teams(message, READER)
    assert drawn is not None
    card_ = json.dumps(drawn.card, ensure_ascii=False)
    if not card(name).kept:
        secret = [one for one in _texts(card(name).every_part, Secrecy.SIGNED_IN) if len(one) > 1]
        assert not [one for one in secret if one in slack or one in card_]
        return
    presses = (*card(name).presses, *card(name).more)
    pressed = (press.label for press in presses if "<" not in press.label)  # typed: escaped
    for text in (*_ours(card(name).every_part), *pressed):
        start = json.dumps(text[:200].splitlines()[0], ensure_ascii=False)[1:-1]
        assert start in slack
        assert start in card_


def _ours(parts: tuple[Part, ...]) -> list[str]:
    lines = [part for part in parts if isinstance(part, Line)]
    return [flat(line.text) for line in lines if "<" not in flat(line.text)]


def _secret(found: Card) -> list[str]:
    title = [flat(found.title)] if found.secrecy is Secrecy.SIGNED_IN else []
    return [*title, *_texts(found.every_part, Secrecy.SIGNED_IN), *_in_fields(found)]


def _in_fields(found: Card) -> Iterator[str]:
    """What was typed into a form, or stands beside its boxes."""
    for one in found.form.fields if found.form else ():
        match one:
            case TextField(value=value) if len(value) > len("CIS 4"):
                yield value
            case ChoiceField(choices=choices):
                yield from (label for _, label in choices if len(label) > len("CIS 4"))


def _open(found: Card) -> str:
    return " ".join([found.subject, *_texts(found.every_part, Secrecy.ANYWHERE)])


def _texts(parts: tuple[Part, ...], secrecy: Secrecy) -> list[str]:
    found: list[Prose] = []
    for part in parts:
        match part:
            case Preview():
                found += _texts(part.parts, secrecy)
            case Line() | Quote() if part.secrecy is secrecy:
                found.append(part.text)
            case Facts() if part.secrecy is secrecy:
                found += [text for _, text in part.pairs]
            case Bullets() if part.secrecy is secrecy:
                found += [one if isinstance(one, str) else one.label for one in part.lines]
            case Entries() if part.secrecy is secrecy:
                found += [text for page, said in part.rows for text in (page.label, said)]
            case Table() if part.secrecy is secrecy:
                found += [row[0] for row in part.rows]
            case Picture() if part.secrecy is secrecy:
                found += [label for label, _ in part.of.rows]
    return [flat(text) for text in found if flat(text).strip()]
