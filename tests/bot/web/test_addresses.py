"""A link leads to every page: on another page in one of its states, or in a message."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from bot.cards import card_of, has_card
from bot.web.draw import draw
from core.words import Words
from tests.bot.web import examples
from tests.bot.web.examples import READER
from tests.bot.web.looks import LOOKS, NOT_PAGES
from tests.bot.web.reading import offered
from tests.bot.web.site import Stand, stand, usual, visitor
from tests.bot.web.test_every_page import readable, route_of
from tests.bot.web.test_pages import sign_in

OTHERWISE: Mapping[str, str] = {
    "/committees/{queue}/recommendations/{recommendation}": "the button that begins one",
    "/desk/launch/{survey}/plan": "the last step of a launch, which is shown once it was typed",
    "/desk/launched/{wave}": "the end of a launch",
    "/done": "the end of a survey",
    "/feedback/done": "the end of a message",
    "/help-desk/{token}": "a mail to the help desk",
    "/items/{item}/reply": "links that were sent; its form opens where the question stands",
    "/practices/begin/{framework}": "links that were sent; its form opens where practices are",
    "/say-anonymously": "what the district prints or posts",
    "/say-anonymously/{door}/{about}": "the form of feedback about one thing",
    "/signed-out": "signing out",
    "/signin/openid/callback": "the provider that somebody signs in with",
    "/signin/sent": "asking for a link",
}
"""Pages that no link leads to, and what does."""


def ours(found: list[str], at: str) -> set[str]:
    there = (urlsplit(urljoin(f"http://testserver{at}", one)) for one in found)
    return {one.path for one in there if one.netloc == "testserver"}


async def on_pages(site: Stand, *, demo: bool) -> set[str]:
    """Where the links and the searches of pages lead, in all their states."""
    found, talk = set[str](), site.conversation
    async with visitor(site.app) as signed_in, visitor(site.app) as stranger:
        await sign_in(signed_in, site.link())
        for look in LOOKS:
            if look.demo != demo or look.press:
                continue
            talk.script = usual
            for kind, answer in look.said:
                talk.instead(kind, answer)
            page = await (stranger if look.stranger else signed_in).get(look.at)
            there = offered(page.text)
            reads = [one.action or look.at for one in there.forms if one.method == "get"]
            here = urlsplit(look.at).path
            found |= ours([*there.links, *reads], look.at) - {here}
    return found


def in_messages() -> set[str]:
    """Where messages lead, in a chat and on the web."""
    found, words = set[str](), Words(READER.locale, READER.timezone)
    for message in examples.MESSAGES.values():
        found |= ours(offered(draw(message, READER, csrf="")).links, "/")
        if has_card(message):
            page = card_of(message, words).page
            found |= ours([page.path], "/") if page else set()
    return found


async def test_a_link_leads_to_every_page() -> None:
    """Off the table of routes: a page that nothing leads to would be noticed by nobody."""
    site, demo = stand(every_way_in=True), stand(demo=True)
    led = await on_pages(site, demo=False) | in_messages()
    routes = {route_of(site, path) for path in led}
    routes |= {route_of(demo, path) for path in await on_pages(demo, demo=True)}
    lost = await readable() - NOT_PAGES.keys() - routes
    assert not lost - OTHERWISE.keys(), "\n".join(sorted(lost - OTHERWISE.keys()))
    assert not OTHERWISE.keys() - lost, "\n".join(sorted(OTHERWISE.keys() - lost))
