"""How each platform draws the parts of a card: one golden file per platform and sample."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import Reader
from bot.mail import render as mail
from bot.slack import render as slack
from bot.slack.blocks import finish, image, pen_for
from bot.teams import render as teams
from bot.teams.pictures import PictureLinks
from bot.web import card_figures
from bot.web import render_card as web
from core.cards import MOST_ROWS, Card, Column, Link, Picture, Press, Secrecy, Table
from core.charts import Counts
from core.words import Words
from tests.bot.cards.samples import EVERYTHING, FORM, SUBJECT
from tests.bot.slack.samples import FRESH
from tests.stand_ins.adaptive_cards import elements, faults
from tests.stand_ins.slack_blocks import message_faults, view_faults
from tests.stand_ins.teams import text_of

GOLDEN = Path(__file__).parent / "rendered"
READER = Reader(web_url="https://board.schools.example.org")
PEN = pen_for(READER, FRESH)
CARDS = {"everything": EVERYTHING, "form": FORM}


@pytest.fixture(autouse=True)
def _same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "uuid4", lambda: SUBJECT)
    monkeypatch.setattr(card_figures, "uuid4", lambda: SUBJECT)


def agreed(name: str, found: str) -> None:
    """``GOLDEN=write`` writes the files anew."""
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("name", CARDS)
def test_slack_draws_a_message_that_slack_takes(name: str) -> None:
    drawn = slack.rendered(CARDS[name], PEN)
    message = {"text": drawn.text, "blocks": finish(drawn.blocks, PEN.nonce)}
    assert message_faults(message) == []
    agreed(f"slack-{name}.json", json.dumps(message, indent=1, ensure_ascii=False) + "\n")


def test_slack_draws_a_form_as_a_modal() -> None:
    modal = slack.modal(FORM, PEN)
    assert modal is not None
    view = {
        "type": "modal",
        "callback_id": "x",
        "title": {"type": "plain_text", "text": modal.title},
        "submit": {"type": "plain_text", "text": modal.submit},
        "close": {"type": "plain_text", "text": "Not now"},
        "blocks": finish(modal.blocks, PEN.nonce),
    }
    assert view_faults(view) == []
    agreed("slack-modal.json", json.dumps(view, indent=1, ensure_ascii=False) + "\n")
    assert slack.modal(EVERYTHING, PEN) is None


@pytest.mark.parametrize("name", CARDS)
def test_teams_draws_a_card_that_teams_takes(name: str) -> None:
    drawn = teams.rendered(Words(), CARDS[name], READER)
    assert faults(drawn.card) == []
    agreed(f"teams-{name}.json", json.dumps(drawn.card, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", CARDS)
def test_the_web_draws_a_section(name: str) -> None:
    agreed(f"web-{name}.html", str(web.rendered(CARDS[name], READER, csrf="token", level=2)))


def test_teams_shows_a_chart_where_its_picture_has_an_address() -> None:
    links = PictureLinks(secret=b"of no account", web_url=READER.web_url)
    drawn = teams.rendered(Words(), EVERYTHING, READER, pictures=links)
    assert faults(drawn.card) == []
    (chart,) = (one for one in elements(drawn.card) if one["type"] == "Chart.HorizontalBar")
    assert [one["y"] for one in chart["data"]] == [7, 3]
    assert chart["fallback"]["url"].startswith(f"{READER.web_url}/teams/charts/")
    assert "Printers: 3" in chart["fallback"]["altText"]
    assert "Printers: 3; Few: not shown. New since Monday." in text_of(drawn.card)
    assert "• Secret theme: 5" in text_of(drawn.card), "no address: its numbers"


def test_slack_shows_a_picture_that_was_uploaded_with_its_numbers() -> None:
    shown = image("F1", "What is on it")
    drawn = slack.rendered(EVERYTHING, replace(PEN, pictures={"themes": shown}))
    told = json.dumps(drawn.blocks)
    assert shown in drawn.blocks
    assert "Printers: 3; Few: not shown." in told
    assert "New messages by theme" not in told, "the picture has its title"
    assert "Secret theme: 5" in told, "was not uploaded: its numbers"


def test_a_chart_with_nothing_to_draw_is_said_in_words() -> None:
    nothing = Counts(key="none", title="By month", caption="", rows=(("May", None), ("June", 0)))
    card = Card(
        title="Months",
        secrecy=Secrecy.ANYWHERE,
        parts=(Picture(of=nothing, secrecy=Secrecy.ANYWHERE, source=None),),
    )
    assert "<li>May: not shown</li><li>June: 0</li>" in web.rendered(card, READER, csrf="", level=2)
    assert "May: not shown" in json.dumps(slack.rendered(card, PEN).blocks)
    assert "May: not shown" in text_of(teams.rendered(Words(), card, READER).card)


def test_what_a_page_shows_already_is_opened_in_chat_alone() -> None:
    only = Press(label="Show it", command=EVERYTHING.more[1].command, chat_only=True)
    both = Press(label="Check again", command=EVERYTHING.more[1].command)
    card = Card(title="Sent", secrecy=Secrecy.ANYWHERE, presses=(only, both), more=(only,))
    page = web.rendered(card, READER, csrf="", level=2)
    assert "Check again" in page
    assert "Show it" not in page
    assert "Show it" not in web.presses(card.presses, READER, "")
    assert "Show it" not in "".join(web.each_press(card.presses, READER, ""))
    for drawn in (slack.rendered(card, PEN).blocks, teams.rendered(Words(), card, READER).card):
        assert json.dumps(drawn).count("Show it") >= 2


def test_a_table_has_no_more_rows_than_a_message_has_room_for() -> None:
    columns = (Column(label="Building"), Column(label="Sent", number=True))
    row = ("Adams", "30")
    full = Table(columns=columns, rows=(row,) * MOST_ROWS, secrecy=Secrecy.ANYWHERE)
    assert full.lines == ["Adams: 30"] * MOST_ROWS
    with pytest.raises(ValueError, match="left out"):
        replace(full, rows=(row,) * (MOST_ROWS + 1))
    with pytest.raises(ValueError, match="cells"):
        replace(full, rows=(("Adams",),))


def test_each_reason_leads_to_its_input() -> None:
    assert FORM.form is not None
    fields = tuple(replace(one, why="Not like this.") for one in FORM.form.fields)
    form = replace(FORM.form, fields=fields)
    drawn = str(web.rendered(replace(FORM, form=form), READER, csrf="", level=1))
    reasons = web.problems(form, Words())
    assert len(reasons) == len(fields)
    assert [ident for ident, _ in reasons if f' id="{ident}"' not in drawn] == []


def test_a_mail_has_what_may_stand_anywhere_and_the_way_to_the_page() -> None:
    drawn = mail.rendered(EVERYTHING, Words(), READER.web_url)
    said = "\n".join(f"{label}: {text}" if label else text for label, text in drawn.parts)
    assert "ecret" not in "\n".join([drawn.subject, drawn.heading, said, drawn.note])
    whole = [drawn.subject, drawn.heading, said, f"{drawn.press} -> {drawn.url}", drawn.note]
    agreed("mail-everything.txt", "\n".join(whole) + "\n")


def test_a_card_without_a_title_for_outside_cannot_hide_its_title() -> None:
    with pytest.raises(ValueError, match="outside"):
        replace(EVERYTHING, outside="")
    assert Card(title="Open", secrecy=Secrecy.ANYWHERE).subject == "Open"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "/\\evil.example", ""])
def test_a_link_that_leads_to_no_page_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a page"):
        Link(label="Learn more", url=url, secrecy=Secrecy.ANYWHERE)


def test_a_link_to_a_page_of_ours_is_whole_in_a_chat_and_left_out_without_an_address() -> None:
    card = Card(
        title="Found",
        secrecy=Secrecy.ANYWHERE,
        parts=(Link(label="Read it", url="/rules/1#section-2", secrecy=Secrecy.ANYWHERE),),
    )
    whole = f"{READER.web_url}/rules/1#section-2"
    nowhere = Reader()
    assert whole in json.dumps(slack.rendered(card, PEN).blocks)
    assert whole in json.dumps(teams.rendered(Words(), card, READER).card)
    assert whole in str(mail.rendered(card, Words(), READER.web_url).parts)
    assert 'href="/rules/1#section-2"' in web.rendered(card, READER, csrf="", level=2, here="/")
    assert "section-2" not in json.dumps(slack.rendered(card, pen_for(nowhere, FRESH)).blocks)
    assert "section-2" not in json.dumps(teams.rendered(Words(), card, nowhere).card)
