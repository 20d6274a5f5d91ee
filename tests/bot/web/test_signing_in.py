"""Coming in by a link that works once, staying in for a while, and the demo's masks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from bot.web import sessions
from bot.web.forms import local_path
from bot.web.render_card import at as do
from bot.web.settings import Followed, Persona
from governance.announcements.commands import AcknowledgeAnnouncement
from governance.docket.commands import AnswerItem, GiveFeedback, ShowAnswerForm
from surveys.commands import AnswerPage
from tests.bot.web import examples
from tests.bot.web.examples import DRAFT, ITEM, NOW, WAVE
from tests.bot.web.reading import offered
from tests.bot.web.site import CTO, SECRET, TEACHER, stand, visitor
from tests.bot.web.test_pages import hidden, send, sign_in

ANOTHER = UUID(int=9 << 100)


async def test_a_stranger_learns_how_to_come_in() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        response = await browser.get("/")
        assert response.status_code == 401
        assert "You sign in with a link of your own." in response.text
        response = await browser.post("/feedback", data={"text": "x"})
        assert response.status_code == 401
    assert site.conversation.heard == []


async def test_looking_at_a_link_does_not_use_it_up() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        for _ in range(3):
            page = await browser.get(site.link())
            assert page.status_code == 200
            assert "You are about to sign in as Maria Lopez" in page.text
        assert site.used == set()


async def test_a_link_works_once() -> None:
    site = stand()
    link = site.link()
    async with visitor(site.app) as first, visitor(site.app) as second:
        response = await sign_in(first, link)
        assert (response.status_code, response.headers["location"]) == (303, "/")
        assert (await first.get("/")).status_code == 200
        response = await sign_in(second, link)
        assert response.status_code == 410
        assert "has been used or is too old" in response.text
        assert (await second.get("/")).status_code == 401


async def test_without_a_link_the_page_says_how_to_get_one_and_the_demo_whom_to_be() -> None:
    async with visitor(stand().app) as browser:
        response = await browser.get("/signin")
        assert response.status_code == 200
        assert "You sign in with a link of your own." in response.text
    async with visitor(stand(demo=True).app) as browser:
        assert (await browser.get("/signin")).headers["location"] == "/demo"


@pytest.mark.parametrize("token", ["x", "a.b.c"])
async def test_a_made_up_link_is_refused(token: str) -> None:
    site = stand()
    async with visitor(site.app) as browser:
        response = await browser.get("/signin", params={"token": token})
    assert response.status_code == 410


async def test_a_link_that_is_too_old_is_refused() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        assert (await browser.get(site.link(minutes=0))).status_code == 410


async def test_a_link_leads_on_to_a_page_of_ours_only() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        response = await sign_in(browser, site.link(path=f"/surveys/{WAVE}"))
        assert response.headers["location"] == f"/surveys/{WAVE}"
    async with visitor(site.app) as browser:
        response = await sign_in(browser, site.link(path="//evil.example"))
        assert response.headers["location"] == "/"


@pytest.mark.parametrize(
    "path",
    ["", "https://evil.example", "//evil", "/\\evil", "/a\nb", "/a\\b", "javascript:x", "/" * 2000],
)
def test_only_a_path_of_this_site_is_gone_on_to(path: str) -> None:
    assert local_path(path) == "/"


async def test_nobody_is_signed_in_as_somebody_by_another_sites_form() -> None:
    site = stand()
    token = sessions.signin_token(SECRET, CTO, NOW + timedelta(minutes=5))
    async with visitor(site.app) as browser:
        response = await browser.post("/signin", data={"token": token, "csrf": "guess"})
        assert response.status_code == 403
    assert site.used == set()


async def test_the_cookie_is_shown_to_no_script_and_over_https_only() -> None:
    for url, secure in (("http://testserver", False), ("https://testserver", True)):
        site = stand(web_url=url)
        async with visitor(site.app, url) as browser:
            response = await sign_in(browser, site.link())
        cookie = response.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("Secure" in cookie) is secure
        for one in response.headers.get_list("set-cookie"):
            assert one.startswith("__Host-soundingboard" if secure else "soundingboard"), one
            assert "Path=/;" in one
            assert "Domain" not in one


async def test_over_https_a_cookie_that_plain_http_could_set_signs_nobody_in() -> None:
    site = stand(web_url="https://testserver")
    async with visitor(site.app, "https://testserver") as browser:
        await sign_in(browser, site.link())
        assert (await browser.get("/")).status_code == 200
        held = browser.cookies.pop("__Host-soundingboard")
        browser.cookies.set("soundingboard", held)
        assert (await browser.get("/")).status_code == 401
        browser.cookies.set("__Host-soundingboard", held)
        response = await send(browser, "/", "/signout")
        gone = [one for one in response.headers.get_list("set-cookie") if "Max-Age=0" in one]
        assert gone
        assert all(one.startswith("__Host-") and "Secure" in one for one in gone)


async def test_signing_out_ends_the_session() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        response = await send(browser, "/", "/signout")
        assert response.headers["location"] == "/signed-out"
        assert (await browser.get("/signed-out")).status_code == 200
        assert (await browser.get("/")).status_code == 401


async def test_a_form_of_an_earlier_session_does_nothing() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        old = hidden((await browser.get("/feedback")).text, "/feedback")
        await sign_in(browser, site.link())
        response = await browser.post("/feedback", data={**old, "text": "x"})
        assert response.status_code == 403
    assert not any(isinstance(one, GiveFeedback) for one in site.conversation.heard)


def test_a_session_ends_after_its_hours() -> None:
    cookie = sessions.write_session(SECRET, sessions.new_session(TEACHER, NOW))

    def read(hours: float) -> sessions.Session | None:
        return sessions.read_session(SECRET, cookie, NOW + timedelta(hours=hours), 12)

    assert read(11.9) is not None
    assert read(12) is None
    assert read(-1) is None, "a session from the future is not ours"


def test_a_session_that_was_changed_or_signed_elsewhere_is_none() -> None:
    session = sessions.new_session(TEACHER, NOW)
    cookie = sessions.write_session(SECRET, session)
    assert sessions.read_session(SECRET, cookie, NOW, 12) == session
    assert sessions.read_session(b"another secret", cookie, NOW, 12) is None
    assert sessions.read_session(SECRET, cookie[:-2], NOW, 12) is None
    assert sessions.read_session(SECRET, "", NOW, 12) is None


def test_a_token_for_one_purpose_is_worth_nothing_for_another() -> None:
    link = sessions.signin_token(SECRET, TEACHER, NOW + timedelta(hours=1))
    assert sessions.read_signin(SECRET, link, NOW) is not None
    assert sessions.read_session(SECRET, link, NOW, 12) is None
    cookie = sessions.write_session(SECRET, sessions.new_session(TEACHER, NOW))
    assert sessions.read_signin(SECRET, cookie, NOW) is None


def test_two_links_for_one_person_are_two() -> None:
    links = {sessions.signin_token(SECRET, TEACHER, NOW + timedelta(hours=1)) for _ in range(2)}
    ids = {found.token_id for link in links if (found := sessions.read_signin(SECRET, link, NOW))}
    assert len(ids) == 2


# -- the demo --------------------------------------------------------------------------------


async def become(browser: httpx.AsyncClient, name: str) -> httpx.Response:
    page = (await browser.get("/demo")).text
    form = page[: page.index(f"<strong>{name}")].rindex("<form")
    return await browser.post("/demo/become", data=hidden(page[form:], "/demo/become"))


async def test_outside_the_demo_nobody_can_pick_who_to_be() -> None:
    site = stand()
    async with visitor(site.app) as browser:
        assert (await browser.get("/demo")).status_code == 404
        assert (await browser.post("/demo/become", data={})).status_code == 404


async def test_in_the_demo_one_picks_who_to_be_and_switches() -> None:
    site = stand(demo=True)
    async with visitor(site.app) as browser:
        response = await browser.get("/feedback")
        assert response.headers["location"] == "/demo?next=%2Ffeedback"
        for name, person in (("Maria Lopez", TEACHER), ("Dana Whitfield", CTO)):
            response = await become(browser, name)
            assert (response.status_code, response.headers["location"]) == (303, "/")
            page = await browser.get("/")
            assert f"Demo: you are {name}" in page.text
            assert site.conversation.speakers[-1].person == person


async def test_in_the_demo_one_is_nobody_else() -> None:
    site = stand(demo=True)
    async with visitor(site.app) as browser:
        fields = hidden((await browser.get("/demo")).text, "/demo/become")
        response = await browser.post("/demo/become", data={**fields, "person": str(ITEM)})
        assert response.status_code == 404
        response = await browser.post("/demo/become", data={**fields, "csrf": "x"})
        assert response.status_code == 403


async def test_the_tour_ticks_what_was_done_and_survives_a_switch() -> None:
    site = stand(demo=True)
    async with visitor(site.app) as browser:
        await become(browser, "Maria Lopez")
        assert "Tour: 0 of 7" in (await browser.get("/")).text
        await send(browser, f"/surveys/{WAVE}/1", f"/surveys/{WAVE}/1", minutes="3")
        await browser.get(f"/results/{WAVE}")
        await send(browser, "/feedback", "/feedback", text="Slow")
        await become(browser, "Ben Okafor")
        said = examples.ANSWERED_BRIEF.answer or ""
        shown, sent = ShowAnswerForm(item_id=ITEM), AnswerItem(item_id=ITEM, text="")
        await send(browser, do(shown), do(sent), text=said)
        await become(browser, "Dana Whitfield")
        page = (await browser.get("/")).text
        assert "Tour: 4 of 7" in page
        assert f'value="/results/{WAVE}"' in page, "the tour leads to the wave that was answered"
        edit = f"/announcements/{DRAFT}/edit"
        await send(browser, "/announcements/new", edit, title="x")
        draft = f"/announcements/{DRAFT}/draft"
        await send(browser, draft, f"/announcements/{DRAFT}/send", send="now")
        await become(browser, "Maria Lopez")
        await send(browser, "/", do(AcknowledgeAnnouncement(announcement_id=examples.NEWS)))
        page = (await browser.get("/")).text
        assert "Tour: 6 of 7" in page, "a step that only looks is left"
        looks = offered(page).form("/demo/become").data
        assert looks["step"] == "comment"
        await browser.post("/demo/become", data=looks)
        assert "Tour: 7 of 7" in (await browser.get("/")).text
        await browser.post("/demo/become", data={**looks, "step": "anything"})
        assert "Tour: 7 of 7" in (await browser.get("/")).text


async def test_the_tour_follows_a_message_to_whoever_can_answer_it() -> None:
    site = stand(demo=True)
    async with visitor(site.app) as browser:
        await become(browser, "Maria Lopez")
        example = (await browser.get("/feedback?example=1")).text
        assert "portable" in example
        site.follows = Followed(
            persona=Persona(key="follows", person=ANOTHER, name="Ada Reyes", what="Training"),
            queue_name="Training",
            path="/committees/training#item-1",
        )
        await send(browser, "/feedback", "/feedback", text="More training, please")
        page = (await browser.get("/")).text
        assert "Answer it for Training" in page
        fields = {**hidden(page, "/demo/become"), "step": "reply"}
        response = await browser.post("/demo/become", data=fields)
        assert response.headers["location"] == "/committees/training#item-1"
        page = (await browser.get("/")).text
        assert site.conversation.speakers[-1].person == ANOTHER
        assert "Demo: you are Ada Reyes" in page


async def test_what_one_person_was_told_is_not_shown_to_the_next() -> None:
    site = stand(demo=True)
    async with visitor(site.app) as browser:
        await become(browser, "Maria Lopez")
        await send(browser, "/feedback", "/feedback", text="Slow")
        await become(browser, "Ben Okafor")
        assert (await browser.get("/done")).headers["location"] == "/"


async def test_a_very_long_thank_you_gives_way_to_the_usual_one() -> None:
    site = stand()
    thanks = replace(examples.PULSE.title, default="Thank you. " * 1000)
    site.conversation.instead(AnswerPage, replace(examples.ANSWERED, thanks=thanks))
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        response = await send(browser, f"/surveys/{WAVE}", f"/surveys/{WAVE}/0", wifi="1")
        assert all(len(cookie) < 4000 for cookie in response.headers.get_list("set-cookie"))
        assert "Your answers are saved" in (await browser.get("/done")).text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/surveys/{WAVE}",
        f"/results/{WAVE}",
        f"/items/{ITEM}",
        f"/announcements/{DRAFT}/progress",
        "/committees/network",
        "/desk/surveys",
    ],
)
async def test_a_chats_preview_of_a_link_learns_nothing(path: str) -> None:
    site = stand()
    async with visitor(site.app) as preview:
        page = await preview.get(path, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})
    assert page.status_code == 401
    assert not any(word in page.text for word in _FOR_PREVIEWS)
    assert "nosnippet" in page.headers["X-Robots-Tag"]
    assert site.conversation.heard == [], "nothing is even looked up"


async def test_a_preview_of_a_sign_in_link_has_no_name_in_its_title() -> None:
    site = stand()
    async with visitor(site.app) as preview:
        page = await preview.get(site.link())
    title = page.text.partition("<title>")[2].partition("</title>")[0]
    assert title
    assert "Maria" not in title
    assert not any(word in page.text for word in _FOR_PREVIEWS)


_FOR_PREVIEWS = ('property="og:', 'name="twitter:', 'name="description"', "oembed")
"""What chats read a preview's words from."""
