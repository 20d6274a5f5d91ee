"""What each message looks like in Slack: golden files to be read as pictures, and the limits.

``GOLDEN=write`` writes them anew.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from slackblocks.blocks import Block as TheirBlock

from bot.cards import has_card
from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw import draw_home, draw_message, draw_modal, in_window, is_form
from core.words import Words
from governance.messages import AnnouncementDrafted, Message
from tests.bot.slack.homes import HOMES
from tests.bot.slack.samples import FRESH, HOSTILE, SAMPLES
from tests.stand_ins.slack_blocks import message_faults, view_faults

GOLDEN = Path(__file__).parent / "golden"
PEN = pen_for(Reader(web_url="https://soundingboard.example.org"), FRESH)


def drawn(name: str) -> dict[str, Any]:
    sample = SAMPLES[name]
    both: dict[str, Any] = {"message": draw_message(sample, PEN)}
    if in_window(sample, Words()) or isinstance(sample, AnnouncementDrafted):
        both["modal"] = draw_modal(sample, PEN)
    return both


def test_there_is_a_sample_of_every_kind_of_message() -> None:
    assert {type(sample) for sample in SAMPLES.values()} >= set(get_args(Message))


NATIVE = [name for name, sample in SAMPLES.items() if not has_card(sample)]
"""What a card says is looked at once for all platforms: ``tests/bot/cards``."""


@pytest.mark.parametrize("name", NATIVE)
def test_it_looks_as_it_was_agreed(name: str) -> None:
    agreed(name, drawn(name))


@pytest.mark.parametrize("name", HOMES)
def test_the_home_tab_of_each_role_looks_as_it_was_agreed(name: str) -> None:
    view = draw_home(HOMES[name], PEN)
    assert view_faults(view) == []
    by_the_library(view["blocks"])
    agreed(f"home_{name}", view)


def agreed(name: str, found: dict[str, Any]) -> None:
    path = GOLDEN / f"{name}.json"
    now = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    homes = {f"home_{name}" for name in HOMES}
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(NATIVE) | homes


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_takes_it_as_a_message(name: str) -> None:
    message = draw_message(SAMPLES[name], PEN)
    assert message_faults(message) == []
    by_the_library(message["blocks"])


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_takes_it_as_a_modal(name: str) -> None:
    view = draw_modal(SAMPLES[name], PEN, "C0123456789:1700000000.000100")
    assert [f for f in view_faults(view) if "needs one" not in f] == []
    if is_form(SAMPLES[name], Words()):
        assert view_faults(view) == []
        by_the_library(view["blocks"])


@pytest.mark.parametrize("name", SAMPLES)
def test_slack_takes_it_as_a_home_tab(name: str) -> None:
    assert view_faults(draw_home(SAMPLES[name], PEN)) == []


def by_the_library(blocks: list[dict[str, Any]]) -> None:
    """slackblocks raises for what is over a limit. It reads back headings and small print only;
    the rest is for the check of the stand-in."""
    for block in blocks:
        if block["type"] in ("header", "context"):
            TheirBlock.from_dict(block)


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_typed_is_read_as_markup(name: str) -> None:
    for text in strings(drawn(name), but="initial_value"):  # an input is never read as markup
        assert not re.search(r"<[!@#]", text), text
    for element in objects(drawn(name)):
        assert element.get("type") != "mrkdwn"
        assert not str(element.get("url", "https://")).startswith("javascript:")
        if element.get("type") == "link":
            assert "evil.example" not in element["url"]


@pytest.mark.parametrize("name", SAMPLES)
def test_the_bot_never_shouts(name: str) -> None:
    said = [text.replace(HOSTILE, "") for text in strings(drawn(name))]
    assert not any("!" in re.sub(r"<\u2060?!|&lt;\u2060!", "", text) for text in said)


def test_the_same_drawn_again_has_ids_of_its_own() -> None:
    again = draw_modal(SAMPLES["question_page_first"], pen_for(Reader(), ITEM_2))
    first = drawn("question_page_first")["modal"]
    ids = [{block["block_id"] for block in view["blocks"]} for view in (again, first)]
    assert not ids[0] & ids[1]


ITEM_2 = FRESH.__class__("4f4f5e52-6c1e-4a51-9d55-0a4b8f1f7a05")


def test_a_reader_of_spanish_reads_the_authors_spanish() -> None:
    pen = pen_for(Reader(locale="es"), FRESH)
    said = list(strings(draw_message(SAMPLES["invitation_inline"], pen)))
    assert "¿Cómo es el Wi-Fi de su aula?" in said


def strings(thing: Any, but: str = "") -> Iterator[str]:
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key != but:
                yield from strings(value, but)
    elif isinstance(thing, list):
        for value in thing:
            yield from strings(value, but)


def objects(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from objects(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from objects(value)
