"""Results by group in Slack: one native table of released cells, and none where it is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import bot.slack.pictures
from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.client import SlackClient
from bot.slack.draw import draw_home, draw_message, draw_modal
from bot.slack.platform import SlackPlatform
from bot.slack.workspaces import OneWorkspace
from core.text import text
from scheduler.ports import Sent
from surveys.messages import Results
from surveys.results.model import Cell, Share, ShareResult, Table
from surveys.survey import Dimension, PlannedTable
from tests.bot.slack.samples import FRESH, HOSTILE, RESULTS
from tests.bot.slack.test_pictures import only
from tests.bot.slack.test_sending import outgoing
from tests.stand_ins.slack import SlackStandIn
from tests.stand_ins.slack_blocks import message_faults, view_faults
from tests.stand_ins.slack_world import refused

PEN = pen_for(Reader(web_url="https://soundingboard.example.org"), FRESH)
WIFI = text("How is your classroom Wi-Fi?")


BANDS = ShareResult(
    question="wifi",
    prompt=WIFI,
    n=50,
    scale=True,
    shares=(
        Share(key="low", label=text("1–2"), count=None, share=None),
        Share(key="middle", label=text("3"), count=None, share=None),
        Share(key="high", label=text("4–5"), count=None, share=0.62, low=0.58, high=0.66),
    ),
)


def choice(*shares: tuple[str, float | None, str | None]) -> ShareResult:
    told = tuple(
        Share(
            key=label,
            label=text(label),
            count=None,
            share=share,
            low=None if share is None else share - 0.04,
            high=None if share is None else share + 0.04,
            coded=coded,
        )
        for label, share, coded in shares
    )
    return ShareResult(question="blocker", prompt=text("What blocks you?"), n=50, shares=told)


def grouped(*cells: tuple[str, int | None, tuple[Any, ...]]) -> Results:
    """The sample's results with groups: level, answers, results."""
    groups = tuple(Cell(group=(("level", at),), n=n, questions=told) for at, n, told in cells)
    table = Table(plan=PlannedTable(by=(Dimension.LEVEL,)), cells=groups)
    found = RESULTS.results
    return Results(results=replace(found, tables=(*found.tables, table)))


BY_LEVEL = grouped(
    ("elementary", 810, (BANDS, choice(("Wi-Fi", 0.62, None), ("Signing in", 0.2, None)))),
    ("middle", 30, (BANDS, choice(("Wi-Fi", None, ">"), ("Signing in", None, "<")))),
    ("high", 40, (BANDS, choice(("Wi-Fi", 0.46, None), ("Phones", None, None)))),
    ("district", None, ()),
)


def table_of(message: dict[str, Any]) -> list[list[str]]:
    (table,) = [block for block in message["blocks"] if block["type"] == "table"]
    assert message["blocks"][-1] == table, "Slack shows it last, wherever it stands"
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_groups_stand_in_one_table_with_what_was_released_of_them() -> None:
    message = draw_message(BY_LEVEL, PEN)
    assert message_faults(message) == []
    assert table_of(message) == [
        ["Group", "Answers", WIFI.default, "What blocks you?"],
        ["Elementary schools", "810", "62% ± 4 4–5", "62% ± 4 Wi-Fi"],
        ["Middle schools", "30", "62% ± 4 4–5", "most Wi-Fi"],
        ["High schools", "40", "62% ± 4 4–5", "–"],
        ["District offices", "–", "–", "–"],
    ]
    assert "–: not shown." in str(message)


def test_without_groups_there_is_no_table() -> None:
    alone = grouped(("middle", None, ()))
    for results in (RESULTS, alone):
        assert "table" not in {block["type"] for block in draw_message(results, PEN)["blocks"]}


def test_a_window_and_the_home_tab_take_no_table() -> None:
    for view in (draw_modal(BY_LEVEL, PEN), draw_home(BY_LEVEL, PEN)):
        assert view_faults(view) == []


def test_very_many_groups_of_hostile_names_stay_a_table_that_slack_takes() -> None:
    shown = choice((HOSTILE * 3, 0.9, None), (" ", 0.1, None))
    many = grouped(*((f"{HOSTILE}{n}", 5000 + n, (BANDS, shown)) for n in range(150)))
    message = draw_message(many, PEN)
    assert message_faults(message) == []
    assert len(table_of(message)) > 20
    assert "90 more groups are on the page." in str(message)


async def test_where_slack_refuses_the_table_the_pictures_come_all_the_same(
    slack: SlackStandIn, client: SlackClient
) -> None:
    cto = slack.add_user("cto@district.example")
    slack.world.refuse_tables = True
    assert isinstance(
        await SlackPlatform(OneWorkspace(client)).send(outgoing(cto, message=BY_LEVEL)), Sent
    )
    message = only(slack, cto)
    assert len(slack.pictures(message)) == 2
    assert "table" not in {block["type"] for block in message["blocks"]}
    assert len(slack.calls("chat.postMessage")) == 2


async def test_a_refusal_that_gives_no_reason_leads_to_the_words(
    slack: SlackStandIn, client: SlackClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.slack.pictures, "WAITS", (0.0,))
    cto = slack.add_user("cto@district.example")
    slack.fail("chat.postMessage", *[refused("invalid_blocks")] * 3)
    assert isinstance(
        await SlackPlatform(OneWorkspace(client)).send(outgoing(cto, message=BY_LEVEL)), Sent
    )
    assert {"image", "table"}.isdisjoint(block["type"] for block in only(slack, cto)["blocks"])
