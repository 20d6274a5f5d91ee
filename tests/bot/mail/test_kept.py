"""What no chat keeps is in no mail: it says the title, and has a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cards import CARDS
from bot.mail.draw import draw
from bot.mail.letter import letter
from bot.mail.settings import MailSettings
from core.words import Words
from tests.bot.unkept import CANARY, ITEM, OPENS, PATH, TITLE, Secret, secret, unkept
from tests.bot.unkept import draw as unkept_card

__all__ = ["unkept"]

WEB = "https://soundingboard.example.org"


@pytest.mark.usefixtures("unkept")
@pytest.mark.parametrize("form", [True, False])
def test_a_mail_says_the_title_and_has_a_link(form: bool) -> None:
    drawn = draw(secret(form=form), Words(), WEB)
    assert CANARY not in repr(drawn)
    assert (drawn.heading, drawn.url) == (TITLE, f"{WEB}{PATH}")
    settings = MailSettings(
        host="mail.example",
        port=25,
        security="starttls",
        sender="sb@example.org",
        district="The district",
        web_url=WEB,
    )
    now = datetime(2026, 11, 30, tzinfo=UTC)
    written = letter(
        drawn, settings, Words(), to="ana@example.org", message_id="<1@example.org>", now=now
    )
    assert CANARY not in written.as_string()
    assert TITLE in written.as_string()


@pytest.mark.usefixtures("unkept")
def test_a_form_without_a_page_is_opened_by_its_button(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        CARDS, Secret, lambda words, one: replace(unkept_card(words, one), page=None)
    )
    drawn = draw(secret(), Words(), WEB)
    assert (drawn.press, drawn.url) == (OPENS, f"{WEB}/do/reply-form|{ITEM}")
