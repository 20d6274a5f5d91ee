"""What a survey's comments are about, in words: on the page and in both chats the same."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

from bot.charts.theme_words import MOST_THEMES, told_themes
from bot.conversation import Reader
from bot.slack.blocks import pen_for
from bot.slack.draw_results import results_blocks
from bot.teams.tabulating import beside_lines
from bot.web.result_figures import EVERY, Chosen, drawn_results, key_of
from core.words import Words
from governance.reading.themes import all_themes
from surveys.results.model import CommentThemes, ThemeCount
from tests.bot.web.examples import FINAL

THEMES = CommentThemes(
    people=240,
    least=12,
    themes=(
        ThemeCount(theme="wifi", people=120),
        ThemeCount(theme="copiers", people=30),
        ThemeCount(theme="a-theme-that-is-no-more", people=15),
    ),
    others=75,
)
TOLD = replace(FINAL, themes=THEMES)
UNREAD = replace(FINAL, themes=CommentThemes(least=12))
BEFORE = "What the comments are about"


def test_the_theme_of_most_people_is_first_and_what_is_left_is_last() -> None:
    told = told_themes(THEMES, Words())
    assert [(one.label, one.figure, one.share) for one in told.bars] == [
        ("Wireless network", "about 120", 1.0),
        ("Copiers and scanning", "about 30", 0.25),
        ("a-theme-that-is-no-more", "about 15", 0.125),
        ("Something else", "about 75", 0.625),
    ]
    assert told.lead.startswith("About 240 people wrote a comment.")


def test_of_many_themes_the_smaller_ones_are_folded() -> None:
    many = tuple(ThemeCount(theme=key, people=50) for key in list(all_themes())[: MOST_THEMES + 4])
    told = told_themes(replace(THEMES, themes=many), Words())
    assert [len(told.bars), len(told.more)] == [MOST_THEMES + 1, 4]
    assert told.bars[-1].label == "Something else"
    page = drawn_results(replace(FINAL, themes=replace(THEMES, themes=many)), Reader())
    assert page.index("4 smaller themes") < page.index('class="comments"')


def test_it_is_said_where_no_theme_has_enough_people_and_where_nobody_could_read() -> None:
    few = told_themes(CommentThemes(people=40, least=12), Words())
    assert "fewer than about 12 people wrote about each" in few.lead
    assert told_themes(CommentThemes(least=12), Words()).lead == (
        "The themes could not be read when the survey closed."
    )
    for told in (few, told_themes(CommentThemes(least=12), Words())):
        assert (told.bars, told.more, told.note) == ((), (), "")


def test_both_chats_and_the_page_say_the_same() -> None:
    slack = json.dumps(results_blocks(TOLD, pen_for(Reader(), uuid4())), ensure_ascii=False)
    teams = json.dumps(beside_lines(Words(), TOLD), ensure_ascii=False)
    page = drawn_results(TOLD, Reader())
    for said in (slack, teams, page):
        assert BEFORE in said
        assert "Wireless network" in said
        assert "about 120" in said
    for drawn in (
        results_blocks(FINAL, pen_for(Reader(), uuid4())),
        beside_lines(Words(), FINAL),
        drawn_results(FINAL, Reader()),
    ):
        assert BEFORE not in str(drawn)


def test_a_page_of_a_group_has_no_themes() -> None:
    middle = key_of(TOLD.tables[1].cells[0])
    page = drawn_results(TOLD, Reader(), Chosen(by="level", group=middle))
    assert "Middle" in page
    assert BEFORE not in page
    assert drawn_results(TOLD, Reader(), Chosen(group=EVERY)).count(f">{BEFORE}<") == 1
    assert "Wireless network" not in drawn_results(UNREAD, Reader())
    assert "could not be read" in drawn_results(UNREAD, Reader())
