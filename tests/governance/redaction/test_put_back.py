"""Nothing that a person in charge writes is changed without a word: of what looks like personal
data, its author says what stays."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from bot.app import wiring
from bot.web.render_card import at as do
from governance.docket.commands import GiveFeedback, MoveItem
from governance.filling import put_back
from governance.recommendations.commands import DecideAdvice, SendAdvice, WriteAdvice
from governance.redaction.put_back import PutBack, key_of
from governance.redaction.screening import screen
from governance.references.commands import LinkItem
from tests.attacks.hall import RoteReader
from tests.attacks.visiting import ask, signed_in, token
from tests.journeys.running import Running, running, until
from tests.journeys.town import CHAIR, CTO, TEACHER, settle

TYPED = "Harper Wing has none. Emily Johnson asked at 555-123-4567."
PUBLISHED = "Harper Wing has none. [name] asked at [phone]."


def doubted(page: str) -> dict[str, str]:
    """The words that a page asks about, with their keys."""
    boxes = re.findall(r'name="put_back" value="([^"]*)"[^>]*> <span>“(.*?)” \(', page)
    return {unescape(words): key for key, words in boxes}


@pytest.fixture
async def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    monkeypatch.setattr(wiring, "DistrictReader", RoteReader)
    async with running(tmp_path, settle(staff=5)) as found:
        yield found


async def said(service: Running) -> UUID:
    """A message on the network's docket."""
    item = uuid4()
    words = "The wifi in the portables drops every afternoon"
    await ask(service, TEACHER, GiveFeedback(item_id=item, text=words))

    async def there() -> bool:
        found = await service.core.store.read(lambda tx: tx.item(item))
        return found is not None and found.queue == "network"

    await until(there)
    return item


async def recommended(service: Running, *, accepted: bool = False) -> UUID:
    subject = uuid4()
    draft = WriteAdvice(
        recommendation_id=subject, queue="network", title="Cables", advice="Buy.", rule="ITR 4.2"
    )
    await ask(service, CHAIR, draft)
    await ask(service, CHAIR, SendAdvice(recommendation_id=subject))
    if accepted:
        yes = DecideAdvice(recommendation_id=subject, accept=True, reason="In March.")
        await ask(service, CTO, yes)
    return subject


async def once_more(
    web: httpx.AsyncClient, at: str, fields: dict[str, str], back: dict[str, str]
) -> httpx.Response:
    data = {"csrf": await token(web, "/"), **fields, **back}
    return await web.post(at, data=data, follow_redirects=True)


@pytest.mark.parametrize("form", ["accept", "decline", "outcome", "move", "link", "together"])
async def test_each_form_of_the_web_asks_before_it_takes_words_out(
    service: Running, form: str
) -> None:
    item = await said(service)
    who, shown = CHAIR, f"/items/{item}"
    match form:
        case "accept" | "decline":
            who, subject = CTO, await recommended(service)
            decide = DecideAdvice(recommendation_id=subject, accept=form == "accept")
            at, fields = do(decide), {"reason": TYPED}
            shown = f"/recommendations/{subject}"
        case "outcome":
            who, subject = CTO, await recommended(service, accepted=True)
            at, fields = f"/recommendations/{subject}/outcome", {"outcome": TYPED}
            shown = f"/recommendations/{subject}"
        case "move":
            at, fields = do(MoveItem(item_id=item, to="")), {"to": "library-media", "why": TYPED}
        case "link":
            at, fields = do(LinkItem(item_id=item)), {"rule": TYPED}
        case _:
            at = "/committees/network/chair"
            fields = {
                "bulk": str(uuid4()),
                "items": str(item),
                "act": "move",
                "to": "library-media",
                "why": TYPED,
            }
    async with signed_in(service, who) as web:
        first = await once_more(web, at, fields, {})
        found = doubted(first.text)
        assert set(found) == {"Harper Wing", "Emily Johnson", "555-123-4567"}
        assert TYPED in first.text, "what was typed is still there"
        (seen,) = re.findall(r'name="seen" value="([^"]*)"', first.text)
        done = await once_more(web, at, fields, {"put_back": found["Harper Wing"], "seen": seen})
        assert doubted(done.text) == {}
        if form == "together":
            await service.pass_time(minutes=6)
        if form in ("move", "together"):

            async def moved() -> str:
                moves = await service.core.store.read(lambda tx: tx.moves(item))
                return moves[-1].why if moves else ""

            seen_by = await until(moved)
        else:
            seen_by = unescape((await web.get(shown)).text)
    assert PUBLISHED in seen_by


def test_what_stands_already_is_ticked_by_whole_words() -> None:
    """The letters of a name within another word say nothing of it."""
    before = "Harper Wing has none at Emily Johnsonville."
    back = PutBack(seen="")
    doubt = screen(("Harper Wing has none. Emily Johnson asked.",), back, (before,)).doubt
    assert doubt is not None
    assert doubt.stay == (key_of("Harper Wing"),)


def test_words_that_came_after_the_question_are_asked_about() -> None:
    first = screen(("Harper Wing has none.",), PutBack(seen="")).doubt
    assert first is not None
    back = PutBack(keys=(key_of("Harper Wing"),), seen=first.seen)
    assert screen(("Harper Wing has none.",), back).texts == ("Harper Wing has none.",)
    more = screen(("Harper Wing has none. Emily Johnson asked.",), back).doubt
    assert more is not None
    assert [one.words for one in more.found] == ["Harper Wing", "Emily Johnson"]
    assert more.stay == (key_of("Harper Wing"),), "what was answered stays answered"


def test_where_nobody_looks_all_of_it_goes() -> None:
    assert screen((TYPED,), PutBack()).texts == ("[name] has none. [name] asked at [phone].",)


def test_slacks_form_brings_what_was_shown_in_the_key_of_its_input() -> None:
    assert put_back({"put_back.abc": ("1", "2")}) == PutBack(keys=("1", "2"), seen="abc")
    assert put_back({"put_back.abc": ()}) == PutBack(seen="abc")
    assert put_back({"put_back": "1", "seen": "abc"}) == PutBack(keys=("1",), seen="abc")
    assert put_back({}) == PutBack(seen="")
