"""What each message's mail looks like. ``UPDATE_GOLDEN=1`` writes the files anew: read them."""

from __future__ import annotations

import os
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.cards import has_card
from bot.mail.draw import Drawn, draw, signin_letter
from bot.mail.letter import letter
from bot.mail.settings import MailSettings
from core.words import Words
from governance.messages import Notice, Told
from surveys.messages import Invitation
from tests.bot.web import examples

GOLDEN = Path(__file__).parent / "golden"
WORDS = Words("en", "America/Chicago")
SETTINGS = MailSettings(
    host="mail.schools.example.org",
    port=587,
    security="starttls",
    sender="sounding-board@schools.example.org",
    reply_to="helpdesk@schools.example.org",
    district="Lincoln Valley Public Schools",
    web_url="https://board.schools.example.org",
)
TO = "maria.lopez@schools.example.org"


def written(drawn: Drawn) -> EmailMessage:
    ident = "<00000000-0000-4000-8000-000000000001@schools.example.org>"
    return letter(drawn, SETTINGS, WORDS, to=TO, message_id=ident, now=examples.NOW)


def part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


def mails() -> dict[str, Drawn]:
    drawn = {
        name: draw(message, WORDS, SETTINGS.web_url)
        for name, message in examples.MESSAGES.items()
        if not has_card(message)  # what a card says is looked at in tests/bot/cards
    }
    url = f"{SETTINGS.web_url}/signin?token=made-up&next=%2F"
    return {**drawn, "link_to_sign_in": signin_letter(WORDS, url, 15)}


@pytest.mark.parametrize("name", sorted(mails()))
def test_a_mail_looks_as_it_did(name: str) -> None:
    mail = written(mails()[name])
    headers = "".join(f"{key}: {value}\n" for key, value in mail.items() if key != "Content-Type")
    found = f"{headers}\n{part(mail, 'plain')}\n{part(mail, 'html')}"
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_there_is_a_mail_for_everything_that_is_said() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(mails())


@pytest.mark.parametrize("name", sorted(examples.MESSAGES))
def test_nothing_that_somebody_told_us_stands_in_a_mail(name: str) -> None:
    message = examples.MESSAGES[name]
    mail = written(draw(message, WORDS, SETTINGS.web_url))
    said = str(mail["Subject"]) + part(mail, "plain") + part(mail, "html")
    for key in ("said", "redacted", "original", "answer", "answered_by", "author", "text"):
        words = getattr(message, key, None)
        if isinstance(words, str) and words:
            assert words not in said
            assert words.splitlines()[0] not in said


def test_a_mail_about_feedback_has_a_subject_that_tells_nothing() -> None:
    told = examples.MESSAGES["told"]
    assert isinstance(told, Told)
    for news in type(told.news):
        drawn = draw(replace(told, news=news), WORDS, SETTINGS.web_url)
        assert drawn.subject == "Something is waiting for you"


@pytest.mark.parametrize("typed", ["Wi-Fi\r\nBcc: all@schools.example.org", "a\nb\x00c", "\u2028x"])
def test_no_header_can_be_typed_into_a_title(typed: str) -> None:
    message = examples.MESSAGES["invitation"]
    assert isinstance(message, Invitation)
    title = replace(message.title, default=typed, translations={})
    mail = written(draw(replace(message, title=title), WORDS, SETTINGS.web_url))
    head, _, _ = mail.as_bytes().partition(b"\r\n\r\n")
    assert mail.keys().count("Bcc") == 0
    assert b"\nBcc" not in head
    assert "\n" not in mail["Subject"]


def test_a_district_with_a_hostile_name_is_still_one_sender() -> None:
    settings = replace(SETTINGS, district='A "B" <c@d>\r\nCc: e@f')
    mail = letter(
        mails()["invitation"], settings, WORDS, to=TO, message_id="<a@b>", now=examples.NOW
    )
    assert [str(one.addr_spec) for one in mail["From"].addresses] == [SETTINGS.sender]
    assert "Cc" not in mail


@pytest.mark.parametrize("to", ["a@b\r\nBcc: c@d", "a@b\nX: y"])
def test_an_address_with_a_line_end_is_refused(to: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)header|address|newline|linefeed|carriage"):
        letter(mails()["invitation"], SETTINGS, WORDS, to=to, message_id="<a@b>", now=examples.NOW)


def test_markup_that_somebody_typed_is_text() -> None:
    html = part(written(mails()["invitation_reminder"]), "html")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_no_mail_fetches_anything_when_it_is_opened() -> None:
    for drawn in mails().values():
        html = part(written(drawn), "html")
        for fetching in ("<img", "src=", "url(", "<link", "@import"):
            assert fetching not in html


@pytest.mark.parametrize("name", ["lesson", "notice_question"])
def test_a_mail_with_a_question_says_what_it_is_about_and_leads_to_the_question(name: str) -> None:
    """The question itself waits on the page: a mailbox keeps no form."""
    notice = examples.MESSAGES[name]
    assert isinstance(notice, Notice)
    assert notice.question is not None
    drawn = draw(notice, WORDS, SETTINGS.web_url)
    told = [text for _, text in drawn.parts]
    assert drawn.subject == WORDS.text(notice.change.title)
    assert WORDS.text(notice.change.what) in told
    assert any("answer the question" in text for text in told)
    assert (drawn.press, drawn.url) == (
        "Answer the question",
        f"{SETTINGS.web_url}/announcements/{notice.announcement_id}",
    )
    assert not [text for text in told if WORDS.text(notice.question.text) in text]
