"""Takes the pictures of cards that nobody can photograph here: the same digest in Slack, in Teams
and as a mail, what is urgent in Slack, and acknowledging the IT rules in Slack and in Teams.

Run it when a card has changed: ``.venv/bin/python docs/card_pictures.py``. It needs what
``make test`` installs. Slack's blocks are drawn by our own likeness of them, Teams' cards by
Microsoft's library, which draws no charts: its picture shows the fallback. Look at every picture
afterwards.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from markupsafe import Markup
from screenshots import CHROMIUM, LARGEST, PICTURES

from bot.charts.count_charts import count_picture
from bot.conversation import Reader
from bot.mail.draw import draw as draw_mail
from bot.mail.drawn import Drawn
from bot.slack.blocks import Pen
from bot.slack.draw import draw_message
from bot.teams.draw import draw as draw_card
from bot.teams.pictures import PictureLinks
from bot.web.authoring.seeing import seen
from bot.web.rendering import STATIC, environment
from core.text import Text
from core.words import Words
from governance.acknowledgements.messages import Acknowledgement
from governance.acknowledgements.model import AcknowledgementSet, Listed
from governance.digests import wording as digest_words
from governance.digests.messages import Digest, DigestLine, ThemeCount
from governance.feedback.model import Urgency
from governance.messages import Message
from governance.urgent.messages import CaseLine, UrgentAlert
from governance.urgent.model import Did

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
CARDS = HERE.parent / ".tools/node/node_modules/adaptivecards/dist/adaptivecards.min.js"
WORDS = Words()
WEB = "https://board.example.org"
NOW = datetime(2026, 11, 30, 13, tzinfo=UTC)
_LINES = tuple(
    DigestLine(
        item_id=UUID(int=number),
        words=words,
        received_at=NOW - timedelta(days=came),
        due_at=NOW + timedelta(days=due),
        late=due < 0,
    )
    for number, (words, came, due) in enumerate(
        (
            ("From the bus depot I cannot reach the route system on the VPN before 5.", 33, -12),
            ("The Wi-Fi in the portables drops every day after lunch.", 13, 2),
            ("No Wi-Fi in the band hall since the new walls went up.", 9, 4),
        )
    )
)
DIGEST = Digest(
    digest_id=UUID(int=9),
    queue="network",
    queue_name="Network and Infrastructure",
    since=NOW - timedelta(days=7),
    at=NOW,
    new=17,
    open=21,
    late=1,
    themes=(
        ThemeCount(name="Wi-Fi", count=11),
        ThemeCount(name="Network printing", count=4),
        ThemeCount(name="Phones and bells", count=2),
    ),
    oldest=_LINES[:1],
    due=_LINES[1:],
    growing=("Wi-Fi",),
)
ALERT = UrgentAlert(
    item_id=UUID(int=10),
    urgency=Urgency.SECURITY,
    original="I typed my password into a page that looked like ours, and now mail goes out in my "
    "name that I did not write.",
    author="Theo Marsh",
    building="Prairie Creek Elementary",
    received_at=NOW - timedelta(minutes=2),
    answer_by=NOW + timedelta(minutes=13),
    history=(CaseLine(did=Did.TOLD, who="Anders Holmquist", at=NOW - timedelta(minutes=2)),),
)

ACKNOWLEDGE = Acknowledgement(
    given=AcknowledgementSet(id=UUID(int=11), year="2026-27", due=date(2027, 1, 15), at=NOW),
    rules=(
        Listed(
            rule_id=UUID(int=12),
            number="ITP 7",
            title=Text(
                default="Lost and stolen devices",
                translations={"es": "Dispositivos perdidos y robados"},
            ),
            version=1,
            digest="",
            new=True,
        ),
        Listed(
            rule_id=UUID(int=13),
            number="ITR 1",
            title=Text(default="Acceptable use", translations={"es": "Uso aceptable"}),
            version=2,
            digest="",
        ),
        Listed(
            rule_id=UUID(int=14),
            number="ITR 4",
            title=Text(
                default="Passwords and passphrases",
                translations={"es": "Contraseñas y frases de contraseña"},
            ),
            version=3,
            digest="",
            changed="A shared cart has a card instead of a passphrase.",
        ),
    ),
    mark=1,
    due=date(2027, 1, 15),
)

_PAGE = """<!doctype html><meta charset="utf-8"><style>{style}
body {{ display: block; min-height: 0; background: #fff; padding: 16px; width: 640px; }}
.from {{ font-weight: 700; margin: 0 0 8px; }} img {{ max-width: 100%; }}
.ac-pushButton {{ min-height: 2rem; }}
.ac-actionSet {{ flex-wrap: wrap; row-gap: 8px; margin-top: 8px; }}</style><main>{body}</main>"""


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        _shoot(browser, "slack-digest", _slack(DIGEST))
        _shoot(browser, "slack-urgent", _slack(ALERT))
        _shoot(browser, "teams-digest", "", card=_teams(DIGEST))
        _shoot(browser, "mail-digest", _mail(draw_mail(DIGEST, WORDS, WEB)))
        _shoot(browser, "slack-acknowledge", _slack(ACKNOWLEDGE))
        _shoot(browser, "teams-acknowledge", "", card=_teams(ACKNOWLEDGE))
        browser.close()


def _chart() -> tuple[str, str]:
    """The digest's picture as chat gets it: a data address, and what it says in words."""
    drawn = count_picture(digest_words.counts(WORDS, DIGEST), WORDS)
    if drawn is None:
        raise SystemExit("The digest has no chart.")
    return f"data:image/png;base64,{base64.b64encode(drawn.png).decode()}", drawn.alt


def _slack(message: Message) -> str:
    address, alt = _chart()
    image = {"type": "image", "image_url": address, "alt_text": alt}
    pen = Pen(words=WORDS, web_url=WEB, fresh=UUID(int=1), pictures={"counts": image})
    template = environment().from_string(
        '{% from "macros/likeness.html" import slack_block with context %}{{ slack_block(b) }}'
    )
    drawn = [
        Markup('<p><img src="{}" alt="{}"></p>').format(block["image_url"], block["alt_text"])
        if block["type"] == "image"
        else template.render(b=seen(block), say=WORDS.say)
        for block in draw_message(message, pen)["blocks"]
    ]
    return f'<p class="from">Sounding Board</p><div class="seen">{"".join(drawn)}</div>'


def _teams(message: Message) -> Mapping[str, Any]:
    links = PictureLinks(secret=b"of no account", web_url=WEB)
    drawn = draw_card(message, Reader(web_url=WEB), pictures=links)
    if drawn is None:
        raise SystemExit("There is no card.")
    card: dict[str, Any] = json.loads(json.dumps(drawn.card))
    for element in card["body"]:
        if "fallback" in element:
            element["fallback"]["url"] = _chart()[0]
    return card


def _mail(drawn: Drawn) -> str:
    parts = "".join(
        (f"<h3>{Markup.escape(head)}</h3>" if head else "")
        + f'<p class="typed">{Markup.escape(text)}</p>'
        for head, text in drawn.parts
    )
    return (
        f'<p class="from">{Markup.escape(drawn.subject)}</p><hr>'
        f"{parts}<p><a href='#'>{Markup.escape(drawn.press)}</a></p>"
    )


def _shoot(
    browser: Browser, name: str, body: str, *, card: Mapping[str, Any] | None = None
) -> None:
    page = browser.new_context(viewport={"width": 680, "height": 400}).new_page()
    page.set_content(_PAGE.format(style=(STATIC / "style.css").read_text(), body=body))
    if card is not None:
        page.add_script_tag(path=CARDS)
        page.evaluate(_SHOW_CARD, card)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    page.context.close()
    size = (PICTURES / f"{name}.png").stat().st_size
    sys.stdout.write(f"{name}.png: {size // 1000} KB\n")
    if size > LARGEST:
        raise SystemExit(f"{name}.png is too large.")


_SHOW_CARD = """(given) => {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig({fontFamily: 'system-ui, sans-serif'});
  card.parse(given);
  document.querySelector('main').append(card.render());
}"""


if __name__ == "__main__":
    main()
