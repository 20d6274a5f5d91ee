"""Urgent announcements on the web: asked for from the draft, decided on a page of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from bot.web.render_card import at as do
from core.paging import Paging
from governance.announcements.campaign_commands import ShowCampaign, StopCampaign
from governance.announcements.commands import (
    ApproveAnnouncement,
    CheckAnnouncement,
    DeclineAnnouncement,
    SendUrgent,
    ShowApproval,
)
from governance.forms.commands import Open
from governance.forms.messages import FormView
from governance.messages import Progress, Refused
from surveys.messages import Rejected
from surveys.questions import Unfit
from tests.bot.web import examples
from tests.bot.web.examples import DRAFT, NEWS
from tests.bot.web.site import Stand, stand, visitor
from tests.bot.web.test_pages import hidden, send, sign_in

REQUEST = 1764050000123
ASKED_WHY = do(Open(of=DeclineAnnouncement(announcement_id=NEWS, request=1)))
DECLINES = DeclineAnnouncement(announcement_id=NEWS, request=REQUEST, why="")


@pytest.fixture
def site() -> Stand:
    return stand()


@pytest.fixture
async def client(site: Stand) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        yield browser


async def test_the_draft_leads_to_what_urgent_means_and_that_asks(
    site: Stand, client: httpx.AsyncClient
) -> None:
    edit = f"/announcements/{DRAFT}/edit"
    await send(client, edit, edit, title="A", what="B")
    draft = await client.get(f"/announcements/{DRAFT}/draft")
    opens = do(Open(of=SendUrgent(announcement_id=DRAFT)))
    assert f'href="{opens}|' in draft.text, "and what it said"
    form = examples.MESSAGES["urgent_form"]
    assert isinstance(form, FormView)
    urgent = form.of
    sent = await send(client, do(Open(of=urgent)), do(urgent))
    assert sent.headers["location"] == f"/announcements/{NEWS}/progress"
    assert site.conversation.heard[-1] == urgent


@pytest.mark.parametrize(
    ("name", "says", "instead"),
    [
        ("announcement_drafted", "Send now", "Ask for approval"),
        ("announcement_to_everyone", "Ask for approval", "Send now"),
    ],
)
async def test_the_button_of_a_draft_says_whether_it_sends_or_asks_first(
    site: Stand, client: httpx.AsyncClient, name: str, says: str, instead: str
) -> None:
    edit = f"/announcements/{DRAFT}/edit"
    await send(client, edit, edit, title="A", what="B")
    site.conversation.instead(CheckAnnouncement, examples.MESSAGES[name])
    page = await client.get(f"/announcements/{DRAFT}/draft")
    button = page.text.split('name="send" value="go">')[1].split("</button>")[0]
    assert says in button
    assert instead not in button


async def test_the_page_of_what_waits_says_who_asked_and_who_may_decide(
    site: Stand, client: httpx.AsyncClient
) -> None:
    waiting = examples.MESSAGES["progress_waiting"]
    assert isinstance(waiting, Progress)
    view = replace(
        examples.CAMPAIGN,
        announcement=replace(waiting.announcement, id=NEWS),
        tally=waiting.tally,
        approval=waiting.approval,
        recipients=(),
        paging=Paging(),
    )
    site.conversation.instead(ShowCampaign, view)
    page = await client.get(f"/announcements/{NEWS}/progress")
    assert "is waiting for a second person’s approval" in page.text
    assert "Cormac Ashgrove, Anders Holmquist or Philippa Dunmore" in page.text
    assert "0 of 0" not in page.text
    assert f'action="{do(StopCampaign(subject=NEWS))}"' in page.text


async def test_asked_for_already_the_offer_leads_to_how_it_stands(
    site: Stand, client: httpx.AsyncClient
) -> None:
    site.conversation.instead(Open, examples.MESSAGES["progress_waiting"])
    page = await client.get(do(Open(of=SendUrgent(announcement_id=NEWS))))
    assert "is waiting for a second person’s approval" in page.text
    assert f'href="/announcements/{NEWS}/progress"' in page.text


async def test_a_yes_names_what_was_read(site: Stand, client: httpx.AsyncClient) -> None:
    at = f"/announcements/{NEWS}"
    yes = ApproveAnnouncement(announcement_id=NEWS, request=REQUEST)
    sent = await send(client, f"{at}/approval", do(yes))
    assert (sent.status_code, sent.headers["location"]) == (303, "/")
    assert site.conversation.heard[-1] == yes
    site.conversation.instead(ShowApproval, examples.MESSAGES["approval_approved"])
    page = await client.get(f"{at}/approval")
    assert "Cormac Ashgrove approved" in page.text
    assert f'action="{do(yes)}"' not in page.text


async def test_a_no_with_its_reason_is_handed_in(site: Stand, client: httpx.AsyncClient) -> None:
    no = DeclineAnnouncement(announcement_id=NEWS, request=REQUEST, why="It can wait.")
    sent = await send(client, ASKED_WHY, do(no), why="It can wait.")
    assert sent.headers["location"] == "/announcements"
    assert site.conversation.heard[-1] == no


async def test_a_reason_that_does_not_fit_is_kept_with_why(
    site: Stand, client: httpx.AsyncClient
) -> None:
    no = Rejected(unfit={"why": Unfit(why="Say why.")})
    site.conversation.instead(DeclineAnnouncement, no)
    again = await send(client, ASKED_WHY, do(DECLINES), why="A reason that was typed")
    assert again.status_code == 422
    assert "Say why." in again.text
    assert "A reason that was typed" in again.text
    assert hidden(again.text, do(DECLINES))["csrf"], "of the same request"


async def test_a_decision_that_came_too_late_is_a_page_in_plain_words(
    site: Stand, client: httpx.AsyncClient
) -> None:
    gone = Refused(why=Unfit(why="This form is too old."))
    site.conversation.instead(ApproveAnnouncement, gone)
    yes = ApproveAnnouncement(announcement_id=NEWS, request=REQUEST)
    page = await send(client, f"/announcements/{NEWS}/approval", do(yes))
    assert page.status_code == 403
    assert "This form is too old." in page.text


@pytest.mark.parametrize("made_up", ["", "-1", "x", "1" * 40])
async def test_a_decision_on_nothing_we_asked_is_no_form_of_ours(
    site: Stand, client: httpx.AsyncClient, made_up: str
) -> None:
    yes = ApproveAnnouncement(announcement_id=NEWS, request=REQUEST)
    shown = await client.get(f"/announcements/{NEWS}/approval")
    heard = len(site.conversation.heard)
    forged = do(yes).replace(str(REQUEST), made_up)
    page = await client.post(forged, data=hidden(shown.text, do(yes)))
    assert page.status_code == 404
    assert len(site.conversation.heard) == heard, "nobody was asked for anything"
