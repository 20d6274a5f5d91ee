"""Every page for a reader of Spanish: nothing on it is left in our English."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from bot.conversation import Reader
from bot.web.draw import draw
from core.text import Text
from core.words import Words
from governance.people.reading_language import ChooseLanguage
from surveys.messages import WaveClosedAlready
from tests.bot.web import examples
from tests.bot.web.listening_views import DOOR, RECEIPT
from tests.bot.web.site import PERSONAS, Stand, stand, visitor
from tests.bot.web.test_pages import DRAFT, READ, hidden, sign_in
from tests.bot.wording.test_words import english_left, has_english

PAGES = [path for path, _, _ in READ]
CLOSED = ["/", "/signin/sent", "/signed-out", "/signin?token=made-up", "/no/such/page"]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Stand:
    monkeypatch.setattr(examples, "READER", replace(examples.READER, locale="es"))
    return stand(locale="es")


def ours(page: httpx.Response) -> list[str]:
    """Our English on a page. What the examples themselves say (titles, names) is not ours."""
    given = [vars(examples), PERSONAS]
    assert '<html lang="es">' in page.text or "<html" not in page.text
    return english_left(given, page.text)


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_all_in_spanish(site: Stand, path: str) -> None:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        assert ours(await browser.get(path)) == []


async def test_the_levels_of_an_audience_are_not_called_as_its_buildings_are(site: Stand) -> None:
    async with visitor(site.app) as browser:
        await sign_in(browser, site.link())
        page = (await browser.get(f"/announcements/{DRAFT}/edit")).text
    assert '<p class="chip-name" id="g-levels">Niveles</p>' in page
    assert Words("es").say("Buildings") != "Niveles"


@pytest.mark.parametrize("path", CLOSED)
async def test_a_page_for_nobody_in_particular_is_in_the_districts_language(
    site: Stand, path: str
) -> None:
    async with visitor(site.app) as browser:
        assert ours(await browser.get(path)) == []


async def test_the_way_in_is_in_spanish(site: Stand) -> None:
    async with visitor(site.app) as browser:
        assert ours(await browser.get(site.link())) == []


async def test_somebody_chooses_their_language_at_the_bottom_of_a_page() -> None:
    english = stand()
    async with visitor(english.app) as browser:
        await sign_in(browser, english.link())
        page = (await browser.get("/help")).text
        assert '<button class="link" name="locale" value="es" lang="es">Español</button>' in page
        typed = {**hidden(page, "/language"), "locale": "es"}
        answer = await browser.post("/language", data=typed)
        assert english.conversation.heard[-1] == ChooseLanguage(locale="es")
        assert (answer.status_code, answer.headers["location"]) == (303, "/help")
        assert "De ahora en adelante verá esto en español." in (await browser.get("/help")).text


async def test_the_demo_is_in_spanish() -> None:
    async with visitor(stand(demo=True, locale="es").app) as browser:
        assert ours(await browser.get("/demo")) == []


async def test_english_pages_would_be_told_apart() -> None:
    """The search above finds what it looks for: on nearly every page in English."""
    english = stand()
    async with visitor(english.app) as browser:
        await sign_in(browser, english.link())
        pages = [(await browser.get(path)).text for path in PAGES]
    assert all(has_english([vars(examples), PERSONAS], page) for page in pages)


def test_what_is_in_another_language_than_the_page_says_so() -> None:
    title = Text(default="Wi-Fi & you", translations={"fr": "Le Wi-Fi"})
    told = WaveClosedAlready(title=title, closed_at=examples.NOW)
    assert '“<span lang="en">Wi-Fi &amp; you</span>”' in draw(told, Reader(locale="es-MX"))
    assert "lang=" not in draw(told, Reader(locale="en"))
    french = draw(told, Reader(locale="fr"))
    assert '“<span lang="fr">Le Wi-Fi</span>” has closed' in french, "our words are English then"
    assert [Words(locale).tag for locale in ("es_MX", "fr", "en-US")] == ["es-MX", "en", "en-US"]


async def test_whoever_is_not_known_chooses_the_language_and_keeps_what_they_typed() -> None:
    site, door = stand(), f"/say-anonymously/{DOOR}"
    async with visitor(site.app) as browser:
        form = hidden((await browser.get(door)).text, door)
        typed = {**form, "text": "El proyector parpadea."}
        shown = await browser.post(door, data={**typed, "spoken": "es"})
        assert '<html lang="es">' in shown.text
        assert "El proyector parpadea." in shown.text
        sent = await browser.post(door, data={**hidden(shown.text, door), "text": "El proyector."})
        assert '<html lang="es">' in sent.text
        assert RECEIPT in sent.text
        asked = await browser.post("/collect", data={"spoken": "es", "code": "ABCD"})
        assert '<html lang="es">' in asked.text
        assert 'value="ABCD"' in asked.text
        assert hidden(asked.text, "/collect")["language"] == "es"
        assert not browser.cookies, "nothing is kept of it"
